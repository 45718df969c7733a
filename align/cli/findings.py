"""What the commands that report findings share: formats, termbases, counts, how they end."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.cli.options import told
from align.errors import InputError
from align.findings import SEVERITIES
from align.languages import nearest_tags
from align.skipped import Skipped
from align.terminal import warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from align.findings import Severity
    from align.registry import Writers
    from align.termbases import Termbase

    Decorator = Callable[[Callable[..., None]], Callable[..., None]]


def fail_on_option(what: str) -> Decorator:
    """The option `--fail-on`, for a command whose findings are called so."""
    return click.option(
        "--fail-on",
        type=click.Choice([*SEVERITIES, "never"]),
        default=SEVERITIES[0],
        show_default=True,
        help=f"The least grave {what} that makes the command end with 1.",
    )


_LONGEST_METAVAR = 50


class _Formats(click.Choice[str]):
    """The names of some formats, looked up when somebody asks."""

    def __init__(self, formats: Writers[Any]) -> None:
        self._formats = formats
        self.case_sensitive = True

    @property
    def choices(self) -> Sequence[str]:  # type: ignore[override]
        """The names, as `click.Choice` has them."""
        return tuple(self._formats)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """The names where they fit a line; else the help says them, which it does anyway."""
        shown = "|".join(self.choices)
        return f"[{shown}]" if len(shown) <= _LONGEST_METAVAR else "FORMAT"


def format_option(formats: Writers[Any], note: str) -> Decorator:
    """The option `--to`, whose choices and help are the formats that are registered."""
    return click.option(
        "--to",
        type=_Formats(formats),
        metavar="FORMAT",
        **told(lambda: f"{formats.help}.  {note}"),
    )


def state_option(command: Callable[..., None]) -> Callable[..., None]:
    """The option `--state`, for a command that takes files of pairs."""
    from align.formats.states import STATES

    return click.option(
        "--state",
        "states",
        multiple=True,
        metavar="STATE",
        help="Of a file of pairs, take only units that are so far, and may be repeated: "
        f"{', '.join(STATES)}, or a word of the file.  [default: all]",
    )(command)


def fails(severities: Iterable[Severity], least: str) -> bool:
    """Whether one of the severities found is as grave as `--fail-on` says."""
    grave = SEVERITIES[: SEVERITIES.index(least) + 1] if least in SEVERITIES else ()
    return any(severity in grave for severity in severities)


def counted(count: int, what: str) -> str:
    """A number and what there are so many of: `1 error`, `2,000 errors`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def counted_by_severity(severities: Iterable[Severity]) -> str:
    """How many findings there are of each severity: `2 errors, 1 warning, 0 notes`."""
    found = list(severities)
    return ", ".join(counted(found.count(severity), severity) for severity in SEVERITIES)


def format_and_place(
    to: str | None, output: str | None, formats: Writers[Any], *, on_screen: str | None
) -> tuple[str | None, str]:
    """In which format to write, and where.

    Args:
        to: The format asked for, if any.
        output: The file named, if any; `-` is the screen.
        formats: The formats there are.
        on_screen: The format where neither is given; None where there is none.

    Raises:
        InputError: If the name does not tell the format, or a workbook would go to the screen.
    """
    if to is None:
        to = on_screen
        if output is not None and not (output == "-" and on_screen):
            named = formats.of_ending(Path(output).suffix)
            if named is None:
                raise InputError("does not show by its ending what to write; say --to", path=output)
            to = named.name
    if to and formats[to].is_binary and output in (None, "-") and sys.stdout.isatty():
        what = "a workbook" if to == "xlsx" else to
        raise InputError(f"{what} cannot be shown on the screen; name a file with -o")
    return to, "-" if output is None else output


def languages_of(folder: Path, pivot: str | None) -> list[str]:
    """The languages of a folder, the pivot first: known before minutes of alignment."""
    from align.documents import read_corpus

    return [edition.language for edition in read_corpus(folder, pivot=pivot).editions]


def read_termbases(paths: Sequence[Path], languages: Sequence[str]) -> list[Termbase]:
    """The termbases that the command names, for texts in some languages, the pivot first.

    Warns of one that has no entry in the pivot and another of the languages.
    """
    from align.formats.termbases import read_termbase

    pair = (languages[0], languages[1]) if len(languages) == 2 else None
    termbases = []
    for path in paths:
        skipped = Skipped()
        termbases.append(read_termbase(path, languages=pair, skipped=skipped))
        warn(skipped.messages(path))
    for path, termbase in zip(paths, termbases, strict=True):
        warn_if_of_no_use(path, [entry.languages for entry in termbase.entries], languages)
    return termbases


def warn_if_of_no_use(path: Path, there: Iterable[Sequence[str]], languages: Sequence[str]) -> None:
    """Warns of a file that tells nothing of texts in some languages, the pivot first.

    Args:
        path: The file.
        there: The languages of each of its entries.
        languages: Those of the texts.
    """
    pivot, *others = languages
    entries = list(dict.fromkeys(map(tuple, there)))
    for tags in entries:
        sources = nearest_tags(pivot, tags)
        if sources and any(set(nearest_tags(other, tags)) - {sources[0]} for other in others):
            return
    found = ", ".join(dict.fromkeys(tag for tags in entries for tag in tags)) or "nothing"
    warn(
        [
            f"{path}: has nothing in both {pivot} and {' or '.join(others)}, only {found}; "
            "it is of no use here. Give the right file, or correct the tags of its languages"
        ]
    )
