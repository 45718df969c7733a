"""The careless drafts of the bundled corpora, with the errors that were planted into them.

`draft/LANG.md` is a translation as a careless translator leaves it: the clean edition with what
`draft/LANG.tsv` lists gone wrong. The corpus's README describes both. Every row is found again in
both editions, so that a list that has come apart from them is an error with its place, not a wrong
figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.files import read_text
from align.resources import data_folder
from align.text import Span
from evaluation.dev_data import GoldPair, bundled_corpus

if TYPE_CHECKING:
    from pathlib import Path

ERROR_KINDS = (
    "number",
    "date",
    "money",
    "percentage",
    "measure",
    "omitted-sentence",
    "untranslated-sentence",
    "omitted-clause",
    "omitted-item",
    "name",
    "term",
    "inconsistent-term",
    "form",
    "address",
    "script",
    "memory",
)

_COLUMNS = ("kind", "source_segment", "source_form", "original", "planted", "nth")


@dataclass(frozen=True, slots=True)
class PlantedError:
    """One error that was planted into a translation.

    Attributes:
        kind: One of `ERROR_KINDS`.
        source_segment: Index of the pivot segment whose translation it spoils.
        source_form: What stands there in the pivot text.
        target_segments: Indices of the clean edition's segments in that segment's bead.
        original: What stood in the clean edition.
        clean: Where it stood in the clean edition's Markdown.
        planted: What stands in the draft instead; empty where something was left out.
        draft: Where it stands in the draft's Markdown.
    """

    kind: str
    source_segment: int
    source_form: str
    target_segments: tuple[int, ...]
    original: str
    clean: Span
    planted: str
    draft: Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A careless draft.

    Attributes:
        text: Its Markdown.
        errors: What was planted into it, in the order of the text.
    """

    text: str
    errors: tuple[PlantedError, ...]


def read_draft(corpus: str | Path, language: str) -> Draft:
    """The draft of a corpus's translation in one language, and its errors.

    Args:
        corpus: Name of a bundled corpus, or the folder of one.
        language: BCP 47 tag of the translation.

    Raises:
        InputError: If a file cannot be read, a row does not stand where it says, two overlap, or
            the draft differs from the clean edition anywhere else.
    """
    # An absolute path takes the place of what it is joined to.
    folder = data_folder("corpora") / corpus
    clean = read_text(folder / f"{language}.md")
    pair = _gold_pair(folder, language)
    segments = _segment_spans(clean, pair.target)
    path = folder / "draft" / f"{language}.tsv"
    found = sorted(
        (_row(path, number, line, clean, pair, segments) for number, line in _lines(path)),
        key=lambda row: row.span,
    )
    for earlier, later in pairwise(found):
        if earlier.span.stop > later.span.start:
            message = f"{later.original!r} overlaps {earlier.original!r}"
            raise InputError(message, path=path, line=later.line)
    draft = folder / "draft" / f"{language}.md"
    text = read_text(draft)
    return Draft(text, tuple(_planted(found, clean, text, draft, path)))


def undo_errors(draft: Draft) -> str:
    """The draft's Markdown with every error undone."""
    text = draft.text
    for error in reversed(draft.errors):
        text = text[: error.draft.start] + error.original + text[error.draft.stop :]
    return text


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    kind: str
    source_segment: int
    source_form: str
    target_segments: tuple[int, ...]
    original: str
    planted: str
    span: Span


def _gold_pair(folder: Path, language: str) -> GoldPair:
    for pair in bundled_corpus(str(folder)):
        if pair.target_language == language:
            return pair
    raise InputError(f"has no translation in {language!r}", path=folder)


def _lines(path: Path) -> list[tuple[int, str]]:
    header, *lines = read_text(path).removesuffix("\n").split("\n")
    if tuple(header.split("\t")) != _COLUMNS:
        raise InputError(f"the columns are not {', '.join(_COLUMNS)}", path=path, line=1)
    return list(enumerate(lines, start=2))


def _row(
    path: Path, number: int, line: str, clean: str, pair: GoldPair, segments: list[Span]
) -> _Row:
    def error(message: str) -> InputError:
        return InputError(message, path=path, line=number)

    cells = line.split("\t")
    if len(cells) != len(_COLUMNS):
        raise error(f"has {len(cells)} columns, not {len(_COLUMNS)}")
    kind, segment, form, original, planted, nth = cells
    if kind not in ERROR_KINDS:
        raise error(f"kind is {kind!r}; it is one of {', '.join(ERROR_KINDS)}")
    for column, cell in (("source_segment", segment), ("nth", nth)):
        if not cell.isdecimal():
            raise error(f"{column} is {cell!r}, not a number")
    if int(segment) >= len(pair.source):
        raise error(f"there is no source segment {segment}; the last is {len(pair.source) - 1}")
    if form not in pair.source[int(segment)]:
        raise error(f"{form!r} does not stand in source segment {segment}")
    instances = clean.count(original) if original else 0
    if not 1 <= int(nth) <= instances:
        raise error(f"the clean edition has {instances} instances of {original!r}, no number {nth}")
    start = clean.index(original)
    for _ in range(int(nth) - 1):
        start = clean.index(original, start + len(original))
    span = Span(start, start + len(original))
    target = next(bead.target for bead in pair.gold if int(segment) in bead.source)
    if not any(_overlap(span, segments[index]) for index in target):
        raise error(f"{original!r} does not stand in the translation of source segment {segment}")
    return _Row(number, kind, int(segment), form, target, original, planted, span)


def _segment_spans(text: str, segments: tuple[str, ...]) -> list[Span]:
    """Where each segment stands in the Markdown it was cut from."""
    spans, position = [], 0
    for segment in segments:
        start = text.index(segment, position)
        position = start + len(segment)
        spans.append(Span(start, position))
    return spans


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.stop and other.start < one.stop


def _planted(
    rows: list[_Row], clean: str, text: str, draft: Path, path: Path
) -> list[PlantedError]:
    """The errors with their places in the draft, which has to be the clean edition elsewhere."""
    errors, position, shift = [], 0, 0
    for row in rows:
        start = row.span.start + shift
        stop = start + len(row.planted)
        if text[position + shift : start] != clean[position : row.span.start]:
            message = f"differs from the clean edition before {row.original!r}, and no row says why"
            raise InputError(message, path=draft)
        if text[start:stop] != row.planted:
            message = f"{row.planted!r} does not stand for {row.original!r} in {draft.name}"
            raise InputError(message, path=path, line=row.line)
        errors.append(
            PlantedError(
                row.kind,
                row.source_segment,
                row.source_form,
                row.target_segments,
                row.original,
                row.span,
                row.planted,
                Span(start, stop),
            )
        )
        position = row.span.stop
        shift += len(row.planted) - len(row.original)
    if text[position + shift :] != clean[position:]:
        message = "differs from the clean edition at its end, and no row says why"
        raise InputError(message, path=draft)
    return errors
