"""Reads one edition's file, whatever its kind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from align.address import must_be_no_address
from align.documents.cleaning import clean
from align.documents.decoding import decode, in_utf8, read_file
from align.documents.kinds import reader_of
from align.errors import InputError
from align.regular_files import must_be_regular

if TYPE_CHECKING:
    from align.documents.model import Document


def read_document(
    path: Path | str, *, any_kind: bool = False, encoding: str | None = None
) -> Document:
    """Reads a file and finds its blocks.

    Args:
        path: A file of a kind that is read, told by how it begins and by its name.
        any_kind: Take a file whose name says nothing of its kind for plain text.
        encoding: What the text is encoded in, where it does not tell by itself.

    Returns:
        The document, with at least one block.

    Raises:
        InputError: If the file cannot be read, is of another kind, or holds no text.
    """
    must_be_no_address(path)
    path = Path(path)
    must_be_regular(path)
    reader = reader_of(path, any_kind=any_kind)
    try:
        data = read_file(path)
        document = reader.read(in_utf8(data, encoding) if encoding else data, path)
    except InputError as error:
        if error.path is not None:
            raise
        # Parsers know no files.
        raise InputError(error.message, path=path, line=error.line) from error
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
    text = decode(read_file(path), path=path)
    if not clean(text).strip():
        raise InputError("holds no text", path=path)
    return text
