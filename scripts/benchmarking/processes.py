"""Starts `benchmarking.worker`, each task in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST_RUN = 1200  # seconds after which a process is stopped where nobody says otherwise


@dataclass(frozen=True, slots=True)
class Workers:
    """Where workers run.

    Attributes:
        python: The interpreter, of the environment that has the contestants.
        scratch: A folder for what workers write.
        threads: How many each may use.
    """

    python: Path
    scratch: Path
    threads: int

    def run(self, job: str, *, longest: int = LONGEST_RUN, **task: Any) -> dict[str, Any]:
        """Runs a worker; what it measured, or the reason of its failure as `error`.

        Args:
            job: What it does, see `benchmarking.worker`.
            longest: Seconds after which it is stopped.
            task: What it is given.
        """
        result = self.scratch / "result.json"
        result.unlink(missing_ok=True)
        try:
            done = subprocess.run(
                [str(self.python), "-m", "benchmarking.worker"],
                input=json.dumps({"job": job, "result": str(result), **task}),
                env=self.environment(),
                capture_output=True,
                text=True,
                timeout=longest,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"error": f"stopped after {longest} s"}
        if done.returncode or not result.exists():
            return {"error": last_line(done.stderr) or f"ended with code {done.returncode}"}
        measured: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
        return measured

    def environment(self) -> dict[str, str]:
        """The variables of a worker's process."""
        scripts = Path(__file__).resolve().parents[1]
        threads = ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM", "NUMBA", "RAYON")
        return {
            **os.environ,
            **{f"{name}_NUM_THREADS": str(self.threads) for name in threads},
            "PYTHONPATH": os.pathsep.join((str(scripts), str(scripts.parent))),
            "PYTHONUTF8": "1",
            "HF_HUB_OFFLINE": "1",  # no peer fetches a model
        }


def last_line(text: str) -> str:
    """The last line that says something: of a complaint, what it comes to."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else ""
