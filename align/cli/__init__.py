"""The command: reads its arguments, calls the library, shows what came of it.

One module a command; `options.py` holds what several of them share.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress

import click

from align import __version__
from align.cli.build import build
from align.cli.check import check
from align.cli.convert import convert
from align.cli.corpus import corpus
from align.cli.encoders import encoders
from align.cli.export import export
from align.cli.fetch import fetch
from align.cli.import_ import import_edits
from align.cli.omegat import omegat
from align.cli.pair import pair
from align.cli.review import review
from align.cli.score import score
from align.cli.segment import segment
from align.cli.serve import serve
from align.cli.srx import srx
from align.cli.stopping import noticed_stops
from align.cli.terms import terms
from align.cli.tmx import tmx
from align.errors import AlignError, one_line
from align.terminal import complete_streams

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def main() -> None:
    """Runs the command and exits.

    Exits with 0 when all went well, 1 when what was checked has faults, 2 on bad input, 130 when
    stopped by the user; with 1, and without a word, when whoever read the output closed it
    (`align srx | head -1`).
    """
    complete_streams()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a title may hold what the terminal lacks
    try:
        with noticed_stops() as stopped:
            code = commands.main(prog_name="align", standalone_mode=False)
            sys.stdout.flush()
    except click.ClickException as error:
        with suppress(OSError):
            error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        _say("stopped")
        sys.exit(130)
    except AlignError as error:
        _say(str(error))
        sys.exit(2)
    except (ImportError, SystemError):  # what a second Ctrl-C becomes in an import
        if not stopped:
            raise
        _say("stopped")
        sys.exit(130)
    except OSError as error:  # a disk that is full, a folder that went away
        _say(one_line(_what_the_system_said(error)))
        sys.exit(2)
    except MemoryError:
        _say("there is too little memory; align the text in parts")
        sys.exit(2)
    if code:  # what a command that checks something ended with
        sys.exit(code)


def _what_the_system_said(error: OSError) -> str:
    """Its message behind the file that it is about, as all messages are."""
    if error.filename is None or error.strerror is None:
        return _of_current_folder() or str(error)
    return f"{error.filename}: {error.strerror}"


def _of_current_folder() -> str:
    """What is wrong with the folder that the command was begun in; empty where nothing is."""
    try:
        os.getcwd()  # noqa: PTH109 - what raises is this call, whoever made it
    except OSError as error:
        folder = os.environ.get("PWD", ".")
        return f"{folder}: the current folder: {error.strerror}; change to one that is there"
    return ""


def _say(message: str) -> None:
    """Says why the command ends; where nothing can be written to, the exit code alone does."""
    with suppress(OSError):
        click.echo(f"align: {message}", err=True)


class _Commands(click.Group):
    """Lists the commands in the order in which one comes to need them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_Commands, context_settings=_CONTEXT)
@click.version_option(
    __version__, "-V", "--version", message="align %(version)s", help="Show the version and exit."
)
def commands() -> None:
    """Turns an article and its translations into a translation memory that people trust.

    \b
    A folder with one file a language (en.md, ja.md, fr.html, …):
      align build my-article/ -o out/     memories for CAT tools and a report
    \b
    An article on the web:
      align fetch https://example.org/en/article -o my-article/
    \b
    Two files:
      align pair en.txt ja.txt            what matches what, on the screen
      align pair en.txt ja.txt --to tmx -o memory.tmx
    \b
    What was paired wrongly, corrected by hand, and the memories of that:
      align review out/
      align export out/ -o memory/
    \b
    A translation under review:
      align check en.md fr.md             what is wrong with it
    \b
    Key terms, with or without a termbase:
      align terms my-article/ -o terms.html
    \b
    Memories and termbases, for plug-ins and scripts to look things up in:
      align serve memory.tmx --termbase terms.tbx
    \b
    Research, one segment a line:
      align pair de.txt fr.txt --segmented --to indices -o guess.txt
      align score gold.txt guess.txt
    \b
    A corpus of many documents:
      align corpus documents.jsonl -o out/

    Languages are named by tags such as en, ja, zh-Hans, pt-BR. A segment is a sentence or a
    heading; a bead is the segments of both texts that translate one another, 2-1 for two that
    became one. `align COMMAND -h` says more of each command.
    """  # noqa: D301 - click reads the character


for _command in (
    build, fetch, pair, review, export, convert, import_edits, tmx, serve, omegat, check, terms,
    corpus, score, segment, srx, encoders,
):  # fmt: skip
    commands.add_command(_command)
