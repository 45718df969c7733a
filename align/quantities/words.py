"""Numbers of several tokens: figures with scales, and numbers that are spelled out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

from align.quantities.model import Certainty
from align.quantities.numerals import han_scale, read_figures, read_han

if TYPE_CHECKING:
    from align.quantities.lexer import Token
    from align.quantities.notation import Notation

_ROMAN = {"I": 1, "V": 5, "X": 10}
_HAN_COUNTED = ("counter", "unit", "century", "decade")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written.

    Attributes:
        start: Where it begins in the folded text.
        stop: Where it ends, the ending of an ordinal included.
        values: What it may amount to, the likeliest first.
        certainty: How sure it is that it is meant as a number.
        figures: Whether it has figures.
        ordinal: Whether it is an ordinal.
        roman: Whether it is written in Roman numerals.
        scale: The last scale word it has, if any.
        is_year: Whether it may be the number of a year.
        suffix: The ending of an ordinal in figures.
        parts: What it is composed of, where it is a fraction in figures.
    """

    start: int
    stop: int
    values: tuple[Fraction, ...]
    certainty: Certainty
    figures: bool = False
    ordinal: bool = False
    roman: bool = False
    scale: Fraction | None = None
    is_year: bool = False
    suffix: str = ""
    parts: tuple[Fraction, ...] = ()


def read_number(
    tokens: Sequence[Token], index: int, text: str, how: Notation
) -> tuple[Number | None, int]:
    """The number that begins with a token, if one does.

    Returns:
        The number, and the index of the token behind it.
    """
    token = tokens[index]
    if "han" in token:
        return _han(tokens, index, text, how), index + 1
    if "roman" in token:
        letters = token["roman"]
        sizes = [_ROMAN[letter] for letter in letters]
        total = sum(-a if a < b else a for a, b in zip(sizes, [*sizes[1:], 0], strict=True))
        number = Number(token.start, token.stop, (Fraction(total),), Certainty.POSSIBLE, roman=True)
        return number, index + 1
    if "figures" in token:
        return _with_scales(_figures(token, text, how), tokens, index + 1, text, how)
    if "cardinal" in token or "scale" in token or "ordinal" in token:
        return _spelled(tokens, index, text, how)
    return None, index + 1


def _figures(token: Token, text: str, how: Notation) -> Number:
    written = token["figures"]
    values = read_figures(written, how)
    suffix = ""
    stop = token.stop
    if how.ordinal_suffixes and written.isdigit():
        endings = "|".join(sorted(map(re.escape, how.ordinal_suffixes), key=len, reverse=True))
        found = re.compile(rf"-?({endings})(?![^\W\d_])").match(text, stop)
        if found:
            suffix, stop = found[1], found.end()
    if re.search(r"(?<!\w)'$", text[: token.start]) and len(written) == 2:  # '68
        values = (*values, *(century + values[0] for century in (1900, 2000)))
    return Number(
        token.start,
        stop,
        values,
        Certainty.LIKELY if suffix and values[0] <= 12 else Certainty.CERTAIN,
        figures=True,
        ordinal=bool(suffix),
        suffix=suffix,
        parts=_slashed(written),
        is_year=bool(re.fullmatch(r"1\d{3}|20\d\d|21\d\d", written)),
    )


def _slashed(written: str) -> tuple[Fraction, ...]:
    """Both numbers of a fraction in figures."""
    return tuple(map(Fraction, written.split("/"))) if re.fullmatch(r"\d+/\d+", written) else ()


def _with_scales(
    number: Number, tokens: Sequence[Token], index: int, text: str, how: Notation
) -> tuple[Number, int]:
    """Figures and the scale words behind them: `33.900 millones`, `$5m`, `4 млрд 300 млн`."""
    money = _money_before(tokens, number.start, text)
    product, scale, after = _scales(tokens, index, text, money=money)
    if after == index:
        return number, index
    values = [value * product for value in number.values]
    while after + 1 < len(tokens) and "figures" in tokens[after]:
        # a second group of figures only with a smaller scale of its own
        token, gap = tokens[after], text[tokens[after - 1].stop : tokens[after].start]
        joined = how.joined_after == "anything" and (token.joined or gap.strip() == how.joiner)
        product, smaller, end = _scales(tokens, after + 1, text, money=False)
        if not (joined or re.fullmatch(r"[\s\u00a0]", gap)) or not 1 < smaller < scale:
            break
        added = read_figures(token["figures"], how)[0] * product
        values, scale, after = [value + added for value in values], smaller, end
    stop = tokens[after - 1].stop
    return replace(
        number, stop=stop, values=tuple(values), certainty=Certainty.CERTAIN, scale=scale
    ), after


def _scales(
    tokens: Sequence[Token], index: int, text: str, *, money: bool
) -> tuple[Fraction, Fraction, int]:
    """What scale words from an index on multiply by, the last of them, and the index behind."""
    product = last = Fraction(1)
    while index < len(tokens):
        token, gap = tokens[index], text[tokens[index - 1].stop : tokens[index].start]
        scale = token.senses.get("scale", token.senses.get("money_scale", 0) if money else 0)
        # "16 cents" are no hundreds, and behind millions stand no thousands
        if scale <= last or scale == 100 or token.joined or not re.fullmatch(r"[\s\u00a0-]?", gap):
            break
        product, last, index = product * scale, scale, index + 1
    return product, last, index


def _money_before(tokens: Sequence[Token], start: int, text: str) -> bool:
    return any(
        ("sign" in token or "code" in token) and 0 <= start - token.stop <= 1
        for token in tokens
        if token.stop <= start
    )


def _spelled(
    tokens: Sequence[Token], first: int, text: str, how: Notation
) -> tuple[Number | None, int]:
    """A number in words: as many as it has room for."""
    number = _Spelled(how)
    index, start, stop = first, tokens[first].start, tokens[first].start
    near = r"[\s\u00a0-]?" if how.table.get("compounds") else r"[\s\u00a0-]"
    while index < len(tokens):
        token = tokens[index]
        gap = text[stop : token.start]
        joined = token.joined or (bool(how.joiner) and gap.strip(" \u00a0-") == how.joiner)
        if number.words and not joined and not re.fullmatch(near, gap):
            break
        anew = number.words > 0 and joined and _begins_anew(tokens, index, text, number.scale)
        if not number.take(token, joined=joined, anew=anew):
            break
        stop, index = token.stop, index + 1
    if not number.words:
        return None, first + 1
    read = tokens[first:index]
    return (
        Number(
            start,
            stop,
            _values(number, read),
            _certainty_of(number, read),
            ordinal=number.ordinal,
            scale=number.scale,
        ),
        index,
    )


def _values(number: _Spelled, read: Sequence[Token]) -> tuple[Fraction, ...]:
    """What a number in words may amount to: a single word may mean other things besides."""
    values = [number.value]
    if number.words == 1:
        senses = read[0].senses
        values += [senses[sense] for sense in ("loose", "ordinal") if sense in senses]
        if "denominator" in senses:
            values.append(1 / senses["denominator"])
    return tuple(dict.fromkeys(values))


def _certainty_of(number: _Spelled, read: Sequence[Token]) -> Certainty:
    """How sure it is that words are meant as a number."""
    value, alone = number.value, number.words == 1
    bare = "scale" in read[0] and " " not in read[0].text
    if value < 2 or (alone and (bare or "loose" in read[0])) or (number.ordinal and value <= 10):
        return Certainty.POSSIBLE
    # hundreds of thousands
    vague = all("cardinal" not in token and "ordinal" not in token for token in read)
    if value <= 12 or vague or (alone and value % 100 == 0):
        return Certainty.LIKELY
    return Certainty.CERTAIN


@dataclass(slots=True)
class _Spelled:
    """A number in words, as far as it is read. Each word must be smaller than its room.

    Attributes:
        how: The notation that it is written in.
        total: What scales from a thousand on have closed.
        current: What the next scale would multiply, if anything.
        scale: The last scale.
        ordinal: Whether an ordinal was read.
        words: How many words were read.
    """

    how: Notation
    total: Fraction = Fraction(0)
    current: Fraction | None = None
    scale: Fraction | None = None
    ordinal: bool = False
    words: int = 0

    @property
    def value(self) -> Fraction:
        """What was read amounts to."""
        return self.total + (self.current or 0)

    def take(self, token: Token, *, joined: bool, anew: bool) -> bool:
        """Reads a word; False, and nothing changes, where the number ends before it.

        Args:
            token: The word.
            joined: Whether the joiner stands before it, or is fused to it.
            anew: Whether another number begins with it if it adds to a number.
        """
        scale, value = token.senses.get("scale"), token.senses.get("cardinal")
        is_ordinal = value is None and "ordinal" in token
        if is_ordinal:
            value = token["ordinal"]
        anything = joined and self.how.joined_after == "anything"
        if self.ordinal and not (is_ordinal or anything):
            return False
        if value is not None and (scale is None or self.current is None):
            taken = not anew and self._add(value, joined=joined)
            self.ordinal |= taken and is_ordinal
        elif scale is not None:  # also where the word is a value, too: خمسون ألفا
            ends = self.ordinal or (joined and self.words and not anything)
            taken = not ends and self._multiply(scale, joined=joined)
        else:
            taken = False
        self.words += taken
        return taken

    def _add(self, value: Fraction, *, joined: bool) -> bool:
        rest = (self.current or 0) % 100
        anything = self.how.joined_after == "anything"
        backwards = joined and anything and 0 < rest < 10 and value in range(20, 100, 10)
        if not (value < self._room() or backwards):  # خمسة وعشرون
            return False
        may_join = {"anything": True, "hundreds": not rest, "tens": rest >= 20 and value < 12}
        if self.words and joined and not may_join.get(self.how.joined_after):
            return False
        if value >= 1000:  # ألفان, two thousand in a word
            self.total, self.scale = self.total + value, _scale_of(value)
        else:
            self.current = (self.current or Fraction(0)) + value
        return True

    def _room(self) -> Fraction | float:
        """What the next word must be below to be added."""
        if self.current is None:
            return self.scale or inf
        rest = self.current % 100
        if rest in self.how.carries:
            return 20
        tens = rest >= 20 and rest % 10 == 0
        return 10 if tens else 0 if rest or not self.current else 100

    def _multiply(self, scale: Fraction, *, joined: bool) -> bool:
        if scale < 1000:
            if self.current is None:
                fits = joined or not self.words or self.scale is not None
            else:
                fits = scale in (100, 12, 20) and 0 < self.current < min(scale, Fraction(100))
            self.current = (self.current or 1) * scale if fits else self.current
            return fits
        if self.current is None and self.scale is not None:
            if scale == self.scale or (joined and scale > self.scale):
                return False
            # mil millones, but "un million mille"
            self.total = self.total * scale if scale > self.scale else self.total + scale
        else:
            amount = Fraction(1) if self.current is None else self.current
            larger = self.scale is not None and scale >= self.scale
            self.total = (self.total + amount) * scale if larger else self.total + amount * scale
        self.current, self.scale = None, scale
        return True


def _scale_of(value: Fraction) -> Fraction:
    return Fraction(1000) ** ((len(str(int(value))) - 1) // 3)


def _begins_anew(
    tokens: Sequence[Token], index: int, text: str, last_scale: Fraction | None
) -> bool:
    """Whether another number begins behind a joiner: "one hundred and two hundred"."""
    if index + 1 >= len(tokens):
        return False
    scale = tokens[index + 1].senses.get("scale")
    near = re.fullmatch(r"[\s\u00a0-]", text[tokens[index].stop : tokens[index + 1].start])
    if scale is None or not near:
        return False
    return bool(scale == 100 and tokens[index].senses.get("cardinal", 0) < 10) or (
        last_scale is not None and scale == last_scale
    )


def _han(tokens: Sequence[Token], index: int, text: str, how: Notation) -> Number:
    token = tokens[index]
    written = token["han"]
    values = read_han(written, how)
    figures = bool(re.search(r"\d", written))
    vague = text[token.start - 1 : token.start] in set(how.table.get("vague_before", ""))
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    counted = (
        following is not None
        and following.start == token.stop
        and any(sense in following for sense in _HAN_COUNTED)
    )
    before = tokens[index - 1] if index else None
    ordinal = before is not None and before.stop == token.start and "ordinal_before" in before
    # 两三 is two or three
    if vague or re.fullmatch(r"[一二三四五六七八九两兩]{2}", written):
        certainty = Certainty.POSSIBLE
    elif figures:
        certainty = Certainty.LIKELY if ordinal else Certainty.CERTAIN
    elif len(written) >= 3 and len(set(written)) > 1 and not ordinal:
        certainty = Certainty.CERTAIN
    elif values[0] >= 2 and counted and not ordinal:
        certainty = Certainty.LIKELY
    else:
        certainty = Certainty.POSSIBLE
    return Number(
        token.start,
        token.stop,
        values,
        certainty,
        figures=figures,
        parts=_slashed(written),
        ordinal=ordinal,
        is_year=bool(re.fullmatch(r"1\d{3}|20\d\d|21\d\d", written)),
        scale=han_scale(written),
    )
