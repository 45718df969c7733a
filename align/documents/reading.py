"""Reads one edition's file, whatever its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.documents.cleaning import clean
from align.documents.decoding import KINDS_READ, decode, read_file
from align.documents.text import parse_text
from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from align.documents.model import Document


def read_document(path: Path) -> Document:
    """Reads a file and finds its blocks.

    Args:
        path: A plain text, Markdown or HTML file, told by its suffix.

    Returns:
        The document, with at least one block.

    Raises:
        InputError: If the file cannot be read, is of another kind, or holds no text.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"is of a kind that is not read; {KINDS_READ} are", path=path)
    try:
        document = reader(read_file(path), path)
    except InputError as error:
        if error.path is not None:
            raise
        raise InputError(error.message, path=path) from error  # parsers know no files
    if not document.blocks:
        raise InputError("holds no text", path=path)
    return document


def _read_text(data: bytes, path: Path) -> Document:
    return parse_text(decode(data, path=path))


def _read_markdown(data: bytes, path: Path) -> Document:
    from align.documents.markdown import parse_markdown

    return parse_markdown(clean(decode(data, path=path)))


def _read_html(data: bytes, path: Path) -> Document:
    from align.documents.html import declared_encoding, parse_html

    return parse_html(decode(data, path=path, declared=declared_encoding(data)))


READERS: dict[str, Callable[[bytes, Path], Document]] = {
    ".txt": _read_text,
    ".text": _read_text,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".xhtml": _read_html,
}
"""The reader for each suffix, the one place that knows which kinds of files are read."""
