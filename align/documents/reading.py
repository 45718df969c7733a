"""Reads one edition's file, whatever its kind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from align.documents.cleaning import clean
from align.documents.decoding import decode, read_file
from align.documents.registry import READERS, kinds_read
from align.errors import InputError
from align.regular_files import must_be_regular

if TYPE_CHECKING:
    from align.documents.model import Document


def read_document(path: Path | str, *, any_kind: bool = False) -> Document:
    """Reads a file and finds its blocks.

    Args:
        path: A plain text, Markdown or HTML file, told by its suffix.
        any_kind: Take a file with another suffix for plain text.

    Returns:
        The document, with at least one block.

    Raises:
        InputError: If the file cannot be read, is of another kind, or holds no text.
    """
    path = Path(path)
    must_be_regular(path)
    reader = READERS.of_ending(path.suffix) or (READERS["plain text"] if any_kind else None)
    if reader is None:
        raise InputError(f"is of a kind that is not read; {kinds_read()} are", path=path)
    try:
        document = reader.read(read_file(path), path)
    except InputError as error:
        if error.path is not None:
            raise
        raise InputError(error.message, path=path) from error  # parsers know no files
    if not document.blocks:
        raise InputError("holds no text", path=path)
    return document


def read_lines(path: Path | str) -> str:
    """Reads a file whose lines are segments already, whatever its kind.

    Returns:
        Its text as it was decoded, for `document_of_lines`, which cleans it line by line.

    Raises:
        InputError: If the file cannot be read, is no text, or holds none.
    """
    path = Path(path)
    must_be_regular(path)
    text = decode(read_file(path), path=path)
    if not clean(text).strip():
        raise InputError("holds no text", path=path)
    return text
