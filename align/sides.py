"""Turns the segments of a text into what the aligner looks at: vectors, lengths, marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.coverage import ClauseVectors
from align.aligner.features import FloatArray
from align.aligner.side import ENCODED_LENGTH, Side, composed_spans
from align.clauses import clauses_of
from align.encoders.base import encode_documents
from align.languages.orthography import everyday_spelling
from align.marks import marks_of
from align.text import Span
from align.wordforms import words_of

if TYPE_CHECKING:
    from align.encoders.base import Encoder, TaggedSegments


def side_of(
    texts: Sequence[str],
    paragraphs: Sequence[int],
    encoder: Encoder,
    *,
    language: str,
    longest: int,
) -> Side:
    """Encodes a text and gathers what else tells its beads.

    Args:
        texts: The segments' texts, in order.
        paragraphs: Index of the block that each segment lies in, ascending.
        encoder: Where vectors come from.
        language: The text's BCP 47 tag.
        longest: The most segments a bead may have of this text.
    """
    (side,) = sides_of([(texts, paragraphs, language)], encoder, longest=longest)
    return side


def sides_of(
    documents: Sequence[tuple[Sequence[str], Sequence[int], str]],
    encoder: Encoder,
    *,
    longest: int,
) -> list[Side]:
    """Encodes several texts at once, which of short ones takes half the time.

    Args:
        documents: Of each text the segments, the block that each lies in, and the BCP 47 tag.
        encoder: Where vectors come from.
        longest: The most segments a bead may have of one text.
    """
    cut = [[clauses_of(text) for text in texts] for texts, _, _ in documents]
    wanted: list[TaggedSegments] = [(texts, language) for texts, _, language in documents]
    wanted += [
        (_of_several(of_one), language)
        for of_one, (_, _, language) in zip(cut, documents, strict=True)
    ]
    # In one pass, for the tokens within a clause are those of its segment.
    encoded = encode_documents(
        encoder,
        wanted,
        longest=[min(longest, ENCODED_LENGTH)] * len(documents) + [1] * len(documents),
    )
    spans, parts = encoded[: len(documents)], encoded[len(documents) :]
    return [
        Side(
            vectors=vectors,
            lengths=np.array([len(text) for text in texts], dtype=np.int64),
            paragraphs=np.array(paragraphs, dtype=np.int64),
            marks=marks_of(texts),
            clauses=_clause_vectors(clauses, vectors[0], of_clauses[0]),
            words=words_of([everyday_spelling(text, language) for text in texts]),
        )
        for (texts, paragraphs, language), clauses, vectors, of_clauses in zip(
            documents, cut, spans, parts, strict=True
        )
    ]


def run_encoder(
    texts: Sequence[str], encoder: Encoder, *, language: str, longest: int
) -> Callable[[Span], FloatArray]:
    """What encodes some of a text's segments when they are asked for.

    Args:
        texts: The segments' texts, in order.
        encoder: Where vectors come from.
        language: The text's BCP 47 tag.
        longest: The most segments a bead may have of this text.

    Returns:
        A function that gives the vectors of all spans of a run of segments, as
        `Encoder.encode_spans` does.
    """
    encoded = min(longest, ENCODED_LENGTH)

    def encode(run: Span) -> FloatArray:
        some = texts[run.start : run.stop]
        if encoder.composes_spans:
            return encoder.encode_spans(some, longest=encoded, language=language)
        # All spans of four segments take ten times as long, and tell little more.
        vectors = encoder.encode_spans(some, longest=1, language=language)
        lengths = np.array([len(text) for text in some], dtype=np.int64)
        return composed_spans(vectors[0], lengths, encoded)

    return encode


def clauses_to_encode(texts: Sequence[str]) -> list[str]:
    """The clauses of those segments that have several: the others are encoded as they are."""
    return _of_several([clauses_of(text) for text in texts])


def _of_several(cut: Sequence[Sequence[str]]) -> list[str]:
    return [clause for clauses in cut if len(clauses) > 1 for clause in clauses]


def _clause_vectors(
    cut: Sequence[Sequence[str]], of_segments: FloatArray, of_clauses: FloatArray
) -> ClauseVectors:
    """Vectors of all clauses; a segment of one clause has its own, the others' are given."""
    counts = np.array([len(clauses) for clauses in cut], dtype=np.int64)
    vectors = np.repeat(of_segments.astype(np.float16), counts, axis=0)
    vectors[np.repeat(counts > 1, counts)] = of_clauses
    lengths = np.array([len(clause) for clauses in cut for clause in clauses], dtype=np.float32)
    firsts = np.concatenate(([0], np.cumsum(counts)))
    wholes = np.maximum(np.add.reduceat(lengths, firsts[:-1]), 1) if len(cut) else lengths
    return ClauseVectors(vectors, firsts, lengths / np.repeat(wholes, counts))
