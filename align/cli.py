"""The command: reads its arguments, calls the library, shows what came of it."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align import __version__
from align.errors import AlignError, InputError
from align.terminal import progress, show_scores, show_scores_as_json, show_summary, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from align.documents import Document
    from align.pipeline import Settings

_PATH = click.Path(path_type=Path)
_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def main() -> None:
    """Runs the command and exits.

    Exits with 0 when all went well, 2 on bad input, 130 when stopped by the user; with 1, and
    without a word, when whoever read the output closed it (`align srx | head -1`).
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a title may hold what the terminal lacks
    try:
        commands.main(prog_name="align", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("align: stopped", err=True)
        sys.exit(130)
    except AlignError as error:
        click.echo(f"align: {error}", err=True)
        sys.exit(2)


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
    Two files:
      align pair en.txt ja.txt            what matches what, on the screen
      align pair en.txt ja.txt --to tmx -o memory.tmx
    \b
    Research, one segment a line:
      align pair de.txt fr.txt --segmented --to indices -o guess.txt
      align score gold.txt guess.txt

    Languages are named by tags such as en, ja, zh-Hans, pt-BR. A segment is a sentence or a
    heading; a bead is the segments of both texts that translate one another, 2-1 for two that
    became one. `align COMMAND -h` says more of each command.
    """  # noqa: D301 - click reads the character


def _common_options(command: Callable[..., None]) -> Callable[..., None]:
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
            type=_PATH,
            metavar="FILE",
            help="Cut texts by your own rules (SRX 2.0), for instance your CAT tool's.",
        ),
        click.option(
            "--longest",
            type=click.IntRange(1, 8),
            default=4,
            show_default=True,
            metavar="N",
            help="The most segments of one text that a bead may have.",
        ),
        click.option(
            "--largest",
            type=click.IntRange(2, 16),
            default=8,
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


def _settings(options: dict[str, Any]) -> Settings:
    from align.aligner.settings import AlignerSettings
    from align.pipeline import Settings

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
    )


@commands.command(short_help="Aligns a folder's editions: memories and a report.")
@click.argument("folder", type=_PATH)
@click.option(
    "-o",
    "--output",
    type=_PATH,
    required=True,
    metavar="OUT",
    help="Folder to write to; made if missing.",
)
@click.option(
    "--pivot",
    metavar="TAG",
    help="The language all others are aligned to, best that of the original.  "
    "[default: corpus.toml's, else en]",
)
@click.option(
    "--tmx-profile",
    default="default",
    show_default=True,
    metavar="TOOL",
    help="The tool the memories are for: default, bcp47, omegat, trados, memoq, phrase, matecat, "
    "lokalize.",
)
@click.option(
    "--tmx-lang",
    multiple=True,
    metavar="TAG=TAG",
    help="Write a language under another tag, as in en=en-GB; may be repeated.",
)
@click.option("--no-props", is_flag=True, help="Leave confidence and the like out of memories.")
@click.option(
    "--context", is_flag=True, help="Write what stands before and after each unit into memories."
)
@click.option(
    "--force", is_flag=True, help="Overwrite files in OUT that were changed, or are not align's."
)
@_common_options
def build(folder: Path, output: Path, **options: Any) -> None:
    """Aligns all editions in FOLDER and writes translation memories and a report.

    FOLDER holds one text file, Markdown file or web page a language, named by it: en.txt,
    article.ja.html, fr/article.md, … A corpus.toml may give title, licence, pivot and languages.

    \b
    OUT receives
      NAME.en-ja.tmx, …      one memory a language pair, for CAT tools
      NAME.tmx               all languages in one, for exchange and research
      NAME.alignment.json    everything, for programs
      report.html            to read: open it in a browser
    where NAME is the name of FOLDER.
    """  # noqa: D301 - click reads the character
    from align.export import MemoryOptions, write_build
    from align.pipeline import build as build_article

    memory = MemoryOptions(
        profile=options["tmx_profile"],
        languages_as=_language_pairs(options["tmx_lang"]),
        properties=not options["no_props"],
        context=options["context"],
    )
    if output.resolve() == folder.resolve():
        raise InputError("holds the editions; choose another folder with -o", path=output)
    with progress(options["quiet"]) as start:
        article = build_article(
            folder, pivot=options["pivot"], settings=_settings(options), progress=start
        )
        written = write_build(article, output, options=memory, force=options["force"])
    warn(written.warnings)
    if not options["quiet"]:
        show_summary(article, written)


@commands.command(short_help="Aligns two files.")
@click.argument("source", type=_PATH)
@click.argument("target", type=_PATH)
@click.option(
    "-s",
    "--source-language",
    metavar="TAG",
    help="Language of SOURCE.  [default: as the text looks]",
)
@click.option(
    "-t",
    "--target-language",
    metavar="TAG",
    help="Language of TARGET.  [default: as the text looks]",
)
@click.option(
    "--segmented",
    is_flag=True,
    help="Each line is a segment: no line is cut or merged, and empty lines count.",
)
@click.option(
    "--to",
    type=click.Choice(["tsv", "json", "indices", "tmx"]),
    default="tsv",
    show_default=True,
    help="tsv: a table to read or to open as a spreadsheet; json: everything, for programs; "
    "indices: lines like [0, 1]:[2]:0.8312, for scorers; tmx: a translation memory.",
)
@click.option(
    "-o", "--output", default="-", metavar="FILE", help="Where to write.  [default: the screen]"
)
@_common_options
def pair(source: Path, target: Path, **options: Any) -> None:
    """Aligns two files, SOURCE and TARGET.

    Web pages (.html) and Markdown (.md) are read as such, any other file as plain text.

    \b
      align pair en.txt ja.txt
      align pair en.txt ja.txt --to tmx -o memory.tmx
      align pair dev.de dev.fr -s de -t fr --segmented --to indices
    """  # noqa: D301 - click reads the character
    from align.formats import write_pair
    from align.pipeline import pair as align_pair

    _must_not_be_read(options["output"], [source, target])
    texts = [_read(path, segmented=options["segmented"]) for path in (source, target)]
    with progress(options["quiet"]) as start:
        result = align_pair(
            *texts,
            source_language=options["source_language"],
            target_language=options["target_language"],
            segmented=options["segmented"],
            settings=_settings(options),
            progress=start,
            name=source.stem,
        )
    warn(write_pair(options["output"], result, to=options["to"]))


@commands.command(short_help="Scores beads against gold: precision, recall, F1.")
@click.argument("gold", type=_PATH)
@click.argument("predicted", type=_PATH)
@click.option("--each", is_flag=True, help="Show the figures of each file as well.")
@click.option("--json", "as_json", is_flag=True, help="Show the figures and counts as JSON.")
def score(gold: Path, predicted: Path, *, each: bool, as_json: bool) -> None:
    """Scores PREDICTED beads against GOLD: strict and lax precision, recall and F1.

    Both are files of lines like [0, 1]:[2]:0.83 (the score may be missing), as
    `align pair --to indices` writes them, or folders of such files with the same names, whatever
    their endings; where GOLD has files that end in .gold, only those count. Counts are summed
    over files.

    Strict: a bead is right if gold has exactly it. Lax: if it overlaps a bead of gold on both
    sides. Segments left unaligned count for precision and not for recall.
    """
    from align.scoring import score_files

    pairs = _matching_files(gold, predicted)
    total = score_files(list(pairs.values()))
    single = {name: score_files([files]) for name, files in pairs.items()} if each else {}
    if as_json:
        show_scores_as_json(total, single)
        return
    show_scores(single | {"all" if len(pairs) > 1 or each else gold.name: total})
    click.echo(total.signature)


@commands.command(short_help="Cuts a file into segments, one a line.")
@click.argument("file", type=_PATH)
@click.option(
    "-l", "--language", metavar="TAG", help="Language of FILE.  [default: as the text looks]"
)
@click.option("--srx", type=_PATH, metavar="FILE", help="Cut by your own rules (SRX 2.0).")
@click.option(
    "-o", "--output", default="-", metavar="FILE", help="Where to write.  [default: the screen]"
)
def segment(file: Path, language: str | None, srx: Path | None, output: str) -> None:
    """Cuts FILE into segments and prints them, one a line.

    Web pages (.html) and Markdown (.md) are read as such, any other file as plain text. What is
    printed can be aligned with `align pair --segmented`.
    """
    from align.formats.atomic import open_for_writing
    from align.languages import join_segments
    from align.pipeline import segment as cut

    _must_not_be_read(output, [file])
    edition = cut(_read(file, segmented=False), language, srx=srx)
    with open_for_writing(output) as stream:
        for piece in edition.segments:
            stream.write(join_segments([piece.text], edition.language) + "\n")


@commands.command(short_help="Prints the segmentation rules (SRX), for your CAT tool.")
@click.option(
    "-o", "--output", default="-", metavar="FILE", help="Where to write.  [default: the screen]"
)
def srx(output: str) -> None:
    """Prints the segmentation rules as SRX 2.0, to be imported into a CAT tool.

    A memory fills a new text best where the tool cuts it as align cut the old one.
    """
    from align.formats.atomic import open_for_writing
    from align.segmentation import default_rules

    with open_for_writing(output) as stream:
        stream.write(default_rules())


@commands.command()
def encoders() -> None:
    """Lists the sentence encoders and the languages they know."""
    from align.encoders import DEFAULT_ENCODER, model_cards

    cards = model_cards().values()
    for card in sorted(cards, key=lambda card: (card.name != DEFAULT_ENCODER, card.name)):
        needs = f" (needs: pip install 'align-editions[{card.extra}]')" if card.extra else ""
        default = " (the default)" if card.name == DEFAULT_ENCODER else ""
        click.echo(f"{card.name}{needs}{default}")
        click.echo(f"    {card.title}; licence {card.licence}")
        languages = " ".join(card.languages) or "any, less reliably"
        click.echo(click.wrap_text(languages, 80, "    ", "    "))


def _read(path: Path, *, segmented: bool) -> str | Document:
    from align.documents.reading import read_document, read_lines

    return read_lines(path) if segmented else read_document(path, any_kind=True)


def _must_not_be_read(output: str, inputs: Sequence[Path]) -> None:
    if output != "-" and any(Path(output).resolve() == path.resolve() for path in inputs):
        raise InputError("is a text to be read; write to another file with -o", path=output)


def _language_pairs(pairs: tuple[str, ...]) -> dict[str, str]:
    from align.languages import normalise_tag

    result = {}
    for pair_text in pairs:
        language, equals, tag = pair_text.partition("=")
        if not (language and equals and tag):
            raise InputError(f"--tmx-lang {pair_text!r} is not like en=en-GB")
        result[normalise_tag(language)] = tag
    return result


def _matching_files(gold: Path, predicted: Path) -> dict[str, tuple[Path, Path]]:
    """The gold files by name, each with the prediction to be scored against it."""
    for path in (gold, predicted):
        if not path.exists():
            raise InputError("there is no such file or folder", path=path)
    if gold.is_dir() != predicted.is_dir():
        file, folder = (predicted, gold) if gold.is_dir() else (gold, predicted)
        raise InputError(f"is a file, but {folder} is a folder; give two of a kind", path=file)
    if not gold.is_dir():
        return {gold.name: (gold, predicted)}
    guesses: dict[Path, list[Path]] = {}
    for path in _files_in(predicted):
        guesses.setdefault(path.relative_to(predicted).with_suffix(""), []).append(path)
    rights = _files_in(gold)
    rights = [path for path in rights if path.suffix == ".gold"] or rights
    if not rights:
        raise InputError("holds no gold files", path=gold)
    pairs = {}
    for right in rights:
        name = right.relative_to(gold)
        found = guesses.get(name.with_suffix(""), [])
        if len(found) != 1:
            what = "has no counterpart" if not found else f"has {len(found)} counterparts"
            remedy = f"it should have one, called '{name.with_suffix('')}' with any ending"
            raise InputError(f"{what} in {predicted}; {remedy}", path=right)
        pairs[name.as_posix()] = (right, found[0])
    return pairs


def _files_in(folder: Path) -> list[Path]:
    paths = (path for path in folder.rglob("*") if not path.name.startswith("."))
    return sorted(path for path in paths if path.is_file())
