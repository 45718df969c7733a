"""Names against the termbase, the memory and their other places in the text."""

from __future__ import annotations

import pytest

from align.checks.names import swapped
from align.checks.names.check import NamesCheck
from align.checks.names.spelling import NameText
from align.checks.terms.against_termbase import MissingTermCheck
from align.termbases import Termbase, TermbaseEntry, TermbaseTerm

SOURCE = "Elena Castellani teaches in Trieste, and nobody listens."


def spelt(translation):
    return [each for each in NamesCheck().find(translation) if "misspelt" in each.message]


def grave(translation):
    return [each for each in NamesCheck().find(translation) if each.severity != "note"]


@pytest.mark.parametrize(
    ("language", "known", "good", "spoilt", "wrong", "right"),
    [
        ("fr", "Elena Castellani est venue.", "Elena Castellani enseigne à Trieste, en vain.",
         "Elena Castelani enseigne à Trieste, en vain.", "Castelani", "Castellani"),
        ("ru", "Приехала Элена Кастеллани.", "В Триесте Элену Кастеллани никто не слушает.",
         "В Триесте Элену Кастелани никто не слушает.", "Кастелани", "Кастеллани"),
        ("ar", "جاءت إيلينا كاستيلاني.", "تدرّس إيلينا كاستيلاني في ترييستي ولا أحد يصغي.",
         "تدرّس إيلينا كاستلاني في ترييستي ولا أحد يصغي.", "كاستلاني", "كاستيلاني"),
        ("ja", "エレナ・カステラーニが来た。", "エレナ・カステラーニはトリエステで教える。",
         "エレナ・カステリーニはトリエステで教える。", "エレナ・カステリーニ",
         "エレナ・カステラーニ"),
        ("zh-Hans", "埃莱娜·卡斯泰拉尼来了。", "埃莱娜·卡斯泰拉尼在的里雅斯特教书，没人听。",
         "埃莱娜·卡斯特兰尼在的里雅斯特教书，没人听。", "埃莱娜·卡斯特兰尼", "埃莱娜·卡斯泰拉尼"),
    ],
)  # fmt: skip
def test_a_name_is_written_as_in_the_memory(
    translated, memory_of, language, known, good, spoilt, wrong, right
):
    memory = memory_of([("Elena Castellani came.", known)], target_language=language)
    assert not spelt(translated(SOURCE, good, target_language=language, memory=memory))
    [finding] = spelt(translated(SOURCE, spoilt, target_language=language, memory=memory))
    assert (finding.check, finding.severity) == ("names", "warning")
    assert finding.target_text[finding.target_span.slice] == wrong
    assert finding.suggestion == right
    assert "the memory has" in finding.message


@pytest.mark.parametrize(
    ("language", "known", "spoilt", "right"),
    [
        ("ja", "横浜", "横浜のSIAIは眠る。", "SIIA"),
        ("fr", "port", "La SIAI dort.", "SIIA"),
    ],
)
def test_letters_of_an_abbreviation_that_changed_places(
    translated, memory_of, language, known, spoilt, right
):
    memory = memory_of(
        [("The SIIA never sleeps.", f"SIIA: {known}."), ("Ask the SIIA.", f"SIIA ({known}).")],
        target_language=language,
    )
    text = translated("The SIIA sleeps.", spoilt, target_language=language, memory=memory)
    [finding] = spelt(text)
    assert finding.suggestion == right


def castellani(*renderings):
    terms = [TermbaseTerm("Elena Castellani", "en")]
    terms += [TermbaseTerm(text, "fr") for text in renderings]
    return [Termbase((TermbaseEntry("c", tuple(terms)),))]


def test_against_the_only_rendering_of_the_termbase_it_is_an_error(translated):
    text = translated(
        SOURCE,
        "Elena Castelani enseigne à Trieste, en vain.",
        termbases=castellani("Elena Castellani"),
    )
    [finding] = spelt(text)
    assert finding.severity == "error"
    assert list(MissingTermCheck().find(text)) == []  # said once


def test_against_one_of_several_renderings_it_is_a_warning(translated):
    text = translated(
        SOURCE,
        "Elena Castelani enseigne à Trieste, en vain.",
        termbases=castellani("Elena Castellani", "Helena Castellani"),
    )
    assert [finding.severity for finding in spelt(text)] == ["warning"]


def test_a_name_is_written_as_elsewhere_in_the_text(translated):
    source = [
        "Naoko Hirabayashi mends cables.",
        "Nobody pays Hirabayashi.",
        "The sea pays Hirabayashi in salt.",
        "So says Hirabayashi at night.",
        "And Hirabayashi laughs.",
    ]
    target = [
        "Naoko Hirabayashi répare des câbles.",
        "Personne ne paie Hirabayashi.",
        "La mer paie Hirabayashi en sel.",
        "Ainsi parle Hirabayashi la nuit.",
        "Et Hirabayachi rit.",
    ]
    [finding] = spelt(translated(source, target))
    assert (finding.severity, finding.source_segments.start) == ("warning", 4)
    assert finding.target_text[finding.target_span.slice] == "Hirabayachi"


def test_a_longer_name_of_the_memory_s_text_tells_the_rest(translated, memory_of):
    memory = memory_of(
        [("Naoko Hirabayashi mends cables.", "平林直子修理电缆。")], target_language="zh-Hans"
    )
    source = "Naoko Hirabayashi came home."
    assert not spelt(
        translated(source, "平林直子回家了。", target_language="zh-Hans", memory=memory)
    )
    [finding] = spelt(
        translated(source, "平林尚子回家了。", target_language="zh-Hans", memory=memory)
    )
    assert "平林直子" in finding.message


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
        ("ru", "Триест", "Она жила в Триесте."),
        ("ru", "Элена Кастеллани", "Говорят с Эленой Кастеллани."),
        ("ar", "اليابان", "وتتعاون لليابان مع أوروبا"),
        ("ar", "إيطاليا", "وإيطاليا تنتظر"),
        ("fr", "Hirabayashi", "l’avis d’Hirabayashi"),
        ("de", "Castellani", "Castellanis Buch"),
        ("fi", "Helsinki", "Helsingissä ja Helsinkiin"),
        ("ja", "エレナ・カステラーニ", "エレナ＝カステラーニさん"),
    ],
)
def test_inflected_names_stand(language, name, text):
    assert NameText(text, language).has(name)


@pytest.mark.parametrize(
    ("language", "name", "text", "others"),
    [
        ("fr", "Iran", "L’Irak attend.", ["Irak"]),  # another name
        ("fr", "Europe", "Les Européens attendent.", []),  # its inhabitants
        ("ru", "Токио", "токийскому порту", []),  # an adjective
        ("ar", "بوليفيا", "الحكومة البوليفية", []),
        ("ja", "民主党員", "民主党の人", []),  # a shorter form
        ("zh-Hans", "阿拉斯加州", "在阿拉斯加的人", []),
        ("ja", "マナティー", "マナティカウンティ", []),  # a part of another word
        ("fr", "Mann", "Il y a un an.", []),
    ],
)
def test_what_is_close_and_right_is_left_alone(language, name, text, others):
    assert NameText(text, language).close_to(name, others) is None


def test_names_of_a_sentence_left_out_are_not_counted_one_by_one(translated):
    source = ["Kenji Morisawa sings in Kobe harbour every night.", "Rain falls."]
    assert not list(NamesCheck().find(translated(source, ["", "Il pleut."])))


def test_a_name_that_nothing_stands_for_is_a_note(translated):
    findings = list(NamesCheck().find(translated("Rotterdam sleeps.", "?")))
    assert [finding.severity for finding in findings] == ["note"]
    assert findings[0].source_text[findings[0].source_span.slice] == "Rotterdam"


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("fr", "Le traité fut signé à Lisbonne.", "Le traité fut signé à Athènes."),
        ("de", "Der Vertrag wurde in Lissabon unterzeichnet.",
         "Der Vertrag wurde in Athen unterzeichnet."),
        ("es", "El tratado se firmó en Lisboa.", "El tratado se firmó en Atenas."),
        ("it", "Il trattato fu firmato a Lisbona.", "Il trattato fu firmato ad Atene."),
        ("pl", "Traktat podpisano w Lizbonie.", "Traktat podpisano w Atenach."),
        ("ru", "Договор был подписан в Лиссабоне.", "Договор был подписан в Афинах."),
        ("ar", "تم توقيع المعاهدة في لشبونة.", "تم توقيع المعاهدة في أثينا."),
        ("ja", "条約はリスボンで調印された。", "条約はアテネで調印された。"),
        ("zh-Hans", "条约在里斯本签署。", "条约在雅典签署。"),
        ("zh-Hant", "條約在里斯本簽署。", "條約在雅典簽署。"),
    ],
)  # fmt: skip
def test_a_city_for_which_another_stands_is_a_warning(translated, language, right, wrong):
    source = "The treaty was signed in Lisbon."
    assert not grave(translated(source, right, target_language=language))
    [finding] = grave(translated(source, wrong, target_language=language))
    assert finding.source_text[finding.source_span.slice] == "Lisbon"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The treaty was signed in Kyoto.", "Le traité fut signé à Séoul."),  # one is known
        ("Ships sailed from Norway to Japan.", "Des navires allèrent de Norvège au Pérou."),
    ],
)
def test_of_two_places_one_or_both_may_be_known(translated, source, target):
    assert len(grave(translated(source, target))) == 1


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Moscow refused to sign.", "La Russie a refusé de signer."),
        ("The Norwegian fleet left Oslo.", "La flotte de Norvège a quitté Oslo."),
        ("He met Chancellor Brandt in Bonn.", "Il rencontra à Bonn Brandt, venu de Berlin."),
        ("The crew of the Resolute was resolute.", "L’équipage du Resolute était résolu."),
    ],
)
def test_a_capital_for_its_country_and_what_is_added_are_no_replacement(translated, source, target):
    assert not grave(translated(source, target))


@pytest.mark.parametrize(
    ("language", "right", "wrong", "suggestion"),
    [
        ("fr", "Kenji Oritake chante.", "Kenji Ortiake chante.", "Oritake"),
        ("pl", "Kenji Oritake śpiewa.", "Kenji Ortiake śpiewa.", "Oritake"),
        ("ru", "Поёт Кэндзи Оритаке.", "Поёт Кэндзи Ортиаке.", "Оритаке"),
        ("ru", "Оритаке: говорит сам Оритаке.", "Оритаке: говорит сам Ортиаке.", "Оритаке"),
        ("ja", "ケンジ・オリタケが歌う。", "ケンジ・オタリケが歌う。", "オリタケ"),
    ],
)  # fmt: skip
def test_two_letters_that_changed_places_are_a_warning(
    translated, language, right, wrong, suggestion
):
    source = "Kenji Oritake sings."
    assert not grave(translated(source, right, target_language=language))
    [finding] = grave(translated(source, wrong, target_language=language))
    assert finding.suggestion.endswith(suggestion)


def test_of_a_word_longer_than_any_name_no_letters_are_changed_about(translated, monkeypatch):
    tried = []
    monkeypatch.setattr(swapped, "_unswapped", lambda word, name: tried.append((word, name)))
    many, long = "Ueda" * 16, "Ueda" * 17
    list(
        NamesCheck().find(
            translated(f"He met {many} and {long}.", f"Il vit {long[1:]} et {many}s.")
        )
    )
    assert {name for _, name in tried} <= {many}
    assert long[1:] not in {word for word, _ in tried}


def test_a_word_in_characters_that_mean_something_is_no_name_misspelt(translated):
    source = "The Venta carried half of it."
    text = translated(source, "その大半をベンタが運んだ。", target_language="ja")
    assert not grave(text)


def test_one_word_of_a_name_that_is_kept_tells_how_the_others_are_written(translated):
    source = "“Nobody thanks a pipe,” says Tomasz Wieczorek, who runs the pumps."
    good = "« Personne ne remercie un tuyau », dit Tomasz Wieczorek, qui dirige les pompes."
    assert not spelt(translated(source, good))
    [finding] = spelt(translated(source, good.replace("Wieczorek", "Wieczoreck")))
    assert (finding.severity, finding.suggestion) == ("warning", "Wieczorek")
    assert "the source has" in finding.message


def test_what_everybody_knows_has_a_name_in_every_language(translated):
    source = "President Vladimir Putin met Ruth Oyelaran in Moscow."
    assert not spelt(translated(source, "Le président Vladimir Poutine a reçu Ruth Oyelaran."))


def test_a_family_name_is_written_as_in_the_names_of_its_others(translated):
    source = [
        "Margaret Oyelaran measured the upper valley of the river.",
        "The government of the country rejected the report in three weeks.",
        "Ruth Oyelaran, the hydrologist, is not convinced by the tunnel.",
    ]
    target = [
        "マーガレット・オイェラランは川の上流域を測量した。",
        "国の政府は3週間のうちに報告書を退けた。",
        "水文学者のルース・オイェララムはトンネルに納得していない。",
    ]
    [finding] = spelt(translated(source, target, target_language="ja"))
    assert finding.target_text[finding.target_span.slice] == "オイェララム"
    assert finding.suggestion == "オイェララン"
    target[2] = target[2].replace("ララム", "ララン")
    assert not spelt(translated(source, target, target_language="ja"))
