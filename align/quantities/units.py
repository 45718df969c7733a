"""Units of measure and currencies: which are of a kind, and how one converts into another."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pint import UnitRegistry


class Unit(NamedTuple):
    """A unit of measure.

    Attributes:
        dimension: What it measures, such as `length`.
        pint: How pint writes it; empty where it does not convert.
        symbols: Symbols of it that every language uses.
    """

    dimension: str
    pint: str
    symbols: tuple[str, ...]


# Signs of currencies that every language uses, the longest first where one begins another.
CURRENCY_SIGNS = {
    "US$": ("USD",),
    "A$": ("AUD",),
    "AU$": ("AUD",),
    "C$": ("CAD",),
    "CA$": ("CAD",),
    "NZ$": ("NZD",),
    "HK$": ("HKD",),
    "NT$": ("TWD",),
    "S$": ("SGD",),
    "R$": ("BRL",),
    "$US": ("USD",),
    "$": ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN"),
    "€": ("EUR",),
    "£": ("GBP",),
    "¥": ("JPY", "CNY"),
    "￥": ("JPY", "CNY"),
    "₩": ("KRW",),
    "₽": ("RUB",),
    "₹": ("INR",),
    "¢": ("USD/100",),
}

CURRENCY_CODES = tuple(
    re.findall(
        r"\w+",
        "AED ARS AUD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR IRR"
        " JPY KRW MXN MYR NOK NZD PHP PLN RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR",
    )
)
"""ISO 4217 codes of the currencies that texts are likely to name."""


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    """The units of measure by their CLDR names.

    >>> units()["square-kilometer"].dimension
    'area'
    """
    file = Path(__file__).with_suffix(".toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        name: Unit(
            dimension,
            row["pint"],
            tuple(part.strip() for part in row.get("symbols", "").split(",") if part.strip()),
        )
        for dimension, rows in table.items()
        for name, row in rows.items()
    }


def is_currency(unit: str) -> bool:
    """Whether a unit of a quantity is a currency or its hundredth."""
    return unit[:3].isupper() and unit[3:] in ("", "/100")


def dimension_of(unit: str) -> str:
    """What a unit measures, such as `length`; nothing for currencies and the like."""
    return units()[unit].dimension if unit in units() else ""


def same_unit(first: str, second: str) -> bool:
    """Whether two units say the same, one perhaps less fully: `degree` for `celsius`.

    >>> same_unit("degree", "celsius"), same_unit("kilometer", "kilometer-per-hour")
    (True, True)
    """
    if first == second:
        return True
    pair = {first, second}
    if "degree" in pair and pair & {"celsius", "fahrenheit"}:
        return True
    return first.partition("-per-")[0] == second.partition("-per-")[0]


def thermometers(units: Iterable[str]) -> tuple[str, ...]:
    """The units that some may be, where degrees are not said of which thermometer.

    >>> thermometers(["degree"]), thermometers(["meter"])
    (('celsius', 'fahrenheit'), ('meter',))
    """
    return tuple(
        unit
        for each in units
        for unit in (("celsius", "fahrenheit") if each == "degree" else (each,))
    )


def converted(value: Fraction, unit: str, into: str) -> Fraction | None:
    """A value in another unit; None where they measure different things.

    >>> converted(Fraction(16), "USD/100", "USD")
    Fraction(4, 25)
    >>> round(float(converted(Fraction(20), "foot", "meter")), 1)
    6.1
    """
    if unit == into:
        return value
    if is_currency(unit) or is_currency(into):
        if unit[:3] != into[:3]:
            return None
        return value / 100 if unit.endswith("/100") else value * 100
    line = _line(unit, into)
    return None if line is None else value * line[0] + line[1]


@lru_cache(maxsize=4096)
def _line(unit: str, into: str) -> tuple[Fraction, Fraction] | None:
    """Factor and offset of a conversion."""
    table = units()
    if unit not in table or into not in table:
        return None
    if table[unit].dimension != table[into].dimension:
        return None
    first, second = table[unit].pint, table[into].pint
    if not first or not second:
        return None
    quantity = _registry().Quantity
    at_zero, at_one = (quantity(size, first).to(second).magnitude for size in (0, 1))
    return Fraction(at_one - at_zero), Fraction(at_zero)


@lru_cache(maxsize=1)
def _registry() -> UnitRegistry[Any]:
    from pint import UnitRegistry

    registry: UnitRegistry[Any] = UnitRegistry()
    registry.define("quarter_year = 3 * month")
    registry.define("ten_years = 10 * year")  # pint's decade is of logarithms
    return registry
