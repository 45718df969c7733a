"""What stands on pages beside their text: running heads, numbers of pages, notes at their feet."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from align.documents.pdf.page import MARK_START, MARK_STOP, Fragment, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    Page = list[Fragment]

_MOST_ROWS = 3  # that stand in a margin
_NUMBER = re.compile(r"\d+")
_PAGE_WORDS = (
    r"page|pages|p\.|seite|página|pág\.|pagina|pag\.|стр\.|страница|strona|str\.|صفحة"
    r"|ページ|頁|第|쪽"
)
_PAGE_NUMBER = re.compile(
    rf"\W*(?:(?:{_PAGE_WORDS})\s*)?(?:\d{{1,4}}|[ivxlc]{{1,7}})"
    r"(?:\s*(?:/|\||of|von|de|sur|di|из|z|من|頁|页|ページ|쪽)\s*\d{0,4})?\W*",
    re.IGNORECASE,
)
_SMALLER = 0.93  # of the size of the text: how large a note at the foot is at most
_LARGER = 1.1  # a head of a chapter is larger than that
_RAISED = re.compile(f"{MARK_START}([^{MARK_STOP}]*){MARK_STOP}")
_NOTE_MARK = re.compile(
    rf"(?:{MARK_START}([^{MARK_STOP}]{{1,4}}){MARK_STOP}|(\d{{1,3}})(?=[^\d.,%:/-])|([*†‡§]+))"
    r"[.)\]]?\s*(?=\S)"
)


def text_size(pages: Sequence[Page]) -> float:
    """The size that most of the text has, in points; 0 where there is none."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for each in page:
            sizes[round(2 * each.size) / 2] += len(each.text)
    return max(sizes, key=lambda size: sizes[size]) if sizes else 0.0


def without_margins(pages: Sequence[Page], size: float) -> list[Page]:
    """The pages without running heads and feet and without their numbers.

    A row in a margin is one where another page has the same in the same place, but for numbers
    that grow as the pages do; and the outermost row where it is nothing but the page's number.

    Args:
        pages: The pieces of the pages.
        size: The size of the text.
    """
    rows = [list(rows_of(page)) for page in pages]
    seen: defaultdict[str, list[tuple[int, list[Fragment]]]] = defaultdict(list)
    for number, page in enumerate(rows):
        for row in _outer(page):
            seen[_shape(row)].append((number, row))
    kept = []
    for number, page in enumerate(rows):
        dropped: set[int] = set()
        for order in (page, list(reversed(page))):
            for row in order[:_MOST_ROWS]:
                alike = seen[_shape(row)]
                is_running = any(
                    _is_same(row, other, number - of, size) for of, other in alike if of != number
                )
                is_number = row is order[0] and _PAGE_NUMBER.fullmatch(_text(row)) is not None
                if not (is_running or (is_number and len(page) > 1)):
                    break
                dropped.update(id(each) for each in row)
        kept.append([each for row in page for each in row if id(each) not in dropped])
    return kept


def _outer(page: Sequence[list[Fragment]]) -> list[list[Fragment]]:
    if len(page) <= 2 * _MOST_ROWS:
        return list(page)
    return [*page[:_MOST_ROWS], *page[-_MOST_ROWS:]]


def _text(row: Sequence[Fragment]) -> str:
    return " ".join(each.text for each in sorted(row, key=lambda each: each.left))


def _shape(row: Sequence[Fragment]) -> str:
    return _NUMBER.sub("#", _text(row)).casefold()


def _is_same(row: Sequence[Fragment], other: Sequence[Fragment], pages: int, size: float) -> bool:
    """Whether two rows of one shape, some pages apart, are the same margin."""
    if abs(row[0].base - other[0].base) > row[0].size:
        return False
    own, theirs = _NUMBER.findall(_text(row)), _NUMBER.findall(_text(other))
    if own == theirs:
        return True
    grows = any(int(a) - int(b) == pages for a, b in zip(own, theirs, strict=True))
    return grows and row[0].size <= _LARGER * size


def note_mark(text: str) -> tuple[str, str]:
    """The mark that a line of notes begins with, raised or not, and the line without it.

    >>> note_mark("2 See the report.")
    ('2', 'See the report.')
    """
    match = _NOTE_MARK.match(text)
    if match is None:
        return "", text
    return next(group for group in match.groups() if group).strip(), text[match.end() :]


def notes_apart(page: Page, size: float) -> tuple[Page, Page]:
    """A page's text and the notes at its foot.

    Those are rows of smaller signs of which the first has a mark, or rows that begin with the
    mark that is raised in the text.

    Args:
        page: The pieces of the page, its margins gone.
        size: The size of the text.
    """
    rows = list(rows_of(page))
    raised = {mark.strip() for each in page for mark in _RAISED.findall(each.text)}
    first = len(rows)
    for index in range(len(rows) - 1, 0, -1):
        marks = {mark for each in rows[index] if (mark := note_mark(each.text)[0])}
        if max(each.size for each in rows[index]) > _SMALLER * size and not marks & raised:
            break
        if marks:
            first = index
    text = [each for row in rows[:first] for each in row]
    return text, [each for row in rows[first:] for each in row]
