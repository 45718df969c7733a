"""How fast memories of any size are counted and looked up in, and in how much memory.

python scripts/measure_memories.py [--megabytes 1000] [--units 100000]

Writes a memory of made-up words of that size, counts what is in it in a process of its own, and
looks sentences up in another of so many units.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from align.memories import MemoryIndex
from align.units import TranslationUnit, Variant

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="m" '
    'creationtoolversion="1" segtype="sentence" o-tmf="m" adminlang="en" srclang="en" '
    'datatype="plaintext"/><body>\n'
)
_COUNT = (
    "import resource, sys; from align.memories import tmx_statistics; "
    "print(tmx_statistics(sys.argv[1]).units, "
    "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--units", type=int, default=100_000)
    asked = parser.parse_args()
    chance = random.Random(7)
    words = [
        "".join(chance.choices("aeiouklmnprst", k=chance.randint(2, 9))) for _ in range(20_000)
    ]
    weights = [1 / (rank + 10) for rank in range(len(words))]

    def sentence() -> str:
        return " ".join(chance.choices(words, weights, k=chance.randint(6, 30))) + "."

    with tempfile.TemporaryDirectory() as folder:
        _count(Path(folder) / "memory.tmx", asked.megabytes, [sentence() for _ in range(2_000)])
    _look_up([(sentence(), sentence()) for _ in range(asked.units)], chance, words)


def _count(path: Path, megabytes: int, sentences: list[str]) -> None:
    block = "".join(
        f'<tu creationdate="20240101T000000Z"><prop type="x-a">{n}</prop><tuv xml:lang="en"><seg>'
        f'{text}</seg></tuv><tuv xml:lang="fr"><seg>{text[::-1]}</seg></tuv></tu>\n'
        for n, text in enumerate(sentences)
    )
    with path.open("w", encoding="utf-8") as stream:
        stream.write(_HEAD)
        for _ in range(megabytes * 10**6 // len(block)):
            stream.write(block)
        stream.write("</body></tmx>\n")
    size = path.stat().st_size / 10**6
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _COUNT, str(path)], capture_output=True, text=True, check=True
    )
    seconds = time.perf_counter() - start
    units, kilobytes = map(int, done.stdout.split())
    print(
        f"statistics: {size:,.0f} MB, {units:,} units: {size / seconds:.1f} MB/s, "
        f"{kilobytes / 1000:,.0f} MB of memory"
    )


def _look_up(pairs: list[tuple[str, str]], chance: random.Random, words: list[str]) -> None:
    units = (TranslationUnit((Variant("en", (), a), Variant("fr", (), b))) for a, b in pairs)
    start = time.perf_counter()
    index = MemoryIndex(units, "en", "fr")
    print(f"index: {len(index):,} units in {time.perf_counter() - start:.1f} s")
    asked = []
    for text, _ in chance.sample(pairs, 2_000):
        changed = text.split()
        changed[chance.randrange(len(changed))] = chance.choice(words)
        asked.append(" ".join(changed))
    start = time.perf_counter()
    found = sum(bool(index.lookup(text)) for text in asked)
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"look-ups: {len(asked) / seconds:,.0f} a second, {found / len(asked):.0%} found, "
        f"{memory:,.0f} MB of memory"
    )


if __name__ == "__main__":
    main()
