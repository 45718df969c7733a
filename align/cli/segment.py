"""`align segment`: a file in, its segments out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from align.cli.options import PATH, TextsCommand, dropped_option, force_option, output_of
from align.terminal import show_left_out, warn

if TYPE_CHECKING:
    from pathlib import Path


@click.command(cls=TextsCommand, short_help="Cuts a file into segments, one a line.")
@click.argument("file", type=PATH)
@click.option(
    "-l",
    "--language",
    metavar="TAG",
    help="Language of FILE.  [default: as the file's name says, or as the text looks]",
)
@click.option("--srx", type=PATH, metavar="FILE", help="Cut by your own rules (SRX 2.0).")
@click.option(
    "-o", "--output", default="-", metavar="FILE", help="Where to write.  [default: the screen]"
)
@dropped_option
@force_option
def segment(
    file: Path,
    language: str | None,
    srx: Path | None,
    output: str,
    *,
    show_dropped: bool,
    force: bool,
) -> None:
    """Cuts FILE into segments and prints them, one a line.

    A file is read as what it is named: {kinds}; any other as plain text. What is printed can be
    aligned with `align pair --segmented`.
    """
    from align.formats.atomic import open_for_writing
    from align.languages import join_segments
    from align.pipeline import segment as cut
    from align.summary import much_left_out, read_with_doubt

    place = output_of(output, [file, srx], force=force, is_text=True)
    edition = cut(file, language, srx=srx)
    warn(read_with_doubt([edition]))
    if show_dropped:
        show_left_out([edition])
    else:
        warn(much_left_out([edition]))
    with open_for_writing(place) as stream:
        for piece in edition.segments:
            stream.write(join_segments([piece.text], edition.language) + "\n")
