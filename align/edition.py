"""An edition: one language's text of an article, cut into segments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.languages import join_segments

if TYPE_CHECKING:
    from align.documents.model import Document
    from align.segmentation.model import Segment


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
