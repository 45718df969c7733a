"""Fits how much surer rows are than their confidence says; writes `models/review/doubt.toml`.

    python scripts/fit_review.py

Two numbers, by maximum likelihood on novels and perturbed news, both kinds counting alike: from
which log-odds on those of being right grow faster than those of the confidence, and by how much.
The articles are in no fit. The yearbooks are not learnt from either: where their gold goes on to
lines that its files do not have, it disagrees with itself, which would pass for errors of the
surest beads.
"""

from __future__ import annotations

import numpy as np
from evaluation.reviewer import judged_texts
from scipy.optimize import minimize

from align.formats.atomic import open_for_writing
from align.resources import data_folder
from align.settings import Settings

LEARNT = ("novels", "news")
STARTS = (0.5, 1.5, 2.5)


def main() -> None:
    """Fits both, writes and prints them."""
    settings = Settings()
    odds, wrong, shares = [], [], []
    for kind in LEARNT:
        pairs = [
            (row.confidence, is_wrong)
            for text in judged_texts(kind, settings)
            for row, is_wrong in zip(text.rows, text.wrong, strict=True)
            if row.confidence is not None
        ]
        confidence = np.clip([each for each, _ in pairs], 1e-9, 1 - 1e-9)
        odds.append(np.log(confidence / (1 - confidence)))
        wrong.append(np.array([each for _, each in pairs], dtype=bool))
        shares.append(np.full(len(pairs), 1 / len(pairs)))
    x, signs = np.concatenate(odds), np.where(np.concatenate(wrong), -1.0, 1.0)
    weights = np.concatenate(shares)

    def loss(values: np.ndarray) -> float:
        knee, slope = values
        logits = x + slope * np.maximum(0, x - knee)
        return float(weights @ np.logaddexp(0, -signs * logits))

    found = min(
        (minimize(loss, [start, 1.0], method="Nelder-Mead") for start in STARTS),
        key=lambda each: each.fun,
    )
    knee, slope = found.x
    path = data_folder("models") / "review" / "doubt.toml"
    with open_for_writing(path) as file:
        file.write(f"# Written by scripts/fit_review.py.\nknee = {knee:.2f}\nslope = {slope:.2f}\n")
    print(f"{len(x):,} rows: knee {knee:.2f}, slope {slope:.2f}")


if __name__ == "__main__":
    main()
