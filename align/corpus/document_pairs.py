"""Which documents of two collections translate one another, whatever they are called.

Two documents are compared as BiMax does (Wang et al., EMNLP 2025): for each segment of either the
most similar one of the other counts, and the mean over both directions is their score. Only
documents whose mean vectors are near are compared, so that memory grows with the collections and
not with their product.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from align.encoders.base import Encoder, encode_documents

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

CANDIDATES = 16
"""Documents of the other side that each is compared with."""

_DOCUMENTS_AT_ONCE = 32  # encoded together
_ROWS_AT_ONCE = 1_024  # whose cosines with all of the other side are held in memory
_LONGEST = 1_000  # segments of a document that are looked at, its first ones

# Log-odds that two documents correspond, by their score, by what it is above the mean of the others
# each could go with, and by the ratio of their sizes; fitted by scripts/pair_documents.py.
WEIGHTS = np.array((16.3, 24.1, -5.5, -12.7))


@dataclass(frozen=True, slots=True)
class DocumentMatch:
    """Two documents that translate one another.

    Attributes:
        source: Number of the source document.
        target: Number of the target document.
        score: How similar they are, as BiMax has it.
        confidence: Probability that they correspond.
    """

    source: int
    target: int
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class DocumentVectors:
    """What is known of the documents of one side.

    Attributes:
        segments: For each document the unit vectors of its segments, float16.
        weights: For each document how much each of its segments counts; they add up to 1.
        sizes: For each document its characters.
        means: Unit vectors of documents, shape (documents, dimension).
    """

    segments: Sequence[npt.NDArray[np.float16]]
    weights: Sequence[FloatArray]
    sizes: FloatArray
    means: FloatArray


def document_vectors(
    documents: Sequence[Sequence[str]], encoder: Encoder, *, language: str
) -> DocumentVectors:
    """Encodes the segments of documents of one language.

    Args:
        documents: The segments of each.
        encoder: Where vectors come from.
        language: Their BCP 47 tag.
    """
    documents = [[text for text in texts[:_LONGEST] if text.strip()] for texts in documents]
    vectors: list[npt.NDArray[np.float16]] = []
    for start in range(0, len(documents), _DOCUMENTS_AT_ONCE):
        some = [(texts, language) for texts in documents[start : start + _DOCUMENTS_AT_ONCE]]
        vectors += [
            each[0].astype(np.float16) for each in encode_documents(encoder, some, longest=1)
        ]
    # What stands in many documents, a menu or a licence, tells none from another.
    frequency = Counter(text for texts in documents for text in set(texts))
    weights = []
    for texts in documents:
        by_text = [
            math.log1p(len(text)) * math.log1p(len(documents) / frequency[text]) for text in texts
        ]
        one = np.array(by_text, dtype=np.float32)
        weights.append(one / max(float(one.sum()), 1e-9))
    means = np.zeros((len(documents), encoder.card.dimension), dtype=np.float32)
    for row, (each, weight) in enumerate(zip(vectors, weights, strict=True)):
        means[row] = weight @ each.astype(np.float32)
    means -= means.mean(axis=0) if len(means) > 1 else 0
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    sizes = np.array([sum(map(len, texts)) for texts in documents], dtype=np.float32)
    return DocumentVectors(vectors, weights, sizes, means / np.maximum(lengths, 1e-9))


def match_documents(
    source: DocumentVectors, target: DocumentVectors, *, min_confidence: float = 0.5
) -> list[DocumentMatch]:
    """Finds which documents of two sides translate one another.

    Each document is in one match at most: of several it could be in, the likeliest is taken.

    Args:
        source: The one side.
        target: The other.
        min_confidence: Confidence from which on documents are taken to correspond.

    Returns:
        The matches, in the order of the source documents.
    """
    return match_compared(compare_documents(source, target), min_confidence=min_confidence)


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of documents that were compared; arrays have one entry a pair.

    Attributes:
        sources: Numbers of the source documents.
        targets: Numbers of the target documents.
        scores: Their scores.
        margins: By how much a score is above the mean of the others of either document.
        ratios: How much longer one is than it usually is beside the other, logarithm, at least 0.
    """

    sources: IntArray
    targets: IntArray
    scores: FloatArray
    margins: FloatArray
    ratios: FloatArray


def match_compared(
    compared: Compared,
    *,
    min_confidence: float = 0.5,
    weights: npt.NDArray[np.float64] = WEIGHTS,
) -> list[DocumentMatch]:
    """Of the documents that were compared, those that translate one another.

    Args:
        compared: What was compared.
        min_confidence: Confidence from which on documents are taken to correspond.
        weights: Of each feature how much it tells.

    Returns:
        The matches, in the order of the source documents.
    """
    logits = features_of(compared) @ weights
    chances = 1 / (1 + np.exp(np.clip(-logits, -500, 500)))
    taken_sources: set[int] = set()
    taken_targets: set[int] = set()
    matches = []
    # Near duplicates have one counterpart each: which of them, the score itself decides.
    order = np.lexsort((compared.targets, compared.sources, -compared.scores, -chances.round(2)))
    for at in order.tolist():
        s, t = int(compared.sources[at]), int(compared.targets[at])
        if chances[at] < min_confidence or s in taken_sources or t in taken_targets:
            continue
        taken_sources.add(s)
        taken_targets.add(t)
        score, chance = float(compared.scores[at]), float(chances[at])
        matches.append(DocumentMatch(s, t, round(score, 4), round(chance, 4)))
    return sorted(matches, key=lambda match: match.source)


def features_of(compared: Compared) -> npt.NDArray[np.float64]:
    """What tells whether documents correspond, shape (pairs, features), the last one always 1."""
    ones = np.ones(len(compared.scores))
    return np.column_stack((compared.scores, compared.margins, compared.ratios, ones)).astype(
        np.float64
    )


def compare_documents(source: DocumentVectors, target: DocumentVectors) -> Compared:
    """Compares each document with those of the other side whose mean vectors are nearest."""
    pairs = sorted({*_nearest(source, target), *((s, t) for t, s in _nearest(target, source))})
    sources, targets = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    scores = np.array([_score(source, target, s, t) for s, t in pairs], dtype=np.float32)
    margins = np.minimum(_above_others(sources, scores), _above_others(targets, scores))
    ratios = np.log((source.sizes[sources] + 1) / (target.sizes[targets] + 1))
    likely = ratios[scores >= np.quantile(scores, 0.9)] if len(scores) else ratios
    usual = np.median(likely) if len(likely) else 0.0
    return Compared(sources, targets, scores, margins, np.abs(ratios - usual).astype(np.float32))


def _nearest(one: DocumentVectors, other: DocumentVectors) -> Iterator[tuple[int, int]]:
    count = min(CANDIDATES, len(other.means))
    if not count:
        return
    for start in range(0, len(one.means), _ROWS_AT_ONCE):
        cosines = one.means[start : start + _ROWS_AT_ONCE] @ other.means.T
        nearest = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
        for row, columns in enumerate(nearest.tolist(), start=start):
            yield from ((row, column) for column in columns)


def _score(source: DocumentVectors, target: DocumentVectors, s: int, t: int) -> float:
    one, other = source.segments[s], target.segments[t]
    if not len(one) or not len(other):
        return 0.0
    cosines = one.astype(np.float32) @ other.astype(np.float32).T
    forth = float(source.weights[s] @ cosines.max(axis=1))
    back = float(target.weights[t] @ cosines.max(axis=0))
    return (forth + back) / 2


def _above_others(documents: IntArray, scores: FloatArray) -> FloatArray:
    """By how much each score is above the mean of the document's others; 0 where there is none."""
    totals = np.bincount(documents, weights=scores)
    counts = np.bincount(documents)
    others = np.maximum(counts[documents] - 1, 1)
    mean = (totals[documents] - scores) / others
    return np.where(counts[documents] > 1, scores - mean, 0).astype(np.float32)
