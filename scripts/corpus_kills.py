"""Kills runs of `align corpus` at random moments until one finishes; is the result the same?

A corpus of news stories is aligned once without being disturbed. Then a run is begun again and
again and killed, its workers with it, after a random time, as often as asked; a last run finishes.
Prints how many files of how many are byte-identical. Kills are at most as far apart as shards
take, so that runs get on.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from evaluation.dev_data import ntrex_stories


def main() -> None:
    """Prints a line of what was done, and the files that differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--shards", type=int, default=100)
    parser.add_argument("--encoder", default="use-multilingual")
    parser.add_argument("--longest", type=float, default=15.0, help="seconds to the latest kill")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_manifest(folder / "documents.jsonl", arguments.documents)
        command = [
            *(sys.executable, "-m", "align", "corpus", str(folder / "documents.jsonl")),
            *("--segmented", "--filter", "--workers", "2", "-q"),
            *("--shards", str(arguments.shards), "--encoder", arguments.encoder),
        ]
        begun = time.monotonic()
        _run([*command, "-o", str(folder / "whole")])
        whole_time = time.monotonic() - begun
        moments = random.Random(16)
        kills = finished = 0
        for _ in range(arguments.kills):
            process = subprocess.Popen(
                [*command, "-o", str(folder / "out")], start_new_session=True
            )
            try:
                process.wait(timeout=moments.uniform(0, arguments.longest))
                finished += 1
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                kills += 1
            if finished > 2:
                break
        _run([*command, "-o", str(folder / "out")])
        whole, out = _left_in(folder / "whole"), _left_in(folder / "out")
    differing = sorted({name for name in {*whole, *out} if whole.get(name) != out.get(name)})
    print(
        f"{arguments.documents} documents, {arguments.shards} shards, {arguments.encoder}: "
        f"undisturbed {whole_time:.0f} s; {kills} kills; "
        f"{len(whole) - len(differing)} of {len(whole)} files identical"
    )
    for name in differing:
        print(f"{name}: {_difference(whole.get(name), out.get(name))}")


def _difference(whole: bytes | None, out: bytes | None) -> str:
    """Where two files part, and what stands there."""
    if whole is None or out is None:
        return "is missing" if out is None else "is too much"
    same = (one == other for one, other in zip(whole, out, strict=False))
    at = next((place for place, alike in enumerate(same) if not alike), min(len(whole), len(out)))
    around = slice(max(at - 20, 0), at + 40)
    return f"from byte {at}: {whole[around]!r}, now {out[around]!r}"


def _write_manifest(path: Path, documents: int) -> None:
    stories = ntrex_stories()
    with path.open("w", encoding="utf-8") as stream:
        for number in range(documents):
            story = stories[number % len(stories)]
            row = {
                "id": f"{number:06}",
                "source": "\n".join((*story.source, f"{number}")),
                "target": "\n".join((*story.target, f"{number}")),
                "source_language": story.source_language,
                "target_language": story.target_language,
            }
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def _run(command: list[str]) -> None:
    if subprocess.run(command, check=False).returncode not in (0, 1):
        sys.exit(f"failed: {' '.join(command)}")


def _left_in(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


if __name__ == "__main__":
    main()
