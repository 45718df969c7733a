"""Writing files whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import secrets
import stat
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Literal, TextIO, overload

from align.address import address_in
from align.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

Mode = Literal["w", "wb"]


@overload
def open_for_writing(
    path: Path | str, mode: Literal["w"] = "w"
) -> AbstractContextManager[TextIO]: ...


@overload
def open_for_writing(path: Path | str, mode: Literal["wb"]) -> AbstractContextManager[BinaryIO]: ...


def open_for_writing(path: Path | str, mode: Mode = "w") -> AbstractContextManager[IO[Any]]:
    """Opens a file that appears under its name only once it is complete.

    What is written goes to a temporary file in the same folder, which takes the target's name
    when the `with` block ends and is removed when the block fails, so that nobody ever sees half
    a file and a failed run leaves the old file as it was. Folders that are missing are made.
    `-` is standard output; devices and pipes are written directly.

    Args:
        path: The file to write.
        mode: `w` for UTF-8 text with line feeds on every system, `wb` for bytes.

    Raises:
        OutputError: If the file cannot be written: the place is not writable, the target is a
            folder, the disk is full. A reader of standard output that has gone away raises
            `BrokenPipeError` as usual, for that is no error of the output.
    """
    if str(path) == "-":
        return _standard_output(mode)
    return _file(Path(path), mode)


@contextmanager
def _standard_output(mode: Mode) -> Iterator[IO[Any]]:
    with _reporting("standard output", of_block=True):
        sys.stdout.flush()
        if mode == "wb":
            yield sys.stdout.buffer
        else:
            text = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
            try:
                yield text
                text.flush()
            finally:
                text.detach()
        sys.stdout.buffer.flush()


@contextmanager
def _file(path: Path, mode: Mode) -> Iterator[IO[Any]]:
    if address_in(path):
        raise OutputError(f"{address_in(path)}: is an address; results go to files")
    # A link keeps being a link: what it points to is replaced.
    target = Path(os.path.realpath(path))
    with _reporting(path):
        target.parent.mkdir(parents=True, exist_ok=True)
        permissions = _permissions(target)
        is_file = permissions is None or stat.S_ISREG(permissions)
        written = target.parent / f".align-{secrets.token_hex(8)}.tmp" if is_file else target
        stream = _open(written, mode)
    try:
        with _reporting(path, of_block=True), stream:
            yield stream
        if is_file:
            with _reporting(path):
                if permissions is not None:
                    written.chmod(stat.S_IMODE(permissions))
                written.replace(target)
    finally:
        if is_file:
            written.unlink(missing_ok=True)


@contextmanager
def _reporting(place: Path | str, *, of_block: bool = False) -> Iterator[None]:
    """Turns errors of the system into `OutputError`.

    In the caller's block only those without a file name are of the output: that is how a failed
    write looks, whereas a named file is one that the block itself tried to open.
    """
    try:
        yield
    except OSError as error:
        if of_block and (error.filename is not None or isinstance(error, BrokenPipeError)):
            raise
        raise OutputError(f"{place}: cannot be written: {_reason(error)}") from error


def _open(path: Path, mode: Mode) -> IO[Any]:
    # A fresh file made by open() has the permissions that the user's umask gives every file.
    if mode == "wb":
        return path.open("wb")
    return path.open("w", encoding="utf-8", newline="\n")


def _permissions(target: Path) -> int | None:
    """The mode of a target that exists, refused where an ordinary write would be."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    return mode


def _reason(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "a file stands where a folder of its path should be"
    return error.strerror or str(error)
