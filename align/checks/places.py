"""Where a finding stands in the file that holds the translation."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from align.checks.model import CheckReport
from align.documents.places import block_at, end_at, landmark_at, place_at

if TYPE_CHECKING:
    from align.article import AlignedArticle
    from align.edition import Edition
    from align.findings import Finding


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the file that holds a translation.

    Lines and columns count from 1, columns in Unicode code points of the file as it is; the end
    is the column after the last character. What cannot be known is None.

    Attributes:
        file: The file, as `Edition.file` has it.
        line: The line where it starts.
        column: The column where it starts.
        end_line: The line where it ends.
        end_column: The column after its last character.
        utf16_column: `column`, counted in UTF-16 code units; two places that differ in nothing
            else are equal.
        utf16_end_column: `end_column` likewise.
        landmark: The same in words where the file has no lines to count, such as `page 3`, or has
            better names for its parts.
    """

    file: str | None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    utf16_column: int | None = field(default=None, compare=False, repr=False)
    utf16_end_column: int | None = field(default=None, compare=False, repr=False)
    landmark: str | None = None

    @property
    def text(self) -> str:
        """The place in one line: `fr.md:3:7`, `fr.docx, paragraph 4`.

        >>> Place("fr.srt", 9, landmark="cue 2, 00:00:04.000").text
        'fr.srt:9, cue 2, 00:00:04.000'
        """
        parts = (self.file, self.line, self.column)
        numbers = ":".join(str(part) for part in parts if part is not None)
        return f"{numbers}, {self.landmark}" if self.landmark else numbers


def place_of(article: AlignedArticle | CheckReport, language: str, finding: Finding) -> Place:
    """Finds where a finding stands in the file of the translation.

    That is the finding's span in the target text, or the whole bead where it has none. Where the
    translation has nothing, it is the line of the source where one file holds both, else the point
    where it should have: before the next segment, or after the last.

    A text of which it is not known where its words stand, such as one that was read from an
    alignment file, leaves the line of the block.

    Args:
        article: The article, or the report that holds it.
        language: The translation.
        finding: A finding in it.
    """
    if isinstance(article, CheckReport):
        article = article.article
    edition = article.editions[language]
    if line := _line_of_source(article, edition, finding):
        return Place(edition.file, line)
    if not edition.segments:
        return Place(edition.file)
    document = edition.document
    start, stop = _in_document(edition, finding)
    first = place_at(document, start)
    last = end_at(document, stop) if stop > start else first
    landmark = landmark_at(document, start)
    if landmark is not None:
        return Place(edition.file, landmark.line, landmark=landmark.name)
    if first is None or last is None:
        return Place(edition.file, _line_of(edition, start))
    run, ahead = first
    end_run, end_ahead = last
    return Place(
        edition.file,
        run.line,
        run.column + ahead,
        end_run.line,
        end_run.column + end_ahead,
        run.utf16_column + _utf16_length(document.text[run.start : run.start + ahead]),
        end_run.utf16_column
        + _utf16_length(document.text[end_run.start : end_run.start + end_ahead]),
    )


def in_utf16(place: Place) -> Place:
    """The same place with columns that count UTF-16 code units, as editors and SARIF may do."""
    return replace(place, column=place.utf16_column, end_column=place.utf16_end_column)


def _utf16_length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _in_document(edition: Edition, finding: Finding) -> tuple[int, int]:
    """Start and stop of the finding in the document's text."""
    segments = edition.segments
    indices = [index for index in finding.target_segments if segments[index].text]
    if not indices:
        index = finding.target_segments.start
        point = segments[index].start if index < len(segments) else segments[-1].stop
        return point, point
    span = finding.target_span
    if span is None:
        return segments[indices[0]].start, segments[indices[-1]].stop
    # Joining segments changes nothing but white space, so that other characters keep their number.
    offsets = [
        segments[index].start + offset
        for index in indices
        for offset, character in enumerate(segments[index].text)
        if not character.isspace()
    ]
    text = finding.target_text
    before = sum(not character.isspace() for character in text[: span.start])
    within = sum(not character.isspace() for character in text[span.slice])
    before = min(before, len(offsets) - 1)
    if not within:
        # White space itself, such as a doubled space: what stands between its neighbours.
        blanks = len(text[: span.start]) - len(text[: span.start].rstrip())
        start = (offsets[before - 1] + 1 if before else offsets[0]) + blanks
        return min(start, offsets[before]), min(start + len(span), offsets[before])
    return offsets[before], offsets[min(before + within, len(offsets)) - 1] + 1


def _line_of_source(article: AlignedArticle, translation: Edition, finding: Finding) -> int | None:
    """The line of what is not translated, where it stands in the file of the translation."""
    source = article.editions[article.pivot]
    indices = finding.target_segments
    if source.file is None or source.file != translation.file or not finding.source_segments:
        return None
    if any(translation.segments[index].text for index in indices):
        return None
    return _line_of(source, source.segments[finding.source_segments.start].start)


def _line_of(edition: Edition, offset: int) -> int | None:
    """The line as the reader counted it, of an offset in the document's text."""
    block = block_at(edition.document, offset)
    if block is None or block.line is None:
        return None
    # The text of a plain file keeps its lines; that of a block of a page or of Markdown has none.
    return block.line + edition.document.text.count("\n", block.start, max(offset, block.start))
