"""How far a rendering may be from its term before it is objected to: a row for each sort of term.

Chosen for their false alarms on clean news: a phrase that stands once may be put in other words,
everyday words have synonyms, a name that stands often may be left out or turn into an adjective.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.languages.profile import profile
from align.terminology.tagging import general_frequency

if TYPE_CHECKING:
    from align.terminology.model import Term

EVERYDAY = 3.9
"""Zipf frequency above which a single word is one of everyday language."""

EVERYDAY_PHRASE = 4.5
"""The same for the words of a phrase, in the mean."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Below which probabilities there are findings.

    Attributes:
        present: That the translation has something for the term.
        right: That this means the term.
        fit: That it has something that means the term.
        synonym: The latter, where other mentions are rendered otherwise; 1 for any other
            rendering.
        consistency: Share of other editions that have to keep to one rendering, for a second one
            to be a warning here.
        warns: Whether findings are warnings, not notes.
    """

    present: float
    right: float
    fit: float
    synonym: float
    consistency: float = 0.2
    warns: bool = True


_GIVEN = Limits(present=0.6, right=0.7, fit=0.6, synonym=1.0)
_GIVEN_NAME = Limits(present=0.5, right=0.55, fit=0.5, synonym=0.7)
_RECURRING_PHRASE = Limits(present=0.6, right=0.65, fit=0.6, synonym=1.0)
_EVERYDAY_PHRASE = Limits(present=0.35, right=0.5, fit=0.2, synonym=0.9, warns=False)
_SINGLE_PHRASE = Limits(present=0.5, right=0.62, fit=0.58, synonym=1.0)
_TECHNICAL_WORD = Limits(present=0.5, right=0.6, fit=0.52, synonym=0.9)
_EVERYDAY_WORD = Limits(present=0.35, right=0.5, fit=0.2, synonym=0.9, warns=False)
_SINGLE_NAME = Limits(present=0.45, right=0.52, fit=0.5, synonym=0.5)
_RECURRING_NAME = Limits(present=0.2, right=0.3, fit=0.2, synonym=0.5)
_ABBREVIATION = Limits(present=0.2, right=0.0, fit=0.0, synonym=0.85, warns=False)


def limits_of(term: Term, pivot: str) -> Limits:
    """What is asked of the renderings of a term; of what the user named, most."""
    several = len(term.mentions) > 1
    if term.kind == "abbreviation":
        return _ABBREVIATION
    if term.kind == "name":
        if term.origin != "text":
            return _GIVEN_NAME
        return _RECURRING_NAME if several else _SINGLE_NAME
    if term.origin != "text":
        return _GIVEN
    frequencies = word_frequencies(term, pivot)
    frequency = sum(frequencies) / max(len(frequencies), 1)
    if term.kind == "word":
        return _EVERYDAY_WORD if frequency > EVERYDAY else _TECHNICAL_WORD
    if term.kind == "phrase" and frequency > EVERYDAY_PHRASE:
        return _EVERYDAY_PHRASE
    return _RECURRING_PHRASE if several else _SINGLE_PHRASE


def word_frequencies(term: Term, pivot: str) -> list[float]:
    """How often each of a term's words with a meaning stands in everyday language (Zipf)."""
    functional = profile(pivot).function_words
    return [
        general_frequency(word, pivot)
        for word in term.text.split()
        if word.lower() not in functional
    ]
