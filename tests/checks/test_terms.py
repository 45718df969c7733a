"""The checks of terms: against termbases, and by what the text itself shows."""

from __future__ import annotations

import pytest
from align.checks.terms.inconsistent import InconsistentTermCheck
from align.checks.terms.with_memory import extended, units_with

from align.checks.base import CheckCannotRunError
from align.checks.terms import usages
from align.checks.terms.against_termbase import ForbiddenTermCheck, MissingTermCheck
from align.checks.terms.of_text import TEXT_TERM_CHECKS
from align.termbases import Termbase, TermbaseEntry, TermbaseTerm
from align.terminology.standing import StandingText


def termbase(*concepts):
    """A termbase of concepts, each a mapping of languages to terms; `-` before one forbids it."""
    entries = []
    for number, concept in enumerate(concepts):
        terms = [
            TermbaseTerm(
                text.removeprefix("-"),
                language,
                "deprecated" if text.startswith("-") else "admitted",
            )
            for language, texts in concept.items()
            for text in ([texts] if isinstance(texts, str) else texts)
        ]
        entries.append(TermbaseEntry(f"c{number}", tuple(terms)))
    return [Termbase(tuple(entries))]


ORDER = {"en": "rules-based order", "fr": "ordre fondé sur des règles"}


def missing(translation):
    return list(MissingTermCheck().find(translation))


def forbidden(translation):
    return list(ForbiddenTermCheck().find(translation))


def test_a_permitted_rendering_satisfies(translated):
    text = translated(
        "They defend the rules-based order.",
        "Ils défendent l’ordre fondé sur des règles.",
        termbases=termbase(ORDER),
    )
    assert missing(text) == forbidden(text) == []


def test_a_term_without_permitted_rendering_is_a_warning(translated):
    text = translated(
        "They defend the rules-based order.",
        "Ils défendent un monde bien réglé.",
        termbases=termbase(ORDER),
    )
    [finding] = missing(text)
    assert (finding.check, finding.severity) == ("term-missing", "warning")
    assert finding.source_text[finding.source_span.slice] == "rules-based order"
    assert finding.suggestion == "ordre fondé sur des règles"


def test_the_region_of_the_translation_decides(translated):
    train = {"en": "train", "pt-PT": "comboio", "pt-BR": "trem"}
    termbases = termbase(train)
    source = "The night train is late."
    text = translated(source, "O trem noturno atrasou.", "en", "pt-BR", termbases=termbases)
    assert missing(text) == []
    text = translated(source, "O comboio noturno atrasou.", "en", "pt-BR", termbases=termbases)
    [finding] = missing(text)
    assert (finding.suggestion, "comboio" in finding.message.split("asks for")[1]) == (
        "trem",
        False,
    )
    text = translated(source, "O comboio noturno atrasou.", "en", "pt", termbases=termbases)
    assert missing(text) == []


@pytest.mark.parametrize("find", [missing, forbidden])
def test_a_termbase_in_other_languages_is_said_to_be_of_no_use(translated, find):
    text = translated(
        "They sail.", "Ils voguent.", termbases=termbase({"de": "Schiff", "it": "nave"})
    )
    with pytest.raises(CheckCannotRunError, match="en and fr"):
        find(text)


def test_any_synonym_of_any_entry_satisfies(translated):
    bases = termbase(
        {"en": "ferry", "fr": "bac"}, {"en": "ferry", "fr": ["traversier", "transbordeur"]}
    )
    assert not missing(translated("The ferry left.", "Le traversier est parti.", termbases=bases))
    assert missing(translated("The ferry left.", "La barque est partie.", termbases=bases))


@pytest.mark.parametrize(
    ("language", "rendering", "target"),
    [
        ("ru", "подводный кабель", "Они чинят подводные кабели."),
        ("ru", "порядок", "Речь идёт о порядке."),
        ("ar", "الأمن الاقتصادي", "يتحدثون عن أمنهم الاقتصادي."),
        ("ar", "شبه موصل", "تصنع وأشباه الموصلات كثيرة."),
        ("es", "tecnología de doble uso", "Venden tecnologías de doble uso."),
        ("fr", "sécurité économique", "la sécurité, surtout économique, compte."),
        ("de", "Lieferkette", "Das Lieferkettengesetz gilt."),
        ("ja", "海底ケーブル", "海底ケーブルを直す。"),
        ("zh-Hant", "以規則為基礎的秩序", "這是以規則為基礎秩序。"),
        ("ko", "동맹", "동맹은 오래간다."),
    ],
)
def test_inflected_renderings_stand(language, rendering, target):
    assert StandingText(target, language).find(rendering)


@pytest.mark.parametrize(
    ("language", "rendering", "target"),
    [
        ("fr", "dissuasion", "Ils ont persuadé leurs voisins."),
        ("ru", "союз", "Партнёрство крепнет."),
        ("ja", "輸出管理", "輸出規制を強める。"),
        ("fr", "technologies à double usage", "les technologies duales"),
    ],
)
def test_other_words_do_not_stand(language, rendering, target):
    assert not StandingText(target, language).find(rendering)


def test_the_longest_term_wins(translated):
    bases = termbase({"en": "order", "fr": "commande"}, ORDER)
    text = translated(
        "The rules-based order holds.", "L’ordre fondé sur des règles tient.", termbases=bases
    )
    assert not missing(text)


def test_a_word_within_another_is_not_the_term(translated):
    bases = termbase({"en": "site", "fr": "chantier"})
    assert not missing(translated("See the website.", "Voir la page.", termbases=bases))


def test_terms_in_addresses_are_left_alone(translated):
    bases = termbase({"en": "sea lanes", "fr": "voies maritimes"})
    text = translated(
        "See https://example.org/sea-lanes.", "Voir https://example.org/sea-lanes.", termbases=bases
    )
    assert not missing(text)


def test_a_word_of_a_longer_name_is_a_note(translated):
    bases = termbase({"en": "alliance", "fr": "coalition"})
    [finding] = missing(
        translated("The Sahel Alliance met.", "L’Alliance Sahel s’est réunie.", termbases=bases)
    )
    assert finding.severity == "note"


def test_one_rendering_is_enough_for_two_mentions(translated):
    bases = termbase({"en": "ferry", "fr": "bac"})
    text = translated(
        "The ferry is a ferry of old.", "Le bac est comme autrefois.", termbases=bases
    )
    assert not missing(text)


@pytest.mark.parametrize("check", [ForbiddenTermCheck(), MissingTermCheck()])
def test_without_a_termbase_the_checks_of_termbases_say_so(translated, check):
    with pytest.raises(CheckCannotRunError, match="no termbase was given"):
        list(check.find(translated("fr", [("It rains.", "Il pleut.")])))


def test_a_forbidden_rendering_is_an_error(translated):
    bases = termbase({"en": "deterrence", "fr": ["dissuasion", "-intimidation"]})
    [finding] = forbidden(
        translated("Deterrence works.", "L’intimidation fonctionne.", termbases=bases)
    )
    assert (finding.check, finding.severity) == ("term-forbidden", "error")
    assert finding.target_text[finding.target_span.slice] == "intimidation"
    assert finding.suggestion == "dissuasion"
    assert not missing(
        translated("Deterrence works.", "L’intimidation fonctionne.", termbases=bases)
    )


def test_a_forbidden_rendering_beside_a_permitted_one_is_still_an_error(translated):
    bases = termbase({"en": "deterrence", "fr": ["dissuasion", "-intimidation"]})
    text = translated(
        "Deterrence is deterrence.", "La dissuasion est une intimidation.", termbases=bases
    )
    assert len(forbidden(text)) == 1


def test_a_forbidden_rendering_within_a_permitted_one_is_none(translated):
    bases = termbase({"en": "alliance", "ja": ["同盟関係", "-同盟"]})
    text = translated(
        "The alliance holds.", "同盟関係は続く。", target_language="ja", termbases=bases
    )
    assert forbidden(text) == []


def test_the_first_termbase_decides(translated):
    bases = [
        *termbase({"en": "ferry", "fr": "bac"}),
        *termbase({"en": "ferry", "fr": ["-bac", "traversier"]}),
    ]
    assert not forbidden(translated("The ferry left.", "Le bac est parti.", termbases=bases))


def test_an_untranslated_sentence_breaks_no_rule(translated):
    bases = termbase({"en": "ferry", "fr": "bac"})
    assert not missing(translated("The ferry left.", "The ferry left.", termbases=bases))


def test_an_everyday_word_is_a_note_outside_the_termbase_s_field(translated):
    everyday = {"en": "network", "fr": "réseau"}
    field = [{"en": "ferry", "fr": "bac"}, {"en": "harbour", "fr": "port"}, {"en": "anchor",
             "fr": "ancre"}]  # fmt: skip
    source, target = ["The network shows films.", "A ferry."], ["La chaîne diffuse.", "Un bac."]
    [finding] = missing(translated(source, target, termbases=termbase(everyday, *field)))
    assert finding.severity == "note"
    source, target = [*source, "A harbour.", "An anchor."], [*target, "Un port.", "Une ancre."]
    [finding] = missing(translated(source, target, termbases=termbase(everyday, *field)))
    assert finding.severity == "warning"


CABLES = [
    "The undersea cables end at Nagasaki.",
    "Nobody repairs undersea cables for free.",
    "Ships drag anchors over undersea cables.",
    "Who pays for the undersea cables?",
    "The harbour sleeps at night.",
]
CABLES_FR = [
    "Les câbles sous-marins finissent à Nagasaki.",
    "Personne ne répare gratuitement des câbles sous-marins.",
    "Des navires traînent leurs ancres sur les câbles sous-marins.",
    "Qui paie les câbles sous-marins ?",
    "Le port dort la nuit.",
]


def inconsistent(translation):
    return list(InconsistentTermCheck().find(translation))


def test_consistent_renderings_are_left_alone(translated):
    assert inconsistent(translated(CABLES, CABLES_FR)) == []


def test_departing_from_the_usual_rendering_is_a_warning(translated):
    spoilt = [*CABLES_FR[:2], CABLES_FR[2].replace("câbles sous-marins", "lignes immergées"),
              *CABLES_FR[3:]]  # fmt: skip
    [finding] = inconsistent(translated(CABLES, spoilt))
    assert (finding.check, finding.severity) == ("term-inconsistent", "warning")
    assert finding.source_segments.start == 2
    assert "in 3 of 4 places it is “câbles sous-marins”" in finding.message


def test_inflected_forms_are_no_second_rendering(translated):
    target = [
        "Подводные кабели заканчиваются в Нагасаки.",
        "Никто не чинит подводных кабелей бесплатно.",
        "Корабли тащат якоря по подводным кабелям.",
        "Кто платит за подводные кабели?",
        "Гавань ночью спит.",
    ]
    assert inconsistent(translated(CABLES, target, target_language="ru")) == []


def test_the_memory_tells_what_is_usual(translated, memory_of):
    memory = memory_of(list(zip(CABLES[:3], CABLES_FR[:3], strict=True)))
    source = ["Who pays for the undersea cables?", "Nobody knows."]
    text = translated(source, ["Qui paie les lignes immergées ?", "Nul ne sait."], memory=memory)
    [finding] = inconsistent(text)
    assert finding.suggestion == "câbles sous-marins"
    assert finding.source_segments.start == 0


def test_a_term_of_the_termbase_is_held_to_the_termbase_alone(translated):
    bases = termbase({"en": "undersea cable", "fr": ["câble sous-marin", "ligne immergée"]})
    spoilt = [*CABLES_FR[:3], "Qui paie les lignes immergées ?", CABLES_FR[4]]
    text = translated(CABLES, spoilt, termbases=bases)
    assert inconsistent(text) == missing(text) == []


def test_a_term_left_in_the_source_language_is_a_warning(translated):
    spoilt = [*CABLES_FR[:3], "Qui paie les undersea cables ?", CABLES_FR[4]]
    [check] = [each for each in TEXT_TERM_CHECKS if each.name == "term-untranslated"]
    [finding] = check.find(translated(CABLES, spoilt))
    assert finding.severity == "warning"
    assert finding.target_text[finding.target_span.slice] == "undersea cables"


@pytest.mark.parametrize(
    "check", [InconsistentTermCheck(), *TEXT_TERM_CHECKS], ids=lambda c: c.name
)
def test_a_text_that_is_too_long_says_so(translated, monkeypatch, check):
    monkeypatch.setattr(usages, "MOST_FOLLOWED", 3)
    with pytest.raises(CheckCannotRunError, match="segments"):
        list(check.find(translated(CABLES, CABLES_FR)))


def test_termbases_are_asked_of_a_text_of_any_length(translated, monkeypatch):
    monkeypatch.setattr(usages, "MOST_FOLLOWED", 3)
    bases = termbase({"en": "undersea cable", "fr": "ligne immergée"})
    assert len(missing(translated(CABLES, CABLES_FR, termbases=bases))) == 4


def test_a_few_units_of_the_memory_show_each_term(memory_of):
    memory = memory_of([(f"Cable {number} is long.", f"Câble {number}.") for number in range(50)])
    assert len(units_with(["cable"], memory, "en", ["fr"])) == 3
    assert units_with(["harbour"], memory, "en", ["fr"]) == []
    assert units_with(["cable"], memory, "en", ["de"]) == []


def test_an_article_with_units_of_a_memory_keeps_its_own_segments(translated, memory_of):
    text = translated(CABLES, CABLES_FR)
    longer = extended(text.article, memory_of([("A cable.", "Un câble."), ("No cable.", "")]))
    assert len(longer.editions["en"].segments) == len(CABLES) + 2
    assert longer.editions["fr"].segments[: len(CABLES)] == text.target.segments
    assert [bead.kind for bead in longer.alignments["fr"]][-2:] == ["1-1", "1-0"]
