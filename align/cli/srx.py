"""`align srx`: the segmentation rules out."""

from __future__ import annotations

import click

from align.cli.options import must_not_be_read


@click.command(short_help="Prints the segmentation rules (SRX), for your CAT tool.")
@click.option(
    "-o", "--output", default="-", metavar="FILE", help="Where to write.  [default: the screen]"
)
def srx(output: str) -> None:
    """Prints the segmentation rules as SRX 2.0, to be imported into a CAT tool.

    A memory fills a new text best where the tool cuts it as align cut the old one.
    """
    from align.formats.atomic import open_for_writing
    from align.segmentation import default_rules

    must_not_be_read(output, [])
    with open_for_writing(output) as stream:
        stream.write(default_rules())
