"""Tags: one spelling for each language, and a suggestion for each mistake."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.errors import InputError
from align.languages import is_right_to_left, nearest_tags, normalise_tag, same_language


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("zh-CHS", "zh-Hans"),
        ("zh_CHT", "zh-Hant"),
        ("zh-TW-Hant", "zh-Hant"),
        ("sr-Latn", "sr-Latn"),
        ("sr@latin", "sr-Latn"),
        ("sr_RS@latin", "sr-Latn-RS"),
        ("uz-UZ-Cyrl", "uz-Cyrl-UZ"),
        ("de_DE.UTF-8", "de-DE"),
        ("ca@valencia", "ca-valencia"),
        ("es-ES_tradnl", "es-ES"),
        ("English (United Kingdom)", "en-GB"),
        ("Portuguese_Brazil", "pt-BR"),
        ("Chinese (Traditional)", "zh-Hant"),
        ("Serbian (Latin)", "sr-Latn"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh_CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("cmn-Hans", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh_TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-CHS", "zh-Hans"),
        ("zh_cht", "zh-Hant"),
        ("es-419", "es-419"),
        ("en-KR", "en-KR"),
        ("fr-XX", "fr-XX"),
        ("en-u-ca-buddhist", "en"),
        ("pt-br-x-ours", "pt-BR"),
        ("jpn", "ja"),
        ("fre", "fr"),
        ("fra", "fr"),
        ("iw", "he"),
        ("en_US", "en-US"),
        ("EN-us", "en-US"),
        ("pt_BR", "pt-BR"),
        (" ru ", "ru"),
        ("sr-latn", "sr-Latn"),
        ("knc", "knc"),
        ("Japanese", "ja"),
        ("french", "fr"),
        ("Traditional Chinese", "zh-Hant"),
    ],
)
def test_each_language_has_one_spelling(written, tag):
    assert normalise_tag(written) == tag


@pytest.mark.parametrize(
    ("mistake", "meant"),
    [
        ("jp", "ja"),
        ("cz", "cs"),
        ("kr", "ko"),
        ("gr", "el"),
        ("ua", "uk"),
        ("dk", "da"),
        ("cn", "zh-Hans"),
        ("tw", "zh-Hant"),
        ("jp-JP", "ja"),
        ("sp", "es"),
        ("japanse", "ja"),
        ("Portugese", "pt"),
    ],
)
def test_a_mistaken_code_is_refused_with_the_language_meant(mistake, meant):
    with pytest.raises(InputError) as caught:
        normalise_tag(mistake)
    assert str(caught.value) == f"unknown language '{mistake}'; did you mean '{meant}'?"


@pytest.mark.parametrize(
    "nonsense",
    ["", " ", "article", "qq", "und", "und-Latn", "mul", "zxx", "x", "x-ours", "日本", "-"],
)
def test_what_is_no_language_is_refused(nonsense):
    with pytest.raises(InputError, match="unknown language"):
        normalise_tag(nonsense)


@settings(deadline=None)  # the first call loads a library
@given(st.text(max_size=12))
def test_any_text_is_either_refused_or_normalised_for_good(written):
    try:
        tag = normalise_tag(written)
    except InputError:
        return
    assert normalise_tag(tag) == tag


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("en", "en-US", True),
        ("en-GB", "en-US", True),
        ("zh-CN", "zh-Hans", True),
        ("zh-Hans", "zh-Hant", False),
        ("sr", "sr-Latn", False),
        ("pt", "es", False),
    ],
)
def test_the_same_language_is_the_same_code_and_script(first, second, same):
    assert same_language(first, second) is same
    assert same_language(second, first) is same


@pytest.mark.parametrize(
    "tag", ["ar", "he", "fa", "ur", "yi", "az-Arab", "nqo", "pa-PK", "ar-KR", "fr-Arab"]
)
def test_right_to_left(tag):
    assert is_right_to_left(tag)


@pytest.mark.parametrize(
    "tag", ["en", "ja", "zh-Hant", "ru", "th", "az", "pa", "grc", "en-KR", "fr-XX"]
)
def test_left_to_right(tag):
    assert not is_right_to_left(tag)


@pytest.mark.parametrize(
    ("wanted", "tags", "nearest"),
    [
        ("pt-BR", ["pt-PT", "pt-BR"], ("pt-BR",)),
        ("pt-BR", ["pt-PT", "pt"], ("pt",)),
        ("pt-BR", ["pt-PT", "es"], ("pt-PT",)),
        ("en-AU", ["en-US", "en-GB"], ("en-GB",)),
        ("pt", ["pt-PT", "pt-BR"], ("pt-BR", "pt-PT")),
        ("zh-Hant", ["zh-Hans", "zh-TW"], ("zh-TW",)),
        ("fr", ["und", "xx-test", "de"], ()),
    ],
)
def test_the_exact_region_comes_first_then_the_nearest(wanted, tags, nearest):
    assert nearest_tags(wanted, tags) == nearest
