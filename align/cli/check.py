"""`align check`: a source and its translation in, what a reviewer should look at out."""

from __future__ import annotations

from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click

from align.cli.findings import (
    counted,
    counted_by_severity,
    fail_on_option,
    fails,
    format_and_place,
    format_option,
    languages_of,
    read_termbases,
    state_option,
    warn_if_of_no_use,
)
from align.cli.options import (
    PATH,
    common_options,
    force_option,
    output_of,
    say_review,
    settings_of,
    told,
    warn_where_one_encoder_judges,
)
from align.errors import InputError
from align.formats import read_pairs
from align.formats.registry import FINDING_WRITERS, PAIR_READERS, TERMBASE_READERS
from align.skipped import Skipped
from align.terminal import progress, warn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from align.checks.baseline import Baseline
    from align.checks.model import CheckReport
    from align.progress import StartProgress
    from align.settings import Settings
    from align.termbases import Termbase


def _list_checks(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    from align.checks.registry import CHECKS

    if wanted:
        formatter = click.HelpFormatter(width=_width())
        formatter.write_dl([(each.name, each.documentation.summary) for each in CHECKS])
        click.echo(formatter.getvalue(), nl=False)
        context.exit()


def _explain(context: click.Context, _option: click.Parameter, name: str | None) -> None:
    from align.checking import checks_named

    if name is None:
        return
    (found,) = checks_named(only=[name])
    documentation = found.documentation
    formatter = click.HelpFormatter(width=_width())
    formatter.write_text(f"{found.name}: {documentation.summary}")
    for title, text in (
        ("What", documentation.what),
        ("Why", documentation.why),
        ("Example", documentation.example),
        ("To keep it quiet", documentation.silence),
    ):
        with formatter.section(title):
            formatter.write_text(text.strip())
    click.echo(formatter.getvalue(), nl=False)
    context.exit()


def _width() -> int:
    return min(get_terminal_size().columns, 100)


@click.command(short_help="Finds what is wrong with a translation.")
@click.argument("source", type=PATH)
@click.argument("translation", type=PATH, required=False)
@click.option(
    "-s",
    "--source-language",
    metavar="TAG",
    help="Language of SOURCE, or the pivot of a folder.  [default: as named, or as the text looks]",
)
@click.option(
    "-t",
    "--target-language",
    "languages",
    multiple=True,
    metavar="TAG",
    help="Language of TRANSLATION; of a folder or a file with several, the one to check, and may "
    "be repeated.  [default: all]",
)
@click.option(
    "--termbase",
    "termbases",
    type=PATH,
    multiple=True,
    metavar="FILE",
    **told(
        lambda: (
            f"Ask for the terms of this termbase: {', '.join(TERMBASE_READERS)}; may be "
            "repeated, the most binding first."
        )
    ),
)
@click.option(
    "--memory",
    "memories",
    type=PATH,
    multiple=True,
    metavar="FILE",
    **told(
        lambda: f"Compare with earlier translations ({', '.join(PAIR_READERS)}); may be repeated."
    ),
)
@state_option
@click.option(
    "--baseline",
    type=PATH,
    metavar="FILE",
    help="Do not show the findings that this file accepts.",
)
@click.option(
    "--update-baseline",
    is_flag=True,
    help="Accept all that is found now: write it into the --baseline.",
)
@click.option(
    "--only", multiple=True, metavar="CHECK", help="Run this check only; may be repeated."
)
@click.option("--skip", multiple=True, metavar="CHECK", help="Leave a check out; may be repeated.")
@click.option(
    "--mt",
    "translator",
    metavar="MODEL",
    help="Translate back by this model, the name or folder of a transformers model, and compare.",
)
@format_option(FINDING_WRITERS, "[default: by the ending of -o, else text]")
@click.option("-o", "--output", metavar="FILE", help="Where to write.  [default: the screen]")
@fail_on_option("finding")
@click.option(
    "--list",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_checks,
    help="List the checks, and end.",
)
@click.option(
    "--explain",
    metavar="CHECK",
    is_eager=True,
    expose_value=False,
    callback=_explain,
    help="Say what a check does and why, and end.",
)
@force_option
@common_options
def check(source: Path, translation: Path | None, **options: Any) -> None:
    """Finds what a reviewer should look at in the translation of SOURCE.

    \b
      align check en.md fr.md                     findings on the screen
      align check en.md fr.md -o findings.html    a page to read
      align check my-article/                     all translations of a folder
      align check project.xlf                     pairs: XLIFF, TMX, PO, …
    \b
    With what is known of earlier texts:
      align check en.md fr.md --termbase terms.tbx --memory memory.tmx
    \b
    Only what is new since the last review:
      align check en.md fr.md --baseline fr.baseline.json --update-baseline
      align check en.md fr.md --baseline fr.baseline.json
    \b
    What is checked, and why:
      align check --list
      align check --explain numbers
      align check en.md fr.md --skip spacing --fail-on warning

    [TRANSLATION] is left out where SOURCE is a folder of editions, a file of pairs, or an
    .alignment.json that `align build` wrote. Findings on sentences whose counterpart is in doubt
    are held back and counted.

    Ends with 0 where nothing is as grave as --fail-on says, with 1 where something is, with 2 on
    bad input.
    """  # noqa: D301 - click reads the character
    from align.formats import write_check_report
    from align.summary import misnamed, texts_apart, too_long

    to, output = format_and_place(
        options["to"], options["output"], FINDING_WRITERS, on_screen="text"
    )
    output = output_of(output, _inputs(source, translation, options), force=options["force"])
    earlier = _baseline(options)
    if options["update_baseline"]:
        # It was just read as a baseline, if it was there at all: to replace it is what is asked.
        inputs = _inputs(source, translation, {**options, "baseline": None})
        options["baseline"] = output_of(str(options["baseline"]), inputs, force=True)
    settings = settings_of(options)
    with progress(options["quiet"]) as start:
        report = _report(source, translation, options, earlier, settings, start)
    warn((*misnamed(report.article, report.languages), *texts_apart(report.article)))
    warn(too_long(report.article, report.languages, left_out="which were not checked"))
    if not options["quiet"]:
        say_review(report.article)
    if report.not_run and not options["quiet"]:
        click.echo(f"align: not run: {_not_run(report)}", err=True)
    if options["update_baseline"]:
        _update(options["baseline"], report, earlier, quiet=options["quiet"])
        return
    warn(write_check_report(output, report, to=to or "text"))
    if not options["quiet"]:
        click.echo(f"align: {'' if output == '-' else f'{output}: '}{_summary(report)}", err=True)
    if fails((each.severity for each in report.findings), options["fail_on"]):
        click.get_current_context().exit(1)


def _inputs(source: Path, translation: Path | None, options: dict[str, Any]) -> list[Path | None]:
    files = [*options["termbases"], *options["memories"], options["baseline"], options["srx"]]
    return [source, translation, *files]


def _report(
    source: Path,
    translation: Path | None,
    options: dict[str, Any],
    earlier: Baseline | None,
    settings: Settings,
    start: StartProgress | None,
) -> CheckReport:
    from align.checking import check as check_translations
    from align.inputs import article_of
    from align.languages import normalise_tag

    named = options["source_language"]
    pivot = normalise_tag(named) if named else None
    languages = [normalise_tag(tag) for tag in options["languages"]]
    skipped = {path: Skipped() for path in (*options["memories"], source)}
    pair = (pivot, languages[0] if len(languages) == 1 else None)
    memories = {
        path: list(read_pairs(path, source=pair[0], target=pair[1], skipped=skipped[path]))
        for path in options["memories"]
    }
    termbases: Sequence[Termbase] | None = None
    if source.is_dir() and translation is None:
        # Alignment may take minutes, which a slip in a termbase should not cost.
        termbases = read_termbases(options["termbases"], languages_of(source, pivot))
    article = article_of(
        source,
        translation,
        source_language=pivot,
        languages=languages,
        settings=settings,
        progress=start,
        states=options["states"],
        skipped=skipped[source],
    )
    warn(message for path, each in skipped.items() for message in each.messages(path))
    if translation is not None or source.is_dir():  # what comes aligned was not looked at here
        warn_where_one_encoder_judges(list(article.editions), settings)
    if termbases is None:
        termbases = read_termbases(options["termbases"], list(article.editions))
    for path, units in memories.items():
        there = ([variant.language for variant in unit.variants] for unit in units)
        warn_if_of_no_use(path, there, list(article.editions))
    return check_translations(
        article,
        languages=languages,
        termbases=termbases,
        memory=[unit for units in memories.values() for unit in units],
        baseline=None if options["update_baseline"] else earlier,
        only=options["only"],
        skip=options["skip"],
        translator=options["translator"],
        settings=settings,
        progress=start,
    )


def _baseline(options: dict[str, Any]) -> Baseline | None:
    from align.formats.baseline_json import read_baseline

    path: Path | None = options["baseline"]
    if path is None:
        if options["update_baseline"]:
            raise InputError("--update-baseline writes the file that --baseline names; name it")
        return None
    if options["update_baseline"] and options["output"] is not None:
        raise InputError("--update-baseline writes the baseline alone; leave out -o")
    if not path.exists():
        if options["update_baseline"]:
            return None
        raise InputError("no such baseline; --update-baseline makes it", path=path)
    return read_baseline(path)


def _update(path: str, report: CheckReport, earlier: Baseline | None, *, quiet: bool) -> None:
    from align.checks.baseline import Baseline, baseline_of
    from align.formats.baseline_json import write_baseline

    baseline = baseline_of(report, earlier)
    write_baseline(path, baseline)
    before = (earlier or Baseline()).fingerprints
    new = len(baseline.fingerprints - before)
    gone = len(before - baseline.fingerprints)
    if not quiet:
        said = f"{counted(len(baseline.accepted), 'finding')} accepted, {new} new; {gone} gone"
        click.echo(f"align: {path}: {said}", err=True)


def _summary(report: CheckReport) -> str:
    parts = [counted_by_severity(each.severity for each in report.findings)]
    if held_back := sum(report.held_back.values()):
        parts.append(f"{held_back} held back for doubtful beads")
    if report.accepted:
        parts.append(f"{report.accepted} accepted by the baseline")
    return "; ".join(parts)


def _not_run(report: CheckReport) -> str:
    by_reason: dict[str, list[str]] = {}
    for name, why in report.not_run.items():
        by_reason.setdefault(why, []).append(name)
    return "; ".join(f"{', '.join(names)} ({why})" for why, names in by_reason.items())
