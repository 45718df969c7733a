"""Alignments to review: a small article in three languages, and any that chance makes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import strategies as st

from align.article import AlignedArticle
from align.beads import Alignment, Bead
from align.documents.model import Block, Document
from align.edition import Edition
from align.segmentation.model import Segment
from align.text import Span
from align.units import join_units

TEXTS = {
    "en": [["The lighthouse"], ["The lamp is lit at dusk.", "It burns oil.", "Nobody sleeps."],
           ["In 1931 it went out.", "A ship was lost."]],
    "ja": [["灯台"], ["日暮れに灯がともる。油で燃える。", "誰も眠らない。"],
           ["1931年に消えた。", "船が一隻失われた。"]],
    "ar": [["المنارة"], ["يُضاء المصباح عند الغسق.", "يحرق الزيت.", "لا أحد ينام."],
           ["انطفأ عام 1931.", "فُقدت سفينة."]],
}  # fmt: skip
JAPANESE = [((0, 1), (0, 1), 0.97), ((1, 3), (1, 2), 0.9), ((3, 4), (2, 3), 0.55),
            ((4, 5), (3, 4), 0.98), ((5, 6), (4, 5), 0.7)]  # fmt: skip
ARABIC = [((n, n + 1), (n, n + 1), 0.9 + n / 100) for n in range(6)]


def edition_of(language, blocks):
    text, made, segments = "", [], []
    for number, block in enumerate(blocks):
        start = len(text)
        for piece in block:
            if len(text) > start:
                text += " "
            segments.append(Segment(piece, len(text), len(text) + len(piece), number))
            text += piece
        made.append(Block("paragraph", start, len(text)))
        text += "\n\n"
    return Edition(language, Document(text, tuple(made)), tuple(segments), f"{language}.md")


def article_of(texts, beads, name="lighthouse"):
    editions = {language: edition_of(language, blocks) for language, blocks in texts.items()}
    pivot = next(iter(editions))
    alignments = {
        language: Alignment(
            tuple(
                Bead(Span(*source), Span(*target), 0.8, confidence, moved)
                for source, target, confidence, moved in (
                    (*bead, False) if len(bead) == 3 else bead for bead in some
                )
            ),
            len(editions[pivot].segments),
            len(editions[language].segments),
        )
        for language, some in beads.items()
    }
    units = join_units(editions, alignments, pivot=pivot, min_confidence=0.5)
    return AlignedArticle(
        name, "The lighthouse", None, pivot, editions, alignments, tuple(units), 0.5, "align:test"
    )


@pytest.fixture
def article():
    return article_of(TEXTS, {"ja": JAPANESE, "ar": ARABIC})


@st.composite
def articles(draw):
    """Articles of two translations with beads of every kind, moved ones too."""
    size = draw(st.integers(1, 9))
    texts = {"en": _blocks(draw, size, "word")}
    beads = {}
    for language in ("ja", "ru"):
        shapes, left = [], size
        while left or draw(st.sampled_from([False, False, True])):
            source = min(left, draw(st.sampled_from([1, 2, 0])))
            target = draw(st.sampled_from([1, 2, 0] if source else [1, 2]))
            shapes.append((source, target))
            left -= source
        starts, s, t = [], 0, 0
        for source, target in shapes:
            starts.append(((s, s + source), (t, t + target)))
            s, t = s + source, t + target
        moved = draw(st.booleans()) and len(starts) > 2
        rows = [(*each, draw(st.floats(0, 1)), False) for each in starts]
        if moved:
            rows = _exchanged(rows)
        beads[language] = rows
        texts[language] = _blocks(draw, t, "語" if language == "ja" else "слово") if t else []
    return article_of(texts, beads)


def _exchanged(rows):
    """The targets of two 1-1 rows exchanged, the first of which is then moved."""
    both = [n for n, row in enumerate(rows) if row[0][0] < row[0][1] and row[1][0] < row[1][1]]
    if len(both) < 2:
        return rows
    # Only neighbours that are alike: what stands between would have to move as well.
    for one, other in pairwise(both):
        a, b = rows[one], rows[other]
        same = a[1][1] - a[1][0] == b[1][1] - b[1][0] and a[1][1] == b[1][0]
        if same and other == one + 1:
            changed = list(rows)
            changed[one] = (a[0], b[1], a[2], True)
            changed[other] = (b[0], a[1], b[2], False)
            return changed
    return rows


def _blocks(draw, size, word):
    blocks, left = [], size
    while left:
        count = draw(st.integers(1, left))
        blocks.append([f"{word} {draw(st.sampled_from(['one two', 'x y z', 'q']))} {left}.{n}"
                       for n in range(count)])  # fmt: skip
        left -= count
    return blocks
