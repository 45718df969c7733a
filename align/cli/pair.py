"""`align pair`: two files in, what matches what out."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from align.cli.findings import format_and_place, format_option
from align.cli.options import (
    PATH,
    TextsCommand,
    common_options,
    dropped_option,
    force_option,
    output_of,
    settings_of,
    warn_where_one_encoder_judges,
)
from align.formats.registry import PAIR_WRITERS
from align.terminal import progress, show_left_out, warn

if TYPE_CHECKING:
    from pathlib import Path


@click.command(cls=TextsCommand, short_help="Aligns two files.")
@click.argument("source", type=PATH)
@click.argument("target", type=PATH)
@click.option(
    "-s",
    "--source-language",
    metavar="TAG",
    help="Language of SOURCE.  [default: as the file's name says, or as the text looks]",
)
@click.option(
    "-t",
    "--target-language",
    metavar="TAG",
    help="Language of TARGET.  [default: as the file's name says, or as the text looks]",
)
@click.option(
    "--segmented",
    is_flag=True,
    help="Each line is a segment: no line is cut or merged, and empty lines count.",
)
@format_option(PAIR_WRITERS, "[default: by the ending of -o, else tsv]")
@click.option(
    "-o", "--output", default="-", metavar="FILE", help="Where to write.  [default: the screen]"
)
@dropped_option
@force_option
@common_options
def pair(source: Path, target: Path, **options: Any) -> None:
    """Aligns two files, SOURCE and TARGET.

    Files are read as what they are named: {kinds}; any other as plain text.

    \b
      align pair en.txt ja.txt
      align pair en.txt ja.txt -o memory.tmx
      align pair en.txt ja.txt -o both.epub      side by side, to read
      align pair dev.de dev.fr -s de -t fr --segmented --to indices
    """  # noqa: D301 - click reads the character
    from align.formats import write_pair
    from align.pipeline import pair as align_pair
    from align.summary import misnamed, much_left_out, read_with_doubt, texts_apart

    inputs = [source, target, options["srx"]]
    by_ending = PAIR_WRITERS.of_ending(PurePath(options["output"]).suffix)
    to = options["to"] or (by_ending.name if by_ending else "tsv")
    _, place = format_and_place(to, options["output"], PAIR_WRITERS, on_screen="tsv")
    output = output_of(place, inputs, force=options["force"])
    settings = settings_of(options)
    with progress(options["quiet"]) as start:
        result = align_pair(
            source,
            target,
            source_language=options["source_language"],
            target_language=options["target_language"],
            segmented=options["segmented"],
            settings=settings,
            progress=start,
            name=source.stem,
        )
    warn_where_one_encoder_judges(list(result.editions), settings)
    warn((*misnamed(result), *read_with_doubt(result.editions.values()), *texts_apart(result)))
    if options["show_dropped"]:
        show_left_out(result.editions.values())
    else:
        warn(much_left_out(result.editions.values()))
    warn(write_pair(output, result, to=to))
