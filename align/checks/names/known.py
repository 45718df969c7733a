"""How each name of a source is known to be written in the language of the translation."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from align.checks.names.spelling import NameText
from align.terminology.tagging import general_frequency
from align.terminology.variants import is_abbreviation
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    return [KnownName(text, "memory", count) for text, count in _forms(alike)]


def known_in_text(usage: Usage, but: Occurrence, language: str) -> list[KnownName]:
    """How the text itself writes a name in its other places, the commonest first.

    Forms that are inflections of one another count together. Where there are two places only,
    the earlier tells how the name is written in the later.
    """
    short = is_abbreviation(but.mention.text)
    others = [
        each
        for each in usage.here
        if each.target_text != but.target_text and is_abbreviation(each.mention.text) == short
    ]
    if len(others) == 1 and but.mention < others[0].mention:
        return []
    texts = [NameText(text, language) for text in {each.target_text: None for each in others}]
    known = {text: sum(each.has(text) for each in texts) for text, _ in _forms(others)}
    ordered = sorted(known, key=lambda text: (-known[text], text))
    return [KnownName(text, "text", known[text]) for text in ordered]


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


def shared_words(
    names: Sequence[Usage], usage: Usage, mention: Occurrence, language: str
) -> Iterator[SharedWord]:
    """How names that share a rare word with a name write it: Ruth Castellani, Elena Castellani.

    Words are told apart by their order, so only renderings with as many words as the name count.

    Args:
        names: All names of the text.
        usage: The name.
        mention: Where it stands.
        language: Of the source.
    """
    own = _words_rendered(mention)
    for word in parts_of_name(mention.mention.text, language) if own else ():
        text, span = own[word]
        others = [
            (rendered[word][0], each)
            for other in names
            if other is not usage
            for each in (*other.memory, *other.here)
            for rendered in [_words_rendered(each)]
            if word in rendered
        ]
        # Of two places only, the earlier tells how the word is written in the later.
        if len(others) == 1 and mention.mention < others[0][1].mention:
            continue
        counts = Counter(form for form, _ in others)
        if counts and text not in counts:
            known = tuple(KnownName(form, "text", count) for form, count in counts.most_common())
            yield SharedWord(text, span, known)


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


def _forms(occurrences: Iterable[Occurrence]) -> Sequence[tuple[str, int]]:
    # A small letter where the script has capitals begins an adjective made of the name.
    return Counter(
        each.form
        for each in occurrences
        if each.form and each.probability >= _TELLING and not each.form[0].islower()
    ).most_common()
