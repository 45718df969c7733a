"""The one family of errors that `align` raises on purpose.

Every message is one line that says where, what, and what to do; the command prints it and
exits with code 2. Anything else that escapes is a defect of `align` itself.
"""

from __future__ import annotations

from pathlib import Path


class AlignError(Exception):
    """Base of every error that `align` raises on purpose; `str()` is the one line to show."""


class InputError(AlignError):
    """Something the user gave cannot be used: a file, a folder, a language, a setting.

    Args:
        message: What is wrong and what to do about it, in one line.
        path: The file or folder it is about, if any.
        line: The line in that file, counted from 1, if known.

    >>> str(InputError("unknown language 'jp'; did you mean 'ja'?", path="corpus.toml", line=7))
    "corpus.toml:7: unknown language 'jp'; did you mean 'ja'?"
    """

    def __init__(
        self, message: str, *, path: str | Path | None = None, line: int | None = None
    ) -> None:
        self.message = message
        self.path = path
        self.line = line
        place = "" if path is None else f"{path}: " if line is None else f"{path}:{line}: "
        super().__init__(place + message)


class OutputError(AlignError):
    """A result cannot be written where the user wants it."""


class MissingExtraError(AlignError):
    """A part of `align` was asked for whose optional packages are not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs packages that are not installed; "
            f"run in a checkout of align: pip install '.[{extra}]'"
        )
