"""Kills runs of every command that writes, at random moments; is the result whole, or not there?

Each command is run undisturbed, to two results where it has them. Then runs of it are begun and
killed, by Ctrl+C (SIGINT), SIGTERM and SIGKILL, half of them at any moment and half just after they
began to write; most kills are followed by a run that is left alone. Of each command and signal a
row of a table says what was left: everything whole (old or new), something not there, something
half-written; how often the next run left anything behind or did not come to the result of an
undisturbed run, byte by byte. Of `review` it is what was answered as kept that must be in the log.

With --together it has two and four runs at once write to one output instead. Ends with 1 where
anything was lost, half-written, left behind or failed.
"""

from __future__ import annotations

import argparse
import http.server
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from killing.judging import Killing, Tally, run_together
from killing.reviews import Reviewing
from killing.runs import SIGNALS, load_all, start
from killing.subjects import SUBJECTS, write_given

_REVIEW = "review"
_COLUMNS = ("kills", "whole", "absent", "half-written", "next runs", "litter", "failed next")
_WRONG = ("half-written", "litter", "failed next", "left running", "inputs changed",
          "ended otherwise")  # fmt: skip


def main() -> None:
    """Prints a table, and a line for whatever was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commands", nargs="*", help="which; all where none is named")
    parser.add_argument("--kills", type=int, default=5, help="of each command by each signal")
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--together", type=int, default=0, metavar="TIMES", help="how often")
    arguments = parser.parse_args()
    there = [*SUBJECTS, _REVIEW]
    if unknown := [name for name in arguments.commands if name not in there]:
        parser.error(f"unknown command {unknown[0]!r}; there are {', '.join(there)}")
    load_all()
    with tempfile.TemporaryDirectory(prefix="align-kills-") as name:
        folder = Path(name)
        os.environ["ALIGN_CACHE"] = str(folder / "cache")
        given = folder / "given"
        write_given(given)
        built = SUBJECTS["build"].command(given, given / "built", 0)
        if (ended := start(built, folder / "screen").wait()).code:
            sys.exit(f"align build fails: {ended.said}")
        with _serving(given / "site") as site:
            names = arguments.commands or there
            if arguments.together:
                is_well = _all_together(names, folder, site, arguments.together)
            else:
                is_well = _all_killed(names, folder, site, arguments)
    sys.exit(not is_well)


def _all_killed(names: list[str], folder: Path, site: str, given: argparse.Namespace) -> bool:
    print("| command | signal |", " | ".join(_COLUMNS), "|")
    print("|---|---|" + "---:|" * len(_COLUMNS))
    total: Counter[str] = Counter()
    for name in names:
        kill = _killer(name, folder, site, given.seed)
        for number in SIGNALS:
            tally = Tally()
            while (
                tally.counts["kills"] < given.kills
                and tally.counts["over before"] < 4 * given.kills
            ):
                kill(number, tally)
            total += tally.counts
            figures = " | ".join(str(tally.counts[column]) for column in _COLUMNS)
            print(f"| {name} | {number.name} | {figures} |", flush=True)
            for line in tally.told:
                print(f"  {line}", flush=True)
    print("| all | |", " | ".join(str(total[column]) for column in _COLUMNS), "|")
    others = ("over before", "torn lines", "left running", "inputs changed", "ended otherwise")
    print("; ".join(f"{what}: {total[what]}" for what in others))
    return not any(total[what] for what in _WRONG)


def _killer(
    name: str, folder: Path, site: str, seed: int
) -> Callable[[signal.Signals, Tally], None]:
    scratch = folder / name.replace(" ", "-")
    if name != _REVIEW:
        return Killing(SUBJECTS[name], folder / "given", scratch, site=site, seed=seed).kill_once
    shutil.copytree(folder / "given" / "built", scratch / "built")
    return Reviewing(scratch / "built", scratch, seed=seed).kill_once


def _all_together(names: list[str], folder: Path, site: str, times: int) -> bool:
    print("| command | runs at once | times | ended with 0 | with 2 and one line | otherwise |"
          " output as a lone run's |")  # fmt: skip
    print("|---|" + "---:|" * 6)
    is_well = True
    for name in names:
        if name == _REVIEW:
            continue
        killing = Killing(SUBJECTS[name], folder / "given", folder / name.replace(" ", "-"),
                          site=site)  # fmt: skip
        for runs in (2, 4):
            done = [run_together(killing, runs) for _ in range(times)]
            well, told = sum(each.well for each in done), sum(each.told for each in done)
            same = sum(each.is_same for each in done)
            otherwise = runs * times - well - told
            print(f"| {name} | {runs} | {times} | {well} | {told} | {otherwise} | {same} |",
                  flush=True)  # fmt: skip
            for line in (line for each in done for line in each.otherwise):
                print(f"  {line}")
            is_well = is_well and same == times and not otherwise
    return is_well


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    """Serves a folder on this machine; gives its address."""
    handler = partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    main()
