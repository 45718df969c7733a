"""The aligners, each with its defaults, behind one signature: a pair and vectors in, beads out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evaluation.programs import align_pair, settings_for

from align.formats.indices import IndexBead

if TYPE_CHECKING:
    from evaluation.dev_data import GoldPair

    from benchmarking.vectors import Vectors

Guess = tuple[Iterable[Any], str]
"""Beads with a `source` and a `target`, and the signature of what made them, if it has one."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """An aligner.

    Attributes:
        align: Aligns a pair with the vectors it is given.
        layers: How long the runs are whose vectors it asks for: 0 where it embeds nothing.
        is_peer: Whether it asks for vectors of texts, one by one.
    """

    align: Callable[[GoldPair, Vectors], Guess]
    layers: int
    is_peer: bool = True


def _align(pair: GoldPair, vectors: Vectors) -> Guess:
    article = align_pair(pair, settings_for(vectors))
    [alignment] = article.alignments.values()
    return alignment, article.signature


def _galechurch(pair: GoldPair, _vectors: Vectors) -> Guess:
    import galechurch

    # Its guard against large blocks; we align large ones on purpose.
    cells = (len(pair.source) + 1) * (len(pair.target) + 1)
    result = galechurch.align(pair.source, pair.target, max_block_size=cells + 1)
    beads = [
        IndexBead(
            tuple(range(bead.source_start, bead.source_end)),
            tuple(range(bead.target_start, bead.target_end)),
        )
        for bead in result.beads
    ]
    return beads, ""


def _sentweave(pair: GoldPair, vectors: Vectors) -> Guess:
    import sentweave

    result = sentweave.align(pair.source, pair.target, vectors)  # anything with `encode` will do
    vectors.check()
    beads = [
        IndexBead(tuple(block.src_indices), tuple(block.tgt_indices)) for block in result.alignments
    ]
    return beads, ""


def _bertalign(pair: GoldPair, vectors: Vectors) -> Guess:
    import bertalign
    from bertalign import aligner

    class GivenVectors(bertalign.Encoder):  # type: ignore[misc]  # of another environment
        """Its encoder with another model: it takes an `Encoder` in place of a model's name."""

        def __init__(self) -> None:
            self.model, self.model_name = vectors, vectors.card.name

    # It insists on detecting languages and knows neither Arabic nor Japanese; we know them.
    languages = iter((pair.source_language, pair.target_language))
    aligner.detect_lang = lambda _text: next(languages)
    result = bertalign.Bertalign(
        "\n".join(pair.source), "\n".join(pair.target), is_split=True, model=GivenVectors()
    )
    vectors.check()
    beads = [IndexBead(tuple(source), tuple(target)) for source, target in result.align_sents()]
    return beads, ""


CONTESTANTS = {
    "align": Contestant(_align, layers=4, is_peer=False),
    "galechurch": Contestant(_galechurch, layers=0),
    "sentweave": Contestant(_sentweave, layers=8),
    "bertalign": Contestant(_bertalign, layers=4),
}
