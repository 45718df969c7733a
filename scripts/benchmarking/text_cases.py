"""Texts that repeat one thing, for whatever reads texts: what a rule may go back over and over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from align.checks.addresses import addresses_in
from align.checks.items import listed_items
from align.languages.base_forms import base_form
from align.quantities import quantities_of
from align.quantities.clock import times_in
from align.quantities.folding import fold
from align.segmentation import Segmenter
from align.terminology.tagging import parts_of_speech
from align.terminology.variants import term_key
from align.terminology.words import words_of
from benchmarking.cases import Case, Run

_CHARACTERS = 8_000
_LONG = 50_000  # characters of one word

_NUMBERS = {
    "en": ("1-", "1 ", "€1", "9", "1,", "1.", "½", "one ", "hundred and ", "5 to "),
    "de": ("ein", "zwei", "hundert", "einund", "1.", "1 ", "Millionen "),
    "fr": ("vingt-", "quatre-", "mille ", "1 ", "1\u202f", "et demi "),
    "ru": ("сто ", "тысяч ", "1 ", "полтора "),
    "ja": ("一二三四", "１２３４", "１，", "一、二、", "億", "二十億", "万千百十", "三分の",
           "五時", "第一"),
    "zh-Hans": ("一二三四", "１２３４", "１、", "亿万千", "二十亿", "百分之", "点五", "零"),
    "ar": ("١٢٣٤", "ثلاثة و", "ثلاثة ", "مليون ", "١،", "الساعة ", "٣٫", "نصف "),
}  # fmt: skip
_LISTS = (" ", "\n", " \n", "\n\n", "a\n", "- ", "• ", "1. ", "a, ", "、", "（一）")
_TELEPHONES = (
    "+33 1 22 ", "0 ", "1-", "(0)", "０９０－", "+", "1.2.", "a@", "www.a.", "a.b/", "://",
)  # fmt: skip
_CLOCKS = {
    "en": ("5 pm ", "17:00 ", "half past "),
    "ja": ("午後五時", "５時"),
    "ar": ("الساعة ٥ ",),
}
_TOKENS = {
    "en": ("a", "A", "9", "a-", "a'", "A."), "de": ("ß", "haus", "9"), "fr": ("é", "l'"),
    "es": ("ñ",), "ru": ("ж",), "ar": ("س", "وال"), "ko": ("가",), "th": ("ก",),
    "ja": ("橋", "ア", "ー", "あ", "a", "９", "・", " ", "、"),
    "zh-Hans": ("桥", "一", "的", "a", "9", " ", "，"), "zh-Hant": ("橋",),
}  # fmt: skip


def of_texts() -> Iterator[Case]:
    """All that reads a text: numbers, times, addresses, lists; segments, words, their forms."""
    for language, units in _NUMBERS.items():
        look: Callable[[str], object] = partial(quantities_of, language=language)
        for unit in units:
            yield _case("quantities", f"{language}, {unit!r}", unit, look)
    for language, units in _CLOCKS.items():
        for unit in units:
            yield _case("clock", f"{language}, {unit!r}", unit, partial(_clock, language=language))
    for unit in _TELEPHONES:
        yield _case("addresses", repr(unit), unit, addresses_in)
        english = partial(quantities_of, language="en")
        yield _case("quantities", f"telephones, {unit!r}", unit, english)
    for unit in _LISTS:
        yield _case("items", repr(unit), unit, partial(listed_items, language="en"))
    split = Segmenter().split
    ways: tuple[tuple[str, Callable[..., object]], ...] = (
        ("segmenter", split),
        ("words and parts of speech", _words),
        ("base forms", _forms),
    )
    for kind, way in ways:
        for language, units in _TOKENS.items():
            for unit in units:
                what = f"{language}, {unit!r}"
                yield _case(kind, what, unit, partial(way, language=language), _LONG)


def _case(
    kind: str, what: str, unit: str, look: Callable[[str], object], size: int = _CHARACTERS
) -> Case:
    return Case(kind, what, size, partial(_text, unit=unit, look=look))


def _text(size: int, _folder: Path, *, unit: str, look: Callable[[str], object]) -> Run:
    return partial(look, unit * (size // len(unit)))


def _clock(text: str, language: str) -> None:
    list(times_in(fold(text, language), language))


def _words(text: str, language: str) -> None:
    (words,) = words_of([text], language)
    parts_of_speech(text, words, language)


def _forms(text: str, language: str) -> None:
    term_key(text, language)
    base_form({text: 1}, language)
