"""A term left in the words of the source where it is translated elsewhere."""

from __future__ import annotations

from align.terminology.divergences.context import Context, Statement
from align.terminology.divergences.registry import divergence


@divergence(
    "untranslated",
    title="left untranslated",
    check="term-untranslated",
    verdicts=("untranslated",),
    rank=70,
)
def untranslated(context: Context) -> Statement:
    """A term left in the source language that is translated elsewhere.

    What:
        A term that stands in the translation in the words of the source, and is translated in other
        places or editions. Names, titles, citations and glosses in brackets are kept on purpose.

    Example:
        “soft power” is left in English once, and is “软实力” elsewhere
    """
    left = " ".join(context.hit.copied) or context.hit.mention.text
    where = f"; elsewhere it is “{context.expected}”" if context.expected else ""
    return Statement(context.expected, f"“{left}” is left untranslated{where}.")
