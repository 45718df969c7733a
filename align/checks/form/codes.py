"""Inline codes of a bilingual file: tags and placeholders that the translation has to keep."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from align.checks.base import Check, register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from align.checks.base import Translation
    from align.codes import Code, Role
    from align.edition import Edition
    from align.findings import Finding, Severity
    from align.text import Span

# What says something of the text and is no code of the translated file.
_MARKERS = frozenset({"mrk", "hi", "sm", "em", "sub", "cp"})
_LONGEST_SHOWN = 40
_MOST_ORDERED = 60  # codes of a passage whose order is compared; each with each


@dataclass(frozen=True, slots=True)
class _Part:
    """A pair of codes, or one that stands for itself.

    Attributes:
        role: `open` for a pair.
        opening: The code, or the one that opens.
    """

    role: Role
    opening: Code

    @property
    def name(self) -> str:
        """What it is called in messages: its markup, else its element and number."""
        code = self.opening
        shown = code.native or f"<{code.element}{f' id={code.key}' if code.key else ''}>"
        shown = " ".join(shown.split())
        return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"


@register
class CodesCheck(Check):
    """Inline codes that are lost, added, moved or crossed.

    What:
        Files of translation tools keep the markup of the text as codes within it: `x`, `ph`, `g`,
        `bpt` and `ept`, `pc` and the like. A code of the source that the translation lacks, one
        that the source lacks, and pairs that cross or close before they open are warnings. A code
        that stands twice, and codes that come in another order than in the source, are notes.

    Why:
        A lost code is a lost link, picture or number in the finished document, and crossed ones
        can make it one that no program opens. Where the languages order their words otherwise,
        codes rightly move with them.

    Example:
        “There are {count} boats” → “Il y a des bateaux”, where {count} is a code.

    Silence:
        Put the code where it belongs, or accept the finding in the baseline.
    """

    name = "codes"
    subject = "form"
    rank = 5

    def find(self, translation: Translation) -> Iterator[Finding]:
        """Findings on the codes of each passage."""
        for passage in translation.passages:
            if not passage.is_aligned or not passage.target:
                continue
            source = _codes(translation.source, passage.bead.source)
            target = _codes(translation.target, passage.bead.target)
            if not source and not target:
                continue
            for severity, message in _differences(source, target):
                yield translation.finding(self.name, severity, passage, message, confidence=0.9)


def _codes(edition: Edition, segments: Span) -> list[Code]:
    return [
        code
        for index in segments
        for code in edition.segments[index].codes
        if code.element not in _MARKERS
    ]


def _differences(source: Sequence[Code], target: Sequence[Code]) -> Iterator[tuple[Severity, str]]:
    ours, theirs = _parts(source), _parts(target)
    matched = _matched(ours, theirs)
    lost = [part for place, part in enumerate(ours) if place not in matched]
    here = set(matched.values())
    added = [part for place, part in enumerate(theirs) if place not in here]
    for part, count in _counted(lost):
        yield "warning", f"the code “{part.name}” is missing{_times(count)}"
    known = {part.opening.native or part.opening.key for part in ours}
    for part, count in _counted(added):
        code = part.opening
        again = (code.native or code.key) in known or dict(code.attributes).get("copyOf")
        if again:
            yield "note", f"the code “{part.name}” stands once more than in the source"
        else:
            yield "warning", f"the source has no code “{part.name}”{_times(count)}"
    if not _crosses(source) and (crossed := _crosses(target)):
        yield "warning", crossed
    elif not lost and not added and _is_reordered(matched, ours, theirs):
        yield "note", "the codes come in another order than in the source"


def _times(count: int) -> str:
    return f" ({count} times)" if count > 1 else ""


def _counted(parts: Sequence[_Part]) -> Iterator[tuple[_Part, int]]:
    counts = Counter(part.name for part in parts)
    first = {part.name: part for part in reversed(parts)}
    return ((first[name], count) for name, count in counts.items())


def _parts(codes: Sequence[Code]) -> list[_Part]:
    """Pairs and codes that stand for themselves, in the order in which they begin.

    A code that closes is of a pair with one that opens, even one that comes too late.
    """
    parts: list[_Part] = []
    waiting: dict[tuple[str, str], list[int]] = {}  # for the other half, by role and key
    for code in codes:
        other = {"open": "close", "close": "open"}.get(code.role, "")
        if halves := waiting.get((other, code.key)):
            place = halves.pop()
            opening = code if code.role == "open" else parts[place].opening
            parts[place] = _Part("open", opening)
            continue
        if other:
            waiting.setdefault((code.role, code.key), []).append(len(parts))
        parts.append(_Part(code.role, code))
    return parts


_WAYS: tuple[Callable[[Code, Code], bool], ...] = (
    lambda one, other: one.key == other.key and one.native == other.native,
    lambda one, other: bool(one.native) and one.native == other.native,
    lambda one, other: bool(one.key) and one.key == other.key,
    lambda one, other: not (one.key and other.key) and not (one.native and other.native),
)
"""What makes two codes the same, the surest first: number and markup, either, or neither said."""


def _matched(ours: Sequence[_Part], theirs: Sequence[_Part]) -> dict[int, int]:
    """Which code of the translation is which of the source, by their places."""
    matched: dict[int, int] = {}
    free = dict(enumerate(theirs))
    for is_same in _WAYS:
        for place, part in enumerate(ours):
            if place in matched:
                continue
            found = next(
                (
                    other
                    for other, candidate in free.items()
                    if (candidate.role == "standalone") == (part.role == "standalone")
                    and is_same(part.opening, candidate.opening)
                ),
                None,
            )
            if found is not None:
                matched[place] = found
                del free[found]
    return matched


def _is_reordered(matched: dict[int, int], ours: Sequence[_Part], theirs: Sequence[_Part]) -> bool:
    """Whether codes that can be told apart come in another order."""
    order = [matched[place] for place in sorted(matched)][:_MOST_ORDERED]
    names = [(ours[place].opening.native, ours[place].opening.key) for place in sorted(matched)]
    return any(
        order[first] > order[second] and names[first] != names[second]
        for first, second in combinations(range(len(order)), 2)
    )


def _crosses(codes: Sequence[Code]) -> str:
    """What is wrong with the nesting of pairs; empty where nothing is."""
    keys = Counter(code.key for code in codes if code.role == "open")
    closing = Counter(code.key for code in codes if code.role == "close")
    paired = {key for key in keys if closing[key] == keys[key]}
    stack: list[str] = []
    for each in codes:
        if each.key not in paired or each.role == "standalone" or each.element == "it":
            continue
        if each.role == "open":
            stack.append(each.key)
        elif not stack or each.key not in stack:
            return f"the code “{_shown(each)}” closes before it opens"
        elif stack[-1] != each.key:
            return f"the codes of “{_shown(each)}” cross those of another pair"
        else:
            stack.pop()
    return ""


def _shown(code: Code) -> str:
    return _Part(code.role, code).name
