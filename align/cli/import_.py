"""`align import`: edits of a converted file back into the file it was made of."""

from __future__ import annotations

from pathlib import Path

import click

from align.cli.findings import format_and_place, format_option
from align.cli.options import PATH, force_option, output_of
from align.formats.registry import MEMORY_WRITERS
from align.skipped import Skipped
from align.terminal import warn


@click.command("import", short_help="Brings edits of a workbook back into a bilingual file.")
@click.argument("edited", type=PATH)
@click.option("--into", "original", type=PATH, required=True, metavar="FILE",
              help="The file that EDITED was made of.")  # fmt: skip
@click.option("-o", "--output", metavar="OUT", required=True, help="Where to write FILE as edited.")
@format_option(MEMORY_WRITERS, "[default: by the ending of -o]")
@click.option("-t", "--target-language", metavar="TAG", help="The translation that was edited, "
              "where FILE has several.")  # fmt: skip
@force_option
@click.option("-q", "--quiet", is_flag=True, help="Show errors and warnings only.")
def import_edits(
    edited: Path, original: Path, output: str, to: str | None, target_language: str | None,
    quiet: bool, *, force: bool,
) -> None:  # fmt: skip
    """Brings translations, states and notes that were edited in EDITED back into FILE.

    EDITED is what `align convert` made of FILE, such as a workbook that a reviewer corrected. What
    else FILE holds stays: codes of translations that were not changed, properties, other notes.

    \b
      align convert job.xlf -o job.xlsx
      align import job.xlsx --into job.xlf -o job-reviewed.xlf
    """  # noqa: D301 - click reads the character
    from align.importing import import_edits as import_into

    named = None if output == "-" else output
    to, place = format_and_place(to, named, MEMORY_WRITERS, on_screen="tsv")
    place = output_of(place, [edited, original], force=force)
    skipped = Skipped()
    imported = import_into(edited, original, target=target_language, skipped=skipped)
    said = MEMORY_WRITERS.write(place, imported.memory, to=to or "tsv")
    warn((*skipped.messages(edited), *imported.warnings(), *said))
    if not quiet:
        click.echo(
            f"align: {imported.changed:,} translations changed, {imported.added:,} added, "
            f"{imported.restated:,} states",
            err=True,
        )
