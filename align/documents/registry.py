"""The kinds of files that are read as documents, each registered by the module that reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.registry import Readers

if TYPE_CHECKING:
    from align.documents.model import Document

READERS: Readers[Document] = Readers("align.documents")
"""What makes a file a document; called with what the file holds and its path, for messages."""


def kinds_read() -> str:
    """The kinds of files that are read, for messages.

    >>> "HTML (.html), " in kinds_read() and "plain text (.txt)" in kinds_read()
    True
    """
    *kinds, last = (f"{each.name} ({each.endings[0]})" for each in READERS.values())
    return f"{', '.join(kinds)} and {last}" if kinds else last
