"""Reading whole text files and opening inputs, with the errors a user can act on."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from align.errors import InputError
from align.regular_files import MOST_BYTES, MOST_BYTES_STREAMED, must_be_regular

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def open_for_reading(path: Path | str) -> Iterator[BinaryIO]:
    """Opens a file for reading bytes; `-` is standard input.

    Raises:
        InputError: If the file is absent, no regular file, larger than `MOST_BYTES_STREAMED`, or
            cannot be read.
    """
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    must_be_regular(path)
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 - closed by the `with` below
    except FileNotFoundError:
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
        yield stream


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


def _too_large(path: Path | str, limit: int) -> InputError:
    return InputError(
        f"has more than {limit // 2**20:,} MB, the limit; give it in parts", path=path
    )
