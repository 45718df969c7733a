"""One shard: its documents aligned, its part, its failures and its figures written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from align.article import AlignedArticle
from align.corpus.entries import entry_of, kept_columns, name_of
from align.corpus.filters import Filtered
from align.corpus.manifest import Manifest, Row
from align.corpus.parts import (
    DROPPED,
    PartRow,
    as_json,
    remove,
    rows_of,
    write_rows,
    write_whole,
)
from align.corpus.plan import Plan
from align.errors import AlignError, InputError, OutputError
from align.pipeline import TextPair
from align.progress import Advance
from align.warm import Aligner

DONE, FAILED = "done", "failed"
"""Folders of what is told of shards that are finished."""

# What a defect of ours, or of a library, may raise at one document of a million.
_DEFECTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


@dataclass(slots=True)
class _Tally:
    failures: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A row that is not tried again.

    Attributes:
        name: Its id, empty where it could not even be read.
        why: The reason.
    """

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Care:
    """What attempts at a shard that ended their process have taught.

    Attributes:
        given_up: Rows that are not tried again, by number.
        singly: Whether its pairs are aligned one by one, not many together.
    """

    given_up: Mapping[int, GivenUp] = field(default_factory=dict)
    singly: bool = False


Begun = Callable[[int, str], None]
"""Told the number of a row before it is read, and again, with its id, before it is aligned."""


def is_done(output: Path, plan: Plan, shard: int) -> bool:
    """Whether a shard is finished, and its part still there."""
    return (output / DONE / plan.name_of(shard)).is_file() and (
        output / plan.part_of(shard)
    ).is_file()


def align_shard(
    output: Path,
    plan: Plan,
    manifest: Manifest,
    shard: int,
    aligner: Aligner,
    advance: Advance | None = None,
    *,
    begun: Begun | None = None,
    care: Care | None = None,
) -> None:
    """Aligns a shard and writes its part, its failures and, when all is there, that it is done.

    What it writes follows from the plan, the manifest and the texts alone.

    Args:
        output: Folder of the corpus.
        plan: Its plan.
        manifest: Its manifest.
        shard: Number of the shard.
        aligner: What aligns.
        advance: Told how many documents are finished.
        begun: Told which row is begun.
        care: What is known from earlier attempts.

    Raises:
        OutputError: If the folder cannot be written to.
    """
    tally, filtered = _Tally(), Filtered(plan.min_confidence) if plan.filtered else None
    start, stop = plan.rows_of(shard)
    care = care or Care()
    read = _entries(manifest, plan, range(start, stop), tally, begun, care.given_up)
    rows = _rows(read, aligner, tally, filtered, advance, 1 if care.singly else PAIRS_AT_ONCE)
    extra = (*plan.columns, DROPPED) if plan.filtered else plan.columns
    write_rows(
        output, plan.part_of(shard), rows, columns=extra, note=plan.signature, to=plan.format
    )
    name = plan.name_of(shard)
    tally.failures.sort(key=lambda failure: failure["row"])
    if tally.failures:
        lines = b"".join(map(as_json, tally.failures))
        write_whole(output, f"{FAILED}/{name}.jsonl", lines)
    else:
        remove(output, f"{FAILED}/{name}.jsonl")  # of an earlier run, since when a text was mended
    figures: dict[str, Any] = {
        "rows": stop - start,
        **{key: tally.counts[key] for key in ("pairs", "segments", "beads", "aligned", "moved")},
        "failed": len(tally.failures),
        "kinds": dict(sorted(tally.kinds.items())),
    }
    if filtered:
        figures["filter"] = filtered.figures()
    write_whole(output, f"{DONE}/{name}", as_json(figures))


def try_rows(
    plan: Plan, manifest: Manifest, rows: range, aligner: Aligner, advance: Advance, *, begun: Begun
) -> None:
    """Does with rows, one by one, what `align_shard` does, and writes nothing.

    Args:
        plan: Plan of the corpus.
        manifest: Its manifest.
        rows: Numbers of the rows.
        aligner: What aligns.
        advance: Told how many documents are finished.
        begun: Told which row is begun.
    """
    for row in rows:
        tally, filtered = _Tally(), Filtered(plan.min_confidence) if plan.filtered else None
        read = _entries(manifest, plan, range(row, row + 1), tally, begun, {})
        for _ in _rows(read, aligner, tally, filtered, advance, 1):
            pass


def read_done(output: Path, plan: Plan, shard: int) -> dict[str, Any]:
    """The figures of a finished shard."""
    path = output / DONE / plan.name_of(shard)
    try:
        figures: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if not {"rows", "kinds"} <= figures.keys():
            raise ValueError("it has no figures")
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        raise InputError(f"cannot be read: {error}; remove it and go on", path=path) from error
    return figures


@dataclass(frozen=True, slots=True)
class Asked:
    """A pair that is asked for.

    Attributes:
        row: Number of the row that asks for it.
        texts: The texts.
        kept: Further columns of the row.
        ends_row: Whether the row asks for no more.
    """

    row: int
    texts: TextPair
    kept: dict[str, str | None]
    ends_row: bool


def _entries(
    manifest: Manifest,
    plan: Plan,
    rows: range,
    tally: _Tally,
    begun: Begun | None,
    given_up: Mapping[int, GivenUp],
) -> Iterator[Asked | None]:
    """The pairs of some rows; None for a row that failed."""
    for number, row in _read(manifest, rows, begun, given_up):
        if isinstance(row, GivenUp):
            tally.failures.append(_failure(number, row.name, InputError(row.why)))
            yield None
            continue
        name = "" if isinstance(row, InputError) else name_of(row)
        if begun:
            begun(number, name)
        try:
            if isinstance(row, InputError):
                raise row
            yield from asked_of(number, row, manifest.base, plan)
        except InputError as error:
            tally.failures.append(_failure(number, name, error))
            yield None


def _read(
    manifest: Manifest, rows: range, begun: Begun | None, given_up: Mapping[int, GivenUp]
) -> Iterator[tuple[int, Row | InputError | GivenUp]]:
    start = rows.start
    for stop in (*sorted(given_up), rows.stop):
        read = manifest.rows(start, stop)
        for number in range(start, stop):
            if begun:
                begun(number, "")
            yield number, next(read)
        if stop in given_up:
            yield stop, given_up[stop]
        start = stop + 1


class Reading(Protocol):
    """How rows are understood; a `Plan` says it.

    Attributes:
        pivot: Language that other editions are aligned to.
        segmented: Whether texts have a segment a line.
        columns: Further columns that are kept.
    """

    @property
    def pivot(self) -> str:
        """See above."""
        ...

    @property
    def segmented(self) -> bool:
        """See above."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """See above."""
        ...


def asked_of(number: int, row: Row, base: Path, reading: Reading) -> list[Asked]:
    """The pairs that a row asks for; raises `InputError` as `entry_of` does."""
    entry = entry_of(row, base, pivot=reading.pivot, segmented=reading.segmented)
    kept = kept_columns(row, reading.columns)
    return [Asked(number, texts, kept, texts is entry.pairs[-1]) for texts in entry.pairs]


def _rows(
    read: Iterable[Asked | None],
    aligner: Aligner,
    tally: _Tally,
    filtered: Filtered | None,
    advance: Advance | None,
    at_once: int,
) -> Iterator[PartRow]:
    for asked, outcome in outcomes_of(read, aligner, at_once):
        if asked is None:
            pass
        elif isinstance(outcome, AlignedArticle):
            yield from _of_pair(outcome, asked, tally, filtered)
        else:
            tally.failures.append(_failure(asked.row, asked.texts.name, outcome))
        if advance and (asked is None or asked.ends_row):
            advance(1)


def _of_pair(
    article: AlignedArticle, asked: Asked, tally: _Tally, filtered: Filtered | None
) -> Iterator[PartRow]:
    tally.counts["pairs"] += 1
    tally.counts["segments"] += sum(len(each.segments) for each in article.editions.values())
    for row in rows_of(article, asked.kept):
        tally.counts["beads"] += 1
        tally.counts["aligned"] += bool(row["source_segments"] and row["target_segments"])
        tally.counts["moved"] += row["moved"]
        tally.kinds[row["kind"]] += 1
        if filtered:
            row[DROPPED] = filtered.rule_against(row)
        yield row


PAIRS_AT_ONCE = 64
"""Pairs that are aligned together."""

Outcome = AlignedArticle | Exception | None


def outcomes_of(
    read: Iterable[Asked | None], aligner: Aligner, at_once: int = PAIRS_AT_ONCE
) -> Iterator[tuple[Asked | None, Outcome]]:
    """Aligns pairs; where some stumble on a defect, each of them again by itself.

    Args:
        read: The pairs; None is passed on.
        aligner: What aligns.
        at_once: How many are aligned together.

    Yields:
        Each pair with its result, or the error that says why there is none.
    """
    waiting: list[Asked | None] = []
    for each in read:
        waiting.append(each)
        if len(waiting) == at_once:
            yield from _of_batch(waiting, aligner)
            waiting = []
    yield from _of_batch(waiting, aligner)


def _of_batch(
    batch: list[Asked | None], aligner: Aligner
) -> Iterator[tuple[Asked | None, Outcome]]:
    asked = [each for each in batch if each is not None]
    found: list[Outcome]
    try:
        found = list(aligner.outcomes(each.texts for each in asked))
    except OutputError:
        raise
    except _DEFECTS:
        found = [_alone(each, aligner) for each in asked]
    outcomes = iter(found)
    for each in batch:
        yield each, None if each is None else next(outcomes)


def _alone(asked: Asked, aligner: Aligner) -> Outcome:
    try:
        (outcome,) = aligner.outcomes([asked.texts])
    except _DEFECTS as error:
        return error
    return outcome


def _failure(row: int, name: str, error: Outcome) -> dict[str, Any]:
    message = str(error) if isinstance(error, AlignError) else f"{type(error).__name__}: {error}"
    return {"row": row, "id": name, "error": " ".join(message.split())[:500]}
