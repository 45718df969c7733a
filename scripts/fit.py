"""Fits the aligner's weights, its confidence and its moves on the development sets.

    python scripts/fit.py                       # writes models/aligner/beads.toml
    python scripts/fit.py --encoder anchors     # writes models/aligner/beads-anchors.toml
    python scripts/fit.py --cross-validate      # also scores what each fit has not seen
    python scripts/fit.py --ablation            # what each feature brings; writes nothing

It learns from the yearbooks (`textberg-dev`), the perturbed news stories, and news perturbed anew
as translators do it (`perturbations.py`). The bundled corpus is only ever judged. Needs scipy.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from bead_model import FEATURES, LONGEST, Example, fit_weights, stretches
from dev_data import (
    GoldPair,
    bundled_corpora,
    ntrex_stories,
    raw_lines,
    textberg,
    within_text,
)
from perturbations import perturbed_stories
from scipy.optimize import minimize

from align import __version__
from align.aligner.aligner import align_sides
from align.aligner.features import BEAD_FEATURES, GAP_FEATURES, PairFeatures
from align.aligner.moves import propose_moves
from align.aligner.parameters import Parameters, shipped_parameters
from align.aligner.settings import AlignerSettings
from align.encoders import load_encoder
from align.resources import data_folder
from align.scoring import Scores, score
from align.sides import side_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from align.aligner.features import Side
    from align.encoders.base import Encoder

TEXTBERG_SHARE = 6.0  # one noisy real document against hundreds of synthetic stories
FOLDS = 3
_NO_MOVES = -1e3  # log-odds that no move overcomes


@dataclass(frozen=True)
class Text:
    """A gold pair, encoded.

    Attributes:
        pair: The pair.
        sides: Its source and its target.
    """

    pair: GoldPair
    sides: tuple[Side, Side]

    @property
    def story(self) -> str:
        """The document's name, without the number that files begin with."""
        return self.pair.document.partition("_")[2] or self.pair.document

    def examples(self) -> list[Example]:
        """What can be learnt from it."""
        return stretches(within_text(self.pair), PairFeatures(*self.sides))


def as_parameters(weights: np.ndarray) -> Parameters:
    """Weights with a confidence that is the bare posterior, and no moves."""
    beads = tuple(weights[: len(BEAD_FEATURES)].tolist())
    gaps = tuple(weights[len(BEAD_FEATURES) :].tolist())
    return Parameters(beads, gaps, (1.0, 0.0), (0.0, 0.0, _NO_MOVES))


def judge(texts: Sequence[Text], parameters: Parameters) -> tuple[Scores, np.ndarray, np.ndarray]:
    """Scores, and for every predicted bead its posterior and whether it is right."""
    total: Scores | None = None
    posteriors, right = [], []
    moves = parameters.moves[2] > _NO_MOVES
    for text in texts:
        alignment = align_sides(
            *text.sides, parameters, settings=AlignerSettings(moves=moves, full_search=True)
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
    blocks = np.cumsum([index in opens for index in range(len(texts))])
    return side_of(texts, blocks.tolist(), encoder, language=language, longest=LONGEST)


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


class Workshop:
    """The encoded texts and what is learnt from them.

    Args:
        encoder: What encodes them.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.yearbooks = self._text(textberg())
        self.yearbooks_within = self._text(within_text(textberg()))
        self.news = [self._text(pair) for pair in ntrex_stories()]
        self.rearranged = [self._text(pair) for pair in perturbed_stories()]
        self.corpus = [self._text(pair) for pair in bundled_corpora()]
        self._of_yearbooks = self.yearbooks_within.examples()
        self._of_news = [(one.story, one.examples()) for one in (*self.news, *self.rearranged)]
        self.stories = sorted({one.story for one in self.news})
        pairs = 1 + len(self.news) + len(self.rearranged)
        print(f"{pairs} pairs encoded by {encoder.fingerprint}", file=sys.stderr)

    def fitted(
        self,
        *,
        yearbooks: float = TEXTBERG_SHARE,
        news: bool = True,
        held_out: Collection[str] = (),
        without: Collection[str] = (),
        start: np.ndarray | None = None,
    ) -> np.ndarray:
        """Weights learnt from some of the texts.

        Args:
            yearbooks: How much the yearbooks count.
            news: Whether the news stories count.
            held_out: Stories left out.
            without: Features left out.
            start: Weights to start from, which are near what comes out.
        """
        examples = list(self._of_yearbooks) if yearbooks else []
        shares = [yearbooks] * len(examples)
        for story, of_story in self._of_news if news else ():
            if story not in held_out:
                examples += of_story
                shares += [1.0] * len(of_story)
        iterations = 80 if start is None else 30
        return fit_weights(examples, shares, without=without, start=start, iterations=iterations)

    def fold(self, number: int) -> tuple[set[str], list[Text]]:
        """The stories of a fold, and their texts."""
        held = set(self.stories[number::FOLDS])
        return held, [one for one in self.news if one.story in held]

    def _text(self, pair: GoldPair) -> Text:
        opens = paragraphs(pair)
        return Text(
            pair,
            (
                _side(self.encoder, pair.source, pair.source_language, opens[0]),
                _side(self.encoder, pair.target, pair.target_language, opens[1]),
            ),
        )


def by_language(texts: Sequence[Text], parameters: Parameters) -> dict[str, Scores]:
    """Scores of each target language."""
    scores: dict[str, Scores] = {}
    for text in texts:
        one, language = judge([text], parameters)[0], text.pair.target_language
        scores[language] = scores[language] + one if language in scores else one
    return scores


def figures(scores: dict[str, Scores]) -> str:
    """Strict F1 of each language, the mean and the worst."""
    values = {language: one.strict.f1 for language, one in scores.items()}
    each = " ".join(f"{language} {value:.4f}" for language, value in values.items())
    return f"mean {np.mean(list(values.values())):.4f}, worst {min(values.values()):.4f}: {each}"


def mean_f1(scores: dict[str, Scores]) -> float:
    """Mean strict F1 of the languages."""
    return float(np.mean([one.strict.f1 for one in scores.values()]))


def unseen_posteriors(workshop: Workshop) -> tuple[np.ndarray, np.ndarray]:
    """Posteriors of beads that the fit has not seen, and whether each is right.

    Prints how good the alignments are: of the news by stories left out, of the yearbooks by a fit
    on news alone.
    """
    posteriors, right = [], []
    news: dict[str, Scores] = {}
    for number in range(FOLDS):
        held, texts = workshop.fold(number)
        parameters = as_parameters(workshop.fitted(held_out=held))
        for text in texts:
            scores, some, are = judge([text], parameters)
            language = text.pair.target_language
            news[language] = news[language] + scores if language in news else scores
            posteriors.append(some)
            right.append(are)
    print(f"news, unseen stories: {figures(news)}")
    parameters = as_parameters(workshop.fitted(yearbooks=0))
    scores, some, are = judge([workshop.yearbooks_within], parameters)
    whole = judge([workshop.yearbooks], parameters)[0]
    print(f"textberg-dev, fitted on news only: {whole.strict.f1:.4f} "
          f"({scores.strict.f1:.4f} as far as its files go)")  # fmt: skip
    # As much weight as in the fit, for confidence has to hold on real texts too.
    posteriors.append(np.repeat(some, int(TEXTBERG_SHARE)))
    right.append(np.repeat(are, int(TEXTBERG_SHARE)))
    return np.concatenate(posteriors), np.concatenate(right)


def ablation(workshop: Workshop) -> None:
    """Prints what is lost without each feature, fitted anew without it, a row a feature."""
    held, unseen = workshop.fold(0)
    moves = shipped_parameters("beads").moves
    starts: tuple[np.ndarray | None, ...] = (None, None, None)
    whole: tuple[float, ...] = ()
    print(f"{'without':22}{'unseen news':>12}{'yearbooks by news':>19}{'bundled corpus':>16}")
    features = [name for name in FEATURES if name not in ("similarity", "step")]
    shapes = [name for name in features if name.startswith("shape-")]
    rows = [("nothing", ()), *((name, (name,)) for name in features if name not in shapes)]
    rows += [("all shapes", tuple(shapes)), ("all clauses", tuple(
        name for name in features if name.startswith("clauses-")))]  # fmt: skip
    for label, without in rows:
        weights = (
            workshop.fitted(held_out=held, without=without, start=starts[0]),
            workshop.fitted(yearbooks=0, without=without, start=starts[1]),
            workshop.fitted(without=without, start=starts[2]),
        )
        news, real, final = (as_parameters(one) for one in weights)
        found = (
            mean_f1(by_language(unseen, news)),
            judge([workshop.yearbooks], real)[0].strict.f1,
            mean_f1(by_language(workshop.corpus, replace(final, moves=moves))),
        )
        if not whole:
            whole, starts = found, weights
            print(f"{label:22}{found[0]:12.4f}{found[1]:19.4f}{found[2]:16.4f}")
        else:
            lost = [one - other for one, other in zip(found, whole, strict=True)]
            print(f"{label:22}{lost[0]:+12.4f}{lost[1]:+19.4f}{lost[2]:+16.4f}", flush=True)


def main() -> None:
    """Fits, judges and writes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--encoder", default="use-multilingual")
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    workshop = Workshop(load_encoder(arguments.encoder, cached=False))
    if arguments.ablation:
        ablation(workshop)
        return

    chances, are_right = unseen_posteriors(workshop)
    if arguments.cross_validate:
        parameters = as_parameters(workshop.fitted(yearbooks=1.0, news=False))
        print(
            f"news, fitted on textberg-dev only: {figures(by_language(workshop.news, parameters))}"
        )
    odds = np.log(np.clip(chances, 1e-9, 1 - 1e-9) / (1 - np.clip(chances, 1e-9, 1 - 1e-9)))
    slope, intercept = fit_logistic(odds[:, None], are_right)
    bare = as_parameters(workshop.fitted())
    calibrated = replace(bare, calibration=(float(slope), float(intercept)))
    error = calibration_error(calibrated.confidence(chances), are_right)
    print(f"expected calibration error on unseen beads: {error:.4f} "
          f"(bare posterior {calibration_error(chances, are_right):.4f})")  # fmt: skip

    inputs, moved = move_examples(workshop.encoder, calibrated)
    moves = tuple(fit_logistic(inputs, moved).tolist())
    print(f"moves: {len(moved)} proposed, {moved.mean():.2f} right")
    final = replace(calibrated, moves=moves)
    print(f"bundled corpora, in no fit: {figures(by_language(workshop.corpus, final))}")
    name = "beads-anchors" if arguments.encoder == "anchors" else "beads"
    output = arguments.output or data_folder("models") / "aligner" / f"{name}.toml"
    fingerprint = workshop.encoder.fingerprint
    note = f"align {__version__}, {fingerprint}, textberg-dev and ntrex-dev"
    write_parameters(output, final, note)
    print(f"written: {output}")


if __name__ == "__main__":
    main()
