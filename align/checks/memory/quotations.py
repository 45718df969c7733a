"""What a text quotes: the words between quotation marks of any language."""

from __future__ import annotations

import regex

from align.text import Span

# Marks that open and close a quotation; German closes with what English opens with.
_QUOTATION = regex.compile(
    '“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|「([^「」]+)」|『([^『』]+)』|"([^"]+)"'
)
_EDGES = " \t\u00a0\u202f,.;:،。、，"


def quotations(text: str) -> list[Span]:
    """Where quotations stand in a text, without their marks and the commas beside them.

    >>> text = "“It rains,” she says."
    >>> [text[span.slice] for span in quotations(text)]
    ['It rains']
    """
    spans = []
    for match in _QUOTATION.finditer(text):
        group = match.lastindex or 0
        inside = match[group]
        start = match.start(group) + len(inside) - len(inside.lstrip(_EDGES))
        stop = match.start(group) + len(inside.rstrip(_EDGES))
        if start < stop:
            spans.append(Span(start, stop))
    return spans
