"""`align review`: an alignment in, a page in the browser to correct it by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from align.cli.findings import counted
from align.cli.options import PATH, output_of
from align.encoders import DEFAULT_ENCODER
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
    metavar="OUT.html",
    help="Write the page as one file, for somebody without align, and end: it downloads a "
    "review.jsonl, which --apply takes.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Overwrite OUT.html though it was changed, or is not align's.",
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
    static: str | None,
    encoder: str,
    *,
    force: bool,
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
    from align.review.log import NAME
    from align.review.page import write_alone
    from align.review.server import serve
    from align.review.session import Session
    from align.settings import Settings

    settings = Settings(encoder=encoder)
    lacking = _lacking(alignment)
    path = lacking or alignment_file(alignment)
    inputs = [path, path.with_name(NAME), *others, alignment if lacking else None]
    page = output_of(static or "-", inputs, force=force)
    if lacking:
        _align(alignment, lacking, settings)
    session = Session(path, settings)
    for other in others:
        new = session.take(other)
        added = counted(new, "operation")
        click.echo(f"align: {other}: {added} added to {session.log.path}", err=True)
    conflicts = session.review.conflicts.values()
    warn((f"an operation could not be done: {reason}" for reason in conflicts), most=5)
    if static:
        write_alone(page, session.data(alone=True))
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


def _lacking(folder: Path) -> Path | None:
    """The alignment file that a folder of editions lacks."""
    from align.documents import read_corpus
    from align.review.beside import ENDING

    if not folder.is_dir() or any(folder.glob(f"*{ENDING}")):
        return None
    return folder / f"{read_corpus(folder).name}{ENDING}"


def _align(folder: Path, path: Path, settings: Settings) -> None:
    """Aligns a folder of editions, and writes the alignment file into it."""
    from align.formats.alignment_json import write_alignment
    from align.pipeline import build

    output = output_of(str(path), [folder], force=False)
    with progress(quiet=False) as start:
        article = build(folder, settings=settings, progress=start)
    write_alignment(output, article)
    click.echo(f"align: {path}: aligned", err=True)
