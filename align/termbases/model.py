"""What a termbase holds, whatever file it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from align.languages import normalise_tag
from align.text import clean_text

TermStatus = Literal["preferred", "admitted", "deprecated"]
"""Whether a term is the one to use, may be used, or must not be."""

MOST_ENTRIES = 500_000
"""The most entries, and lines of a table, that are read as one termbase."""

STATUSES: tuple[TermStatus, ...] = get_args(TermStatus)

# A no-break space within a term means something; any other white space is one space.
_WHITE = re.compile("[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")
_LINE_END = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")


def one_line(text: str) -> str:
    r"""Text as terms have it: no line breaks, no white space around it, no control characters.

    >>> one_line(" strategic\n autonomy\x00 ")
    'strategic autonomy'
    """
    if text.isprintable() and "  " not in text:  # as nearly all are
        return text.strip()
    return _WHITE.sub(" ", clean_text(text)).strip()


def lines(text: str) -> str:
    r"""Text as notes have it: line feeds end its lines, no white space around them.

    >>> lines("see\r\n  there ")
    'see\nthere'
    """
    if text.isprintable():
        return one_line(text)
    return "\n".join(one_line(line) for line in _LINE_END.sub("\n", text).split("\n")).strip()


@dataclass(frozen=True, slots=True)
class TermbaseTerm:
    """A term of one language.

    Attributes:
        text: The term, on one line.
        language: BCP 47 tag, normalised.
        status: Whether it is to be used; a term of which nothing is said is admitted.
        note: What is noted of it; empty where nothing is.

    Raises:
        ValueError: If there is no text or no such status.
        InputError: If the language is unknown.
    """

    text: str
    language: str
    status: TermStatus = "admitted"
    note: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", one_line(self.text))
        object.__setattr__(self, "language", normalise_tag(self.language))
        object.__setattr__(self, "note", lines(self.note))
        if not self.text:
            raise ValueError("a term without text")
        if self.status not in STATUSES:
            raise ValueError(f"{self.status!r} is none of {', '.join(STATUSES)}")

    @property
    def is_permitted(self) -> bool:
        """Whether it may be used."""
        return self.status != "deprecated"


@dataclass(frozen=True, slots=True)
class TermbaseEntry:
    """A concept with its terms.

    Attributes:
        identifier: Names the concept within the termbase.
        terms: Its terms; those of one language stand together, in the order given.
        subject: The field it belongs to; empty where none is named.
        definition: What the concept is; empty where nothing says it.
        definitions: What single languages say that it is.
        note: What is noted of the concept.

    Raises:
        ValueError: If there is no identifier, no term, or no term in the language of a definition.

    >>> entry = TermbaseEntry("c1", (TermbaseTerm("rare earths", "en"),
    ...                              TermbaseTerm("レアアース", "ja", "preferred")))
    >>> [term.text for term in entry.of("ja")]
    ['レアアース']
    """

    identifier: str
    terms: tuple[TermbaseTerm, ...]
    subject: str = ""
    definition: str = ""
    definitions: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    def __post_init__(self) -> None:
        order = {language: place for place, language in enumerate(self.languages)}
        together = sorted(self.terms, key=lambda term: order[term.language])
        definitions = {normalise_tag(tag): lines(text) for tag, text in self.definitions.items()}
        object.__setattr__(self, "terms", tuple(together))
        object.__setattr__(self, "identifier", one_line(self.identifier))
        object.__setattr__(self, "subject", one_line(self.subject))
        object.__setattr__(self, "definition", lines(self.definition))
        object.__setattr__(
            self, "definitions", {tag: text for tag, text in definitions.items() if text}
        )
        object.__setattr__(self, "note", lines(self.note))
        if not self.identifier:
            raise ValueError("an entry without an identifier")
        if not self.terms:
            raise ValueError(f"entry {self.identifier!r} has no term")
        for language in self.definitions:
            if language not in order:
                raise ValueError(
                    f"entry {self.identifier!r} has a definition but no term in {language}"
                )

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it has terms in, in the order of the terms."""
        return tuple(dict.fromkeys(term.language for term in self.terms))

    def of(self, language: str) -> tuple[TermbaseTerm, ...]:
        """The terms of one language."""
        return tuple(term for term in self.terms if term.language == language)


@dataclass(frozen=True, slots=True)
class Termbase:
    """Concepts and their terms.

    Attributes:
        entries: The concepts, each with an identifier of its own.
        title: What the termbase is called; empty where it has no name.

    Raises:
        ValueError: If two entries have one identifier.
    """

    entries: tuple[TermbaseEntry, ...]
    title: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", one_line(self.title))
        seen: set[str] = set()
        for entry in self.entries:
            if entry.identifier in seen:
                raise ValueError(f"two entries are called {entry.identifier!r}")
            seen.add(entry.identifier)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it has terms in, in the order in which they first come."""
        return tuple(dict.fromkeys(tag for entry in self.entries for tag in entry.languages))
