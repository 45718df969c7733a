"""The one family of errors that `align` raises on purpose.

Every message is one line that says where, what, and what to do; the command prints it and
exits with code 2. Anything else that escapes is a defect of `align` itself.
"""

from __future__ import annotations

import re
from pathlib import Path

_LONGEST = 600
"""Characters of the longest message; what is cut out of a longer one is its middle."""

_NOT_OF_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Terminals show what follows in the order that these say.
_TURNS_THE_LINE = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def one_line(message: str) -> str:
    r"""A message as it is shown: one line, which no control character moves, and no screenful.

    Controls of direction, by which a name can look like another one, are shown as escapes.

    >>> one_line("unknown check 'a\nb'"), len(one_line("a" * 10_000))
    ("unknown check 'a b'", 600)
    >>> one_line("no such file: a\u202egpj.exe")
    'no such file: a\\u202egpj.exe'
    """
    line = _NOT_OF_A_LINE.sub(" ", message)
    line = _TURNS_THE_LINE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
    if len(line) <= _LONGEST:
        return line
    half = _LONGEST // 2
    return f"{line[: half - 1]} … {line[2 - half :]}"


class AlignError(Exception):
    """Base of every error that `align` raises on purpose; `str()` is the one line to show."""

    def __str__(self) -> str:
        return one_line(super().__str__())


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
