"""`align terms`: an article in, its key terms, their renderings and divergences out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from align.cli.findings import (
    counted_by_severity,
    fail_on_option,
    fails,
    format_and_place,
    format_option,
    languages_of,
    read_termbases,
    state_option,
)
from align.cli.options import (
    PATH,
    common_options,
    force_option,
    output_of,
    say_review,
    settings_of,
    told,
    warn_where_one_encoder_judges,
)
from align.cli.term_table import show_terms
from align.errors import InputError
from align.formats.registry import TERM_WRITERS, TERMBASE_READERS
from align.skipped import Skipped
from align.terminal import progress, warn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from align.progress import StartProgress
    from align.settings import Settings
    from align.terminology.model import TermReport


@click.command(short_help="Follows key terms: renderings and divergences.")
@click.argument("files", metavar="ARTICLE...", type=PATH, nargs=-1, required=True)
@click.option(
    "--termbase",
    "termbases",
    type=PATH,
    multiple=True,
    metavar="FILE",
    **told(
        lambda: (
            "Follow the terms of this termbase, and report renderings that it does not permit: "
            f"{', '.join(TERMBASE_READERS)}; may be repeated."
        )
    ),
)
@click.option(
    "--terms",
    "term_list",
    type=PATH,
    metavar="FILE",
    help="Follow the terms in this file too, one a line.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="TAG",
    help="Report on this language; may be repeated.  [default: all]",
)
@click.option(
    "--pivot",
    metavar="TAG",
    help="The language whose terms are followed.  [default: corpus.toml's, else en; a file's own]",
)
@state_option
@format_option(TERM_WRITERS, "[default: by the ending of -o, else a table for the screen]")
@click.option("-o", "--output", metavar="FILE", help="Where to write.  [default: the screen]")
@fail_on_option("divergence")
@force_option
@common_options
def terms(files: tuple[Path, ...], **options: Any) -> None:
    """Follows the key terms of ARTICLE... through all editions.

    An ARTICLE is a folder of editions, which is aligned first, the .alignment.json that
    `align build` wrote, or a translation memory; the terms of several are followed together.
    Needs no termbase: what a language renders a term by is found in the texts, and where an
    edition parts from its own usage or from what the term means, that is a divergence.

    \b
      align terms my-article/                        a table on the screen
      align terms my-article/ -o terms.html          a page to read
      align terms my-article/ -o terms.xlsx          a termbase to edit
      align terms my-article/ --termbase terms.xlsx  checked against it
      align terms one.tmx two.tmx -o terms.tbx       of two memories

    Ends with 0 where no divergence is as grave as --fail-on says, with 1 where one is.
    """  # noqa: D301 - click reads the character
    from align.formats import write_term_report

    to, output = format_and_place(options["to"], options["output"], TERM_WRITERS, on_screen=None)
    inputs = [*files, *options["termbases"], options["term_list"], options["srx"]]
    output = output_of(output, inputs, force=options["force"])
    given = _term_list(options["term_list"])
    settings = settings_of(options)
    with progress(options["quiet"]) as start:
        report = _report(files, options, given, settings, start)
    warn(_not_in_text(given, report))
    if to is None:
        show_terms(report)
    else:
        warn(write_term_report(output, report, to=to))
        if output != "-" and not options["quiet"]:
            said = counted_by_severity(each.severity for each in report.findings)
            click.echo(f"align: {output}: {len(report.terms)} terms; {said}", err=True)
    if fails((each.severity for each in report.findings), options["fail_on"]):
        click.get_current_context().exit(1)


def _report(
    paths: Sequence[Path],
    options: dict[str, Any],
    given: Sequence[str],
    settings: Settings,
    start: StartProgress | None,
) -> TermReport:
    from align.following import terms as find_terms
    from align.inputs import article_of_files
    from align.languages import normalise_tag
    from align.summary import NOT_FOLLOWED, too_long

    pivot = normalise_tag(options["pivot"]) if options["pivot"] else None
    wanted = [normalise_tag(tag) for tag in options["languages"]]
    for path in paths:
        if path.is_dir():  # known before minutes of alignment
            _must_have(wanted, languages_of(path, pivot), path)
    skipped: dict[Path, Skipped] = {}
    article = article_of_files(
        paths,
        pivot=pivot,
        settings=settings,
        progress=start,
        states=options["states"],
        skipped=skipped,
    )
    warn(message for path, each in skipped.items() for message in each.messages(path))
    there = list(article.editions)
    _must_have(wanted, there, paths[0])
    termbases = read_termbases(options["termbases"], there)
    if not options["quiet"]:
        say_review(article)
    if any(path.is_dir() for path in paths):
        warn_where_one_encoder_judges(there, settings)
    warn(too_long(article, wanted or None, left_out=NOT_FOLLOWED))
    report = find_terms(
        article, terms=given, termbases=termbases, settings=settings, progress=start
    )
    return report.in_languages(wanted) if wanted else report


def _must_have(wanted: Sequence[str], there: Sequence[str], path: Path) -> None:
    for tag in wanted:
        if tag not in there[1:]:
            others = ", ".join(there[1:])
            raise InputError(f"has no translation in {tag!r}; there are {others}", path=path)


def _term_list(path: Path | None) -> list[str]:
    from align.formats.files import read_text
    from align.termbases.model import one_line

    if path is None:
        return []
    found = [term for line in read_text(path).split("\n") if (term := one_line(line))]
    if not found:
        raise InputError("holds no terms; write one a line", path=path)
    return found


def _not_in_text(given: Sequence[str], report: TermReport) -> list[str]:
    there = {
        form.casefold()
        for rendered in report.terms
        for form in (rendered.term.text, *rendered.term.variants)
    }
    return [f"the text has no {term!r}" for term in given if term.casefold() not in there]
