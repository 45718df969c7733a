"""Fits the aligner's weights, its confidence and its moves on the development sets.

    python scripts/fit.py                       # writes models/aligner/beads.toml
    python scripts/fit.py --encoder anchors     # writes models/aligner/beads-anchors.toml
    python scripts/fit.py --cross-validate      # also scores what each fit has not seen

The model is a conditional log-linear one over all monotone alignments (a semi-Markov CRF, Sarawagi
and Cohen, NIPS 2004): the weights maximise the probability of the gold alignments, with a Gaussian
prior. Needs scipy.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import batched
import numpy as np
from dev_data import GoldPair, ntrex_long, ntrex_stories, raw_lines, textberg, within_text
from scipy.optimize import minimize

from align import __version__
from align.aligner.aligner import align_sides, impossible
from align.aligner.features import BEAD_FEATURES, GAP_FEATURES, PairFeatures, Side
from align.aligner.lattice import Block
from align.aligner.moves import propose_moves
from align.aligner.parameters import Parameters
from align.aligner.settings import AlignerSettings
from align.beads import Span
from align.encoders import load_encoder
from align.marks import marks_of
from align.resources import data_folder
from align.scoring import Scores, score

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from align.encoders.base import Encoder
    from align.formats.indices import IndexBead

LONGEST, LARGEST = 4, 8
TEXTBERG_SHARE = 3.0  # one noisy real document against hundreds of synthetic stories
STRETCH = 25  # source segments after which a long document is cut, for fitting
BATCH = 64
PRIOR = 1.0
FOLDS = 3


@dataclass(frozen=True)
class Example:
    """A stretch of a gold pair, no longer than a story, with the features of the whole pair.

    Attributes:
        features: Of the pair.
        source: The stretch of the source.
        target: The stretch of the target.
        gold: The beads within it, numbered as in the pair; every one within the lattice's reach.
    """

    features: PairFeatures
    source: Span
    target: Span
    gold: tuple[IndexBead, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Segments of its source and of its target."""
        return len(self.source), len(self.target)

    @cached_property
    def beads(self) -> np.ndarray:
        """Features of its beads, as `PairFeatures.beads`, 0 where the text has no such bead."""
        block = Block(
            self.source.start, self.source.stop + 1, self.target.start, self.target.stop + 1
        )
        features = self.features.beads(block)
        features[:, self.impossible] = 0
        return features

    @cached_property
    def impossible(self) -> np.ndarray:
        """Beads that would start before the stretch does."""
        return impossible(Block(0, self.size[0] + 1, 0, self.size[1] + 1), LONGEST, LARGEST)

    @cached_property
    def gaps(self) -> tuple[np.ndarray, np.ndarray]:
        """Features of its gaps, of the source and of the target."""
        source, target = self.features.gaps()
        return (
            source[self.source.start : self.source.stop],
            target[self.target.start : self.target.stop],
        )

    @cached_property
    def observed(self) -> np.ndarray:
        """Summed features of the gold alignment."""
        top, left = self.source.start, self.target.start
        node = (top, left)
        by_bead, openings = np.zeros(len(BEAD_FEATURES)), 0
        used: tuple[set[int], set[int]] = (set(), set())
        for bead in sorted(both_sided(self.gold), key=lambda bead: bead.source):
            i_stop, j_stop = bead.source[-1] + 1, bead.target[-1] + 1
            place = (i_stop - top, len(bead.source) - 1, len(bead.target) - 1, j_stop - left)
            by_bead += self.beads[:, *place]
            openings += (bead.source[0], bead.target[0]) != node
            node = (i_stop, j_stop)
            used[0].update(bead.source)
            used[1].update(bead.target)
        openings += node != (self.source.stop, self.target.stop)
        by_gap = sum(
            gaps[[index not in of_side for index in span]].sum(axis=0)
            for gaps, span, of_side in zip(self.gaps, (self.source, self.target), used, strict=True)
        )
        return np.concatenate((by_bead, by_gap, [openings]))


def both_sided(beads: Sequence[IndexBead]) -> list[IndexBead]:
    """The beads that have segments on both sides."""
    return [bead for bead in beads if bead.source and bead.target]


def stretches(pair: GoldPair, features: PairFeatures) -> list[Example]:
    """Cuts a pair at 1-1 beads into stretches to learn from, without beads too large for us."""
    examples: list[Example] = []
    start, here = (0, 0), (0, 0)
    kept: list[IndexBead] = []

    def close() -> None:
        if here[0] > start[0] and here[1] > start[1]:
            examples.append(
                Example(features, Span(start[0], here[0]), Span(start[1], here[1]), tuple(kept))
            )
        kept.clear()

    for bead in pair.gold:
        within = all(
            len(side) <= LONGEST and (not side or side[-1] - side[0] == len(side) - 1)
            for side in (bead.source, bead.target)
        )
        if not within:
            close()
            start = here = (max(bead.source) + 1, max(bead.target) + 1)
            continue
        kept.append(bead)
        here = (
            bead.source[-1] + 1 if bead.source else here[0],
            bead.target[-1] + 1 if bead.target else here[1],
        )
        if len(bead.source) == len(bead.target) == 1 and here[0] - start[0] >= STRETCH:
            close()
            start = here
    close()
    return examples


class Batch:
    """Examples of like size, computed together."""

    def __init__(self, examples: Sequence[Example], shares: Sequence[float]) -> None:
        rows, columns = np.array([example.size for example in examples]).max(axis=0)
        count = len(examples)
        self.sizes = np.array([example.size for example in examples])
        self.shares = np.array(shares)
        self.beads = np.zeros(
            (len(BEAD_FEATURES), count, rows + 1, LONGEST, LONGEST, columns + 1), np.float32
        )
        self.impossible = np.ones(self.beads.shape[1:], dtype=bool)
        self.source_gaps = np.zeros((count, rows, len(GAP_FEATURES) - 1))
        self.target_gaps = np.zeros((count, columns, len(GAP_FEATURES) - 1))
        for index, example in enumerate(examples):
            n, m = example.size
            self.beads[:, index, : n + 1, :, :, : m + 1] = example.beads
            self.impossible[index, : n + 1, :, :, : m + 1] = example.impossible
            self.source_gaps[index, :n], self.target_gaps[index, :m] = example.gaps
        observed = np.array([example.observed for example in examples])
        self.observed = observed.T @ self.shares

    def loss(self, weights: np.ndarray) -> tuple[float, np.ndarray]:
        """Negative log-probability of gold, and its slope."""
        size = len(BEAD_FEATURES)
        scores = np.tensordot(weights[:size].astype(np.float32), self.beads, 1).astype(np.float64)
        scores[self.impossible] = batched.IMPOSSIBLE
        by_gap = weights[size:-1]
        totals, chances, deleted, inserted, openings = batched.sums(
            scores, self.source_gaps @ by_gap, self.target_gaps @ by_gap, weights[-1], self.sizes
        )
        chances *= self.shares[:, None, None, None, None]
        expected = np.concatenate(
            (
                np.tensordot(self.beads, chances.astype(np.float32), 5),
                np.einsum("bn,b,bnf->f", deleted, self.shares, self.source_gaps)
                + np.einsum("bm,b,bmf->f", inserted, self.shares, self.target_gaps),
                [openings @ self.shares],
            )
        )
        return totals @ self.shares - weights @ self.observed, expected - self.observed


def fit_weights(
    examples: Sequence[Example],
    shares: Sequence[float],
    *,
    free: np.ndarray | None = None,
    iterations: int = 80,
) -> np.ndarray:
    """Weights that make gold most probable.

    Args:
        examples: What to learn from.
        shares: How much each example counts.
        free: Which weights may be other than 0; all by default.
        iterations: The most steps of the optimiser (L-BFGS).
    """
    names = (*BEAD_FEATURES, *GAP_FEATURES)
    free = np.ones(len(names), dtype=bool) if free is None else free
    weights = np.zeros(len(names))
    weights[names.index("similarity")], weights[names.index("neighbours")] = 5.0, -1.0
    weights[~free] = 0
    order = sorted(range(len(examples)), key=lambda index: examples[index].size)
    batches = [
        Batch([examples[i] for i in some], [shares[i] for i in some])
        for some in (order[start : start + BATCH] for start in range(0, len(order), BATCH))
    ]

    def objective(values: np.ndarray) -> tuple[float, np.ndarray]:
        weights[free] = values
        losses, slopes = zip(*(batch.loss(weights) for batch in batches), strict=True)
        loss = sum(losses) + PRIOR * values @ values / 2
        return loss, sum(slopes)[free] + PRIOR * values

    result = minimize(
        objective, weights[free], jac=True, method="L-BFGS-B", options={"maxiter": iterations}
    )
    weights[free] = result.x
    return weights


@dataclass(frozen=True)
class Text:
    """A gold pair, encoded.

    Attributes:
        pair: The pair.
        sides: Its source and its target.
    """

    pair: GoldPair
    sides: tuple[Side, Side]

    def examples(self) -> list[Example]:
        """What can be learnt from it."""
        return stretches(within_text(self.pair), PairFeatures(*self.sides))


def as_parameters(weights: np.ndarray) -> Parameters:
    """Weights with a confidence that is the bare posterior, and no moves."""
    beads = tuple(weights[: len(BEAD_FEATURES)].tolist())
    gaps = tuple(weights[len(BEAD_FEATURES) :].tolist())
    return Parameters(beads, gaps, (1.0, 0.0), (0.0, 0.0, -1e3))


def judge(texts: Sequence[Text], parameters: Parameters) -> tuple[Scores, np.ndarray, np.ndarray]:
    """Scores, and for every predicted bead its posterior and whether it is right."""
    total: Scores | None = None
    posteriors, right = [], []
    for text in texts:
        alignment = align_sides(
            *text.sides, parameters, settings=AlignerSettings(moves=False, full_search=True)
        )
        scores = score(text.pair.gold, alignment)
        total = scores if total is None else total + scores
        gold = {(bead.source, bead.target) for bead in text.pair.gold}
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
        abs(confidences[which == index].mean() - right[which == index].mean())
        * (which == index).mean()
        for index in np.unique(which)
    ]
    return float(sum(gaps))


def move_examples(encoder: Encoder, parameters: Parameters) -> tuple[np.ndarray, np.ndarray]:
    """Similarity and margin of proposed moves, and whether each is right.

    In every news story a segment of the translation is moved to another place, next door as often
    as far away, and another one left out on either side; what the monotone pass leaves over, and
    what it lumps, is to be paired crosswise or left alone.
    """
    rng = np.random.default_rng(7)
    stories, english = raw_lines("document_ids"), raw_lines("en")
    inputs: list[tuple[float, float]] = []
    right: list[bool] = []
    for language in ("ja", "fr", "ru", "ar", "zh-Hans"):
        lines = raw_lines(language)
        for story in dict.fromkeys(stories):
            numbers = [n for n, name in enumerate(stories) if name == story]
            if not 8 <= len(numbers) <= 60:
                continue
            order = list(numbers)
            moved = order.pop(int(rng.integers(len(order))))
            near = rng.random() < 0.5
            place = numbers.index(moved) + 1 if near else int(rng.integers(len(order)))
            order.insert(place, moved)
            lost = rng.choice(numbers, size=2)
            source = [n for n in numbers if n != lost[0]]
            target = [n for n in order if n != lost[1]]
            sides = (
                _side(encoder, [english[n] for n in source], "en"),
                _side(encoder, [lines[n] for n in target], language),
            )
            features = PairFeatures(*sides)
            alignment = align_sides(*sides, parameters, settings=AlignerSettings(moves=False))
            for proposal in propose_moves(list(alignment), features):
                inputs.append((proposal.similarity, proposal.margin))
                right.append(
                    all(
                        {source[i] for i in here} == {target[j] for j in there}
                        for here, there in proposal.pairs
                    )
                )
    return np.array(inputs), np.array(right)


def _side(
    encoder: Encoder, texts: Sequence[str], language: str, opens: Collection[int] = ()
) -> Side:
    return Side(
        encoder.encode_spans(texts, longest=LONGEST, language=language),
        np.array([len(text) for text in texts]),
        np.cumsum([index in opens for index in range(len(texts))]),
        marks_of(texts),
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
    lines = [
        "# Written by scripts/fit.py; see there what the numbers are.",
        f'fitted = "{note}"',
        "",
    ]
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
    """Fits, judges and writes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--encoder", default="use-multilingual")
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    encoder = load_encoder(arguments.encoder, cached=False)

    def text(pair: GoldPair) -> Text:
        opens = paragraphs(pair)
        return Text(
            pair,
            (
                _side(encoder, pair.source, pair.source_language, opens[0]),
                _side(encoder, pair.target, pair.target_language, opens[1]),
            ),
        )

    alps, cut_alps = text(textberg()), text(within_text(textberg()))
    news = [text(pair) for pair in ntrex_stories()]
    documents = sorted({one.pair.document for one in news})
    of_alps = cut_alps.examples()
    of_news = {id(one): one.examples() for one in news}
    print(f"{1 + len(news)} pairs encoded by {encoder.fingerprint}", file=sys.stderr)

    def fitted(alps_share: float, stories: Sequence[Text]) -> np.ndarray:
        from_news = [example for one in stories for example in of_news[id(one)]]
        from_alps = of_alps if alps_share else []
        shares = [alps_share] * len(from_alps) + [1.0] * len(from_news)
        return fit_weights([*from_alps, *from_news], shares)

    # Posteriors of beads that the fit has not seen: for calibration, and to judge by.
    posteriors, right = [], []
    by_language: dict[str, Scores] = {}
    for fold in range(FOLDS):
        held = set(documents[fold::FOLDS])
        seen = [one for one in news if one.pair.document not in held]
        parameters = as_parameters(fitted(TEXTBERG_SHARE, seen))
        for one in news:
            if one.pair.document in held:
                scores, some, are = judge([one], parameters)
                language = one.pair.target_language
                by_language[language] = (
                    by_language[language] + scores if language in by_language else scores
                )
                posteriors.append(some)
                right.append(are)
    figures = {name: scores.strict.f1 for name, scores in by_language.items()}
    print("news, unseen stories:", " ".join(f"{name} {f1:.4f}" for name, f1 in figures.items()),
          f"mean {np.mean(list(figures.values())):.4f}")  # fmt: skip
    from_news = as_parameters(fitted(0, news))
    scores, some, are = judge([cut_alps], from_news)
    print(f"textberg-dev, fitted on news only: {judge([alps], from_news)[0].strict.f1:.4f} "
          f"({scores.strict.f1:.4f} as far as its files go)")  # fmt: skip
    posteriors.append(np.repeat(some, 3))
    right.append(np.repeat(are, 3))
    if arguments.cross_validate:
        from_alps = as_parameters(fitted(1.0, []))
        print(f"news, fitted on textberg-dev only: {judge(news, from_alps)[0].strict.f1:.4f}")

    chances, are_right = np.concatenate(posteriors), np.concatenate(right)
    odds = np.log(np.clip(chances, 1e-9, 1 - 1e-9) / (1 - np.clip(chances, 1e-9, 1 - 1e-9)))
    slope, intercept = fit_logistic(odds[:, None], are_right)
    bare = as_parameters(fitted(TEXTBERG_SHARE, news))
    calibrated = Parameters(bare.beads, bare.gaps, (float(slope), float(intercept)), bare.moves)
    error = calibration_error(calibrated.confidence(chances), are_right)
    print(f"expected calibration error on unseen beads: {error:.4f} "
          f"(bare posterior {calibration_error(chances, are_right):.4f})")  # fmt: skip

    inputs, moved = move_examples(encoder, calibrated)
    moves = tuple(fit_logistic(inputs, moved).tolist())
    print(f"moves: {len(moved)} proposed, {moved.mean():.2f} right")
    final = Parameters(bare.beads, bare.gaps, calibrated.calibration, moves)
    name = "beads-anchors" if arguments.encoder == "anchors" else "beads"
    output = arguments.output or data_folder("models") / "aligner" / f"{name}.toml"
    note = f"align {__version__}, {encoder.fingerprint}, textberg-dev and ntrex-dev/perturbed"
    write_parameters(output, final, note)
    long = [text(pair) for pair in ntrex_long()] if arguments.cross_validate else []
    for one in long:
        print(f"ntrex one document {one.pair.target_language}: "
              f"{judge([one], final)[0].strict.f1:.4f}")  # fmt: skip
    print(f"written: {output}")


if __name__ == "__main__":
    main()
