"""What the corpora claim of gold renderings and planted divergences holds, and is read exactly."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from evaluation.dev_data import TARGET_LANGUAGES
from evaluation.term_gold import (
    PLANT_KINDS,
    planted_segments,
    read_plants,
    read_renderings,
    undo_plants,
)

from align.documents import read_document
from align.errors import InputError
from align.resources import data_folder
from align.segmentation import Segmenter

if TYPE_CHECKING:
    from pathlib import Path

CORPORA = data_folder("corpora")
BUNDLED = CORPORA / "japan-europe-cooperation"
RENDERED = sorted(CORPORA.glob("*/gold/renderings/*.tsv"))
PLANTED = sorted(CORPORA.glob("*/planted/*.tsv"))

each_gold_file = pytest.mark.parametrize(
    ("corpus", "language"),
    [
        pytest.param(path.parents[2].name, path.stem, id=f"{path.parents[2].name}-{path.stem}")
        for path in RENDERED
    ],
)
each_planted_edition = pytest.mark.parametrize(
    ("corpus", "language"),
    [
        pytest.param(path.parents[1].name, path.stem, id=f"{path.parents[1].name}-{path.stem}")
        for path in PLANTED
    ],
)


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").removesuffix("\n").split("\n")


def places(found):
    return [(place.segment, place.span.start, place.span.stop) for place in found]


def mentions_in_english(corpus: str) -> list[tuple[int, int, int]]:
    """Every place of the English text where a gold term stands, the longest term first.

    The terms' forms are those of `terms.tsv` and those that any language's file has; plurals and
    capitals are found too, abbreviations only as they are written.
    """
    gold = CORPORA / corpus / "gold"
    forms = {line.split("\t")[0] for line in lines(gold / "terms.tsv")[1:]}
    for path in (gold / "renderings").glob("*.tsv"):
        forms |= {row.source.text for row in read_renderings(corpus, path.stem)}
    either = "|".join(
        re.escape(form) if form.isupper() else f"(?i:{re.escape(form)}s?)"
        for form in sorted(forms, key=len, reverse=True)
    )
    return [
        (index, *match.span())
        for index, segment in enumerate(lines(gold / "en.segments"))
        for match in re.finditer(rf"\b(?:{either})\b", segment)
    ]


def is_a_divergence(corpus, language, plant) -> bool:
    """Whether the plant lies on what renders its term in the clean edition."""
    row = next(
        row
        for row in read_renderings(corpus, language)
        if (row.term, row.source) == (plant.term, plant.source)
    )
    return (
        row.rendering is not None
        and row.rendering.segment == plant.original.segment
        and row.rendering.span.start < plant.original.span.stop
        and plant.original.span.start < row.rendering.span.stop
    )


def test_every_translation_of_the_bundled_article_has_renderings_and_plants():
    for folder in (BUNDLED / "gold" / "renderings", BUNDLED / "planted"):
        assert {path.stem for path in folder.glob("*.tsv")} == set(TARGET_LANGUAGES)


@each_gold_file
def test_renderings_stand_in_the_segments_where_they_say(corpus, language):
    source = lines(CORPORA / corpus / "gold" / "en.segments")
    target = lines(CORPORA / corpus / "gold" / f"{language}.segments")
    for row in read_renderings(corpus, language):
        assert source[row.source.segment][row.source.span.slice] == row.source.text
        for place in filter(None, (row.rendering, *row.also)):
            assert place.segment in row.target_segments
            assert target[place.segment][place.span.slice] == place.text


@each_gold_file
def test_every_mention_of_a_gold_term_has_its_row_in_reading_order(corpus, language):
    rows = read_renderings(corpus, language)
    assert places(row.source for row in rows) == mentions_in_english(corpus)


@each_gold_file
def test_renderings_have_no_space_or_mark_at_their_edges(corpus, language):
    for row in read_renderings(corpus, language):
        if row.rendering:
            assert row.rendering.text[0].isalnum()
            assert row.rendering.text[-1].isalnum()


@each_gold_file
def test_two_mentions_in_one_bead_are_not_rendered_by_the_same_place(corpus, language):
    rendered = sorted(
        row.rendering for row in read_renderings(corpus, language) if row.rendering is not None
    )
    for earlier, later in pairwise(rendered):
        assert earlier.segment < later.segment or earlier.span.stop <= later.span.start


def test_the_bundled_article_has_renderings_of_sixty_terms():
    for language in TARGET_LANGUAGES:
        assert len({row.term for row in read_renderings(BUNDLED, language)}) == 60


@each_planted_edition
def test_undoing_all_plants_gives_back_the_clean_edition(corpus, language):
    clean = (CORPORA / corpus / f"{language}.md").read_bytes().decode("utf-8")
    assert undo_plants(corpus, language) == clean


@each_planted_edition
def test_plants_stand_in_the_planted_edition_where_they_say(corpus, language):
    clean = lines(CORPORA / corpus / "gold" / f"{language}.segments")
    planted = planted_segments(corpus, language)
    changed = set()
    for plant in read_plants(corpus, language):
        assert clean[plant.original.segment][plant.original.span.slice] == plant.original.text
        assert planted[plant.planted.segment][plant.planted.span.slice] == plant.planted.text
        assert plant.original.text != plant.planted.text
        changed.add(plant.planted.segment)
    assert changed == {index for index, text in enumerate(planted) if text != clean[index]}


@each_planted_edition
def test_the_planted_edition_is_cut_into_the_same_segments(corpus, language):
    document = read_document(CORPORA / corpus / "planted" / f"{language}.md")
    found = tuple(segment.text for segment in Segmenter().segment(document, language))
    assert found == planted_segments(corpus, language)


@each_planted_edition
def test_every_plant_lies_on_the_rendering_of_its_term(corpus, language):
    for plant in read_plants(corpus, language):
        assert is_a_divergence(corpus, language, plant)


@each_planted_edition
def test_plants_are_of_every_kind_and_on_different_terms(corpus, language):
    plants = read_plants(corpus, language)
    assert len(plants) >= 14
    counts = {kind: sum(plant.kind == kind for plant in plants) for kind in PLANT_KINDS}
    assert counts["inconsistent"] >= 4
    assert counts["mistranslated"] >= 3
    assert counts["omitted"] >= 3
    assert counts["wrong-name"] >= 2
    assert counts["untranslated"] >= 2
    assert len({plant.term for plant in plants}) == len(plants)


@each_planted_edition
def test_the_finding_that_names_a_plant_best_is_accepted(corpus, language):
    best = {"omitted": "missing", "wrong-name": "mistranslated"}
    for plant in read_plants(corpus, language):
        assert best.get(plant.kind, plant.kind) in plant.accepted


@each_planted_edition
def test_only_a_term_that_comes_back_can_be_inconsistent(corpus, language):
    rows = read_renderings(corpus, language)
    for plant in read_plants(corpus, language):
        if plant.kind == "inconsistent":
            rendered = [row for row in rows if row.term == plant.term and row.rendering]
            assert len(rendered) >= 2


@each_planted_edition
def test_plants_are_spread_over_all_paragraphs_of_the_text(corpus, language):
    with_plants = {plant.source.segment for plant in read_plants(corpus, language)}
    document = read_document(CORPORA / corpus / "en.md")
    paragraphs: dict[int, set[int]] = {}
    for index, segment in enumerate(Segmenter().segment(document, "en")):
        if document.blocks[segment.block].kind == "paragraph":
            paragraphs.setdefault(segment.block, set()).add(index)
    longer = [segments for segments in paragraphs.values() if len(segments) > 1]
    assert longer
    assert [segments for segments in longer if not segments & with_plants] == []


@pytest.fixture
def corpus(tmp_path):
    """A copy of the bundled corpus, to be spoilt."""
    return shutil.copytree(BUNDLED, tmp_path / "corpus")


def spoil(path: Path, old: str, new: str) -> int:
    """Replaces the first instance; returns the line it stands in, counted from 1."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\tcâbles sous-marins\t1", "\tcâbles aériens\t1", "0 instances of 'câbles aériens'"),
        ("\tcâbles sous-marins\t1", "\tcâbles sous-marins\t2", "no number 2"),
        ("\tcâbles sous-marins\t1", "\tcâbles sous-marins\t0", "0 goes with no rendering"),
        ("\tcâbles sous-marins\t1", "\tcâbles sous-marins\tone", "nth is 'one', not a number"),
        ("\tcâbles sous-marins\t1\t", "\tcâbles sous-marins\t1", "has 7 columns, not 8"),
        ("\tcâbles sous-marins\t1\t", "\tcâbles sous-marins\t1\tcâbles#x", "'x', not a number"),
        ("\t3\tundersea cables\t1\t2", "\t3\tundersea cables\t1\t3", "target segments are '2'"),
        ("\t3\tundersea cables", "\t4\tundersea cables", "instances of 'undersea cables'"),
        ("\t3\tundersea cables", "\t300\tundersea cables", "no source segment 300"),
        ("source_form\t", "form\t", "the columns are not term, source_segment"),
    ],
)
def test_a_rendering_that_does_not_resolve_is_named_with_its_line(corpus, old, new, message):
    path = corpus / "gold" / "renderings" / "fr.tsv"
    line = spoil(path, old, new)
    with pytest.raises(InputError) as caught:
        read_renderings(corpus, "fr")
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\tgaz rares\t", "\tgaz nobles\t", "'gaz nobles' does not stand for 'terres rares'"),
        ("\tterres rares\t", "\tterres arables\t", "0 instances of 'terres arables'"),
        ("mistranslated\tmis", "misspelt\tmis", "kind is 'misspelt'"),
        ("\tmissing\t", "\tabsent\t", "accepted has 'absent'"),
        ("\tterres rares\tgaz rares\t1", "\tterres rares\tgaz rares\t2", "no number 2"),
        ("\tterres rares\t", "\tde terres rares en 2010\t", "does not stand for"),
    ],
)
def test_a_plant_that_does_not_resolve_is_named_with_its_line(corpus, old, new, message):
    path = corpus / "planted" / "fr.tsv"
    line = spoil(path, old, new)
    with pytest.raises(InputError) as caught:
        read_plants(corpus, "fr")
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert message in str(caught.value)


def test_plants_that_overlap_are_refused(corpus):
    path = corpus / "planted" / "fr.tsv"
    rows = lines(path)
    path.write_text("\n".join([*rows, rows[1]]) + "\n", "utf-8")
    with pytest.raises(InputError, match=f"fr.tsv:{len(rows) + 1}: .*overlaps another plant"):
        read_plants(corpus, "fr")


def test_a_change_that_no_plant_explains_is_refused(corpus):
    spoil(corpus / "planted" / "fr.md", "quelque 570 millions", "quelque 750 millions")
    with pytest.raises(InputError, match="segment 6 is not that of the clean edition"):
        read_plants(corpus, "fr")


def test_a_language_without_a_translation_is_refused():
    with pytest.raises(InputError, match="has no translation in 'de'"):
        read_renderings(BUNDLED, "de")
