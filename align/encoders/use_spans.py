"""What the vectors of all spans of a document are composed of: its tokens, sums, and edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from align.encoders.base import FloatArray
from align.encoders.use_forward import REACH, IntArray, SumArray

if TYPE_CHECKING:
    from align.text import JoinedText

BoolArray = npt.NDArray[np.bool_]

CONTEXT = 2 * REACH
"""Tokens from an edge that a correction at this edge looks at."""

_LONGEST_HEAD = 2 * REACH  # more changed tokens than this at an edge: encode directly


@dataclass(frozen=True, slots=True)
class SpanVectors:
    """The vectors of documents that lie one after the other, those of each from its offset on."""

    vectors: FloatArray
    offsets: IntArray

    @classmethod
    def of(cls, texts: Sequence[JoinedText], longest: int, dimension: int) -> SpanVectors:
        """Room for the vectors of documents."""
        offsets = np.cumsum([0, *(len(text.starts) for text in texts)])
        return cls(np.zeros((longest, int(offsets[-1]), dimension), dtype=np.float32), offsets)

    def by_document(self) -> list[FloatArray]:
        """The vectors of each document."""
        return [self.vectors[:, start:stop] for start, stop in pairwise(self.offsets.tolist())]


@dataclass(frozen=True, slots=True)
class DocumentTokens:
    """The tokens of one or several documents in a row, and how those of spans differ.

    Arrays have one entry a segment, but for the first two.

    Attributes:
        tokens: Their token ids.
        sizes: How many tokens each document has.
        alone: The token ids of each segment alone.
        starts: First token of the segment in the document.
        stops: Token after its last.
        given: How many tokens a span that starts here has that the document lacks …
        taken: … in place of how many of the document.
        stops_cleanly: Whether a span that stops here can be composed.
    """

    tokens: IntArray
    sizes: IntArray
    alone: Sequence[Sequence[int]]
    starts: IntArray
    stops: IntArray
    given: IntArray
    taken: IntArray
    stops_cleanly: BoolArray

    def bounds(self) -> tuple[IntArray, IntArray]:
        """Where the document of each segment begins and ends among the tokens."""
        ends = np.cumsum(self.sizes)
        # A segment without tokens at the end of a document may count for the next: it has none.
        which = np.searchsorted(ends, self.starts, side="right")
        which = np.minimum(which, len(ends) - 1)
        return (ends - self.sizes)[which], ends[which]

    @property
    def starts_cleanly(self) -> BoolArray:
        """Whether a span that starts here can be composed."""
        few = (self.given <= _LONGEST_HEAD) & (self.taken <= _LONGEST_HEAD)
        return np.asarray(self.stops_cleanly & few)

    def kept(self, first: IntArray, last: IntArray) -> IntArray:
        """How many tokens spans from segment `first` to `last` have in common with the document."""
        return np.asarray(self.stops[last] - self.starts[first] - self.taken[first])

    def composes(self, first: IntArray, last: IntArray) -> BoolArray:
        """For spans from segment `first` to `last`, whether composing them is exact."""
        clean = self.starts_cleanly[first] & self.stops_cleanly[last]
        # The edges must not see each other: each reaches as far as its context.
        return np.asarray(clean & (self.kept(first, last) >= CONTEXT))


@dataclass(frozen=True, slots=True)
class SpanParts:
    """What span vectors are composed of; every array has one row a segment.

    Attributes:
        document: The document.
        sums: Summed features of the segment's tokens in the document.
        heads: What to add to a span that starts here.
        tails: What to add to a span that stops here.
    """

    document: DocumentTokens
    sums: SumArray
    heads: SumArray
    tails: SumArray

    def compose(self, first: IntArray, last: IntArray) -> tuple[SumArray, IntArray]:
        """Summed features and token counts (marks included) of spans."""
        sums = self.heads[first] + self.tails[last]
        for offset in range(int((last - first).max(initial=-1)) + 1):
            within = first + offset <= last
            sums[within] += self.sums[first[within] + offset]
        return sums, self.document.kept(first, last) + self.document.given[first] + 2


def in_a_row(documents: Sequence[DocumentTokens]) -> DocumentTokens:
    """Several documents in a row."""
    if len(documents) == 1:
        return documents[0]
    sizes = np.concatenate([each.sizes for each in documents])
    before = np.cumsum(sizes) - sizes
    return DocumentTokens(
        np.concatenate([each.tokens for each in documents]),
        sizes,
        [ids for each in documents for ids in each.alone],
        np.concatenate([e.starts + at for e, at in zip(documents, before, strict=True)]),
        np.concatenate([e.stops + at for e, at in zip(documents, before, strict=True)]),
        np.concatenate([each.given for each in documents]),
        np.concatenate([each.taken for each in documents]),
        np.concatenate([each.stops_cleanly for each in documents]),
    )
