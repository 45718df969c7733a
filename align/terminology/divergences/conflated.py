"""Two terms that one rendering stands for, though each has its own elsewhere."""

from __future__ import annotations

from align.terminology.divergences.context import Context, Statement
from align.terminology.divergences.registry import divergence


@divergence(
    "conflated",
    title="two terms, one rendering",
    check="term-conflated",
    verdicts=("replaced", "misnamed"),
    rank=30,
)
def conflated(context: Context) -> Statement | None:
    """A rendering that stands for another term of the text elsewhere.

    What:
        A rendering that belongs to another term of the text, where the term has its own elsewhere
        and the sentence does not speak of the other.

    Example:
        “export controls” is “sanctions” here, which renders “sanctions” elsewhere
    """
    other, usual = context.other_term, context.usual
    if other is None or usual is None or not context.departs:
        return None
    return Statement(
        context.expected,
        f"“{context.hit.text}” renders “{context.hit.mention.text}” here, but “{other.text}” "
        f"elsewhere; “{context.term.text}” is elsewhere “{usual.hit.text}”.",
    )
