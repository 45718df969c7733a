"""`align fetch`: addresses in, a folder of editions out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.cli.options import PATH
from align.terminal import progress, show_fetched

if TYPE_CHECKING:
    from align.fetching.fetch import Fetched


def web_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of everything that fetches."""
    options = [
        click.option(
            "--allow-private",
            is_flag=True,
            help="Also fetch from hosts that are not on the open net, such as one of your own.",
        ),
        click.option(
            "--pause",
            type=click.FloatRange(0, 60),
            default=1.0,
            show_default=True,
            metavar="SECONDS",
            help="Wait so long between two requests to a host; its robots.txt may ask for more.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.command(short_help="Saves a web page and its editions, for align build.")
@click.argument("addresses", metavar="URL...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=PATH,
    required=True,
    metavar="FOLDER",
    help="Folder to save to; made if missing.",
)
@click.option(
    "-l",
    "--language",
    "languages",
    multiple=True,
    metavar="TAG",
    help="Only this language, besides the pages given; may be repeated.  [default: all]",
)
@click.option(
    "--no-editions", is_flag=True, help="Only the pages given: look for no others of theirs."
)
@web_options
@click.option("--force", is_flag=True, help="Overwrite what is in FOLDER.")
@click.option("-q", "--quiet", is_flag=True, help="Show errors and warnings only.")
def fetch(addresses: tuple[str, ...], output: Path, **options: Any) -> None:
    """Saves the page at URL... and its editions in other languages, as they are.

    \b
      align fetch https://example.org/en/article -o article/
      align build article/ -o out/
    \b
    Some languages only:
      align fetch https://example.org/en/article -o article/ -l ja -l zh-Hans
    \b
    Pages that do not tell of one another, the original first:
      align fetch https://example.org/article https://example.jp/kiji -o article/

    Editions are found by what the page states (link rel=alternate hreflang, og:locale:alternate),
    by its menu of languages, and by links whose address differs by the tag of a language alone.
    FOLDER receives en.html, zh-Hans.html, … and a corpus.toml with each page's language, title,
    address and date, which you may edit.

    Pages are asked for one by one, as robots.txt allows. Only http and https are fetched, and
    nothing from private networks. No other command opens the web, but align build URL.

    Ends with 0 where all was fetched, with 1 where a page could not be had (the others are saved),
    with 2 on bad input.
    """  # noqa: D301 - click reads the character
    fetched = fetch_pages(
        addresses,
        output,
        languages=options["languages"],
        editions=not options["no_editions"],
        options=options,
    )
    if not options["quiet"]:
        show_fetched(fetched)
    if fetched.failures:
        click.get_current_context().exit(1)


def fetch_pages(
    addresses: tuple[str, ...],
    folder: Path,
    *,
    languages: tuple[str, ...] = (),
    editions: bool = True,
    options: dict[str, Any],
) -> Fetched:
    """Fetches, and says on standard error what could not be had."""
    from align.fetching.client import FetchLimits
    from align.fetching.fetch import fetch as fetch_article

    with progress(options["quiet"]) as start:
        fetched = fetch_article(
            addresses,
            folder,
            languages=languages,
            editions=editions,
            allow_private=options["allow_private"],
            force=options["force"],
            limits=FetchLimits(pause=options["pause"]),
            progress=start,
        )
    for line in fetched.failures:
        click.echo(f"align: {line}", err=True)
    if not options["quiet"]:
        for line in fetched.notes:
            click.echo(f"align: note: {line}", err=True)
    return fetched
