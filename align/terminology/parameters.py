"""The fitted weights that say whether what was found renders a term."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from align.resources import data_folder


@dataclass(frozen=True, slots=True)
class TermParameters:
    """Weights from `models/terms/fitness.toml`, which `scripts/fit_terms.py` writes.

    Attributes:
        fitness: Of the features of a rendering (`evidence.features`), for the log-odds that it
            renders the term.
        checksum: First digits of the file's SHA-256, for signatures.
    """

    fitness: tuple[float, ...]
    checksum: str


@lru_cache(maxsize=1)
def fitted() -> TermParameters:
    """The weights that ship with `align`."""
    import hashlib

    content = (data_folder("models") / "terms" / "fitness.toml").read_bytes()
    table = tomllib.loads(content.decode("utf-8"))
    weights = table["fitness"]
    return TermParameters(
        tuple(float(weights[name]) for name in FEATURES),
        hashlib.sha256(content).hexdigest()[:8],
    )


FEATURES = (
    "constant",
    "similarity",
    "backward",
    "links",
    "support",
    "alone",
    "name",
    "peers",
    "shortfall",
    "no_peers",
)
"""Names of the features, in their order."""
