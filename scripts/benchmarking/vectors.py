"""Gives every embedding-based contestant the vectors of our default encoder, and times that.

Peers ask for the vectors of texts: of all segments, then of all runs of two neighbouring ones, and
so on ("overlaps"), first of the source, then of the target. `Computed` encodes the texts as they
ask, which is what their users have to do. `Stored` hands over the same vectors from a file that
was composed beforehand; then only their alignment is timed.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import numpy as np

from align.sides import clauses_to_encode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt
    from evaluation.dev_data import GoldPair

    from align.encoders.base import Advance, Encoder
    from align.encoders.cards import ModelCard

    FloatArray = npt.NDArray[np.float32]

STORED_LAYERS = 8
"""Segments of the longest run whose vectors are stored."""

_PADDING, _BLANK = "PAD", "BLANK_LINE"  # what peers embed where there is no such run, or no text


class Vectors(ABC):
    """An encoder as contestants see one, for one pair of texts.

    Args:
        pair: The texts; the contestant asks for the source's vectors, then for the target's.
        card: Of our encoder.
        fingerprint: Of our encoder.
        layers: How long the runs are that the contestant asks for.
    """

    composes_spans = True
    """As the default encoder, whose vectors they are, does."""

    def __init__(self, pair: GoldPair, card: ModelCard, fingerprint: str, *, layers: int) -> None:
        self.card, self.fingerprint = card, fingerprint
        self.seconds = 0.0
        self._languages = pair.source_language, pair.target_language
        self._sizes = len(pair.source), len(pair.target)
        self._layers = layers
        self._texts_given = self._sides_given = 0

    def encode(self, texts: Sequence[str], **_options: object) -> FloatArray:
        """Vectors of texts; peers call it, with options of their own encoders."""
        started = time.perf_counter()
        of_source = self._layers * self._sizes[0]
        side = int(self._texts_given >= of_source)
        vectors = self._texts(texts, side, self._texts_given - side * of_source)
        self._texts_given += len(texts)
        self.seconds += time.perf_counter() - started
        return vectors

    def encode_spans(
        self,
        segments: Sequence[str],
        *,
        longest: int,
        language: str,
        advance: Advance | None = None,
    ) -> FloatArray:
        """Vectors of all spans of a side, or of its clauses one by one; `align` calls it."""
        started = time.perf_counter()
        if longest == 1 < self._layers:
            vectors = self._clauses(segments, self._sides_given - 1, language)
        else:
            vectors = self._spans(segments, self._sides_given, longest, language)
            self._sides_given += 1
        self.seconds += time.perf_counter() - started
        return vectors

    def check(self) -> None:
        """Checks that a peer asked for what it is known to ask for.

        Raises:
            RuntimeError: If not; its vectors may then have been those of other texts.
        """
        expected = self._layers * sum(self._sizes)
        if self._texts_given != expected:
            raise RuntimeError(f"asked for {self._texts_given} vectors instead of {expected}")

    @abstractmethod
    def _texts(self, texts: Sequence[str], side: int, start: int) -> FloatArray: ...

    @abstractmethod
    def _spans(
        self, segments: Sequence[str], side: int, longest: int, language: str
    ) -> FloatArray: ...

    @abstractmethod
    def _clauses(self, clauses: Sequence[str], side: int, language: str) -> FloatArray: ...


class Computed(Vectors):
    """Vectors computed by our encoder when they are asked for.

    Args:
        pair: As in `Vectors`.
        encoder: Our encoder.
        layers: As in `Vectors`.
    """

    def __init__(self, pair: GoldPair, encoder: Encoder, *, layers: int) -> None:
        super().__init__(pair, encoder.card, encoder.fingerprint, layers=layers)
        self._encoder = encoder

    def _texts(self, texts: Sequence[str], side: int, start: int) -> FloatArray:
        return self._encoder.encode(list(texts), language=self._languages[side])

    def _spans(self, segments: Sequence[str], side: int, longest: int, language: str) -> FloatArray:
        return self._encoder.encode_spans(segments, longest=longest, language=language)

    def _clauses(self, clauses: Sequence[str], side: int, language: str) -> FloatArray:
        return self._encoder.encode_spans(clauses, longest=1, language=language)


class Stored(Vectors):
    """Vectors read from the files of `store_vectors`; the texts may be beginnings of those there.

    Args:
        pair: As in `Vectors`.
        card: As in `Vectors`.
        fingerprint: As in `Vectors`.
        layers: As in `Vectors`.
        stem: The path that the files were stored under.
    """

    def __init__(
        self, pair: GoldPair, card: ModelCard, fingerprint: str, *, layers: int, stem: Path
    ) -> None:
        super().__init__(pair, card, fingerprint, layers=layers)
        self._files = [_file(stem, side) for side in (0, 1)]
        self._of_clauses = [_file(stem, side, "clauses") for side in (0, 1)]

    def _texts(self, texts: Sequence[str], side: int, start: int) -> FloatArray:
        size, stop = self._sizes[side], start + len(texts)
        vectors = np.empty((len(texts), self.card.dimension), np.float32)
        for layer in range(start // size, -(-stop // size)):
            low, high = max(start, layer * size), min(stop, (layer + 1) * size)
            vectors[low - start : high - start] = self._read(
                side, layer, low - layer * size, high - layer * size
            )
        return vectors

    def _spans(self, segments: Sequence[str], side: int, longest: int, language: str) -> FloatArray:
        size = len(segments)
        vectors = np.zeros((longest, size, self.card.dimension), np.float32)
        for layer in range(min(longest, size)):
            vectors[layer, : size - layer] = self._read(side, layer, layer, size)
        return vectors

    def _clauses(self, clauses: Sequence[str], side: int, language: str) -> FloatArray:
        count = len(clauses) * self.card.dimension
        vectors = np.fromfile(self._of_clauses[side], np.float32, count=count)
        return vectors.reshape(1, len(clauses), -1)

    def _read(self, side: int, layer: int, low: int, high: int) -> FloatArray:
        # Not mapped into memory: that would count as the contestant's.
        row = self.card.dimension * np.dtype(np.float32).itemsize
        rows = self._files[side].stat().st_size // row // STORED_LAYERS
        return np.fromfile(
            self._files[side],
            np.float32,
            count=(high - low) * self.card.dimension,
            offset=(layer * rows + low) * row,
        ).reshape(high - low, -1)


def store_vectors(pair: GoldPair, encoder: Encoder, stem: Path) -> None:
    """Writes the vectors of a pair's overlaps, composed by our encoder.

    Row i of layer k is the run of k + 1 segments that ends with segment i, joined by spaces
    whatever the language, as the peers join them.
    """
    for side, (segments, language) in enumerate(
        ((pair.source, pair.source_language), (pair.target, pair.target_language))
    ):
        spans = encoder.encode_spans(
            _converted([text.strip() or _BLANK for text in segments], language, encoder),
            longest=STORED_LAYERS,
            language="en",
        )
        padding = encoder.encode([_PADDING])
        with _file(stem, side).open("wb") as stream:
            for layer, vectors in enumerate(spans):
                pads = min(layer, len(segments))
                np.repeat(padding, pads, axis=0).tofile(stream)
                vectors[: len(segments) - pads].tofile(stream)
        encoder.encode_spans(clauses_to_encode(segments), longest=1, language=language).tofile(
            _file(stem, side, "clauses")
        )


def _converted(texts: list[str], language: str, encoder: Encoder) -> list[str]:
    """Texts in the script that the encoder wants, which goes by the language's own tag."""
    configuration = encoder.card.conversions.get(language)
    if not configuration:
        return texts
    from opencc import OpenCC

    converter = OpenCC(configuration)
    return [converter.convert(text) for text in texts]


def _file(stem: Path, side: int, what: str = "spans") -> Path:
    return stem.with_name(f"{stem.name}.{('source', 'target')[side]}.{what}.f32")
