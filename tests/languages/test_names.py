"""Names of languages, as CLDR has them."""

from __future__ import annotations

import pytest

from align.errors import InputError
from align.languages import autonym, language_name


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("ja", "Japanese"),
        ("zh-Hans", "Simplified Chinese"),
        ("zh-TW", "Traditional Chinese"),
        ("pt-BR", "Brazilian Portuguese"),
        ("sr-Latn", "Serbian (Latin)"),
        ("ja-JP", "Japanese (Japan)"),
        ("grc", "Ancient Greek"),
    ],
)
def test_name_in_english(tag, name):
    assert language_name(tag) == name


def test_name_in_another_language():
    assert language_name("ja", display="fr") == "japonais"


def test_name_in_a_language_without_names_is_english():
    assert language_name("ja", display="grc") == "Japanese"


def test_a_region_that_cldr_has_no_data_for_is_named_as_the_language_names_it():
    assert autonym("fr-KR") == "français (Corée du Sud)"


def test_language_without_a_name_is_called_by_its_tag():
    assert language_name("knc") == "knc"


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("ja", "日本語"),
        ("zh-Hans", "简体中文"),
        ("zh-Hant", "繁體中文"),
        ("ar", "العربية"),
        ("ru", "русский"),
    ],
)
def test_autonym(tag, name):
    assert autonym(tag) == name


def test_unknown_language_has_no_name():
    with pytest.raises(InputError, match="did you mean 'ja'"):
        language_name("jp")
