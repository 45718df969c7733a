"""Prints how much each distribution of an environment takes up on disk.

    python -m venv fresh && fresh/bin/pip install .
    python scripts/installed_sizes.py fresh

Compiled modules (`.pyc`), which Python makes where it may, are counted apart; pip and setuptools,
which come with an environment, are left out. These are the sizes of `docs/dependencies.md`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from importlib.metadata import distributions
from pathlib import Path
from sysconfig import get_path

_COMES_WITH_IT = ("pip", "setuptools")
_MB = 1e6


def sizes(environment: Path) -> tuple[Counter[str], int]:
    """Bytes of each distribution but for compiled modules, and the bytes of these."""
    packages = Path(get_path("purelib", vars={"base": str(environment)}))
    found: Counter[str] = Counter()
    compiled = 0
    for distribution in distributions(path=[str(packages)]):
        name = distribution.metadata["Name"].lower().replace("_", "-")
        if name in _COMES_WITH_IT:
            continue
        for file in distribution.files or ():
            path = Path(str(file.locate()))
            if not path.is_file():
                continue
            if path.suffix == ".pyc":
                compiled += path.stat().st_size
            else:
                found[name] += path.stat().st_size
    return found, compiled


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("environment", type=Path)
    found, compiled = sizes(parser.parse_args().environment)
    for name, size in found.most_common():
        print(f"{name:36}{size / _MB:8.1f}")
    print(f"{'all, MB':36}{found.total() / _MB:8.1f}")
    print(f"{'compiled modules, MB':36}{compiled / _MB:8.1f}")


if __name__ == "__main__":
    main()
