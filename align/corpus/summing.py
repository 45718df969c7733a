"""What is known of a corpus: how much is done, its figures, what could not be aligned."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from align.corpus.cleaning import clean_parts, has_clean_parts
from align.corpus.filters import MEANINGS, SAMPLE
from align.corpus.parts import as_json, remove, whole_file, write_whole
from align.corpus.plan import Plan, read_plan
from align.corpus.shards import FAILED, is_done, read_done
from align.errors import InputError
from align.formats.report.page import page_of

STATS, FAILURES, PAGE = "stats.json", "failed.jsonl", "filter.html"
"""Files that are written when all shards are finished."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How far a corpus is.

    Attributes:
        shards: How many shards it has.
        done: How many of them are finished.
        rows: Documents of the manifest.
        rows_done: Those in finished shards.
        failed: Pairs and documents that could not be aligned.
        counts: Aligned pairs of texts, their segments, beads, aligned and moved ones.
        kinds: Beads by kind.
        filter: What the filter kept and dropped; None where there is none.
        passed_over: Files of a folder that were not aligned, for their paths name no language; of a
            run, not of a status.
        repeated: Ids that several rows of the same languages have; likewise.
    """

    shards: int
    done: int
    rows: int
    rows_done: int
    failed: int
    counts: Mapping[str, int]
    kinds: Mapping[str, int]
    filter: Mapping[str, Any] | None = None
    passed_over: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether all shards are finished."""
        return self.done == self.shards


def corpus_status(output: Path | str) -> Figures:
    """How far the corpus in a folder is.

    Raises:
        InputError: If the folder holds no corpus.
    """
    plan = read_plan(Path(output))
    if plan is None:
        raise InputError("holds no corpus that `align corpus` has begun", path=output)
    figures = _figures(Path(output), plan)
    return _finished(Path(output), plan, figures) or figures


def _finished(output: Path, plan: Plan, figures: Figures) -> Figures | None:
    """The figures of a corpus that is summed up, its duplicates counted; None of another one."""
    if not figures.finished or not (output / STATS).is_file():  # is written last
        return None
    if figures.filter is not None and not has_clean_parts(output, plan):
        return None
    return replace(figures, filter=_filter_in(output / STATS))


def sum_up(output: Path, plan: Plan) -> Figures:
    """The figures; once all shards are finished, the files of them all and the clean parts, too.

    Whoever finishes the last shard does it; if two do it at once, both write the same.
    """
    figures = _figures(output, plan)
    if not figures.finished:
        return figures
    if (finished := _finished(output, plan, figures)) is not None:
        return finished
    filtered = figures.filter
    if plan.filtered and filtered is not None:
        duplicates = clean_parts(output, plan)
        filtered = {
            "kept": filtered["kept"] - sum(rule["dropped"] for rule in duplicates.values()),
            "rules": {**filtered["rules"], **duplicates},
        }
        figures = replace(figures, filter=filtered)
    if figures.failed:
        with whole_file(output, FAILURES) as stream:
            for line in _failures(output, plan):
                stream.write(line)
    else:
        remove(output, FAILURES)
    stats: dict[str, Any] = {
        "signature": plan.signature,
        "documents": figures.rows,
        "failed": figures.failed,
        "parts": figures.shards,
        **figures.counts,
        "kinds": dict(figures.kinds),
    }
    if filtered is not None:
        stats["filter"] = dict(filtered)
        dropped = sum(rule["dropped"] for rule in filtered["rules"].values())
        page = page_of("corpus", stats=stats, what=MEANINGS, dropped=dropped)
        write_whole(output, PAGE, page.encode())
    write_whole(output, STATS, as_json(stats, indent=1))
    return figures


def _filter_in(path: Path) -> Mapping[str, Any] | None:
    try:
        stats = json.loads(path.read_text(encoding="utf-8"))
        filtered: Mapping[str, Any] | None = stats.get("filter")
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        raise InputError(f"cannot be read: {error}; remove it and go on", path=path) from error
    return filtered


def _failures(output: Path, plan: Plan) -> Iterator[bytes]:
    for shard in range(plan.shards):
        path = output / FAILED / f"{plan.name_of(shard)}.jsonl"
        if path.is_file():
            yield path.read_bytes()


def _figures(output: Path, plan: Plan) -> Figures:
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    filtered: dict[str, Any] | None = {"kept": 0, "rules": {}} if plan.filtered else None
    done = 0
    for shard in range(plan.shards):
        if not is_done(output, plan, shard):
            continue
        figures = read_done(output, plan, shard)
        done += 1
        kinds.update(figures["kinds"])
        counts.update({key: value for key, value in figures.items() if isinstance(value, int)})
        if filtered is not None:
            _add_filter(filtered, figures["filter"])
    rows, failed = counts.pop("rows", 0), counts.pop("failed", 0)
    by_number = dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0])))
    return Figures(plan.shards, done, plan.rows, rows, failed, dict(counts), by_number, filtered)


def _add_filter(total: dict[str, Any], one: Mapping[str, Any]) -> None:
    total["kept"] += one["kept"]
    for name, rule in one["rules"].items():
        whole = total["rules"].setdefault(name, {"dropped": 0, "sample": []})
        whole["dropped"] += rule["dropped"]
        whole["sample"] = [*whole["sample"], *rule["sample"]][:SAMPLE]
