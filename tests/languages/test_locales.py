"""CLDR's data for any tag: those of the region, the script or the language, or of the root."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from hypothesis import given, settings
from hypothesis import strategies as st

from align.languages.locales import babel_locale, spoken_locale


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("en-KR", "en"),
        ("es-419", "es_419"),
        ("fr-XX", "fr"),
        ("zh-Hant", "zh_Hant"),
        ("zh-HK", "zh_Hant_HK"),
        ("sr-Latn", "sr_Latn"),
        ("sr-Latn-US", "sr_Latn"),
        ("sr-ME", "sr_Latn_ME"),
        ("pa-PK", "pa_Arab_PK"),
        ("PT_br", "pt_BR"),
        ("de-1996", "de"),
        ("en-u-ca-buddhist", "en"),
        ("fr-Cyrl", "root"),
        ("grc", "root"),
        ("und", "root"),
        ("x-private", "root"),
        ("no language", "root"),
        ("", "root"),
    ],
)
def test_the_nearest_data_there_are(tag, locale):
    assert str(babel_locale(tag)) == locale


def test_a_locale_of_cldr_is_nearest_to_itself():
    known = [name for name in locale_identifiers() if len(name.split("_")[-1]) < 5]
    assert [str(babel_locale(name)) for name in known] == [str(Locale.parse(n)) for n in known]


@settings(deadline=None)  # the first call loads a library
@given(st.text(max_size=12))
def test_any_text_has_a_locale(text):
    assert isinstance(babel_locale(text), Locale)


def test_the_root_speaks_no_language():
    assert spoken_locale("grc") is None
    assert spoken_locale("en-KR") == Locale("en")
