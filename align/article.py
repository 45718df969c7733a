"""An aligned article: its editions, how each is aligned with the pivot, and the units of all.

This is what `align.build` returns, what the alignment file holds, and what every export reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.languages import join_segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from align.beads import Alignment
    from align.documents.model import Document
    from align.segmentation.model import Segment
    from align.units import TranslationUnit


@dataclass(frozen=True, slots=True)
class Edition:
    """One language's text of the article, cut into segments.

    Attributes:
        language: BCP 47 tag, normalised (`zh-Hans`, not `zh-CN`).
        document: The text and its blocks.
        segments: The segments, in the order of the text.
        file: The name of the file it was read from, relative to the folder, if any.
        address: Where the edition was published, if known.
    """

    language: str
    document: Document
    segments: tuple[Segment, ...]
    file: str | None = None
    address: str | None = None

    def text_of(self, segments: Iterable[int]) -> str:
        """The text of some segments, joined as the language joins sentences, white space single."""
        return join_segments((self.segments[index].text for index in segments), self.language)


@dataclass(frozen=True, slots=True)
class AlignedArticle:
    """An article in several languages with its alignments and translation units.

    Attributes:
        name: Short name, used for the files written (the folder's name).
        title: The article's title.
        licence: The licence of the text, if the corpus states one.
        pivot: Language of the edition that all others are aligned to.
        editions: The editions by language, the pivot first.
        alignments: For each language but the pivot, its alignment; the pivot is the source.
        units: The alignments joined through the pivot, in the order of the pivot text.
        min_confidence: Beads below it join no unit and stay out of translation memories.
        signature: Version, encoder and settings that made it, so that figures can be reproduced.
    """

    name: str
    title: str
    licence: str | None
    pivot: str
    editions: Mapping[str, Edition]
    alignments: Mapping[str, Alignment]
    units: tuple[TranslationUnit, ...]
    min_confidence: float
    signature: str
