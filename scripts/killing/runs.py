"""A run of the command in a process of its own: started, killed, waited for.

A process is begun as a copy of this one, which has loaded what commands need: it comes to its work
at once, so that moments at random are moments of the work.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import align
from align.cli import main

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
"""The signals that stop programs: Ctrl+C, a scheduler that asks, one that does not."""

_WAIT = 0.002  # seconds between two looks
_LONGEST = 3000.0
_LONGEST_AFTER = 60.0  # that what a run began outlives it; a busy machine takes seconds
_DATE = "1700000000"  # of everything that is written, so that runs can be compared


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended.

    Attributes:
        code: Its exit code; that of a signal is negative.
        said: What it wrote on the screen.
        left: Processes that it began and that outlived it by seconds.
    """

    code: int
    said: str
    left: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A run that goes on.

    Attributes:
        process: Its number, and that of the group of processes that it begins.
        screen: The file that has what it writes on the screen.
    """

    process: int
    screen: Path

    def kill(self, number: signal.Signals) -> None:
        """Sends it a signal, and to no process that it began."""
        with suppress(ProcessLookupError):
            os.kill(self.process, number)

    def said(self) -> str:
        """What it wrote on the screen so far."""
        return self.screen.read_text(encoding="utf-8", errors="replace")

    def wait(self) -> Ended:
        """Waits for its end, and a little for that of what it began.

        Returns:
            How it ended.

        Raises:
            TimeoutError: If it takes an hour.
        """
        until = time.monotonic() + _LONGEST
        while True:
            process, status = os.waitpid(self.process, os.WNOHANG)
            if process:
                break
            if time.monotonic() > until:
                os.killpg(self.process, signal.SIGKILL)
                raise TimeoutError(f"a run does not end: {self.said()}")
            time.sleep(_WAIT)
        until = time.monotonic() + _LONGEST_AFTER
        while (left := _alive_in(self.process)) and time.monotonic() < until:
            time.sleep(_WAIT)
        if left:
            os.killpg(self.process, signal.SIGKILL)
        return Ended(os.waitstatus_to_exitcode(status), self.said(), left)


def start(
    arguments: Sequence[str], screen: Path, *, first: Callable[[], None] | None = None
) -> Run:
    """Begins a run of the command.

    Args:
        arguments: What stands behind `align`.
        screen: A file for what it writes on the screen.
        first: Called in the process before the command is.

    Returns:
        The run.
    """
    screen.unlink(missing_ok=True)  # of an earlier run
    sys.stdout.flush()
    process = os.fork()
    if process:
        return Run(process, screen)
    code = 70
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        handle = os.open(screen, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        for number in (1, 2):
            os.dup2(handle, number)
        sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8") for number in (1, 2))
        sys.argv = ["align", *arguments]
        os.environ["SOURCE_DATE_EPOCH"] = _DATE
        if first:
            first()
        main()
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 0
    except BaseException:  # whatever it is, nothing of what began this process is to go on here
        traceback.print_exc()
    finally:
        with suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def stopped_at_step(step: int, number: signal.Signals) -> Callable[[], None]:
    """What has a process send itself a signal before so manieth thing that it does to files.

    Args:
        step: Which step, from 0: a file that is opened to be written, named, removed and the like.
        number: The signal.

    Returns:
        What `start` calls first.
    """

    def first() -> None:
        left = step

        def look(event: str, details: tuple[object, ...]) -> None:
            nonlocal left
            if event in _STEPS or (event == "open" and _is_to_write(details[1], details[2])):
                left -= 1
                if left == -1:
                    os.kill(os.getpid(), number)

        sys.addaudithook(look)

    return first


_STEPS = frozenset({"os.rename", "os.remove", "os.mkdir", "os.chmod", "os.truncate"})


def _is_to_write(mode: object, flags: object) -> bool:
    return not (isinstance(mode, str) and set(mode) <= set("rbt")) and bool(
        isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
    )


def load_all() -> None:
    """Loads what commands load, so that no run does."""
    for module in pkgutil.walk_packages(align.__path__, "align."):
        if not module.name.endswith("__main__"):
            with suppress(ImportError, align.AlignError):
                importlib.import_module(module.name)


def _alive_in(group: int) -> int:
    """How many processes of a group go on; 0 where the system does not say."""
    alive = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, in_group = place.read_text().rpartition(")")[2].split()[:3]
            alive += int(in_group) == group and state != "Z"
    return alive
