"""Reading whole text files and opening inputs, with the errors a user can act on."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from abc import ABC, abstractmethod
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from align.address import must_be_no_address
from align.errors import InputError
from align.regular_files import MOST_BYTES, MOST_BYTES_STREAMED, must_be_regular

if TYPE_CHECKING:
    from collections.abc import Iterator

GZIP = b"\x1f\x8b"
"""What a file begins with that gzip packed."""

_MOST_UNPACKED = 64 * 2**20  # bytes that any packed file may come to
_MOST_TIMES = 200  # and how many times their size larger ones may; texts come to ten or twenty


@contextmanager
def open_for_reading(path: Path | str) -> Iterator[BinaryIO]:
    """Opens a file for reading bytes, unpacked where gzip packed it; `-` is standard input.

    Raises:
        InputError: If the file is absent, no regular file, larger than `MOST_BYTES_STREAMED`, or
            cannot be read; later, while it is read, if what was packed is broken or comes to far
            more than any text would.
    """
    if str(path) == "-":
        yield io.BufferedReader(_StandardInput())
        return
    must_be_regular(path)
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 - closed by the `with` below
    except FileNotFoundError:
        must_be_no_address(path)
        raise InputError("no such file", path=path) from None
    except IsADirectoryError:
        raise InputError("is a folder; name a file", path=path) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error
    except ValueError:  # a NUL in its name
        raise InputError("no such file", path=path) from None
    with stream:
        size = os.fstat(stream.fileno()).st_size
        if size > MOST_BYTES_STREAMED:
            raise _too_large(path, MOST_BYTES_STREAMED)
        if stream.peek(len(GZIP)).startswith(GZIP):
            yield io.BufferedReader(_Unpacked(stream, path))
        else:
            yield stream


def must_be_readable_twice(path: Path | str) -> None:
    """Refuses standard input, for what goes through a file more than once.

    Raises:
        InputError: If it is that.
    """
    if str(path) == "-":
        raise InputError("is standard input, which is gone once read; save it as a file", path=path)


class _Counted(io.RawIOBase, ABC):
    """What is read bit by bit, for nobody knows its size beforehand."""

    def __init__(self) -> None:
        self._size = 0

    @abstractmethod
    def _some(self, most: int) -> bytes:
        """Some of the bytes that come next; none where there are no more."""

    @abstractmethod
    def _must_not_be_too_much(self) -> None:
        """Refuses the bytes that were read so far, `_size` in all."""

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Reads some bytes, as `io.RawIOBase` has it.

        Raises:
            InputError: If they cannot be read, or come to too much.
        """
        data = self._some(len(buffer))
        self._size += len(data)
        self._must_not_be_too_much()
        buffer[: len(data)] = data
        return len(data)


class _StandardInput(_Counted):
    """Standard input, refused where more comes than is read of a file."""

    def _some(self, most: int) -> bytes:
        return cast("io.BufferedReader", sys.stdin.buffer).read1(most)

    def _must_not_be_too_much(self) -> None:
        if self._size > MOST_BYTES_STREAMED:
            raise _too_large("-", MOST_BYTES_STREAMED)


class _Unpacked(_Counted):
    """What gzip packed, refused where it is made to fill a disk or a memory."""

    def __init__(self, packed: BinaryIO, path: Path | str) -> None:
        super().__init__()
        self._packed = packed
        self._path = path
        self._unpacked = gzip.GzipFile(fileobj=packed)

    def _some(self, most: int) -> bytes:
        try:
            return self._unpacked.read(most)
        except (OSError, EOFError, zlib.error) as error:
            raise InputError(f"a broken gzip file: {error}", path=self._path) from None

    def _must_not_be_too_much(self) -> None:
        if self._size > _MOST_UNPACKED and self._size > _MOST_TIMES * self._packed.tell():
            raise InputError(
                f"unpacks to more than {_MOST_TIMES} times its size, which no text does; "
                "unpack it yourself if you trust it",
                path=self._path,
            )


def read_text(path: Path | str) -> str:
    """The text of a UTF-8 file, its byte order mark left out and its line ends made line feeds.

    Raises:
        InputError: If the file cannot be read, is larger than `MOST_BYTES`, or is not UTF-8.
    """
    with open_for_reading(path) as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise _too_large(path, MOST_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("is not UTF-8; save it as UTF-8", path=path, line=line) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decoded(data: bytes, path: Path | str) -> str:
    """The text of a file in UTF-8, UTF-16 or what office programs write, its line ends made one.

    Excel writes tables in UTF-16 or in the encoding of the computer's language.

    Raises:
        InputError: If it is no text.
    """
    from align.documents.decoding import decode

    text = decode(data, path=path)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def read_text_of_any_kind(path: Path | str) -> str:
    """The text of a file as `decoded` has it.

    Raises:
        InputError: If it cannot be read, is too large to be read at once, or is no text.
    """
    from align.documents.decoding import MAX_BYTES

    with open_for_reading(path) as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _too_large(path, MAX_BYTES)
    return decoded(data, path)


def _too_large(path: Path | str, limit: int) -> InputError:
    return InputError(
        f"has more than {limit // 2**20:,} MB, the limit; give it in parts", path=path
    )
