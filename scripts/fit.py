"""Fits the aligner's weights, its confidence and its moves on the development sets.

    python scripts/fit.py                         # writes models/aligner/beads.toml
    python scripts/fit.py --encoder anchors       # writes models/aligner/beads-anchors.toml
    python scripts/fit.py --left-out FOLDER       # also a file without each kind: what evaluates it

It learns from several kinds of text, each counting alike: novels, yearbooks, guides with the
paragraphs alone known, and news perturbed by script at several rates. Confidence is calibrated on
what the fits without each kind say of that kind, and of its texts exchanged for one another. The
bundled articles are only ever judged. Needs scipy and numba.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from evaluation.kind_scores import figures_of, gather, judged_beads
from evaluation.kinds_of_text import LEARNT, Text, encoded_texts
from evaluation.sets import LEAST_LINES, with_next
from fitting.bead_model import BY_GAPS, FEATURES, Document, document_of, fit_weights
from fitting.logistic import fit_logistic
from fitting.move_examples import move_examples
from rich.console import Console
from rich.progress import track

from align import __version__
from align.aligner.aligner import align_sides, first_pass, first_shapes
from align.aligner.features import BEAD_FEATURES, GAP_FEATURES, PairFeatures
from align.aligner.parameters import Parameters, Weights, doubt_of_whole, log_odds
from align.aligner.settings import AlignerSettings
from align.encoders import load_encoder
from align.resources import data_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from align.beads import Alignment
    from align.encoders.base import Encoder

FIRST_FEATURES = frozenset(
    name for name in FEATURES
    if name.startswith(("shape-", "part-")) or name in GAP_FEATURES
    or name in ("similarity", "contrast", "neighbours", "more-fits", "length", "length-long",
                "low-similarity", "target-longer", "source-longer", "segments")
)  # fmt: skip
"""What the first pass looks at: similarities, lengths and shapes."""

LAST_FEATURES = ("names-apart",)
"""Fitted when all others are: what words tell of texts without such names must not go to it."""

KIND_WEIGHT = 1500.0  # segments that each kind counts as
_RAW = (1.0, 0.0, 0.0)  # what maps a posterior to itself
_NO_MOVES = -1e3  # log-odds that no move overcomes
_RIDGE = 2e-3  # of what calibrates, and of moves: slight
_STDERR = Console(stderr=True)


def fit(texts: Sequence[Text], kinds: Collection[str]) -> Parameters:
    """Weights of both passes, learnt from some kinds, without moves or a calibration."""
    settings = AlignerSettings()
    learnt = [text for text in texts if text.is_learnt and text.kind in kinds]
    rough = []
    for text in learnt:
        features = PairFeatures(*text.sides, first_shapes(settings))
        rough.append(document_of(text.kind, text.pair, features, features.matches.anchors))
    first = _as_weights(fit_weights(rough, _shares(rough), wanted=FIRST_FEATURES)[0])
    del rough
    documents = []
    for text in track(learnt, description="first pass", console=_STDERR):
        features, sure = first_pass(*text.sides, first, settings)
        documents.append(document_of(text.kind, text.pair, features, sure))
    shares = _shares(documents)
    all_others = [name for name in FEATURES if name not in LAST_FEATURES]
    weights = fit_weights(documents, shares, wanted=all_others, by_gaps=BY_GAPS)
    second, by_gaps = fit_weights(documents, shares, wanted=LAST_FEATURES, start=weights)
    return Parameters(first, _as_weights(second), _as_weights(by_gaps), _RAW, (0.0, 0.0, _NO_MOVES))


def _shares(documents: Sequence[Document]) -> list[float]:
    """How much each document counts, so that every kind counts alike."""
    totals: dict[str, int] = {}
    for document in documents:
        totals[document.kind] = totals.get(document.kind, 0) + document.segments
    return [KIND_WEIGHT / totals[document.kind] for document in documents]


def _as_weights(values: np.ndarray) -> Weights:
    size = len(BEAD_FEATURES)
    return Weights(tuple(values[:size].tolist()), tuple(values[size:].tolist()))


def judge(texts: Sequence[Text], parameters: Parameters) -> np.ndarray:
    """Prints how good the alignments of some texts are.

    Returns:
        Confidence of every bead of which it is known whether it is right, the doubt about the
        whole, and whether it is: shape (beads, 3).
    """
    settings = AlignerSettings(moves=parameters.moves[-1] > _NO_MOVES)
    found = []
    judged = []
    for text in track(texts, description="judging", console=_STDERR, transient=True):
        alignment = align_sides(*text.sides, parameters, settings=settings)
        figures = figures_of(text.pair, alignment)
        found.append((text.pair, figures))
        doubt = _doubt(alignment)
        judged += [(*one, doubt) for one in judged_beads(text.pair, alignment)]
    for kind, rows in gather(found).items():
        counts = rows.all
        crossing = f"  crossing {counts.blocks.crossing_share:.4f}" if counts.blocks else ""
        worst, where = rows.worst
        print(f"  {kind:20} strict F1 {counts.strict:.4f}  mean {rows.strict:.4f}  "
              f"worst {worst:.4f} ({where})  ECE {counts.calibration_error or 0:.4f}"
              f"{crossing}", flush=True)  # fmt: skip
    return np.array(judged, dtype=np.float64).reshape(-1, 3)[:, [0, 2, 1]]


def judge_unrelated(texts: Sequence[Text], parameters: Parameters) -> np.ndarray:
    """What `judge` returns, of the beads of texts with the translations of others: all wrong."""
    lines: dict[tuple[str, str], list[Text]] = {}
    for text in texts:
        if text.pair.paragraphs is None and not text.pair.kind.startswith("varied"):
            lines.setdefault((text.pair.kind, text.pair.target_language), []).append(text)
    rows = []
    for some in lines.values():
        for text, other in with_next(some):
            sides = text.sides[0], other.sides[1]
            if text is other or min(map(len, sides)) < LEAST_LINES:
                continue
            alignment = align_sides(*sides, parameters, settings=AlignerSettings(moves=False))
            doubt = _doubt(alignment)
            rows += [(bead.confidence, doubt, 0.0) for bead in alignment if bead.score is not None]
    return np.array(rows).reshape(-1, 3)


def _doubt(alignment: Alignment) -> float:
    """The doubt about the whole, of an alignment whose confidences are posteriors."""
    return doubt_of_whole(
        np.array([bead.confidence for bead in alignment if bead.score is not None])
    )


def calibration(
    by_kind: Sequence[np.ndarray], unrelated: Sequence[np.ndarray]
) -> tuple[float, float, float]:
    """Slope, weight of the doubt about the whole, and intercept.

    Args:
        by_kind: What fits say of kinds that they have not seen; each counts alike.
        unrelated: What they say of texts of these kinds that have nothing in common; all together
            count as one kind.
    """
    judged = np.concatenate([*by_kind, *unrelated])
    shares = np.concatenate(
        [np.full(len(some), KIND_WEIGHT / max(len(some), 1)) for some in by_kind]
        + [
            np.full(len(some), KIND_WEIGHT / len(unrelated) / max(len(some), 1))
            for some in unrelated
        ]
    )
    inputs = np.column_stack((log_odds(judged[:, 0]), judged[:, 1], np.ones(len(judged))))
    slope, doubt, intercept = fit_logistic(inputs, judged[:, 2] > 0, ridge=_RIDGE, shares=shares)
    return float(slope), float(doubt), float(intercept)


def write_parameters(path: Path, parameters: Parameters, note: str) -> None:
    """Writes parameters in the form `align.aligner.parameters` reads."""
    lines = [
        "# Written by scripts/fit.py; see there what the numbers are.",
        f'fitted = "{note}"',
        "",
    ]
    tables = {
        f"{name}.{part}": {
            feature: value
            for feature, value in zip(names, getattr(weights, part), strict=True)
            if value or name == "second"
        }
        for name, weights in (
            ("first", parameters.first),
            ("second", parameters.second),
            ("by-gaps", parameters.by_gaps),
        )
        for part, names in (("beads", BEAD_FEATURES), ("gaps", GAP_FEATURES))
    }
    tables["calibration"] = dict(
        zip(("slope", "doubt", "intercept"), parameters.calibration, strict=True)
    )
    tables["moves"] = dict(
        zip(("similarity", "margin", "intercept"), parameters.moves, strict=True)
    )
    for table, entries in tables.items():
        lines += [f"[{table}]", *(f"{key} = {value:.4f}" for key, value in entries.items()), ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def main() -> None:
    """Fits, judges and writes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--encoder", default="use-multilingual")
    parser.add_argument("--left-out", type=Path, metavar="FOLDER")
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    encoder = load_encoder(arguments.encoder, cached=False)
    texts = encoded_texts(encoder)
    run(encoder, texts, arguments)


def run(encoder: Encoder, texts: Sequence[Text], arguments: argparse.Namespace) -> None:
    """Fits without each kind, then on all."""
    note = f"align {__version__}, {encoder.fingerprint}, {', '.join(LEARNT)}"
    unseen, unrelated, left_out = [], [], {}
    for kind in LEARNT:
        others = [other for other in LEARNT if other != kind]
        left_out[kind] = fit(texts, others)
        print(f"{kind}, left out, and the bundled articles:")
        of_kind = [text for text in texts if text.kind == kind]
        unseen.append(judge(of_kind, left_out[kind]))
        unrelated.append(judge_unrelated(of_kind, left_out[kind]))
        judge([text for text in texts if text.kind == "articles"], left_out[kind])
    calibrated = calibration(unseen, unrelated)
    bare = replace(fit(texts, LEARNT), calibration=calibrated)
    inputs, moved = move_examples(encoder, bare, [text for text in texts if text.is_learnt])
    design = np.column_stack((inputs, np.ones(len(inputs))))
    similarity, margin, intercept = fit_logistic(design, moved, ridge=_RIDGE).tolist()
    moves = similarity, margin, intercept
    print(f"moves: {len(moved)} proposed, {moved.mean():.2f} right")
    final = replace(bare, moves=moves)
    print("all kinds in the fit, the bundled articles only judged:")
    judge(texts, final)
    name = "beads-anchors" if arguments.encoder == "anchors" else "beads"
    output = arguments.output or data_folder("models") / "aligner" / f"{name}.toml"
    write_parameters(output, final, note)
    if arguments.left_out:
        for place, (kind, parameters) in enumerate(left_out.items()):
            of_others = [part[:place] + part[place + 1 :] for part in (unseen, unrelated)]
            unseen_kind = replace(parameters, calibration=calibration(*of_others), moves=moves)
            path = arguments.left_out / f"without-{kind}.toml"
            write_parameters(path, unseen_kind, f"{note}, without {kind}")
    print(f"written: {output}")


if __name__ == "__main__":
    main()
