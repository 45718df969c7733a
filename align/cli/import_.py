"""`align import`: edits of a converted file back into the file it was made of, or a review."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from align.cli.findings import counted, format_and_place, format_option
from align.cli.options import PATH, force_option, output_of
from align.errors import InputError
from align.formats.registry import MEMORY_WRITERS
from align.skipped import Skipped
from align.terminal import warn

if TYPE_CHECKING:
    from align.review.operations import Operation

_OF_SEVERAL = "tmx"  # the format that holds all languages of a memory


@click.command("import", short_help="Brings edits of a workbook back into what it was made of.")
@click.argument("edited", type=PATH)
@click.option("--into", "original", type=PATH, required=True, metavar="FILE",
              help="The file that EDITED was made of; an alignment gets the edits in its review.",
              )  # fmt: skip
@click.option("-o", "--output", metavar="OUT",
              help="Where to write FILE as edited; not for an alignment.")  # fmt: skip
@format_option(MEMORY_WRITERS, "[default: by the ending of -o]")
@click.option("-t", "--target-language", metavar="TAG", help="The translation that was edited, "
              "where FILE has several.")  # fmt: skip
@click.option("--by", default="", metavar="NAME", help="Who edited it, for a review.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@force_option
@click.option("-q", "--quiet", is_flag=True, help="Show errors and warnings only.")
def import_edits(
    edited: Path, original: Path, output: str | None, to: str | None, target_language: str | None,
    by: str, *, dry_run: bool, quiet: bool, force: bool,
) -> None:  # fmt: skip
    """Brings translations, states and notes that were edited in EDITED back into FILE.

    EDITED is what `align convert` made of FILE, such as a workbook that a reviewer corrected. What
    else FILE holds stays: properties, other notes, and inline codes, beside the same words; but for
    what its format does not carry, such as the skeleton of XLIFF.

    \b
      align convert job.xlf -o job.xlsx
      align import job.xlsx --into job.xlf -o job-reviewed.xlf

    Of an alignment and its review, `align export` made it. The edits go into the review.jsonl
    beside the alignment: the states reviewed and final accept a pair, rejected keeps it out of the
    memory, draft marks it to be looked at again.

    \b
      align export out --language fr -o fr.xlsx
      align import fr.xlsx --into out

    Ends with 1 if a row matches no unit, or could not be done; the rows are named.
    """  # noqa: D301 - click reads the character
    if original.is_dir() or original.suffix == ".json":
        if output or to:
            raise InputError("the edits of an alignment go into its review; leave out -o and --to")
        whole = _into_review(edited, original, target_language, by, dry_run=dry_run, quiet=quiet)
    else:
        if by:
            raise InputError("--by is for the review of an alignment; leave it out")
        if output is None and not dry_run:
            raise InputError("name the file to write with -o")
        whole = _into_file(
            edited, original, None if dry_run else output, to, target_language,
            quiet=quiet, force=force,
        )  # fmt: skip
    if not whole:
        sys.exit(1)


def _into_file(
    edited: Path, original: Path, output: str | None, to: str | None, language: str | None,
    *, quiet: bool, force: bool,
) -> bool:  # fmt: skip
    from align.importing import import_edits as import_into

    place = None
    if output is not None:
        named = None if output == "-" else output
        to, name = format_and_place(to, named, MEMORY_WRITERS, on_screen="tsv")
        place = output_of(name, [edited, original], force=force)
    skipped, of_original = Skipped(), Skipped()
    imported = import_into(
        edited, original, target=language, skipped=skipped, skipped_of_original=of_original
    )
    memory, left = imported.memory, ""
    if imported.others and to == _OF_SEVERAL:
        memory = replace(memory, targets=(*memory.targets, *imported.others))
    elif imported.others:
        left = (
            f"{original}: translations in {', '.join(imported.others)} are not in what is written; "
            "write .tmx to keep them"
        )
    said = MEMORY_WRITERS.write(place, memory, to=to or "tsv") if place else ()
    warn(
        (
            *of_original.messages(original),
            *skipped.messages(edited),
            *(f"{edited}: {w}" for w in imported.warnings()),
            *([left] if left and place else []),
            *said,
        )
    )
    if not quiet:
        codes = f", the codes of {imported.codes_carried:,} kept" if imported.codes_carried else ""
        click.echo(
            f"align: {imported.changed:,} translations changed{codes}, {imported.added:,} added, "
            f"{imported.restated:,} states" + ("" if place else "; nothing written (--dry-run)"),
            err=True,
        )
    return not imported.not_found


def _into_review(
    edited: Path, original: Path, language: str | None, by: str, *, dry_run: bool, quiet: bool
) -> bool:
    from align.importing import rows_named
    from align.review.importing import import_into_review

    skipped = Skipped()
    imported = import_into_review(
        edited, original, language=language, by=by, dry_run=dry_run, skipped=skipped
    )
    said = [f"{edited}: row {line}: {reason}; not done" for line, reason in imported.refused]
    if imported.not_found:
        said.append(
            f"{edited}: {rows_named(imported.not_found)}: the alignment has no such source text; "
            "not done"
        )
    warn((*skipped.messages(edited), *said))
    if dry_run:
        for line, operation in imported.done:
            click.echo(f"row {line}: {_shown(operation)}")
    if not quiet:
        older = f" ({imported.older:,} older than the review)" if imported.older else ""
        refused = f", {len(imported.refused):,} not done" if imported.refused else ""
        where = "nothing written (--dry-run)" if dry_run else f"kept in {imported.log}"
        click.echo(
            f"align: {counted(len(imported.done), 'row')} changed, "
            f"{imported.unchanged:,} unchanged{older}, "
            f"{len(imported.not_found):,} not found{refused}; {where}",
            err=True,
        )
    return imported.is_whole


def _shown(operation: Operation) -> str:
    """An operation in a few words."""
    from align.review.operations import Drop, Edit, Join, Mark, Note, Together

    match operation:
        case Together(operations):
            return ", ".join(map(_shown, operations))
        case Edit(segment=segment, text=text):
            return f"segment {segment} becomes {text!r}"
        case Join(segment=segment):
            return f"segment {segment} takes in the next"
        case Mark(status=status):
            return "accepted" if status == "accepted" else "to be looked at again"
        case Drop(dropped=dropped):
            return "dropped" if dropped else "not dropped any more"
        case Note(text=text):
            return f"note {text!r}"
        case _:
            return operation.kind
