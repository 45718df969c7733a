"""Cuts what may belong to a quantity out of a text: figures, number words, units, months, signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from align.quantities.notation import notation
from align.quantities.numerals import FIGURES, HAN_NUMERAL, VULGAR
from align.quantities.units import CURRENCY_CODES, units

if TYPE_CHECKING:
    from align.quantities.folding import FoldedText
    from align.quantities.notation import Notation

# Addresses hold figures that count nothing.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s\u3000-\u9fff]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[@#]\w+"
    r"|(?<![\w.])(?:[a-z0-9-]+\.)+(?:com|org|net|gov|edu|info|io|eu|jp|cn|tw|ru|fr|es)\b(?:/\S*)?",
    re.ASCII | re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<![A-Za-z0-9_А-Яа-я.])"
    r"(?:(?P<before>[A-ZА-Я][A-Za-zА-Яа-я]{0,11})-?\d+(?:[.-]\d+)*(?P<after>[A-Za-zА-Яа-я]{0,2})"
    r"|\d+(?:-\d+)?(?P<letters>[A-ZА-Я]{1,2}))(?![A-Za-z0-9_А-Яа-я])"
)
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or figures that may belong to a quantity.

    Attributes:
        start: Where it begins in the folded text.
        stop: Where it ends.
        text: What stands there.
        senses: What it may mean, and its value in that sense: as in the language's table, or
            `figures`, `han`, `roman`, `name` (the figures in a name such as `F-35`).
        joined: Whether the joiner of numbers is fused to it (Arabic `و`).
    """

    start: int
    stop: int
    text: str
    senses: Mapping[str, Any]
    joined: bool = False

    def __contains__(self, sense: str) -> bool:
        return sense in self.senses

    def __getitem__(self, sense: str) -> Any:
        return self.senses[sense]


def tokens_of(
    folded: FoldedText, language: str, taken: Sequence[tuple[int, int]] = ()
) -> list[Token]:
    """The tokens of a text, in its order.

    Args:
        folded: The text.
        language: BCP 47 tag of its language.
        taken: Where nothing more is to be read, for it is read already.
    """
    how = notation(language)
    masked = _masked(folded.text, [*addresses(folded), *taken])
    names = list(_names(_masked(folded.cased, [*addresses(folded), *taken]), how))
    masked = _masked(masked, [(name.start, name.stop) for name in names])
    found = (_token(match, folded, how) for match in _lexer(how.language).finditer(masked))
    return sorted([*names, *(token for token in found if token)], key=lambda token: token.start)


def addresses(folded: FoldedText) -> list[tuple[int, int]]:
    """Where web and mail addresses, handles and hashtags stand."""
    return [match.span() for match in _ADDRESS.finditer(folded.text)]


def alternatives(words: Iterable[str], *, guarded: bool = False) -> str:
    """A pattern for any of some words, the longest first; a space or hyphen stands for either.

    Args:
        words: The words, folded.
        guarded: Whether Latin words must not touch Latin letters.
    """
    patterns = []
    for word in sorted(words, key=lambda word: (-len(word), word)):
        pattern = r"[\s\u00a0-]".join(re.escape(part) for part in re.split(r"[\s\u00a0-]+", word))
        if guarded and word[0].isalpha() and word[0].isascii():
            pattern = rf"(?<![a-z]){pattern}(?![a-z])"
        patterns.append(pattern)
    return "|".join(patterns)


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, stop in spans:
        text = text[:start] + "\u0000" * (stop - start) + text[stop:]
    return text


def _names(cased: str, how: Notation) -> Iterator[Token]:
    for match in _NAME.finditer(cased):
        before, after = match["before"], match["after"] or match["letters"]
        if before in CURRENCY_CODES or (not before and _counts(after, how)):
            continue
        figures = re.search(r"\d+", match[0])
        if figures:
            yield Token(match.start(), match.end(), match[0], {"name": figures[0]})


def _counts(letters: str, how: Notation) -> bool:
    """Whether letters behind figures are a unit, a scale, half of the day or an ending."""
    if letters in CURRENCY_CODES or any(letters in unit.symbols for unit in units().values()):
        return True
    senses = how.senses.get(letters.lower(), {})
    counted = ("scale", "money_scale", "am", "pm", "hour", "decade_year")
    return letters.lower() in how.ordinal_suffixes or any(sense in senses for sense in counted)


def _token(match: re.Match[str], folded: FoldedText, how: Notation) -> Token | None:
    group = match.lastgroup or ""
    start, stop = match.span(group)
    cased = folded.cased[start:stop]
    if group in ("figures", "han"):
        return Token(start, stop, match[group], {group: match[group]})
    if group == "roman":
        genuine = cased.isupper() and _ROMAN.fullmatch(cased)
        return Token(start, match.end(), cased, {"roman": cased}) if genuine else None
    word = re.sub(r"[\s\u00a0-]+", " ", match[group])
    senses = _by_word(how.language).get(word) or _by_stem(word, how)
    if cased.islower() and how.table.get("capital_months"):
        senses = {key: value for key, value in senses.items() if key != "month"}
    if "code" in senses and not cased.isupper():
        senses = {key: value for key, value in senses.items() if key not in ("code", "unit")}
    joined = "proclitics" in how.table and start > match.start() and match[0][0] == how.joiner
    # Particles fused to a word belong to it, so that nothing but space parts it from the last.
    return Token(match.start(), stop, word, senses, joined) if senses else None


def _by_stem(word: str, how: Notation) -> Mapping[str, Any]:
    for length in range(len(word), 2, -1):
        if word[:length] in how.stems:
            return how.stems[word[:length]]
    return {}


@lru_cache(maxsize=64)
def _by_word(language: str) -> dict[str, Mapping[str, Any]]:
    joined: dict[str, dict[str, Any]] = {}
    for word, senses in notation(language).senses.items():
        key = re.sub(r"[\s\u00a0-]+", " ", word)
        joined[key] = {**senses, **joined.get(key, {})}
    return dict(joined)


@lru_cache(maxsize=64)
def _lexer(language: str) -> re.Pattern[str]:
    how = notation(language)
    roman = r"(?<![\w-])(?P<roman>[ivx]+)(?:er|e|è|ème|eme)?(?![\w-])"
    # Conjunctions are looked for where they matter, between numbers.
    words = [word for word, senses in how.senses.items() if set(senses) != {"to"}]
    first = "|".join([*how.table.get("idioms", ()), *how.forms("percent_before")]) or "(?!)"
    if how.han:
        word = alternatives(words, guarded=True)
        return re.compile(rf"(?P<first>{first})|(?P<han>{HAN_NUMERAL})|(?P<word>{word})|{roman}")
    # Any particle before a word is tried after the word without it.
    before = how.table.get("proclitics", "").replace(")?", ")??")
    word = alternatives(words)
    if how.stems:
        word += "|" + "|".join(rf"{re.escape(stem)}\w{{0,4}}" for stem in sorted(how.stems))
    begin, end = r"(?<![^\W\d_])", r"(?![^\W\d_])"
    within = how.table.get("compound_scale")
    if within:  # zweihunderttausendfünfzig
        begin, end = (
            rf"(?:{begin}|(?<={within})|(?={within}))",
            rf"(?:{end}|(?={within})|(?<={within}))",
        )
    return re.compile(
        rf"(?<![\w/])(?P<first>{first})(?![\w/])|(?P<figures>{FIGURES}|[{''.join(VULGAR)}])"
        rf"|{begin}{before}(?P<word>{word}){end}|{roman}"
    )
