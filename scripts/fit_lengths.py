"""Fits how long translations are by language; writes `models/checks/lengths.toml`.

    python scripts/fit_lengths.py

Widths of the line-aligned news in seven languages by those of its English lines. The spread is
robust (median absolute deviation), fitted as variance = spread² + noise² / width over classes of
width. `default` has the median of the means and the largest spreads.
"""

from __future__ import annotations

import numpy as np
from evaluation.dev_data import TARGET_LANGUAGES, raw_lines

from align.checks.lengths import TO_DEVIATION
from align.formats.atomic import open_for_writing
from align.resources import data_folder
from align.text import width_of

CLASSES = 8


def fit(source: np.ndarray, target: np.ndarray) -> tuple[float, float, float]:
    """Mean, spread and noise of the logarithms of widths' ratios."""
    ratios = np.log(target / source)
    mean = float(np.median(ratios))
    order = np.array_split(np.argsort(source), CLASSES)
    variances = [(TO_DEVIATION * np.median(np.abs(ratios[some] - mean))) ** 2 for some in order]
    inverse = [float(np.mean(1 / source[some])) for some in order]
    design = np.column_stack((np.ones(CLASSES), inverse))
    squares = np.linalg.lstsq(design, np.array(variances), rcond=None)[0]
    spread, noise = np.sqrt(np.maximum(squares, 1e-4))
    return mean, float(spread), float(noise)


def main() -> None:
    """Fits all languages, writes and prints the table."""
    english = np.array([width_of(line) for line in raw_lines("en")], dtype=float)
    rows = {}
    for language in TARGET_LANGUAGES:
        widths = np.array([width_of(line) for line in raw_lines(language)], dtype=float)
        rows[language] = fit(english, widths)
    means, spreads, noises = zip(*rows.values(), strict=True)
    rows = {"default": (float(np.median(means)), max(spreads), max(noises)), **rows}
    with open_for_writing(data_folder("models") / "checks" / "lengths.toml") as file:
        file.write("# Written by scripts/fit_lengths.py.\n")
        for language, (mean, spread, noise) in rows.items():
            table = f"mean = {mean:.3f}\nspread = {spread:.3f}\nnoise = {noise:.3f}\n"
            file.write(f"\n[{language}]\n{table}")
            print(f"{language:10}{mean:8.3f}{spread:8.3f}{noise:8.3f}")


if __name__ == "__main__":
    main()
