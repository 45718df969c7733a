"""A segment: an exact span of a document's text, the smallest thing that is aligned."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from align.codes import Code


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence, heading or caption.

    Attributes:
        text: The segment's text, exactly `document.text[start:stop]`; never starts or ends with
            white space, but a hard-wrapped source may have line breaks inside.
        start: Offset of its first character in the document's text.
        stop: Offset after its last character.
        block: Index of the block it lies in.
        codes: The inline codes that a bilingual file has in it, in its order.
    """

    text: str
    start: int
    stop: int
    block: int
    codes: tuple[Code, ...] = field(default=(), repr=False)
