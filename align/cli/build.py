"""`align build`: a folder of editions in, translation memories and pages to read out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli.options import (
    PATH,
    common_options,
    settings_of,
    told,
    warn_where_one_encoder_judges,
)
from align.errors import InputError
from align.export import DEFAULT_PROFILE, MemoryOptions, write_build
from align.languages import normalise_tag
from align.terminal import progress, show_summary, warn


def _tools() -> str:
    from align.formats.tmx.profiles import PROFILES

    return f"The tool the memories are for: {', '.join(PROFILES)}."


@click.command(short_help="Aligns a folder's editions: memories, a report, terms.")
@click.argument("folder", type=PATH)
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
@click.option(
    "--tmx-profile",
    default=DEFAULT_PROFILE,
    show_default=True,
    metavar="TOOL",
    **told(_tools),
)
@click.option(
    "--tmx-lang",
    multiple=True,
    metavar="TAG=TAG",
    help="Write a language under another tag, as in en=en-GB; may be repeated.",
)
@click.option("--no-props", is_flag=True, help="Leave confidence and the like out of memories.")
@click.option(
    "--context", is_flag=True, help="Write what stands before and after each unit into memories."
)
@click.option(
    "--no-terms", is_flag=True, help="Do not look for key terms and write no page of them."
)
@click.option(
    "--force", is_flag=True, help="Overwrite files in OUT that were changed, or are not align's."
)
@common_options
def build(folder: Path, output: Path, **options: Any) -> None:
    """Aligns all editions in FOLDER; writes translation memories, a report and a page of terms.

    FOLDER holds one text file, Markdown file or web page a language, named by it: en.txt,
    article.ja.html, fr/article.md, … A corpus.toml may give title, licence, pivot and languages.

    \b
    OUT receives
      NAME.en-ja.tmx, …      one memory a language pair, for CAT tools
      NAME.tmx               all languages in one, for exchange and research
      NAME.alignment.json    everything, for programs
      report.html            the alignment, to read: open it in a browser
      terms.html             key terms and what renders them, to read as well
    where NAME is the name of FOLDER.
    """  # noqa: D301 - click reads the character
    from align.following import terms as find_terms
    from align.pipeline import build as build_article
    from align.summary import misnamed, texts_apart

    memory = MemoryOptions(
        profile=options["tmx_profile"],
        languages_as=_language_pairs(options["tmx_lang"]),
        properties=not options["no_props"],
        context=options["context"],
    )
    if _holds_editions(output, folder):
        raise InputError("holds the editions; choose another folder with -o", path=output)
    settings = settings_of(options)
    terms = None
    with progress(options["quiet"]) as start:
        article = build_article(folder, pivot=options["pivot"], settings=settings, progress=start)
        if not options["no_terms"]:
            terms = find_terms(article, settings=settings, progress=start)
        written = write_build(article, output, terms=terms, options=memory, force=options["force"])
    warn_where_one_encoder_judges(list(article.editions), settings)
    warn((*misnamed(article), *texts_apart(article), *written.warnings))
    if not options["quiet"]:
        show_summary(article, written)


def _holds_editions(output: Path, folder: Path) -> bool:
    """Whether a folder is that of the editions, or one in it that has some of them."""
    from align.documents.corpus import files_of_corpus

    if not output.is_dir() or not folder.is_dir():
        return False
    return output.samefile(folder) or any(
        output.samefile(file.parent) for file in files_of_corpus(folder)
    )


def _language_pairs(pairs: tuple[str, ...]) -> dict[str, str]:
    result = {}
    for pair_text in pairs:
        language, equals, tag = pair_text.partition("=")
        if not (language and equals and tag):
            raise InputError(f"--tmx-lang {pair_text!r} is not like en=en-GB")
        result[normalise_tag(language)] = tag
    return result
