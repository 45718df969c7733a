"""`align review`: an alignment in, a page in the browser to correct it by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from align.cli.options import PATH
from align.encoders import DEFAULT_ENCODER
from align.errors import InputError
from align.terminal import progress, warn

if TYPE_CHECKING:
    from align.settings import Settings


@click.command(short_help="Corrects an alignment by hand, in the browser.")
@click.argument("alignment", type=PATH)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    show_default=True,
    metavar="N",
    help="The port of this machine to serve the page at; 0 takes one that is free.",
)
@click.option("--no-browser", is_flag=True, help="Open no browser; say the page's address only.")
@click.option(
    "--apply",
    "others",
    type=PATH,
    multiple=True,
    metavar="FILE",
    help="Add what a colleague did, a review.jsonl, to the review, and end; may be repeated.",
)
@click.option(
    "--static",
    type=PATH,
    metavar="OUT.html",
    help="Write the page as one file, for somebody without align, and end: it downloads a "
    "review.jsonl, which --apply takes.",
)
@click.option(
    "--encoder",
    default=DEFAULT_ENCODER,
    show_default=True,
    metavar="NAME",
    help="What compares meanings when rows are aligned anew.",
)
def review(
    alignment: Path,
    port: int,
    no_browser: bool,
    others: tuple[Path, ...],
    static: Path | None,
    encoder: str,
) -> None:
    """Opens the page on which ALIGNMENT is corrected by hand.

    ALIGNMENT is an .alignment.json that `align build` or `align pair --to json` wrote, or the
    folder it lies in. A folder of editions is aligned first, and its .alignment.json written
    into it.

    \b
      align build my-article -o out
      align review out                      look at doubtful rows, correct them
      align export out -o memory/           the corrected memories

    The page starts with the rows that are most likely wrong, and says after how many of them the
    memory is right. Every operation is one key (? shows them) and one button, and can be undone.
    It is kept in review.jsonl beside the alignment file as soon as it is done; nothing else is
    changed. `align build`, `export`, `terms` and `check` use the review, and say so.

    \b
    Two people, or one without align:
      align review out --static for-ito.html       one file to send
      align review out --apply from-ito.jsonl      what Ito did, added

    The page is for this machine only. It needs: pip install '.[review]'. Ctrl+C ends it.
    """  # noqa: D301 - click reads the character
    from align.review.beside import alignment_file
    from align.review.page import write_alone
    from align.review.server import serve
    from align.review.session import Session
    from align.settings import Settings

    settings = Settings(encoder=encoder)
    path = _aligned(alignment, settings) or alignment_file(alignment)
    if static and static.resolve() in (path.resolve(), *(other.resolve() for other in others)):
        raise InputError("is read; write the page to another file", path=static)
    session = Session(path, settings)
    for other in others:
        new = session.take(other)
        click.echo(f"align: {other}: {new} operations added to {session.log.path}", err=True)
    warn(_conflicts(session.review.conflicts))
    if static:
        write_alone(static, session.data(alone=True))
        click.echo(f"align: {static}: a page to send; it downloads a review.jsonl", err=True)
    if static or others:
        return

    def started(address: str) -> None:
        click.echo(f"align: the review is at {address} (Ctrl+C ends it)", err=True)
        if not no_browser:
            click.launch(address)

    try:
        serve(session, port=port, started=started)
    except KeyboardInterrupt:
        click.echo("", err=True)
    click.echo(f"align: kept in {session.log.path}", err=True)


def _aligned(folder: Path, settings: Settings) -> Path | None:
    """Aligns a folder of editions, and gives the alignment file, written into it."""
    from align.documents import read_corpus
    from align.formats.alignment_json import write_alignment
    from align.pipeline import build
    from align.review.beside import ENDING

    if not folder.is_dir() or any(folder.glob(f"*{ENDING}")):
        return None
    read_corpus(folder)  # which says what is wrong with the folder
    with progress(quiet=False) as start:
        article = build(folder, settings=settings, progress=start)
    path = folder / f"{article.name}{ENDING}"
    write_alignment(path, article)
    click.echo(f"align: {path}: aligned", err=True)
    return path


def _conflicts(conflicts: dict[str, str]) -> list[str]:
    reasons = list(conflicts.values())
    shown = [f"an operation could not be done: {reason}" for reason in reasons[:5]]
    return shown + ([f"and {len(reasons) - 5} more"] if len(reasons) > 5 else [])
