"""What a pair costs by itself and among many: loaded anew each time, kept warm, encoded together.

All ways are timed in turn in one process on the same texts, by the processor time it takes, so that
what they cost beside one another holds on a busy machine, too. Then `align corpus` aligns a hundred
such texts in few shards and in many, by one worker and by two, its start included.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from subprocess import DEVNULL, Popen
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from evaluation.dev_data import ntrex_stories, some_stories
from evaluation.programs import as_texts

from align.encoders import bare_encoder, find_card, load_encoder
from align.encoders import use_multilingual as embedded
from align.pipeline import TextPair, pair
from align.settings import Settings
from align.warm import Aligner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_NEWS = 24  # stories
_ARTICLES = 12  # of fifty segments a side, which are stories in a row
_SEGMENTS = 50
_RUNS = ((4, 1), (4, 2), (16, 1), (16, 2))  # shards that the corpus is cut into, and workers


def short_pairs() -> list[TextPair]:
    """News stories of about 16 segments in several languages, a segment a line."""
    return [as_texts(story) for story in some_stories(_NEWS)]


def article_pairs() -> list[TextPair]:
    """Texts of fifty segments a side, from stories in a row, in seven languages.

    Each language has other stretches of the stories first, so that what is encoded together has
    few source texts in common.
    """
    by_language: dict[str, tuple[list[str], list[str]]] = {}
    for story in ntrex_stories():
        source, target = by_language.setdefault(story.target_language, ([], []))
        source += story.source
        target += story.target
    rounds = min(len(source) for source, _ in by_language.values()) // _SEGMENTS
    pairs: list[TextPair] = []
    for turn in range(rounds):
        for number, (language, (source, target)) in enumerate(by_language.items()):
            start = (turn + 2 * number) % rounds * _SEGMENTS
            some = slice(start, start + _SEGMENTS)
            texts = "\n".join(source[some]), "\n".join(target[some])
            name = f"{language}-{turn}"
            pairs.append(TextPair(name, *texts, "en", language, segmented=True))
    return pairs


def _anew(pairs: Sequence[TextPair]) -> None:
    """As it was: the encoder's files read and hashed on every call."""
    for each in pairs:
        for kept in (embedded._digest, embedded._network_of, embedded._tokenizer_of):
            kept.cache_clear()
        encoder = load_encoder(cached=False)
        _one(each, Settings(encoder=encoder))


def _warm(pairs: Sequence[TextPair]) -> None:
    for each in pairs:
        _one(each, Settings(cached=False))


def _one(texts: TextPair, settings: Settings) -> None:
    pair(
        texts.source,
        texts.target,
        source_language=texts.source_language,
        target_language=texts.target_language,
        segmented=texts.segmented,
        settings=settings,
    )


def measure(rounds: int) -> dict[str, dict[str, float]]:
    """Seconds of processor time a pair, the best of some rounds, for each set and way."""
    aligner = Aligner(Settings(cached=False))
    bare_encoder(find_card("use-multilingual")).encode(["warm"])
    ways: dict[str, Callable[[Sequence[TextPair]], object]] = {
        "anew": _anew,
        "warm": _warm,
        "together": lambda pairs: list(aligner.pairs(pairs)),
    }
    sets = {
        "news, 16 segments": short_pairs(),
        "articles, 50 segments": article_pairs()[:_ARTICLES],
    }
    seconds: dict[str, dict[str, float]] = {}
    for title, pairs in sets.items():
        times: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(rounds):
            for way, run in ways.items():
                some = pairs[:4] if way == "anew" else pairs
                begun = process_time()
                run(some)
                times[way].append((process_time() - begun) / len(some))
        seconds[title] = {way: min(each) for way, each in times.items()}
        seconds[title] |= {
            "anew/together": seconds[title]["anew"] / seconds[title]["together"],
            "warm/together": seconds[title]["warm"] / seconds[title]["together"],
            "pairs a second and core": 1 / seconds[title]["together"],
            "core-hours a million": seconds[title]["together"] * 1e6 / 3600,
        }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return seconds | {"memory": {"peak MB": peak}}


def measure_corpus(shards: int, workers: int) -> dict[str, float]:
    """What `align corpus` takes of all articles, in so many shards by so many workers, uncached."""
    pairs = article_pairs()
    with TemporaryDirectory() as folder:
        manifest = Path(folder) / "manifest.jsonl"
        rows = [
            {
                "id": each.name,
                "source": each.source,
                "target": each.target,
                "source_language": each.source_language,
                "target_language": each.target_language,
            }
            for each in pairs
        ]
        manifest.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        command = [sys.executable, "-m", "align", "corpus", str(manifest), "--segmented"]
        command += ["-o", str(Path(folder) / "out"), "--shards", str(shards)]
        command += ["--workers", str(workers)]
        begun = perf_counter()
        process = Popen(command, stdout=DEVNULL, stderr=DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        passed = perf_counter() - begun
    if process.returncode:
        sys.exit(f"align corpus ended with {process.returncode}")
    of_cores = used.ru_utime + used.ru_stime
    return {
        "pairs": len(pairs),
        "pairs a second": len(pairs) / passed,
        "pairs a second and core": len(pairs) / of_cores,
        "core-hours a million": of_cores / len(pairs) * 1e6 / 3600,
        "peak MB of a process": used.ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(measure(rounds=3), indent=1))
    for shards, workers in _RUNS:
        measured = json.dumps(measure_corpus(shards, workers), indent=1)
        print(f"align corpus --shards {shards} --workers {workers}:", measured, flush=True)
