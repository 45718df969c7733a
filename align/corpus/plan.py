"""How a corpus is cut into shards, kept beside its parts so that any run goes on with it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path

from align.corpus.manifest import Manifest
from align.corpus.parts import as_json, write_whole
from align.errors import InputError

PLAN = "corpus.json"
"""The file that holds the plan."""

DOCUMENTS = "documents.jsonl"
"""The manifest, where `align` makes it: of documents that it paired itself."""

DOCUMENTS_A_SHARD = 500
"""Documents of a shard where nobody says how many shards there are: some minutes' work."""

MOST_SHARDS = 99_999

_SWITCHES = {"segmented": "--segmented", "filtered": "--filter"}
"""The options of the command that are there or not, by what they are called in a plan."""

_SHARE = re.compile(r"(\d{1,6})/(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a corpus is made of and how; the result follows from it.

    Attributes:
        manifest: SHA-256 of the manifest.
        rows: How many rows it has.
        shards: Into how many parts they are cut.
        format: What parts are written in.
        signature: Version, encoder and settings.
        pivot: Language that other editions are aligned to.
        segmented: Whether texts have a segment a line.
        filtered: Whether pairs are filtered.
        min_confidence: Pairs below it are in no export.
        columns: Further columns that are kept.
    """

    manifest: str
    rows: int
    shards: int
    format: str
    signature: str
    pivot: str
    segmented: bool
    filtered: bool
    min_confidence: float
    columns: tuple[str, ...]

    def name_of(self, shard: int) -> str:
        """The name of a shard, its number in five digits."""
        return f"{shard:05}"

    def part_of(self, shard: int) -> str:
        """The name of a shard's part."""
        return f"part-{shard:05}.{self.format}"

    def rows_of(self, shard: int) -> tuple[int, int]:
        """The first row of a shard and the one after its last."""
        return shard * self.rows // self.shards, (shard + 1) * self.rows // self.shards


def shards_for(manifest: Manifest, wanted: int | None) -> int:
    """How many shards a manifest is cut into: as many as are wanted, but none without a row."""
    usual = -(-manifest.count // DOCUMENTS_A_SHARD)
    return max(min(wanted or usual, manifest.count, MOST_SHARDS), 1)


def settle(output: Path, plan: Plan) -> None:
    """Writes the plan, or makes sure that it is the one that the output was begun with.

    Raises:
        InputError: If the output was begun otherwise, or holds something else.
        OutputError: If it cannot be written.
    """
    if (begun := begun_in(output)) is None:
        write_whole(output, PLAN, as_json(asdict(plan), indent=1))
        return
    for name, value in asdict(plan).items():
        before = asdict(begun)[name]
        if before != value:
            raise InputError(
                f"was begun {_otherwise(name, before, value)}; go on as it was begun, or choose "
                "another folder with -o",
                path=output,
            )


def _otherwise(name: str, before: object, now: object) -> str:
    """In what an output was begun otherwise, by the option that says so where one does."""
    if isinstance(now, bool):
        option = _SWITCHES[name]
        return f"without {option}" if now else f"with {option}"
    earlier, later = _where_they_differ(str(before), str(now))
    return f"with another {name} ({earlier:.60}, now {later:.60})"


def _where_they_differ(one: str, other: str) -> tuple[str, str]:
    """Of two lists of settings, such as signatures, the first in which they differ."""
    pairs = zip_longest(one.split("|"), other.split("|"), fillvalue="none")
    return next(((a, b) for a, b in pairs if a != b), (one, other))


def begun_in(output: Path) -> Plan | None:
    """The plan of an output that is to be written to, None where it is not yet begun.

    Raises:
        InputError: If it holds something else, or is a file.
    """
    # Looked at before the plan is: another process may begin at the same time.
    holds_others = output.is_dir() and any(map(_is_foreign, output.iterdir()))
    if (begun := read_plan(output)) is None and holds_others:
        raise InputError("holds other files; choose an empty folder with -o", path=output)
    return begun


def _is_foreign(path: Path) -> bool:
    return not path.name.startswith(".") and path.name != DOCUMENTS


def read_plan(output: Path) -> Plan | None:
    """The plan of an output, None where there is none.

    Raises:
        InputError: If the file holds no plan.
    """
    path = output / PLAN
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return Plan(**{**values, "columns": tuple(values["columns"])})
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        raise InputError("is a file; name a folder with -o", path=output) from None
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise InputError(f"is not the plan of a corpus: {error}", path=path) from error


def share_of(asked: str | None, environment: Mapping[str, str] = os.environ) -> tuple[int, int]:
    """Which share of the shards is to be done: the how-manieth, counted from 0, of how many.

    Args:
        asked: `1/8` to `8/8`; None for what a Slurm job array says, all where there is none.
        environment: Where Slurm says it.

    Raises:
        InputError: If it is no such share.

    >>> share_of("2/8", {}), share_of(None, {})
    ((1, 8), (0, 1))
    >>> array = {"SLURM_ARRAY_TASK_ID": "14", "SLURM_ARRAY_TASK_MIN": "10"}
    >>> array |= {"SLURM_ARRAY_TASK_STEP": "2", "SLURM_ARRAY_TASK_COUNT": "5"}
    >>> share_of(None, array)
    (2, 5)
    """
    if asked is not None:
        match = _SHARE.fullmatch(asked.strip())
        if match is None or not 1 <= int(match[1]) <= int(match[2]):
            raise InputError(f"--shard {asked!r} is not like 1/8, the first of eight shares")
        return int(match[1]) - 1, int(match[2])
    if "SLURM_ARRAY_TASK_ID" not in environment:
        return 0, 1
    try:
        task, least, step, count = (
            int(environment.get(f"SLURM_ARRAY_TASK_{name}", usual))
            for name, usual in (("ID", ""), ("MIN", "0"), ("STEP", "1"), ("COUNT", "1"))
        )
        share = (task - least) // step
    except (ValueError, ZeroDivisionError):
        raise InputError("SLURM_ARRAY_TASK_… say no share; name it with --shard 1/8") from None
    if not 0 <= share < count:
        raise InputError(
            f"SLURM_ARRAY_TASK_ID is {task}, not one of {count} from {least}; "
            "name the share with --shard 1/8"
        )
    return share, count
