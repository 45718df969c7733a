"""Subtitles (SRT, WebVTT): cues joined to sentences, their times kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from io import StringIO
from typing import TYPE_CHECKING, Any

from align.documents.assembly import Piece, assemble
from align.documents.cleaning import clean
from align.documents.decoding import decode
from align.documents.entities import unescape
from align.documents.model import Landmark
from align.documents.registry import READERS
from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from align.documents.model import Document

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]+)>")
_TURN = re.compile(r"\s*(?:[-‐‑–—]\s?|>>+\s*)(?=\S)")
_SENTENCE_END = re.compile(r"[.!?。！？؟।…][\"'”’»」』)）]*\s*\Z")
_ALONE = re.compile(r"\s*(?:[\[(（【♪♫].*[\])）】♪♫])\s*\Z", re.DOTALL)  # [applause], ♪ a song ♪

_SRT_START = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*\d+[ \t]*\r?\n\d{1,3}:\d\d:\d\d[,.]\d{1,3}[ \t]*-->"
)
_VTT_START = re.compile(rb"(?:\xef\xbb\xbf)?WEBVTT\b")

_LONGEST_PAUSE = 3000  # milliseconds; a sentence rarely waits longer
_LONG = 20  # characters that nobody says twice
_FEWEST_ENDS = 0.15  # of cues that end a sentence, where sentences are marked at all
_MOST_CUES = 60  # that one block is joined of


_NAMES = {"srt": "an SRT", "vtt": "a WebVTT"}


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue: its number, times in milliseconds, speaker, lines without tags, place in the file."""

    number: int
    start: int
    stop: int
    voice: str | None
    lines: tuple[str, ...]
    line: int | None
    is_turn: bool = False


def _begins_as_srt(start: bytes) -> bool:
    return _SRT_START.match(start.replace(b"\0", b"")) is not None  # wide encodings have many


@READERS.register("SRT", endings=(".srt",), recognises=_begins_as_srt)
def read_srt(data: bytes, path: Path) -> Document:
    """Makes what a file holds a document: it has subtitles in SubRip's format.

    Read:
        The cues, joined until a sentence ends, the speaker changes or there is a long pause.

    Dropped:
        Numbers, tags and positions, lines that the cue before shows already.

    Places:
        The cue and its time, the line.
    """
    return parse_subtitles(decode(data, path=path), "srt")


@READERS.register(
    "WebVTT", endings=(".vtt",), recognises=lambda start: _VTT_START.match(start) is not None
)
def read_vtt(data: bytes, path: Path) -> Document:
    """Makes what a file holds a document: it has subtitles in WebVTT.

    Read:
        The cues, joined until a sentence ends, the speaker changes or there is a long pause.

    Dropped:
        Identifiers, notes, styles, regions, tags, names of voices, lines that the cue before
        shows already.

    Places:
        The cue and its time, the line.
    """
    return parse_subtitles(decode(data, path=path), "vtt")


def parse_subtitles(text: str, form: str) -> Document:
    r"""Joins the cues of subtitles to blocks that hold whole sentences.

    Args:
        text: What the file holds.
        form: `srt` or `vtt`.

    Raises:
        InputError: If it has no cues.

    >>> cues = "1\n00:00:01,000 --> 00:00:02,000\nThe boat\n\n"
    >>> cues += "2\n00:00:02,000 --> 00:00:03,000\nleft.\n"
    >>> parse_subtitles(cues, "srt").text
    'The boat left.'
    """
    cues = list(_without_repeats(_cues(text, form)))
    if not cues:
        raise InputError("has no cues")
    ends = sum(_SENTENCE_END.search(cue.lines[-1]) is not None for cue in cues)
    groups = _groups(cues, has_ends=ends >= _FEWEST_ENDS * len(cues))
    return assemble(_piece(group) for group in groups)


def _cues(text: str, form: str) -> Iterator[_Cue]:
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    text = re.sub("\r\n?", "\n", text.removeprefix("\ufeff"))
    lines = text.split("\n")
    try:
        found = webvtt.from_buffer(StringIO(text), format=form)
    except (MalformedFileError, MalformedCaptionError) as error:
        if not text.strip():
            raise InputError("is empty") from error
        raise InputError(f"is not {_NAMES[form]} file") from error
    captions: list[Any] = found.captions
    place = 0
    for number, caption in enumerate(captions, start=1):
        raw = caption.raw_text.split("\n")
        place = _line_of(raw[0], lines, place)
        voice = _VOICE.search(caption.raw_text)
        said = (clean(unescape(_TAG.sub("", line))).strip() for line in raw)
        yield _Cue(
            number,
            caption.start_time.in_milliseconds(),
            caption.end_time.in_milliseconds(),
            voice[1].strip() if voice else None,
            tuple(line for line in said if line),
            place or None,
        )


def _line_of(wanted: str, lines: Sequence[str], after: int) -> int:
    """The number of the first line like the one wanted after another; that one where none is."""
    wanted = wanted.strip()
    for number in range(after, len(lines)):
        if lines[number].strip() == wanted:
            return number + 1
    return after


def _without_repeats(cues: Iterable[_Cue]) -> Iterator[_Cue]:
    """The cues without the lines that roll up: shown again above the line that is new."""
    shown: tuple[str, ...] = ()
    for cue in cues:
        lines = cue.lines
        for count in range(min(len(shown), len(lines)), 0, -1):
            # A short cry may be said twice; a line that rolls up leaves room for another.
            if shown[-count:] == lines[:count] and (len(lines) > count or _is_long(lines)):
                lines = lines[count:]
                break
        shown = cue.lines or shown
        if lines:
            yield replace(cue, lines=lines)


def _is_long(lines: Sequence[str]) -> bool:
    return len(" ".join(lines)) >= _LONG


def _groups(cues: Iterable[_Cue], *, has_ends: bool) -> Iterator[list[_Cue]]:
    """The cues that make a block together; a cue in which two speak is taken apart first."""
    group: list[_Cue] = []
    for cue in (turn for each in cues for turn in _turns(each)):
        if group and (not has_ends or _parts(group[-1], cue) or len(group) >= _MOST_CUES):
            yield group
            group = []
        group.append(cue)
    if group:
        yield group


def _turns(cue: _Cue) -> Iterator[_Cue]:
    """The turns of those who speak in a cue, each begun by a dash, which is left out."""
    lines: list[str] = []
    is_turn = False
    for line in cue.lines:
        dash = _TURN.match(line)
        if dash and lines:
            yield replace(cue, lines=tuple(lines), is_turn=is_turn)
            lines = []
        is_turn = bool(dash) or (is_turn and bool(lines))
        lines.append(line[dash.end() :] if dash else line)
    if lines:
        yield replace(cue, lines=tuple(lines), is_turn=is_turn)


def _parts(before: _Cue, after: _Cue) -> bool:
    """Whether a block ends between two cues."""
    return (
        _SENTENCE_END.search(before.lines[-1]) is not None
        or after.is_turn
        or (after.voice is not None and after.voice != before.voice)
        or after.start - before.stop > _LONGEST_PAUSE
        or _ALONE.match("\n".join(before.lines)) is not None
        or _ALONE.match("\n".join(after.lines)) is not None
    )


def _piece(group: Sequence[_Cue]) -> Piece:
    parts: list[str] = []
    landmarks: list[Landmark] = []
    start = 0
    for cue in group:
        text = "\n".join(cue.lines)
        landmarks.append(Landmark(start, f"cue {cue.number}, {_clock(cue.start)}", cue.line))
        parts.append(text)
        start += len(text) + 1
    return Piece("paragraph", "\n".join(parts), group[0].line, tuple(landmarks))


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
