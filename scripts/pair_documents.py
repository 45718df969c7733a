"""Which documents correspond, on development sets whose names are hidden: precision and recall.

The documents of each set and language are shuffled, and every third loses one of its two sides.
`--fit` fits the log-odds on every other language and prints them; figures are of the others.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from evaluation.dev_data import GoldPair, guides, ntrex_stories
from fitting.logistic import fit_logistic

from align.corpus.document_pairs import (
    Compared,
    compare_documents,
    document_vectors,
    match_documents,
)
from align.encoders import load_encoder


@dataclass(frozen=True)
class _Scrambled:
    name: str
    language: str
    sources: Sequence[tuple[str, Sequence[str]]]
    targets: Sequence[tuple[str, Sequence[str]]]

    @property
    def right(self) -> int:
        return len({name for name, _ in self.sources} & {name for name, _ in self.targets})


def _scrambled(name: str, pairs: Sequence[GoldPair], seed: int) -> Iterator[_Scrambled]:
    for language in sorted({pair.target_language for pair in pairs}):
        order = random.Random(f"{seed} {name} {language}")
        some = [pair for pair in pairs if pair.target_language == language]
        order.shuffle(some)
        sources = [(p.document, p.source) for n, p in enumerate(some) if n % 6 != 0]
        targets = [(p.document, p.target) for n, p in enumerate(some) if n % 6 != 3]
        order.shuffle(sources)
        order.shuffle(targets)
        yield _Scrambled(name, language, sources, targets)


def main() -> None:
    """Prints a line a set and language, and one for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--seed", type=int, default=16)
    arguments = parser.parse_args()
    plain = [pair for pair in guides() if pair.kind == "guides"]
    sets = [
        *_scrambled("natural-dev", plain, arguments.seed),
        *_scrambled("ntrex-dev", ntrex_stories(), arguments.seed),
    ]
    encoder = load_encoder()
    totals = np.zeros(3, dtype=int)
    learnt: list[tuple[Compared, np.ndarray]] = []
    for number, one in enumerate(sets):
        source = document_vectors([t for _, t in one.sources], encoder, language="en")
        target = document_vectors([t for _, t in one.targets], encoder, language=one.language)
        if arguments.fit and number % 2 == 0:
            compared = compare_documents(source, target)
            pairs = zip(compared.sources.tolist(), compared.targets.tolist(), strict=True)
            is_right = np.array([one.sources[s][0] == one.targets[t][0] for s, t in pairs])
            learnt.append((compared, is_right))
        matches = match_documents(source, target)
        right = sum(one.sources[m.source][0] == one.targets[m.target][0] for m in matches)
        counts = np.array([right, len(matches), one.right])
        totals += counts if number % 2 else 0
        print(
            f"{one.name:12} {one.language:8} right {right:3} of {len(matches):3} found, "
            f"{one.right:3} there",
            flush=True,
        )
    right, found, there = totals.tolist()
    print(f"every other set: precision {right / max(found, 1):.4f}, recall {right / there:.4f}")
    if arguments.fit:
        features = np.concatenate(
            [
                np.column_stack((each.scores, each.margins, each.ratios, np.ones_like(each.scores)))
                for each, _ in learnt
            ]
        )
        right_ones = np.concatenate([is_right for _, is_right in learnt])
        print(fit_logistic(features, right_ones, ridge=0.01).round(2))


if __name__ == "__main__":
    main()
