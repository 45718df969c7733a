"""What the corpora claim of their careless drafts holds, and the drafts are read exactly."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from evaluation.dev_data import TARGET_LANGUAGES
from evaluation.draft_gold import ERROR_KINDS, read_draft, undo_errors

from align.errors import InputError
from align.resources import data_folder

if TYPE_CHECKING:
    from pathlib import Path

CORPORA = data_folder("corpora")
FIRST = CORPORA / "japan-europe-cooperation"
SECOND = CORPORA / "japan-europe-sea-lanes"
WITHOUT_SCRIPT = {"fr", "es"}

each_language = pytest.mark.parametrize("language", TARGET_LANGUAGES)


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").removesuffix("\n").split("\n")


def errors_of(language: str, *kinds: str):
    return [error for error in read_draft(SECOND, language).errors if error.kind in kinds]


@each_language
def test_undoing_all_errors_gives_back_the_clean_edition(language):
    clean = (SECOND / f"{language}.md").read_bytes().decode("utf-8")
    assert undo_errors(read_draft(SECOND, language)) == clean


@each_language
def test_errors_stand_in_both_editions_where_they_say(language):
    clean = (SECOND / f"{language}.md").read_text("utf-8")
    draft = read_draft(SECOND, language)
    for error in draft.errors:
        assert clean[error.clean.slice] == error.original
        assert draft.text[error.draft.slice] == error.planted
        assert error.original != error.planted


@each_language
def test_errors_are_of_every_kind_the_language_can_have(language):
    errors = read_draft(SECOND, language).errors
    assert len(errors) >= 15
    possible = set(ERROR_KINDS) - ({"script"} if language in WITHOUT_SCRIPT else set())
    assert {error.kind for error in errors} == possible


@each_language
def test_no_two_errors_spoil_the_same_words(language):
    errors = read_draft(SECOND, language).errors
    assert len({(error.source_segment, error.source_form) for error in errors}) == len(errors)


@each_language
def test_a_sentence_is_left_out_or_left_in_english_as_a_whole(language):
    target = lines(SECOND / "gold" / f"{language}.segments")
    source = lines(SECOND / "gold" / "en.segments")
    for error in errors_of(language, "omitted-sentence", "untranslated-sentence"):
        [segment] = error.target_segments
        assert error.original.strip() == target[segment]
        assert error.source_form == source[error.source_segment]
        left = "" if error.kind == "omitted-sentence" else error.source_form
        assert error.planted.strip() == left


@pytest.mark.parametrize("kind", ["omitted-sentence", "untranslated-sentence"])
def test_each_draft_spoils_another_sentence(kind):
    spoilt = [error.source_segment for lang in TARGET_LANGUAGES for error in errors_of(lang, kind)]
    assert len(set(spoilt)) == len(spoilt) == len(TARGET_LANGUAGES)


@each_language
def test_a_clause_left_out_has_five_words_or_more(language):
    for error in errors_of(language, "omitted-clause"):
        assert len(error.source_form.split()) >= 5
        assert len(error.planted) < len(error.original)


@each_language
def test_names_and_shared_quotations_stood_as_in_the_first_article(language):
    first = (FIRST / f"{language}.md").read_text("utf-8")
    for error in errors_of(language, "name", "memory"):
        assert error.original in first
        assert error.planted not in first


@each_language
def test_a_wrong_term_is_not_the_termbases(language):
    header, *rows = (line.split("\t") for line in lines(SECOND / "gold" / "terms.tsv"))
    termbase = {row[0]: row[header.index(language)] for row in rows}
    for error in errors_of(language, "term"):
        rendering = termbase[error.source_form.lower()]
        assert rendering.casefold() not in error.planted.casefold()


def test_both_articles_render_the_terms_they_share_alike():
    first, second = (
        {line.split("\t")[0]: line for line in lines(corpus / "gold" / "terms.tsv")}
        for corpus in (FIRST, SECOND)
    )
    shared = first.keys() & second.keys()
    assert len(shared) > 30
    assert [first[term] for term in shared] == [second[term] for term in shared]


@pytest.mark.parametrize("language", ["en", *TARGET_LANGUAGES])
def test_both_articles_have_a_whole_sentence_in_common(language):
    first, second = (
        set(lines(corpus / "gold" / f"{language}.segments")) for corpus in (FIRST, SECOND)
    )
    [sentence] = first & second
    assert len(sentence) > 50


@pytest.fixture
def corpus(tmp_path):
    """A copy of the corpus, to be spoilt."""
    return shutil.copytree(SECOND, tmp_path / "corpus")


def spoil(path: Path, old: str, new: str) -> int:
    """Replaces the first instance; returns the line it stands in, counted from 1."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("measure\t47", "unit\t47", "kind is 'unit'"),
        ("\t47\t20 and 40 feet", "\tno\t20 and 40 feet", "source_segment is 'no', not a number"),
        ("\t47\t20 and 40 feet", "\t470\t20 and 40 feet", "no source segment 470"),
        ("\t47\t20 and 40 feet", "\t46\t20 and 40 feet", "does not stand in source segment 46"),
        ("\t20 et 40 pieds\t", "\t20 et 40 pouces\t", "0 instances of '20 et 40 pouces'"),
        ("20 et 40 mètres\t1", "20 et 40 mètres\t2", "'20 et 40 pieds', no number 2"),
        ("20 et 40 mètres\t1", "20 et 40 mètres", "has 5 columns, not 6"),
        ("\t20 et 40 mètres\t", "\t20 et 40 pouces\t", "'20 et 40 pouces' does not stand for"),
        ("\t20 et 40 pieds\t", "\tDans les années 1970\t", "in the translation of source segment"),
        ("source_form\t", "form\t", "the columns are not kind, source_segment"),
    ],
)
def test_an_error_that_does_not_resolve_is_named_with_its_line(corpus, old, new, message):
    path = corpus / "draft" / "fr.tsv"
    line = spoil(path, old, new)
    with pytest.raises(InputError) as caught:
        read_draft(corpus, "fr")
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert message in str(caught.value)


def test_errors_that_overlap_are_refused(corpus):
    path = corpus / "draft" / "fr.tsv"
    rows = lines(path)
    path.write_text("\n".join([*rows, rows[1]]) + "\n", "utf-8")
    with pytest.raises(InputError, match=f"fr.tsv:{len(rows) + 1}: .*overlaps"):
        read_draft(corpus, "fr")


@pytest.mark.parametrize(
    ("old", "new"), [("premier navire venu", "premier bateau venu"), ("avant l’aube", "à l’aube")]
)
def test_a_change_that_no_row_explains_is_refused(corpus, old, new):
    path = corpus / "draft" / "fr.md"
    spoil(path, old, new)
    with pytest.raises(InputError, match="differs from the clean edition"):
        read_draft(corpus, "fr")


def test_a_language_without_a_translation_is_refused():
    with pytest.raises(InputError, match=r"de\.md: no such file"):
        read_draft(SECOND, "de")
