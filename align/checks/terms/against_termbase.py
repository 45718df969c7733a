"""Compares a translation with the termbases, passage by passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.checks.base import Check, CheckCannotRunError, register
from align.checks.names.misspellings import misspelt_places
from align.checks.terms.lexicon import is_single_name
from align.checks.terms.rules import breaches, rules_of
from align.checks.terms.usages import rendering_at
from align.terminology.termbase import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Translation
    from align.findings import Finding


def _must_have_termbase(translation: Translation) -> None:
    if not translation.termbases:
        raise CheckCannotRunError("no termbase was given")
    source, target = translation.source_language, translation.language
    if next(rules_of(translation.termbases, source, target), None) is None:
        raise CheckCannotRunError(f"no termbase has a term in both {source} and {target}")


@register
class ForbiddenTermCheck(Check):
    """A rendering that the termbase forbids.

    What:
        Where a term of the termbase stands in the source, its deprecated renderings are looked for
        in the translation, in all their forms; each that stands there is an error. It is none
        within a longer rendering that is permitted.

    Why:
        Somebody decided against that rendering. The longest term of the termbase decides: what is
        forbidden for “order” is not for “rules-based order”.

    Example:
        “deterrence” is “intimidation” in the translation; the termbase forbids it and asks for
        “dissuasion”

    Silence:
        Correct the termbase, or accept the finding in the baseline.
    """

    name = "term-forbidden"
    subject = "terms"
    rank = 20

    def find(self, translation: Translation) -> Iterator[Finding]:
        """Forbidden renderings."""
        _must_have_termbase(translation)
        for breach in breaches(translation):
            if breach.forbidden is None:
                continue
            wrong = breach.passage.target[breach.forbidden.slice]
            asked = (
                f"; it asks for {listed(breach.rule.permitted)}" if breach.rule.permitted else ""
            )
            yield translation.finding(
                self.name,
                "error" if breach.certain or is_single_name(breach.rule.term) else "warning",
                breach.passage,
                f"the termbase forbids “{wrong}” for “{breach.rule.term}”{asked}",
                confidence=0.95,
                source_span=breach.source_span,
                target_span=breach.forbidden,
                suggestion=next(iter(breach.rule.permitted), None),
            )


@register
class MissingTermCheck(Check):
    """A term without a rendering that the termbase permits.

    What:
        Where a term of the termbase stands in the source, one of its permitted renderings must
        stand in the translation: any of them, in any form, with other words among its own. Where
        none does, it is a warning; a note where the term is a word of some longer name, or a name
        of one word, which may be an adjective in the translation. An abbreviation or a single word
        of everyday language is a note, too, unless the text has three other terms of the termbase
        rendered as it asks: else it may mean something else here.

    Why:
        A term that is rendered otherwise loses its reader. One rendering is enough for two mentions
        in one sentence; the longest term of the termbase decides.

    Example:
        “dual-use technology” is “technologies duales”; the termbase asks for “technologies à double
        usage”

    Silence:
        Add the rendering to the termbase, or accept the finding in the baseline.
    """

    name = "term-missing"
    subject = "terms"
    rank = 30

    def find(self, translation: Translation) -> Iterator[Finding]:
        """Terms whose permitted renderings are missing."""
        _must_have_termbase(translation)
        misspelt = None
        for breach in breaches(translation):
            if breach.forbidden is not None:
                continue
            misspelt = misspelt_places(translation) if misspelt is None else misspelt
            if (breach.passage, breach.source_span) in misspelt:
                continue  # said more exactly by the check of names
            place = rendering_at(translation, breach.passage, breach.source_span)
            instead = f"is “{breach.passage.target[place.slice]}”" if place else "is missing"
            yield translation.finding(
                self.name,
                "warning" if breach.certain else "note",
                breach.passage,
                f"“{breach.rule.term}” {instead}; the termbase asks for "
                f"{listed(breach.rule.permitted)}",
                confidence=0.8 if breach.certain else 0.4,
                source_span=breach.source_span,
                target_span=place,
                suggestion=breach.rule.permitted[0],
            )
