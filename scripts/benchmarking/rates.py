"""How many pairs of texts a second an aligner gets through, encoding included.

Many short pairs are what a corpus project has, one long pair is what a publisher has. Ours are
given to `Aligner.pairs`, all at once. The others have no such call: they are given one pair after
the other, with the vectors of our encoder, computed when they ask for them.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from evaluation.dev_data import GoldPair, some_stories
from evaluation.programs import as_texts

from align.settings import Settings
from align.warm import Aligner
from benchmarking.contestants import CONTESTANTS, Contestant
from benchmarking.memory import peak_memory
from benchmarking.sets import news_document
from benchmarking.vectors import Computed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from align.encoders.base import Encoder

Result = dict[str, Any]

MANY = 100  # short pairs
LONG = 1_000  # segments of a side
WARM_UP = 2  # short pairs, before time is taken
WORKLOADS = ("many short pairs", "one long pair")


def rate(contestant: str, workload: str) -> Result:
    """Aligns a workload once.

    Args:
        contestant: Who aligns it.
        workload: One of `WORKLOADS`.

    Returns:
        How many `pairs` and `segments` of both sides there are, `seconds` that passed, `processor`
        seconds of all threads, and `peak_mb`. Loading and compiling are in none of them.
    """
    from align.encoders import load_encoder

    stories = some_stories(MANY)
    pairs = stories if workload == WORKLOADS[0] else [news_document(LONG)]
    encoder = load_encoder(cached=False)
    run = _ours() if contestant == "align" else _one_by_one(contestant, encoder)
    run(stories[:WARM_UP])
    passed, used = time.perf_counter(), time.process_time()
    run(pairs)
    return {
        "seconds": time.perf_counter() - passed,
        "processor": time.process_time() - used,
        "pairs": len(pairs),
        "segments": sum(len(pair.source) + len(pair.target) for pair in pairs),
        "peak_mb": peak_memory(),
    }


def _ours() -> Callable[[Sequence[GoldPair]], None]:
    aligner = Aligner(Settings(cached=False))

    def run(pairs: Sequence[GoldPair]) -> None:
        for _ in aligner.pairs(map(as_texts, pairs)):
            pass

    return run


def _one_by_one(name: str, encoder: Encoder) -> Callable[[Sequence[GoldPair]], None]:
    contestant: Contestant = CONTESTANTS[name]

    def run(pairs: Sequence[GoldPair]) -> None:
        for pair in pairs:
            contestant.align(pair, Computed(pair, encoder, layers=contestant.layers))

    return run
