"""Small translations under check, with the encoder that users have."""

from __future__ import annotations

from itertools import pairwise

import pytest

import align
from align.article import AlignedArticle
from align.beads import Alignment, Bead
from align.checks.base import Translation
from align.checks.registry import CHECKS
from align.edition import Edition
from align.segmentation import document_of_lines
from align.text import Span


@pytest.fixture(scope="session")
def encoder(own_cache):
    return align.load_encoder()


@pytest.fixture(scope="session")
def translated(encoder):
    """Makes a translation of lines, each line the translation of the one beside it.

    An empty line on either side is a bead without text there.
    """

    def make(
        source, target, source_language="en", target_language="fr", termbases=(), memory=(), **more
    ):
        lines = [
            text.split("\n") if isinstance(text, str) else list(text) for text in (source, target)
        ]
        editions, spans = {}, []
        for language, texts in zip((source_language, target_language), lines, strict=True):
            document, segments = document_of_lines("".join(f"{t}\n" for t in texts if t))
            editions[language] = Edition(language, document, segments)
            ends = [sum(bool(text) for text in texts[:end]) for end in range(len(texts) + 1)]
            spans.append([Span(*pair) for pair in pairwise(ends)])
        beads = tuple(Bead(one, other, None, 1.0) for one, other in zip(*spans, strict=True))
        alignment = Alignment(beads, *(len(edition.segments) for edition in editions.values()))
        article = AlignedArticle(
            "small",
            "Small",
            None,
            source_language,
            editions,
            {target_language: alignment},
            (),
            0.5,
            "",
        )
        return Translation(article, target_language, encoder, termbases, memory, **more)

    return make


@pytest.fixture(scope="session")
def findings(translated):
    """The findings of all checks on quantities on lines and their translations."""

    def of(source, target, language="fr", source_language="en"):
        translation = translated(source, target, source_language, language)
        return [
            found
            for check in CHECKS
            if check.subject == "quantities"
            for found in check.find(translation)
        ]

    return of


@pytest.fixture(scope="session")
def memory_of():
    """Makes a memory of pairs of texts."""

    def make(pairs, source_language="en", target_language="fr"):
        return [
            align.TranslationUnit(
                (
                    align.Variant(source_language, (0,), source),
                    align.Variant(target_language, (0,), target),
                )
            )
            for source, target in pairs
        ]

    return make
