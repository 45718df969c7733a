"""`align tmx`: what is done to translation memories as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli.options import PATH, force_option, output_of
from align.errors import InputError
from align.terminal import warn

_OUTPUT = click.option(
    "-o", "--output", metavar="OUT", required=True, help="The memory to write; - is the screen."
)


@click.group(short_help="Merges, splits, filters, validates … memories.")
def tmx() -> None:
    """Works on translation memories (TMX) of any size, a unit at a time.

    \b
      align tmx validate memory.tmx                     what is wrong, its remedy
      align tmx merge old.tmx new.tmx -o all.tmx
      align tmx dedupe all.tmx --keep newest -o once.tmx
      align tmx filter all.tmx --language fr --since 2024-01-01 -o fr.tmx
      align tmx split all.tmx --by-language -o pairs/   a file for each pair
      align tmx clean all.tmx -o clean.tmx              and clean.dropped.tmx
      align tmx diff old.tmx new.tmx                    what a review changed
      align tmx lookup memory.tmx "The red sail."       as a CAT tool finds it

    Units pass through as they are, inline codes, properties and all.
    """  # noqa: D301 - click reads the character


@tmx.command(short_help="Writes several memories as one.")
@click.argument("files", type=PATH, nargs=-1, required=True)
@_OUTPUT
@force_option
def merge(files: tuple[Path, ...], output: str, *, force: bool) -> None:
    """Writes the units of all FILES... into one memory, in their order."""
    from align.memories import merge_tmx

    place = output_of(output, files, force=force)
    _say(f"{merge_tmx(files, place):,} units")


@tmx.command(short_help="Writes a memory as several files.")
@click.argument("file", type=PATH)
@click.option("-o", "--output", type=PATH, metavar="FOLDER", required=True, help="Where the files "
              "go.")  # fmt: skip
@click.option("--by-language", is_flag=True, help="A file for each language pair.")
@click.option("--by-property", metavar="NAME", default="", help="A file for each value of it.")
@click.option("--every", type=click.IntRange(1), default=None, metavar="N", help="A file for N "
              "units.")  # fmt: skip
@click.option("--force", is_flag=True, help="Write into a folder that has other files in it, and "
              "over what was changed.")  # fmt: skip
def split(
    file: Path,
    output: Path,
    by_language: bool,
    by_property: str,
    every: int | None,
    *,
    force: bool,
) -> None:
    """Writes FILE into several files: by language pair, by a property, or every so many units."""
    from align.memories import split_tmx

    written = split_tmx(
        file,
        output,
        by_language=by_language,
        by_property=by_property,
        every=every or 0,
        force=force,
    )
    for path, count in written.items():
        click.echo(f"{path}: {count:,} units")


@tmx.command("filter", short_help="Writes the units that are wanted.")
@click.argument("file", type=PATH)
@_OUTPUT
@click.option("--language", "languages", multiple=True, metavar="TAG", help="Keep what is in "
              "these languages, whatever their region; may be repeated.")  # fmt: skip
@click.option("--shortest", type=int, default=0, metavar="N", help="The fewest characters of a "
              "text.")  # fmt: skip
@click.option("--longest", type=int, metavar="N", help="The most characters of a text.")
@click.option("--min-confidence", type=float, metavar="P", help="The lowest confidence; units "
              "without one pass.")  # fmt: skip
@click.option("--since", default="", metavar="DATE", help="Changed on this day or later.")
@click.option("--until", default="", metavar="DATE", help="Changed on this day or earlier.")
@click.option("--property", "properties", multiple=True, metavar="NAME=VALUE",
              help="A property must have this value; may be repeated.")  # fmt: skip
@click.option("--pattern", default="", metavar="REGEX", help="A text must match it somewhere.")
@click.option("--without", default="", metavar="REGEX", help="No text must match it.")
@force_option
def filter_units(
    file: Path, output: str, properties: tuple[str, ...], *, force: bool, **options: Any
) -> None:
    """Writes the units of FILE that are wanted, those that pass every option."""
    from align.memories import Wanted, filter_tmx

    place = output_of(output, [file], force=force)
    pairs = {}
    for each in properties:
        name, equals, value = each.partition("=")
        if not equals:
            raise InputError(f"--property {each!r} is not like x-origin=manual")
        pairs[name] = value
    written, seen = filter_tmx(file, place, Wanted(properties=pairs, **options))
    _say(f"{written:,} of {seen:,} units")


@tmx.command(short_help="Writes each unit once.")
@click.argument("file", type=PATH)
@_OUTPUT
@click.option("--near", is_flag=True, help="Units are equal, too, that differ in case, "
              "punctuation and digits only.")  # fmt: skip
@click.option("--keep", type=click.Choice(["first", "newest", "best"]), default="first",
              show_default=True, help="Which of equal units stays.")  # fmt: skip
@force_option
def dedupe(file: Path, output: str, near: bool, keep: Any, *, force: bool) -> None:
    """Writes each unit of FILE once; several translations of one source all stay."""
    from align.memories import dedupe_tmx

    place = output_of(output, [file], force=force)
    written, seen = dedupe_tmx(file, place, near=near, keep=keep)
    _say(f"{written:,} of {seen:,} units")


@tmx.command(short_help="Counts units, languages, words, properties.")
@click.argument("file", type=PATH)
def stats(file: Path) -> None:
    """Counts what is in FILE: units, languages, words, properties, dates."""
    from align.memories import tmx_statistics

    found = tmx_statistics(file)
    click.echo(f"units\t{found.units}")
    click.echo(f"incomplete\t{found.incomplete}")
    click.echo(f"source\t{found.source}")
    click.echo(f"made by\t{found.tool}")
    click.echo(f"dates\t{found.first} {found.last}".rstrip())
    for tag, count in found.languages.items():
        click.echo(
            f"{tag}\t{count.units} units\t{count.words} words\t{count.characters} characters"
        )
    for name, times in found.properties.most_common():
        click.echo(f"property {name}\t{times} units")


@tmx.command(short_help="Shows in what two memories differ.")
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
def diff(old: Path, new: Path) -> None:
    """Shows what NEW has and OLD has not, and the other way round; ends with 1 if they differ."""
    from align.memories import diff_tmx

    found = diff_tmx(old, new)
    signs = {"added": "+", "removed": "-", "changed": "~"}
    for change in found.changes:
        place = old if change.kind == "removed" else new
        texts = " | ".join(" ".join(text.split()) for text in change.texts.values())
        click.echo(f"{signs[change.kind]} {place}:{change.line}: {texts}")
    counts = ", ".join(f"{found.count(kind):,} {kind}" for kind in signs)
    _say(f"{found.same:,} the same, {counts}")
    if found.changes:
        click.get_current_context().exit(1)


@tmx.command(short_help="Says what is wrong, and what mends it.")
@click.argument("files", type=PATH, nargs=-1, required=True)
@click.option("--strict", is_flag=True, help="End with 1 on warnings as well.")
def validate(files: tuple[Path, ...], strict: bool) -> None:
    """Says what is wrong with FILES..., line by line, and what mends it; ends with 1 on errors.

    An error is against TMX 1.4; a warning is what tools in use trip over.
    """
    from align.memories import validate_tmx

    failed = False
    for file in files:
        faults = validate_tmx(file)
        for fault in faults:
            click.echo(f"{file}:{fault.line}: {fault.severity}: {fault.message}; {fault.remedy}")
        failed = failed or any(strict or fault.severity == "error" for fault in faults)
        if not faults:
            _say(f"{file}: valid")
    if failed:
        click.get_current_context().exit(1)


@tmx.command(short_help="Looks a text up: exact and fuzzy matches.")
@click.argument("file", type=PATH)
@click.argument("text")
@click.option("-s", "--source-language", metavar="TAG", help="The language of TEXT.  [default: "
              "the memory's source]")  # fmt: skip
@click.option("-t", "--target-language", metavar="TAG", help="The language wanted, where the "
              "memory has several.")  # fmt: skip
@click.option("--least", type=click.IntRange(1, 100), default=70, show_default=True, metavar="N",
              help="The lowest score of a match, in per cent.")  # fmt: skip
@click.option("--most", type=click.IntRange(1), default=5, show_default=True, metavar="N",
              help="How many matches to show.")  # fmt: skip
@click.option("--concordance", is_flag=True, help="Show the units in which TEXT stands.")
def lookup(file: Path, text: str, **options: Any) -> None:
    """Looks TEXT up in FILE, any file of pairs: exact and fuzzy matches, the likest first."""
    from align.converting import memory_in
    from align.memories import MemoryIndex

    target = options["target_language"]
    memory = memory_in(file, source=options["source_language"], targets=[target] if target else [])
    index = MemoryIndex(memory.units, memory.source, memory.only_target("a look-up"))
    if options["concordance"]:
        found = index.concordance(text, most=options["most"])
    else:
        found = index.lookup(text, least=options["least"], most=options["most"])
    for match in found:
        said = "\t".join(" ".join(side.split()) for side in (match.source, match.target))
        click.echo(f"{match.score}\t{said}")
    if not found:
        less = "" if options["concordance"] else "; --least asks for less, --concordance for a part"
        warn([f"nothing is like it in the memory{less}"])


@tmx.command(short_help="Drops units that mislead.")
@click.argument("file", type=PATH)
@_OUTPUT
@click.option("--dropped", metavar="FILE", help="Where what is dropped goes.  [default: "
              "OUT with .dropped in its name]")  # fmt: skip
@force_option
def clean(file: Path, output: str, dropped: str | None, *, force: bool) -> None:
    """Writes FILE without units that mislead, and what was dropped, with its rule, beside it."""
    from align.memories import clean_tmx

    if dropped is None:
        if output == "-":
            raise InputError("name the file for what is dropped with --dropped")
        dropped = str(Path(output).with_suffix(".dropped.tmx"))
    if Path(output) == Path(dropped):
        raise InputError("is for what is kept; name another file with --dropped", path=dropped)
    kept_at = output_of(output, [file, Path(dropped)], force=force)
    dropped_at = output_of(dropped, [file], force=force)
    found = clean_tmx(file, kept_at, dropped_at)
    by_rule = ", ".join(f"{count:,} {rule}" for rule, count in found.dropped.items())
    _say(f"{found.kept:,} units kept; dropped: {by_rule or 'none'}")


def _say(text: str) -> None:
    click.echo(f"align: {text}", err=True)
