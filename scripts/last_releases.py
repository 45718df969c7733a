"""Lists when each dependency was last released, and how many accounts may publish it.

    python scripts/last_releases.py [--years 2]

A row for each package that a default installation brings, the direct ones first: the newest
version that is no pre-release, when it came, how many accounts may publish it, and `old` where it
came longer ago than that, `old, one alone` where there is one account too. It asks the index that
pip uses (`PIP_INDEX_URL`), which has to answer as the Python Package Index (`/pypi/NAME/json`).
"""

from __future__ import annotations

import argparse
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import urllib3
from licences import ROOT, dependencies
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version
from pip._internal.models.index import PyPI


@dataclass(frozen=True)
class LastRelease:
    """The newest release of a package.

    Attributes:
        version: Its version.
        day: When its first file came.
        publishers: How many accounts may publish the package; None where an organisation may.
    """

    version: str
    day: datetime
    publishers: int | None

    def verdict(self, today: datetime, years: float) -> str:
        """Empty for a package that was released in the last years, else why it stands out."""
        if today - self.day < timedelta(days=365.25 * years):
            return ""
        return "old, one alone" if self.publishers == 1 else "old"


def last_release(answer: Mapping[str, Any]) -> LastRelease:
    """The newest release of a package by what its index answers.

    Files that came later for a version, or were taken back, make no release, nor do versions that
    are named as none may be named today.

    Raises:
        ValueError: If there is no release.
    """
    days = {
        version: min(datetime.fromisoformat(file["upload_time_iso_8601"]) for file in files)
        for version, files in answer["releases"].items()
        if files and not all(file["yanked"] for file in files)
    }
    finished = [version for version in days if _is_finished(version)]
    newest = max(finished, key=lambda version: (days[version], Version(version)))
    by = answer.get("ownership") or {}
    publishers = None if by.get("organization") else len(by.get("roles", []))
    return LastRelease(newest, days[newest], publishers)


def _is_finished(version: str) -> bool:
    try:
        return not Version(version).is_prerelease
    except InvalidVersion:
        return False


def _answer(name: str) -> dict[str, Any]:
    index = os.environ.get("PIP_INDEX_URL", PyPI.simple_url).rstrip("/").removesuffix("/simple")
    address = f"{index}/pypi/{name}/json"
    found: dict[str, Any] = urllib3.request("GET", address, timeout=60, retries=3).json()
    return found


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--years", type=float, default=2)
    years = parser.parse_args().years
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = {canonicalize_name(Requirement(each).name) for each in project["dependencies"]}
    names = [canonicalize_name(package.name) for package in dependencies(extras=())]
    print("| package | direct | last release | day | accounts | |\n|---|---|---|---|---:|---|")
    for name in sorted(names, key=lambda name: (name not in direct, name)):
        last = last_release(_answer(name))
        who = "organisation" if last.publishers is None else last.publishers
        told = f"{'yes' if name in direct else ''} | {last.version} | {last.day:%Y-%m-%d} | {who}"
        print(f"| {name} | {told} | {last.verdict(datetime.now(UTC), years)} |", flush=True)


if __name__ == "__main__":
    main()
