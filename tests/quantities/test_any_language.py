"""Quantities are read in any language, also where the program knows nothing of it."""

from __future__ import annotations

import pytest
from langcodes.language_lists import CLDR_LANGUAGES
from num2words import CONVERTER_CLASSES

from align.quantities import quantities_of

LANGUAGES = {tag.replace("_", "-") for tag in CONVERTER_CLASSES} | set(CLDR_LANGUAGES)


@pytest.mark.parametrize("tag", sorted(LANGUAGES))
def test_figures_are_read_in_any_language(tag):
    assert 2024 in [one.value for one in quantities_of("120 km, 2024 kg, 15", tag)]


@pytest.mark.parametrize(("text", "tag"), [("дванадцять", "uk"), ("dwanaście", "pl")])
def test_words_are_read_though_some_of_them_are_wanting(text, tag):
    assert [one.value for one in quantities_of(text, tag)] == [12]
