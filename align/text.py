"""What every floor says of texts: stretches of them, how wide they are, how they are joined."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from align.languages import join_segments

# What XML 1.0's production Char leaves out. Whole categories of Unicode would take too much:
# the marks that steer right-to-left text and join emoji are format characters, and stay.
_NOT_CHAR = re.compile("[\0-\x08\v\f\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SEPARATING_CONTROL = re.compile("[\v\f\x1c-\x1f]")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range: of the characters (Unicode code points) of a text, or of segments.

    An empty span still has a place.

    >>> "strategic autonomy"[Span(10, 18).slice]
    'autonomy'
    >>> list(Span(3, 5)), len(Span(4, 4))
    ([3, 4], 0)
    """

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"not a span: {self.start}..{self.stop}")

    def __len__(self) -> int:
        return self.stop - self.start

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.start, self.stop))

    @property
    def slice(self) -> slice:
        """For cutting it out."""
        return slice(self.start, self.stop)


_FULL = frozenset("WF")  # wide characters and those of full width, as Unicode calls them


def width_of(text: str) -> int:
    """How much a text says, about: its characters, those of full width counted twice.

    Lengths of translations were measured so, marks that combine with letters included; what a
    text takes on a screen is `display_width`.

    >>> width_of("橋 bridge")
    9
    """
    if text.isascii():
        return len(text)
    return len(text) + sum(map(_FULL.__contains__, map(unicodedata.east_asian_width, text)))


def display_width(text: str) -> int:
    """How many columns a text takes: full-width characters two, combining marks none.

    >>> display_width("橋"), display_width("bridge")
    (2, 6)
    """
    if text.isascii():
        return len(text)
    return sum(count * _column_width(character) for character, count in Counter(text).items())


@lru_cache(maxsize=4096)
def _column_width(character: str) -> int:
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else width_of(character)


def clean_text(text: str) -> str:
    """The text without what XML cannot hold; a control that separates words becomes a space."""
    return _NOT_CHAR.sub("", _SEPARATING_CONTROL.sub(" ", text))


@dataclass(frozen=True, slots=True)
class JoinedText:
    """Segments joined into one text as their language joins sentences.

    Attributes:
        text: The joined text.
        starts: For each segment, the offset of its first character in the text.
        stops: For each segment, the offset after its last character.
    """

    text: str
    starts: tuple[int, ...]
    stops: tuple[int, ...]

    def span(self, start: int, stop: int) -> str:
        """The text of segments `start` to `stop` - 1."""
        return self.text[self.starts[start] : self.stops[stop - 1]]


def join_text(segments: Sequence[str], language: str) -> JoinedText:
    """Joins segments and remembers where each lies.

    >>> joined = join_text(["何ですか。", "本です。"], "ja")
    >>> joined.text, joined.span(1, 2)
    ('何ですか。本です。', '本です。')
    """
    parts: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    offset = 0
    last = ""
    for segment in segments:
        text = join_segments([segment], language)
        if last and text:
            separator = _separator(last, text[0], language)
            parts.append(separator)
            offset += len(separator)
        starts.append(offset)
        parts.append(text)
        offset += len(text)
        stops.append(offset)
        last = text[-1:] or last
    return JoinedText("".join(parts), tuple(starts), tuple(stops))


@lru_cache(maxsize=4096)
def _separator(last: str, first: str, language: str) -> str:
    """What stands between a segment that ends so and one that begins so."""
    return join_segments([last, first], language)[1:-1]
