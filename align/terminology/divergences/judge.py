"""The fitted model that says how probable it is that a rendering diverges.

Boosted trees (Friedman 2001, Greedy function approximation) a kind of divergence, over the numbers
of `align.terminology.divergences.evidence`; `scripts/fit_divergences.py` fits them on real
translations in which a script made errors. What is not known goes the way that the fit found best
for it. What comes out is a calibrated probability (Platt 1999).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from align.resources import data_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from align.findings import Severity


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of decision trees, all their nodes in one row of arrays.

    Attributes:
        base: Log-odds before any tree.
        roots: Index of each tree's first node, shape (trees,).
        feature: Of each node, the column it asks about; -1 where it is a leaf.
        threshold: Up to which value the answer is left.
        unknown_left: Whether it is left where the value is not known.
        left: Index of the node to the left; of a leaf itself.
        right: Likewise to the right.
        value: Of a leaf, what it adds to the log-odds.
    """

    base: float
    roots: NDArray[np.int64]
    feature: NDArray[np.int64]
    threshold: NDArray[np.float64]
    unknown_left: NDArray[np.bool_]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: NDArray[np.float64]

    def log_odds(self, evidence: NDArray[np.float64]) -> NDArray[np.float64]:
        """What the trees say together, shape (n,), of evidence of shape (n, features)."""
        rows = np.arange(len(evidence))[:, None]
        nodes = np.broadcast_to(self.roots, (len(evidence), len(self.roots)))
        while True:
            feature = self.feature[nodes]
            if (feature < 0).all():
                return np.asarray(self.base + self.value[nodes].sum(axis=1))
            values = evidence[rows, feature]
            goes_left = np.where(
                np.isnan(values), self.unknown_left[nodes], values <= self.threshold[nodes]
            )
            nodes = np.where(goes_left, self.left[nodes], self.right[nodes])


@dataclass(frozen=True, slots=True)
class Tells:
    """How probable a divergence has to be, to be told.

    Attributes:
        warning: To be a warning.
        seconded: To be one where a check by itself would warn of it, too.
        note: To be a note.
        check: To be a warning of `align check`, which says what is sure.
    """

    warning: float
    seconded: float
    note: float
    check: float


@dataclass(frozen=True, slots=True)
class Judge:
    """The models of all sorts of divergence, and from what probability on they are told.

    Attributes:
        features: Names of the evidence's columns, in their order.
        models: By sort of divergence: `missing`, `other` (than what renders the term) and
            `untranslated`.
        slopes: Of each sort, by what the log-odds are stretched and moved to be calibrated.
        tells: How probable a divergence has to be, to be told.
        checksum: First digits of the file's SHA-256, for signatures.
    """

    features: tuple[str, ...]
    models: Mapping[str, Trees]
    slopes: Mapping[str, tuple[float, float]]
    tells: Tells
    checksum: str

    def chances(self, evidence: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
        """For each sort the probability that a mention diverges so, shape (n,)."""
        result = {}
        for sort, trees in self.models.items():
            slope, shift = self.slopes[sort]
            odds = slope * trees.log_odds(evidence) + shift
            result[sort] = 1 / (1 + np.exp(-odds))
        return result

    def severity(self, chance: float, *, seconded: bool) -> Severity | None:
        """How loud a divergence of some probability is told; None where it is not.

        Args:
            chance: The probability.
            seconded: Whether a check by itself would warn of it, too.
        """
        if chance >= (self.tells.seconded if seconded else self.tells.warning):
            return "warning"
        return "note" if chance >= self.tells.note else None


def judge_of(content: Mapping[str, Any], checksum: str = "") -> Judge:
    """A judge from what its file holds."""
    sorts = content["sorts"]
    return Judge(
        tuple(content["features"]),
        {sort: _trees(each) for sort, each in sorts.items()},
        {sort: tuple(each["calibration"]) for sort, each in sorts.items()},
        Tells(**content["tells"]),
        checksum,
    )


def _trees(each: Mapping[str, Any]) -> Trees:
    trees: Sequence[Mapping[str, Sequence[float]]] = each["trees"]
    sizes = [len(tree["feature"]) for tree in trees]
    roots = np.cumsum([0, *sizes[:-1]])

    def column(name: str, dtype: type, *, moved: bool = False) -> NDArray[Any]:
        parts: list[NDArray[Any]] = [
            np.array(tree[name], dtype=dtype) + (root if moved else 0)
            for tree, root in zip(trees, roots.tolist(), strict=True)
        ]
        return np.concatenate(parts).astype(dtype)

    return Trees(
        float(each["base"]),
        roots,
        column("feature", np.int64),
        column("threshold", np.float64),
        column("unknown_left", np.bool_),
        column("left", np.int64, moved=True),
        column("right", np.int64, moved=True),
        column("value", np.float64),
    )


@lru_cache(maxsize=1)
def fitted_judge() -> Judge:
    """The judge that ships with `align`."""
    content = (data_folder("models") / "terms" / "divergences.json").read_bytes()
    return judge_of(json.loads(content), hashlib.sha256(content).hexdigest()[:8])
