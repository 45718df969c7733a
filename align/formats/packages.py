"""Packages: office documents and books, whose bytes follow from what is put into them."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from align.errors import InputError
from align.formats.atomic import open_for_writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DATE = (1980, 1, 1, 0, 0, 0)  # the first that zip knows; when an entry was made says nothing
_UNIX = 3
_MODE = 0o100644 << 16  # a file that everybody may read


class Package:
    """A zip archive that is being written, an entry after the other."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive

    def add(self, name: str, content: bytes, *, packed: bool = True) -> None:
        """Adds an entry.

        Args:
            name: Its name, with `/` between folders.
            content: What it holds.
            packed: Whether it is packed; what tells the kind of a package is not.
        """
        self._archive.writestr(_entry(name, packed=packed), content)

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Opens a new entry, to be written bit by bit.

        Raises:
            InputError: If it grows larger than an entry can be.
        """
        stream = self._archive.open(_entry(name), "w")
        try:
            yield stream
        finally:
            try:
                stream.close()
            except RuntimeError as error:  # so zipfile says it
                raise InputError("is larger than 2 GB written so; write another format") from error


@contextmanager
def open_package(path: Path | str) -> Iterator[Package]:
    """Opens a zip archive that appears under its name once it is complete; `-` is standard output.

    The same entries make the same bytes, at any time and on any system.

    Raises:
        OutputError: If the file cannot be written.
    """
    content = io.BytesIO()  # an archive is written in jumps, which a pipe does not take
    with ZipFile(content, "w") as archive:
        yield Package(archive)
    with open_for_writing(path, "wb") as stream:
        stream.write(content.getbuffer())


def _entry(name: str, *, packed: bool = True) -> ZipInfo:
    entry = ZipInfo(name, _DATE)
    entry.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
    entry.create_system, entry.external_attr = _UNIX, _MODE
    return entry
