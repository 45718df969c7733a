"""A zip archive that holds one document, as mail and archives of the web have them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from align.documents.archives import Archive
from align.documents.corpus import language_of_name
from align.documents.registry import READERS
from align.errors import InputError

if TYPE_CHECKING:
    from align.documents.model import Document

_ENDING = ".zip"
_LEFT_BY_PROGRAMS = ("__MACOSX/", ".")


@READERS.register("ZIP", endings=(_ENDING,))
def read_zip(data: bytes, path: Path) -> Document:
    """Makes what a file holds a document: it is an archive with one document in it.

    Read:
        The one document, by the ending of its name. `align build` takes an archive with all
        editions as it takes a folder.

    Dropped:
        What is of no kind that is read. An archive within the archive is not opened.

    Places:
        Those of the document.
    """
    archive = Archive(data, "a ZIP archive")
    entries = [name for name in archive.names if _is_document(name)]
    if not entries:
        raise InputError("holds no document of a kind that is read")
    if len(entries) > 1:
        some = ", ".join(f"'{name}'" for name in entries[:3])
        raise InputError(
            f"holds {len(entries)} documents ({some}{', …' if len(entries) > 3 else ''}); "
            "name one of them unpacked, or have `align build` read the archive as a folder"
        )
    entry = Path(PurePosixPath(entries[0]).name)
    reader = READERS.of_ending(entry.suffix)
    if reader is None:  # it was chosen by its ending
        raise InputError("holds no document of a kind that is read")
    try:
        document = reader.read(archive.read(entries[0]), entry)
    except InputError as error:
        raise InputError(f"'{entries[0]}' {error.message}", line=error.line) from error
    return replace(document, language=language_of_name(entry) or document.language)


def _is_document(name: str) -> bool:
    path = PurePosixPath(name)
    is_left = name.startswith(_LEFT_BY_PROGRAMS[0]) or path.name.startswith(_LEFT_BY_PROGRAMS[1])
    return not is_left and path.suffix.lower() in set(READERS.endings) - {_ENDING}
