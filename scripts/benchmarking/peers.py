"""The virtual environment in which all contestants run, and what is installed in it.

Peers are never dependencies of `align`: the benchmark installs them, at the versions below, into a
folder of their own. `align` is installed there too, so that all run on the same numpy.

Bertalign asks for Python 3.12 for the sake of one `type` statement, an alias that only annotations
use. On 3.11 it is installed with that line written as an assignment; nothing else of it changes.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]

PINNED = {
    "galechurch": {"galechurch": "0.1.0"},
    "sentweave": {"sentweave": "0.3.3"},
    "bertalign": {
        "torch": "2.13.0",
        "sentence-transformers": "6.2.0",
        "numba": "0.68.1",
        "sentence-splitter": "1.4",
        "lingua-language-detector": "2.1.1",
        "bertalign": "2.0.1",
    },
    "transformer": {"torch": "2.13.0", "transformers": "5.23.0"},
    "plots": {"matplotlib": "3.11.2"},
}
"""What each peer, and drawing the plots, needs: packages and their versions."""

_TYPE_STATEMENT = re.compile(r"^type (?=\w+ = )", re.MULTILINE)
_PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check", "install")
_PURELIB = "import sysconfig; print(sysconfig.get_path('purelib'))"
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
        python: The interpreter to make it with; by default this one.

    Returns:
        For each peer that cannot be installed, pip's reason.

    Raises:
        PeersError: If the environment, or `align` in it, cannot be made.
    """
    interpreter = python_of(folder)
    if not interpreter.exists():
        base = python or sys.executable
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
        reason = _install(interpreter, pins)
        if reason:
            failed[name] = f"cannot be installed: {reason}"
    return failed


def python_of(folder: Path) -> Path:
    """The interpreter of a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _install(interpreter: Path, pins: Mapping[str, str]) -> str | None:
    """Installs pinned packages; returns pip's reason where it cannot."""
    requirements = [f"{package}=={version}" for package, version in pins.items()]
    _say(f"installing {', '.join(requirements)}")
    steps = [requirements]
    if "bertalign" in pins:
        # Its own range for the language detector excludes what runs on 3.11; we detect nothing.
        alone = ["--no-deps", "--ignore-requires-python", f"bertalign=={pins['bertalign']}"]
        steps = [[text for text in requirements if not text.startswith("bertalign==")], alone]
    for step in steps:
        done = _run([str(interpreter), *_PIP, *step])
        if done.returncode:
            return _reason(done.stderr)
    if "bertalign" in pins:
        _without_type_statements(interpreter, "bertalign")
    return None


def _without_type_statements(interpreter: Path, package: str) -> None:
    """Writes a package's `type X = …`, which Python 3.11 cannot read, as `X = …`."""
    folder = Path(_must([str(interpreter), "-c", _PURELIB]).strip()) / package
    for file in folder.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        file.write_text(_TYPE_STATEMENT.sub("", text), encoding="utf-8")


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
