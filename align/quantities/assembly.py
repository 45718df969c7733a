"""Puts tokens together to quantities: number words to numbers, numbers and units to measures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from align.quantities.model import Certainty, Clock, Day, Kind, Quantity
from align.quantities.numerals import read_figures, read_han
from align.quantities.units import is_currency
from align.quantities.words import Number, read_number
from align.terminology.model import TextSpan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from align.quantities.folding import FoldedText
    from align.quantities.lexer import Token
    from align.quantities.model import Value
    from align.quantities.notation import Notation

_SPACE = re.compile(r"[\s\u00a0-]{0,2}")
_NARROW = re.compile(r"[\s\u00a0]?[多余餘来來]?")
_RANGE = re.compile(r"\s?[-–~/]\s?|\s?(?:から|至|到|ないし|と|和|、|或|или|или)\s?")


@dataclass(frozen=True, slots=True)
class _Node:
    """A number, or a token that is none."""

    start: int
    stop: int
    number: Number | None = None
    token: Token | None = None

    def has(self, sense: str) -> bool:
        return self.token is not None and sense in self.token

    def get(self, sense: str) -> Any:
        return self.token[sense] if self.token is not None else None


@dataclass
class Reading:
    """Reads one text.

    Attributes:
        folded: The text.
        how: The notation of its language.
        tokens: Its tokens, those of dates and times left out.
    """

    folded: FoldedText
    how: Notation
    tokens: list[Token]
    _nodes: list[_Node] = field(default_factory=list)

    def quantities(self) -> list[Quantity]:
        """The quantities that the tokens make up."""
        self._nodes = self._numbers()
        found: list[Quantity] = []
        index = 0
        while index < len(self._nodes):
            quantity, index = self._next(index)
            if quantity is not None:
                found.append(quantity)
        return self._shared(found)

    # --- numbers -------------------------------------------------------------------------------

    def _numbers(self) -> list[_Node]:
        nodes, index = [], 0
        while index < len(self.tokens):
            token = self.tokens[index]
            number, after = read_number(self.tokens, index, self.folded.text, self.how)
            if number is not None:
                nodes.append(_Node(number.start, number.stop, number=number))
                index = after
            else:
                nodes.append(_Node(token.start, token.stop, token=token))
                index += 1
        return nodes

    # --- quantities ----------------------------------------------------------------------------

    def _next(self, index: int) -> tuple[Quantity | None, int]:
        node = self._nodes[index]
        if node.number is None:
            return self._without_number(index)
        for attempt in (
            self._century_or_decade,
            self._fraction,
            self._percentage,
            self._clock,
            self._amount_of_unit,
        ):
            result = attempt(index)
            if result is not None:
                return result
        return self._plain(index), index + 1

    def _at(self, index: int) -> _Node | None:
        return self._nodes[index] if 0 <= index < len(self._nodes) else None

    def _gap(self, index: int) -> str:
        """What stands between a node and the next."""
        return self.folded.text[self._nodes[index].stop : self._nodes[index + 1].start]

    def _follows(self, index: int, sense: str, gap: re.Pattern[str] = _SPACE) -> _Node | None:
        """The next node if it has a sense and stands close enough."""
        after = self._at(index + 1)
        if after is None or not after.has(sense) or not gap.fullmatch(self._gap(index)):
            return None
        return after

    def _precedes(self, index: int, sense: str, gap: re.Pattern[str] = _SPACE) -> _Node | None:
        before = self._at(index - 1)
        if before is None or not before.has(sense) or not gap.fullmatch(self._gap(index - 1)):
            return None
        return before

    def _century_or_decade(self, index: int) -> tuple[Quantity | None, int] | None:
        node = self._nodes[index]
        number = node.number
        assert number is not None  # noqa: S101
        value = number.values[0]
        if value.denominator != 1:
            return None
        decade = self._follows(index, "decade_year", re.compile("")) or (
            None if self.how.spaced else self._follows(index, "decade", _NARROW)
        )
        before = self._precedes(index, "decade")
        if (
            (number.figures or (not self.how.spaced and value < 100))
            and value % 10 == 0
            and value >= 10
            and (decade or before or number.suffix in ("е", "х"))
        ):
            stop = decade.stop if decade else node.stop
            start = before.start if before and not decade else node.start
            values = (value,) if value > 99 else (1900 + value, 1800 + value, 2000 + value, value)
            quantity = self._quantity("date", values, ("decade",), start, stop, node)
            return quantity, index + (2 if decade else 1)
        century = self._follows(index, "century")
        before = self._precedes(index, "century")
        if not self.how.spaced:
            century, before = self._follows(index, "century", _NARROW), None
        counts_centuries = (
            number.ordinal or number.roman or not self.how.spaced or before is not None
        )
        if (century is None and before is None) or not counts_centuries or not 0 < value < 40:
            return None
        start = before.start if before and century is None else node.start
        stop = century.stop if century else node.stop
        after = index + (2 if century else 1)
        following = self._at(after)
        # 20世紀70年代
        if century and following and following.number and not self.how.spaced:
            decade_word = self._follows(after, "decade", _NARROW)
            tens = following.number.values[0]
            if decade_word and tens % 10 == 0 and tens < 100 and following.start - stop <= 1:
                exact = (value - 1) * 100 + tens
                quantity = self._quantity(
                    "date", (exact,), ("decade",), start, decade_word.stop, node, (value, tens)
                )
                return quantity, after + 2
        certainty = Certainty.CERTAIN if number.figures or number.roman else Certainty.LIKELY
        quantity = self._quantity("date", (value,), ("century",), start, stop, node)
        return _sure(quantity, certainty), after

    def _fraction(self, index: int) -> tuple[Quantity | None, int] | None:
        node, after = self._nodes[index], self._at(index + 1)
        number = node.number
        if number is None or after is None or number.values[0].denominator != 1:
            return None
        first = number.values[0]
        gap = self._gap(index)
        if after.has("denominator") and re.fullmatch(r"[\s\u00a0-]", gap) and 0 < first < 20:
            value = first / after.get("denominator")
            if value < 1 or first == 1:
                quantity = self._quantity(
                    "number",
                    (value,),
                    (),
                    node.start,
                    after.stop,
                    node,
                    (first, after.get("denominator")),
                )
                return _sure(
                    quantity, Certainty.LIKELY if value != Fraction(1, 2) else Certainty.POSSIBLE
                ), index + 2
        if after.has("fraction_of") and gap.strip() == "":
            below = self._at(index + 2)
            if below and below.number and 0 < below.number.values[0] and first > 0:
                part = below.number.values[0]
                quantity = self._quantity(
                    "number", (part / first,), (), node.start, below.stop, node, (part, first)
                )
                return _sure(quantity, Certainty.LIKELY), index + 3
        return self._ratio(index)

    def _ratio(self, index: int) -> tuple[Quantity | None, int] | None:
        """`one in eight`, `une sur huit`, `8社に1社`."""
        node, at = self._nodes[index], index + 1
        other = self._at(at)
        if not self.how.spaced and other is not None and other.number is None:
            while (other := self._at(at)) is not None and other.number is None:
                at += 1
        if node.number is None or other is None or other.number is None:
            return None
        first, second = node.number.values[0], other.number.values[0]
        between = self.folded.text[node.stop : other.start]
        stop, after = other.stop, at + 1
        ratio = self.how.table.get("ratio", {})
        if self.how.spaced:
            pattern = _any_of(ratio.get("between", ()))
            if not re.fullmatch(rf"\s(?:[^\W\d]+\s)?(?:{pattern})\s", between):
                return None
            part, whole = first, second
        else:  # the whole comes first, and both have the same counter
            matched = re.fullmatch(rf"(\S{{1,3}}?)(?:{_any_of(ratio.get('among', ()))})", between)
            if not matched or not self.folded.text.startswith(matched[1], stop):
                return None
            whole, part = first, second
            stop += len(matched[1])
            while (following := self._at(after)) is not None and following.start < stop:
                after += 1
        alike = node.number.figures == other.number.figures
        scaled = node.number.scale or other.number.scale
        if not alike or scaled or not 0 < part < whole <= 1000 or (part % 1 or whole % 1):
            return None
        quantity = self._quantity(
            "number", (part / whole,), (), node.start, stop, node, (part, whole)
        )
        return _sure(quantity, Certainty.LIKELY), after

    def _percentage(self, index: int) -> tuple[Quantity | None, int] | None:
        node = self._nodes[index]
        number = node.number
        assert number is not None  # noqa: S101
        before = self._precedes(index, "percent_before", _NARROW)
        if before:
            quantity = self._quantity(
                "percentage", number.values, ("percent",), before.start, node.stop, node
            )
            return quantity, index + 1
        for sense, unit in (("point", "percentage-point"), ("percent", "percent")):
            after = self._follows(index, sense)
            if after:
                quantity = self._quantity(
                    "percentage", number.values, (unit,), node.start, after.stop, node
                )
                return _sure(quantity, Certainty.CERTAIN), index + 2
        if self.how.language == "ar" and self._precedes(index, "percent", re.compile("")):
            quantity = self._quantity(
                "percentage", number.values, ("percent",), node.start - 1, node.stop, node
            )
            return quantity, index + 1
        after = self._follows(index, "tenth", re.compile(""))
        if after and number.values[0] < 10 and (number.figures or self.how.language == "ja"):
            values = tuple(value * 10 for value in number.values)
            quantity = self._quantity(
                "percentage", values, ("percent",), node.start, after.stop, node
            )
            return quantity if number.figures else _sure(quantity, Certainty.POSSIBLE), index + 2
        return None

    def _clock(self, index: int) -> tuple[Quantity | None, int] | None:
        """Times in words, and hours with `o'clock` or half of the day."""
        node = self._nodes[index]
        number = node.number
        assert number is not None  # noqa: S101
        value = number.values[0]
        if value.denominator != 1 or not 0 < value <= 24:
            return None
        past = self._precedes(index, "past_half")
        end, after = node.stop, index + 1
        half_of_day = ""
        oclock = self._follows(index, "oclock")
        if oclock:
            end, after = oclock.stop, after + 1
        for sense in ("am", "pm"):
            named = self._follows(after - 1, sense)
            if named:
                half_of_day, end, after = sense[0], named.stop, after + 1
        if not (past or oclock or half_of_day):
            return None
        from align.quantities.calendar import readings_of_clock

        clocks: tuple[Clock, ...] = readings_of_clock(int(value), 30 if past else 0, half_of_day)
        start = past.start if past else node.start
        quantity = self._quantity("time", clocks, (), start, end, node, (value,))
        return _sure(quantity, Certainty.POSSIBLE), after

    def _amount_of_unit(self, index: int) -> tuple[Quantity | None, int] | None:
        node = self._nodes[index]
        number = node.number
        assert number is not None  # noqa: S101
        for sense in ("sign", "code"):
            before = self._precedes(index, sense, _NARROW)
            if before:
                quantity = self._quantity(
                    "money", number.values, before.get("unit"), before.start, node.stop, node
                )
                named = self._unit_after(index)
                if named and is_currency(named[0][0]):
                    return quantity, named[2]
                return quantity, index + 1
        month = self._follows(index, "month_mark", _NARROW)
        if month and number.values[0] in range(1, 13):
            day = Day(month=int(number.values[0]))
            quantity = self._quantity("date", (day,), (), node.start, month.stop, node)
            return _sure(quantity, min(number.certainty, Certainty.LIKELY)), index + 2
        values, at = number.values, index
        half = self._follows(index, "and_a_half")
        if half and self.how.spaced:
            values, at = tuple(value + Fraction(1, 2) for value in values), index + 1
        unit = self._unit_after(at)
        if unit is None or (number.ordinal and not number.figures):
            return None
        units, stop, after = unit
        half = self._follows(after - 1, "and_a_half", _SPACE if self.how.spaced else re.compile(""))
        if half:
            values, stop, after = tuple(v + Fraction(1, 2) for v in values), half.stop, after + 1
        if units[0] == "foot":
            values, stop, after = self._with_inches(values, stop, after)
        if units[0] == "year" and number.is_year:
            return self._quantity("date", values, (), node.start, stop, node), after
        kind: Kind = "money" if is_currency(units[0]) else "measure"
        quantity = self._quantity(kind, values, units, node.start, stop, node)
        if kind == "money" and values[0] >= 3 and (self.how.spaced or number.figures):
            quantity = _sure(quantity, Certainty.CERTAIN)
        return quantity, after

    def _with_inches(
        self, values: tuple[Fraction, ...], stop: int, after: int
    ) -> tuple[tuple[Fraction, ...], int, int]:
        """`6-foot-6`, `5 feet 11 inches`."""
        inches = self._at(after)
        if inches is None or inches.number is None or inches.number.values[0] >= 12:
            return values, stop, after
        if not re.fullmatch(r"[\s\u00a0-]?", self.folded.text[stop : inches.start]):
            return values, stop, after
        named = self._unit_after(after)
        if named and named[0][0] != "inch":
            return values, stop, after
        longer = tuple(value + inches.number.values[0] / 12 for value in values)
        return (longer, named[1], named[2]) if named else (longer, inches.stop, after + 1)

    def _unit_after(self, index: int) -> tuple[tuple[str, ...], int, int] | None:
        """Units that follow a node, where they end, and the node after them."""
        after = self._at(index + 1)
        if after is None or not after.has("unit"):
            return None
        links = "|".join(re.escape(link) for link in self.how.table.get("links", ()))
        gap = self._gap(index)
        plain = _SPACE if self.how.spaced else _NARROW
        if not plain.fullmatch(gap) and not (
            links and re.fullmatch(rf"[\s\u00a0]+(?:{links})\s?", gap)
        ):
            return None
        weekday = self._follows(index + 1, "weekday")
        if weekday and after.get("unit")[0] == "day":  # يوم السبت
            return None
        if self.how.spaced and after.token and len(after.token.text) == 1 and gap == "-":
            return None
        return tuple(after.get("unit")), after.stop, index + 2

    def _plain(self, index: int) -> Quantity | None:
        node = self._nodes[index]
        number = node.number
        assert number is not None  # noqa: S101
        if number.roman and node.stop - node.start == 1:
            return None
        if number.bare_scale and number.plural:
            return _sure(
                self._quantity("number", number.values, (), node.start, node.stop, node),
                Certainty.POSSIBLE,
            )
        kind: Kind = "date" if number.is_year and self._year_is_said(index) else "number"
        return self._quantity(kind, number.values, (), node.start, node.stop, node)

    def _year_is_said(self, index: int) -> bool:
        return bool(
            self._precedes(index, "year_before")
            or self._follows(index, "year_mark")
            or self._precedes(index, "fiscal")
            or self._follows(index, "fiscal")
        )

    def _without_number(self, index: int) -> tuple[Quantity | None, int]:
        node = self._nodes[index]
        token = node.token
        assert token is not None  # noqa: S101
        half = self._half_of_unit(index)
        if half:
            return half
        if "amount" in token:
            value, unit = token["amount"]
            certainty = Certainty.POSSIBLE
            return self._bare(node, "measure", (value,), (unit,), certainty), index + 1
        if "name" in token:
            value = Fraction(token["name"])
            # SS19 is the summer of 2019
            values = (value, 2000 + value) if 10 <= value < 100 else (value,)
            quantity = self._bare(node, "number", values, (), Certainty.LIKELY)
            return Quantity(
                *(
                    getattr(quantity, f)
                    for f in ("kind", "values", "units", "span", "numeral", "certainty", "parts")
                ),
                name=token.text,
            ), index + 1
        if "weekday" in token:
            day = Day(weekday=int(token["weekday"]))
            return self._bare(node, "date", (day,), (), Certainty.LIKELY), index + 1
        for sense, sure in (("month", Certainty.LIKELY), ("short_month", Certainty.POSSIBLE)):
            if sense in token and len(token.text) > 2:
                day = Day(month=int(token[sense]))
                return self._bare(node, "date", (day,), (), sure), index + 1
        if "decade" in token and not isinstance(token["decade"], bool):
            tens = token["decade"]
            values = tuple(century + tens for century in (1900, 1800, 2000)) + (tens,)
            return self._bare(node, "date", values, ("decade",), Certainty.POSSIBLE), index + 1
        if "unit" in token and self.how.spaced:
            with_half = self._follows(index, "and_a_half")
            if with_half:
                unit = tuple(token["unit"])
                quantity = self._bare(node, "measure", (Fraction(3, 2),), unit, Certainty.LIKELY)
                return quantity, index + 2
        articles = _any_of(self.how.table.get("articles", ()))
        if "unit" in token and re.search(
            rf"(?<!\w)(?:{articles})\s$", self.folded.text[: node.start][-6:]
        ):
            kind: Kind = "money" if is_currency(token["unit"][0]) else "measure"
            units = tuple(token["unit"])
            return self._bare(node, kind, (Fraction(1),), units, Certainty.POSSIBLE), index + 1
        possible: list[Fraction] = []
        for sense in ("loose", "ordinal", "fraction"):
            if sense in token:
                possible.append(token[sense])
        if "denominator" in token:
            possible.append(1 / token["denominator"])
        if "half" in token:
            possible.append(Fraction(1, 2))
        if "unit" in token and token["unit"][0] in ("decade", "century"):
            return self._bare(
                node, "measure", (Fraction(1),), token["unit"], Certainty.POSSIBLE
            ), index + 1
        if possible:
            return self._bare(node, "number", tuple(possible), (), Certainty.POSSIBLE), index + 1
        return None, index + 1

    def _half_of_unit(self, index: int) -> tuple[Quantity | None, int] | None:
        node, after = self._nodes[index], self._at(index + 1)
        if not node.has("half") or after is None or not after.has("unit"):
            return None
        if not re.fullmatch(
            r"[\s\u00a0-]?(?:(?:of )?(?:an?|un|une|el|la|ال)[\s\u00a0])?", self._gap(index)
        ):
            return None
        units = tuple(after.get("unit"))
        span = TextSpan(node.start, after.stop)
        kind: Kind = "money" if is_currency(units[0]) else "measure"
        return (
            Quantity(kind, (Fraction(1, 2),), units, span, span, Certainty.LIKELY, (Fraction(1),)),
            index + 2,
        )

    # --- helpers -------------------------------------------------------------------------------

    def _bare(
        self,
        node: _Node,
        kind: Kind,
        values: tuple[Value, ...],
        units: tuple[str, ...],
        certainty: Certainty,
    ) -> Quantity:
        span = TextSpan(node.start, node.stop)
        return Quantity(kind, values, units, span, span, certainty)

    def _quantity(
        self,
        kind: Kind,
        values: tuple[Value, ...],
        units: tuple[str, ...],
        start: int,
        stop: int,
        node: _Node,
        parts: tuple[Fraction, ...] = (),
    ) -> Quantity:
        number = node.number
        assert number is not None  # noqa: S101
        numeral = TextSpan(node.start, node.stop)
        negative, start = self._sign(start)
        return Quantity(
            kind,
            values,
            tuple(units),
            TextSpan(start, stop),
            numeral,
            number.certainty,
            parts,
            negative=negative,
        )

    def _sign(self, start: int) -> tuple[bool, int]:
        """Whether a minus stands before a quantity, and where the quantity then begins."""
        before = self.folded.text[max(0, start - 12) : start]
        signed = re.search(r"(?:^|[\s(（「“])([-–])$", before)
        if signed and re.search(r"\d\s[-–]$", before) is None:
            return True, start - 1
        for word in self.how.forms("minus"):
            written = re.search(
                rf"(?:(?<=\W)|^){re.escape(word)}\s?$"
                if self.how.spaced
                else rf"{re.escape(word)}$",
                before,
            )
            if written:
                return True, start - len(written[0])
        return False, start

    def _shared(self, found: list[Quantity]) -> list[Quantity]:
        """Gives the first number of "10 to 15 million dollars" the scale and unit of the second."""
        connector = _any_of(self.how.forms("to"))
        between = re.compile(rf"\s*(?:{connector})\s*")
        scales = {node.start: node.number.scale for node in self._nodes if node.number}
        shared = list(found)
        for index in range(len(shared) - 2, -1, -1):
            first, second = shared[index], shared[index + 1]
            value, other = first.value, second.value
            if not isinstance(value, Fraction) or not isinstance(other, Fraction) or first.units:
                continue
            gap = self.folded.text[first.span.stop : second.span.start]
            if not (_RANGE.fullmatch(gap) or between.fullmatch(gap)) or first.kind != "number":
                continue
            scale = scales.get(second.numeral.start)
            values = first.values
            if scale and scales.get(first.numeral.start) is None and value < scale:
                values = (*values, *(value * scale for value in values if value < 1000))
            if 1900 <= value < 2100 and other < 100:  # 1950-53
                values_of = (*second.values, value - value % 100 + other)
                shared[index + 1] = replace(second, values=values_of)
                continue
            if second.kind in ("measure", "money", "percentage") and first.certainty:
                first = replace(first, kind=second.kind, units=second.units)
            shared[index] = replace(first, values=values)
        return shared


def _sure(quantity: Quantity, certainty: Certainty) -> Quantity:
    return replace(quantity, certainty=certainty)


def _any_of(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in ordered) or "(?!)"
