"""What the parts of `align` say of themselves, as text: the docstrings that they have anyway."""

from __future__ import annotations

import re
from dataclasses import dataclass
from inspect import cleandoc

_SECTION = re.compile(r"^(\w+):[ \t]*$", re.MULTILINE)
_ABBREVIATION = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Documentation:
    """What `align check --explain` and the pages of checks say of one.

    Attributes:
        summary: What it finds, in half a line for `--list`.
        what: What is compared and what is reported, with the severities.
        why: Why a reviewer should care, and what it leaves alone on purpose.
        example: A source, a translation and what is said of them.
        silence: How to keep it quiet where it is wrong.
    """

    summary: str
    what: str
    why: str
    example: str
    silence: str


def sections_of(*docstrings: str | None) -> dict[str, str]:
    r"""The sections of docstrings, each in one line, what stands before the first as `Summary`.

    >>> sections_of("Reads it.\n\nDropped:\n    Comments\n    and dates.")
    {'Summary': 'Reads it.', 'Dropped': 'Comments and dates.'}
    """
    parts: dict[str, list[str]] = {}
    for docstring in docstrings:
        summary, *sections = _SECTION.split(cleandoc(docstring or ""))
        parts.setdefault("Summary", []).append(summary)
        for head, text in zip(sections[::2], sections[1::2], strict=True):
            parts.setdefault(head, []).append(text)
    return {
        head: " ".join(words for text in texts if (words := " ".join(text.split())))
        for head, texts in parts.items()
    }


def documentation_of(*docstrings: str | None) -> Documentation:
    r'''What docstrings say, the first of them in its own words, the others going on where it ends.

    Args:
        docstrings: Each has a summary, in its first line, and some of the sections `What:`, `Why:`,
            `Example:` and `Silence:`. None and one that is missing say nothing (`python -OO`
            leaves them out).

    >>> said = documentation_of("""Lost brackets.
    ...
    ...     What:
    ...         Brackets without
    ...         counterpart.
    ...     """, "Of any check.\n\nWhat:\n    It is a note.\n")
    >>> said.summary, said.what, said.why
    ('lost brackets', 'Brackets without counterpart. It is a note.', '')
    '''
    said = sections_of(*docstrings)
    summary = sections_of(*docstrings[:1])["Summary"].removesuffix(".") if docstrings else ""
    return Documentation(
        summary=summary if _ABBREVIATION.match(summary) else summary[:1].lower() + summary[1:],
        what=said.get("What", ""),
        why=said.get("Why", ""),
        example=said.get("Example", ""),
        silence=said.get("Silence", ""),
    )
