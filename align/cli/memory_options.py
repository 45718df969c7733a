"""The options of commands that write memories."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from align.cli.options import told
from align.export import DEFAULT_PROFILE, MemoryOptions, language_pairs


def tools() -> str:
    """The help of the option that chooses a CAT tool."""
    from align.formats.tmx.profiles import PROFILES

    return f"The tool the memories are for: {', '.join(PROFILES)}."


def memory_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of how memories are written, for `memory_options_of`."""
    options = [
        click.option(
            "--tmx-profile",
            default=DEFAULT_PROFILE,
            show_default=True,
            metavar="TOOL",
            **told(tools),
        ),
        click.option(
            "--tmx-lang",
            multiple=True,
            metavar="TAG=TAG",
            help="Write a language under another tag, as in en=en-GB; may be repeated.",
        ),
        click.option(
            "--no-props", is_flag=True, help="Leave confidence and the like out of memories."
        ),
        click.option(
            "--context",
            is_flag=True,
            help="Write what stands before and after each unit into memories.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def memory_options_of(options: dict[str, Any]) -> MemoryOptions:
    """How memories are to be written, as the command line says.

    Raises:
        InputError: If a language is not given as `TAG=TAG`.
    """
    return MemoryOptions(
        profile=options["tmx_profile"],
        languages_as=language_pairs(options["tmx_lang"]),
        properties=not options["no_props"],
        context=options["context"],
    )
