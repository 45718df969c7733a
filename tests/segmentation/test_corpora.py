"""The corpora that ship with `align`: their gold segments are what the segmenter finds."""

from __future__ import annotations

from itertools import chain

import pytest

from align.documents import read_document
from align.formats.indices import read_indices
from align.resources import data_folder
from align.segmentation import Segmenter

CORPORA = data_folder("corpora")
SEGMENTS = sorted(CORPORA.glob("*/gold/*.segments"))
ALIGNMENTS = sorted(CORPORA.glob("*/gold/*.gold"))


def named(paths):
    return [pytest.param(path, id=f"{path.parents[1].name}-{path.stem}") for path in paths]


def lines(path):
    return path.read_text("utf-8").splitlines()


@pytest.mark.parametrize("gold", named(SEGMENTS))
def test_segmenter_finds_the_gold_segments(gold):
    document = read_document(gold.parent.parent / f"{gold.stem}.md")
    found = [segment.text for segment in Segmenter().segment(document, gold.stem)]
    assert found == lines(gold)


@pytest.mark.parametrize("gold", named(ALIGNMENTS))
def test_gold_beads_hold_every_segment_once_and_follow_the_source(gold):
    source, target = gold.stem.split("-", 1)
    beads = read_indices(gold)
    sources = list(chain.from_iterable(bead.source for bead in beads))
    targets = list(chain.from_iterable(bead.target for bead in beads))
    assert sources == list(range(len(lines(gold.with_name(f"{source}.segments")))))
    assert sorted(targets) == list(range(len(lines(gold.with_name(f"{target}.segments")))))
