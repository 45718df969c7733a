"""Fits what says that a clause is missing; writes `models/checks/omissions.toml`.

    python scripts/fit_omissions.py

Omissions are made: in the line-aligned news, a part of one side's line goes, between two marks or
from a conjunction to the next mark. What is then most similar to it among the parts of the other
side is missing; all parts that do not overlap it, and all parts of untouched lines, are not. Two
logistic regressions tell them apart, the first by lengths and words, the second by vectors too.

The thresholds are those at which 100 untouched lines give `ALARMS` warnings, or `NOTES` notes.
Figures are for stories that were not fitted on. Nothing is fitted to the bundled corpora.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import regex
from evaluation.dev_data import TARGET_LANGUAGES, raw_lines
from fitting.logistic import fit_logistic

import align
from align.checks.clauses.evidence import (
    VECTOR_FEATURES,
    WORD_FEATURES,
    Candidate,
    ClauseEvidence,
    Sides,
)
from align.checks.clauses.parts import parts_of
from align.checks.lengths import length_ratios
from align.formats.atomic import open_for_writing
from align.languages import join_segments
from align.resources import data_folder
from align.terminology.words import words_of

if TYPE_CHECKING:
    from align.encoders.base import Encoder
    from align.terminology.words import Word

ALARMS = {"omitted": 0.3, "added": 0.05}
"""Warnings in 100 untouched lines that are put up with: the news does leave clauses out here and
there, so that many of them are right."""

NOTES = 1.0
"""The same of warnings and notes together."""

LEAST_WORDS = 5
"""Words of the shortest part that is left out."""

LOOSE = 0.25
"""Share of lines that lose a part which no mark begins or ends."""

LIKE = 0.5
"""How similar a part must be to what was left out to count as its counterpart."""

SCREENED = 0.97
"""Share of parts that are missing which the first stage must not clear."""

RIDGE, TOLERANCE = 1.0, 1e-14

FOLDS = 3
CLASSES = ((5, 7), (8, 12), (13, 99))
_MARKS = " ,;:，、；：،؛—–-"
_END = regex.compile(r"[.!?…。！？؟][\"'”’»」』)）]*$")


@dataclass(frozen=True, slots=True)
class Shortened:
    """A line that lost a part.

    Attributes:
        line: Its index.
        text: What is left.
        lost: What it lost.
        words: How many words that had.
    """

    line: int
    text: str
    lost: str
    words: int


@dataclass(frozen=True, slots=True)
class Examples:
    """Parts of lines, with what is known of them.

    Attributes:
        language: The language beside English.
        rows: Their features, shape (n, `VECTOR_FEATURES`).
        labels: 1 for what is missing, 0 for what is not, -1 for what overlaps it; shape (n,).
        lines: Index of the line that each belongs to, shape (n,).
        lost: How many words the line lost, 0 where none; shape (n,).
    """

    language: str
    rows: np.ndarray
    labels: np.ndarray
    lines: np.ndarray
    lost: np.ndarray


def shorten(
    line: int, text: str, words: tuple[Word, ...], language: str, chance: random.Random
) -> Shortened | None:
    """Leaves a part out of a line, if it has one that can go."""
    parts = [
        part
        for part in parts_of(text, words, language)
        if part.words >= LEAST_WORDS and part.span.stop - part.span.start < 0.7 * len(text)
    ]
    loose = chance.random() < LOOSE
    some = [part for part in parts if part.is_bounded != loose] or parts
    if not some:
        return None
    part = chance.choice(some)
    before, after = text[: part.span.start], text[part.span.stop :]
    lost = text[part.span.slice]
    if not after.strip() and (end := _END.search(lost)):
        before = before.rstrip(_MARKS) + end[0]
    left = join_segments((before, after), language)
    return Shortened(line, left, lost.strip(), part.words)


def examples(
    sources: list[str],
    targets: list[str],
    languages: tuple[str, str],
    encoder: Encoder,
    chance: random.Random,
) -> tuple[Examples, Examples]:
    """The parts of the sources, with untouched targets and with shortened ones."""
    language = next(tag for tag in languages if tag != "en")
    ratios = length_ratios(list(zip(sources, targets, strict=True)), *languages)

    def rows(texts: list[str], others: list[str]) -> tuple[list[Candidate], np.ndarray]:
        evidence = ClauseEvidence(Sides(texts, others, *languages), encoder, ratios)
        words = evidence.by_words()
        return evidence.candidates, evidence.by_vectors(range(len(words)), words)

    candidates, features = rows(sources, targets)
    lines = np.array([candidate.passage for candidate in candidates])
    nothing = np.zeros(len(lines), dtype=int)
    clean = Examples(language, features, nothing, lines, nothing)

    cut = words_of(targets, languages[1])
    shortened = [
        one
        for line, text in enumerate(targets)
        if (one := shorten(line, text, cut[line], languages[1], chance))
    ]
    candidates, features = rows(
        [sources[one.line] for one in shortened], [one.text for one in shortened]
    )
    lost = encoder.encode([one.lost for one in shortened], language=languages[1])
    parts = encoder.encode(
        [sources[shortened[c.passage].line][c.part.span.slice].strip() for c in candidates],
        language=languages[0],
    )
    like = np.einsum("kd,kd->k", parts, lost[[c.passage for c in candidates]])
    labels = _labels(candidates, like)
    return clean, Examples(
        language,
        features,
        labels,
        np.array([shortened[c.passage].line for c in candidates]),
        np.array([shortened[c.passage].words for c in candidates]),
    )


def _labels(candidates: list[Candidate], like: np.ndarray) -> np.ndarray:
    """What is missing: in each passage the part that is most like what was left out."""
    best: dict[int, int] = {}
    for index, candidate in enumerate(candidates):
        known = best.get(candidate.passage)
        if known is None or like[index] > like[known]:
            best[candidate.passage] = index
    labels = np.zeros(len(candidates), dtype=int)
    for index, candidate in enumerate(candidates):
        right = best[candidate.passage]
        one, other = candidate.part.span, candidates[right].part.span
        if index == right and like[index] >= LIKE:
            labels[index] = 1
        elif one.start < other.stop and other.start < one.stop:
            labels[index] = -1
    return labels


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of both stages, and where the first clears."""

    words: np.ndarray
    vectors: np.ndarray
    cleared: float

    def odds(self, rows: np.ndarray) -> np.ndarray:
        """Log-odds after both stages; what the first clears is as good as excluded."""
        first = rows[:, : len(WORD_FEATURES)] @ self.words
        return np.where(first >= self.cleared, rows @ self.vectors, -99.0)


def fit(rows: np.ndarray, labels: np.ndarray) -> Weights:
    """Weights of both stages."""
    known = labels >= 0
    rows, labels = rows[known], labels[known]
    words = _fit(rows[:, : len(WORD_FEATURES)], labels)
    first = rows[:, : len(WORD_FEATURES)] @ words
    cleared = float(np.quantile(first[labels == 1], 1 - SCREENED))
    hard = first >= cleared
    return Weights(words, _fit(rows[hard], labels[hard]), cleared)


def _fit(rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """A logistic regression on standardised features; its weights are for the plain ones."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    mean[0], spread[0] = 0.0, 1.0
    standard = (rows - mean) / spread
    weights: np.ndarray = (
        fit_logistic(standard, labels == 1, ridge=RIDGE, tolerance=TOLERANCE) / spread
    )
    weights[0] -= weights[1:] @ mean[1:]
    return weights


def highest(of: Examples, odds: np.ndarray) -> dict[int, tuple[float, int]]:
    """For each line its highest log-odds and how many words it lost."""
    result: dict[int, tuple[float, int]] = {}
    for line, value, lost in zip(of.lines.tolist(), odds.tolist(), of.lost.tolist(), strict=True):
        if line not in result or value > result[line][0]:
            result[line] = (value, lost)
    return result


def main() -> None:
    """Makes the examples, fits, prints how well omissions are found, writes the weights."""
    encoder = align.load_encoder(cached=False)
    english = raw_lines("en")
    stories = raw_lines("document_ids")
    number = {story: index for index, story in enumerate(dict.fromkeys(stories))}
    fold = np.array([number[story] % FOLDS for story in stories])
    path = data_folder("models") / "checks" / "omissions.toml"
    with open_for_writing(path) as file:
        file.write("# Written by scripts/fit_omissions.py.\n")
        for direction in ("omitted", "added"):
            chance = random.Random(direction)
            sets = []
            for language in TARGET_LANGUAGES:
                pair = (english, raw_lines(language)), ("en", language)
                (sources, targets), tags = pair if direction == "omitted" else _turned(*pair)
                sets.append(examples(sources, targets, tags, encoder, chance))
            weights, thresholds = judge(direction, sets, fold, len(english))
            file.write(f"\n[{direction}]\ncleared = {weights.cleared:.4f}\n")
            for name, threshold in thresholds.items():
                file.write(f"{name} = {threshold:.4f}\n")
            for table, names in (("words", WORD_FEATURES), ("vectors", VECTOR_FEATURES)):
                file.write(f"\n[{direction}.{table}]\n")
                for name, weight in zip(names, getattr(weights, table), strict=True):
                    file.write(f"{name} = {weight:.4f}\n")


def _turned(
    texts: tuple[list[str], list[str]], tags: tuple[str, str]
) -> tuple[tuple[list[str], list[str]], tuple[str, str]]:
    return (texts[1], texts[0]), (tags[1], tags[0])


def judge(
    direction: str, sets: list[tuple[Examples, Examples]], fold: np.ndarray, lines: int
) -> tuple[Weights, dict[str, float]]:
    """Fits to two thirds of the stories for each other third, prints figures, fits to all."""
    every = [one for both in sets for one in both]
    odds = {id(one): np.zeros(len(one.rows)) for one in every}
    for number in range(FOLDS):
        chosen = [fold[one.lines] != number for one in every]
        weights = fit(
            np.concatenate([one.rows[some] for one, some in zip(every, chosen, strict=True)]),
            np.concatenate([one.labels[some] for one, some in zip(every, chosen, strict=True)]),
        )
        for one, some in zip(every, chosen, strict=True):
            odds[id(one)][~some] = weights.odds(one.rows[~some])
    clean = [highest(one, odds[id(one)]) for one, _ in sets]
    short = [highest(one, odds[id(one)]) for _, one in sets]
    values = sorted((value for found in clean for value, _ in found.values()), reverse=True)
    thresholds = {}
    for name, rate in (("reported", ALARMS[direction]), ("noted", NOTES)):
        threshold = thresholds[name] = values[int(rate / 100 * lines * len(sets))]
        print(f"\n{direction} clauses, {rate} of them {name} in 100 untouched lines")
        print(f"{'language':10}{'findings':>9}{'lines':>7}{'recall':>8}", end="")
        print("".join(f"{f'{low}-{high} words':>14}" for low, high in CLASSES))
        for (one, _), without, shortened in zip(sets, clean, short, strict=True):
            alarms = sum(value > threshold for value, _ in without.values())
            found = _recall(list(shortened.values()), threshold)
            print(f"{one.language:10}{alarms:>9}{found}")
        print(f"{'all':19}" + _recall([v for found in short for v in found.values()], threshold))
    weights = fit(
        np.concatenate([one.rows for one in every]), np.concatenate([one.labels for one in every])
    )
    return weights, thresholds


def _recall(values: list[tuple[float, int]], threshold: float) -> str:
    def share(low: int, high: int) -> float:
        found = [value > threshold for value, lost in values if low <= lost <= high]
        return float(np.mean(found)) if found else 0.0

    classes = "".join(f"{share(low, high):>14.2f}" for low, high in CLASSES)
    return f"{len(values):>7}{share(0, 999):>8.2f}" + classes


if __name__ == "__main__":
    main()
