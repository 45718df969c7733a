"""A whole book through the real commands: seconds a stage, and the most memory held."""

from __future__ import annotations

import importlib
from contextlib import contextmanager
from functools import wraps
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Result = dict[str, Any]

CHARACTERS = 1_000_000
"""Of the longer edition."""

LANGUAGES = ("en", "fr")

# What is timed under which name: a module and a function in it, where it is looked up when called.
STAGES = {
    "reading, cleaning": (
        ("align.pipeline", "read_corpus"),
        ("align.documents.reading", "read_document"),
    ),
    "language": (("align.pipeline", "detect_language"),),
    "segmentation": (("align.segmentation.segmenter", "Segmenter.segment"),),
    "marks": (("align.marks", "marks_of"),),
    "encoding": (
        ("align.encoders.cache", "CachedEncoder.encode_spans"),
        ("align.encoders.cache", "CachedEncoder.encode_documents"),
    ),
    "alignment": (("align.aligner.aligner", "align_sides"),),
    "units": (
        ("align.pipeline", "join_units"),
        ("align.pipeline", "pair_units"),
        ("align.export", "pair_units"),
    ),
    "memories (TMX)": (("align.formats.tmx", "write_tmx"),),
    "alignment file": (("align.formats.alignment_json", "write_alignment"),),
    "report": (("align.formats.report", "write_report"),),
    "table (TSV)": (("align.formats", "write_pair"),),
}


def book_command(arguments: Sequence[str]) -> Result:
    """Runs an `align` command in this process, its stages timed.

    Args:
        arguments: Of the command.
    """
    from benchmarking.memory import peak_memory

    started = perf_counter()
    from align.cli import commands

    with clocks() as seconds:
        commands.main(list(arguments), prog_name="align", standalone_mode=False)
    total = perf_counter() - started
    return {
        "seconds": {name: spent for name, spent in seconds.items() if spent},
        "total_seconds": total,
        "peak_mb": peak_memory(),
    }


@contextmanager
def clocks() -> Iterator[dict[str, float]]:
    """Times the stages while it lasts; one within another counts for the inner one only."""
    seconds = dict.fromkeys(STAGES, 0.0)
    running: list[list[float]] = []  # for each stage that runs, the seconds of those within

    def timed(function: Any, stage: str) -> Any:
        @wraps(function)
        def call(*arguments: Any, **options: Any) -> Any:
            running.append([0.0])
            started = perf_counter()
            try:
                return function(*arguments, **options)
            finally:
                spent = perf_counter() - started
                [within] = running.pop()
                seconds[stage] += spent - within
                if running:
                    running[-1][0] += spent

        return call

    replaced = []
    for stage, functions in STAGES.items():
        for module, name in functions:
            *path, last = name.split(".")
            owner = importlib.import_module(module)
            for part in path:
                owner = getattr(owner, part)
            original = getattr(owner, last)
            setattr(owner, last, timed(original, stage))
            replaced.append((owner, last, original))
    try:
        yield seconds
    finally:
        for owner, last, original in replaced:
            setattr(owner, last, original)
