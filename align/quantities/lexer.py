"""Cuts what may belong to a quantity out of a text: figures, number words, units, months, signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from align.quantities.notation import any_of, notation
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
# What may begin a word that is a number and more: zwei, viertel.
_HEADS = ("cardinal", "scale", "denominator")
_LONGEST_COMPOUND = 100  # letters; that of a number below a million has two thirds as many
_LONGEST_FIGURES = 50  # characters; what has more is a code, and counts nothing
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


def tokens_of(folded: FoldedText, language: str, taken: Sequence[tuple[int, int]]) -> list[Token]:
    """The tokens of a text, in its order.

    Args:
        folded: The text.
        language: BCP 47 tag of its language.
        taken: Where nothing more is to be read, for it is read already or an address.
    """
    how = notation(language)
    names = list(_names(_masked(folded.cased, taken), how))
    masked = _masked(folded.text, [*taken, *((name.start, name.stop) for name in names)])
    found = [
        token
        for match in _lexer(how.language).finditer(masked)
        for token in _tokens(match, folded, how)
    ]
    return sorted([*names, *found], key=lambda token: token.start)


def addresses(folded: FoldedText) -> list[tuple[int, int]]:
    """Where web and mail addresses, handles and hashtags stand."""
    return [match.span() for match in _ADDRESS.finditer(folded.text)]


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
        if figures and len(figures[0]) <= _LONGEST_FIGURES:
            yield Token(match.start(), match.end(), match[0], {"name": figures[0]})


def _counts(letters: str, how: Notation) -> bool:
    """Whether letters behind figures are a unit, a scale, half of the day or an ending."""
    if letters in CURRENCY_CODES or any(letters in unit.symbols for unit in units().values()):
        return True
    senses = how.senses.get(letters.lower(), {})
    counted = ("scale", "money_scale", "am", "pm", "hour", "decade_year")
    return letters.lower() in how.ordinal_suffixes or any(sense in senses for sense in counted)


def _tokens(match: re.Match[str], folded: FoldedText, how: Notation) -> Iterator[Token]:
    if match.lastgroup == "compound":
        start = match.start()
        for part in _parts(match["compound"], how.language):
            yield Token(start, start + len(part), part, how.meanings(part))
            start += len(part)
    elif (token := _token(match, folded, how)) is not None:
        yield token


def _token(match: re.Match[str], folded: FoldedText, how: Notation) -> Token | None:
    group = match.lastgroup or ""
    start, stop = match.span(group)
    cased = folded.cased[start:stop]
    if group in ("figures", "han"):
        if stop - start > _LONGEST_FIGURES:
            return None
        return Token(start, stop, match[group], {group: match[group]})
    if group == "roman":
        genuine = cased.isupper() and _ROMAN.fullmatch(cased)
        return Token(start, match.end(), cased, {"roman": cased}) if genuine else None
    senses = how.meanings(match[group])
    if cased.islower() and how.table.get("capital_months"):
        senses = {key: value for key, value in senses.items() if key != "month"}
    if "code" in senses and not cased.isupper():
        senses = {key: value for key, value in senses.items() if key not in ("code", "unit")}
    joined = "proclitics" in how.table and start > match.start() and match[0][0] == how.joiner
    # Particles fused to a word belong to it, so that nothing but space parts it from the last.
    return Token(match.start(), stop, match[group], senses, joined) if senses else None


@lru_cache(maxsize=64)
def _lexer(language: str) -> re.Pattern[str]:
    how = notation(language)
    roman = r"(?<![\w-])(?P<roman>[ivx]+)(?:er|e|è|ème|eme)?(?![\w-])"
    # Conjunctions are looked for where they matter, between numbers.
    words = [word for word, senses in how.senses.items() if set(senses) != {"to"}]
    # Words that begin with a numeral.
    first = [
        word for word in how.forms("always", "event", "amount") if how.han or word[0].isdigit()
    ]
    named = rf"(?<!\d)(?<!\d[.,])(?:{any_of(first)})(?![.,]?\d)"
    idioms = "|".join([*how.table.get("idioms", ()), *how.forms("percent_before"), named])
    if how.han:
        word = any_of(words, guarded=True)
        return re.compile(rf"(?P<first>{idioms})|(?P<han>{HAN_NUMERAL})|(?P<word>{word})|{roman}")
    # Any particle before a word is tried after the word without it.
    before = how.table.get("proclitics", "").replace(")?", ")??")
    begin, end = r"(?<![^\W\d_])", r"(?![^\W\d_])"
    heads = f"(?:{how.words(*_HEADS)})" if how.table.get("compounds") else "(?!)"
    compound = rf"|{begin}(?P<compound>{heads}[^\W\d_]+)"
    return re.compile(
        rf"(?<![\w/])(?P<first>{idioms})(?![\w/])|(?P<figures>{FIGURES}|[{''.join(VULGAR)}])"
        rf"|{begin}{before}(?P<word>{_inflected(how, words)}){end}{compound}|{roman}"
    )


def _inflected(how: Notation, words: Iterable[str]) -> str:
    """A pattern for words, for units with the endings that they may take, and for stems."""
    pattern = any_of(words)
    if how.endings:
        pattern += rf"|(?:{how.words('unit')})(?:{any_of(how.endings)})"
    if how.stems:
        pattern += rf"|(?:{any_of(how.stems)})\w{{0,4}}"
    return pattern


@lru_cache(maxsize=4096)
def _parts(word: str, language: str) -> tuple[str, ...]:
    """The parts of a word that is composed of numbers and a unit or half: `zwei` `jährig`."""
    if len(word) > _LONGEST_COMPOUND:
        return ()
    if _last(language).fullmatch(word):
        return (word,)
    heads = re.compile(notation(language).words(*_HEADS))
    for stop in range(len(word) - 1, 1, -1):
        if heads.fullmatch(word, 0, stop) and (rest := _parts(word[stop:], language)):
            return (word[:stop], *rest)
    return ()


@lru_cache(maxsize=64)
def _last(language: str) -> re.Pattern[str]:
    how = notation(language)
    senses = ("cardinal", "scale", "ordinal", "and_a_half", "decade_year", "unit")
    words = [word for word, has in how.senses.items() if any(sense in has for sense in senses)]
    return re.compile(_inflected(how, words))
