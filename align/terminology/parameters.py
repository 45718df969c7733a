"""The fitted weights that say whether what was found renders a term."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from align.resources import data_folder

FEATURES = (
    "constant",
    "similarity",
    "inside",
    "outside",
    "links",
    "support",
    "only_mention",
    "peers",
    "shortfall",
    "only_language",
    "similarity_in_only_language",
    "outlying",
    "uncovered",
    "known",
    "lacking",
)
"""Names of what a rendering is judged by (`evidence.features`), in their order."""


Weights = tuple[float, ...]
TABLES = ("term", "name")
"""The sorts of term that have weights of their own."""


@dataclass(frozen=True, slots=True)
class TermParameters:
    """Weights from `models/terms/fitness.toml`, which `scripts/fit_terms.py` writes.

    Each pair is for terms that are no names, and for names.

    Attributes:
        present: For the log-odds that a translation has something for a term at all.
        right: For the log-odds that what it has means the term.
        checksum: First digits of the file's SHA-256, for signatures.
    """

    present: tuple[Weights, ...]
    right: tuple[Weights, ...]
    checksum: str


@lru_cache(maxsize=1)
def fitted() -> TermParameters:
    """The weights that ship with `align`."""
    content = (data_folder("models") / "terms" / "fitness.toml").read_bytes()
    tables = tomllib.loads(content.decode("utf-8"))
    present, right = (
        tuple(tuple(float(tables[question][sort][name]) for name in FEATURES) for sort in TABLES)
        for question in ("present", "right")
    )
    return TermParameters(present, right, hashlib.sha256(content).hexdigest()[:8])
