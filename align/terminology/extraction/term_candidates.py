"""A term in the making, and the terms that are made of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from align.terminology.model import Mention, Term
from align.terminology.variants import is_abbreviation, term_key
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from align.terminology.extraction.reader import Reader
    from align.terminology.model import TermKind, TermOrigin


@dataclass(slots=True)
class TermCandidate:
    """A term in the making: where its forms stand."""

    kind: TermKind
    origin: TermOrigin
    weight: float = 0.0
    places: set[tuple[int, int, int]] = field(default_factory=set)
    fewest: int = 1  # places without which it is no term
    standing: str | None = None


def match(found: dict[tuple[str, ...], TermCandidate], reader: Reader) -> None:
    """Finds every further place of every term, in whatever form; afterwards none overlap."""
    by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in found:
        by_first[key[0]].append(key)
    claims: list[tuple[int, int, int, tuple[str, ...]]] = []
    for segment, words in enumerate(reader.words):
        parts: list[tuple[str, int]] = []
        for index, word in enumerate(words):
            parts.extend((part, index) for part in term_key(word.text, reader.language))
        for at, (part, index) in enumerate(parts):
            for key in by_first.get(part, ()):
                if tuple(piece for piece, _ in parts[at : at + len(key)]) != key:
                    continue
                last = parts[at + len(key) - 1][1]
                if at and parts[at - 1][1] == index:
                    continue  # begins within a word
                if at + len(key) < len(parts) and parts[at + len(key)][1] == last:
                    continue
                if not reader.is_continuous(segment, index, last):
                    continue
                if _fits(found[key], reader, segment, index, last):
                    claims.append((segment, index, last, key))
    for key, term in found.items():
        claims.extend((*place, key) for place in term.places)
        term.places = set()
    taken: dict[int, set[int]] = defaultdict(set)

    def weakness(claim: tuple[int, int, int, tuple[str, ...]]) -> tuple[bool, int, bool]:
        term = found[claim[3]]
        loose = term.origin == "text" and term.kind in ("phrase", "word")
        return loose, claim[1] - claim[2], term.origin == "text"

    # What somebody named, and names, stand before phrases; then the longest wins.
    for segment, first, last, key in sorted(
        set(claims), key=lambda claim: (weakness(claim), claim)
    ):
        span = set(range(first, last + 1))
        if not span & taken[segment]:
            taken[segment] |= span
            found[key].places.add((segment, first, last))


def _fits(term: TermCandidate, reader: Reader, segment: int, first: int, last: int) -> bool:
    """Whether a form may be the term: a name has its capitals, a word of the language none."""
    text = reader.text_of(segment, first, last)
    if term.kind == "name" and term.origin == "text":
        return text[0].isupper()
    if term.kind in ("word", "phrase") and term.origin == "text":
        part = reader.parts[segment][last]
        return part in ("noun", "unknown", "name") or reader.title_case[segment]
    return True


def made_terms(found: Mapping[tuple[str, ...], TermCandidate], reader: Reader) -> list[Term]:
    """The terms of what was found and stands often enough, the weightiest first."""
    terms = []
    for candidate in found.values():
        places = sorted(candidate.places)
        if not places or (candidate.fewest > len(places)):
            continue
        mentions = []
        for segment, first, last in places:
            start, stop = reader.words[segment][first].start, reader.words[segment][last].stop
            mentions.append(Mention(segment, Span(start, stop), reader.texts[segment][start:stop]))
        forms = Counter(mention.text for mention in mentions)
        variants = tuple(form for form, _ in forms.most_common())
        long = [form for form in variants if not is_abbreviation(form)] or list(variants)
        # The commonest form stands for all, in small letters where it ever has them.
        shown = candidate.standing or min(
            long, key=lambda form: (candidate.kind != "name" and form[0].isupper(), -forms[form])
        )
        if candidate.kind in ("phrase", "word") and shown[0].isupper() and not candidate.standing:
            lowered = shown[0].lower() + shown[1:]
            known = lowered.split()[0] in reader.small
            shown = lowered if known or shown.split()[0] not in reader.capital_within else shown
        weight = candidate.weight * len(mentions) ** 0.5
        terms.append(
            (weight, Term(shown, variants, candidate.kind, candidate.origin, tuple(mentions)))
        )
    terms.sort(key=lambda item: (-item[0], item[1].mentions[0]))
    return [term for _, term in terms]
