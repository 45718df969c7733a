"""What each operation makes of an alignment: `apply`, from which all else about reviews follows.

Whatever is done, every segment of every edition stays in exactly one row, those of one cell are
neighbours in their text, and rows that are not moved keep the order of both texts. The page has the
same in JavaScript (`page/reducer.js`); a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from align.review.alignment import ReviewedAlignment, ReviewedEdition, ReviewedSegment, Row
from align.review.arranging import (
    arranged,
    is_in_order,
    must_be_together,
    neighbour,
    row_of,
    rows_of,
    with_rows,
)
from align.review.operations import (
    Cut,
    Drop,
    Edit,
    Join,
    Mark,
    Merge,
    Move,
    Note,
    Operation,
    OperationError,
    Pin,
    Realign,
    Shift,
    Side,
    Split,
    Together,
    Unlink,
)
from align.text import clean_text

SIDES: tuple[Side, Side] = ("source", "target")


def apply(alignment: ReviewedAlignment, operation: Operation) -> ReviewedAlignment:
    """The alignment after an operation; the one given stays as it is.

    Args:
        alignment: The alignment under review.
        operation: What a reviewer does to it.

    Raises:
        OperationError: If it cannot be done: a segment is not there (any more), there is no row to
            merge with, what would stand in one cell is not together in the text.
    """
    return _HOW[type(operation)](alignment, operation)


def _merge(alignment: ReviewedAlignment, operation: Merge) -> ReviewedAlignment:
    rows, number = _row(alignment, operation)
    if number + 1 == len(rows):
        raise OperationError("the last row has none to be merged with")
    row, other = rows[number], rows[number + 1]
    source, target = row.source + other.source, row.target + other.target
    must_be_together(alignment, operation.language, "target", target)
    merged = Row(
        source,
        target,
        moved=any(each.moved and each.target for each in (row, other)) and bool(source),
        by_hand=True,
        dropped=row.dropped and other.dropped,
        note="\n".join(filter(None, (row.note, other.note))),
    )
    return with_rows(alignment, operation.language, [*rows[:number], merged, *rows[number + 2 :]])


def _split(alignment: ReviewedAlignment, operation: Split) -> ReviewedAlignment:
    rows, number = _row(alignment, operation)
    row = rows[number]
    first, second = row, replace(row, note="")
    for side, start in zip(SIDES, (operation.source, operation.target), strict=True):
        keys = row.keys(side)
        if start is not None and start not in keys:
            raise OperationError(f"the row has no segment {start!r:.40}")
        at = len(keys) if start is None else keys.index(start)
        first, second = first.with_keys(side, keys[:at]), second.with_keys(side, keys[at:])
    if not (first.source or first.target) or not (second.source or second.target):
        raise OperationError("one of the two rows would be empty")
    return with_rows(
        alignment, operation.language, [*rows[:number], first, second, *rows[number + 1 :]]
    )


def _move(alignment: ReviewedAlignment, operation: Move) -> ReviewedAlignment:
    rows, number = _row(alignment, operation)
    side, step = operation.side, -1 if operation.up else 1
    keys = rows[number].keys(side)
    if rows[number].moved and side == "target":
        raise OperationError("a moved row has no neighbours on this side; unlink it first")
    moving, staying = (keys[:1], keys[1:]) if operation.up else (keys[-1:], keys[:-1])
    changed = list(rows)
    changed[number] = rows[number].with_keys(side, staying)
    beside = neighbour(rows, number, side, step)
    if beside is None:
        if not changed[number].source and not changed[number].target:
            raise OperationError("there is no row to move it to")
        new = Row((), (), by_hand=True).with_keys(side, moving)
        changed.insert(0 if operation.up else len(changed), new)
        return with_rows(alignment, operation.language, changed)
    there = rows[beside].keys(side)
    there = there + moving if operation.up else moving + there
    must_be_together(alignment, operation.language, side, there)
    changed[beside] = rows[beside].with_keys(side, there)
    return with_rows(alignment, operation.language, changed)


def _shift(alignment: ReviewedAlignment, operation: Shift) -> ReviewedAlignment:
    rows, first = _row(alignment, operation)
    side = operation.side
    if rows[first].moved and side == "target":
        raise OperationError("a moved row has no neighbours on this side; unlink it first")
    numbers, number = [first], neighbour(rows, first, side, 1)
    while number is not None and not rows[number].is_fixed:
        numbers.append(number)
        number = neighbour(rows, number, side, 1)
    cells = [rows[number].keys(side) for number in numbers]
    changed = list(rows)
    if not operation.up:
        for number, cell in zip(numbers, [(), *cells[:-1]], strict=True):
            changed[number] = _with_cell(rows[number], side, cell)
        if cells[-1]:
            new = Row((), (), by_hand=True).with_keys(side, cells[-1])
            changed.insert(numbers[-1] + 1, new)
        return with_rows(alignment, operation.language, changed)
    before = neighbour(rows, first, side, -1)
    if before is None:
        raise OperationError("there is no row before it to shift to")
    joined = rows[before].keys(side) + cells[0]
    must_be_together(alignment, operation.language, side, joined)
    for number, cell in zip([before, *numbers], [joined, *cells[1:], ()], strict=True):
        changed[number] = _with_cell(rows[number], side, cell)
    return with_rows(alignment, operation.language, changed)


def _with_cell(row: Row, side: Side, keys: tuple[str, ...]) -> Row:
    return row if row.keys(side) == keys else row.with_keys(side, keys)


def _unlink(alignment: ReviewedAlignment, operation: Unlink) -> ReviewedAlignment:
    rows, number = _row(alignment, operation)
    row = rows[number]
    if not row.is_aligned:
        raise OperationError("the row has one side only")
    one, other = row.with_keys("target", ()), replace(row, note="").with_keys("source", ())
    return with_rows(
        alignment, operation.language, [*rows[:number], one, other, *rows[number + 1 :]]
    )


def _drop(alignment: ReviewedAlignment, operation: Drop) -> ReviewedAlignment:
    if operation.dropped:  # which decides what was to be looked at again
        return _with_row(alignment, operation, dropped=True, status="")
    return _with_row(alignment, operation, dropped=False)


def _mark(alignment: ReviewedAlignment, operation: Mark) -> ReviewedAlignment:
    if operation.status:
        return _with_row(alignment, operation, status=operation.status)
    return _with_row(alignment, operation, status="", pinned=False)


def _note(alignment: ReviewedAlignment, operation: Note) -> ReviewedAlignment:
    return _with_row(alignment, operation, note=operation.text.strip())


def _with_row(
    alignment: ReviewedAlignment, operation: Drop | Mark | Note, **changes: Any
) -> ReviewedAlignment:
    rows, number = _row(alignment, operation)
    changed = replace(rows[number], **changes)
    return with_rows(alignment, operation.language, [*rows[:number], changed, *rows[number + 1 :]])


def _edit(alignment: ReviewedAlignment, operation: Edit) -> ReviewedAlignment:
    text = clean_text(operation.text).strip()
    if not text:
        raise OperationError("a segment cannot be without text; drop its row instead")
    segments, place = _segment(alignment, operation)
    changed = [replace(segments[place], text=text)]
    alignment = _with_segments(alignment, operation, place, 1, changed)
    return _seen(alignment, operation)


def _cut(alignment: ReviewedAlignment, operation: Cut) -> ReviewedAlignment:
    segments, place = _segment(alignment, operation)
    segment = segments[place]
    left, right = segment.text[: operation.at].rstrip(), segment.text[operation.at :].lstrip()
    if operation.at < 0 or not left or not right:
        raise OperationError("a segment is cut between two of its characters")
    between = segment.text[len(left) : len(segment.text) - len(right)]
    key = f"{segment.key}@{operation.at}"
    places = alignment.editions[_tag(alignment, operation)].places
    while key in places:
        key += "'"
    parts = [
        replace(segment, text=left),
        ReviewedSegment(key, right, between, segment.block),
    ]
    alignment = _with_segments(alignment, operation, place, 1, parts)
    side = operation.side
    for language, rows in _pairs_of(alignment, operation):
        number = row_of(alignment, language, side, segment.key)
        keys = rows[number].keys(side)
        at = keys.index(segment.key) + 1
        alignment = _with_side(alignment, language, number, side, (*keys[:at], key, *keys[at:]))
    return _seen(alignment, operation)


def _join(alignment: ReviewedAlignment, operation: Join) -> ReviewedAlignment:
    segments, place = _segment(alignment, operation)
    if place + 1 == len(segments):
        raise OperationError("the last segment has none to be joined with")
    one, other = segments[place : place + 2]
    if one.block != other.block:
        raise OperationError("the two stand in different paragraphs; merge their rows instead")
    joined = replace(one, text=one.text + other.before + other.text)
    side = operation.side
    for language, rows in _pairs_of(alignment, operation):
        number = row_of(alignment, language, side, other.key)
        rest = tuple(key for key in rows[number].keys(side) if key != other.key)
        together = one.key in rest
        if together:
            alignment = _with_side(alignment, language, number, side, rest)
        else:
            changed = list(rows)
            changed[number] = rows[number].with_keys(side, rest)
            home = row_of(alignment, language, side, one.key)
            changed[home] = rows[home].with_keys(side, rows[home].keys(side))
            alignment = with_rows(alignment, language, changed)
    alignment = _with_segments(alignment, operation, place, 2, [joined])
    return _seen(alignment, operation)


def _pin(alignment: ReviewedAlignment, operation: Pin) -> ReviewedAlignment:
    rows = rows_of(alignment, operation.language)
    here = row_of(alignment, operation.language, "source", operation.source)
    there = row_of(alignment, operation.language, "target", operation.target)
    if here == there:
        pinned = replace(rows[here], pinned=True, status="")
        return with_rows(alignment, operation.language, [*rows[:here], pinned, *rows[here + 1 :]])
    if rows[here].moved or rows[there].moved:
        raise OperationError("one of the two is in a moved row; unlink that first")
    first, last = min(here, there), max(here, there)
    source_at = rows[here].source.index(operation.source)
    target_at = rows[there].target.index(operation.target)
    before: list[Row] = []
    after: list[Row] = []
    for number in range(first, last + 1):
        row = rows[number]
        if row.moved:
            (after if here == first else before).append(row)
            continue
        # Of the one text all that stands in these rows is before the pair, of the other behind it.
        source_cut = source_at if number == here else 0 if here == first else len(row.source)
        target_cut = target_at if number == there else 0 if there == first else len(row.target)
        source_rest = row.source[source_cut + (number == here) :]
        target_rest = row.target[target_cut + (number == there) :]
        for rest, (source, target) in (
            (before, (row.source[:source_cut], row.target[:target_cut])),
            (after, (source_rest, target_rest)),
        ):
            if source or target:
                rest.append(Row(source, target))
    notes = "\n".join(row.note for row in rows[first : last + 1] if row.note and not row.moved)
    pair = Row((operation.source,), (operation.target,), by_hand=True, pinned=True, note=notes)
    return with_rows(
        alignment,
        operation.language,
        [*rows[:first], *before, pair, *after, *rows[last + 1 :]],
    )


def _realign(alignment: ReviewedAlignment, operation: Realign) -> ReviewedAlignment:
    language = operation.language
    rows = rows_of(alignment, language)
    new = [Row(row.source, row.target, row.score, row.confidence) for row in operation.rows]
    keys = {
        (side, key): number
        for number, row in enumerate(new)
        for side in SIDES
        for key in row.keys(side)
    }
    if sum(len(row.source) + len(row.target) for row in new) != len(keys):
        raise OperationError("the new rows hold a segment twice")
    kept: list[Row] = []
    replaced = 0
    for row in rows:
        named = [keys[side, key] for side in SIDES for key in row.keys(side) if (side, key) in keys]
        if not named:
            kept.append(row)
            continue
        if len(named) < len(row.source) + len(row.target) or row.is_done:
            raise OperationError("other rows have changed since; align anew once more")
        replaced += len(named)
        if row.note:
            heir = new[named[0]]
            new[named[0]] = replace(heir, note="\n".join(filter(None, (heir.note, row.note))))
    if replaced < len(keys):
        raise OperationError("the new rows hold a segment that no old row has")
    for row in new:
        for side in SIDES:
            must_be_together(alignment, language, side, row.keys(side))
    result = arranged(alignment, language, [*kept, *new])
    if not is_in_order(alignment, language, result):
        raise OperationError("the new rows cross what is fixed")
    return with_rows(alignment, language, result)


def _together(alignment: ReviewedAlignment, operation: Together) -> ReviewedAlignment:
    for each in operation.operations:
        alignment = apply(alignment, each)
    return alignment


def _row(
    alignment: ReviewedAlignment,
    operation: Merge | Split | Move | Shift | Unlink | Drop | Mark | Note,
) -> tuple[tuple[Row, ...], int]:
    number = row_of(alignment, operation.language, operation.side, operation.segment)
    return alignment.pairs[operation.language], number


def _tag(alignment: ReviewedAlignment, operation: Edit | Cut | Join) -> str:
    rows_of(alignment, operation.language)
    return alignment.edition_of(operation.language, operation.side)


def _segment(
    alignment: ReviewedAlignment, operation: Edit | Cut | Join
) -> tuple[tuple[ReviewedSegment, ...], int]:
    edition = alignment.editions[_tag(alignment, operation)]
    if operation.segment not in edition.places:
        raise OperationError(f"there is no segment {operation.segment!r:.40}")
    return edition.segments, edition.places[operation.segment]


def _with_segments(
    alignment: ReviewedAlignment,
    operation: Edit | Cut | Join,
    place: int,
    count: int,
    new: list[ReviewedSegment],
) -> ReviewedAlignment:
    tag = _tag(alignment, operation)
    old = alignment.editions[tag].segments
    edition = ReviewedEdition((*old[:place], *new, *old[place + count :]))
    return replace(alignment, editions={**alignment.editions, tag: edition})


def _pairs_of(
    alignment: ReviewedAlignment, operation: Cut | Join
) -> list[tuple[str, tuple[Row, ...]]]:
    """The pairs whose rows a change of segments is about: of the pivot all, else the one."""
    if operation.side == "source":
        return list(alignment.pairs.items())
    return [(operation.language, alignment.pairs[operation.language])]


def _with_side(
    alignment: ReviewedAlignment, language: str, number: int, side: Side, keys: tuple[str, ...]
) -> ReviewedAlignment:
    """The row with a side told in other segments, which say the same: what it is worth stays."""
    rows = alignment.pairs[language]
    row = rows[number]
    row = replace(row, source=keys) if side == "source" else replace(row, target=keys)
    return with_rows(alignment, language, [*rows[:number], row, *rows[number + 1 :]])


def _seen(alignment: ReviewedAlignment, operation: Edit | Cut | Join) -> ReviewedAlignment:
    """The row in which a reviewer changed a text counts as made by hand."""
    number = row_of(alignment, operation.language, operation.side, operation.segment)
    rows = alignment.pairs[operation.language]
    changed = replace(rows[number], by_hand=True)
    return with_rows(alignment, operation.language, [*rows[:number], changed, *rows[number + 1 :]])


_HOW: dict[type[Any], Callable[[ReviewedAlignment, Any], ReviewedAlignment]] = {
    Merge: _merge,
    Split: _split,
    Move: _move,
    Shift: _shift,
    Unlink: _unlink,
    Drop: _drop,
    Mark: _mark,
    Note: _note,
    Edit: _edit,
    Cut: _cut,
    Join: _join,
    Pin: _pin,
    Realign: _realign,
    Together: _together,
}
