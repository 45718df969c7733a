"""Fuzzes one target, led by what of align each case reaches, from the files of the tests.

    python -m fuzz.guided NAME SECONDS FOLDER

Needs atheris. `scripts/fuzzing.py --guided` starts it, a process a target, for what leads it ends
the process. Cases that fail are kept in FOLDER/failed, one for each place where something was
raised; the last line that it prints says how many cases it took.
"""

from __future__ import annotations

import hashlib
import resource
import sys
import time
import traceback
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["align"]):
    from fuzz.starts import starts_of
    from fuzz.targets import _PIECES, _TABLES, _XML, FILE_TARGETS, LANGUAGES, TEXT_TARGETS

LONGEST_CASE = 2.0  # seconds of the processor
_MOST_MEMORY = 400 * 2**20  # bytes by which a case may raise the peak
_TOLD_EVERY = 50
_HANGS_AFTER = 60  # seconds
_LARGEST_CASE = 20_000  # bytes; time that grows is measured elsewhere, see `benchmarking/growth.py`


class _Runner:
    """Runs cases, counts them, and keeps those that fail."""

    def __init__(self, name: str, folder: Path) -> None:
        self._name = name
        self._folder = folder / "failed"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._count = folder / "count"
        self._seen: set[str] = set()
        self._cases = 0
        self.warm = False

    def __call__(self, case: bytes) -> None:
        self._cases += 1
        if self._cases % _TOLD_EVERY == 1:
            self._count.write_text(str(self._cases))
        peak = _peak()
        started = time.process_time()
        try:
            self._run(case)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            own = next((f for f in reversed(frames) if "/align/" in f.filename), frames[-1])
            self._keep(f"{type(error).__name__} {own.filename}:{own.lineno}", case,
                       traceback.format_exc())  # fmt: skip
        spent = time.process_time() - started
        if spent > LONGEST_CASE and self.warm:
            self._keep("slow", case, f"took {spent:.1f} seconds")
        if _peak() - peak > _MOST_MEMORY and self.warm:
            self._keep("memory", case, f"took {(_peak() - peak) >> 20} MB")

    def _run(self, case: bytes) -> None:
        if self._name in FILE_TARGETS:
            FILE_TARGETS[self._name](case)
        else:
            language = LANGUAGES[case[0] % len(LANGUAGES)] if case else "en"
            TEXT_TARGETS[self._name](case[1:].decode("utf-8", "surrogateescape"), language)

    def _keep(self, place: str, case: bytes, said: str) -> None:
        if place in self._seen:
            return
        self._seen.add(place)
        name = hashlib.sha256(place.encode()).hexdigest()[:12]
        (self._folder / f"{name}.case").write_bytes(case)
        told = f"{place}\n{said}".encode("utf-8", "backslashreplace")
        (self._folder / f"{name}.txt").write_bytes(told)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _words() -> list[str]:
    """What cases are changed with, as a dictionary of libFuzzer has it."""
    pieces = {*_PIECES, *_XML, *_TABLES}
    short = (piece.encode("utf-8", "ignore") for piece in pieces if len(piece) <= 60)
    return ['"' + "".join(f"\\x{byte:02x}" for byte in each) + '"' for each in short if each]


def main() -> None:
    """Runs until the time is over."""
    name, seconds, folder = sys.argv[1], float(sys.argv[2]), Path(sys.argv[3])
    runner = _Runner(name, folder)
    starts = folder / "starts"
    starts.mkdir(exist_ok=True)
    with atheris.instrument_imports(include=["align"]):  # what is loaded on first use
        for case in starts_of(name):
            runner(case)
            (starts / hashlib.sha256(case).hexdigest()[:16]).write_bytes(case)
    runner.warm = True
    (folder / "words").write_text("\n".join(_words()))
    (folder / "reached").mkdir(exist_ok=True)
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds:.0f}",
            f"-timeout={_HANGS_AFTER}",
            "-rss_limit_mb=3000",
            f"-max_len={_LARGEST_CASE}",
            f"-dict={folder / 'words'}",
            f"-artifact_prefix={folder / 'failed'}/",
            "-len_control=0",
            str(folder / "reached"),
            str(starts),
        ],
        runner,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
