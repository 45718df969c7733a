"""The texts that contestants align: sets with gold alignments, and documents of any length."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count, permutations
from random import Random
from typing import TYPE_CHECKING

from evaluation.dev_data import GoldPair, raw_lines
from evaluation.kinds_of_text import KINDS
from evaluation.sets import SETS as EVALUATED

from align.formats.indices import IndexBead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

LENGTHS = (500, 1000, 2000, 4000, 8000, 16000, 32000)
MERGED, LEFT_OUT = 0.15, 0.05

# Languages written with spaces and in about as many characters as one another: a document that
# changes its languages on the way still has one ratio of lengths.
_SERIES_LANGUAGES = ("en", "fr", "es", "ru", "ar")


@dataclass(frozen=True, slots=True)
class DataSet:
    """A set of gold pairs.

    Attributes:
        title: What a table calls it.
        read: Reads its pairs.
        composed: Whether peers are given vectors composed beforehand, because embedding all the
            texts they ask for one by one would take too long.
        bundled: Whether it comes with the repository.
    """

    title: str
    read: Callable[[], list[GoldPair]]
    composed: bool
    bundled: bool = False


SETS = {
    "textberg": DataSet("Text+Berg dev (de–fr)", KINDS["yearbooks"], composed=False),
    "ntrex": DataSet("NTREX-128 dev, perturbed stories", KINDS["news"], composed=True),
    "ntrex-long": DataSet("NTREX-128 dev, one document", EVALUATED["ntrex-long"], composed=True),
    "corpus": DataSet("bundled articles", KINDS["articles"], composed=False, bundled=True),
}


def read_set(name: str, languages: Sequence[str] = ()) -> list[GoldPair]:
    """The pairs of a set, all or those whose target language is one of some.

    A set without any of the languages is read whole.
    """
    pairs = SETS[name].read()
    return [pair for pair in pairs if pair.target_language in languages] or pairs


def news_document(size: int) -> GoldPair:
    """A document of about `size` segments made of the development news; see `long_document`."""
    lines = {language: raw_lines(language) for language in _SERIES_LANGUAGES}
    return long_document(lines, raw_lines("document_ids"), size)


def long_document(
    lines: Mapping[str, Sequence[str]], stories: Sequence[str], size: int
) -> GoldPair:
    """Makes a document of line-aligned stories, for measuring how cost grows with length.

    All stories in one pair of languages are followed by all in the next, each time in another
    order, with 15 % of neighbouring lines merged on one side and 5 % left out on one. A shorter
    document is the beginning of a longer one.

    Args:
        lines: For each language, its lines; line i says the same in all.
        stories: For each line, its story; a story's lines stand together.
        size: How many source segments there should be at least; at most one more is made.

    Returns:
        The document with its gold alignment, under the first two languages' tags.
    """
    source: list[str] = []
    target: list[str] = []
    gold: list[IndexBead] = []
    for texts in _changed_lines(lines, stories):
        starts = len(source), len(target)
        source += texts[0]
        target += texts[1]
        gold.append(
            IndexBead(tuple(range(starts[0], len(source))), tuple(range(starts[1], len(target))))
        )
        if len(source) >= size:
            break
    first, second = list(lines)[:2]
    return GoldPair("lengths", str(size), first, second, tuple(source), tuple(target), tuple(gold))


def news_book(characters: int, languages: tuple[str, str]) -> tuple[str, str]:
    """Two editions of a book made of the development news; see `long_book`."""
    lines = {language: raw_lines(language) for language in languages}
    return long_book(lines, raw_lines("document_ids"), characters)


def long_book(
    lines: Mapping[str, Sequence[str]], stories: Sequence[str], characters: int
) -> tuple[str, str]:
    """Makes two plain texts of line-aligned stories, for measuring a whole book.

    The stories follow one another again and again, each time in another order and with other
    lines left out on one side, one in ten. A story's first line is its heading; its other lines
    stand in paragraphs of five. What a line is, the texts do not say.

    Args:
        lines: For each of two languages, its lines; line i says the same in both.
        stories: For each line, its story; a story's lines stand together.
        characters: How long the longer text is at least; the book ends with a whole story.
    """
    by_story: dict[str, list[int]] = {}
    for number, story in enumerate(stories):
        by_story.setdefault(story, []).append(number)
    texts: tuple[list[str], ...] = ([], [])
    length = [0, 0]
    for seed in count():
        random = Random(seed)
        order = list(by_story.values())
        random.shuffle(order)
        for numbers in order:
            left_out = {number: random.randrange(20) for number in numbers[1:]}
            for side, language in enumerate(lines):
                said = [
                    lines[language][number] for number in numbers[1:] if left_out[number] != side
                ]
                paragraphs = [" ".join(said[at : at + 5]) for at in range(0, len(said), 5)]
                text = "\n\n".join([lines[language][numbers[0]], *paragraphs]) + "\n\n"
                texts[side].append(text)
                length[side] += len(text)
            if max(length) >= characters:
                return "".join(texts[0]), "".join(texts[1])
    raise AssertionError  # `count` has no end


def _changed_lines(
    lines: Mapping[str, Sequence[str]], stories: Sequence[str]
) -> Iterator[tuple[list[str], list[str]]]:
    """Source and target segments of one bead after the other, without end."""
    by_story: dict[str, list[int]] = {}
    for number, story in enumerate(stories):
        by_story.setdefault(story, []).append(number)
    for seed in count():
        random = Random(seed)
        language_pairs = list(permutations(lines, 2))
        random.shuffle(language_pairs)
        for languages in language_pairs:
            order = list(by_story.values())
            random.shuffle(order)
            for numbers in order:
                yield from _changed_story([lines[name] for name in languages], numbers, random)


def _changed_story(
    sides: Sequence[Sequence[str]], numbers: Sequence[int], random: Random
) -> Iterator[tuple[list[str], list[str]]]:
    position = 0
    while position < len(numbers):
        chance, one_side = random.random(), random.randrange(2)
        merges = chance < MERGED and position + 1 < len(numbers)
        here = numbers[position : position + 1 + merges]
        texts = [[side[number] for number in here] for side in sides]
        if merges:
            texts[one_side] = [" ".join(texts[one_side])]
        elif MERGED <= chance < MERGED + LEFT_OUT:
            texts[one_side] = []
        yield texts[0], texts[1]
        position += len(here)
