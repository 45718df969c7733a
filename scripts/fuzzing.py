"""Fuzzes readers of files and what looks into texts, for some minutes, and counts the cases.

    python scripts/fuzzing.py --minutes 10
    python scripts/fuzzing.py --only html --only quantities
    python scripts/fuzzing.py --guided --minutes 10 --at-once 2

A case that fails is made small and shown; what was a failure once is kept in
`tests/scripts/test_fuzz.py`, which runs all targets for a moment. A case may take two seconds.

`--guided` changes the files of the tests, led by what of align each change reaches; it needs
atheris (`pip install atheris`) and keeps cases that reach something new, and those that fail, in
the folder that `--keep` names (`fuzzed`); it goes on from there the next time.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from fuzz.targets import FILE_TARGETS, LANGUAGES, TEXT_TARGETS, files, texts
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

_AT_ONCE = 500
_LONGEST_CASE = 2.0
_LEAST_LEFT = 5.0  # seconds, for which it is worth to start a target again
_HERE = Path(__file__).parent


def run(name: str, seconds: float) -> tuple[int, str]:
    """Runs one target for a time.

    Returns:
        How many cases it took, and what failed, empty where nothing did.
    """
    count = 0
    if name in FILE_TARGETS:  # what is loaded on first use is not timed
        FILE_TARGETS[name](b"It is old.")
    else:
        TEXT_TARGETS[name]("It is 5 km.", "en")
    until = time.monotonic() + seconds
    while time.monotonic() < until:

        def counted(target: Callable[..., None], *case: Any) -> None:
            nonlocal count
            if time.monotonic() < until:
                count += 1
                started = time.process_time()  # of the processor, which a busy machine leaves alone
                target(*case)
                if time.process_time() - started > _LONGEST_CASE:
                    raise AssertionError(f"took more than {_LONGEST_CASE} seconds")

        try:
            _some(name, counted)
        except Exception:
            return count, traceback.format_exc(limit=-4)
    return count, ""


def run_guided(name: str, seconds: float, keep: Path) -> tuple[int, str]:
    """Runs one target as `fuzz.guided` does, anew where a case ended the process.

    Returns:
        As `run`; of what failed, the places and where the cases are.
    """
    folder = keep / name.replace(", ", "-").replace(" ", "-")
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (_HERE.parent, _HERE)))}
    count, until = 0, time.monotonic() + seconds
    while (left := until - time.monotonic()) > _LEAST_LEFT:
        (folder / "count").unlink(missing_ok=True)
        with (folder / "log").open("ab") as log:
            command = [sys.executable, "-m", "fuzz.guided", name, str(left), str(folder)]
            subprocess.run(command, env=environment, stdout=log, stderr=log, check=False)
        if not (folder / "count").exists():
            return count, f"ended at once; see {folder / 'log'}"
        count += int((folder / "count").read_text())
    failed = sorted((folder / "failed").iterdir())
    told = [each.read_text().strip() for each in failed if each.suffix == ".txt"]
    ended = [each.name for each in failed if each.name.startswith(("crash", "timeout", "oom"))]
    return count, "\n".join([*told, *ended, str(folder / "failed")] if told or ended else [])


def _some(name: str, counted: Callable[..., None]) -> None:
    how = settings(
        max_examples=_AT_ONCE,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    if name in FILE_TARGETS:

        @how
        @given(content=files())
        def cases(content: bytes) -> None:
            counted(FILE_TARGETS[name], content)
    else:

        @how
        @given(text=texts(), language=st.sampled_from(LANGUAGES))
        def cases(text: str, language: str) -> None:
            counted(TEXT_TARGETS[name], text, language)

    cases()


def main() -> None:
    """Runs the targets named, or all, and prints how many cases each took and what failed."""
    names = [*FILE_TARGETS, *TEXT_TARGETS]
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=10.0, help="for each target")
    parser.add_argument("--only", action="append", choices=names, help="may be repeated")
    parser.add_argument(
        "--guided", action="store_true", help="led by what is reached; needs atheris"
    )
    parser.add_argument("--at-once", type=int, default=1, help="targets, if guided")
    parser.add_argument("--keep", type=Path, default=Path("fuzzed"), help="a folder for cases")
    options = parser.parse_args()
    failed = False
    runs = partial(run_guided, keep=options.keep.absolute()) if options.guided else run
    chosen = options.only or names
    with ThreadPoolExecutor(options.at_once if options.guided else 1) as pool:
        seconds = [60 * options.minutes] * len(chosen)
        for name, (count, failure) in zip(chosen, pool.map(runs, chosen, seconds), strict=True):
            failed |= bool(failure)
            said = "failed" if failure else "nothing"
            print(f"{name:20} {count:9,} cases  {said}", flush=True)
            if failure:
                print(failure, flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
