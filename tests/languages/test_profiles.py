"""What is known of a language stands in one file, and to add a language is to add that file."""

from __future__ import annotations

import tomllib

import pytest

from align.languages import normalise_tag
from align.languages import profile as profiles
from align.languages.profile import FOLDER, Profile, base_language, profile

FILES = sorted(FOLDER.glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_file_is_a_profile_of_the_language_it_is_named_by(file):
    known = profile(file.stem)
    assert known.language == file.stem
    assert base_language(normalise_tag(file.stem)) == file.stem
    assert known != Profile(file.stem)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_file_says_what_holds_without_it(file):
    usual, known = Profile(), profile(file.stem)
    for key in tomllib.loads(file.read_text(encoding="utf-8")):
        assert getattr(known, key) != getattr(usual, key), key


@pytest.mark.parametrize("tag", ["ja-JP", "JA", "ja_JP", "ja-Jpan"])
def test_neither_region_nor_case_matters(tag):
    assert profile(tag) == profile("ja")


@pytest.mark.parametrize("tag", ["grc", "tlh", "en-KR-nothing", "", "../ja", "x"])
def test_any_tag_has_a_profile(tag):
    assert isinstance(profile(tag), Profile)


@pytest.fixture
def add_language(monkeypatch, tmp_path):
    """Adds a language as one does: with a file of its own in the folder."""

    def add(language, text):
        for file in FILES:
            (tmp_path / file.name).write_bytes(file.read_bytes())
        (tmp_path / f"{language}.toml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(profiles, "FOLDER", tmp_path)
        profile.cache_clear()

    yield add
    profile.cache_clear()


def test_an_unknown_entry_is_refused_rather_than_overlooked(add_language):
    add_language("vo", 'functionwords = "e"\n')
    with pytest.raises(KeyError, match="functionwords"):
        profile("vo")


@pytest.mark.parametrize("tag", ["ja", "zh-Hant", "yue", "wuu", "th", "lo", "km", "my", "bo"])
def test_no_spaces_part_the_words_of_some_languages(tag):
    assert not profile(tag).spaced


@pytest.mark.parametrize("tag", ["en", "ko", "vi", "ar", "jam", "grc"])
def test_spaces_part_those_of_the_others(tag):
    assert profile(tag).spaced
