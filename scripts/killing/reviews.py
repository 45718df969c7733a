"""Kills of `align review` while a page sends what is done: whatever was answered is in the log."""

from __future__ import annotations

import json
import random
import re
import signal
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from align.review.log import NAME, read_log
from killing.judging import Tally
from killing.runs import Run, start

_ADDRESS = re.compile(r"http://\S+/")
_LONGEST = 600.0
_MOST = 400  # operations of a run
_NOTE = "The harbour master says otherwise. " * 40


class Reviewing:
    """A review that goes on from run to run.

    Args:
        built: A folder with an alignment file.
        scratch: A folder for what the program says.
        seed: What the moments follow from.
    """

    def __init__(self, built: Path, scratch: Path, *, seed: int = 16) -> None:
        self.built = built
        self.log = built / NAME
        self.answered: set[str] = set()
        self.sent: set[str] = set()
        self._scratch = scratch
        self._names = map("e{}".format, range(10**9))
        self._moments = random.Random(seed)

    def begin(self, number: int = 0) -> tuple[Run, str]:
        """Begins a run; returns it and the address of its page.

        Raises:
            RuntimeError: If it says no address.
        """
        arguments = ["review", str(self.built), "--no-browser", "--encoder", "anchors"]
        run = start(arguments, self._scratch / f"screen-{number}")
        until = time.monotonic() + _LONGEST
        while time.monotonic() < until:
            if run.screen.exists() and (said := _ADDRESS.search(run.said())):
                return run, said[0]
            time.sleep(0.002)
        run.kill(signal.SIGKILL)
        raise RuntimeError(f"align review says no address: {run.wait().said}")

    def operations(self) -> Iterator[dict[str, Any]]:
        """Operations without end, short and long ones."""
        for name in self._names:
            note = {"kind": "note", "language": "fr", "side": "source", "segment": "0"}
            yield {
                "id": name,
                "time": "2030-01-01T00:00:00Z",
                "operation": {**note, "text": f"{name} {_NOTE[: self._moments.randrange(1200)]}"},
            }

    def send(self, address: str, entry: dict[str, Any], *, after: int = 0) -> bool:
        """Sends an operation as the page does; returns whether it was answered as kept."""
        self.sent.add(entry["id"])
        request = urllib.request.Request(
            f"{address}operations",
            json.dumps({"entry": entry, "after": after}).encode(),
            {"Content-Type": "application/json", "Origin": address.rstrip("/").rpartition("/")[0]},
        )
        try:
            with urllib.request.urlopen(request, timeout=_LONGEST) as answer:
                said = json.loads(answer.read())
        except (OSError, ValueError, urllib.error.URLError):
            return False
        if said["refused"] is None:
            self.answered.add(entry["id"])
        return said["refused"] is None

    def send_until_it_ends(self, address: str) -> None:
        """Sends operations one after the other, until one is not answered as kept."""
        known = len(self.sent)
        for entry in self.operations():
            if not self.send(address, entry, after=known) or len(self.sent) > known + _MOST:
                break

    def kill_once(self, number: signal.Signals, tally: Tally) -> None:
        """Kills a run while operations are sent; counts what is in the log, then goes on."""
        run, address = self.begin()
        timer = threading.Timer(self._moments.uniform(0.01, 0.5), run.kill, [number])
        timer.start()
        known = len(self.sent)
        self.send_until_it_ends(address)
        timer.join()
        run.wait()
        tally.counts["kills"] += 1
        tally.counts["torn lines"] += not self.log.read_bytes().endswith(b"\n")
        self.judge(tally)
        run, address = self.begin()
        tally.counts["next runs"] += 1
        if not self.send(address, next(self.operations()), after=known):
            tally.wrong("failed next", "an operation is not kept")
        run.kill(signal.SIGINT)
        ended = run.wait()
        if ended.code or not self.log.read_bytes().endswith(b"\n"):
            tally.wrong("failed next", f"{ended.code} {ended.said}")

    def judge(self, tally: Tally) -> None:
        """Counts whether all that was answered as kept is in the log, and nothing else."""
        kept = {entry.id for entry in read_log(self.log).entries}
        if self.answered <= kept <= self.sent:
            tally.counts["whole"] += 1
        else:
            tally.wrong("half-written", f"not in the log: {sorted(self.answered - kept)}")
