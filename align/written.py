"""What `align` wrote: a record beside its files tells them from the user's.

`.align-written.json` has a line for each file: its name and the checksum of what was written. A
line is added before the file takes its name, and none is taken away then, so that whatever a kill
or a full disk leaves, the old file or the new one, is known; and what several runs add at once
does not get lost.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import stat
from functools import partial
from pathlib import Path

RECORD = ".align-written.json"
"""The name of the record, in the folder of the files."""

_LARGEST = 4 * 2**20  # bytes of a record; one that is larger starts anew
_GENERATOR = re.compile(rb'<meta name="generator" content="align[ "]')
_START = 2048
_TEXT = "text:"
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def is_as_written(path: Path) -> bool:
    """Whether a file is as `align` wrote it, by the record beside it.

    Raises:
        OSError: If the file cannot be read.
    """
    content = checksum(path)  # first: a run that replaces the file meanwhile adds to the record
    return content in {each.removeprefix(_TEXT) for each in _known(path)}


def is_result(path: Path) -> bool:
    """Whether a file is a page, a report or a table that `align` wrote, and no text to be aligned.

    What cannot be read is none. A page says itself who made it, wherever it was moved.
    """
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            if _GENERATOR.search(stream.read(_START)):
                return True
        return (path.parent / RECORD).exists() and checksum(path) in _known(path)
    except OSError:
        return False


def remember(path: Path, content: str, *, is_text: bool = False) -> None:
    """Adds a file to the record; where none can be kept, the next run will ask for `--force`.

    Args:
        path: The file as it will be called.
        content: The checksum of what it will hold.
        is_text: Whether it is a text, which may be aligned in its turn.

    Raises:
        OSError: If the disk is full.
    """
    content = _TEXT + content if is_text else content
    if content in _known(path):
        return
    record = path.parent / RECORD
    line = json.dumps({path.name: content})
    if record.is_symlink():  # somebody else's file must not grow
        return
    try:
        if record.exists() and record.stat().st_size > _LARGEST:
            record.unlink()
        # One write at the end of the file is whole though others write there; and what a full
        # disk left of a line ends before the next begins.
        handle = os.open(record, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _NEVER_WAIT, 0o666)
        try:
            added = f"\n{line}\n".encode()
            if os.write(handle, added) < len(added):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno in _FULL:
            raise


def checksum(path: Path) -> str:
    """The SHA-256 of what a file holds, in hexadecimal digits.

    Raises:
        OSError: If it cannot be read.
    """
    found = hashlib.sha256()
    with path.open("rb") as stream:
        for piece in iter(partial(stream.read, 2**20), b""):
            found.update(piece)
    return found.hexdigest()


_NEVER_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


def _known(path: Path) -> set[str]:
    """The checksums that the record has of a file."""
    try:
        record = path.parent / RECORD
        if not stat.S_ISREG(record.lstat().st_mode):
            return set()
        lines = record.read_bytes()[: 2 * _LARGEST].split(b"\n")
    except OSError:
        return set()
    known = set()
    for line in lines:
        try:  # whatever stands around what a line says: earlier records had all lines in one pair
            row = json.loads(b"{" + line.strip(b" ,{}\r") + b"}")
        except (ValueError, RecursionError):
            continue
        value = row.get(path.name)
        if isinstance(value, str):
            known.add(value)
    return known
