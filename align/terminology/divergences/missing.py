"""A term that nothing in the bead renders."""

from __future__ import annotations

from align.terminology.divergences.context import Context, Statement
from align.terminology.divergences.registry import divergence


@divergence("missing", title="missing", check="term-omitted", verdicts=("missing",), rank=80)
def missing(context: Context) -> Statement:
    """A term of the text that nothing renders.

    What:
        A term of the source for which nothing in the translation of its sentence stands, by what
        renders it elsewhere in the text and, where there are several, in the other editions.

    Example:
        “repair ship” is not in the translation of the sentence
    """
    usual = f"; elsewhere it is “{context.expected}”" if context.expected else ""
    return Statement(
        context.expected, f"Nothing renders “{context.hit.mention.text}” here{usual}.", found=False
    )
