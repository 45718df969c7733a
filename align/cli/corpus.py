"""`align corpus`: a manifest of many documents in, parts with all their beads out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from align.cli.options import PATH, common_options, settings_of
from align.errors import InputError
from align.terminal import long_progress, show_corpus, warn

_NO_LANGUAGE = "left out, for their paths name no language"
_REPEATED = "ids that several rows have, whose beads the id does not tell apart"
_MOST_NAMED = 3  # of the files or ids that are told of


@click.command(short_help="Aligns a corpus of many documents, in parts, resumable.")
@click.argument("manifest", type=PATH, required=False, metavar="[MANIFEST]")
@click.option(
    "-o", "--output", type=PATH, metavar="OUT", help="Folder to write to; made if missing."
)
@click.option(
    "--status", type=PATH, metavar="OUT", help="Show how far the corpus in OUT is, and do no more."
)
@click.option(
    "--shards",
    type=click.IntRange(min=1),
    metavar="N",
    help="Cut the corpus into N parts.  [default: one for every 500 documents]",
)
@click.option(
    "--shard",
    metavar="I/N",
    help="Do the I-th of N shares, from 1/N to N/N, and no more.  "
    "[default: a Slurm array's share, else all]",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that work at a time.  [default: SLURM_CPUS_PER_TASK, else the cores there are]",
)
@click.option(
    "--format",
    "part_format",
    type=click.Choice(["jsonl", "parquet"]),
    help="What parts are written in.  [default: parquet for a Parquet manifest, else jsonl]",
)
@click.option(
    "--pivot",
    default="en",
    show_default=True,
    metavar="TAG",
    help="The language all others are aligned to, where a document has many editions.",
)
@click.option(
    "--pair-documents",
    is_flag=True,
    help="Find which documents of a folder translate one another, whatever their names.",
)
@click.option("--segmented", is_flag=True, help="Each line of a text is a segment.")
@click.option(
    "--filter",
    "filtered",
    is_flag=True,
    help="Also write OUT/clean, the pairs that no rule drops, each once, and OUT/filter.html.",
)
@click.option(
    "--to",
    type=click.Choice(["tmx", "moses", "xces"]),
    help="Also write the pairs in another format, once all are there.",
)
@common_options
def corpus(manifest: Path | None, output: Path | None, **options: Any) -> int:
    """Aligns all documents of [MANIFEST]; a run that was stopped goes on when begun again.

    \b
    [MANIFEST] is
      a JSONL, CSV, TSV or Parquet file with a row a document: id; source and
        target, or source_path and target_path; source_language and
        target_language; or, for many editions, text_TAG or path_TAG for each.
        Further columns are kept.
      a folder: fr/2024/harbour.txt or 2024/harbour.fr.txt is the French
        edition of 2024/harbour
      a pattern of paths: 'texts/{lang}/{id}.html'

    \b
    OUT receives
      part-00000.jsonl, …   a row a bead: id, languages, kind, segments, texts,
                            score, confidence
      failed.jsonl          what could not be aligned, and why; the exit code
                            is 1 then
      stats.json            figures of the whole
    Parts are the same however often a run is stopped, and whoever does which.

    \b
      align corpus documents.jsonl -o out/ --workers 8
      sbatch --array=1-50 --wrap 'align corpus documents.parquet -o out/'
      align corpus --status out/
    """  # noqa: D301 - click reads the character
    from align.corpus.exporting import export_corpus
    from align.corpus.pairing import pair_documents
    from align.corpus.plan import share_of
    from align.corpus.running import CorpusOptions, align_corpus
    from align.corpus.summing import corpus_status

    if options["status"] is not None:
        show_corpus(corpus_status(options["status"]))
        return 0
    if manifest is None or output is None:
        raise InputError("name a MANIFEST and a folder with -o, or --status OUT")
    chosen = CorpusOptions(
        shards=options["shards"],
        share=share_of(options["shard"]),
        workers=options["workers"] or _cores(),
        format=options["part_format"],
        pivot=options["pivot"],
        segmented=options["segmented"],
        filtered=options["filtered"],
    )
    settings = settings_of(options)
    with long_progress(options["quiet"]) as start:
        if options["pair_documents"]:
            paired = pair_documents(
                manifest, output, pivot=chosen.pivot, settings=settings, progress=start
            )
            warn(paired.failed)
            warn(_named(_NO_LANGUAGE, paired.passed_over))
            warn(_alone(paired.alone))
            manifest = paired.manifest
        figures = align_corpus(manifest, output, settings=settings, options=chosen, progress=start)
    warn(_named(_NO_LANGUAGE, figures.passed_over))
    warn(_named(_REPEATED, figures.repeated))
    if not options["quiet"]:
        show_corpus(figures)
    if options["to"] and figures.finished:
        export_corpus(output, to=options["to"])
    elif options["to"] and not options["quiet"]:
        click.echo(f"written to {options['to']} once all shards are finished")
    return 1 if figures.failed else 0


def _alone(counts: Mapping[str, int]) -> Iterator[str]:
    """A line for each language that has documents without a counterpart."""
    for tag, count in counts.items():
        if count:
            yield f"{count:,} in '{tag}' {'has' if count == 1 else 'have'} no counterpart"


def _named(what: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        more = len(names) - _MOST_NAMED
        some = ", ".join(names[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
        yield f"{what}: {some}"


def _cores() -> int:
    asked = os.environ.get("SLURM_CPUS_PER_TASK", "")
    if asked.isdecimal() and int(asked):
        return int(asked)
    available = getattr(os, "sched_getaffinity", None)  # not on every system
    return len(available(0)) if available else os.cpu_count() or 1
