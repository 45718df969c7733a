"""`align omegat`: an article made a project of OmegaT."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli.findings import read_termbases
from align.cli.options import PATH, common_options, say_review, settings_of
from align.errors import InputError
from align.terminal import progress, warn


@click.command(short_help="Makes an OmegaT project: memory, rules, glossary.")
@click.argument("folder", type=PATH)
@click.option("-o", "--output", type=PATH, required=True, metavar="PROJECT",
              help="The folder of the project; made where it is missing.")  # fmt: skip
@click.option("--language", metavar="TAG", help="The language to translate into, where FOLDER has "
              "several translations.")  # fmt: skip
@click.option("--source", "sources", type=PATH, multiple=True, metavar="FILE",
              help="A file to translate, such as the next edition of the text; may be repeated.  "
              "[default: the pivot edition]")  # fmt: skip
@click.option("--termbase", "termbases", type=PATH, multiple=True, metavar="FILE",
              help="Terms for the glossary; may be repeated.")  # fmt: skip
@click.option("--pivot", metavar="TAG", help="The language that is translated.  [default: as in "
              "corpus.toml, else en]")  # fmt: skip
@click.option("--force", is_flag=True, help="Write into a folder that is a project already, or "
              "has other files in it; what was translated there stays.")  # fmt: skip
@common_options
def omegat(folder: Path, output: Path, **options: Any) -> None:
    """Makes a project of OmegaT of FOLDER: open it there and translate.

    FOLDER holds the editions of an article, as for `align build`, or what that made of them; a
    review of it counts. The project has the memory in tm/auto, so that OmegaT fills in what it
    holds, and cuts texts by the rules that align cut them by, so that it has what OmegaT asks for.

    \b
      align omegat my-article/ --language fr -o project/
      align omegat out/ --language fr --source new-edition.html -o project/
    """  # noqa: D301 - click reads the character
    from align.documents.corpus import files_of_corpus
    from align.omegat import write_omegat
    from align.pipeline import build
    from align.review.beside import ENDING, alignment_file, with_review

    if output.resolve() == folder.resolve():
        raise InputError("holds the editions; choose another folder with -o", path=output)
    settings = settings_of(options)
    if folder.is_file() or any(folder.glob(f"*{ENDING}")):
        from align.formats.alignment_json import read_alignment

        path = alignment_file(folder)
        article, read = with_review(read_alignment(path), path.parent), [path]
    else:
        with progress(options["quiet"]) as start:
            article = build(folder, pivot=options["pivot"], settings=settings, progress=start)
        article, read = with_review(article, folder), files_of_corpus(folder)
    languages = [article.pivot, *article.alignments]
    project = write_omegat(
        article,
        output,
        language=options["language"],
        sources=options["sources"],
        termbases=read_termbases(options["termbases"], languages) if options["termbases"] else [],
        srx=settings.srx,
        force=options["force"],
        inputs=[*read, *options["termbases"]],
    )
    warn(project.warnings)
    if not options["quiet"]:
        say_review(article)
        click.echo(f"align: {project.folder}: {project.units:,} units; open it in OmegaT", err=True)
