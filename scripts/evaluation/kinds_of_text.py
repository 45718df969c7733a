"""The kinds of text that the aligner learns from or is judged by, read and encoded."""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import track

from align.aligner.settings import AlignerSettings
from align.sides import side_of
from evaluation.dev_data import (
    GoldPair,
    bundled_corpora,
    guides,
    novels,
    ntrex_stories,
    of_kind,
    reviewed_pairs,
    textberg,
    within_text,
)
from evaluation.perturbations import varied_stories

if TYPE_CHECKING:
    from collections.abc import Callable

    from align.aligner.side import Side
    from align.encoders.base import Encoder

_REVIEWS = ("reviews",) if os.environ.get("ALIGN_REVIEWS") else ()

LEARNT = ("novels", "yearbooks", "guides", "news", *_REVIEWS)
"""The kinds that a fit learns from; news that was perturbed anew counts among the news, and what
people reviewed (`align review`) is a kind of its own where there is any."""

NEWS_SHARE = 4  # of the news, one story in so many is learnt from: more say nothing new
_STDERR = Console(stderr=True)

KINDS: dict[str, Callable[[], list[GoldPair]]] = {
    "novels": novels,
    "yearbooks": lambda: of_kind("yearbooks", [textberg()]),
    "guides": guides,
    "news": lambda: of_kind("news", ntrex_stories()),
    "varied": varied_stories,
    "articles": lambda: of_kind("articles", bundled_corpora()),
    **dict.fromkeys(_REVIEWS, reviewed_pairs),
}
"""What reads the pairs of each kind of text; the articles are ours, and never learnt from."""


@dataclass(frozen=True)
class Text:
    """A gold pair, encoded.

    Attributes:
        kind: The kind that it is learnt as, of `LEARNT`; or `articles`.
        pair: The pair.
        sides: Its source and its target.
    """

    kind: str
    pair: GoldPair
    sides: tuple[Side, Side]

    @property
    def is_learnt(self) -> bool:
        """Whether a fit learns from it: news in part, guides either with paragraphs or without."""
        if self.kind == "news":
            return zlib.crc32(self.pair.document.encode()) % NEWS_SHARE == 0
        if self.kind == "guides":
            name = f"{self.pair.target_language} {self.pair.document}"
            return (zlib.crc32(name.encode()) % 2 == 0) == (self.pair.paragraphs is not None)
        return self.kind in LEARNT


def encoded_texts(encoder: Encoder) -> list[Text]:
    """The pairs of all kinds, encoded."""
    pairs = [
        ("news" if name == "varied" else name, within_text(pair))
        for name, read in KINDS.items()
        for pair in read()
    ]
    longest = AlignerSettings().longest_side
    return [
        Text(kind, pair, _sides(pair, encoder, longest))
        for kind, pair in track(pairs, description="encoding", console=_STDERR)
    ]


def _sides(pair: GoldPair, encoder: Encoder, longest: int) -> tuple[Side, Side]:
    nothing = [0] * len(pair.source), [0] * len(pair.target)
    source, target = (
        side_of(texts, blocks, encoder, language=language, longest=longest)
        for texts, blocks, language in zip(
            (pair.source, pair.target),
            pair.paragraphs or nothing,
            (pair.source_language, pair.target_language),
            strict=True,
        )
    )
    return source, target
