"""The corpora that ship with `align`: their gold segments are what the segmenter finds."""

from __future__ import annotations

import pytest

from align.documents import read_document
from align.resources import data_folder
from align.segmentation import Segmenter

GOLD = sorted(data_folder("corpora").glob("*/gold/*.segments"))


@pytest.mark.parametrize("gold", [pytest.param(path, id=path.stem) for path in GOLD])
def test_segmenter_finds_the_gold_segments(gold):
    document = read_document(gold.parent.parent / f"{gold.stem}.md")
    found = [segment.text for segment in Segmenter().segment(document, gold.stem)]
    assert found == gold.read_text("utf-8").splitlines()
