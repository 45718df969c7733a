"""`align serve`: memories and termbases in, look-ups by HTTP out."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from align.cli.options import PATH, output_of
from align.errors import InputError, OutputError
from align.regular_files import must_be_regular
from align.terminal import warn

_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,200}")
_LONGEST_TOKEN_FILE = 1_000  # characters; no token is as long
_MOST_WARNINGS = 10


@click.command(short_help="Answers look-ups in memories and termbases, by HTTP.")
@click.argument("memories", type=PATH, nargs=-1, metavar="MEMORY...")
@click.option(
    "--termbase",
    "termbases",
    type=PATH,
    multiple=True,
    metavar="FILE",
    help="Look terms up in this termbase (TBX, XLSX, CSV, TSV, a glossary); may be repeated.",
)
@click.option(
    "--writable",
    metavar="FILE.tmx",
    help="Let units be added, to this new memory and no other; it must not be there yet.",
)
@click.option(
    "-s",
    "--source-language",
    metavar="TAG",
    help="The source language of files that do not say theirs; goes with -t.",
)
@click.option(
    "-t",
    "--target-language",
    metavar="TAG",
    help="The target language of files that do not say theirs.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    metavar="N",
    help="The port to listen at; 0 takes one that is free.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="The address of this machine to listen at. With any other, whoever reaches it and knows "
    "the token can ask, and all goes over the network in the clear.",
)
@click.option(
    "--token-file",
    type=PATH,
    metavar="FILE",
    help="Where the token is kept, so that the address stays the same; made if it is not there, "
    "for you alone to read.  [default: a new token each time]",
)
def serve(
    memories: tuple[Path, ...],
    termbases: tuple[Path, ...],
    writable: str | None,
    source_language: str | None,
    target_language: str | None,
    port: int,
    host: str,
    token_file: Path | None,
) -> None:
    """Answers look-ups in memories and termbases by HTTP, for plug-ins and scripts.

    MEMORY... are files of pairs (TMX, XLIFF, PO, CSV, …); there may be none. It says its address,
    which ends in a token; every path follows on that.

    \b
      align serve memory.tmx --termbase terms.tbx
      align: look-ups at http://127.0.0.1:8765/TOKEN (Ctrl+C ends it)

    \b
    In another terminal, or from a program:
      A=http://127.0.0.1:8765/TOKEN
      curl $A/loaded
      curl -G $A/lookup -d text=The+red+sail -d source=en -d target=fr
      curl -G $A/concordance -d text=sail -d source=en -d target=fr
      curl -G $A/terms -d text=Two+red+sails -d source=en -d target=fr
      curl -G $A/terms/search -d text=sail -d source=en

    Answers are JSON; $A/openapi.json describes all of it (OpenAPI 3.1), and $A/ is a page for
    people. What is wrong is answered by a status and one line, as application/problem+json.

    \b
    It only reads, unless a new memory is named, to which units may then be added:
      align serve memory.tmx --writable new.tmx
      curl $A/units --json '{"source": "en", "target": "fr", "text": "Fog.",
                             "translation": "Brume."}'

    \b
    An address that stays the same, for a plug-in's settings:
      align serve memory.tmx --token-file ~/.align-token

    It is for this machine only, unless --host says otherwise. Files are read once, at the start. It
    needs: pip install '.[serve]'. Ctrl+C ends it.
    """  # noqa: D301 - click reads the character
    from align.references import References
    from align.references.additions import must_be_new
    from align.serving import server

    if (source_language is None) != (target_language is None):
        raise InputError("-s and -t go together: name both languages, or neither")
    languages = (source_language, target_language) if source_language and target_language else None
    new = None
    if writable is not None:
        must_be_new(writable)
        new = output_of(writable, [*memories, *termbases], force=False)
    token = _kept_token(token_file) if token_file else None
    lines: list[str] = []
    references = References(
        memories, termbases, languages=languages, writable=new, told=lines.append
    )
    warn(lines, most=_MOST_WARNINGS)

    def started(address: str) -> None:
        click.echo(f"align: look-ups at {address} (Ctrl+C ends it)", err=True)

    try:
        server.serve(references, started=started, host=host, port=port, token=token)
    except KeyboardInterrupt:
        click.echo("", err=True)
    if references.new and len(references.new.memory):
        click.echo(f"align: {len(references.new.memory):,} units in {writable}", err=True)


def _kept_token(path: Path) -> str:
    """The token that a file holds; where there is no file, a new one, which is then kept there."""
    from align.local_server import new_token

    must_be_regular(path)
    try:
        with path.open(encoding="ascii") as stream:
            token = stream.read(_LONGEST_TOKEN_FILE).strip()
    except FileNotFoundError:
        token = new_token()
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(f"{token}\n")
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
        return token
    except UnicodeDecodeError:
        token = ""
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error
    if not _TOKEN.fullmatch(token):
        raise InputError(
            "holds no token: 16 letters, digits, - and _ or more; name a file that is not there "
            "and it is made",
            path=path,
        )
    return token
