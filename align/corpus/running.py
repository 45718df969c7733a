"""Aligns a whole corpus, or a share of it, by one process or several."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from align.corpus.manifest import Manifest, open_manifest, pyarrow_for
from align.corpus.parts import FORMATS, clear_up, kept_beside, remove
from align.corpus.plan import Plan, settle, shards_for
from align.corpus.shards import align_shard, is_done
from align.corpus.summing import STATS, Figures, sum_up
from align.corpus.workers import align_shards
from align.errors import InputError
from align.languages import normalise_tag
from align.progress import StartProgress
from align.settings import Settings
from align.warm import Aligner


@dataclass(frozen=True, slots=True)
class CorpusOptions:
    """How a corpus is aligned; what another run of the same corpus may choose is marked so.

    Attributes:
        shards: Into how many parts it is cut; None for as many as take some minutes each.
        share: Which of the shards this run does: the how-manieth share, from 0, of how many.
            Another run may choose another.
        workers: Processes that work at a time, which a document may end and stop no other; 0 for
            this process alone, which it takes with it. Another run may choose another.
        format: What parts are written in, `jsonl` or `parquet`; None for that of the manifest.
        pivot: Language that other editions are aligned to, where a document has many.
        segmented: Whether texts have a segment a line.
        filtered: Whether pairs are filtered: what is kept is written below `clean/`.
    """

    shards: int | None = None
    share: tuple[int, int] = (0, 1)
    workers: int = 0
    format: str | None = None
    pivot: str = "en"
    segmented: bool = False
    filtered: bool = False


def align_corpus(
    manifest: Path | str,
    output: Path | str,
    *,
    settings: Settings | None = None,
    options: CorpusOptions | None = None,
    progress: StartProgress | None = None,
) -> Figures:
    """Aligns every document of a corpus, or goes on where an earlier run was stopped.

    The output holds `part-00000.jsonl` (or `.parquet`), a row a bead, for each shard, `done/00000`
    once the shard is finished, and when all are, `stats.json` and, where a document could not be
    aligned, `failed.jsonl`. That is told, too, of a document that ends the process of a worker each
    time it is tried, for want of memory maybe. A part is written whole or not at all, and what all
    files hold in the end does not depend on how often a run was stopped, on workers or on shares.
    No vectors are kept on disk.

    Args:
        manifest: What is to be aligned; see `open_manifest`.
        output: Folder to write to; made where it is missing.
        settings: Encoder, segmentation rules and the like.
        options: How it is cut and written.
        progress: Told how many documents are finished.

    Returns:
        The figures of all shards that are finished.

    Raises:
        InputError: If the manifest or a setting cannot be used, or the output was begun otherwise.
        OutputError: If the output cannot be written.
        MissingExtraError: If Parquet is asked for and pyarrow is not installed.
    """
    options = options or CorpusOptions()
    output = Path(output)
    # Vectors of a million documents are read by nobody again, and would differ in the last digit.
    aligner = Aligner(replace(settings or Settings(), cached=False))
    source = open_manifest(Path(manifest), output=output)
    plan = _plan(Path(manifest), source, aligner, options)
    settle(output, plan)
    mine, shares = options.share
    wanted = [s for s in range(plan.shards) if s % shares == mine and not is_done(output, plan, s)]
    if wanted:  # what is told of all parts is told anew
        remove(output, STATS)
    documents = sum(stop - start for start, stop in map(plan.rows_of, wanted))
    advance = progress("aligning", documents) if progress and wanted else None
    if options.workers:
        align_shards(
            output, plan, source, wanted, aligner, workers=options.workers, advance=advance
        )
    else:
        for shard in wanted:
            align_shard(output, plan, source, shard, aligner, advance)
    figures = replace(
        sum_up(output, plan), passed_over=source.passed_over, repeated=source.repeated
    )
    if figures.finished:
        clear_up(output)
    return figures


def _plan(path: Path, manifest: Manifest, aligner: Aligner, options: CorpusOptions) -> Plan:
    usual = "parquet" if path.suffix.lower() == ".parquet" else "jsonl"
    to = options.format or usual
    if to not in FORMATS:
        raise InputError(f"parts are written in {' or '.join(FORMATS)}, not in {to!r}")
    if to == "parquet":
        pyarrow_for("writing Parquet")
    return Plan(
        manifest=manifest.digest,
        rows=manifest.count,
        shards=shards_for(manifest, options.shards),
        format=to,
        signature=aligner.signature_of(segmented=options.segmented),
        pivot=normalise_tag(options.pivot),
        segmented=options.segmented,
        filtered=options.filtered,
        min_confidence=aligner.settings.min_confidence,
        columns=kept_beside(manifest.columns, path=path),
    )
