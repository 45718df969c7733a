"""The fitted numbers of the aligner: small enough to read, kept in `models/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from align.aligner.features import BEAD_FEATURES, GAP_FEATURES
from align.errors import InputError
from align.resources import data_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Parameters:
    """Weights of a log-linear model over alignments, and what turns its posterior to confidence.

    Attributes:
        beads: Weight of each of `BEAD_FEATURES`.
        gaps: Weight of each of `GAP_FEATURES`.
        calibration: Slope and intercept that map the log-odds of a bead's posterior to those of
            its confidence (Platt scaling).
        moves: Weight of similarity, weight of margin and intercept of the log-odds that two
            unaligned stretches out of order translate one another.
        fitted: How the numbers were made: script, data, date; part of no computation.
    """

    beads: tuple[float, ...]
    gaps: tuple[float, ...]
    calibration: tuple[float, float]
    moves: tuple[float, float, float]
    fitted: str = ""

    def confidence(self, posterior: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Calibrated probabilities of beads from their posteriors, elementwise."""
        slope, intercept = self.calibration
        odds = np.clip(posterior, 1e-9, 1 - 1e-9)
        logits = slope * np.log(odds / (1 - odds)) + intercept
        return np.asarray(1 / (1 + np.exp(-logits)))

    def move_confidence(self, similarity: float, margin: float) -> float:
        """Probability that a move is right, from its rescaled similarity and its margin."""
        by_similarity, by_margin, intercept = self.moves
        logit = by_similarity * similarity + by_margin * margin + intercept
        return float(1 / (1 + np.exp(-logit)))


def parse_parameters(values: Mapping[str, object]) -> Parameters:
    """Builds parameters from the tables of their file.

    Raises:
        KeyError: If a number is missing.
        TypeError: If a value is not a table or not a number.
    """

    def numbers(table: str, names: tuple[str, ...]) -> tuple[float, ...]:
        entries = values[table]
        if not isinstance(entries, dict):
            raise TypeError(f"[{table}] is not a table")
        return tuple(float(entries[name]) for name in names)

    slope, intercept = numbers("calibration", ("slope", "intercept"))
    similarity, margin, base = numbers("moves", ("similarity", "margin", "intercept"))
    return Parameters(
        beads=numbers("beads", BEAD_FEATURES),
        gaps=numbers("gaps", GAP_FEATURES),
        calibration=(slope, intercept),
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
