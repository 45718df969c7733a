"""Fits the judge of divergences; writes `models/terms/divergences.json`, prints how well it judges.

    python scripts/fit_divergences.py [--examples FILE] [--rounds 2]

Nobody has marked real translations for what diverges, so errors are made in them by script
(`fitting.spoilt`): in the news and in guides, manuals and scripture, in every language. A model
a sort of divergence (boosted trees) tells what was made wrong from what was not touched, by what
the checks say and by all that is measured, for all editions together and for each alone.

What is printed was judged by models that had seen nothing of the same source (news, guides, React,
Bitcoin, Python, scripture). The bundled corpora are not looked at. Real translations hold real
divergences. What the checks warn of in them counts as wrong by the share that was found to be real
when a hundred such warnings were read (`evaluation/read_alarms.tsv`); what else looks wrong to a
first model, again one that has not seen the source, is no example of what is right for the second.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from evaluation.dev_data import TARGET_LANGUAGES
from evaluation.editions import sourced_articles
from fitting.divergence_examples import Examples, make_examples, read_examples, write_examples
from fitting.logistic import fit_logistic
from sklearn.ensemble import HistGradientBoostingClassifier

import align
from align.formats.atomic import open_for_writing
from align.resources import data_folder
from align.terminology.divergences.evidence import FEATURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

SORTS = {
    "missing": ("missing",),
    "other": ("misnamed", "replaced"),
    "untranslated": ("untranslated",),
}
"""Which damage each model looks for."""

DAMAGE = ("missing", "misnamed", "replaced", "untranslated")

KINDS = {
    "missing": ("missing",),
    "other": ("mistranslated", "inconsistent", "conflated"),
    "untranslated": ("untranslated",),
}
"""Which kinds of divergence tell of it."""

READ_ALARMS = Path(__file__).parent / "evaluation" / "read_alarms.tsv"

KEPT = 0.3  # share of the untouched mentions that a model learns from
TREES, LEAVES, RATE, FEWEST = 100, 10, 0.09, 20
SUSPECT = 0.25  # probability from which what was not touched is taken for a real divergence
WEIGHT = 0.5  # power of a source's size by which it counts
TELLS = {"warning": 0.7, "seconded": 0.4, "note": 0.3, "check": 0.85}
"""Probabilities from which a divergence is told, see `Tells`."""


def main() -> None:
    """Makes the examples, fits, prints the figures, writes the judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--examples", type=Path, help="file (.npz) to keep the examples in")
    parser.add_argument("--rounds", type=int, default=2, help="times that a text is spoilt")
    options = parser.parse_args()
    if options.examples and options.examples.exists():
        examples = read_examples(options.examples)
    else:
        examples = make_examples(align.load_encoder(), options.rounds)
        if options.examples:
            write_examples(options.examples, examples)
    spoilt = ~examples.is_clean & (examples.damage != "unknown")
    chances, sorts = {}, {}
    for sort in SORTS:
        first = _calibrated(_left_out(examples, sort, spoilt), examples, sort, spoilt)[0]
        suspect = spoilt & (examples.damage == "ok") & (first >= SUSPECT)
        suspect &= ~_is_read(examples, sort)
        print(f"{sort}: {suspect.sum()} of {spoilt.sum()} look wrong untouched", file=sys.stderr)
        learnt = spoilt & ~suspect
        odds = _left_out(examples, sort, learnt)
        chances[sort], calibration = _calibrated(odds, examples, sort, learnt)
        model, telling = _fit(examples, sort, learnt)
        sorts[sort] = {"calibration": calibration, **_content(model, telling)}
    print_figures(examples, chances)
    content = {
        "provenance": "Written by scripts/fit_divergences.py.",
        "features": FEATURES,
        "tells": TELLS,
        "sorts": sorts,
    }
    with open_for_writing(data_folder("models") / "terms" / "divergences.json") as file:
        file.write(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")


def _left_out(examples: Examples, sort: str, learnt: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Log-odds of each example by a model that has seen nothing of its source."""
    odds = np.full(len(learnt), np.nan)
    for source in sorted(set(examples.source)):
        model, telling = _fit(examples, sort, learnt & (examples.source != source))
        of_source = examples.source == source
        odds[of_source] = model.decision_function(examples.evidence[of_source][:, telling])
    return odds


def _fit(
    examples: Examples, sort: str, chosen: NDArray[np.bool_]
) -> tuple[HistGradientBoostingClassifier, NDArray[np.int64]]:
    """A model, and which columns of the evidence it asks; the others are all alike."""
    # What is right is many times as much as what is wrong: some of it tells as much as all.
    right = examples.damage == "ok"
    some = np.random.default_rng(1).random(len(chosen)) < KEPT
    some |= _is_read(examples, sort)
    _, place, sizes = np.unique(examples.source[chosen], return_inverse=True, return_counts=True)
    weights = np.zeros(len(chosen))
    weights[chosen] = sizes[place] ** (WEIGHT - 1.0)
    weights[right & ~_is_read(examples, sort)] /= KEPT
    rows = np.flatnonzero(chosen & (some | ~right))
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
    evidence = examples.evidence[rows]
    least = np.where(np.isnan(evidence), np.inf, evidence).min(axis=0)
    most = np.where(np.isnan(evidence), -np.inf, evidence).max(axis=0)
    telling = np.flatnonzero(least < most)
    share = share_wrong(examples, sort)
    twice = rows[(share[rows] > 0) & (share[rows] < 1)]
    every = np.concatenate((rows, twice))
    wrong = np.concatenate((share[rows] > 0, np.zeros(len(twice), dtype=bool)))
    counts = weights[every] * np.where(wrong, share[every], 1 - share[every])
    model.fit(examples.evidence[every][:, telling], wrong, sample_weight=counts / counts.mean())
    return model, telling


def _is_read(examples: Examples, sort: str) -> NDArray[np.bool_]:
    """Which untouched mentions have warnings of the kinds of a sort, some of which were read."""
    return np.asarray((examples.damage == "ok") & np.isin(examples.said, KINDS[sort]))


def share_wrong(examples: Examples, sort: str) -> NDArray[np.float64]:
    """How probable it is that a mention is wrong, by what is known of it: done, or read."""
    share = np.isin(examples.damage, SORTS[sort]).astype(np.float64)
    read, real = Counter[str](), Counter[str]()
    with READ_ALARMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            read[row["check"]] += 1
            real[row["check"]] += row["verdict"] == "real"
    for kind in KINDS[sort]:
        told = _is_read(examples, sort) & (examples.said == kind)
        share[told] = (real[kind] + 1) / (read[kind] + 2)
    return share


def _calibrated(
    odds: NDArray[np.float64], examples: Examples, sort: str, learnt: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], tuple[float, float]]:
    """Probabilities, and by what the log-odds are stretched and moved for them (Platt 1999)."""
    inputs = np.column_stack((odds[learnt], np.ones(int(learnt.sum()))))
    share = share_wrong(examples, sort)[learnt]
    both = np.concatenate((inputs, inputs))
    wrong = np.concatenate((np.ones(len(share)), np.zeros(len(share))))
    found = fit_logistic(both, wrong, ridge=1.0, shares=np.concatenate((share, 1 - share)))
    slope, shift = (round(float(each), 4) for each in found)
    return 1 / (1 + np.exp(-(slope * odds + shift))), (slope, shift)


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
    return {"base": round(float(np.ravel(model._baseline_prediction)[0]), 5), "trees": trees}


def print_figures(examples: Examples, chances: Mapping[str, NDArray[np.float64]]) -> None:
    """Prints what the judge tells, beside what the checks by themselves do."""
    right = np.ones(len(examples.damage))
    for of_sort in chances.values():
        right *= 1 - of_sort
    any_chance = 1 - right
    spoilt = ~examples.is_clean & (examples.damage != "unknown")
    wrong = examples.damage != "ok"
    print(f"calibration error: {_calibration_error(any_chance[spoilt], wrong[spoilt]):.3f}")
    segments = _segments()
    heads = "".join(f"{kind:>14}" for kind in DAMAGE)
    seconded = ~np.isin(examples.said, ("", "note"))
    warned = any_chance >= np.where(seconded, TELLS["seconded"], TELLS["warning"])
    told = {
        f"from {level}": any_chance >= level for level in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
    } | {"warnings": warned, "checks alone": seconded}
    for editions in ("all", "one"):
        for source in ("", *sorted(set(examples.source))):
            here = examples.editions == editions
            if source:
                here &= examples.source == source
            total = sum(n for (name, _), n in segments.items() if source in ("", name))
            print(f"\n{editions}, {source or 'every source':20}{'P':>6}{'P, new':>8}{heads}"
                  f"{'alarms/100':>12}")  # fmt: skip
            for name, loud in told.items():
                if source and name not in ("warnings", "checks alone"):
                    continue
                raised = loud & here & spoilt
                before = set(examples.place[loud & here & examples.is_clean].tolist())
                new = raised & (wrong | np.array([at not in before for at in examples.place]))
                hits = (raised & wrong).sum()
                print(f"{name:26}{hits / max(raised.sum(), 1):6.2f}{hits / max(new.sum(), 1):8.2f}"
                      f"{_shares(examples, raised, here & spoilt)}"
                      f"{100 * len(before) / total:12.2f}")  # fmt: skip
    clean = examples.is_clean & (examples.editions == "all") & warned
    for source in sorted(set(examples.source)):
        counts = Counter(examples.language[clean & (examples.source == source)].tolist())
        row = "".join(
            f"{language:>9} {100 * counts[language] / max(segments[source, language], 1):4.1f}"
            for language in TARGET_LANGUAGES
        )
        print(f"warnings per 100 segments, {source:8}{row}")


def _shares(examples: Examples, raised: NDArray[np.bool_], asked: NDArray[np.bool_]) -> str:
    """The share of each kind of damage that is told of."""
    return "".join(
        f"{(raised & of_kind).sum() / max((asked & of_kind).sum(), 1):14.2f}"
        for of_kind in (examples.damage == kind for kind in DAMAGE)
    )


def _segments() -> Counter[tuple[str, str]]:
    """How many pivot segments each source has in each language."""
    counts: Counter[tuple[str, str]] = Counter()
    for each in sourced_articles():
        for language, beads in each.article.alignments.items():
            counts[each.source, language] += sum(len(bead.source) for bead in beads)
    return counts


def _calibration_error(chances: NDArray[np.float64], wrong: NDArray[np.bool_]) -> float:
    """Expected calibration error in ten bins (Guo et al. 2017)."""
    bins = np.minimum((chances * 10).astype(int), 9)
    gaps = [
        (bins == each).sum() * abs(chances[bins == each].mean() - wrong[bins == each].mean())
        for each in range(10)
        if (bins == each).any()
    ]
    return float(sum(gaps) / len(chances))


if __name__ == "__main__":
    main()
