"""`align encoders`: what there is to compare meanings with."""

from __future__ import annotations

import click


@click.command()
def encoders() -> None:
    """Lists the sentence encoders and the languages they know."""
    from align.encoders import DEFAULT_ENCODER, model_cards
    from align.encoders.kinds import extra_of

    cards = model_cards().values()
    for card in sorted(cards, key=lambda card: (card.name != DEFAULT_ENCODER, card.name)):
        extra = extra_of(card)
        needs = f" (needs: pip install '.[{extra}]')" if extra else ""
        default = " (the default)" if card.name == DEFAULT_ENCODER else ""
        click.echo(f"{card.name}{needs}{default}")
        click.echo(f"    {card.title}; licence {card.licence}")
        languages = " ".join(card.languages) or "any, less reliably"
        click.echo(click.wrap_text(languages, 80, "    ", "    "))
