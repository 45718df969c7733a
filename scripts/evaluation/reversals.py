"""Real translations, and the same with their meaning reversed by a script, on either side."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

import align
from align.checks.reversals.cues import IDIOMS, NEGATION, cues_of
from align.languages.profile import base_language, profile
from align.passages import passages_of
from evaluation.dev_data import TARGET_LANGUAGES, guides, raw_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.encoders.base import Encoder

PIVOT = "en"

SLIPS = frozenset(
    {
        ("fr", "guide-building-community", 95),
        ("zh-Hans", "upi.176249", 9),
        ("zh-Hans", "cnbc.com.6772", 2),
        ("es", "bbc.381692", 8),
        ("ar", "bbc.381736", 10),
    }
)
"""Passages whose published translation says the opposite, read by hand; they count as nothing."""

# Where a negation can be put in: a pattern, and what stands there then.
_NEGATED = {
    "en": (r"\b(is|are|was|were|has|have|had|will|would|should|could|may|can)\b(?! not|n['’]t)",
           r"\1 not"),
    "ja": (r"(?<=ま)す(?=[。、」]|$)", "せん"),
    "zh": (r"(?<![不没未])(会|能|可以|应该|應該|會|是(?!否))", r"不\1"),
    "fr": (r"(?<!n['’]|ne )\b(sont|peut|peuvent|doit|doivent|sera|seront|permet|veut)\b(?! pas)",
           r"ne \1 pas"),
    "es": (r"(?<!no )\b(es|son|ha|han|puede|pueden|fue|está|están|tiene|debe|será)\b", r"no \1"),
    "ru": (r"(?<!не )\b(может|могут|был[аои]?|будет|является|стал[аои]?|имеет|нужно|должн[аы])\b",
           r"не \1"),
    "ar": (r"(?<!لا )(?<!\w)(يمكن|يجب|يكون|تكون|يعد|تعد|يعتبر|يوجد|يعمل|يستخدم)(?!\w)", r"لا \1"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """A passage of a translation from English.

    Attributes:
        kind: The sort of text: `news`, `guide`, `bible`, …
        document: Its document.
        language: BCP 47 tag of the translation.
        number: Which passage of the document it is.
        source: The English.
        target: The translation.
        spoilt: Which side a script turned round, `source` or `target`; empty where none.
    """

    kind: str
    document: str
    language: str
    number: int
    source: str
    target: str
    spoilt: str = ""


def documents(encoder: Encoder) -> Iterator[list[Example]]:
    """The passages of every document: news line by line, guides as they are aligned."""
    stories = raw_lines("document_ids")
    for language in TARGET_LANGUAGES:
        lines = list(zip(stories, raw_lines(PIVOT), raw_lines(language), strict=True))
        for story in dict.fromkeys(stories):
            pairs = [(one, other) for name, one, other in lines if name == story]
            yield _examples("news", story, language, pairs)
    for pair in guides():
        if pair.paragraphs is None:
            article = align.pair(
                "\n".join(pair.source),
                "\n".join(pair.target),
                source_language=PIVOT,
                target_language=pair.target_language,
                segmented=True,
                settings=align.Settings(encoder=encoder),
            )
            source, target = article.editions.values()
            alignment = article.alignments[pair.target_language]
            pairs = [
                (passage.source, passage.target)
                for passage in passages_of(source, target, alignment)
                if passage.is_aligned and align.units.is_sure(passage.bead, 0.5)
            ]
            kind = pair.document.partition("-")[0]
            yield _examples(kind, pair.document, pair.target_language, pairs)


def _examples(
    kind: str, document: str, language: str, pairs: list[tuple[str, str]]
) -> list[Example]:
    return [Example(kind, document, language, i, *pair) for i, pair in enumerate(pairs)]


def classes() -> list[str]:
    """The classes of words that turn a meaning round."""
    return [kind for kind in profile(PIVOT).opposites if kind != IDIOMS]


def spoilt(example: Example, kind: str, *, added: bool) -> Iterator[Example]:
    """The passage with one word of a class turned round on one side, then on the other.

    A negation is taken from one side, or put in on the other, so that the translation lacks it or,
    if `added`, the source does.
    """
    draw = random.Random(repr((example, kind, added)))
    here = [cue for cue in cues_of(example.source, PIVOT, kind) if cue.turned]
    there = [cue for cue in cues_of(example.target, example.language, kind) if cue.turned]
    if kind == NEGATION:
        turned_source = [cue.turned for cue in here] if added else negated(example.source, PIVOT)
        turned_target = (
            negated(example.target, example.language)
            if added
            else [cue.turned for cue in there if here]
        )
    else:
        poles = {cue.pole for cue in here}
        turned_source = [cue.turned for cue in here]
        turned_target = [cue.turned for cue in there if cue.pole in poles]
    if turned_source:
        yield replace(example, source=draw.choice(turned_source), spoilt="source")
    if turned_target:
        yield replace(example, target=draw.choice(turned_target), spoilt="target")


def negated(text: str, language: str) -> list[str]:
    """The text with a negation put in, wherever that is easily done."""
    pattern, there = _NEGATED[base_language(language)]
    return [
        text[: match.start()] + match.expand(there) + text[match.end() :]
        for match in regex.finditer(pattern, text)
    ]
