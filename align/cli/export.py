"""`align export`: an alignment file, with its review, to memories and tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.cli.findings import format_and_place, format_option
from align.cli.memory_options import memory_options, memory_options_of
from align.cli.options import PATH, output_of, say_review
from align.errors import InputError
from align.export import MemoryOptions, write_build
from align.formats.registry import PAIR_WRITERS
from align.languages import normalise_tag
from align.terminal import show_summary, warn

if TYPE_CHECKING:
    from align.article import AlignedArticle


@click.command(short_help="Writes memories and tables of an alignment file and its review.")
@click.argument("alignment", type=PATH)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    default="-",
    help="A file, or a folder (as in out/) for all that `align build` writes.  "
    "[default: the screen]",
)
@format_option(PAIR_WRITERS, "[default: by the ending of -o, else tsv]")
@click.option(
    "--language",
    metavar="TAG",
    help="The translation to write; only a folder, json and tmx take several.  [default: all]",
)
@memory_options
@click.option("--no-review", is_flag=True, help="Take the alignment as it was before the review.")
@click.option("--force", is_flag=True, help="Overwrite what was changed since, or is not align's.")
@click.option("-q", "--quiet", is_flag=True, help="Show errors and warnings only.")
def export(alignment: Path, output: str, **options: Any) -> None:
    """Writes memories and tables of ALIGNMENT as its review left it.

    ALIGNMENT is an .alignment.json, or the folder it lies in. The review is the review.jsonl beside
    it, which `align review` writes; corrected and accepted rows have confidence 1 and the property
    x-reviewed, dropped rows are in no memory.

    \b
      align export out -o memory/                   all that align build writes
      align export out --language ja -o memory.tmx  one pair
      align export out --language ja --to indices   as gold, on the screen
    """  # noqa: D301 - click reads the character
    from align.review.beside import alignment_file
    from align.review.log import NAME

    path = alignment_file(alignment)
    inputs = [path, path.with_name(NAME)]
    memory = memory_options_of(options)
    if options["to"] is None and (output.endswith("/") or Path(output).is_dir()):
        article, reviewed = _read(path, options)
        written = write_build(
            reviewed,
            output,
            aligned=article,
            options=memory,
            force=options["force"],
            inputs=inputs,
        )
        warn(written.warnings)
        if not options["quiet"]:
            say_review(reviewed)
            show_summary(reviewed, written)
        return
    to, place = format_and_place(
        options["to"], None if output == "-" else output, PAIR_WRITERS, on_screen="tsv"
    )
    place = output_of(place, inputs, force=options["force"])
    _, reviewed = _read(path, options)
    if not options["quiet"]:
        say_review(reviewed)
    warn(_write(place, reviewed, to or "tsv", memory, options))


def _read(path: Path, options: dict[str, Any]) -> tuple[AlignedArticle, AlignedArticle]:
    from align.article import in_one_language
    from align.formats.alignment_json import read_alignment
    from align.inputs import translations_in
    from align.review.beside import with_review

    article = read_alignment(path)
    reviewed = article if options["no_review"] else with_review(article, path.parent)
    if options["language"] is None:
        return article, reviewed
    (language,) = translations_in(article, [normalise_tag(options["language"])])

    return in_one_language(article, language), in_one_language(reviewed, language)


def _write(
    place: str, article: AlignedArticle, to: str, memory: MemoryOptions, options: dict[str, Any]
) -> tuple[str, ...]:
    from align.formats import write_pair
    from align.formats.tmx import write_tmx

    if to == "tmx":
        return write_tmx(
            place,
            article.units,
            languages=list(article.editions),
            source=article.pivot,
            profile=memory.profile,
            languages_as=memory.languages_as,
            properties=memory.properties,
            context=memory.context,
        ).warnings
    if len(article.alignments) > 1 and to != "json":
        there = ", ".join(article.alignments)
        raise InputError(f"{to} takes one translation; choose it with --language: {there}")
    if to == "json":
        return PAIR_WRITERS.write(place, article, to=to)
    return write_pair(place, article, to=to)
