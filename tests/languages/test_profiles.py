"""What is known of a language stands in one file, and to add a language is to add that file."""

from __future__ import annotations

import ast
import tomllib
from dataclasses import replace

import pytest

from align.checks.clauses.parts import parts_of
from align.checks.names.spelling import same_name
from align.languages import join_segments, normalise_tag
from align.languages import profile as profiles
from align.languages.profile import FOLDER, Profile, base_language, profile
from align.languages.stemming import stem
from align.quantities import quantities_of
from align.terminology.candidates import spans_of
from align.terminology.forms import form_key
from align.terminology.romanising import is_heard
from align.terminology.variants import term_key
from align.terminology.words import words_of

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
    for key in tomllib.loads(file.read_text(encoding="utf-8")).keys() - {"like"}:
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


# Nobody writes Volapük so; it is a language that nothing in the program knows.
TOY = """
joiner = ""
stemmer = "german"
longest_term = 1
comma_in_terms = true
elided = "k"
names_heard = false
names_inflected = false
titles_after_names = "söl"
function_words = "e das k"
conjunctions = "e"
clause_openers = "das"
quotation_marks = ["><"]
twice = "vemo"

[quantities]
joiner = "e"

[quantities.cardinal]
2 = "tel"
7 = "vel"

[quantities.unit]
kilometer = "miäls"
"""


def test_adding_a_language_touches_its_file_only(add_language):
    add_language("vo", TOY)
    known = _as_the_program_has_it("vo-DE")
    assert known == {
        "joined": "Pük.Menad.",
        "stem": "menad",
        "words": ["k", "Pük", "e", "menad"],
        "inner": [False, True, False, True],
        "spans": 2,
        "quantities": ["7"],
        "parts": True,
        "quotation marks": ("><",),
        "heard": False,
        "same name": False,
    }
    without = _as_the_program_has_it("ie")  # another language that nothing is known of
    assert [key for key in known if known[key] == without[key]] == []


def _as_the_program_has_it(tag):
    [words] = words_of(["k’Pük e menad"], tag)
    clauses = parts_of(CLAUSES, words_of([CLAUSES], tag)[0], tag)
    return {
        "joined": join_segments(["Pük.", "Menad."], tag),
        "stem": stem("menaden", tag),
        "words": [word.text for word in words],
        "inner": [word.opens for word in words],
        "spans": len(spans_of(words, tag)),
        "quantities": [str(quantity.value) for quantity in quantities_of("vel miäls", tag)],
        "parts": any(CLAUSES[part.span.start :].startswith("das") for part in clauses),
        "quotation marks": profile(tag).quotation_marks,
        "heard": is_heard(tag),
        "same name": same_name("menad", "menades", tag),
    }


CLAUSES = "Men ädunom osi in zif gretik das vom äbinof us ko cils valik oka"


def test_a_language_is_known_by_its_singulars_and_spellings_if_its_file_says_so(add_language):
    add_language("vo", '[plurals]\n"s$" = ""\n[spellings]\nour = "or"\n')
    assert term_key("Colours", "vo") == ("color",)


def test_a_language_has_the_clitics_that_its_file_names(add_language):
    add_language("vo", 'clitics = "arabic"\n')
    assert same_name("اليابان", "لليابان", "vo")
    assert not same_name("اليابان", "لليابان", "ie")


def test_particles_and_titles_of_names_stand_in_the_file(add_language):
    add_language("vo", 'particles_in_names = "da"\ntitles_before_names = "söl"\n')
    known = profile("vo")
    assert (known.particles_in_names, known.titles_before_names) == ({"da"}, {"söl"})


def _codes_compared(tree):
    """Language codes that a module compares a language with."""
    codes = {file.stem for file in FILES}
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            inside = [*ast.walk(node)]
            names = {one.id for one in inside if isinstance(one, ast.Name)}
            names |= {one.attr for one in inside if isinstance(one, ast.Attribute)}
            if names & {"base", "base_language", "code", "language", "pivot", "primary", "tag"}:
                yield from {one.value for one in inside if isinstance(one, ast.Constant)} & codes


@pytest.mark.parametrize("code", ['base == "ar"', 'base_language(tag) in ("ja", "zh")'])
def test_a_comparison_with_a_language_is_seen(code):
    assert list(_codes_compared(ast.parse(code)))


def test_no_module_asks_whether_a_language_is_one_of_those_it_knows_by_name():
    package = FOLDER.parents[1]
    found = {
        path.relative_to(package).as_posix(): codes
        for path in sorted(package.rglob("*.py"))
        if (codes := {*_codes_compared(ast.parse(path.read_text(encoding="utf-8")))})
    }
    assert found == {}


def test_an_unknown_entry_is_refused_rather_than_overlooked(add_language):
    add_language("vo", 'functionwords = "e"\n')
    with pytest.raises(KeyError, match="functionwords"):
        profile("vo")


@pytest.mark.parametrize(
    "tag", ["ja", "zh-Hant", "yue", "wuu", "lzh", "nan", "hak", "th", "lo", "km", "my", "bo"]
)
def test_no_spaces_part_the_words_of_some_languages(tag):
    assert not profile(tag).spaced


@pytest.mark.parametrize("tag", ["en", "ko", "vi", "ar", "jam", "grc"])
def test_spaces_part_those_of_the_others(tag):
    assert profile(tag).spaced


@pytest.mark.parametrize("tag", ["zh-Latn", "ja-Latn", "nan_Latn_TW", "th-latn"])
def test_nor_those_of_languages_that_are_written_in_latin_letters(tag):
    assert profile(tag) == Profile(base_language(tag))


@pytest.mark.parametrize("tag", ["yue", "yue-Hans", "wuu", "lzh", "nan-Hant", "hak", "gan", "hsn"])
def test_what_is_like_another_language_differs_in_nothing_but_what_its_file_says(tag):
    assert profile(tag) == replace(profile("zh"), language=base_language(tag))


def test_a_file_may_part_from_the_language_that_it_is_like(add_language):
    add_language("vo", 'like = "ja"\nlongest_term = 3\n')
    assert profile("vo") == replace(profile("ja"), language="vo", longest_term=3)


def test_cantonese_is_read_and_compared_as_chinese_is():
    assert [str(one.value) for one in quantities_of("八億七千萬元", "yue")] == ["870000000"]
    assert form_key("戰略自主", "yue") == form_key("战略自主", "zh-Hans")
    assert len(words_of(["歐盟加強安全合作"], "yue")[0]) > 1
