"""`align srx`: the segmentation rules out."""

from __future__ import annotations

import click

from align.cli.options import force_option, output_of


@click.command(short_help="Prints the segmentation rules (SRX), for your CAT tool.")
@click.option(
    "-o", "--output", default="-", metavar="FILE", help="Where to write.  [default: the screen]"
)
@force_option
def srx(output: str, *, force: bool) -> None:
    """Prints the segmentation rules as SRX 2.0, to be imported into a CAT tool.

    A memory fills a new text best where the tool cuts it as align cut the old one.
    """
    from align.formats.atomic import open_for_writing
    from align.segmentation import default_rules

    with open_for_writing(output_of(output, [], force=force)) as stream:
        stream.write(default_rules())
