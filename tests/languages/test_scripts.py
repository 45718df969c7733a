"""The scripts of a language, by the names that Unicode has for them."""

from __future__ import annotations

import pytest
import regex
from langcodes.language_lists import CLDR_LANGUAGES

from align.languages.scripts import scripts_of


@pytest.mark.parametrize(
    ("tag", "scripts"),
    [
        ("en-KR", {"Latn"}),
        ("sr", {"Cyrl"}),
        ("sr-Latn", {"Latn"}),
        ("zh-Hant", {"Han"}),
        ("lzh", {"Han"}),
        ("ja", {"Han", "Hiragana", "Katakana"}),
        ("ko", {"Hangul", "Han"}),
        ("de-Latf", {"Latn"}),
        ("ur-Aran", {"Arab"}),
        ("fr-Qaaa", set()),
        ("en-Zxxx", set()),
        ("en-Zyyy", set()),
        ("no language", set()),
    ],
)
def test_scripts_by_unicodes_names(tag, scripts):
    assert scripts_of(tag) == scripts


@pytest.mark.parametrize("tag", sorted(CLDR_LANGUAGES))
def test_unicode_has_every_script_that_is_named(tag):
    for script in scripts_of(tag):
        assert regex.compile(rf"\p{{Script={script}}}")
