"""What is left of a command that was killed, beside what it leaves when nobody stops it."""

from __future__ import annotations

import random
import re
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from killing.runs import Ended, Run, start
from killing.subjects import Files, Subject

_UNFINISHED = re.compile(r"(^|/)(\.align-[0-9a-f]{16}\.tmp|\.align-unfinished|\.unfinished/.*)$")
_LOOK = 0.001  # seconds between two looks at the output
_SOON = 0.08  # seconds after the output changed in which every second kill comes
_OFTEN = 0.6  # how often a kill is followed by a run that nobody stops
_FRESH = 0.3  # how often the output is emptied before a kill


@dataclass(slots=True)
class Tally:
    """What became of the kills of a command by one signal.

    Attributes:
        counts: How many there were of each kind.
        told: A line for each thing that is wrong.
    """

    counts: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    def wrong(self, kind: str, what: str) -> None:
        """Counts something wrong, and says what."""
        self.counts[kind] += 1
        self.told.append(f"{kind}: {what}")


def state_of(left: Files, results: Sequence[Files]) -> tuple[str, list[str]]:
    """What a killed run left.

    Args:
        left: The files it left.
        results: What runs leave that nobody stops.

    Returns:
        `whole` if every result is there and whole, `absent` if some are not there, `half-written`
        if any is neither as one run nor as the other leaves it; and the names of those.
    """
    halves = [
        name
        for name, data in left.items()
        if not _UNFINISHED.search(name) and all(each.get(name) != data for each in results)
    ]
    if halves:
        return "half-written", halves
    return ("whole" if any(result.keys() <= left.keys() for result in results) else "absent"), []


class Killing:
    """Kills runs of a command, at moments of the run and just after its output changes.

    Args:
        subject: The command.
        given: The folder of what it is given.
        scratch: A folder for what it writes.
        site: The address of the pages that `fetch` saves.
        seed: What the moments follow from.
    """

    def __init__(
        self, subject: Subject, given: Path, scratch: Path, *, site: str = "", seed: int = 16
    ) -> None:
        self.subject = subject
        self.given = given
        self.out = scratch / "out"
        self._site = site
        self._moments = random.Random(f"{subject.name} {seed}")
        self._inputs = _contents(given)
        scratch.mkdir(parents=True, exist_ok=True)
        self.results: list[dict[str, bytes]] = []
        for variant in range(2 if subject.other else 1):
            shutil.rmtree(self.out, ignore_errors=True)
            begun = time.monotonic()
            ended = self.begin(variant).wait()
            if ended.code:
                raise RuntimeError(f"{subject.name} fails undisturbed: {ended.said}")
            self.takes = time.monotonic() - begun
            self.results.append(subject.files_in(self.out))

    def begin(
        self, variant: int = 0, number: int = 0, *, first: Callable[[], None] | None = None
    ) -> Run:
        """Begins a run.

        Args:
            variant: Which of two results it is to come to.
            number: Which it is of those that go on at once.
            first: Called in its process before the command is.

        Returns:
            The run.
        """
        self.out.mkdir(exist_ok=True)
        command = self.subject.command(self.given, self.out, variant, site=self._site)
        return start(command, self.out.with_name(f"screen-{number}"), first=first)

    def kill_once(self, number: signal.Signals, tally: Tally) -> None:
        """Begins a run, kills it, looks at what is left, and as a rule begins it again."""
        chance = self._moments.random
        if chance() < _FRESH:
            shutil.rmtree(self.out)
        run = self.begin(self._variant())
        self._wait_for_moment(run)
        run.kill(number)
        ended = run.wait()
        if ended.code >= 0 and not _is_stopped(ended, number):
            tally.counts["over before"] += 1
        else:
            tally.counts["kills"] += 1
            state, names = state_of(self.subject.files_in(self.out), self.results)
            if names:
                tally.wrong(state, ", ".join(names))
            else:
                tally.counts[state] += 1
        if ended.left:
            tally.wrong("left running", f"{ended.left} processes")
        if ended.code not in (0, 130, -number):
            tally.wrong("ended otherwise", f"{ended.code} {ended.said}")
        if chance() < _OFTEN:
            self.run_next(tally)
        if _contents(self.given) != self._inputs:
            tally.wrong("inputs changed", "see what is given")
            self._inputs = _contents(self.given)

    def run_next(self, tally: Tally) -> None:
        """Runs the command to its end where it was killed before."""
        variant = self._variant()
        begun = time.monotonic()
        ended = self.begin(variant).wait()
        self.takes = 0.7 * self.takes + 0.3 * (time.monotonic() - begun)
        tally.counts["next runs"] += 1
        left = self.subject.files_in(self.out)
        litter = [name for name in left if _UNFINISHED.search(name)]
        if litter:
            tally.wrong("litter", ", ".join(litter))
        differing = {
            name
            for name in {*left, *self.results[variant]} - {*litter}
            if left.get(name) != self.results[variant].get(name)
        }
        if ended.code or differing:
            tally.wrong("failed next", f"{ended.code} {ended.said.strip()} {sorted(differing)}")

    def _variant(self) -> int:
        return self._moments.randrange(len(self.results))

    def _wait_for_moment(self, run: Run) -> None:
        """Waits for a moment of the run: any, or one just after the output changed."""
        until = time.monotonic() + self.takes * self._moments.uniform(0, 1)
        soon = self._moments.uniform(0, _SOON)
        before = _seen(self.out)
        is_any = self._moments.random() < 0.5
        last = time.monotonic() + 2 * self.takes
        while (now := time.monotonic()) < (until if is_any else last):
            if not is_any and _seen(self.out) != before:
                time.sleep(soon)
                return
            time.sleep(min(_LOOK, max(last - now, 0)))


def _is_stopped(ended: Ended, number: signal.Signals) -> bool:
    return number == signal.SIGINT and ended.code == 130


def _seen(folder: Path) -> set[tuple[str, int]]:
    found = set()
    for path in folder.rglob("*"):
        try:
            found.add((str(path), path.lstat().st_mtime_ns))
        except OSError:
            continue
    return found


def _contents(folder: Path) -> Mapping[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@dataclass(frozen=True, slots=True)
class Together:
    """What became of several runs at once on one output.

    Attributes:
        runs: How many there were.
        well: How many of them ended with 0.
        told: How many of them ended with 2 and one line.
        otherwise: How the others ended.
        is_same: Whether the output is that of a run by itself.
    """

    runs: int
    well: int
    told: int
    otherwise: tuple[str, ...]
    is_same: bool


def run_together(killing: Killing, runs: int) -> Together:
    """Has several runs write to one output at once, which is empty before.

    Args:
        killing: The command.
        runs: How many.

    Returns:
        What became of them.
    """
    shutil.rmtree(killing.out)
    killing.out.mkdir()
    ends = [run.wait() for run in [killing.begin(number=number) for number in range(runs)]]
    well = sum(end.code == 0 for end in ends)
    told = sum(end.code == 2 and len(end.said.splitlines()) == 1 for end in ends)
    return Together(
        runs,
        well,
        told,
        tuple(f"{end.code} {end.said}" for end in ends if end.code not in (0, 2)),
        killing.subject.files_in(killing.out) == killing.results[0],
    )
