"""What terms need of a termbase: entries of terms, each with its language and status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from align.languages import nearest_tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TermStatus = Literal["preferred", "admitted", "deprecated"]


class TermbaseTerm(Protocol):
    """A term of a concept in one language."""

    @property
    def text(self) -> str:
        """The term."""
        ...

    @property
    def language(self) -> str:
        """BCP 47 tag."""
        ...

    @property
    def status(self) -> str:
        """Whether it is preferred, admitted or deprecated."""
        ...


class TermbaseEntry(Protocol):
    """A concept with its terms in all languages."""

    @property
    def terms(self) -> Sequence[TermbaseTerm]:
        """The terms."""
        ...


class Termbase(Protocol):
    """Concepts with their terms."""

    @property
    def entries(self) -> Sequence[TermbaseEntry]:
        """The concepts."""
        ...


def terms_of(termbases: Sequence[Termbase], language: str) -> list[str]:
    """The terms of one language, whatever their status."""
    return [term.text for entry in _entries(termbases) for term in _of(entry, language)]


def rules_for(
    termbases: Sequence[Termbase], forms: Sequence[tuple[str, ...]], pivot: str, language: str
) -> tuple[list[str], list[str]]:
    """What termbases say of how a term is rendered.

    Args:
        termbases: The termbases.
        forms: Keys of the term's forms (`term_key`).
        pivot: BCP 47 tag of the term's language.
        language: BCP 47 tag of the rendering's.

    Returns:
        The permitted renderings, the preferred first, and the forbidden ones.
    """
    from align.terminology.variants import term_key

    permitted: list[tuple[bool, str]] = []
    forbidden: list[str] = []
    for entry in _entries(termbases):
        if not any(term_key(term.text, pivot) in forms for term in _of(entry, pivot)):
            continue
        for term in _of(entry, language):
            if term.status == "deprecated":
                forbidden.append(term.text)
            else:
                permitted.append((term.status != "preferred", term.text))
    return [text for _, text in sorted(permitted, key=lambda item: item[0])], forbidden


def listed(renderings: Sequence[str]) -> str:
    """Renderings that a termbase permits, as messages name them.

    >>> listed(["alianza", "pacto"])
    '“alianza” or “pacto”'
    """
    return " or ".join(f"“{text}”" for text in renderings)


def _entries(termbases: Sequence[Termbase]) -> Iterator[TermbaseEntry]:
    for termbase in termbases:
        yield from termbase.entries


def _of(entry: TermbaseEntry, language: str) -> Iterator[TermbaseTerm]:
    nearest = nearest_tags(language, (term.language for term in entry.terms))
    return (term for term in entry.terms if term.language in nearest)
