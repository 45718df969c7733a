"""How much memory a task takes."""

from __future__ import annotations

import sys
from pathlib import Path


def peak_memory() -> float:
    """The most memory that this process has held, in MB."""
    try:
        # What the system counts for the process includes its parent's at the time it started.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6
    except (OSError, IndexError):
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
