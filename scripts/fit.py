"""Fits the aligner's weights, its confidence and its moves on the development sets.

    python scripts/fit.py                       # writes models/aligner/beads.toml
    python scripts/fit.py --encoder anchors     # writes models/aligner/beads-anchors.toml
    python scripts/fit.py --cross-validate      # also scores what each fit has not seen

The model is a conditional log-linear one over all monotone alignments (a semi-Markov CRF, Sarawagi
and Cohen, NIPS 2004): the weights maximise the probability of the gold alignments, summed over
whatever gold leaves open, with a Gaussian prior. Needs scipy.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from dev_data import GoldPair, ntrex_long, ntrex_stories, raw_lines, textberg, within_text
from scipy.optimize import minimize

from align import __version__
from align.aligner.aligner import AlignerSettings, align_sides, impossible
from align.aligner.anchors import full_band
from align.aligner.features import BEAD_FEATURES, GAP_FEATURES, PairFeatures, Side
from align.aligner.lattice import Block, Posterior, Steps, Sweep, posterior_blocks
from align.aligner.parameters import Parameters
from align.encoders import load_encoder
from align.resources import data_folder
from align.scoring import Scores, score

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from align.encoders.base import Encoder

LONGEST, LARGEST = 4, 8
FORBIDDEN = -1e3  # log weight of what gold rules out; finite, so that sums keep their digits
TEXTBERG_WEIGHT = 3.0  # one noisy real document against many synthetic ones
PRIOR = 1.0
FOLDS = 3


@dataclass(frozen=True)
class Example:
    """A gold pair made ready for fitting."""

    pair: GoldPair
    features: PairFeatures

    @cached_property
    def block(self) -> Block:
        rows, columns = len(self.pair.source) + 1, len(self.pair.target) + 1
        return Block(0, rows, 0, columns)

    @cached_property
    def beads(self) -> np.ndarray:
        features = self.features.beads(self.block)
        features[:, impossible(self.block, LONGEST, LARGEST)] = 0
        return features

    @cached_property
    def gaps(self) -> tuple[np.ndarray, np.ndarray]:
        return self.features.gaps()

    def steps(self, weights: np.ndarray, gold: bool = False) -> Steps:
        """Scored steps; with `gold` only those that gold allows."""
        bead_weights = weights[: len(BEAD_FEATURES)].astype(np.float32)
        *gap_weights, opening = weights[len(BEAD_FEATURES) :]
        scores = np.tensordot(bead_weights, self.beads, 1).astype(np.float64)
        source, target = (gap @ np.array(gap_weights) for gap in self.gaps)
        forbidden = impossible(self.block, LONGEST, LARGEST)
        if gold:
            beads, deletions, insertions = self.allowed
            forbidden = forbidden | ~beads
            source = np.where(deletions, source, FORBIDDEN)
            target = np.where(insertions, target, FORBIDDEN)
        scores[forbidden] = FORBIDDEN
        return Steps([self.block], [scores], source, target, opening, 0.0)

    @cached_property
    def allowed(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Which beads and gaps gold allows; inside a bead too large for us, anything goes."""
        rows, columns = self.block.bottom, self.block.right
        beads = np.zeros((rows, LONGEST, LONGEST, columns), dtype=bool)
        deletions = np.ones(rows - 1, dtype=bool)
        insertions = np.ones(columns - 1, dtype=bool)
        for bead in self.pair.gold:
            if not bead.source or not bead.target:
                continue
            i, i_stop = min(bead.source), max(bead.source) + 1
            j, j_stop = min(bead.target), max(bead.target) + 1
            if i_stop - i <= LONGEST and j_stop - j <= LONGEST:
                beads[i_stop, i_stop - i - 1, j_stop - j - 1, j_stop] = True
                deletions[i:i_stop] = False
                insertions[j:j_stop] = False
                continue
            for a in range(1, LONGEST + 1):
                for b in range(1, LONGEST + 1):
                    beads[i + a : i_stop + 1, a - 1, b - 1, j + b : j_stop + 1] = True
        return beads, deletions, insertions

    @cached_property
    def gold_counts(self) -> np.ndarray | None:
        """Summed features of the gold alignment; None where the lattice does not hold it."""
        beads = [bead for bead in self.pair.gold if bead.source and bead.target]
        beads.sort(key=lambda bead: bead.source)
        nodes = [(0, 0)]
        by_bead = np.zeros(len(BEAD_FEATURES))
        openings = 0
        for bead in beads:
            i, i_stop = bead.source[0], bead.source[-1] + 1
            j, j_stop = bead.target[0], bead.target[-1] + 1
            runs = i_stop - i == len(bead.source) and j_stop - j == len(bead.target)
            if not runs or len(bead.source) > LONGEST or len(bead.target) > LONGEST:
                return None
            by_bead += self.beads[:, i_stop, i_stop - i - 1, j_stop - j - 1, j_stop]
            openings += (i, j) != nodes[-1]
            nodes.append((i_stop, j_stop))
        openings += nodes[-1] != (self.block.bottom - 1, self.block.right - 1)
        used_source = {index for bead in beads for index in bead.source}
        used_target = {index for bead in beads for index in bead.target}
        source, target = self.gaps
        by_gap = sum(source[i] for i in range(len(source)) if i not in used_source)
        by_gap = by_gap + sum(target[j] for j in range(len(target)) if j not in used_target)
        by_gap = np.zeros(len(GAP_FEATURES) - 1) + by_gap
        return np.concatenate((by_bead, by_gap, [openings]))

    def expectations(self, steps: Steps) -> tuple[float, np.ndarray]:
        """Log of the sum over alignments, and expected features of an alignment."""
        sweep = Sweep(steps)
        posterior = Posterior(np.zeros_like(steps.deletions), np.zeros_like(steps.insertions))
        [(_, chances)] = posterior_blocks(sweep, posterior)
        by_bead = np.tensordot(self.beads, chances.astype(np.float32), 4)
        source, target = self.gaps
        by_gap = posterior.deletions @ source + posterior.insertions @ target
        return sweep.total, np.concatenate((by_bead, by_gap, [posterior.openings]))


def fit_weights(
    examples: list[Example],
    *,
    free: np.ndarray | None = None,
    start: np.ndarray | None = None,
    iterations: int = 60,
) -> np.ndarray:
    """Weights that make gold most probable; `free` says which may be other than 0."""
    names = (*BEAD_FEATURES, *GAP_FEATURES)
    free = np.ones(len(names), dtype=bool) if free is None else free
    if start is None:
        start = np.zeros(len(names))
        start[names.index("similarity")], start[names.index("neighbours")] = 5.0, -1.0
    weights = np.where(free, start, 0.0)

    def objective(values: np.ndarray) -> tuple[float, np.ndarray]:
        weights[free] = values
        loss, slope = PRIOR * values @ values / 2, np.zeros(len(names))
        for example in examples:
            share = TEXTBERG_WEIGHT if example.pair.kind == "textberg" else 1.0
            everything, expected = example.expectations(example.steps(weights))
            observed = example.gold_counts
            if observed is None:
                right, observed = example.expectations(example.steps(weights, gold=True))
            else:
                right = float(weights @ observed)
            loss += share * (everything - right)
            slope += share * (expected - observed)
        return loss, slope[free] + PRIOR * values

    result = minimize(
        objective, weights[free], jac=True, method="L-BFGS-B", options={"maxiter": iterations}
    )
    weights[free] = result.x
    return weights


def as_parameters(weights: np.ndarray) -> Parameters:
    """Weights with a confidence that is the bare posterior, and no moves."""
    beads = tuple(weights[: len(BEAD_FEATURES)].tolist())
    gaps = tuple(weights[len(BEAD_FEATURES) :].tolist())
    return Parameters(beads, gaps, (1.0, 0.0), (0.0, 0.0, -1e3))


def judge(examples: list[Example], parameters: Parameters) -> tuple[Scores, np.ndarray, np.ndarray]:
    """Scores, and for every predicted bead its posterior and whether it is right."""
    total: Scores | None = None
    posteriors, right = [], []
    for example in examples:
        alignment = align_sides(
            example.features.source, example.features.target, parameters,
            settings=AlignerSettings(moves=False),
        )  # fmt: skip
        scores = score(example.pair.gold, alignment)
        total = scores if total is None else total + scores
        gold = {(bead.source, bead.target) for bead in example.pair.gold}
        posteriors += [bead.confidence for bead in alignment]
        right += [(tuple(bead.source), tuple(bead.target)) in gold for bead in alignment]
    assert total is not None
    return total, np.array(posteriors), np.array(right)


def fit_logistic(inputs: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression, the intercept last, slightly drawn to 0."""
    design = np.column_stack((inputs, np.ones(len(inputs))))
    signs = np.where(right, 1.0, -1.0)

    def objective(values: np.ndarray) -> tuple[float, np.ndarray]:
        logits = signs * (design @ values)
        chances = 1 / (1 + np.exp(np.clip(logits, -500, 500)))
        loss = np.logaddexp(0, -logits).sum() + 1e-3 * values @ values
        return loss, -(signs * chances) @ design + 2e-3 * values

    return minimize(objective, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B").x


def calibration_error(confidences: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: mean gap of confidence and accuracy in bins of equal width."""
    which = np.minimum((confidences * bins).astype(int), bins - 1)
    gaps = [
        abs(confidences[which == index].mean() - right[which == index].mean()) * (which == index).mean()
        for index in np.unique(which)
    ]
    return float(sum(gaps))


def move_examples(encoder_name: str, seed: int = 7) -> tuple[np.ndarray, np.ndarray]:
    """Similarity and margin of unaligned pairs, and whether they are the segment that was moved.

    In every news story a segment of the translation is moved to another place, another one left
    out on either side; what the monotone pass leaves over is to be paired or left alone.
    """
    from align.aligner.moves import _choose, _gap_spans

    rng = np.random.default_rng(seed)
    encoder = load_encoder(encoder_name)
    stories = raw_lines("document_ids")
    english = raw_lines("en")
    inputs, right = [], []
    for language in ("ja", "fr", "ru", "ar", "zh-Hans"):
        lines = raw_lines(language)
        for story in dict.fromkeys(stories):
            numbers = [n for n, name in enumerate(stories) if name == story]
            if not 8 <= len(numbers) <= 60:
                continue
            order = list(range(len(numbers)))
            moved = int(rng.integers(len(order)))
            order.insert((moved + 3 + int(rng.integers(len(order) - 5))) % len(order),
                         order.pop(order.index(moved)))  # fmt: skip
            lost_source, lost_target = rng.integers(len(order), size=2)
            source = [n for n in range(len(numbers)) if n != lost_source]
            target = [n for n in order if n != lost_target]
            sides = [
                _side(encoder, [texts[numbers[n]] for n in kept], tag)
                for texts, kept, tag in ((english, source, "en"), (lines, target, language))
            ]
            features = PairFeatures(*sides)
            alignment = align_sides(*sides, CURRENT, settings=AlignerSettings(moves=False))
            deleted = _gap_spans([bead.source for bead in alignment if not len(bead.target)])
            inserted = _gap_spans([bead.target for bead in alignment if not len(bead.source)])
            if not deleted or not inserted:
                continue
            seen: list[tuple[float, float]] = []

            def note(similarity: float, margin: float, seen: list = seen) -> float:
                seen.append((similarity, margin))
                return 0.6

            scaled, cosines = features.span_similarities(deleted, inserted)
            for bead in _choose(scaled, cosines, deleted, inserted, note):
                row, column = deleted.index(bead.source), inserted.index(bead.target)
                pairs = {(source[i], target[j]) for i in bead.source for j in bead.target}
                near = [pair for pair in seen if pair[0] == float(scaled[row, column])]
                inputs.append(near[0])
                right.append(all(i == j for i, j in pairs) and bead.kind == "1-1")
    return np.array(inputs), np.array(right)


def _side(encoder: Encoder, texts: Sequence[str], language: str, opens: Collection[int] = ()) -> Side:
    return Side(
        encoder.encode_spans(texts, longest=LONGEST, language=language),
        np.array([len(text) for text in texts]),
        np.cumsum([index in opens for index in range(len(texts))]),
    )


def paragraphs(pair: GoldPair) -> tuple[set[int], set[int]]:
    """Paragraph breaks for every other story, whose files have none.

    A break stands before every third or fourth bead, on both sides, but each side lacks one in
    seven, as translators join paragraphs, and has a few of its own.
    """
    rng = np.random.default_rng(zlib.crc32(f"{pair.document} {pair.target_language}".encode()))
    opens: tuple[set[int], set[int]] = (set(), set())
    if pair.kind != "ntrex" or rng.random() < 0.5:
        return opens
    for bead in pair.gold:
        if bead.source and bead.target and rng.random() < 0.3:
            for side, first in zip(opens, (bead.source[0], bead.target[0]), strict=True):
                if first and rng.random() < 6 / 7:
                    side.add(first)
    for side, texts in zip(opens, (pair.source, pair.target), strict=True):
        side |= {index for index in range(1, len(texts)) if rng.random() < 0.03}
    return opens


def write_parameters(path: Path, parameters: Parameters, note: str) -> None:
    """Writes parameters in the form `align.aligner.parameters` reads."""
    lines = ["# Written by scripts/fit.py; see there what the numbers are.", f'fitted = "{note}"', ""]
    tables = {
        "beads": zip(BEAD_FEATURES, parameters.beads, strict=True),
        "gaps": zip(GAP_FEATURES, parameters.gaps, strict=True),
        "calibration": zip(("slope", "intercept"), parameters.calibration, strict=True),
        "moves": zip(("similarity", "margin", "intercept"), parameters.moves, strict=True),
    }
    for table, entries in tables.items():
        lines += [f"[{table}]", *(f"{name} = {value:.4f}" for name, value in entries), ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--encoder", default="use-multilingual")
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    encoder = load_encoder(arguments.encoder, cached=False)

    def example(pair: GoldPair) -> Example:
        opens = paragraphs(pair)
        sides = (
            _side(encoder, pair.source, pair.source_language, opens[0]),
            _side(encoder, pair.target, pair.target_language, opens[1]),
        )
        return Example(pair, PairFeatures(*sides))

    alps = example(within_text(textberg()))
    news = [example(pair) for pair in ntrex_stories()]
    documents = sorted({one.pair.document for one in news})
    print(f"{1 + len(news)} pairs encoded by {encoder.fingerprint}", file=sys.stderr)

    # Posteriors of beads that the fit has not seen: for calibration, and to judge by.
    posteriors, right = [], []
    by_language: dict[str, Scores] = {}
    everything = fit_weights([alps, *news])
    for fold in range(FOLDS):
        held = set(documents[fold::FOLDS])
        seen = [alps, *(one for one in news if one.pair.document not in held)]
        weights = fit_weights(seen, start=everything, iterations=25)
        for one in news:
            if one.pair.document in held:
                scores, some, are = judge([one], as_parameters(weights))
                language = one.pair.target_language
                by_language[language] = (
                    by_language[language] + scores if language in by_language else scores
                )
                posteriors.append(some)
                right.append(are)
    figures = {name: scores.strict.f1 for name, scores in by_language.items()}
    print("news, unseen stories:", " ".join(f"{name} {f1:.4f}" for name, f1 in figures.items()),
          f"mean {np.mean(list(figures.values())):.4f}")  # fmt: skip
    from_news = fit_weights(news, start=everything, iterations=40)
    scores, some, are = judge([alps], as_parameters(from_news))
    full = judge([example(textberg())], as_parameters(from_news))[0]
    print(f"textberg-dev, fitted on news only: {full.strict.f1:.4f} "
          f"({scores.strict.f1:.4f} as far as its files go)")  # fmt: skip
    posteriors.append(np.repeat(some, 3))
    right.append(np.repeat(are, 3))
    if arguments.cross_validate:
        from_alps = as_parameters(fit_weights([alps], start=everything))
        print(f"news, fitted on textberg-dev only: {judge(news, from_alps)[0].strict.f1:.4f}")

    chances, are_right = np.concatenate(posteriors), np.concatenate(right)
    odds = np.log(np.clip(chances, 1e-9, 1 - 1e-9) / (1 - np.clip(chances, 1e-9, 1 - 1e-9)))
    slope, intercept = fit_logistic(odds[:, None], are_right)
    bare = as_parameters(everything)
    calibrated = Parameters(bare.beads, bare.gaps, (float(slope), float(intercept)), bare.moves)
    error = calibration_error(calibrated.confidence(chances), are_right)
    print(f"expected calibration error on unseen beads: {error:.4f} "
          f"(bare posterior {calibration_error(chances, are_right):.4f})")  # fmt: skip

    global CURRENT
    CURRENT = calibrated
    inputs, moved = move_examples(arguments.encoder)
    moves = tuple(fit_logistic(inputs, moved).tolist())
    print(f"moves: {len(moved)} proposed, {moved.mean():.2f} right")
    final = Parameters(bare.beads, bare.gaps, calibrated.calibration, moves)
    name = "beads-anchors" if arguments.encoder == "anchors" else "beads"
    output = arguments.output or data_folder("models") / "aligner" / f"{name}.toml"
    note = f"align {__version__}, {encoder.fingerprint}, textberg-dev and ntrex-dev/perturbed"
    write_parameters(output, final, note)
    long = [example(pair) for pair in ntrex_long()] if arguments.cross_validate else []
    for one in long:
        print(f"ntrex one document {one.pair.target_language}: "
              f"{judge([one], final)[0].strict.f1:.4f}")  # fmt: skip
    print(f"written: {output}")


CURRENT: Parameters

if __name__ == "__main__":
    main()
