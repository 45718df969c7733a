"""Scores renderings, phrase by phrase, on words that people have aligned.

    python scripts/word_alignments.py es XL-WA/data/es/test.tsv
    python scripts/word_alignments.py ja kftt/kyoto-test.en kftt/kyoto-test.ja kftt/align.txt

Reads XL-WA (Martelli et al. 2023: a line has the English, the translation and pairs of word numbers
as `3-4`, between tabs) and KFTT (Neubig 2011: two files of sentences cut into words, and one of
pairs of numbers). Neither is part of this repository.

For each key term that `align` finds in the English, the gold rendering is what the words of the
mention are aligned to. Printed are the share of mentions rendered at exactly the gold words, and
precision, recall and F1 of the renderings' characters.
"""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.terms import article_of_lines

import align
from align.languages.profile import profile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.text import Span

_PAIR = re.compile(r"(\d+)[-:](\d+)")


@dataclass(frozen=True, slots=True)
class AlignedWords:
    """A sentence and its translation, cut into words, and which words translate which.

    Attributes:
        source: The words of the sentence.
        target: Those of the translation.
        pairs: Pairs of indices.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    pairs: frozenset[tuple[int, int]]


@dataclass(slots=True)
class Score:
    """What was counted.

    Attributes:
        mentions: Mentions whose words are aligned to something.
        exact: Of these, those rendered at exactly these words.
        right: Characters of renderings that are gold.
        found: Characters of renderings.
        gold: Characters of gold renderings.
    """

    mentions: int = 0
    exact: int = 0
    right: int = 0
    found: int = 0
    gold: int = 0

    def __str__(self) -> str:
        precision, recall = self.right / max(self.found, 1), self.right / max(self.gold, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return (
            f"{self.mentions} mentions, exact {self.exact / max(self.mentions, 1):.3f}, "
            f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
        )


def read_xl_wa(path: Path) -> Iterator[AlignedWords]:
    """The sentences of a file of XL-WA."""
    for line in path.read_text(encoding="utf-8").splitlines():
        source, target, pairs, *_ = line.split("\t")
        yield _aligned(source, target, pairs)


def read_kftt(source: Path, target: Path, pairs: Path) -> Iterator[AlignedWords]:
    """The sentences of KFTT's three files."""
    texts = [path.read_text(encoding="utf-8").splitlines() for path in (source, target, pairs)]
    for row in zip(*texts, strict=True):
        yield _aligned(*row)


def _aligned(source: str, target: str, pairs: str) -> AlignedWords:
    found = frozenset((int(one), int(other)) for one, other in _PAIR.findall(pairs))
    return AlignedWords(tuple(source.split()), tuple(target.split()), found)


def score(sentences: Sequence[AlignedWords], language: str, settings: align.Settings) -> Score:
    """Follows the terms of sentences and compares their renderings with the gold."""
    joint = " " if profile(language).spaced else ""
    article = article_of_lines(
        "words",
        [" ".join(sentence.source) for sentence in sentences],
        {language: [joint.join(sentence.target) for sentence in sentences]},
    )
    result = Score()
    for rendered in align.terms(article, settings=settings).terms:
        for occurrence in rendered.occurrences[language]:
            sentence = sentences[occurrence.mention.segment]
            span = occurrence.mention.span
            words = _characters(sentence.source, " ")
            mentioned = {at for at, places in enumerate(words) if places & _places(span)}
            gold_words = {other for one, other in sentence.pairs if one in mentioned}
            if not gold_words:
                continue
            places = _characters(sentence.target, joint)
            gold = set().union(*(places[at] for at in gold_words))
            found = _places(occurrence.target_span) if occurrence.target_span else set()
            found &= set().union(*places)  # blanks between words count for nothing
            result.mentions += 1
            result.exact += found == gold
            result.right += len(found & gold)
            result.found += len(found)
            result.gold += len(gold)
    return result


def _places(span: Span) -> set[int]:
    """The places of a span's characters."""
    return set(range(span.start, span.stop))


def _characters(words: Sequence[str], joint: str) -> list[set[int]]:
    """The places of each word's characters in the sentence."""
    places, start = [], 0
    for word in words:
        places.append(set(range(start, start + len(word))))
        start += len(word) + len(joint)
    return places


def main() -> None:
    """Prints the score."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("language", help="of the translations, as a BCP 47 tag")
    parser.add_argument("files", nargs="+", type=Path, help="one of XL-WA or three of KFTT")
    options = parser.parse_args()
    if len(options.files) not in (1, 3):
        parser.error("give one file of XL-WA, or three of KFTT: English, Japanese, alignments")
    read = read_xl_wa if len(options.files) == 1 else read_kftt
    sentences = list(read(*options.files))
    print(score(sentences, options.language, align.Settings()))


if __name__ == "__main__":
    main()
