"""What aligns a gold pair: `align` as a user would call it, with other parameters, and others.

Each is called with a pair and an encoder and gives its beads. `Remembering` hands all of them the
same vectors, computed once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import plain_program

import align
from align.aligner.aligner import align_sides
from align.aligner.parameters import read_parameters, shipped_parameters
from align.aligner.side import ENCODED_LENGTH
from align.edition_aligner import rounded
from align.pipeline import TextPair
from align.sides import side_of
from evaluation.sets import IN_NO_FIT, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    from align.aligner.parameters import Parameters
    from align.beads import Alignment, Bead
    from align.encoders.base import Advance, Encoder
    from align.formats.indices import IndexBead
    from evaluation.dev_data import GoldPair

    FloatArray = npt.NDArray[np.float32]
    Program = Callable[[GoldPair, Encoder], Iterable[Bead | IndexBead]]


class Remembering:
    """An encoder that encodes the texts of a pair once, whatever is asked of it how often.

    Args:
        encoder: What encodes them.
        longest: Segments of the longest spans that will be asked for.
    """

    def __init__(self, encoder: Encoder, longest: int) -> None:
        self.card, self.fingerprint = encoder.card, encoder.fingerprint
        self.composes_spans = encoder.composes_spans
        self._encoder, self._longest = encoder, longest
        self._texts: tuple[tuple[str, ...], ...] = ()
        self._spans: dict[tuple[str, bool, tuple[str, ...]], FloatArray] = {}

    def keep(self, pair: GoldPair) -> None:
        """Lets go of all vectors but those of this pair's texts."""
        if self._texts != (pair.source, pair.target):
            self._texts = pair.source, pair.target
            self._spans.clear()

    def encode(self, texts: Sequence[str], *, language: str | None = None) -> FloatArray:
        """Vectors of texts, which are not remembered; see `Encoder.encode`."""
        return self._encoder.encode(texts, language=language)

    def encode_spans(
        self,
        segments: Sequence[str],
        *,
        longest: int,
        language: str,
        advance: Advance | None = None,
    ) -> FloatArray:
        """Vectors of spans; see `Encoder.encode_spans`."""
        # Clauses are asked for one by one, and never again as spans.
        several = longest > 1
        key = language, several, tuple(segments)
        if key not in self._spans or len(self._spans[key]) < longest:
            length = max(self._longest, longest) if several else 1
            self._spans[key] = self._encoder.encode_spans(
                segments, longest=length, language=language, advance=advance
            )
        return self._spans[key][:longest]


def as_texts(gold: GoldPair) -> TextPair:
    """A gold pair's lines as `Aligner.pairs` takes them, a segment a line."""
    return TextPair(
        gold.document,
        "\n".join(gold.source),
        "\n".join(gold.target),
        gold.source_language,
        gold.target_language,
        segmented=True,
    )


def align_pair(gold: GoldPair, settings: align.Settings) -> align.AlignedArticle:
    """Aligns a gold pair's lines as a user would."""
    return align.pair(
        "\n".join(gold.source) + "\n",
        "\n".join(gold.target) + "\n",
        source_language=gold.source_language,
        target_language=gold.target_language,
        segmented=True,
        settings=settings,
    )


@dataclass(frozen=True, slots=True)
class Ours:
    """`align`, by its defaults.

    Attributes:
        parameters: What it is to go by instead of the parameters it comes with.
    """

    parameters: Parameters | None = None

    def __call__(self, pair: GoldPair, encoder: Encoder) -> Alignment:
        """Aligns a pair."""
        if self.parameters is None and pair.paragraphs is None:
            article = align_pair(pair, settings_for(encoder))
            return article.alignments[pair.target_language]
        # `align.pair` has no paragraphs for lines, and no other parameters, but strips every line.
        nowhere = [0] * len(pair.source), [0] * len(pair.target)
        source, target = (
            side_of(
                [text.strip() for text in texts],
                paragraphs,
                encoder,
                language=language,
                longest=ENCODED_LENGTH,
            )
            for texts, paragraphs, language in zip(
                (pair.source, pair.target),
                pair.paragraphs or nowhere,
                (pair.source_language, pair.target_language),
                strict=True,
            )
        )
        parameters = self.parameters or shipped_parameters(encoder.card.parameters)
        return rounded(align_sides(source, target, parameters, settings=align.AlignerSettings()))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """`align` by fits that left a kind of text out, each pair by that without its own kind.

    Attributes:
        folder: Where the fits are.
        whole: What is asked about the kinds that no fit has seen.
    """

    folder: Path
    whole: Ours

    def __call__(self, pair: GoldPair, encoder: Encoder) -> Alignment:
        """Aligns a pair."""
        kind = kind_of(pair)
        ours = self.whole if kind in IN_NO_FIT else Ours(_read(self.file(kind)))
        return ours(pair, encoder)

    def file(self, kind: str) -> Path:
        """The fit that left a kind out."""
        return self.folder / f"without-{kind}.toml"


def align_plainly(pair: GoldPair, encoder: Encoder) -> list[IndexBead]:
    """Aligns a pair by the plain program."""
    source, target = (
        encoder.encode_spans(texts, longest=plain_program.LONGEST, language=language)
        for texts, language in (
            (pair.source, pair.source_language),
            (pair.target, pair.target_language),
        )
    )
    lengths = [len(text) for text in pair.source], [len(text) for text in pair.target]
    return plain_program.align_plainly(source, target, lengths)


def settings_for(encoder: Encoder) -> align.Settings:
    """The settings that texts are aligned by here: all but the encoder are defaults."""
    return align.Settings(encoder=encoder, allow_uncovered=True)


_read = cache(read_parameters)
