"""Marks that come in pairs: which of a run of texts have no counterpart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from align.checks.base import Translation
    from align.edition import Edition
    from align.passages import Passage

_NEXT = 3
_DEEPEST = 100  # marks that are open at once, among which a closing one looks for its own
"""Passages within which a pair has to be closed."""


@dataclass(frozen=True, slots=True)
class Lone:
    """A mark of a pair whose counterpart is missing.

    Attributes:
        passage: Index, within its run of passages, of the one that it stands in.
        offset: Where in that passage's text it stands.
        mark: The mark.
        opens: Whether it is the opening one.
    """

    passage: int
    offset: int
    mark: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Pairs:
    """Marks that come in pairs in one language.

    Attributes:
        pairs: Two characters each, the opening one first.
        is_mark: Tells whether the character at an offset of a text is such a mark at all.
        by_number: Whether they are paired in a passage if their number is even.
    """

    pairs: Sequence[str]
    is_mark: Callable[[str, int], bool]
    by_number: bool = False

    def lone(self, texts: Sequence[str]) -> list[Lone]:
        """The marks of a run of texts without counterpart, in the order of the text."""
        closers: dict[str, set[str]] = {}
        for pair in self.pairs:
            closers.setdefault(pair[0], set()).add(pair[1])
        closing_marks = {pair[1] for pair in self.pairs}
        marks = closers.keys() | closing_marks
        found: list[Lone] = []
        stack: list[Lone] = []
        for index, text in enumerate(texts):
            for offset, character in enumerate(text):
                if character not in marks or not self.is_mark(text, offset):
                    continue
                mark = Lone(index, offset, character, opens=False)
                place = next(
                    (
                        place
                        for place in range(len(stack) - 1, max(len(stack) - _DEEPEST, 0) - 1, -1)
                        if character in closers[stack[place].mark]
                        and index - stack[place].passage <= _NEXT
                    ),
                    None,
                )
                if place is not None:
                    found += stack[place + 1 :]
                    del stack[place:]
                elif character in closers:
                    stack.append(Lone(index, offset, character, opens=True))
                else:
                    found.append(mark)
        return sorted(found + stack, key=lambda lone: (lone.passage, lone.offset))

    def is_open(self, text: str) -> bool:
        """Whether a text by itself has a mark without counterpart.

        Where marks turn the wrong way, as straight quotation marks may, an even number of them
        counts as paired.
        """
        return _is_open(self, text)

    def ends(self, text: str, opened: bool) -> bool:
        """Whether a text has the other mark of a pair that was opened, or closed, elsewhere."""
        return any(lone.opens != opened and not self._turns(lone) for lone in self.lone([text]))

    def _turns(self, lone: Lone) -> bool:
        """Whether it is one of those marks that open and close alike."""
        return any(pair[0] == pair[1] == lone.mark for pair in self.pairs)

    def number(self, text: str) -> int:
        """How many marks a text has."""
        return _number(self, text)

    def counted(self, text: str) -> int:
        """The same, counted anew."""
        marks = {mark for pair in self.pairs for mark in pair}
        return sum(
            character in marks and self.is_mark(text, offset)
            for offset, character in enumerate(text)
        )


@lru_cache(maxsize=64)
def _is_open(pairs: Pairs, text: str) -> bool:
    """What is asked for each mark of a text is worked out once for all."""
    return bool(pairs.number(text) % 2 if pairs.by_number else pairs.lone([text]))


@lru_cache(maxsize=64)
def _number(pairs: Pairs, text: str) -> int:
    return pairs.counted(text)


def lone_marks(
    translation: Translation, source_pairs: Pairs, target_pairs: Pairs
) -> Iterator[tuple[Passage, Lone, Span]]:
    """Marks of the translation without counterpart, where the source has one.

    Yields:
        The passage where the counterpart is missing (the mark's own, or another where the source
        has it), the mark, and the stretch of the passage's target where it should be.
    """
    for run in _runs(translation):
        for mark in target_pairs.lone([passage.target for passage in run]):
            here = run[mark.passage]
            if not here.is_aligned or not target_pairs.is_open(here.target):
                continue
            if not source_pairs.is_open(here.source):
                size = len(here.target)
                reach = (mark.offset, size) if mark.opens else (0, mark.offset + 1)
                yield here, mark, Span(*reach)
                continue
            # The source goes on past the passage, too: where it ends, the mark should be.
            step = 1 if mark.opens else -1
            for place in range(mark.passage + step, mark.passage + step * (_NEXT + 1), step):
                if 0 <= place < len(run) and source_pairs.ends(run[place].source, mark.opens):
                    other = run[place]
                    if not target_pairs.is_open(other.target):
                        yield other, mark, Span(0, len(other.target))
                    break


def _runs(translation: Translation) -> Iterator[list[Passage]]:
    """Passages in the order of the text, those of one paragraph together."""
    run: list[Passage] = []
    for passage in translation.passages:
        if not passage.target:
            continue
        block = _blocks(translation.target, passage.bead.target)
        if run and _blocks(translation.target, run[-1].bead.target)[1] != block[0]:
            yield run
            run = []
        run.append(passage)
    if run:
        yield run


def _blocks(edition: Edition, span: Span) -> tuple[int, int]:
    return edition.segments[span.start].block, edition.segments[span.stop - 1].block
