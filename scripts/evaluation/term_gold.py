"""Gold renderings of key terms and planted divergences, read from the bundled corpora.

`gold/renderings/LANG.tsv` says what renders each mention of a gold term; `planted/LANG.md` is a
second copy of a translation in which what `planted/LANG.tsv` lists has gone wrong. The corpus's
README describes both. Every row is found again in the texts, so that a gold file that has come
apart from them is an error with its place, not a wrong figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.files import read_text
from align.languages.joining import joiner
from align.resources import data_folder
from align.terminology.divergences.registry import KINDS
from align.text import Span
from evaluation.dev_data import GoldPair, bundled_corpus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

PLANT_KINDS = (
    "inconsistent",
    "mistranslated",
    "omitted",
    "wrong-name",
    "untranslated",
    "conflated",
)

_RENDERING_COLUMNS = (
    "term",
    "source_segment",
    "source_form",
    "source_nth",
    "target_segments",
    "rendering",
    "nth",
    "also",
)
_PLANT_COLUMNS = (
    "kind",
    "accepted",
    "term",
    "source_segment",
    "source_form",
    "original",
    "planted",
    "nth",
)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A string where it stands.

    Attributes:
        segment: Index of the segment.
        span: Where in the segment's text; empty for what was left out.
        text: What stands there.
    """

    segment: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class GoldRendering:
    """What renders one mention of a gold term.

    Attributes:
        term: The term in its base form.
        source: The mention in the pivot text.
        target_segments: Indices of the target segments of the mention's bead, possibly none.
        rendering: What renders it, without articles, prepositions, particles, titles and
            quotation marks around it; None where nothing does, rightly.
        also: Other places that are as right.
    """

    term: str
    source: Place
    target_segments: tuple[int, ...]
    rendering: Place | None
    also: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Plant:
    """One divergence that was planted into a translation.

    Attributes:
        kind: One of `PLANT_KINDS`.
        accepted: The kinds of finding that count as having found it.
        term: The term it is about, in its base form.
        source: The mention in the pivot text.
        original: What stood in the clean edition, with what had to change around it.
        planted: What stands in the planted edition instead.
    """

    kind: str
    accepted: tuple[str, ...]
    term: str
    source: Place
    original: Place
    planted: Place


def read_renderings(corpus: str | Path, language: str) -> tuple[GoldRendering, ...]:
    """The gold renderings of a corpus in one language, in the order of the pivot text.

    Args:
        corpus: Name of a bundled corpus, or the folder of one.
        language: BCP 47 tag of the translation.

    Raises:
        InputError: If the file cannot be read or a row does not stand where it says.
    """
    pair = _gold_pair(corpus, language)
    path = _folder(corpus) / "gold" / "renderings" / f"{language}.tsv"
    return tuple(_rendering(row, pair) for row in _rows(path, _RENDERING_COLUMNS))


def read_plants(corpus: str | Path, language: str) -> tuple[Plant, ...]:
    """The planted divergences of a corpus in one language, in the order of the pivot text.

    Args:
        corpus: Name of a bundled corpus, or the folder of one.
        language: BCP 47 tag of the translation.

    Raises:
        InputError: If a file cannot be read, a row does not stand where it says, or the planted
            edition differs from the clean one anywhere else.
    """
    return _read_planted(corpus, language).plants


def planted_segments(corpus: str | Path, language: str) -> tuple[str, ...]:
    """The segments of the planted edition, cut and counted as those of the clean one.

    Raises:
        InputError: As `read_plants`.
    """
    return _read_planted(corpus, language).segments


def undo_plants(corpus: str | Path, language: str) -> str:
    """The planted edition's Markdown with every plant undone.

    Raises:
        InputError: As `read_plants`.
    """
    planted = _read_planted(corpus, language)
    text = planted.markdown
    for plant in sorted(planted.plants, key=lambda plant: plant.original, reverse=True):
        start = planted.offsets[plant.planted.segment] + plant.planted.span.start
        stop = planted.offsets[plant.planted.segment] + plant.planted.span.stop
        text = text[:start] + plant.original.text + text[stop:]
    return text


@dataclass(frozen=True, slots=True)
class _Row:
    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def number(self, column: str) -> int:
        return self.number_in(self[column], column)

    def number_in(self, cell: str, what: str) -> int:
        if not cell.isdecimal():
            raise self.error(f"{what} is {cell!r}, not a number")
        return int(cell)

    def error(self, message: str) -> InputError:
        return InputError(message, path=self.path, line=self.line)


@dataclass(frozen=True, slots=True)
class _Planted:
    plants: tuple[Plant, ...]
    segments: tuple[str, ...]
    markdown: str
    offsets: tuple[int, ...]


def _folder(corpus: str | Path) -> Path:
    # An absolute path takes the place of what it is joined to.
    return data_folder("corpora") / corpus


def _gold_pair(corpus: str | Path, language: str) -> GoldPair:
    for pair in bundled_corpus(str(corpus)):
        if pair.target_language == language:
            return pair
    raise InputError(f"has no translation in {language!r}", path=_folder(corpus))


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[_Row]:
    header, *lines = read_text(path).removesuffix("\n").split("\n")
    if tuple(header.split("\t")) != columns:
        raise InputError(f"the columns are not {', '.join(columns)}", path=path, line=1)
    for number, line in enumerate(lines, start=2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            message = f"has {len(cells)} columns, not {len(columns)}"
            raise InputError(message, path=path, line=number)
        yield _Row(path, number, dict(zip(columns, cells, strict=True)))


def _rendering(row: _Row, pair: GoldPair) -> GoldRendering:
    source = _source(row, pair, row.number("source_nth"))
    target_segments = _bead_of(source.segment, pair)
    bead = ",".join(map(str, target_segments))
    if row["target_segments"] != bead:
        raise row.error(f"the bead's target segments are {bead!r}, not {row['target_segments']!r}")
    rendering, nth = row["rendering"], row.number("nth")
    if bool(rendering) != bool(nth):
        raise row.error(f"nth is {nth} of the rendering {rendering!r}; 0 goes with no rendering")
    also = []
    for alternative in row["also"].split(" | ") if row["also"] else ():
        text, _, instance = alternative.partition("#")
        number = row.number_in(instance or "1", f"the instance of {text!r}")
        also.append(_target(row, pair, target_segments, text, number))
    return GoldRendering(
        row["term"],
        source,
        target_segments,
        _target(row, pair, target_segments, rendering, nth) if rendering else None,
        tuple(also),
    )


def _source(row: _Row, pair: GoldPair, nth: int) -> Place:
    segment = row.number("source_segment")
    if segment >= len(pair.source):
        raise row.error(f"there is no source segment {segment}; the last is {len(pair.source) - 1}")
    start = _find(row, pair.source[segment], row["source_form"], nth, f"source segment {segment}")
    stop = start + len(row["source_form"])
    return Place(segment, Span(start, stop), row["source_form"])


def _bead_of(segment: int, pair: GoldPair) -> tuple[int, ...]:
    return next(bead.target for bead in pair.gold if segment in bead.source)


def _target(row: _Row, pair: GoldPair, segments: Sequence[int], text: str, nth: int) -> Place:
    """Where the nth instance of a string stands in a bead's target text."""
    between = joiner(pair.target_language)
    joined = between.join(pair.target[segment] for segment in segments)
    start = _find(row, joined, text, nth, f"target segments {list(segments)}")
    for segment in segments:
        length = len(pair.target[segment])
        if start < length:
            if start + len(text) > length:
                raise row.error(f"{text!r} goes on beyond the end of segment {segment}")
            return Place(segment, Span(start, start + len(text)), text)
        start -= length + len(between)
    raise row.error(f"{text!r} stands between two segments")


def _find(row: _Row, text: str, string: str, nth: int, where: str) -> int:
    """The start of the nth instance, counted from 1 as `str.count` counts."""
    start = -1
    if string and 1 <= nth <= text.count(string):
        start = text.index(string)
        for _ in range(nth - 1):
            start = text.index(string, start + len(string))
    if start < 0:
        instances = text.count(string) if string else 0
        raise row.error(f"{where} has {instances} instances of {string!r}, so no number {nth}")
    return start


def _read_planted(corpus: str | Path, language: str) -> _Planted:
    pair = _gold_pair(corpus, language)
    folder = _folder(corpus) / "planted"
    found = [
        (_original(row, pair), row) for row in _rows(folder / f"{language}.tsv", _PLANT_COLUMNS)
    ]
    in_order = sorted(found, key=lambda original_and_row: original_and_row[0])
    for (earlier, _), (later, row) in pairwise(in_order):
        if earlier.segment == later.segment and earlier.span.stop > later.span.start:
            raise row.error(f"{later.text!r} overlaps another plant, {earlier.text!r}")
    segments = list(pair.target)
    planted: dict[Place, Place] = {}
    for original, row in in_order:
        # What was planted earlier in the segment has moved the rest of it.
        whole = segments[original.segment]
        shift = len(whole) - len(pair.target[original.segment])
        start, text = original.span.start + shift, row["planted"]
        segments[original.segment] = whole[:start] + text + whole[original.span.stop + shift :]
        planted[original] = Place(original.segment, Span(start, start + len(text)), text)
    path = folder / f"{language}.md"
    markdown = read_text(path)
    return _Planted(
        tuple(_plant(row, pair, original, planted[original]) for original, row in found),
        tuple(segments),
        markdown,
        tuple(_offsets(path, markdown, segments, in_order)),
    )


def _original(row: _Row, pair: GoldPair) -> Place:
    segments = _bead_of(_source(row, pair, 1).segment, pair)
    return _target(row, pair, segments, row["original"], row.number("nth"))


def _plant(row: _Row, pair: GoldPair, original: Place, planted: Place) -> Plant:
    kind, accepted = row["kind"], []
    if kind not in PLANT_KINDS:
        raise row.error(f"kind is {kind!r}; it is one of {', '.join(PLANT_KINDS)}")
    for finding in row["accepted"].split(","):
        if finding not in KINDS:
            known = ", ".join(KINDS)
            raise row.error(f"accepted has {finding!r}; findings are {known}")
        accepted.append(finding)
    return Plant(kind, tuple(accepted), row["term"], _source(row, pair, 1), original, planted)


def _offsets(
    path: Path, markdown: str, segments: Iterable[str], plants: Sequence[tuple[Place, _Row]]
) -> Iterator[int]:
    """Where each segment of the planted edition starts in its Markdown."""
    position = 0
    for index, segment in enumerate(segments):
        start = markdown.find(segment, position)
        if start < 0:
            for place, row in plants:
                if place.segment == index:
                    raise row.error(
                        f"{row['planted']!r} does not stand for {place.text!r} in {path.name}, or "
                        f"its segment {index} differs in more than its plants"
                    )
            raise InputError(
                f"segment {index} is not that of the clean edition, and no plant says why",
                path=path,
            )
        yield start
        position = start + len(segment)
