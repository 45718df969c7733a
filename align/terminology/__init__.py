"""Key terms: which there are, how each is rendered in every edition, where renderings diverge."""

from align.terminology.model import (
    Mention,
    Occurrence,
    RenderedTerm,
    Rendering,
    Term,
    TermReport,
)
from align.text import Span

__all__ = [
    "Mention",
    "Occurrence",
    "RenderedTerm",
    "Rendering",
    "Span",
    "Term",
    "TermReport",
]
