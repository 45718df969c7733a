"""Several terms in one cell of a table: `a | b`, `a; b`, `a / b` and `a/b`."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"\\(?P<literal>[\\|;/；／])|(?P<mark>[|;；／]|(?<=\s)/(?=\s))|(?P<slash>/)|"
    r"(?P<text>[^\\|;/；／]+|\\)"
)
_MARK = re.compile(r"[\\|;/；／]")


def alternatives(cell: str) -> list[str]:
    r"""The terms in a cell.

    A slash without spaces parts only what can stand alone: words of three letters or more (two
    in scripts other than Latin) that are not all capitals, so that `km/h`, `and/or` and `TCP/IP`
    stay whole. A backslash before a mark makes it part of the term.

    >>> alternatives("colour/color; hue"), alternatives("TCP/IP"), alternatives(r"either\; or")
    (['colour', 'color', 'hue'], ['TCP/IP'], ['either; or'])
    """
    terms: list[str] = []
    parts = [""]  # of the term at hand, at its slashes
    for token in _TOKEN.finditer(cell):
        if token["mark"]:
            terms += _terms(parts)
            parts = [""]
        elif token["slash"]:
            parts.append("")
        else:
            parts[-1] += token["literal"] or token["text"]
    terms += _terms(parts)
    return [term for each in terms if (term := each.strip())]


def as_one(term: str) -> str:
    r"""A term as a cell that holds no other.

    >>> as_one("TCP/IP"), as_one("either; or")
    ('TCP/IP', 'either\\; or')
    """
    if alternatives(term) == [term]:
        return term
    return _MARK.sub(lambda mark: "\\" + mark[0], term)


def _terms(parts: list[str]) -> list[str]:
    return parts if all(map(_stands_alone, parts)) else ["/".join(parts)]


def _stands_alone(part: str) -> bool:
    letters = sum(map(str.isalpha, part))
    return letters >= (3 if part.isascii() else 2) and not part.isupper()
