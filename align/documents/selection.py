"""Which pieces of a web page are its article, given what an extractor found of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from align.documents.assembly import Piece
from align.documents.cleaning import clean

# Texts this long are the same where one begins or holds the other; shorter ones must be equal.
_LONG_ENOUGH = 40


def choose(
    pieces: Sequence[Piece],
    found: Sequence[str],
    *,
    title: str | None = None,
    linked_headings: Collection[str] = (),
) -> list[Piece]:
    """Chooses the pieces of a page that an extractor found to be its article.

    An extractor drops captions, some headings and repeated lines; they come back where they stand
    beside what it found.

    Args:
        pieces: All pieces of the page, in order.
        found: The texts of the article's pieces, squashed.
        title: The article's title, before which stands no heading of it.
        linked_headings: Squashed texts of headings that belong to other articles.
    """
    counts = Counter(found)
    beginnings = {text[:_LONG_ENOUGH] for text in found if len(text) >= _LONG_ENOUGH}
    whole = "\n".join(found)

    def is_found(text: str) -> bool:
        return text in counts or (
            len(text) >= _LONG_ENOUGH and (text[:_LONG_ENOUGH] in beginnings or text in whole)
        )

    texts = [squashed(piece.text) for piece in pieces]
    chosen = [is_found(text) for text in texts]
    on_page = Counter(texts)
    for index, text in enumerate(texts):
        # A refrain stands amid the article; what a side bar repeats of it stands alone.
        if chosen[index] and on_page[text] > counts[text] > 0:
            chosen[index] = any(chosen[max(index - 1, 0) : index] + chosen[index + 1 : index + 2])
    first = chosen.index(True) if any(chosen) else len(pieces)
    if title is not None and squashed(title) in texts[:first]:
        first = texts.index(squashed(title))
    for index in range(len(pieces) - 1, -1, -1):
        # A heading belongs to what follows it, a caption to what it stands beside.
        kind = pieces[index].kind
        before, after = index and chosen[index - 1], index + 1 < len(pieces) and chosen[index + 1]
        if (kind == "caption" and (before or after)) or (
            kind == "heading" and after and index >= first and texts[index] not in linked_headings
        ):
            chosen[index] = True
    return [piece for piece, is_chosen in zip(pieces, chosen, strict=True) if is_chosen]


def squashed(text: str) -> str:
    """The text without white space, which extractors change."""
    return "".join(clean(text).split())
