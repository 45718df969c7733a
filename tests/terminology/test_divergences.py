"""What is said where a rendering diverges."""

from dataclasses import dataclass

import pytest

from align.terminology.divergences.checks import contexts_of, main_renderings, said_of
from align.terminology.evidence import gather_evidence
from align.terminology.extraction import key_terms

EN = [
    "Deterrence needs undersea cables, and deterrence needs an alliance.",
    "The undersea cables end at Nagasaki.",
    "Nobody repairs undersea cables for free, says Naoko Hirabayashi.",
    "An alliance needs strategic autonomy as much as deterrence does.",
]
FR = [
    "La dissuasion a besoin de câbles sous-marins, et la dissuasion a besoin d’une alliance.",
    "Les câbles sous-marins finissent à Nagasaki.",
    "Personne ne répare gratuitement des câbles sous-marins, dit Naoko Hirabayashi.",
    "Une alliance a autant besoin d’autonomie stratégique que la dissuasion.",
]
JA = [
    "抑止力には海底ケーブルが必要であり、抑止力には同盟が必要だ。",
    "海底ケーブルは長崎に達する。",
    "海底ケーブルを無料で修理する者はいない、と平林直子は言う。",
    "同盟には抑止力と同じくらい戦略的自律が必要だ。",
]
RU = [
    "Сдерживанию нужны подводные кабели, и сдерживанию нужен союз.",
    "Подводные кабели заканчиваются в Нагасаки.",
    "Никто не чинит подводные кабели бесплатно, говорит Наоко Хирабаяси.",
    "Союзу стратегическая автономия нужна так же, как сдерживание.",
]
GIVEN = ("deterrence", "alliance", "strategic autonomy", "undersea cables")


@dataclass(frozen=True)
class Entry:
    terms: tuple


@dataclass(frozen=True)
class EntryTerm:
    text: str
    language: str
    status: str = "preferred"


@dataclass(frozen=True)
class Base:
    entries: tuple


def planted(lines, language, old, new, at):
    """The other editions as they are, in one something put in place of something."""
    editions = {"en": EN, "fr": FR, "ja": JA, "ru": RU}
    spoilt = list(lines)
    assert old in spoilt[at]
    spoilt[at] = spoilt[at].replace(old, new)
    return editions | {language: spoilt}


def raised(report, language):
    return [f for f in report.findings if f.language == language and f.severity != "note"]


def test_consistent_editions_raise_nothing(terms_of):
    report = terms_of({"en": EN, "fr": FR, "ja": JA, "ru": RU}, terms=GIVEN)
    assert [f for f in report.findings if f.severity != "note"] == []


def test_another_word_for_a_term_is_inconsistent(terms_of):
    report = terms_of(planted(FR, "fr", "câbles sous-marins", "câbles immergés", 1), terms=GIVEN)
    [finding] = raised(report, "fr")
    assert (finding.kind, finding.segment) == ("inconsistent", 1)
    assert finding.rendering == "câbles immergés"
    assert finding.expected == "câbles sous-marins"
    assert "“câbles sous-marins” in 2 of 3 places" in finding.message
    assert 0 < finding.confidence <= 1


def test_a_term_left_out_is_missing(terms_of):
    report = terms_of(
        planted(
            RU,
            "ru",
            " стратегическая автономия нужна так же, как сдерживание",
            " нужно сдерживание",
            3,
        ),
        terms=GIVEN,
    )
    [finding] = raised(report, "ru")
    assert (finding.kind, finding.term) == ("missing", "strategic autonomy")
    assert finding.rendering is None
    assert finding.target_span is None


def test_the_source_s_own_words_are_untranslated(terms_of):
    report = terms_of(planted(JA, "ja", "海底ケーブル", "undersea cables", 1), terms=GIVEN)
    [finding] = raised(report, "ja")
    assert finding.kind == "untranslated"
    assert finding.expected == "海底ケーブル"


def test_a_wrong_name_is_told(terms_of):
    report = terms_of(planted(JA, "ja", "長崎", "ニューヨーク", 1), terms=GIVEN)
    assert [f.term for f in raised(report, "ja")] == ["Nagasaki"]


def test_another_country_is_told_by_its_name(terms_of):
    english = [*EN, "The ships met off Somalia."]
    arabic = ["الردع.", "الكابلات البحرية.", "الإصلاح.", "التحالف.", "التقت السفن قبالة السودان."]
    report = terms_of({"en": english, "ar": arabic})
    [finding] = [f for f in raised(report, "ar") if f.term == "Somalia"]
    assert (finding.kind, finding.expected) == ("mistranslated", "الصومال")
    assert "“السودان”, another place" in finding.message


def test_a_country_in_its_usual_name_is_silent(terms_of):
    english = [*EN, "The ships met off Somalia."]
    russian = [*RU, "Корабли встретились у берегов Сомали."]
    report = terms_of({"en": english, "ru": russian})
    assert not [f for f in raised(report, "ru") if f.term == "Somalia"]


def test_a_kept_name_with_a_letter_off_is_told(terms_of):
    report = terms_of(planted(FR, "fr", "Hirabayashi", "Hirabayachi", 2), terms=GIVEN)
    [finding] = raised(report, "fr")
    assert (finding.kind, finding.segment) == ("mistranslated", 2)
    assert "“Hirabayachi” stands for the “Hirabayashi”" in finding.message


def test_a_name_that_sounds_otherwise_than_elsewhere_is_told(terms_of):
    report = terms_of(planted(RU, "ru", "Нагасаки", "Кагосиме", 1), terms=GIVEN)
    assert [(f.term, f.segment) for f in raised(report, "ru")] == [("Nagasaki", 1)]


def test_two_renderings_of_two_mentions_are_told_or_one_of_them(terms_of):
    report = terms_of(planted(RU, "ru", "союз", "альянс", 0), terms=GIVEN)
    findings = [f for f in raised(report, "ru") if f.term == "alliance"]
    assert findings
    assert {f.kind for f in findings} == {"inconsistent"}


def test_what_a_termbase_forbids_is_an_error(terms_of):
    base = Base(
        (
            Entry(
                (
                    EntryTerm("undersea cable", "en"),
                    EntryTerm("câble immergé", "fr"),
                    EntryTerm("câble sous-marin", "fr", "deprecated"),
                )
            ),
        )
    )
    report = terms_of({"en": EN, "fr": FR}, termbases=[base])
    errors = [f for f in report.findings if f.severity == "error"]
    assert [f.kind for f in errors] == ["termbase"] * 3
    assert {f.expected for f in errors} == {"câble immergé"}


def test_what_a_termbase_permits_is_silent_in_every_form(terms_of):
    base = Base((Entry((EntryTerm("undersea cable", "en"), EntryTerm("подводный кабель", "ru"))),))
    report = terms_of({"en": EN, "ru": RU}, termbases=[base])
    assert [f for f in report.findings if f.kind == "termbase"] == []


def test_what_a_termbase_does_not_know_is_a_warning(terms_of):
    base = Base((Entry((EntryTerm("deterrence", "en"), EntryTerm("dissuasion nucléaire", "fr"))),))
    report = terms_of({"en": EN, "fr": FR}, termbases=[base])
    kinds = {(f.kind, f.severity) for f in report.findings if f.term == "deterrence"}
    assert kinds == {("termbase", "warning")}


def test_findings_on_doubtful_beads_are_held_back_and_counted(terms_of):
    report = terms_of(
        planted(FR, "fr", "câbles sous-marins", "câbles immergés", 1), terms=GIVEN, confidence=0.3
    )
    assert report.findings == ()
    assert report.held_back >= 1


def test_a_surname_for_the_full_name_is_silent(terms_of):
    english = [*EN, "Hirabayashi is right.", "Naoko Hirabayashi, again, is right."]
    french = [*FR, "Mme Hirabayashi a raison.", "Mme Hirabayashi, de nouveau, a raison."]
    report = terms_of({"en": english, "fr": french})
    assert not [f for f in raised(report, "fr") if "Hirabayashi" in f.term]


def test_the_gravest_come_first(terms_of):
    spoilt = planted(FR, "fr", "câbles sous-marins", "câbles immergés", 1)
    report = terms_of(spoilt | {"zh-Hans": JA, "zh-Hant": JA}, terms=GIVEN)
    order = [("error", "warning", "note").index(f.severity) for f in report.findings]
    assert order == sorted(order)


@pytest.mark.parametrize("language", ["fr", "ja", "ru"])
def test_spans_of_findings_stand_where_they_say(terms_of, language):
    old = {"fr": "câbles sous-marins", "ja": "海底ケーブル", "ru": "Подводные кабели"}[language]
    new = {"fr": "fils", "ja": "電線", "ru": "Провода"}[language]
    lines = {"fr": FR, "ja": JA, "ru": RU}[language]
    for finding in terms_of(planted(lines, language, old, new, 1), terms=GIVEN).findings:
        assert finding.source_text[finding.source_span.slice].lower() in (
            finding.term.lower(),
            *(variant.lower() for variant in ("deterrence", "undersea cables")),
        )
        if finding.target_span:
            assert finding.target_text[finding.target_span.slice] == finding.rendering


def test_a_country_within_a_name_that_is_not_spoken_of_is_told(terms_of):
    english = [*EN, "The ships passed the Suez Canal."]
    french = [*FR, "Les navires ont passé le canal de Panama."]
    report = terms_of({"en": english, "fr": french})
    [finding] = [f for f in raised(report, "fr") if f.term == "Suez Canal"]
    assert "“Panama” is not spoken of there" in finding.message


def test_a_misspelt_word_of_a_translated_name_is_told_by_another_edition(article_of, encoder):
    english = [*EN, "The Setouchi Institute is near."]
    french = [*FR, "L’institut Setouchi est proche."]
    spanish = [*FR[:4], "El Instituto Setuchi está cerca."]
    article = article_of({"en": english, "fr": french, "es": spanish})
    terms = key_terms(english, "en")
    evidence = gather_evidence(article, terms, encoder)
    said = said_of(contexts_of("es", evidence, main_renderings(evidence), terms, "en"))
    messages = [each.message for of_mention in said for each in of_mention]
    assert any("“Setuchi” stands for the “Setouchi”" in message for message in messages)


def test_a_name_in_its_own_spelling_of_another_language_is_silent(terms_of):
    english = [*EN, "The ships met off Rotterdam."]
    editions = {
        "en": english,
        "fr": [*FR, "Les navires se sont retrouvés au large de Rotterdam."],
        "es": [*FR, "Los barcos se reunieron frente a Róterdam."],
    }
    assert not [f for f in raised(terms_of(editions), "es") if f.term == "Rotterdam"]


def test_both_of_two_renderings_that_fit_as_well_are_told(terms_of):
    report = terms_of(planted(RU, "ru", "Союзу", "Альянсу", 3), terms=GIVEN)
    found = [f for f in raised(report, "ru") if f.kind == "inconsistent"]
    assert sorted(f.segment for f in found) == [0, 3]
    assert all("in the only other place" in f.message for f in found)
