"""The virtual environment in which all contestants run, and what is installed in it.

Peers are never dependencies of `align`: the benchmark installs them, at the versions below, into a
folder of their own. `align` is installed there too, so that all run on the same numpy.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]

PINNED = {
    "galechurch": {"galechurch": "0.1.0"},
    "sentweave": {"sentweave": "0.3.3"},
    "bertalign": {"bertalign": "2.0.1", "torch": "2.13.0", "sentence-transformers": "6.2.0"},
    "transformer": {"torch": "2.13.0", "transformers": "5.23.0"},
    "plots": {"matplotlib": "3.11.2"},
}
"""What each peer, and drawing the plots, needs: packages and their versions."""

_NEWEST_NEEDED = (3, 12)  # bertalign 2 needs it
_PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check", "install")
_LIST = (
    "import importlib.metadata as m, json;"
    "print(json.dumps({d.name.lower(): d.version for d in m.distributions()}))"
)


class PeersError(Exception):
    """The environment of the peers cannot be made."""


def prepare(folder: Path, wanted: Iterable[str], *, python: str | None = None) -> dict[str, str]:
    """Makes or completes the environment.

    Args:
        folder: Where it lies.
        wanted: Keys of `PINNED`.
        python: The interpreter to make it with; by default one that every peer runs on.

    Returns:
        For each peer that cannot be installed, pip's reason.

    Raises:
        PeersError: If the environment, or `align` in it, cannot be made.
    """
    interpreter = python_of(folder)
    if not interpreter.exists():
        base = python or _suitable_python()
        _say(f"making {folder} with {base}")
        _must([base, "-m", "venv", str(folder)])
    stamp, project = folder / "align-ready", ROOT / "pyproject.toml"
    if not stamp.exists() or stamp.stat().st_mtime < project.stat().st_mtime:
        _say("installing align")
        _must([str(interpreter), *_PIP, "--editable", str(ROOT)])
        stamp.touch()
    failed = {}
    for name in wanted:
        pins = PINNED[name]
        present = _installed(interpreter)
        if all(present.get(package) == version for package, version in pins.items()):
            continue
        requirements = [f"{package}=={version}" for package, version in pins.items()]
        _say(f"installing {', '.join(requirements)}")
        done = _run([str(interpreter), *_PIP, *requirements])
        if done.returncode:
            failed[name] = f"cannot be installed: {_reason(done.stderr)}"
    return failed


def python_of(folder: Path) -> Path:
    """The interpreter of a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _suitable_python() -> str:
    """The first Python found that every peer runs on; this one where there is none."""
    return next((found for found in _pythons() if _is_new_enough(found)), sys.executable)


def _pythons() -> Iterator[str]:
    yield sys.executable
    names = [f"python3.{minor}" for minor in (14, 13, 12)]
    yield from filter(None, map(shutil.which, names))
    # Version managers keep their interpreters side by side.
    beside = Path(sys.base_prefix).parent
    yield from (str(path) for path in sorted(beside.glob("*3.1[2-4]*/bin/python3")))


def _is_new_enough(python: str) -> bool:
    test = f"import sys, venv; sys.exit(sys.version_info < {_NEWEST_NEEDED!r})"
    try:
        return _run([python, "-c", test]).returncode == 0
    except OSError:
        return False


def _installed(python: Path) -> dict[str, str]:
    versions: dict[str, str] = json.loads(_must([str(python), "-c", _LIST]))
    return {name: version.split("+")[0] for name, version in versions.items()}  # `2.13.0+cpu`


def _must(command: Sequence[str]) -> str:
    done = _run(command)
    if done.returncode:
        raise PeersError(f"{' '.join(command[:4])} … failed: {_reason(done.stderr)}")
    return done.stdout


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _reason(stderr: str) -> str:
    """The line of a program's complaint that says most."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR:")]
    return (errors or lines or ["no reason given"])[0][:300]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
