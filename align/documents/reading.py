"""Reads one edition's file, whatever its kind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from align.documents.cleaning import clean
from align.documents.decoding import KINDS_READ, decode, read_file
from align.documents.locating import located
from align.documents.text import parse_text
from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

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
    reader = READERS.get(path.suffix.lower(), _read_text if any_kind else None)
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


def _read_text(data: bytes, path: Path) -> Document:
    text = decode(data, path=path)
    return located(parse_text(text), text, "text")


def _read_markdown(data: bytes, path: Path) -> Document:
    from align.documents.markdown import parse_markdown

    text = decode(data, path=path)
    return located(parse_markdown(clean(text)), text, "markup")


def _read_html(data: bytes, path: Path) -> Document:
    from align.documents.html import declared_encoding, parse_html

    page = decode(data, path=path, declared=declared_encoding(data))
    return located(parse_html(page), page, "markup")


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

MARKUP_SUFFIXES = frozenset(suffix for suffix, reader in READERS.items() if reader != _read_text)
"""Those of files that have more in them than their text."""
