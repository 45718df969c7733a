"""Writing files whole or not at all."""

from __future__ import annotations

import codecs
import errno
import io
import os
import re
import secrets
import stat
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Literal, TextIO, overload

from align.address import address_in
from align.errors import InputError, OutputError
from align.file_locks import HAS_LOCKS, lock, lock_at_once
from align.written import RECORD, checksum, is_as_written, remember

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

Mode = Literal["w", "wb"]

_TEMPORARY = (".align-", ".tmp")
_NUMBER = re.compile("[0-9a-f]{16}")
_NAMES = "align.names"


def _named(error: UnicodeError) -> tuple[bytes, int]:
    """What stands for the bytes of a file's name that Python could not read in the user's locale.

    They are UTF-8 as a rule; if not, marks of what is unknown.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    name = error.object[error.start : error.end].encode("utf-8", "surrogatepass")
    with suppress(UnicodeEncodeError):
        name = error.object[error.start : error.end].encode("ascii", "surrogateescape")
    return name.decode("utf-8", "replace").encode(), error.end


codecs.register_error(_NAMES, _named)


class Output(str):
    """The name of a file that a user told a command to write.

    It is a name like any other to what writes formats. `open_for_writing` replaces a file of it
    only as `claimed` allows, and keeps a record of what it wrote (`align.written`).
    """

    __slots__ = ("force", "inputs", "is_text")

    def __new__(
        cls, name: str, inputs: Iterable[Path] = (), *, force: bool = False, is_text: bool = False
    ) -> Output:
        """Makes it.

        Args:
            name: The name; `-` is standard output.
            inputs: The files that are read.
            force: Whether what is there may be replaced, whoever wrote it.
            is_text: Whether what is written is a text that may be aligned in its turn.
        """
        made = super().__new__(cls, name)
        made.inputs, made.force, made.is_text = tuple(inputs), force, is_text
        return made

    inputs: tuple[Path, ...]
    force: bool
    is_text: bool

    def claimed(self) -> Output:
        """Refuses early what must not be replaced, and sweeps out what killed runs left there.

        Raises:
            InputError: If it is a file that is read, by its path, a link or a second name; or one
                that `align` did not write as it stands, is not empty, and `force` is not given.
        """
        if self == "-":
            return self
        path = Path(self)
        if any(_is_same(path, each) for each in self.inputs):
            raise InputError("is a text to be read; write to another file with -o", path=path)
        if not self.force:
            _must_be_ours(path)
        sweep(Path(os.path.realpath(path)).parent)
        return self


def beside(path: Path | str, place: Path) -> Path | Output:
    """A file that is written with another one, and replaced only as that one may be.

    Args:
        path: The file that was asked for.
        place: The other one.

    Returns:
        What to open for writing: an `Output`, where `path` is one.

    Raises:
        InputError: If it must not be replaced, see `Output.claimed`.
    """
    if not isinstance(path, Output):
        return place
    output = Output(str(place), path.inputs, force=path.force, is_text=path.is_text)
    return output.claimed()


def claim_folder(folder: Path | str, *, force: bool, is_shared: bool = True) -> None:
    """Refuses to write into a folder that others have files in and `align` has none.

    Args:
        folder: The folder; it need not be there.
        force: Whether to write into any.
        is_shared: Whether one that `align` wrote to before will do.

    Raises:
        InputError: If it is one, and `force` is not given.
        OutputError: If it is no folder, or cannot be looked into.
    """
    place = Path(folder)
    sweep(place)
    try:
        # What another run is just writing is not others'.
        is_others = any(not _is_temporary(each.name) for each in place.iterdir()) and not (
            is_shared and (place / RECORD).exists()
        )
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError(f"{place}: cannot be written to: {_reason(error)}") from error
    if is_others and not force:
        raise InputError(
            "is a folder with other files in it; --force writes into it, or name a new one with -o",
            path=place,
        )


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:  # one of them is not there
        return os.path.realpath(path) == os.path.realpath(other)


def _must_be_ours(path: Path) -> None:
    target = Path(os.path.realpath(path))
    try:
        found = target.stat()
        replaceable = not stat.S_ISREG(found.st_mode) or not found.st_size or is_as_written(target)
    except (FileNotFoundError, NotADirectoryError):
        return  # what is wrong with it, if anything, writing it will say
    except OSError as error:
        raise OutputError(f"{path}: cannot be read: {error.strerror}") from error
    if not replaceable:
        raise InputError(
            "is not as align wrote it; --force overwrites it, or choose another place with -o",
            path=path,
        )


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
        path: The file to write; an `Output` is replaced as it allows, and recorded.
        mode: `w` for UTF-8 text with line feeds on every system, `wb` for bytes.

    Raises:
        InputError: If an `Output` must not replace what is there.
        OutputError: If the file cannot be written: the place is not writable, the target is a
            folder, the disk is full. A reader of standard output that has gone away raises
            `BrokenPipeError` as usual, for that is no error of the output.
    """
    if str(path) == "-":
        return _standard_output(mode)
    return _file(Path(path), mode, path if isinstance(path, Output) else None)


@contextmanager
def _standard_output(mode: Mode) -> Iterator[IO[Any]]:
    with _reporting("standard output", of_block=True):
        sys.stdout.flush()
        if mode == "wb":
            yield sys.stdout.buffer
        else:
            text = io.TextIOWrapper(
                sys.stdout.buffer, encoding="utf-8", errors=_NAMES, newline="\n"
            )
            try:
                yield text
                text.flush()
            finally:
                text.detach()
        sys.stdout.buffer.flush()


@contextmanager
def _file(path: Path, mode: Mode, output: Output | None) -> Iterator[IO[Any]]:
    if address_in(path):
        raise OutputError(f"{address_in(path)}: is an address; results go to files")
    # A link keeps being a link: what it points to is replaced.
    target = Path(os.path.realpath(path))
    with _reporting(path):
        target.parent.mkdir(parents=True, exist_ok=True)
        permissions = _permissions(target)
        is_file = permissions is None or stat.S_ISREG(permissions)
        locked = None
        if is_file:
            written, stream, locked = _temporary(target.parent, mode)
        else:
            written, stream = target, _open(target, mode)
    try:
        with _reporting(path, of_block=True), stream:
            yield stream
        if is_file:
            with _reporting(path):
                if permissions is not None:
                    written.chmod(stat.S_IMODE(permissions))
                if output is not None:
                    if not output.force:
                        _must_be_ours(path)  # it may have been saved while we worked
                    remember(target, checksum(written), is_text=output.is_text)
                written.replace(target)
    finally:
        if is_file:
            written.unlink(missing_ok=True)
        if locked is not None:
            os.close(locked)


def _temporary(folder: Path, mode: Mode) -> tuple[Path, IO[Any], int | None]:
    """A new file to write to, with a handle that locks it as long as that is open, if any can.

    Whoever sweeps the folder takes a file for that of a dead process if it is not locked.
    """
    while True:
        path = folder / secrets.token_hex(8).join(_TEMPORARY)
        stream = _open(path, mode)
        if not HAS_LOCKS:
            return path, stream, None
        locked = os.dup(stream.fileno())
        try:
            lock(locked)
        except OSError:  # a file system without locks; nobody sweeps there
            os.close(locked)
            return path, stream, None
        if os.fstat(locked).st_nlink:
            return path, stream, locked
        os.close(locked)  # swept out between its making and its locking
        stream.close()


def _is_temporary(name: str) -> bool:
    begin, end = _TEMPORARY
    number = name.removeprefix(begin).removesuffix(end)
    return name == number.join(_TEMPORARY) and _NUMBER.fullmatch(number) is not None


def sweep(folder: Path) -> None:
    """Removes what dead processes left unfinished in a folder."""
    with suppress(OSError):
        for left in folder.iterdir():
            if _is_temporary(left.name):
                with suppress(OSError):
                    _remove_if_dead(left)


def _remove_if_dead(path: Path) -> None:
    if not HAS_LOCKS:
        path.unlink()  # where there are no such locks, a file that is open cannot be removed
        return
    if not stat.S_ISREG(path.lstat().st_mode):
        return
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        lock_at_once(handle)
        path.unlink()
    finally:
        os.close(handle)


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
    return path.open("w", encoding="utf-8", errors=_NAMES, newline="\n")


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
