"""Real translations spoilt by script: what a judge of divergences has to find.

In a copy of an article some renderings are made wrong in each edition by itself: left out (alone
or with their clause), put in place of one another, given another word that means something near,
swapped for another name, changed by a syllable, left in the pivot's words. What was not touched is
as people published it, with the knowledge that real translations hold some real errors.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import regex
from evaluation.terms import PIVOT, with_targets

from align.terminology.forms import form_key, same_form
from align.terminology.toponyms import place_names, places_called
from align.terminology.words import words_of
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from align.article import AlignedArticle
    from align.encoders.base import Encoder
    from align.terminology.hits import Hit, LanguageEvidence
    from align.terminology.model import Term

SHARE = 0.15
"""Share of mentions that are made wrong, at most one a bead."""

SURE = 0.8
LEFT_OUT, CLAUSE = 0.3, 0.25  # of all that is spoilt; of what is left out, with its clause
LEFT_IN_ENGLISH = 0.25
NEAREST = 0.7  # of the words that mean something near, how many are the very nearest
_MOST_WORDS = 4000  # of a language that others are replaced by
_CLAUSE = regex.compile(r"[^,،、，;；:：.。!?！？؟]+[,،、，;；]?\s*")
_SPACES = regex.compile(r" {2,}")


@dataclass(frozen=True, slots=True)
class Damage:
    """What was done to one rendering.

    Attributes:
        kind: `missing`, `misnamed`, `replaced` or `untranslated`.
        way: How, more finely.
        before: What stood there.
        after: What stands there now.
    """

    kind: str
    way: str
    before: str
    after: str


def some_words(texts: Sequence[str], language: str, chance: random.Random, most: int) -> list[str]:
    """Words with a meaning that stand in some texts, drawn by chance where there are more."""
    words = {
        word.text
        for some in words_of(texts, language)
        for word in some
        if word.opens and word.closes and len(word.text) > 1
    }
    return chance.sample(sorted(words), min(len(words), most))


class Spoiler:
    """Makes renderings wrong.

    Args:
        encoder: Tells which words mean something near.
        chance: Of the random choices.
    """

    def __init__(self, encoder: Encoder, chance: random.Random) -> None:
        self._encoder = encoder
        self._random = chance
        self._words: dict[str, tuple[list[str], np.ndarray]] = {}
        self._names: dict[str, list[str]] = {}
        self._letters: dict[str, list[str]] = {}

    def learn(self, language: str, texts: Sequence[str], names: Sequence[str]) -> None:
        """Takes words and names of a language, to put in place of others."""
        known = some_words(texts, language, self._random, _MOST_WORDS)
        self._words[language] = (known, self._encoder.encode(known, language=language))
        self._names[language] = sorted(set(names))
        self._letters[language] = [c for name in self._names[language] for c in name if c.isalpha()]

    def spoil(self, hit: Hit, term: Term, language: str, others: Sequence[Hit]) -> Damage | None:
        """What becomes of a rendering; None where nothing fitting is found."""
        way = self._random.random()
        if way < LEFT_OUT:
            clause = self._random.random() < CLAUSE
            return Damage("missing", "clause" if clause else "left out", hit.text, "")
        english = LEFT_IN_ENGLISH / 2 if hit.is_name else LEFT_IN_ENGLISH
        if way < LEFT_OUT + english and not hit.copied:
            return self._done("untranslated", "left in English", hit, hit.mention.text)
        if hit.is_name:
            return self._other_name(hit, term, language)
        return self._other_words(hit, language, others)

    def _other_name(self, hit: Hit, term: Term, language: str) -> Damage | None:
        if term.kind == "abbreviation" or hit.short:
            if hit.text != hit.mention.text:
                return None
            return self._done("misnamed", "letters", hit, self._changed(hit.text, language))
        places = places_called(PIVOT).get(form_key(hit.mention.text, PIVOT))
        if places and self._random.random() < 0.7:
            named = place_names(language)
            sort = max(len(place) == 2 for place in places)
            alike = [n for p, n in named.items() if p not in places and (len(p) == 2) == sort]
            if alike:
                return self._done("misnamed", "place", hit, self._random.choice(alike))
        way = self._random.random()
        words = hit.text.split()
        if way < 0.3:
            alike = [n for n in self._names[language] if len(n.split()) == len(words)]
            if alike:
                return self._done("misnamed", "another", hit, self._random.choice(alike))
        if way < 0.6 and len(words) > 1:
            at = self._random.randrange(len(words))
            near = self._near(words[at], language)
            if near:
                text = " ".join((*words[:at], near, *words[at + 1 :]))
                return self._done("misnamed", "a word of it", hit, text)
        return self._done("misnamed", "syllable", hit, self._changed(hit.text, language))

    def _changed(self, name: str, language: str) -> str:
        """A name with one or two letters of a word changed, its ending kept."""
        places = [i for i, c in enumerate(name) if c.isalnum()]
        if len(places) > 4:
            places = places[1:-2]
        if not places:
            return name
        at = self._random.choice(places)
        changed = list(name)
        for place in (at, at + 1)[: self._random.randint(1, 2)]:
            if place in places:
                changed[place] = self._like(changed[place], language)
        return "".join(changed)

    def _like(self, character: str, language: str) -> str:
        if character.isdigit():
            return self._random.choice([d for d in "123456789" if d != character])
        alike = [
            c for c in self._letters[language]
            if c.isupper() == character.isupper() and c != character
            and _script(c) == _script(character)
        ]  # fmt: skip
        return self._random.choice(alike) if alike else character

    def _other_words(self, hit: Hit, language: str, others: Sequence[Hit]) -> Damage | None:
        way = self._random.random()
        if way < 0.2 and others:
            return self._done("replaced", "term", hit, self._random.choice(others).text)
        words = [w for w in words_of([hit.text], language)[0] if w.opens and w.closes]
        known, _ = self._words[language]
        if not words:
            return None
        word = self._random.choice(words)
        if way < 0.35:
            other = self._random.choice(known)
        else:
            other = self._near(word.text, language) or self._random.choice(known)
        text = hit.text[: word.start] + other + hit.text[word.stop :]
        return self._done("replaced", "word" if way < 0.35 else "near word", hit, text)

    def _near(self, word: str, language: str) -> str | None:
        """A word that means something near: one of the very nearest, or of those beyond."""
        known, vectors = self._words[language]
        near = vectors @ self._encoder.encode([word], language=language)[0]
        key = form_key(word, language)
        nearest = [
            known[at]
            for at in np.argsort(-near)[:40].tolist()
            if not same_form(form_key(known[at], language), key)
        ]
        some = nearest[:4] if self._random.random() < NEAREST else nearest[:20]
        return self._random.choice(some) if some else None

    def _done(self, kind: str, way: str, hit: Hit, after: str) -> Damage | None:
        same = after.casefold() == hit.text.casefold()
        return None if same else Damage(kind, way, hit.text, after)


def _script(character: str) -> str:
    import unicodedata

    return unicodedata.name(character, "?").split()[0]


Place = tuple[str, int, int]
"""A language, the index of a term and that of its mention."""


def spoilt(
    article: AlignedArticle,
    terms: Sequence[Term],
    clean: Mapping[str, LanguageEvidence],
    spoiler: Spoiler,
    chance: random.Random,
) -> tuple[AlignedArticle, dict[Place, Damage]]:
    """A spoilt copy of an article, and what was done where."""
    targets = {
        language: [segment.text for segment in article.editions[language].segments]
        for language in clean
    }
    done: dict[Place, Damage] = {}
    for language, known in clean.items():
        touched: set[Span] = set()
        every = [
            (number, index, hit)
            for number, row in enumerate(known.hits)
            for index, hit in enumerate(row)
            if hit.text
        ]
        others = [hit for _, _, hit in every]
        for number, index, hit in chance.sample(every, len(every)):
            bead, span = hit.passage.bead.target, hit.target_span
            if len(bead) != 1 or bead in touched or not is_sure(hit) or span is None:
                continue
            if chance.random() > SHARE:
                continue
            damage = spoiler.spoil(hit, terms[number], language, others)
            text = targets[language][bead.start]
            if damage is None or text[span.slice] != hit.text:
                continue
            gone = _clause_of(text, span) if damage.way == "clause" else span
            if gone is None:
                continue
            touched.add(bead)
            new = text[: gone.start] + damage.after + text[gone.stop :]
            targets[language][bead.start] = _SPACES.sub(" ", new).strip()
            done[language, number, index] = damage
            for at, place, other in every:  # what went with it, or shares its words
                inside = other.target_span
                if other.passage is hit.passage and other is not hit and inside is not None:
                    if gone.start <= inside.start < gone.stop and damage.way == "clause":
                        done[language, at, place] = replace(damage, before=other.text)
                    elif inside.start < span.stop and span.start < inside.stop:
                        done[language, at, place] = Damage("unknown", "overlaps", other.text, "")
    return with_targets(article, targets), done


def _clause_of(text: str, span: Span) -> Span | None:
    """The clause around a place, if it is less than half of the text."""
    for match in _CLAUSE.finditer(text):
        if match.start() <= span.start < match.end():
            small = match.end() >= span.stop and 2 * len(match[0]) <= len(text)
            return Span(match.start(), match.end()) if small else None
    return None


def is_sure(hit: Hit) -> bool:
    """Whether what was found in a clean edition surely renders its term."""
    return hit.fit >= SURE
