"""Where a finding stands in the file that holds the translation."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from align.checks.model import CheckReport
from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapidfuzz.distance import Opcode

    from align.article import AlignedArticle
    from align.edition import Edition
    from align.findings import Finding

# What the readers of documents take for the end of a line, and what editors do.
_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_EDITOR_LINE_END = re.compile("\r\n|[\n\r]")
# Characters of a file among which the words of one block are looked for, beside its own length.
_MARKUP = 4000
_LONGEST_COMPARED = 50_000


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
    """

    file: str | None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


def place_of(article: AlignedArticle | CheckReport, language: str, finding: Finding) -> Place:
    """Finds where a finding stands in the file of the translation.

    That is the finding's span in the target text, or the whole bead where it has none. Where the
    translation has nothing, it is the point where it should have: before the next segment, or
    after the last.

    The file is read again, for a document's text is not its file's: marks of Markdown and HTML
    are gone, entities are characters. Its words are looked up from the line where their block
    begins. A file that cannot be read, or has changed, leaves the line of the block.

    Args:
        article: The article, or the report that holds it.
        language: The translation.
        finding: A finding in it.
    """
    if isinstance(article, CheckReport):
        article = article.article
    edition = article.editions[language]
    if not edition.segments:
        return Place(edition.file)
    start, stop = _in_document(edition, finding)
    file = _file(edition.file)
    found = None if file is None else _in_file(edition, start, stop, file)
    if file is None or found is None:
        return Place(edition.file, _line_of(edition, start))
    line, column = file.position(found[0])
    end_line, end_column = file.position(found[1])
    return Place(edition.file, line, column, end_line, end_column)


def in_utf16(place: Place) -> Place:
    """The same place with columns that count UTF-16 code units, as editors and SARIF may do."""
    file = _file(place.file)
    if file is None:
        return place
    return replace(
        place,
        column=file.utf16_column(place.line, place.column),
        end_column=file.utf16_column(place.end_line, place.end_column),
    )


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


def _line_of(edition: Edition, offset: int) -> int | None:
    """The line as the reader counted it, of an offset in the document's text."""
    index = _block_at(edition, offset)
    block = edition.document.blocks[index]
    if block.line is None:
        return None
    # The text of a plain file keeps its lines; that of a block of a page or of Markdown has none.
    return block.line + edition.document.text.count("\n", block.start, max(offset, block.start))


def _block_at(edition: Edition, offset: int) -> int:
    blocks = edition.document.blocks
    return max(bisect_right(blocks, offset, key=lambda block: block.start) - 1, 0)


@dataclass(frozen=True)
class _File:
    """A file's text as it is."""

    text: str

    @cached_property
    def _reader_lines(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @cached_property
    def _editor_lines(self) -> list[int]:
        return [0, *(match.end() for match in _EDITOR_LINE_END.finditer(self.text))]

    def offset(self, line: int) -> int:
        """Where a line begins, as the readers of documents count lines."""
        lines = self._reader_lines
        return lines[line - 1] if line <= len(lines) else len(self.text)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, as editors count lines."""
        line = bisect_right(self._editor_lines, offset)
        return line, offset - self._editor_lines[line - 1] + 1

    def utf16_column(self, line: int | None, column: int | None) -> int | None:
        """A column that counts code points as one that counts UTF-16 code units."""
        if line is None or column is None:
            return column
        start = self._editor_lines[line - 1]
        before = self.text[start : start + column - 1]
        return column + sum(character > "\uffff" for character in before)


def _file(path: str | None) -> _File | None:
    if path is None:
        return None
    try:
        stat = Path(path).stat()
        return _read(path, stat.st_mtime_ns, stat.st_size)
    except (OSError, InputError):
        return None


@lru_cache(maxsize=8)
def _read(path: str, _changed: int, _size: int) -> _File:
    from align.documents.decoding import decode, read_file
    from align.documents.html import declared_encoding

    data = read_file(Path(path))
    return _File(decode(data, path=path, declared=declared_encoding(data)))


def _in_file(edition: Edition, start: int, stop: int, file: _File) -> tuple[int, int] | None:
    """Start and stop in the file's text of a stretch of the document's."""
    text, blocks = edition.document.text, edition.document.blocks
    index = _block_at(edition, start)
    block = blocks[index]
    # From the start of the line on: the block of a text that is a line a segment is the whole.
    first = max(block.start, text.rfind("\n", 0, start) + 1)
    line = _line_of(edition, first)
    begin = file.offset(line or 1)
    last = block.stop if stop <= block.stop else stop
    ends = [found for found in [text.find("\n", stop, last)] if found >= 0]
    words = text[first : min([last, *ends])]
    shift = start - first, stop - first
    end = None if line is None else max(begin + 2 * len(words) + _MARKUP, file.offset(line + 1))
    for written in _spellings(words):
        found = file.text.find(written, begin, end)
        if found >= 0 and (line is not None or file.text.find(written, found + 1) < 0):
            if written == words:
                return found + shift[0], found + shift[1]
            begin, region = found, written
            break
    else:
        if line is None:
            return None
        region = file.text[begin : begin + 2 * len(words) + _MARKUP]
        following = [
            b.line for b in blocks[index + 1 :][:1] if b.line is not None and b.line > line
        ]
        if following:
            region = region[: max(file.offset(following[0]) - begin, 0)] or region
    return _looked_up(words, *shift, region, begin)


def _spellings(words: str) -> Iterable[str]:
    """The words as a file may have them: as they are, or fit for XML."""
    yield words
    for written in (escape(words, quote=False), escape(words)):
        if written != words:
            yield written


def _looked_up(
    words: str, start: int, stop: int, region: str, begin: int
) -> tuple[int, int] | None:
    """The stretch of a region that has the words' characters `start` to `stop`.

    The longest common subsequence of the block and the region tells where it is about; what
    stands there exactly as in the text is taken before what is merely alike.
    """
    from rapidfuzz.distance import Indel

    if len(words) + len(region) > _LONGEST_COMPARED:
        return None
    at = _counterparts(Indel.opcodes(words, region))
    inside = [at[offset] for offset in range(start, stop) if offset in at]
    if stop > start and not inside:
        return None
    if stop == start:
        after = [at[offset] for offset in range(start, len(words)) if offset in at][:1]
        before = [at[offset] + 1 for offset in range(start) if offset in at][-1:]
        point = (after or before or [0])[0]
        return begin + point, begin + point
    exact = re.compile(r"\s+".join(map(re.escape, words[start:stop].split())) or r"\s+")
    candidates = [match.span() for match in exact.finditer(region)]
    if candidates:
        near = min(
            candidates, key=lambda span: abs(span[0] - inside[0]) + abs(span[1] - inside[-1])
        )
        return begin + near[0], begin + near[1]
    return begin + inside[0], begin + inside[-1] + 1


def _counterparts(opcodes: Iterable[Opcode]) -> dict[int, int]:
    at: dict[int, int] = {}
    for each in opcodes:
        if each.tag == "equal":
            pairs = range(each.src_start, each.src_end), range(each.dest_start, each.dest_end)
            at.update(zip(*pairs, strict=True))
    return at
