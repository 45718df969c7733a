"""The fitted numbers of the aligner: small enough to read, kept in `models/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from align.aligner.features import BEAD_FEATURES, GAP_FEATURES
from align.aligner.habits import Habits, gap_rate
from align.errors import InputError
from align.resources import data_folder


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the features of beads and gaps.

    Attributes:
        beads: Weight of each of `BEAD_FEATURES`.
        gaps: Weight of each of `GAP_FEATURES`.
    """

    beads: tuple[float, ...]
    gaps: tuple[float, ...]

    @property
    def features(self) -> frozenset[str]:
        """Names of the bead features that count."""
        return frozenset(
            name for name, weight in zip(BEAD_FEATURES, self.beads, strict=True) if weight
        )

    def plus(self, other: Weights, factor: float) -> Weights:
        """These weights and some others times a factor."""
        return Weights(
            tuple(a + factor * b for a, b in zip(self.beads, other.beads, strict=True)),
            tuple(a + factor * b for a, b in zip(self.gaps, other.gaps, strict=True)),
        )


@dataclass(frozen=True, slots=True)
class Parameters:
    """Weights of a log-linear model over alignments, and what turns its posterior to confidence.

    Attributes:
        first: Weights of the first pass, which shows the habits of the pair of texts.
        second: Weights of the second pass, in texts that leave out as much as most do.
        by_gaps: What is added to them times `gap_rate` of the habits.
        calibration: Slope, weight of the doubt about the whole, and intercept, that map the
            log-odds of a bead's posterior to those of its confidence (Platt scaling).
        moves: Weights of similarity and of margin, and intercept, of the log-odds that
            two unaligned stretches out of order translate one another.
        fitted: How the numbers were made: script, data, date; part of no computation.
    """

    first: Weights
    second: Weights
    by_gaps: Weights
    calibration: tuple[float, float, float]
    moves: tuple[float, float, float]
    fitted: str = ""

    def weights(self, habits: Habits) -> Weights:
        """Weights of the second pass for a pair of texts with some habits."""
        return self.second.plus(self.by_gaps, gap_rate(habits))

    def confidence(
        self, posterior: npt.NDArray[np.float64], doubt: npt.NDArray[np.float64] | float = 0.0
    ) -> npt.NDArray[np.float64]:
        """Calibrated probabilities of beads.

        Args:
            posterior: Their posteriors.
            doubt: `doubt_of_whole` for beads with two sides, 0 for others.

        Returns:
            A probability for each.
        """
        slope, of_whole, intercept = self.calibration
        logits = slope * log_odds(posterior) + of_whole * doubt + intercept
        return np.asarray(1 / (1 + np.exp(-logits)))

    def move_confidence(self, similarity: float, margin: float) -> float:
        """Probability that a move is right; of what, `Proposal` says."""
        by_similarity, by_margin, intercept = self.moves
        logit = by_similarity * similarity + by_margin * margin + intercept
        return float(1 / (1 + np.exp(-logit)))


def doubt_of_whole(posterior: npt.NDArray[np.float64]) -> float:
    """How much the beads of two texts together speak against their being translations.

    Args:
        posterior: The posteriors of all beads with two sides.

    Returns:
        The log-odds of their mean where it is below a half, else 0.
    """
    if not len(posterior):
        return 0.0
    return min(float(log_odds(posterior.mean())), 0.0)


def log_odds(chances: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Log-odds of probabilities, elementwise, finite where they are 0 or 1."""
    odds = np.clip(chances, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(odds / (1 - odds)))


def parse_parameters(values: Mapping[str, object]) -> Parameters:
    """Builds parameters from the tables of their file.

    Raises:
        KeyError: If a number is missing.
        TypeError: If a value is not a table or not a number.
    """

    def numbers(
        table: str, names: tuple[str, ...], usual: float | None = None
    ) -> tuple[float, ...]:
        entries: object = values
        for key in table.split("."):
            entries = entries[key] if isinstance(entries, dict) else None
        if not isinstance(entries, dict):
            raise TypeError(f"[{table}] is not a table")
        if usual is not None:
            return tuple(float(entries.get(name, usual)) for name in names)
        return tuple(float(entries[name]) for name in names)

    def weights(table: str, usual: float | None = None) -> Weights:
        return Weights(
            numbers(f"{table}.beads", BEAD_FEATURES, usual),
            numbers(f"{table}.gaps", GAP_FEATURES, usual),
        )

    slope, of_whole, intercept = numbers("calibration", ("slope", "doubt", "intercept"))
    similarity, margin, base = numbers("moves", ("similarity", "margin", "intercept"))
    return Parameters(
        first=weights("first", 0.0),
        second=weights("second"),
        by_gaps=weights("by-gaps", 0.0),
        calibration=(slope, of_whole, intercept),
        moves=(similarity, margin, base),
        fitted=str(values.get("fitted", "")),
    )


def read_parameters(path: Path) -> Parameters:
    """Reads fitted parameters.

    Raises:
        InputError: If the file is not TOML or lacks a number.
    """
    try:
        return parse_parameters(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"not aligner parameters: {error}", path=path) from error


@lru_cache(maxsize=4)
def shipped_parameters(name: str = "beads") -> Parameters:
    """The parameters that come with `align`: `beads`, or `beads-anchors` for no encoder at all."""
    return read_parameters(data_folder("models") / "aligner" / f"{name}.toml")
