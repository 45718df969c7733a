"""`align convert`: files of pairs and termbases from any format to any other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.cli.findings import format_and_place, state_option
from align.cli.options import PATH, force_option, output_of, told
from align.export import DEFAULT_PROFILE, language_pairs
from align.formats.registry import MEMORY_WRITERS, TERMBASE_WRITERS
from align.skipped import Skipped
from align.terminal import warn

if TYPE_CHECKING:
    from align.registry import Writers


def _formats() -> str:
    return (
        f"Of pairs: {MEMORY_WRITERS.help}.  Of termbases: {', '.join(TERMBASE_WRITERS)}.  "
        "[default: by the ending of -o]"
    )


def profiles() -> str:
    """The help of the option that chooses a tool."""
    from align.formats.tmx.profiles import PROFILES

    return f"The tool that the file is for: {', '.join(PROFILES)}."


@click.command(short_help="Converts bilingual files and termbases.")
@click.argument("file", type=PATH)
@click.option("--to", metavar="FORMAT", **told(_formats))
@click.option("-o", "--output", metavar="OUT", default="-", help="Where to write.  [default: the "
              "screen]")  # fmt: skip
@click.option("-s", "--source-language", metavar="TAG", help="The language that is translated, "
              "where FILE does not say it or has several.")  # fmt: skip
@click.option("-t", "--target-language", "targets", multiple=True, metavar="TAG", help="A language "
              "that it is translated into; may be repeated.  [default: all there are]")  # fmt: skip
@click.option(
    "--profile", default=DEFAULT_PROFILE, show_default=True, metavar="TOOL", **told(profiles)
)
@click.option(
    "--tmx-lang",
    multiple=True,
    metavar="TAG=TAG",
    help="Write a language under another tag, as in en=en-GB; may be repeated.",
)
@state_option
@click.option("--no-props", is_flag=True, help="Leave properties, confidence and the like out.")
@click.option("--context", is_flag=True, help="Write what stands before and after each unit into "
              "memories.")  # fmt: skip
@click.option("--termbase", is_flag=True, help="FILE is a termbase, and not a table of pairs.")
@force_option
def convert(file: Path, output: str, **options: Any) -> None:
    """Writes FILE in another format, with as much of it as that can hold.

    FILE is a bilingual file, a memory or a termbase; docs/formats.md lists what is read, and what
    each format can carry.

    \b
      align convert job.sdlxliff -o job.xlsx
      align convert memory.tmx -t fr --profile trados -o memory.fr.tmx
      align convert app.po --to jsonl
      align convert terms.mtf -o terms.tbx
    """  # noqa: D301 - click reads the character
    from align.converting import convert as convert_pairs
    from align.converting import convert_termbase

    skipped = Skipped()
    named = None if output == "-" else output
    to = options["to"]
    if options["termbase"] or _is_of_terms(file, to, named):
        to, place = format_and_place(to, named, _known(to, TERMBASE_WRITERS), on_screen="tsv")
        place = output_of(place, [file], force=options["force"])
        targets = options["targets"]
        pair = options["source_language"], targets[0] if targets else None
        said = convert_termbase(
            file,
            place,
            to=to or "tsv",
            languages=(pair[0], pair[1]) if pair[0] and pair[1] else None,
            skipped=skipped,
        )
    else:
        to, place = format_and_place(to, named, _known(to, MEMORY_WRITERS), on_screen="tsv")
        place = output_of(place, [file], force=options["force"])
        said = convert_pairs(
            file,
            place,
            to=to or "tsv",
            source=options["source_language"],
            targets=options["targets"],
            states=options["states"],
            profile=options["profile"],
            languages_as=language_pairs(options["tmx_lang"]),
            properties=not options["no_props"],
            context=options["context"],
            skipped=skipped,
        )
    warn((*skipped.messages(file), *said))


def _is_of_terms(file: Path, to: str | None, output: str | None) -> bool:
    """Whether a termbase is converted: what is to be written says so, else what is read."""
    from align.converting import is_termbase

    ending = Path(output or "").suffix
    terms = to in TERMBASE_WRITERS if to else TERMBASE_WRITERS.of_ending(ending) is not None
    pairs = to in MEMORY_WRITERS if to else MEMORY_WRITERS.of_ending(ending) is not None
    return is_termbase(file) if terms == pairs else terms


def _known(to: str | None, formats: Writers[Any]) -> Writers[Any]:
    """The formats, if the one that is asked for is among them."""
    if to is not None and to not in formats:
        raise click.BadParameter(f"{to!r} is none of {', '.join(formats)}", param_hint="--to")
    return formats
