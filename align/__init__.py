"""Turns an article and its translations into a translation memory that people trust.

    import align

    article = align.build("corpora/japan-europe-cooperation")
    align.write_build(article, "out")

    result = align.pair(english_text, japanese_text)
    for bead in result.alignments["ja"]:
        print(bead.kind, bead.score, bead.confidence)

Everything is loaded when it is first used, so that importing the package costs nothing. The public
names are stated in `__init__.pyi`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

__version__ = "0.1.0"

# `from align.beads import Bead as Bead` says that `Bead` is from `align.beads`.
_MODULES = {
    line.split()[-1]: line.split()[1]
    for line in Path(__file__).with_suffix(".pyi").read_text(encoding="utf-8").splitlines()
    if line.startswith("from ")
}

__all__ = ["__version__", *_MODULES]


def __getattr__(name: str) -> object:
    if name in _MODULES:
        value = getattr(import_module(_MODULES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'align' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
