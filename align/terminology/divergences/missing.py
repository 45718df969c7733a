"""A term that nothing in the bead renders."""

from __future__ import annotations

from align.terminology.divergences.case import Case, Divergence
from align.terminology.divergences.registry import InCheck, divergence

_OFTEN = 4
"""From so many mentions on, a translator may well leave one out."""


@divergence("missing", title="missing", rank=30, check=InCheck("term-omitted", 80, warns=0.9))
def missing(case: Case) -> Divergence | None:
    """A term of the text that nothing renders.

    What:
        A term of the source for which nothing in the translation of its sentence stands is a note;
        a warning if it is certain and the term is rendered elsewhere.

    Example:
        “repair ship” is not in the translation of the sentence
    """
    sight = case.sight
    if not case.lacks or not sight.passage.target or sight.short or _is_said_before(case):
        return None
    expected = case.main.text if case.main and case.has_rival else None
    usual = f"; elsewhere it is “{expected}”" if expected else ""
    dropped = len(case.term.mentions) >= _OFTEN or case.is_vague
    return Divergence(
        "missing",
        "warning" if case.limits.warns and not dropped else "note",
        1 - 0.5 * min(1.0, sight.present / case.limits.present),
        expected,
        f"Nothing renders “{sight.mention.text}” here{usual}.",
    )


def _is_said_before(case: Case) -> bool:
    """Whether the bead renders another mention of the term: one is enough for two."""
    return any(other.passage is case.sight.passage for other in case.siblings)
