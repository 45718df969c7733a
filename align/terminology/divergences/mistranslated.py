"""A rendering that means something else than the term, or another name in place of a name."""

from __future__ import annotations

from align.terminology.divergences.context import Context, Statement
from align.terminology.divergences.registry import divergence
from align.terminology.forms import form_key
from align.terminology.toponyms import place_names, places_called, places_in

_PART = 0.1
"""How much more similar to a part of the term than to the whole a rendering of that part is."""


@divergence(
    "mistranslated",
    title="meaning is off",
    check="term-mistranslated",
    verdicts=("misnamed", "replaced"),
    rank=60,
    against_rendering=True,
)
def mistranslated(context: Context) -> Statement:
    """A rendering that means something else, only a part of it, or names somebody else.

    What:
        What renders a term is compared with it by meaning and, where it is a name, by sound, by
        letters and by what CLDR calls places; and with what the other editions have there.

    Example:
        “supply chain” is “chaîne de télévision”
    """
    hit = context.hit
    usual = f"; elsewhere it is “{context.expected}”" if context.expected else ""
    if hit.is_name:
        place = _other_place(context)
        if place:
            return place
        if not hit.text or context.evidence["heard"] < _HEARD:
            return Statement(
                context.expected,
                f"Nothing here sounds like “{hit.mention.text}”{usual}.",
                found=bool(hit.text),
            )
        return Statement(
            context.expected,
            f"“{hit.text}” stands for “{hit.mention.text}”, but seems to be another name or "
            f"misspelt{usual}.",
        )
    if hit.inside > _PART:
        message = f"“{hit.text}” seems to render only a part of “{hit.mention.text}”{usual}."
    elif context.elsewhere:
        message = (
            f"“{hit.text}” seems not to mean “{hit.mention.text}”: the other editions have words "
            f"nearer to it{usual}."
        )
    else:
        message = f"“{hit.text}” seems not to mean “{hit.mention.text}”{usual}."
    return Statement(context.expected, message, found=bool(hit.text))


_HEARD = 0.4
"""How like the name, at least, something has to sound to be another spelling of it."""


def _other_place(context: Context) -> Statement | None:
    """Names a country or city that stands there in place of the one that is meant."""
    meant = places_called(context.pivot).get(form_key(context.hit.mention.text, context.pivot))
    if not meant or not context.evidence["other_place"] > 0:
        return None
    named = place_names(context.language)
    expected = next((named[place] for place in sorted(meant) if place in named), None)
    passage = context.hit.passage
    said = {
        place
        for _, places in places_in(passage.source, passage.source_words, context.pivot)
        for place in places
    }
    for span, places in places_in(passage.target, passage.target_words, context.language):
        if not places & (meant | said):
            text = passage.target[span.slice]
            return Statement(
                expected,
                f"“{context.hit.mention.text}” is “{expected}”, but “{text}”, another place, "
                "stands here.",
            )
    return None
