"""Any number that Babel or num2words writes is read back."""

from fractions import Fraction

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from align.quantities import Day, quantities_of

LANGUAGES = ["en", "ja", "zh-Hans", "zh-Hant", "fr", "es", "ar", "ru", "de", "it", "pt"]
SPELLED = {
    "en": "en",
    "ja": "ja",
    "fr": "fr",
    "es": "es",
    "ru": "ru",
    "de": "de",
    "pt": "pt",
}


@pytest.mark.parametrize("language", LANGUAGES)
@given(number=st.integers(0, 10**14))
@settings(max_examples=40, deadline=None)
def test_integers_in_figures_read_back(language, number):
    text = format_decimal(number, locale=language.replace("-", "_"))
    (quantity,) = quantities_of(text, language)
    assert number in quantity.values


@pytest.mark.parametrize("language", LANGUAGES)
@given(hundredths=st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_decimals_read_back(language, hundredths):
    number = Fraction(hundredths, 100)
    locale = language.replace("-", "_")
    text = format_decimal(hundredths / 100, format="#,##0.00", locale=locale)
    (quantity,) = quantities_of(text, language)
    assert number in quantity.values


@pytest.mark.parametrize("language", LANGUAGES)
@given(number=st.integers(0, 400))
@settings(max_examples=30, deadline=None)
def test_percentages_read_back(language, number):
    text = format_percent(number / 100, locale=language.replace("-", "_"))
    (quantity,) = quantities_of(text, language)
    assert (quantity.kind, quantity.value) == ("percentage", number)


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=st.dates())
@settings(max_examples=30, deadline=None)
def test_dates_read_back(language, day):
    day = day.replace(year=1000 + day.year % 1100)
    text = format_date(day, "long", locale=language.replace("-", "_"))
    (quantity,) = quantities_of(text, language)
    assert quantity.value == Day(day.year, day.month, day.day)


@pytest.mark.parametrize(("language", "writer"), SPELLED.items())
@given(number=st.integers(0, 10**11))
@settings(max_examples=60, deadline=None)
def test_spelled_out_numbers_read_back(language, writer, number):
    text = num2words(number, lang=writer).replace(",", "")
    (quantity,) = quantities_of(text, language)
    assert number in quantity.values


@given(number=st.integers(0, 999))
@settings(deadline=None)
def test_spelled_out_arabic_numbers_read_back(number):
    (quantity,) = quantities_of(num2words(number, lang="ar"), "ar")
    assert number in quantity.values


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text())
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_and_spans_lie_in_it_in_order(language, text):
    quantities = quantities_of(text, language)
    assert all(0 <= q.span.start < q.span.stop <= len(text) for q in quantities)
    starts = [q.span.start for q in quantities]
    assert starts == sorted(starts)
