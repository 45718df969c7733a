"""How much memory a task takes."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

_STATUS = Path("/proc/self/status")
_FORGET = Path("/proc/self/clear_refs")


def peak_memory() -> float:
    """The most memory that this process has held, in MB."""
    try:
        # What the system counts for the process includes its parent's at the time it started.
        status = _STATUS.read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6
    except (OSError, IndexError):
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def forget_peak() -> None:
    """Has `peak_memory` count from what is held now on, where the system (Linux) can do that."""
    with suppress(OSError):
        _FORGET.write_text("5", encoding="ascii")  # proc(5): resets the peak of resident memory
