"""A termbase, in which the terms of a sentence, or a word, are looked up."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from align.checks.terms.lexicon import Lexicon
from align.languages import nearest_tags
from align.references.languages import nearest_pair
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.termbases import Termbase, TermbaseEntry, TermbaseTerm

_MOST_LEXICONS = 16  # languages that are held ready at a time


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A concept that was found by one of its terms.

    Attributes:
        span: Where the term stands in the text; None where a word was looked up.
        term: The term, as the termbase has it.
        renderings: Its terms in the language asked for, the preferred first, the deprecated last;
            where none was asked for, those in all other languages.
        termbase: The name of the termbase.
        entry: The concept.
    """

    span: Span | None
    term: TermbaseTerm
    renderings: tuple[TermbaseTerm, ...]
    termbase: str
    entry: TermbaseEntry


class LoadedTermbase:
    """A termbase made ready, a language when somebody first asks for it.

    Several threads may ask at a time.

    Args:
        name: What it is called.
        termbase: What is in it.

    >>> from align.termbases import Termbase, TermbaseEntry, TermbaseTerm
    >>> ship = TermbaseEntry("1", (TermbaseTerm("container ship", "en"),
    ...                            TermbaseTerm("porte-conteneurs", "fr")))
    >>> ships = LoadedTermbase("ships.tbx", Termbase((ship,)))
    >>> [(match.span, [term.text for term in match.renderings])
    ...  for match in ships.terms_in("Two container ships.", "en", "fr")]
    [(Span(start=4, stop=19), ['porte-conteneurs'])]
    """

    def __init__(self, name: str, termbase: Termbase) -> None:
        self.name = name
        self.termbase = termbase
        self._languages = termbase.languages
        self._lexicons: dict[tuple[str, ...], Lexicon[tuple[TermbaseEntry, TermbaseTerm]]] = {}
        self._folded = [
            [(term, term.text.casefold()) for term in entry.terms] for entry in termbase.entries
        ]
        self._lock = Lock()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it has terms in."""
        return self._languages

    def has(self, source: str, target: str | None) -> bool:
        """Whether it has the languages, whatever their regions."""
        if target is None:
            return bool(nearest_tags(source, self.languages))
        return nearest_pair(source, target, self.languages) is not None

    def terms_in(self, text: str, source: str, target: str | None) -> list[TermMatch]:
        """The terms that stand in a text, in whatever form, in its order.

        Of terms that overlap the longest is meant. A concept without a term in the language asked
        for is passed over.

        Args:
            text: The text.
            source: Its language.
            target: The language of the renderings; None for all.
        """
        own = self._own(source, target)
        if not own:
            return []
        with self._lock:
            if own not in self._lexicons:
                if len(self._lexicons) >= _MOST_LEXICONS:
                    self._lexicons.clear()
                self._lexicons[own] = self._lexicon(own)
            found = self._lexicons[own].find(text)
        matches: dict[tuple[Span, str], TermMatch] = {}
        for place in found:
            for entry, term in place.listed:
                if renderings := _renderings(entry, own, target):
                    match = TermMatch(place.span, term, renderings, self.name, entry)
                    # Two spellings of one term are one form of it.
                    matches.setdefault((place.span, entry.identifier), match)
        return list(matches.values())

    def with_word(
        self, word: str, source: str, target: str | None, *, most: int
    ) -> list[TermMatch]:
        """The concepts of which a term has a word in it.

        Args:
            word: The word or words.
            source: Their language.
            target: The language of the renderings; None for all.
            most: How many at most.

        Returns:
            Those whose term is the word, in whatever form, go first, then those whose term begins
            with it, then those in whose term it stands.
        """
        word = " ".join(word.split())
        wanted = word.casefold()
        own = self._own(source, target)
        if not wanted or not own:
            return []
        same = {
            match.entry.identifier: match.term
            for match in self.terms_in(word, source, target)
            if match.span == Span(0, len(word))
        }
        found: list[tuple[int, int, TermMatch]] = []
        for number, (entry, terms) in enumerate(
            zip(self.termbase.entries, self._folded, strict=True)
        ):
            ranked: list[tuple[int, TermbaseTerm | None]] = [
                (_rank(wanted, text), term) for term, text in terms if term.language in own
            ]
            rank, term = min(ranked, key=lambda each: each[0], default=(_NOT, None))
            if rank and entry.identifier in same:
                rank, term = 0, same[entry.identifier]
            renderings = _renderings(entry, own, target) if rank < _NOT else ()
            if term is not None and renderings:
                match = TermMatch(None, term, renderings, self.name, entry)
                found.append((rank, number, match))
        found.sort(key=lambda each: each[:2])
        return [match for _, _, match in found[:most]]

    def _own(self, source: str, target: str | None) -> tuple[str, ...]:
        """The tags of the language that is looked up, the other side's exact one left out."""
        return nearest_tags(source, [tag for tag in self.languages if tag != target])

    def _lexicon(self, own: Sequence[str]) -> Lexicon[tuple[TermbaseEntry, TermbaseTerm]]:
        return Lexicon(
            (
                (term.text, (entry, term))
                for entry in self.termbase.entries
                for term in entry.terms
                if term.language in own
            ),
            own[0],
        )


_NOT = 3  # the rank of what has not the word


def _rank(wanted: str, text: str) -> int:
    if text == wanted:
        return 0
    if text.startswith(wanted):
        return 1
    return 2 if wanted in text else _NOT


_BY_STATUS = {"preferred": 0, "admitted": 1, "deprecated": 2}


def _renderings(
    entry: TermbaseEntry, own: Sequence[str], target: str | None
) -> tuple[TermbaseTerm, ...]:
    others = [tag for tag in entry.languages if tag not in own]
    wanted = others if target is None else nearest_tags(target, others)
    found = [term for term in entry.terms if term.language in wanted]
    return tuple(
        sorted(found, key=lambda term: (wanted.index(term.language), _BY_STATUS[term.status]))
    )
