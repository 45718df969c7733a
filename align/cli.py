"""The command: reads its arguments, calls the library, shows what came of it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align import __version__
from align.errors import AlignError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from align.article import AlignedArticle
    from align.documents import Document
    from align.export import Written
    from align.pipeline import Settings, StartProgress

_EXISTING = click.Path(path_type=Path)
_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def main() -> None:
    """Runs the command and exits: 0 clean, 1 problems found, 2 bad input."""
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
    except BrokenPipeError:  # whoever read our output has seen enough
        sys.stderr.close()
        sys.exit(0)


@click.group(context_settings=_CONTEXT)
@click.version_option(__version__, "-V", "--version", message="align %(version)s")
def commands() -> None:
    """Turns an article and its translations into a translation memory that people trust.

    \b
    The usual way:
      align build my-article/ -o out/     # en.md, ja.md, fr.html, … → TMX, report
      align pair en.txt ja.txt            # two files → a table of what matches what
    \b
    For research:
      align pair de.txt fr.txt --segmented --to indices -o guess.txt
      align score gold.txt guess.txt
    """


def _common_options(command: Callable[..., None]) -> Callable[..., None]:
    options = [
        click.option(
            "--encoder",
            default="use-multilingual",
            show_default=True,
            metavar="NAME|FOLDER|CARD",
            help="Sentence encoder: a name that `align encoders` lists, a folder with a "
            "transformers model, or a model card (TOML).",
        ),
        click.option(
            "--srx",
            type=_EXISTING,
            metavar="FILE",
            help="Your own segmentation rules (SRX 2.0), for instance your CAT tool's.",
        ),
        click.option(
            "--min-confidence",
            type=click.FloatRange(0, 1),
            default=0.5,
            show_default=True,
            help="Beads less sure than this stay out of the translation memory.",
        ),
        click.option(
            "--longest",
            type=click.IntRange(1, 8),
            default=4,
            show_default=True,
            help="The most segments of one side that a bead may have.",
        ),
        click.option(
            "--largest",
            type=click.IntRange(2, 16),
            default=8,
            show_default=True,
            help="The most segments of both sides together that a bead may have.",
        ),
        click.option("--no-moves", is_flag=True, help="Do not look for beads out of order."),
        click.option(
            "--allow-uncovered",
            is_flag=True,
            help="Align languages the encoder does not know by length, numbers and names.",
        ),
        click.option("--device", metavar="NAME", help="Where a transformers encoder runs: cpu, …"),
        click.option("--no-cache", is_flag=True, help="Neither read nor keep vectors on disk."),
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


@commands.command()
@click.argument("folder", type=_EXISTING)
@click.option(
    "-o", "--output", type=_EXISTING, required=True, metavar="OUT", help="Folder to write to."
)
@click.option("--pivot", metavar="TAG", help="The edition all others are aligned to.  [default: en]")
@click.option(
    "--tmx-profile",
    default="default",
    show_default=True,
    metavar="TOOL",
    help="The tool the memories are for: default, omegat, trados, memoq, phrase, matecat, "
    "lokalize, bcp47.",
)
@click.option(
    "--tmx-lang",
    multiple=True,
    metavar="TAG=TAG",
    help="Write a language under another tag, as in zh-Hans=zh-CN; may be repeated.",
)
@click.option("--no-props", is_flag=True, help="No properties in the memories.")
@click.option("--context", is_flag=True, help="Write each unit's neighbours into the memories.")
@click.option("--force", is_flag=True, help="Overwrite files that were changed since written.")
@_common_options
def build(folder: Path, output: Path, **options: Any) -> None:
    """Aligns all editions in FOLDER and writes translation memories and a report.

    FOLDER holds one text file, Markdown file or web page a language: en.txt, article.ja.html,
    fr/article.md, …; a corpus.toml may give title, licence and languages.

    \b
    OUT receives
      NAME.en-ja.tmx, …      one memory a language pair, for CAT tools
      NAME.tmx               all languages in one, for exchange and research
      NAME.alignment.json    everything, for the other commands
      report.html            to read: open it in a browser
    """
    from align.export import MemoryOptions, write_build
    from align.pipeline import build as build_article

    memory = MemoryOptions(
        profile=options["tmx_profile"],
        languages_as=_language_pairs(options["tmx_lang"]),
        properties=not options["no_props"],
        context=options["context"],
    )
    with _progress(options["quiet"]) as progress:
        article = build_article(
            folder, pivot=options["pivot"], settings=_settings(options), progress=progress
        )
        written = write_build(article, output, options=memory, force=options["force"])
    _warn(written.warnings)
    if not options["quiet"]:
        _show_summary(article, written)


@commands.command()
@click.argument("source", type=_EXISTING)
@click.argument("target", type=_EXISTING)
@click.option("-s", "--source-language", metavar="TAG", help="Detected where not given.")
@click.option("-t", "--target-language", metavar="TAG", help="Detected where not given.")
@click.option("--segmented", is_flag=True, help="One segment a line; no line is cut or merged.")
@click.option(
    "--to",
    type=click.Choice(["tsv", "json", "indices", "tmx"]),
    default="tsv",
    show_default=True,
    help="tsv: a table to read or to open as a spreadsheet; json: everything; indices: "
    "[0, 1]:[2]:0.8312, what scorers read; tmx: a translation memory.",
)
@click.option(
    "-o", "--output", default="-", metavar="FILE", help="Where to write.  [default: the screen]"
)
@_common_options
def pair(source: Path, target: Path, **options: Any) -> None:
    """Aligns two files, SOURCE and TARGET.

    \b
      align pair en.txt ja.txt
      align pair de.txt fr.txt -s de -t fr --segmented --to indices
    """
    from align.formats import write_pair
    from align.pipeline import pair as align_pair

    texts = [_read(path, segmented=options["segmented"]) for path in (source, target)]
    with _progress(options["quiet"]) as progress:
        result = align_pair(
            *texts,
            source_language=options["source_language"],
            target_language=options["target_language"],
            segmented=options["segmented"],
            settings=_settings(options),
            progress=progress,
            name=source.stem,
        )
    _warn(write_pair(options["output"], result, to=options["to"]))


@commands.command()
@click.argument("gold", type=_EXISTING)
@click.argument("predicted", type=_EXISTING)
@click.option("--each", is_flag=True, help="A line for each file as well.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
def score(gold: Path, predicted: Path, *, each: bool, as_json: bool) -> None:
    """Scores PREDICTED beads against GOLD: strict and lax precision, recall and F1.

    Both are files of lines like [0, 1]:[2]:0.83 (the score may be missing), or folders with files
    of the same names whatever their endings. Counts are summed over files.

    Strict: a bead is right if gold has exactly it. Lax: if it overlaps gold's on both sides.
    Unaligned segments count where precision is asked, not where recall is.
    """
    from align.scoring import score_files

    pairs = _matching_files(gold, predicted)
    total = score_files(pairs)
    rows = [("all", total)] if len(pairs) > 1 else [(gold.name, total)]
    if each and len(pairs) > 1:
        rows = [(right.name, score_files([(right, guess)])) for right, guess in pairs] + rows
    if as_json:
        import json
        from dataclasses import asdict

        figures = {name: asdict(scores) for name, scores in rows}
        for name, scores in rows:
            for way, counts in (("strict", scores.strict), ("lax", scores.lax)):
                figures[name][way] |= {
                    "precision": counts.precision,
                    "recall": counts.recall,
                    "f1": counts.f1,
                }
        click.echo(json.dumps(figures, indent=2))
        return
    width = max(len(name) for name, _ in rows)
    click.echo(f"{'':{width}}         precision  recall      F1")
    for name, scores in rows:
        for way, counts in (("strict", scores.strict), ("lax", scores.lax)):
            click.echo(
                f"{name:{width}}  {way:6} {counts.precision:9.4f}{counts.recall:8.4f}{counts.f1:8.4f}"
            )
    click.echo(total.signature)


@commands.command()
@click.argument("file", type=_EXISTING)
@click.option("-l", "--language", metavar="TAG", help="Detected where not given.")
@click.option("--srx", type=_EXISTING, metavar="FILE", help="Your own rules (SRX 2.0).")
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to write.")
def segment(file: Path, language: str | None, srx: Path | None, output: str) -> None:
    """Cuts FILE into segments and prints them, one a line."""
    from align.formats.atomic import open_for_writing
    from align.languages import join_segments
    from align.pipeline import segment as cut

    edition = cut(_read(file, segmented=False), language, srx=srx)
    with open_for_writing(output) as stream:
        for piece in edition.segments:
            stream.write(join_segments([piece.text], edition.language) + "\n")


@commands.command()
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to write.")
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
    from align.encoders import model_cards

    for card in model_cards().values():
        needs = "  (needs align-editions[transformers])" if card.kind == "transformers" else ""
        click.echo(f"{card.name}{needs}\n    {card.title}; licence {card.licence}")
        languages = " ".join(card.languages) or "any, at low confidence"
        click.echo(click.wrap_text(languages, 96, "    ", "    "))


def _read(path: Path, *, segmented: bool) -> str | Document:
    from align.documents.reading import read_document, read_lines

    return read_lines(path) if segmented else read_document(path)


def _language_pairs(pairs: tuple[str, ...]) -> dict[str, str]:
    from align.languages import normalise_tag

    result = {}
    for pair_text in pairs:
        language, equals, tag = pair_text.partition("=")
        if not (language and equals and tag):
            raise InputError(f"--tmx-lang {pair_text!r} is not like zh-Hans=zh-CN")
        result[normalise_tag(language)] = tag
    return result


def _matching_files(gold: Path, predicted: Path) -> list[tuple[Path, Path]]:
    if not gold.is_dir():
        return [(gold, predicted)]
    if not predicted.is_dir():
        raise InputError("is a file, but the gold is a folder; give two of one kind",
                         path=predicted)  # fmt: skip
    guesses = {
        path.relative_to(predicted).with_suffix(""): path
        for path in sorted(predicted.rglob("*"))
        if path.is_file()
    }
    endings = {path.suffix for path in gold.rglob("*.gold")}
    rights = sorted(path for path in gold.rglob("*.gold" if endings else "*") if path.is_file())
    pairs = []
    for right in rights:
        guess = guesses.get(right.relative_to(gold).with_suffix(""))
        if guess is None:
            raise InputError(f"has no counterpart in {predicted}", path=right)
        pairs.append((right, guess))
    return pairs


@contextmanager
def _progress(quiet: bool) -> Iterator[StartProgress | None]:
    """A progress bar on standard error, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:

        def start(what: str, steps: int) -> Callable[[int], None]:
            task = bar.add_task(what, total=steps)
            return lambda done: bar.advance(task, done)

        yield start


def _warn(warnings: tuple[str, ...]) -> None:
    for warning in warnings:
        click.echo(f"align: warning: {warning}", err=True)


def _show_summary(article: AlignedArticle, written: Written) -> None:
    from rich.console import Console
    from rich.table import Table

    from align.summary import summarise

    pivot_size = len(article.editions[article.pivot].segments)
    table = Table(title=f"{article.title}\n{article.pivot}: {pivot_size} segments")
    table.add_column("language")
    for name in ("segments", "1-1", "other", "unaligned", "moved", "aligned", "units", "held back"):
        table.add_column(name, justify="right")
    for language, alignment in article.alignments.items():
        summary = summarise(alignment, min_confidence=article.min_confidence)
        one_to_one, moved = summary.kinds.get("1-1", 0), summary.kinds.get("moved", 0)
        aligned = summary.beads - summary.unaligned
        table.add_row(
            language,
            str(summary.target_segments),
            str(one_to_one),
            str(aligned - one_to_one - moved),
            str(summary.unaligned),
            str(moved),
            "–" if summary.target_aligned is None else f"{summary.target_aligned:.0%}",
            str(written.units[language]),
            str(summary.held_back),
        )
    console = Console(highlight=False)
    console.print(table)
    console.print(f"{written.units[article.pivot]} units in all languages together")
    folder = written.files[0].parent
    console.print(f"{len(written.files)} files in {folder}: open {folder / 'report.html'}")
