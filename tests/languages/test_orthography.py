"""Everyday spelling: what encoders are given instead of rare spellings of the same text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.languages.orthography import everyday_spelling


@pytest.mark.parametrize(
    ("text", "everyday"),
    [
        ("كَتَبَ الوَلَدُ رِسَالَةً", "كتب الولد رسالة"),
        ("إِنَّ هٰذَا الرَّجُلَ طَبِيبٌ", "إن هذا الرجل طبيب"),
        ("قُرۡءَانًا وَقُرۡءَانࣰا", "قرءانا وقرءانا"),
        ("وَٱلۡقَمَرِۖ", "وٱلقمر"),
        ("جـمـيـل", "جميل"),
        ("سؤال رأي آخر", "سؤال رأي آخر"),
    ],
)
def test_arabic_is_without_vowel_marks_and_lengthening(text, everyday):
    assert everyday_spelling(text, "ar") == everyday


def test_a_hamza_that_belongs_to_its_letter_stays():
    assert everyday_spelling("خانهٔ ما", "fa") == "خانهٔ ما"


@pytest.mark.parametrize(
    ("language", "text", "everyday"),
    [("fa", "کِتابِ مَن", "کتاب من"), ("ur", "عیسیٰ", "عیسی"), ("ar", "كِتَاب", "كتاب")],
)
def test_languages_in_arabic_script_that_leave_vowels_out_are_without_them(
    language, text, everyday
):
    assert everyday_spelling(text, language) == everyday


def test_where_vowel_marks_are_spelling_they_stay():
    assert everyday_spelling("کٔشُر", "ks") == "کٔشُر"


def test_hebrew_is_without_points_and_keeps_its_punctuation():
    assert everyday_spelling("בַּיִת־סֵפֶר גָּדוֹל׃", "he") == "בית־ספר גדול׃"


def test_points_of_yiddish_are_spelling():
    pointed = unicodedata.normalize("NFC", "אַ שיינער טאָג")
    assert everyday_spelling(pointed, "yi") == pointed


@pytest.mark.parametrize("language", ["ru", "uk", "be", "bg"])
def test_cyrillic_is_without_stress_accents(language):
    assert everyday_spelling("за\u0301мок", language) == "замок"


def test_letters_of_cyrillic_that_have_marks_of_their_own_keep_them():
    assert everyday_spelling("ёж, йод", "ru") == "ёж, йод"
    assert everyday_spelling("їжак і ґанок", "uk") == "їжак і ґанок"


def test_accents_of_latin_words_in_a_cyrillic_text_stay():
    assert everyday_spelling("кафе «Cafe\u0301»", "ru") == "кафе «Café»"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("домъ стоитъ у рѣки", "дом стоит у реки"),
        ("новая исторія, Ѳедоръ.", "новая история, Федор."),
        ("объявление съѣзда", "объявление съезда"),
    ],
)
def test_russian_is_in_the_spelling_since_1918(old, new):
    assert everyday_spelling(old, "ru") == new


def test_letters_that_only_russian_gave_up_stay_in_ukrainian():
    assert everyday_spelling("історія", "uk") == "історія"


@pytest.mark.parametrize(
    ("old", "new"),
    [("舊い國の學校", "旧い国の学校"), ("鐵道と驛", "鉄道と駅"), ("古い鉄道", "古い鉄道")],
)
def test_japanese_is_in_the_characters_since_1946(old, new):
    assert everyday_spelling(old, "ja") == new


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
def test_chinese_characters_are_not_made_japanese(language):
    assert everyday_spelling("舊國學校", language) == "舊國學校"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("提灯《ちょうちん》が揺れる", "提灯が揺れる"),
        ("丸い｜赤提灯《あかぢょうちん》", "丸い赤提灯"),
        ("港に｜ランプ《あかり》を", "港にランプを"),
        ("岸壁（がんぺき）に立つ", "岸壁に立つ"),
        ("岸壁(がんぺき)に立つ", "岸壁に立つ"),
    ],
)
def test_readings_of_kanji_are_left_out(text, plain):
    assert everyday_spelling(text, "ja") == plain


@pytest.mark.parametrize(
    "text", ["『港』《第三巻》", "空港（エアポート）", "岸壁（石造り）", "ほぼ（おそらく）"]
)
def test_other_brackets_of_japanese_stay(text):
    assert everyday_spelling(text, "ja") == text


@pytest.mark.parametrize("language", [None, "en", "ja", "th", "zh-Hant"])
@pytest.mark.parametrize(
    "invisible", ["\u00ad", "\u200b", "\u200e", "\u202b", "\u2060", "\ufe0f", "\ufeff", "\ud800"]
)
def test_what_is_never_seen_is_left_out_in_every_language(language, invisible):
    assert everyday_spelling(f"har{invisible}bour", language) == "harbour"


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
def test_joiners_stay(joiner):
    assert everyday_spelling(f"می{joiner}روم", "fa") == f"می{joiner}روم"


def test_characters_of_unusual_width_are_as_wide_as_usual():
    assert everyday_spelling("ＮＨＫの２台のﾃﾚﾋﾞ｡", "ja") == "NHKの2台のテレビ。"


@pytest.mark.parametrize("text", ["，：（）！", "½ cup", "x²", "№ 5", "…"])
def test_other_compatibility_characters_stay(text):
    assert everyday_spelling(text, "zh-Hans") == text


@pytest.mark.parametrize("tag", ["ar-EG", "AR", "ar-Arab-SA"])
def test_regions_and_scripts_are_spelt_as_their_language(tag):
    assert everyday_spelling("كِتَاب", tag) == "كتاب"


@pytest.mark.parametrize("language", ["en", "fr", "es", "de", "ko", "el", "vi"])
def test_everyday_text_is_left_alone(language):
    text = "Naïve café — ¿qué? Tiếng Việt, 항구의 등불, το λιμάνι."
    assert everyday_spelling(text, language) == text


@given(
    st.text(st.sampled_from("aé가ぁア漢《》｜（）كَـъѣі\u0301\u200b\u200cｱﾞＡ") | st.characters()),
    st.sampled_from([None, "ar", "he", "ja", "ru", "zh-Hant"]),
)
def test_an_everyday_spelling_has_no_other(text, language):
    once = everyday_spelling(text, language)
    assert everyday_spelling(once, language) == once
