"""Which documents correspond, on development sets whose names are hidden: precision and recall.

Sets are hard by what is in them: documents of ten or five segments, all of one book or one
yearbook, versions of one another, hundreds at once. A third of the documents of either side has
no counterpart. `--fit` fits the log-odds on the sets of all sources but one, says what they find in
that one's, each source in turn, and prints the log-odds of all.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from evaluation.dev_data import GoldPair, guides, novels, ntrex_stories, textberg, within_text
from fitting.logistic import fit_logistic

from align.corpus.document_pairs import (
    WEIGHTS,
    Compared,
    compare_documents,
    document_vectors,
    features_of,
    match_compared,
)
from align.encoders import load_encoder
from align.encoders.base import Encoder


@dataclass(frozen=True, slots=True)
class _Document:
    """A document and its translation."""

    name: str
    source: tuple[str, ...]
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Set:
    """Documents, some of which lack their counterpart; `origin` is the source all are from."""

    name: str
    origin: str
    languages: tuple[str, str]
    sources: Sequence[tuple[str, tuple[str, ...]]]
    targets: Sequence[tuple[str, tuple[str, ...]]]

    @property
    def there(self) -> int:
        return len({name for name, _ in self.sources} & {name for name, _ in self.targets})


def _scrambled(
    name: str, origin: str, languages: tuple[str, str], documents: Iterable[_Document], seed: int
) -> _Set:
    """Both sides in an order that tells nothing; of each three a third lacks its counterpart."""
    some = list(documents)
    order = random.Random(f"{seed} {name} {languages}")
    order.shuffle(some)
    sources = [(each.name, each.source) for n, each in enumerate(some) if n % 4 != 3]
    targets = [(each.name, each.target) for n, each in enumerate(some) if n % 4 != 2]
    order.shuffle(sources)
    order.shuffle(targets)
    return _Set(name, origin, languages, sources, targets)


def _pieces(pair: GoldPair, size: int) -> Iterator[_Document]:
    """A text cut between gold beads into documents of about so many source segments."""
    source: list[str] = []
    target: list[str] = []
    number = 0
    for bead in within_text(pair).gold:
        source += [pair.source[n] for n in bead.source]
        target += [pair.target[n] for n in bead.target]
        if len(source) >= size and target:
            yield _Document(f"{pair.document} {number}", tuple(source), tuple(target))
            source, target, number = [], [], number + 1


def _versions(pair: GoldPair, order: random.Random) -> Iterator[_Document]:
    """A text, and a version of it that lacks a fifth of the beads and has another's in places."""
    beads = [bead for bead in pair.gold if bead.source and bead.target]
    for version in ("first", "revised"):
        kept = [bead for bead in beads if version == "first" or order.random() < 0.8]
        source = tuple(pair.source[n] for bead in kept for n in bead.source)
        target = tuple(pair.target[n] for bead in kept for n in bead.target)
        if source:
            yield _Document(f"{pair.document} {version}", source, target)


def _sets(seed: int) -> Iterator[_Set]:
    by_language: dict[str, list[GoldPair]] = defaultdict(list)
    for story in ntrex_stories():
        by_language[story.target_language].append(story)
    plain = [pair for pair in guides() if pair.kind == "guides"]
    for language, stories in by_language.items():
        tags = "en", language
        whole = [_Document(each.document, each.source, each.target) for each in stories]
        yield _scrambled("news", "news", tags, whole, seed)
        for size in (10, 5):
            cut = [piece for story in stories for piece in _pieces(story, size)]
            yield _scrambled(f"news of {size}", "news", tags, cut, seed)
        order = random.Random(f"{seed} {language}")
        both = [each for story in stories for each in _versions(story, order)]
        yield _scrambled("news and revised", "news", tags, both, seed)
        texts = [
            _Document(each.document, each.source, each.target)
            for each in plain
            if each.target_language == language
        ]
        yield _scrambled("guides", "guides", tags, texts, seed)
    for size in (10, 5):
        cut = [piece for chapter in novels() for piece in _pieces(chapter, size)]
        yield _scrambled(f"novels in {size}", "novels", ("zh-Hans", "en"), cut, seed)
        articles = _pieces(textberg(), size)
        yield _scrambled(f"yearbook in {size}", "yearbook", ("de", "fr"), articles, seed)
    chapters = [
        _Document(piece.name, piece.target, piece.source)
        for chapter in novels()
        for piece in _pieces(chapter, 5)
    ]
    cut = [piece for story in by_language["zh-Hans"] for piece in _pieces(story, 5)]
    yield _scrambled("novels and news", "both", ("en", "zh-Hans"), [*chapters, *cut], seed)


@dataclass(frozen=True, slots=True)
class _Measured:
    one: _Set
    compared: Compared
    is_right: npt.NDArray[np.bool_]

    def counts(self, weights: npt.NDArray[np.float64] = WEIGHTS) -> npt.NDArray[np.int64]:
        """How many matches are right, how many there are, and how many there should be."""
        matches = match_compared(self.compared, weights=weights)
        pairs = ((self.one.sources[m.source], self.one.targets[m.target]) for m in matches)
        right = sum(source[0] == target[0] for source, target in pairs)
        return np.array([right, len(matches), self.one.there])


def _measured(one: _Set, encoder: Encoder) -> _Measured:
    sides = zip((one.sources, one.targets), one.languages, strict=True)
    source, target = (
        document_vectors([texts for _, texts in side], encoder, language=language)
        for side, language in sides
    )
    compared = compare_documents(source, target)
    pairs = zip(compared.sources.tolist(), compared.targets.tolist(), strict=True)
    is_right = np.array([one.sources[s][0] == one.targets[t][0] for s, t in pairs])
    return _Measured(one, compared, is_right)


def _fitted(some: Iterable[_Measured]) -> npt.NDArray[np.float64]:
    """Log-odds; each set counts alike, whatever its size."""
    chosen = list(some)
    features = np.concatenate([features_of(each.compared) for each in chosen])
    right = np.concatenate([each.is_right for each in chosen])
    shares = np.concatenate(
        [np.full(len(each.is_right), 1_000 / len(each.is_right)) for each in chosen]
    )
    return fit_logistic(features, right, ridge=0.01, shares=shares)


def _line(name: str, counts: npt.NDArray[np.int64]) -> str:
    right, found, there = counts.tolist()
    return (
        f"{name:32} P {right / max(found, 1):.3f}  R {right / max(there, 1):.3f}  "
        f"({right} right of {found} found, {there} there)"
    )


def main() -> None:
    """Prints a line a set and language, and one a kind of set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--only", default="", help="sets whose name or language has this")
    parser.add_argument("--seed", type=int, default=16)
    arguments = parser.parse_args()
    encoder = load_encoder()
    done: list[_Measured] = []
    totals: dict[str, npt.NDArray[np.int64]] = defaultdict(lambda: np.zeros(3, dtype=np.int64))
    for one in _sets(arguments.seed):
        title = f"{one.name} {'-'.join(one.languages)}"
        if arguments.only not in title:
            continue
        done.append(_measured(one, encoder))
        totals[one.name] += done[-1].counts()
        print(_line(title, done[-1].counts()), flush=True)
    print("\nby kind of set")
    for name, counts in totals.items():
        print(_line(name, counts))
    if arguments.fit:
        print("\nfitted without the source that is measured")
        for origin in dict.fromkeys(each.one.origin for each in done):
            weights = _fitted(each for each in done if each.one.origin not in (origin, "both"))
            there = [each for each in done if each.one.origin == origin]
            for each in there:
                print(_line(f"{each.one.name} {each.one.languages[1]}", each.counts(weights)))
        print(_fitted(each for each in done if each.one.origin != "both").round(2))


if __name__ == "__main__":
    main()
