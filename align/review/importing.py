"""Edits of a workbook that was made of an alignment, brought into its review as operations."""

from __future__ import annotations

import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from align.article import in_one_language
from align.converting import memory_in
from align.edited_text import EditedText
from align.errors import InputError
from align.formats.alignment_json import read_alignment
from align.formats.memory import memory_of
from align.formats.states import state_named
from align.importing import folded, matched, new_notes
from align.languages import join_segments, nearest_tags, normalise_tag
from align.review.alignment import alignment_of
from align.review.arranging import row_of
from align.review.beside import alignment_file
from align.review.history import Review
from align.review.log import NAME, Entry, LogFile, fingerprint_of
from align.review.operations import (
    Drop,
    Edit,
    Join,
    Mark,
    Note,
    Operation,
    OperationError,
    Together,
)
from align.review.outcome import reviewed_article
from align.review.reducer import apply

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.article import AlignedArticle
    from align.review.alignment import ReviewedAlignment, Row
    from align.skipped import Skipped
    from align.units import TranslationUnit, Variant


@dataclass(frozen=True, slots=True)
class ReviewImport:
    """What became of the rows of an edited table.

    Attributes:
        log: The log of the review.
        language: The translation that was edited.
        done: What was added to the log, by the line of the row; a row is one operation.
        unchanged: How many rows say what the alignment says.
        older: How many have the translation that the alignment had before its review changed it.
        not_found: The lines of the rows whose source text the alignment has not.
        refused: Why a row could not be done, by its line.
    """

    log: Path
    language: str
    done: tuple[tuple[int, Operation], ...]
    unchanged: int
    older: int
    not_found: tuple[int, ...]
    refused: tuple[tuple[int, str], ...]

    @property
    def is_whole(self) -> bool:
        """Whether every row was found and could be done."""
        return not self.not_found and not self.refused


def import_into_review(
    edited: Path | str,
    alignment: Path | str,
    *,
    language: str | None = None,
    by: str = "",
    dry_run: bool = False,
    skipped: Skipped | None = None,
) -> ReviewImport:
    """Brings the edits of a workbook or table into the review beside an alignment file.

    A changed translation becomes an edit of its segments; the states `reviewed` and `final` accept
    a pair, `rejected` drops it, `draft` marks it to be looked at again; a new note is added to the
    row's. Rows are known by number and source text. What the log has in force already is not done
    again, so that the same table can be brought in twice.

    Args:
        edited: The table, made of the alignment by `align export`.
        alignment: The alignment file, or the folder it lies in.
        language: The translation that was edited, where the table has several.
        by: Who edited it, for the log.
        dry_run: Leave the log as it is.
        skipped: Is told what is passed over of the table.

    Raises:
        InputError: If a file cannot be read, or the languages do not fit.
        OutputError: If the log cannot be written.
    """
    path = alignment_file(Path(alignment))
    article = read_alignment(path)
    log = LogFile(path.parent / NAME, fingerprint_of(article))
    review = Review(alignment_of(article), log.entries)
    wanted = [normalise_tag(language)] if language else []
    memory = memory_in(edited, source=article.pivot, targets=wanted, skipped=skipped)
    into = _language(memory.targets, article, edited)
    reviewed = reviewed_article(article, review, of=NAME)
    units = _units(reviewed, into)
    rows = matched(memory.units, units, memory.source)
    importing = _Importing(review, into, _texts_before(article, into))
    for place, row in sorted(rows.of.items()):
        importing.take(units[place], row, row.variant(memory.targets[0]))
    if importing.done and not dry_run:
        time = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        log.append([Entry(secrets.token_hex(8), time, each, by) for _, each in importing.done])
    return ReviewImport(
        log.path,
        into,
        tuple(importing.done),
        importing.unchanged,
        importing.older,
        rows.not_found,
        tuple(sorted(importing.refused)),
    )


def _language(targets: Sequence[str], article: AlignedArticle, edited: Path | str) -> str:
    found = {near[0]: tag for tag in targets if (near := nearest_tags(tag, [*article.alignments]))}
    if len(found) != 1:
        there = ", ".join(found or article.alignments)
        what = "has several translations" if found else "has no translation of the alignment"
        raise InputError(f"{what}; name one with -t: {there}", path=edited)
    return next(iter(found))


def _units(article: AlignedArticle, language: str) -> list[TranslationUnit]:
    """The units as `align export` numbers them."""
    whole = article if len(article.alignments) == 1 else in_one_language(article, language)
    return [*memory_of(whole).units]


def _texts_before(article: AlignedArticle, language: str) -> dict[str, set[str]]:
    """The translations of each source text before the review."""
    texts: dict[str, set[str]] = defaultdict(set)
    for unit in _units(article, language):
        source, target = unit.variant(article.pivot), unit.variant(language)
        if source:
            texts[folded(source.text)].add(folded(target.text) if target else "")
    return texts


@dataclass(slots=True)
class _Importing:
    """Takes the edited rows one after the other, each on top of those before."""

    review: Review
    language: str
    before: dict[str, set[str]]
    done: list[tuple[int, Operation]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    unchanged: int = 0
    older: int = 0
    _alignment: ReviewedAlignment = field(init=False)
    _known: set[Operation] = field(init=False)

    def __post_init__(self) -> None:
        self._alignment = self.review.alignment
        entries = [entry.operation for entry in self.review.in_force]
        parts = [part for each in entries if isinstance(each, Together) for part in each.operations]
        self._known = {*entries, *parts}  # type: ignore[arg-type] # no undo is in force

    def take(self, unit: TranslationUnit, edited: TranslationUnit, text: Variant | None) -> None:
        """Does what a row says of a unit."""
        line = edited.variants[0].line or 0
        try:
            operations = [
                each
                for each in self._operations(unit, edited, folded(text.text) if text else "")
                if each not in self._known
            ]
            changed = self._alignment
            for each in operations:
                changed = apply(changed, each)
        except OperationError as error:
            self.refused.append((line, str(error)))
            return
        if not operations:
            self.unchanged += 1
            return
        self._alignment = changed
        self.done.append(
            (line, operations[0] if len(operations) == 1 else Together(tuple(operations)))
        )

    def _operations(
        self, unit: TranslationUnit, edited: TranslationUnit, new: str
    ) -> Iterator[Operation]:
        source = unit.variants[0]
        start = self.review.alignment
        segments = start.editions[start.pivot].segments
        keys = tuple(segments[place].key for place in source.segments)
        rows = self._alignment.pairs[self.language]
        row = rows[row_of(self._alignment, self.language, "source", keys[0])]
        texts = self._alignment.texts(self.language, row.target)
        now = folded(join_segments(texts, self.language))
        shown = unit.variant(self.language)
        yield from self._text(row, keys, new, now, is_shown=shown is not None)
        yield from self._mark(row, keys, edited.state)
        notes = [*new_notes(edited, [row.note])]
        if notes:
            note = "\n".join(filter(None, (row.note, *notes)))
            yield Note(self.language, "source", keys[0], note)

    def _text(
        self, row: Row, keys: tuple[str, ...], new: str, now: str, *, is_shown: bool
    ) -> Iterator[Operation]:
        """What an edited translation comes to."""
        if new == (now if is_shown else ""):
            return
        source = folded(join_segments(self._alignment.texts(self._alignment.pivot, keys),
                                      self._alignment.pivot))  # fmt: skip
        if new in self.before.get(source, ()):
            self.older += 1
            return
        if not new:
            raise OperationError(
                "its translation was emptied; write rejected as its state to drop it"
            )
        _must_be_whole(row, keys)
        if not row.target:
            raise OperationError(
                "a translation was written where the alignment has no text for it; add it to the "
                "edition"
            )
        if new == now:  # which was in no memory, for it was too doubtful
            yield Mark(self.language, "source", keys[0], "accepted")
            return
        yield from self._edits(row.target, now, new)

    def _edits(self, keys: tuple[str, ...], now: str, new: str) -> Iterator[Operation]:
        texts = [folded(text) for text in self._alignment.texts(self.language, keys)]
        joined = [len(folded(join_segments(texts[: size + 1], self.language)))
                  for size in range(len(texts))]  # fmt: skip
        starts = [end - len(text) for end, text in zip(joined[1:], texts[1:], strict=True)]
        parts = EditedText(now, new).parts(starts)
        if parts is None:  # which of its words are of which segment nobody can tell any more
            yield from (Join(self.language, "target", keys[0]) for _ in keys[1:])
            yield Edit(self.language, "target", keys[0], new)
            return
        for key, text, part in zip(keys, texts, parts, strict=True):
            if part != text:
                yield Edit(self.language, "target", key, part)

    def _mark(self, row: Row, keys: tuple[str, ...], word: str) -> Iterator[Operation]:
        """What a state comes to."""
        state = state_named(word) if word else "translated"
        if folded(word).casefold().startswith("reject"):
            _must_be_whole(row, keys)
            if not row.target:
                raise OperationError("there is no pair to reject")
            if not row.dropped:
                yield Drop(self.language, "source", keys[0], dropped=True)
        elif state in ("reviewed", "final"):
            _must_be_whole(row, keys)
            if row.dropped:
                yield Drop(self.language, "source", keys[0], dropped=False)
            if row.status != "accepted":
                yield Mark(self.language, "source", keys[0], "accepted")
        elif state == "draft":
            _must_be_whole(row, keys)
            if row.status != "review":
                yield Mark(self.language, "source", keys[0], "review")
        elif state is None:
            raise OperationError(
                f"no state is called {word!r:.40}; write reviewed, draft or rejected"
            )


def _must_be_whole(row: Row, keys: tuple[str, ...]) -> None:
    if row.source != keys:
        raise OperationError("its source text is part of a larger row of the alignment; "
                       "correct that with `align review`")  # fmt: skip
