"""How each name of a source is known to be written in the language of the translation."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from align.checks.names.spelling import NameText
from align.terminology.tagging import general_frequency
from align.terminology.variants import is_abbreviation
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from align.checks.terms.usages import Usage
    from align.terminology.model import Occurrence

Origin = Literal["termbase", "memory", "text", "source", "sound"]

_WORD = re.compile(r"[^\s·・‧•＝]+")
_TELLING = 0.3  # probability of a rendering that tells how a name is written
_UNHEARD = 1.2  # and of words that it does not know
_ORDINARY = 3.7  # Zipf frequency of words that names share with everything else


@dataclass(frozen=True, slots=True)
class KnownName:
    """One way in which a name is written.

    Attributes:
        text: How it is written.
        origin: Where that is from; `source`, where names are kept as they are, `sound` where they
            are written as they sound.
        count: In how many places it is written so there.
    """

    text: str
    origin: Origin
    count: int


def alike_in_memory(usage: Usage, mention: Occurrence) -> list[Occurrence]:
    """The memory's mentions of a name that are short, or long, as one in the text is."""
    short = is_abbreviation(mention.mention.text)
    return [each for each in usage.memory if is_abbreviation(each.mention.text) == short]


def known_in_memory(usage: Usage, mention: Occurrence) -> list[KnownName]:
    """How the memory writes a name, the commonest first."""
    alike = alike_in_memory(usage, mention)
    counts = Counter(_forms(alike)).most_common()
    return [KnownName(text, "memory", count) for text, count in counts]


@dataclass(frozen=True, slots=True)
class SharedWord:
    """A word of a name that other names have too, such as a family's.

    Attributes:
        text: What stands for it in the translation.
        span: Where in the target text of the mention.
        known: What stands for it in other names, the commonest first.
    """

    text: str
    span: Span
    known: tuple[KnownName, ...]


class WrittenNames:
    """How the names of a text are written in its translation; what is asked often is counted once.

    Args:
        names: All names of the text.
        languages: Of the source and of the translation.
    """

    def __init__(self, names: Iterable[Usage], languages: tuple[str, str]) -> None:
        self._names = tuple(names)
        self._source_language, self._language = languages
        self._places: dict[tuple[int, bool], _Places] = {}
        self._words: dict[str, _WordRendered] | None = None

    def known(self, usage: Usage, but: Occurrence) -> list[KnownName]:
        """How the text itself writes a name in its other places, the commonest first.

        Forms that are inflections of one another count together. Where there are two places only,
        the earlier tells how the name is written in the later.
        """
        key = id(usage), is_abbreviation(but.mention.text)
        if key not in self._places:
            self._places[key] = _Places(usage, short=key[1], language=self._language)
        return self._places[key].known(but)

    def shared_words(self, usage: Usage, mention: Occurrence) -> Iterator[SharedWord]:
        """How names that share a rare word with a name write it: Ruth Castellani, Elena Castellani.

        Words are told apart by their order, so only renderings with as many words as the name
        count.

        Args:
            usage: The name.
            mention: Where it stands.
        """
        own = _words_rendered(mention)
        for word in parts_of_name(mention.mention.text, self._source_language) if own else ():
            text, span = own[word]
            counts = self._rendered(word).but_for(usage, mention)
            if counts and text not in counts:
                ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
                known = tuple(KnownName(form, "text", count) for form, count in ordered)
                yield SharedWord(text, span, known)

    def _rendered(self, word: str) -> _WordRendered:
        if self._words is None:
            self._words = defaultdict(_WordRendered)
            for usage in self._names:
                for each in (*usage.memory, *usage.here):
                    for part, (form, _) in _words_rendered(each).items():
                        self._words[part].add(usage, each, form)
        return self._words[word]


class _Places:
    """The places of a name that are short, or long, in the text under check."""

    def __init__(self, usage: Usage, *, short: bool, language: str) -> None:
        self._here = [each for each in usage.here if is_abbreviation(each.mention.text) == short]
        self._forms = Counter(_forms(self._here))
        self._by_text: dict[str, list[Occurrence]] = defaultdict(list)
        for each in self._here:
            self._by_text[each.target_text].append(each)
        self._texts = {text: NameText(text, language) for text in self._by_text}
        self._standing: dict[str, int] = {}

    def known(self, but: Occurrence) -> list[KnownName]:
        """How the name is written in the texts of other places than one."""
        beside = self._by_text.get(but.target_text, [])
        if len(self._here) - len(beside) == 1:
            [other] = (each for each in self._here if each.target_text != but.target_text)
            if but.mention < other.mention:
                return []
        here = self._texts.get(but.target_text)
        counts = {
            form: self._standing_in_all(form) - (here is not None and here.has(form))
            for form in self._forms - Counter(_forms(beside))
        }
        ordered = sorted(counts, key=lambda form: (-counts[form], form))
        return [KnownName(form, "text", counts[form]) for form in ordered]

    def _standing_in_all(self, form: str) -> int:
        if form not in self._standing:
            self._standing[form] = sum(text.has(form) for text in self._texts.values())
        return self._standing[form]


class _WordRendered:
    """What stands for one word in names that hold it."""

    def __init__(self) -> None:
        self._forms: Counter[str] = Counter()
        self._by_usage: dict[int, Counter[str]] = defaultdict(Counter)
        self._first: dict[int, Occurrence] = {}

    def add(self, usage: Usage, occurrence: Occurrence, form: str) -> None:
        self._forms[form] += 1
        self._by_usage[id(usage)][form] += 1
        self._first.setdefault(id(usage), occurrence)

    def but_for(self, usage: Usage, mention: Occurrence) -> Counter[str]:
        """The forms in other names than one, with their counts.

        Of two places only, the earlier tells how the word is written in the later.
        """
        others = self._forms - self._by_usage.get(id(usage), Counter())
        if others.total() == 1:
            [other] = (each for name, each in self._first.items() if name != id(usage))
            if mention.mention < other.mention:
                return Counter()
        return others


def _words_rendered(mention: Occurrence) -> dict[str, tuple[str, Span]]:
    """What stands for each word of a name and where, if the two have as many words."""
    words = mention.mention.text.split()
    if mention.target_span is None or mention.probability < _TELLING or len(words) < 2:
        return {}
    start = mention.target_span.start
    rendered = [
        (match[0], Span(start + match.start(), start + match.end()))
        for match in _WORD.finditer(mention.form or "")
    ]
    return dict(zip(words, rendered, strict=True)) if len(words) == len(rendered) else {}


def is_heard_of(word: str, language: str) -> bool:
    """Whether everyday text has a word at all.

    >>> is_heard_of("Moscow", "en"), is_heard_of("Hirabayashi", "en")
    (True, False)
    """
    return general_frequency(word, language) > _UNHEARD


def parts_of_name(name: str, language: str) -> Iterator[str]:
    """The words of a name that are names of their own, for nothing else is called so.

    >>> list(parts_of_name("Setouchi School", "en")), list(parts_of_name("Setouchi", "en"))
    (['Setouchi'], [])
    """
    words = name.split()
    for word in words if len(words) > 1 else ():
        if word[0].isupper() and general_frequency(word, language) < _ORDINARY:
            yield word


def _forms(occurrences: Iterable[Occurrence]) -> Iterator[str]:
    # A small letter where the script has capitals begins an adjective made of the name.
    return (
        each.form
        for each in occurrences
        if each.form and each.probability >= _TELLING and not each.form[0].islower()
    )
