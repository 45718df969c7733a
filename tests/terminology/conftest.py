"""Small articles in real languages, with the encoder that users have."""

from __future__ import annotations

import pytest

import align
from align.article import AlignedArticle
from align.beads import Alignment, Bead
from align.edition import Edition
from align.segmentation import document_of_lines
from align.text import Span


@pytest.fixture(scope="session")
def encoder(own_cache):
    return align.load_encoder()


def article_of(lines, *, confidence=1.0, pivot="en", beads=None):
    """An article of lines, one bead for each line unless others are given.

    Args:
        lines: For each language its lines, the pivot's first.
        confidence: Of every bead.
        pivot: The pivot's language.
        beads: For some languages, pairs of ranges of source and target lines.
    """
    editions = {}
    for language, texts in lines.items():
        document, segments = document_of_lines("\n".join(texts) + "\n")
        editions[language] = Edition(language, document, segments)
    size = len(lines[pivot])
    alignments = {}
    for language in lines:
        if language == pivot:
            continue
        pairs = (beads or {}).get(language) or [((i, i + 1), (i, i + 1)) for i in range(size)]
        alignments[language] = Alignment(
            tuple(Bead(Span(*source), Span(*target), None, confidence) for source, target in pairs),
            size,
            len(lines[language]),
        )
    return AlignedArticle("small", "Small", None, pivot, editions, alignments, (), 0.5, "")


@pytest.fixture(scope="session", name="article_of")
def article_of_fixture():
    """`article_of`, for tests that look at the parts of `align.terms`."""
    return article_of


@pytest.fixture(scope="session")
def terms_of(encoder):
    """The report on an article of lines; keywords go to `article_of` and `align.terms`."""

    def report(lines, *, terms=(), termbases=(), **options):
        return align.terms(
            article_of(lines, **options),
            terms=terms,
            termbases=termbases,
            settings=align.Settings(encoder=encoder),
        )

    return report
