"""A small article with one of everything: merges, gaps, a moved sentence, every kind of block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from align.article import AlignedArticle, Edition
from align.beads import Alignment, Bead, Span
from align.documents.model import Block, Document
from align.segmentation.model import Segment
from align.units import join_units

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ENGLISH = [
    ("title", ["The ferry & the fog"]),
    ("paragraph", ["The ferry left at six.", "Nobody saw it leave.", "The fog was “thick”."]),
    ("heading", ["What was found"]),
    ("list-item", ["One oar < two metres long."]),
    ("quotation", ["It will come back."]),
    ("paragraph", ["The harbour master waits.", "He has waited since 1931."]),
    ("caption", ["The quay 𝔞t noon."]),
]
JAPANESE = [
    ("title", ["渡し船と霧"]),
    ("paragraph", ["渡し船は六時に出た。出るのを見た者はいない。", "霧は濃かった。"]),
    ("heading", ["見つかったもの"]),
    ("paragraph", ["港長は待っている。"]),
    ("list-item", ["二メートルに満たない櫂が一本。"]),
    ("quotation", ["「きっと帰ってくる。」"]),
    ("paragraph", ["一九三一年から、", "ずっと待っている。"]),
]
ARABIC = [
    ("title", ["العبّارة والضباب"]),
    ("paragraph", ["غادرت العبّارة في السادسة.", "لم يرها أحد.", "كان الضباب \u200f«كثيفًا»."]),
    ("heading", ["ما عُثر عليه"]),
    ("paragraph", ["أضاف المترجم هذه الجملة."]),
    ("quotation", ["ستعود."]),
    ("paragraph", ["ينتظر رئيس الميناء.", "ينتظر منذ 1931."]),
    ("caption", ["الرصيف ظهرًا."]),
]


def _bead(source, target, score=None, confidence=None, moved=False):
    return Bead(Span(*source), Span(*target), score, confidence, moved)


JAPANESE_BEADS = (
    _bead((0, 1), (0, 1), 0.91, 0.99),
    _bead((1, 3), (1, 2), 0.86, 0.93),
    _bead((3, 4), (2, 3), 0.71, 0.61),
    _bead((4, 5), (3, 4), 0.9, 0.97),
    _bead((5, 6), (5, 6), 0.4, 0.2),
    _bead((6, 7), (6, 7), 0.8, 0.95),
    _bead((7, 8), (4, 5), 0.88, 0.9, moved=True),
    _bead((8, 9), (7, 9), 0.77, 0.84),
    _bead((9, 10), (9, 9)),
)
ARABIC_BEADS = (
    *(_bead((n, n + 1), (n, n + 1), 0.875, None) for n in range(5)),
    _bead((5, 6), (5, 5)),
    _bead((6, 6), (5, 6)),
    *(_bead((n, n + 1), (n, n + 1), 0.875, None) for n in range(6, 10)),
)


@pytest.fixture
def make_edition() -> Callable[..., Edition]:
    return _edition


@pytest.fixture
def make_article() -> Callable[..., AlignedArticle]:
    return _article


@pytest.fixture
def article() -> AlignedArticle:
    editions = {
        "en": _edition("en", ENGLISH, file="en.md", address="https://example.org/ferry"),
        "ja": _edition("ja", JAPANESE, file="ja.html"),
        "ar": _edition("ar", ARABIC),
    }
    sizes = {tag: len(edition.segments) for tag, edition in editions.items()}
    return _article(
        editions,
        {
            "ja": Alignment(JAPANESE_BEADS, sizes["en"], sizes["ja"]),
            "ar": Alignment(ARABIC_BEADS, sizes["en"], sizes["ar"]),
        },
    )


def _edition(language: str, blocks: Sequence[tuple[str, Sequence[str]]], **origin) -> Edition:
    """An edition of blocks and their segments, each block a paragraph of the text."""
    text, made, segments = "", [], []
    for kind, sentences in blocks:
        text += "\n\n" if text else ""
        start = len(text)
        for number, sentence in enumerate(sentences):
            text += " " if number else ""
            segments.append(Segment(sentence, len(text), len(text) + len(sentence), len(made)))
            text += sentence
        made.append(Block(kind, start, len(text)))
    return Edition(language, Document(text, tuple(made), language), tuple(segments), **origin)


def _article(editions, alignments, *, min_confidence=0.5, **other) -> AlignedArticle:
    pivot = next(iter(editions))
    about = {
        "name": "ferry",
        "title": "The ferry & the fog",
        "licence": "CC BY 4.0",
        "signature": "align 0.1.0 | by hand",
    } | other
    return AlignedArticle(
        pivot=pivot,
        editions=editions,
        alignments=alignments,
        units=tuple(join_units(editions, alignments, pivot=pivot, min_confidence=min_confidence)),
        min_confidence=min_confidence,
        **about,
    )
