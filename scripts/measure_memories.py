"""How fast memories of any size are worked on and looked up in, and in how much memory.

python scripts/measure_memories.py [--megabytes 1000] [--units 100000] [--only stats,dedupe,lookup]

Writes a memory of made-up words of that size and does to it what `align tmx` does, each in a
process of its own; then looks sentences up in a memory of so many units: made-up ones, and real
ones with words exchanged, where the development sets are there (`ALIGN_DEV_DATA`). Times are those
of the processor, on one core.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path

from align.memories import MemoryIndex
from align.units import TranslationUnit, Variant

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="m" '
    'creationtoolversion="1" segtype="sentence" o-tmf="m" adminlang="en" srclang="en" '
    'datatype="plaintext"/><body>\n'
)
_DONE = {
    "stats": "m.tmx_statistics(path)",
    "validate": "m.validate_tmx(path)",
    "filter": "m.filter_tmx(path, out, m.Wanted(shortest=5))",
    "dedupe": "m.dedupe_tmx(path, out)",
    "near": "m.dedupe_tmx(path, out, near=True)",
    "merge": "m.merge_tmx([path], out)",
    "split": "m.split_tmx(path, out + '.parts', by_property='x-a')",
    "clean": "m.clean_tmx(path, out, out + '.dropped')",
    "diff": "m.diff_tmx(path, path)",
}
_PROGRAM = (
    "import resource, sys; import align.memories as m; path, out = sys.argv[1:]; {}; "
    "used = resource.getrusage(resource.RUSAGE_SELF); "
    "print(used.ru_utime + used.ru_stime, used.ru_maxrss)"
)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--only", default=",".join([*_DONE, "lookup"]))
    asked = parser.parse_args()
    only = asked.only.split(",")
    chance = random.Random(7)
    words = [
        "".join(chance.choices("aeiouklmnprst", k=chance.randint(2, 9))) for _ in range(20_000)
    ]
    weights = [*accumulate(1 / (rank + 10) for rank in range(len(words)))]

    def sentence() -> list[str]:
        return [*chance.choices(words, cum_weights=weights, k=chance.randint(6, 30)), "."]

    if set(only) & set(_DONE):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "memory.tmx"
            _write(path, asked.megabytes, [" ".join(sentence()) for _ in range(2_000)])
            for name in _DONE:
                if name in only:
                    _measure(name, path)
    if "lookup" in only:
        _look_up("made-up words", [sentence() for _ in range(asked.units)], chance)
        for language in ("en", "zh-Hans"):
            real = _real(language)
            if real:
                _look_up(f"{language}, news", _varied(real, asked.units, chance), chance)


def _write(path: Path, megabytes: int, sentences: list[str]) -> None:
    """Writes units of which nine in ten are like no other."""
    number = 0
    with path.open("w", encoding="utf-8") as stream:
        stream.write(_HEAD)
        while stream.tell() < megabytes * 10**6:
            for text in sentences:
                number += 1
                own = f"{number} " if number % 10 else ""
                stream.write(
                    f'<tu creationdate="20240101T000000Z"><prop type="x-a">{number % 50}</prop>'
                    f'<tuv xml:lang="en"><seg>{own}{text}</seg></tuv><tuv xml:lang="fr"><seg>'
                    f"{text[::-1]}</seg></tuv></tu>\n"
                )
        stream.write("</body></tmx>\n")
    print(f"{path.stat().st_size / 10**6:,.0f} MB, {number:,} units", flush=True)


def _measure(name: str, path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM.format(_DONE[name]), path, Path(folder) / "out"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    seconds, kilobytes = map(float, done.stdout.split())
    size = path.stat().st_size / 10**6
    print(f"{name}: {size / seconds:.1f} MB/s, {kilobytes / 1000:,.0f} MB of memory", flush=True)


def _real(language: str) -> list[list[str]]:
    """The words of real sentences, or the characters."""
    data = Path(os.environ.get("ALIGN_DEV_DATA", "../shared/data"))
    file = data / "ntrex-dev" / "raw" / f"{language}.txt"
    if not file.exists():
        return []
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.split() if language == "en" else [*line] for line in lines]


def _varied(real: list[list[str]], count: int, chance: random.Random) -> list[list[str]]:
    """So many sentences like them: each with a tenth to four fifths of its words exchanged."""
    words = [word for sentence in real for word in sentence]
    return [
        _changed(sentence, words, chance.choice((0.1, 0.2, 0.3, 0.5, 0.8)), chance)
        for sentence in chance.choices(real, k=count)
    ]


def _changed(
    sentence: list[str], words: list[str], share: float, chance: random.Random
) -> list[str]:
    return [chance.choice(words) if chance.random() < share else word for word in sentence]


def _look_up(name: str, sentences: list[list[str]], chance: random.Random) -> None:
    words = [word for sentence in sentences[:2_000] for word in sentence]
    space = "" if max(map(len, words)) == 1 else " "
    texts = [space.join(sentence) for sentence in sentences]
    units = [TranslationUnit((Variant("en", (), each), Variant("fr", (), each))) for each in texts]
    start = time.process_time()
    index = MemoryIndex(units, "en", "fr")
    seconds = time.process_time() - start
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{name}: {len(index):,} units in {seconds:.1f} s, {used:,.0f} MB of memory at most")
    asked = [
        space.join(_changed(sentence, words, 0.15, chance))
        for sentence in chance.sample(sentences, 1_000)
    ]
    for least in (90, 70, 50):
        times = []
        found = 0
        for text in asked:
            start = time.process_time()
            found += bool(index.lookup(text, least=least))
            times.append(time.process_time() - start)
        times.sort()
        print(
            f"  {least} %: {len(asked) / sum(times):,.0f} look-ups a second, one in a hundred "
            f"takes more than {1000 * times[len(times) * 99 // 100]:.1f} ms; "
            f"{found / len(asked):.0%} found",
            flush=True,
        )


if __name__ == "__main__":
    main()
