"""Fuzzes readers of files and what looks into texts, for some minutes, and counts the cases.

    python scripts/fuzzing.py --minutes 10
    python scripts/fuzzing.py --only html --only quantities

A case that fails is made small and shown; what was a failure once is kept in
`tests/scripts/test_fuzz.py`, which runs all targets for a moment. A case may take two seconds.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

from fuzz.targets import FILE_TARGETS, LANGUAGES, TEXT_TARGETS, files, texts
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

_AT_ONCE = 500
_LONGEST_CASE = 2.0


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
    options = parser.parse_args()
    failed = False
    for name in options.only or names:
        count, failure = run(name, 60 * options.minutes)
        failed |= bool(failure)
        print(f"{name:16} {count:9,} cases  {'failed' if failure else 'nothing'}", flush=True)
        if failure:
            print(failure, flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
