"""Everyday spelling: a text without what most texts of its language leave out.

Vowel points, stress accents, readings in brackets and old letters help a reader, and are so rare
that a model which learnt from everyday texts takes the words that have them for other words. So
encoders are given the everyday spelling. It is for comparing texts alone: what people read is
never changed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import regex

from align.languages.arabic import without_marks
from align.languages.chinese import modern_kanji
from align.languages.profile import profile

VERSION = 1
"""To be raised whenever a text's everyday spelling changes, for vectors of it do as well."""

# What is never seen: soft hyphens, zero-width spaces, marks of direction, variation selectors,
# lone surrogates. The joiners stay: they part words in Persian and shape letters in India.
_INVISIBLE = regex.compile(r"[[\p{Default_Ignorable_Code_Point}\p{Cs}]--[\u200c\u200d]]", regex.V1)

# Letters and digits as wide as Han characters, kana half as wide (and their punctuation). Other
# compatibility characters may mean something else than what Unicode would put in their place.
_ODD_WIDTH = regex.compile("[０-９Ａ-Ｚａ-ｚ｡-ﾟ]+")

# Vowels and cantillation, not the punctuation among them.
_HEBREW_POINTS = regex.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")

_STRESS = "\u0301"  # with which no Cyrillic vowel is composed, so NFC leaves it where stress is

_BEFORE_1918 = str.maketrans("ѣѢіІѳѲѵѴ", "еЕиИфФиИ")
_FINAL_HARD_SIGN = regex.compile(r"(?<=\p{Cyrillic})[ъЪ](?!\p{Cyrillic})")

# Typed texts have ruby as 漢字《かんじ》 or ｜漢字《かんじ》, newspapers have 漢字（かんじ）.
_READING = regex.compile(
    r"｜([^｜《》]+)《[^《》]+》"
    r"|(?<=\p{Han})(?:《[\p{Hiragana}\p{Katakana}ー・]+》|[（(][\p{Hiragana}ー・]+[）)])"
)


def everyday_spelling(text: str, tag: str | None = None) -> str:
    """A text as everyday texts of its language are spelt.

    Args:
        text: The text.
        tag: BCP 47 tag of its language; without it only what holds of every language is done.

    Returns:
        The text in NFC, without invisible characters and characters of unusual width; in
        Arabic, Persian and Urdu without vowel marks, in Hebrew without points, in Cyrillic
        without stress accents, in Russian in the spelling since 1918, and in Japanese in the
        characters since 1946, without readings.

    >>> everyday_spelling("كَتَبَ رِسـالَةً", "ar"), everyday_spelling("за\u0301мок", "ru")
    ('كتب رسالة', 'замок')
    >>> everyday_spelling("學校《がっこう》のﾃﾚﾋﾞ", "ja")
    '学校のテレビ'
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _ODD_WIDTH.sub(_in_usual_width, text)
    spell = _SPELLINGS.get(profile(tag or "").spelling)
    return spell(text) if spell else text


def _in_usual_width(run: regex.Match[str]) -> str:
    return unicodedata.normalize("NFKC", run[0])


def _hebrew(text: str) -> str:
    return str(_HEBREW_POINTS.sub("", text))


def _cyrillic(text: str) -> str:
    return text.replace(_STRESS, "")


def _russian(text: str) -> str:
    return str(_FINAL_HARD_SIGN.sub("", _cyrillic(text).translate(_BEFORE_1918)))


def _japanese(text: str) -> str:
    return modern_kanji(_READING.sub(r"\1", text))


_SPELLINGS: dict[str, Callable[[str], str]] = {
    "arabic": without_marks,
    "cyrillic": _cyrillic,
    "hebrew": _hebrew,
    "japanese": _japanese,
    "russian": _russian,
}
