"""Scores the aligner, with defaults, on the development sets and the bundled corpus.

    python scripts/evaluate.py                          # everything
    python scripts/evaluate.py textberg corpus          # some sets
    python scripts/evaluate.py --encoder anchors        # without a model
    python scripts/evaluate.py terms                    # key terms, their renderings, divergences
    python scripts/evaluate.py checks                   # checks: recall, false alarms, time

Each pair goes through `align.pair(..., segmented=True)`, which is `align pair --segmented`.
"""

from __future__ import annotations

import argparse
import sys
import time

from check_evaluation import evaluate_checks
from dev_data import GoldPair, bundled_corpora, ntrex_long, ntrex_stories, textberg
from hard_cases import hard_cases
from term_evaluation import evaluate_terms

import align

SETS = {
    "textberg": lambda: [textberg()],
    "ntrex": ntrex_stories,
    "ntrex-long": ntrex_long,
    "corpus": bundled_corpora,
    "hard": hard_cases,
}

PARTS = {"terms": evaluate_terms, "checks": evaluate_checks}
"""What is scored otherwise than by its beads."""


def align_pair(gold: GoldPair, settings: align.Settings) -> align.AlignedArticle:
    """Aligns a gold pair's texts as a user would."""
    return align.pair(
        "\n".join(gold.source) + "\n",
        "\n".join(gold.target) + "\n",
        source_language=gold.source_language,
        target_language=gold.target_language,
        segmented=True,
        settings=settings,
    )


def report(kind: str, by_pair: dict[str, align.Scores]) -> None:
    """Prints the figures of each language pair of a set, and their mean."""
    for key, scores in by_pair.items():
        strict = scores.strict
        print(
            f"{kind:22}{key:12}{scores.documents:10}{strict.precision:10.4f}"
            f"{strict.recall:8.4f}{strict.f1:8.4f}{scores.lax.f1:8.4f}"
        )
    if len(by_pair) > 1:
        documents = sum(scores.documents for scores in by_pair.values())
        mean = sum(scores.strict.f1 for scores in by_pair.values()) / len(by_pair)
        lax = sum(scores.lax.f1 for scores in by_pair.values()) / len(by_pair)
        print(f"{kind:22}{'mean':12}{documents:10}{'':18}{mean:8.4f}{lax:8.4f}")


def main() -> None:
    """Scores the sets that the command line names."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", metavar="SET", help=", ".join([*SETS, *PARTS]))
    parser.add_argument("--encoder", default="use-multilingual")
    arguments = parser.parse_args()
    known = [*SETS, *PARTS]
    unknown = set(arguments.sets) - set(known)
    if unknown:
        parser.error(f"no set called {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    settings = align.Settings(
        encoder=align.load_encoder(arguments.encoder, cached=False), allow_uncovered=True
    )
    signature = ""
    print(f"{'set':22}{'pair':12}{'documents':>10}{'strict P':>10}{'R':>8}{'F1':>8}{'lax F1':>8}")
    for name in arguments.sets or known:
        if name in PARTS:
            print(PARTS[name](settings))
            continue
        by_kind: dict[str, dict[str, align.Scores]] = {}
        invented: dict[str, list[float]] = {}
        started = time.perf_counter()
        for gold in SETS[name]():
            article = align_pair(gold, settings)
            signature = article.signature
            [alignment] = article.alignments.values()
            scores = align.score(gold.gold, alignment)
            by_pair = by_kind.setdefault(gold.kind, {})
            key = f"{gold.source_language}-{gold.target_language}"
            by_pair[key] = by_pair[key] + scores if key in by_pair else scores
            if not scores.strict.gold:
                aligned = [bead.confidence for bead in alignment if bead.is_aligned]
                invented.setdefault(f"{gold.kind} {key}", []).extend(aligned)
        for kind, by_pair in by_kind.items():
            report(kind, by_pair)
        for text, confidences in invented.items():
            mean = sum(confidences) / max(len(confidences), 1)
            kept = sum(confidence >= settings.min_confidence for confidence in confidences)
            print(
                f"{text}: {len(confidences)} beads align what has no counterpart; "
                f"their mean confidence {mean:.4f}; {kept} would enter the memory"
            )
        print(f"{name}: {time.perf_counter() - started:.1f} s", file=sys.stderr)
    print(signature)


if __name__ == "__main__":
    main()
