"""Passes on what `align.terms` finds in the text itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from align.checks.base import CheckCannotRunError, Documentation
from align.checks.terms.lexicon import is_in_address
from align.checks.terms.rules import breaches
from align.checks.terms.usages import MOST_FOLLOWED, terms_of_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Translation
    from align.findings import Finding
    from align.passages import Passage
    from align.terminology.model import TermFinding, TermKind

_LATIN = regex.compile(r"\p{Latin}")


@dataclass
class TextTermCheck:
    """Passes on one kind of finding of `align.terms`, if that warns of it.

    Attributes:
        name: How the check is called.
        documentation: What is said of it.
        kind: The kind of finding.
        warns: Confidence from which it is a warning here, too, and a note below; None where it
            is always a note.
    """

    name: str
    documentation: Documentation
    kind: str
    warns: float | None

    def find(self, translation: Translation) -> Iterator[Finding]:
        """The findings of this kind, where the termbases have not said more already."""
        report = terms_of_text(translation)
        if report is None:
            raise CheckCannotRunError(
                f"the source has more than {MOST_FOLLOWED:,} segments; its terms are compared "
                "with termbases only"
            )
        passages = {
            segment: passage for passage in translation.passages for segment in passage.bead.source
        }
        told = {(breach.passage, breach.rule.term) for breach in breaches(translation)}
        kinds = {rendered.term.text: rendered.term.kind for rendered in report.terms}
        found: list[tuple[Passage, TermFinding]] = []
        for each in report.findings:
            if each.kind != self.kind or each.language != translation.language:
                continue
            passage = passages.get(each.segment)
            if passage is None or not passage.is_aligned or passage.source != each.source_text:
                continue
            if each.severity == "note" or is_in_address(passage.source, each.source_span):
                continue
            if not any(self._same_place(each, *place) for place in told):
                found.append((passage, each))
        on_passage = Counter(passage.bead for passage, _ in found)
        for passage, each in found:
            sure = self.warns is not None and each.confidence >= self.warns
            if self.kind == "untranslated":
                sure = sure and _is_left(each, kinds[each.term])
            elif self.kind == "missing":
                # Where several are missing, something else is wrong than how one is rendered.
                sure = sure and on_passage[passage.bead] == 1 and each.expected is not None
            yield translation.finding(
                self.name,
                "warning" if sure else "note",
                passage,
                _clause(each.message),
                confidence=each.confidence,
                source_span=each.source_span,
                target_span=each.target_span,
                suggestion=each.expected,
            )

    def _same_place(self, finding: TermFinding, passage: Passage, term: str) -> bool:
        return finding.segment in passage.bead.source and finding.term == term


def _clause(sentence: str) -> str:
    """A sentence as messages of checks are: without capital and full stop."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _is_left(finding: TermFinding, kind: TermKind) -> bool:
    """Whether what stands in both languages alike is surely left, and neither name nor cognate.

    Names, titles and what is quoted are kept by some translators. All else that is in another
    script is left; in the same one, what is of several words.
    """
    mention = finding.source_text[finding.source_span.slice]
    if kind not in ("phrase", "word") or mention[:1].isupper():
        return False
    same_script = len(_LATIN.findall(finding.target_text)) > len(finding.target_text) / 2
    rendering = (finding.rendering or "").casefold()
    return not same_script or (" " in rendering and rendering in finding.source_text.casefold())


_WHY = (
    "A term that changes its name, or loses its meaning, is the error readers notice and spelling "
    "checkers never do. The evidence is the text's own: how the term is rendered elsewhere, and "
    "in other editions where there are some. Texts of more than "
    f"{MOST_FOLLOWED:,} segments are compared with termbases only."
)
_SILENCE = "Put both renderings into the termbase, or accept the finding in the baseline."

TEXT_TERM_CHECKS = (
    TextTermCheck(
        "term-mistranslated",
        Documentation(
            summary="a rendering that means something else, or only a part of it",
            what="What renders a term is compared with it by meaning; what is far from it, or near "
            "to another word, is a note: vectors of short texts are no proof.",
            why=_WHY,
            example="“supply chain” is “chaîne de télévision”",
            silence=_SILENCE,
        ),
        "mistranslated",
        warns=None,
    ),
    TextTermCheck(
        "term-conflated",
        Documentation(
            summary="one rendering for two terms",
            what="A term that is rendered by what mainly renders another term of the text is a "
            "note, for two terms may well have one rendering.",
            why=_WHY,
            example="“partnership” is “alliance”, which stands for “alliance” elsewhere",
            silence=_SILENCE,
        ),
        "conflated",
        warns=None,
    ),
    TextTermCheck(
        "term-untranslated",
        Documentation(
            summary="a term left in the source language that is translated elsewhere",
            what="A term that stands in the translation in the words of the source, and is "
            "translated in other places or editions, is a warning; a note where it is a name or "
            "title, or a single word that both languages may write alike.",
            why=_WHY,
            example="“soft power” is left in English once, and is “软实力” elsewhere",
            silence=_SILENCE,
        ),
        "untranslated",
        warns=0.7,
    ),
    TextTermCheck(
        "term-omitted",
        Documentation(
            summary="a term of the text that nothing renders",
            what="A term of the source for which nothing in the translation of its sentence stands "
            "is a note; a warning if it is certain and the term is rendered elsewhere.",
            why=_WHY,
            example="“repair ship” is not in the translation of the sentence",
            silence=_SILENCE,
        ),
        "missing",
        warns=0.9,
    ),
)
"""A check for each kind of finding that the text's own terms can give."""
