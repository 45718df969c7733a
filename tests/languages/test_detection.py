"""Detection of a text's language, offline."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.errors import InputError
from align.languages import detect_language, normalise_tag, other_language
from align.languages.detection import SAMPLE_LENGTH, _languages_by_script
from align.languages.table import SCRIPTS
from align.resources import data_folder

SENTENCES = {
    "ar": ["الجسر قديم لكنه صامد.", "ارتفع النهر هذا العام مرة أخرى.", "لا أحد يعرف السبب."],
    "de": ["Die Brücke ist alt.", "Niemand weiß warum.", "Der Fluss steigt jedes Jahr."],
    "en": ["The bridge is old.", "Nobody knows why.", "River Towns Learn to Live With Water"],
    "es": ["El puente es viejo.", "Nadie sabe por qué.", "El río crece todos los años."],
    "fr": ["Le pont est vieux.", "Personne ne sait pourquoi.", "La rivière monte chaque année."],
    "it": ["Il ponte è vecchio.", "Nessuno sa perché.", "Il fiume sale ogni anno."],
    "ja": ["橋は古い。", "川の町", "スポーツ", "日欧安全保障協力", "NATOとEUの橋渡し"],
    "ko": ["다리는 낡았다.", "아무도 이유를 모른다."],
    "nl": ["De brug is oud.", "Niemand weet waarom.", "De rivier stijgt elk jaar."],
    "pl": ["Most jest stary.", "Nikt nie wie dlaczego.", "Rzeka podnosi się co roku."],
    "pt": ["A ponte é velha.", "Ninguém sabe porquê.", "O rio sobe todos os anos."],
    "ru": ["Мост старый.", "Никто не знает почему.", "Река поднимается каждый год."],
    "th": ["สะพานเก่าแล้ว", "ไม่มีใครรู้ว่าทำไม"],
    "tr": ["Köprü eski.", "Kimse nedenini bilmiyor.", "Nehir her yıl yükseliyor."],
    "zh-Hans": ["桥很旧。", "没有人知道为什么。", "日欧加强安全合作", "NATO与EU的桥梁"],
    "zh-Hant": ["橋很舊。", "沒有人知道為什麼。", "日歐加強安全合作"],
}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [(language, sentence) for language, sentences in SENTENCES.items() for sentence in sentences],
)
def test_one_sentence_is_enough(language, sentence):
    assert detect_language(sentence)[0] == language


def test_a_chinese_text_that_quotes_japanese_is_chinese():
    text = "这座城市的人把这种心情叫做「かわいい」，没有别的词可以翻译。" + "没有人知道为什么。" * 5
    assert detect_language(text)[0] == "zh-Hans"


@pytest.mark.parametrize("text", ["", "  \n", "2025 – 42 %", "…!?", "𐂀", "µ"])
def test_a_text_without_letters_has_no_language(text):
    with pytest.raises(InputError, match="without letters"):
        detect_language(text)


def test_of_a_long_text_the_beginning_the_middle_and_the_end_are_looked_at():
    english, third = "Nobody knows why the bridge still stands. ", SAMPLE_LENGTH // 3
    known = (english * SAMPLE_LENGTH)[:third]
    unseen = "Никто не знает, почему мост ещё стоит. " * SAMPLE_LENGTH
    assert detect_language(known + unseen + known + unseen + known)[0] == "en"


@settings(deadline=None)  # the first call loads a library
@given(st.text(min_size=1, max_size=30))
def test_every_text_gets_a_normalised_language_and_a_probability_or_is_refused(text):
    try:
        language, probability = detect_language(text)
    except InputError:
        return
    assert normalise_tag(language) == language
    assert 0 <= probability <= 1


@pytest.mark.parametrize("script", SCRIPTS.values())
def test_every_script_in_the_table_has_a_language(script):
    assert _languages_by_script()[script]


ENGLISH = (
    "Every spring the river rises, and the towns along its banks put up their walls again. " * 5
)
SIMPLIFIED = (data_folder("corpora") / "japan-europe-cooperation" / "zh-Hans.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "named", "language"),
    [
        (ENGLISH, "ja", "en"),
        (ENGLISH, "es", "en"),
        (SIMPLIFIED, "ja", "zh-Hans"),
        (SIMPLIFIED, "zh-Hant", "zh-Hans"),
    ],
)
def test_a_text_in_another_language_than_named_is_told(text, named, language):
    assert other_language(text, named) == language


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (ENGLISH, "en-GB"),
        (SIMPLIFIED, "zh-CN"),
        ("The bridge is old.", "fr"),  # too short to tell
        ("1, 2, 3. " * 100, "fr"),
        (ENGLISH, "sco"),  # a language the detection does not know
    ],
)
def test_a_text_that_may_be_in_the_language_named_is_not_doubted(text, named):
    assert other_language(text, named) is None
