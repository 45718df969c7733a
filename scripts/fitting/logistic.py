"""Logistic regression: how every fit tells two sorts of examples apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

if TYPE_CHECKING:
    import numpy.typing as npt

    FloatArray = npt.NDArray[np.float64]


def fit_logistic(
    inputs: FloatArray,
    right: npt.NDArray[Any],
    *,
    ridge: float,
    shares: FloatArray | None = None,
    tolerance: float | None = None,
) -> FloatArray:
    """Weights that make it most probable that what is right is so, and all else is not.

    Args:
        inputs: Features of each example, shape (examples, features); an intercept is the weight of
            a feature that is always 1.
        right: Of each example whether it is right, or 1 and 0.
        ridge: Precision of the Gaussian that draws the weights to 0.
        shares: How much each example counts; None where all count alike.
        tolerance: Below which gain it is done; None for the optimiser's own.
    """
    signs = np.where(right, 1.0, -1.0)
    counts = np.ones(len(inputs)) if shares is None else shares

    def objective(values: FloatArray) -> tuple[float, FloatArray]:
        logits = signs * (inputs @ values)
        chances = 1 / (1 + np.exp(np.clip(logits, -500, 500)))
        loss = counts @ np.logaddexp(0, -logits) + ridge / 2 * values @ values
        return float(loss), -(counts * signs * chances) @ inputs + ridge * values

    start = np.zeros(inputs.shape[1])
    found = minimize(objective, start, jac=True, method="L-BFGS-B", tol=tolerance)
    return np.asarray(found.x, dtype=np.float64)
