"""Units and their conversions."""

from fractions import Fraction

import pytest

from align.quantities.units import converted, dimension_of, same_unit, units


@pytest.mark.parametrize(
    ("value", "unit", "into", "expected"),
    [
        (20, "foot", "meter", 6.096),
        (30, "celsius", "fahrenheit", 86),
        (3, "decade", "year", 30),
        (1, "quarter", "month", 3),
        (24, "hour", "day", 1),
        (3, "knot", "kilometer-per-hour", 5.556),
        (16, "USD/100", "USD", 0.16),
    ],
)
def test_units_convert(value, unit, into, expected):
    assert float(converted(Fraction(value), unit, into)) == pytest.approx(expected)


def test_what_measures_different_things_does_not_convert():
    assert converted(Fraction(1), "meter", "hour") is None
    assert converted(Fraction(1), "JPY", "EUR") is None
    assert converted(Fraction(1), "degree", "celsius") is None


def test_every_unit_converts_into_every_other_of_its_dimension():
    for name, unit in units().items():
        for other, another in units().items():
            if unit.dimension == another.dimension and unit.pint and another.pint:
                assert converted(Fraction(1), name, other) is not None


def test_currencies_have_no_dimension():
    assert dimension_of("year") == "duration"
    assert dimension_of("JPY") == ""


def test_a_unit_may_be_said_less_fully():
    assert same_unit("degree", "celsius")
    assert not same_unit("fahrenheit", "celsius")
