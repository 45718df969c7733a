"""`align build`: a folder of editions or an address in, memories and pages to read out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli.fetch import fetch_pages, web_options
from align.cli.memory_options import memory_options, memory_options_of
from align.cli.options import (
    FOLDER_OR_ADDRESS,
    PATH,
    common_options,
    dropped_option,
    say_review,
    settings_of,
    warn_where_one_encoder_judges,
)
from align.errors import InputError
from align.export import write_build
from align.terminal import progress, show_left_out, show_summary, warn


@click.command(short_help="Aligns a folder's editions: memories, a report, terms.")
@click.argument("folder", type=FOLDER_OR_ADDRESS)
@click.option(
    "-o",
    "--output",
    type=PATH,
    required=True,
    metavar="OUT",
    help="Folder to write to; made if missing.",
)
@click.option(
    "--pivot",
    metavar="TAG",
    help="The language all others are aligned to, best that of the original.  "
    "[default: corpus.toml's, else en]",
)
@memory_options
@click.option(
    "--no-terms", is_flag=True, help="Do not look for key terms and write no page of them."
)
@click.option(
    "--force", is_flag=True, help="Overwrite files in OUT that were changed, or are not align's."
)
@web_options
@dropped_option
@common_options
def build(folder: Path | str, output: Path, **options: Any) -> None:
    """Aligns all editions in FOLDER; writes translation memories, a report and a page of terms.

    FOLDER holds one text, page or document a language, named by it: en.txt, article.ja.docx,
    fr/article.md, … A corpus.toml may give title, licence, pivot and languages. A zip archive of
    such a folder is one too. FOLDER may also be the address of a page: that and its editions are
    then fetched into OUT first, as by align fetch.

    \b
    OUT receives
      NAME.en-ja.tmx, …      one memory a language pair, for CAT tools
      NAME.tmx               all languages in one, for exchange and research
      NAME.alignment.json    everything, for programs
      report.html            the alignment, to read: open it in a browser
      terms.html             key terms and what renders them, to read as well
    where NAME is the name of FOLDER.

    What was corrected by hand (`align review`; a review.jsonl in OUT or FOLDER) is in all of these
    but the alignment file.
    """  # noqa: D301 - click reads the character
    from align.following import terms as find_terms
    from align.pipeline import build as build_article
    from align.review.beside import with_review
    from align.summary import (
        NOT_FOLLOWED,
        misnamed,
        much_left_out,
        read_with_doubt,
        texts_apart,
        too_long,
    )

    memory = memory_options_of(options)
    settings = settings_of(options)
    failures: tuple[str, ...] = ()
    if isinstance(folder, str):
        folder, failures = _fetched(folder, output, options)
    if _holds_editions(output, folder):
        raise InputError("holds the editions; choose another folder with -o", path=output)
    terms = None
    with progress(options["quiet"]) as start:
        aligned = build_article(folder, pivot=options["pivot"], settings=settings, progress=start)
        article = with_review(aligned, output, folder)
        if not options["no_terms"]:
            terms = find_terms(article, settings=settings, progress=start)
        written = write_build(
            article,
            output,
            terms=terms,
            options=memory,
            force=options["force"],
            aligned=aligned,
            inputs=[path for path in [options["srx"]] if path],
        )
    warn_where_one_encoder_judges(list(article.editions), settings)
    warn(
        (
            *misnamed(article),
            *read_with_doubt(article.editions.values()),
            *texts_apart(article),
            *(too_long(article, left_out=NOT_FOLLOWED) if terms else ()),
            *written.warnings,
        )
    )
    if options["show_dropped"]:
        show_left_out(article.editions.values())
    else:
        warn(much_left_out(article.editions.values()))
    if not options["quiet"]:
        say_review(article)
        show_summary(article, written)
    if failures:
        click.get_current_context().exit(1)


def _holds_editions(output: Path, folder: Path) -> bool:
    """Whether a folder is that of the editions, or one in it that has some of them."""
    from align.documents.corpus import files_of_corpus

    if not output.is_dir() or not folder.is_dir():
        return False
    return output.samefile(folder) or any(
        output.samefile(file.parent) for file in files_of_corpus(folder)
    )


def _fetched(address: str, output: Path, options: dict[str, Any]) -> tuple[Path, tuple[str, ...]]:
    """The folder in OUT with the page and its editions, and what could not be had."""
    from align.documents.corpus_file import CORPUS_FILE
    from align.fetching.pages import article_name

    folder = output / article_name(address)
    if (folder / CORPUS_FILE).exists() and not options["force"]:
        raise InputError(
            f"holds pages that were fetched: align build {folder} -o {output} aligns them, "
            "--force fetches them anew",
            path=folder,
        )
    fetched = fetch_pages((address,), folder, options=options)
    if not fetched.pages:
        click.get_current_context().exit(1)
    return folder, fetched.failures
