"""Memories and glossaries, loaded by a translation tool that people work with."""

import pytest

from align.formats import write_term_report
from align.formats.termbases.glossary import write_glossary
from align.formats.tmx import write_tmx
from align.termbases import Termbase, TermbaseEntry, TermbaseTerm
from align.units import TranslationUnit, Variant

pytestmark = pytest.mark.integration

SENTENCES = {
    "en": [
        "The bakery opens before sunrise.",
        "R&D costs fell below 5 < 6 percent last year.",
        "She said: “We close when the bread is gone.”",
        "A 𝔰trange letter stood over the door.",
        "Nobody has ever seen the owner.",
        "Would you like a receipt?",
        "The clock on the wall is always ten minutes slow.",
        "We walked home along the river.",
    ],
    "ja": [
        "そのパン屋は日の出前に開く。",
        "昨年、R&Dの費用は5 < 6パーセントを下回った。",
        "「パンがなくなったら閉めます」と彼女は言った。",
        "扉の上に奇妙な𝔰の字があった。",
        "主人を見た者は誰もいない。",
        "領収書はご入り用ですか。",
        "壁の時計はいつも十分遅れている。",
        "私たちは川沿いを歩いて帰った。",
    ],
    "fr": [
        "La boulangerie ouvre avant l’aube.",
        "Les coûts de R&D sont tombés sous 5 < 6 pour cent l’an dernier.",
        "« Nous fermons quand il n’y a plus de pain », dit-elle.",
        "Une lettre 𝔰 étrange surmontait la porte.",
        "Personne n’a jamais vu le patron.",
        "Voulez-vous un reçu ?",
        "L’horloge du mur a toujours dix minutes de retard.",
        "Nous sommes rentrés à pied le long de la rivière.",
    ],
    "ar": [
        "يفتح المخبز قبل شروق الشمس.",
        "انخفضت تكاليف R&D\u200f إلى ما دون 5 < 6 في المئة العام الماضي.",
        "قالت: «نغلق حين ينفد الخبز».",
        "كان فوق الباب حرف 𝔰 غريب.",
        "لم ير أحد صاحبه قط.",
        "هل تريد إيصالًا؟",
        "ساعة الحائط متأخرة دائمًا عشر دقائق.",
        "عدنا إلى البيت مشيًا بمحاذاة النهر.",
    ],
    "ru": [
        "Пекарня открывается до рассвета.",
        "В прошлом году расходы на R&D упали ниже 5 < 6 процентов.",
        "«Мы закрываемся, когда кончается хлеб», — сказала она.",
        "Над дверью стояла странная буква 𝔰.",
        "Хозяина никто никогда не видел.",
        "Вам нужен чек?",
        "Часы на стене всегда отстают на десять минут.",
        "Мы шли домой вдоль реки.",
    ],
    "zh-Hans": [
        "这家面包店在日出前开门。",
        "去年R&D费用降到5 < 6个百分点以下。",
        "她说：“面包卖完我们就关门。”",
        "门上有一个奇怪的字母𝔰。",
        "从来没有人见过店主。",
        "您要收据吗？",
        "墙上的钟总是慢十分钟。",
        "我们沿着河走回家。",
    ],
    "zh-Hant": [
        "這家麵包店在日出前開門。",
        "去年R&D費用降到5 < 6個百分點以下。",
        "她說：「麵包賣完我們就關門。」",
        "門上有一個奇怪的字母𝔰。",
        "從來沒有人見過店主。",
        "您要收據嗎？",
        "牆上的鐘總是慢十分鐘。",
        "我們沿著河走回家。",
    ],
}


def _units(*languages):
    return [
        TranslationUnit(
            tuple(
                Variant(language, (number,), text, None if language == "en" else 0.8)
                for language, text in zip(languages, texts, strict=True)
            )
        )
        for number, texts in enumerate(zip(*(SENTENCES[tag] for tag in languages), strict=True))
    ]


@pytest.mark.opened_by("OmegaT", memory="tmx")
@pytest.mark.parametrize(
    ("language", "tag"),
    [
        ("ja", "ja"),
        ("fr", "fr"),
        ("ar", "ar"),
        ("ru", "ru"),
        ("zh-Hans", "zh-CN"),
        ("zh-Hant", "zh-TW"),
    ],
)
def test_omegat_translates_every_sentence_from_the_memory(tmp_path, omegat, language, tag):
    memory = tmp_path / "memory.tmx"
    write_tmx(
        memory,
        _units("en", language),
        languages=["en", language],
        source="en",
        context=True,
        note="Two lines,\nand R&D.",
    )
    # Some sentences share a paragraph, so that OmegaT has to cut them itself.
    english = SENTENCES["en"]
    translated = omegat("\n\n".join([*english[:6], " ".join(english[6:])]), memory, "en", tag)
    found = [text in translated for text in SENTENCES[language]]
    assert sum(found) >= 0.95 * len(found), translated


def test_omegat_translates_from_another_source_than_the_pivot(tmp_path, omegat):
    memory = tmp_path / "memory.tmx"
    write_tmx(memory, _units("en", "ja", "fr"), languages=["ja", "fr"], source="ja")
    translated = omegat("\n\n".join(SENTENCES["ja"]), memory, "ja", "fr")
    assert translated.split("\n\n") == SENTENCES["fr"]


def test_omegat_finds_its_language_in_a_multilingual_memory(tmp_path, omegat):
    memory = tmp_path / "memory.tmx"
    write_tmx(memory, _units("en", "ja", "fr"), languages=["en", "ja", "fr"], source="en")
    translated = omegat("\n\n".join(SENTENCES["en"]), memory, "en", "fr")
    assert translated.split("\n\n") == SENTENCES["fr"]


@pytest.mark.opened_by("OmegaT", terms="omegat")
@pytest.mark.parametrize(
    ("language", "renderings"),
    [("ja", ["レアアース"]), ("ar", ["العناصر الأرضية النادرة", "المعادن النادرة"])],
)
def test_omegat_offers_the_renderings_of_the_glossary_of_an_article(
    tmp_path, omegat_glossary, term_report, language, renderings
):
    glossary = tmp_path / "terms.txt"
    write_term_report(glossary, term_report.in_languages([language]), to="omegat")
    text = "Rare earths are dear.\n\nNobody mentions them here."
    offered = omegat_glossary(text, glossary, "en", language)
    assert list(offered) == ["Rare earths are dear.", "Nobody mentions them here."]
    assert offered["Rare earths are dear."] == [["rare earths", *renderings]]
    assert offered["Nobody mentions them here."] == []


@pytest.mark.opened_by("OmegaT", termbase="omegat")
@pytest.mark.parametrize(
    ("language", "rendering"),
    [
        ("fr", "traversier à câble"),
        ("es", "transbordador pequeño"),
        ("ru", "паром"),
        ("zh-TW", "渡輪"),
    ],
)
def test_omegat_reads_a_glossary_of_one_entry_as_utf_8(
    tmp_path, omegat_glossary, language, rendering
):
    terms = (TermbaseTerm("ferry", "en"), TermbaseTerm(rendering, language))
    glossary = tmp_path / "terms.txt"
    write_glossary(glossary, Termbase((TermbaseEntry("1", terms),)), source="en", target=language)
    offered = omegat_glossary("The ferry is late.", glossary, "en", language)
    assert offered == {"The ferry is late.": [["ferry", rendering]]}
