"""A reviewer who is always right, simulated on gold: how many rows are looked at until when.

The reviewer looks at the rows of one text after the other, in each the most doubtful first as
`align review` lists them, or in the order of the text. A look at a wrong row mends it and all wrong
rows that hold segments of the same gold beads, which are looked at too. It is counted how many rows
are looked at until so many are right (by gold, which nobody knows who reviews), and where the rule
of the work list ends instead, and what is wrong then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.encoders import load_encoder
from align.review.alignment import Row
from align.review.work_list import RIGHT_ENOUGH, Sharpening, probability_of, work_list
from evaluation.dev_data import within_text
from evaluation.kinds_of_text import KINDS
from evaluation.programs import Ours, Remembering
from evaluation.tables import Table

if TYPE_CHECKING:
    from align.beads import Bead
    from align.settings import Settings
    from evaluation.dev_data import GoldPair

JUDGED = ("articles", "news", "novels", "yearbooks")
"""Kinds of text whose beads are all known; of guides only the paragraphs are."""

STORIES = 5  # of the news, one story in so many: more say nothing new


@dataclass(frozen=True, slots=True)
class JudgedText:
    """The rows of a text, and what gold says of them.

    Attributes:
        rows: The rows as they were aligned.
        wrong: Whether each is wrong.
        together: For each row the rows that are mended with it, itself among them.
    """

    rows: Sequence[Row]
    wrong: Sequence[bool]
    together: Sequence[Sequence[int]]


@dataclass(slots=True)
class Counted:
    """What was counted of a kind of text.

    Attributes:
        rows: All rows.
        wrong: Those that are wrong at first.
        needed: Rows looked at until enough are right, the most doubtful first.
        in_order: The same in the order of the text.
        by_rule: Rows looked at until the work list is empty.
        left: Rows that are wrong then.
    """

    rows: int = 0
    wrong: int = 0
    needed: int = 0
    in_order: int = 0
    by_rule: int = 0
    left: int = 0


def evaluate_review(settings: Settings) -> str:
    """The table of all kinds, as Markdown."""
    rows = []
    for kind in JUDGED:
        counted = Counted()
        for text in judged_texts(kind, settings):
            count(text, counted)
        shares = (
            counted.wrong, counted.needed, counted.in_order, counted.by_rule, counted.left
        )  # fmt: skip
        rows.append([kind, f"{counted.rows:,}", *(f"{each / counted.rows:.1%}" for each in shares)])
    head = ["texts", "rows", "wrong", "looked at until right", "the same, in order",
            "looked at by the list", "wrong after it"]  # fmt: skip
    return Table(f"Rows looked at until {RIGHT_ENOUGH:.1%} are right", head, rows).markdown()


def judged_texts(kind: str, settings: Settings) -> Iterator[JudgedText]:
    """The texts of a kind as they are aligned, judged by gold."""
    encoder = settings.encoder
    memory = Remembering(load_encoder(encoder) if isinstance(encoder, str) else encoder, 0)
    align_pair = Ours()
    for number, pair in enumerate(map(within_text, KINDS[kind]())):
        if pair.gold and (kind != "news" or number % STORIES == 0):
            memory.keep(pair)
            yield judged(pair, list(align_pair(pair, memory)))


def judged(pair: GoldPair, beads: Sequence[Bead]) -> JudgedText:
    """What gold says of a text's beads."""
    gold = {(bead.source, bead.target) for bead in pair.gold}
    alone = {
        (side, segment)
        for bead in pair.gold
        if not (bead.source and bead.target)
        for side, segments in (("source", bead.source), ("target", bead.target))
        for segment in segments
    }
    owner = {
        (side, segment): number
        for number, bead in enumerate(pair.gold)
        for side, segments in (("source", bead.source), ("target", bead.target))
        for segment in segments
    }
    wrong: list[bool] = []
    group = list(range(len(beads)))
    first: dict[int, int] = {}
    for number, bead in enumerate(beads):
        segments = [("source", i) for i in bead.source] + [("target", j) for j in bead.target]
        right = (tuple(bead.source), tuple(bead.target)) in gold
        right = right or (not bead.is_aligned and all(each in alone for each in segments))
        wrong.append(not right)
        if not right:
            for of in {owner[each] for each in segments if each in owner}:
                other = first.setdefault(of, number)
                here, there = group[number], group[other]
                group = [there if each == here else each for each in group]
    members: dict[int, list[int]] = defaultdict(list)
    for number, of in enumerate(group):
        members[of].append(number)
    rows = [
        Row(
            tuple(map(str, bead.source)),
            tuple(map(str, bead.target)),
            bead.score,
            bead.confidence,
            bead.moved,
        )
        for bead in beads
    ]
    return JudgedText(rows, wrong, [members[of] for of in group])


def count(text: JudgedText, counted: Counted, sharpening: Sharpening | None = None) -> None:
    """Adds what is counted of a text."""
    rows = text.rows
    most = (1 - RIGHT_ENOUGH) * len(rows)
    doubtful_first = sorted(
        range(len(rows)), key=lambda number: probability_of(rows[number], sharpening)
    )
    counted.rows += len(rows)
    counted.wrong += sum(text.wrong)
    counted.needed += looked_at(text, doubtful_first, most)[0]
    counted.in_order += looked_at(text, range(len(rows)), most)[0]
    listed = work_list(rows, sharpening=sharpening).rows
    by_rule, left = looked_at(text, listed, -1)
    counted.by_rule += by_rule
    counted.left += left


def looked_at(text: JudgedText, order: Sequence[int], most: float) -> tuple[int, int]:
    """How many rows are looked at until at most so many are wrong, and how many are wrong then."""
    seen: set[int] = set()
    left = sum(text.wrong)
    for number in order:
        if left <= most:
            break
        for each in text.together[number] if text.wrong[number] else (number,):
            if each not in seen:
                seen.add(each)
                left -= text.wrong[each]
    return len(seen), left
