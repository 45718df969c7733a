"""One term, two renderings that are no forms of one another."""

from __future__ import annotations

from align.terminology.divergences.context import Context, Statement
from align.terminology.divergences.registry import divergence


@divergence(
    "inconsistent",
    title="inconsistent",
    check="term-inconsistent",
    verdicts=("misnamed", "replaced"),
    rank=40,
    against_rendering=True,
)
def inconsistent(context: Context) -> Statement | None:
    """A term rendered otherwise than in the other places of the text.

    What:
        A term that stands in several places is followed through the translation; where it is
        rendered by something else than usually, and no form of that, the place is told. In a word
        for which the edition, or the others, have no one rendering, a synonym is style.

    Example:
        “deterrence” is “dissuasion” twice and “intimidation” once
    """
    hit, usual = context.hit, context.usual
    if usual is None or not context.departs or not hit.text:
        return None
    return Statement(
        context.expected,
        f"“{hit.mention.text}” is rendered by “{hit.text}” here, by “{usual.hit.text}” "
        f"{context.places}.",
    )
