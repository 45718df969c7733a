"""Any operation that a reviewer might ask for of an alignment, sensible or not."""

from __future__ import annotations

from hypothesis import strategies as st

from align.review.operations import (
    Cut,
    Drop,
    Edit,
    Join,
    Mark,
    Merge,
    Move,
    NewRow,
    Note,
    Pin,
    Realign,
    Shift,
    Split,
    Together,
    Unlink,
)


@st.composite
def operations(draw, alignment, *, nested=True):
    language = draw(st.sampled_from(list(alignment.pairs)))
    rows = alignment.pairs[language]
    keys = {"source": [k for row in rows for k in row.source],
            "target": [k for row in rows for k in row.target]}  # fmt: skip
    side = draw(st.sampled_from([side for side in keys if keys[side]]))
    place = (language, side, draw(st.sampled_from(keys[side])))
    row = next(row for row in rows if place[2] in row.keys(side))

    def some(of):
        return draw(st.sampled_from([*row.keys(of), None]))

    kinds = {
        "merge": lambda: Merge(*place),
        "split": lambda: Split(*place, some("source"), some("target")),
        "move": lambda: Move(*place, draw(st.booleans())),
        "shift": lambda: Shift(*place, draw(st.booleans())),
        "unlink": lambda: Unlink(*place),
        "drop": lambda: Drop(*place, draw(st.booleans())),
        "mark": lambda: Mark(*place, draw(st.sampled_from(["", "accepted", "review"]))),
        "note": lambda: Note(*place, draw(st.sampled_from(["", "why?", "<b>"]))),
        "edit": lambda: Edit(*place, draw(st.sampled_from(["", "new 𝔞 text", "a\nb"]))),
        "cut": lambda: Cut(*place, draw(st.integers(0, 12))),
        "join": lambda: Join(*place),
        "pin": lambda: Pin(
            language,
            draw(st.sampled_from(keys["source"] or ["0"])),
            draw(st.sampled_from(keys["target"] or ["0"])),
        ),
        "realign": lambda: Realign(language, _rejoined(draw, rows)),
    }
    if nested:
        kinds["together"] = lambda: Together(
            (draw(operations(alignment, nested=False)), draw(operations(alignment, nested=False)))
        )
    return kinds[draw(st.sampled_from(list(kinds)))]()


def _rejoined(draw, rows):
    """Some rows put together, and others taken apart, as an aligner might."""
    free = [row for row in rows if not row.is_done]
    new = []
    for row in free:
        if draw(st.booleans()) and row.source and row.target:
            new += [NewRow(row.source, (), None, 0.5), NewRow((), row.target, None, 0.25)]
        else:
            new.append(NewRow(row.source, row.target, 0.5, 0.75))
    return tuple(new)
