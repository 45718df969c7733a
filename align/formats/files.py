"""Reading whole text files and opening inputs, with the errors a user can act on."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from align.address import must_be_no_address
from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def open_for_reading(path: Path | str) -> Iterator[BinaryIO]:
    """Opens a file for reading bytes; `-` is standard input.

    Raises:
        InputError: If the file is absent, is a folder, or cannot be read.
    """
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 - closed by the `with` below
    except FileNotFoundError:
        must_be_no_address(path)
        raise InputError("no such file", path=path) from None
    except IsADirectoryError:
        raise InputError("is a folder; name a file", path=path) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error
    with stream:
        yield stream


def read_text(path: Path | str) -> str:
    """The text of a UTF-8 file, its byte order mark left out and its line ends made line feeds.

    Raises:
        InputError: If the file cannot be read or is not UTF-8.
    """
    with open_for_reading(path) as stream:
        data = stream.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("is not UTF-8; save it as UTF-8", path=path, line=line) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
