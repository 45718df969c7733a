"""What is read: regular files alone, for a pipe may hang and a device never ends."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from align.errors import InputError

MOST_BYTES = 256 * 2**20
"""Size of the largest file that is read whole: a table of terms, an alignment file, a baseline."""

MOST_BYTES_STREAMED = 4 * 2**30
"""Size of the largest file that is read bit by bit: a translation memory, a termbase in TBX."""


def must_be_regular(path: Path | str) -> None:
    """Refuses a pipe, a socket and a device; what is not there is for the reader to say.

    Raises:
        InputError: If it is one.
    """
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - a path may be text that makes no path
    except (OSError, ValueError):
        return
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise InputError("is a pipe or a device; save what it gives as a file", path=path)
