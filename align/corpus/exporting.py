"""The parts of a corpus as other programs read them: TMX, Moses' two files, OPUS' XCES."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from align.corpus.cleaning import CLEAN
from align.corpus.parts import PartRow, clear_up, read_rows, whole_file
from align.corpus.plan import Plan, read_plan
from align.corpus.summing import corpus_status
from align.errors import InputError
from align.text import clean_text
from align.units import TranslationUnit, Variant

_WHITE = re.compile(r"\s+")
_Pair = tuple[str, str]


def export_corpus(output: Path | str, *, to: str) -> list[Path]:
    """Writes the pairs of a finished corpus in another format, into a folder named by it.

    Taken are the aligned beads that are sure enough; of a filtered corpus what the filter kept.

    Args:
        output: Folder of the corpus.
        to: `tmx`, a memory for each part and pair of languages; `moses`, two files of one pair of
            texts a line for each pair of languages; `xces`, links of segment numbers, from 1.

    Returns:
        The files.

    Raises:
        InputError: If there is no such format, or the corpus is not finished.
        OutputError: If a file cannot be written.
    """
    output = Path(output)
    if to not in EXPORTS:
        raise InputError(f"corpora are written to {', '.join(EXPORTS)}, not to {to!r}")
    status, plan = corpus_status(output), read_plan(output)
    if plan is None or not status.finished:
        raise InputError(
            f"has {status.done} of {status.shards} shards; finish it before it is written to {to}",
            path=output,
        )
    files = EXPORTS[to](output, plan)
    clear_up(output)
    return files


def _rows(output: Path, plan: Plan, shard: int) -> Iterator[PartRow]:
    part = Path(CLEAN, plan.part_of(shard)) if plan.filtered else Path(plan.part_of(shard))
    for row in read_rows(output / part):
        sure = row["confidence"] is None or row["confidence"] >= plan.min_confidence
        if sure and row["source"].strip() and row["target"].strip():
            yield row


def _languages(row: PartRow) -> _Pair:
    return row["source_language"], row["target_language"]


def _tmx(output: Path, plan: Plan) -> list[Path]:
    from align.formats.atomic import sweep
    from align.formats.tmx import write_tmx

    sweep(output / "tmx")
    files = []
    for shard in range(plan.shards):
        pairs = sorted({_languages(row) for row in _rows(output, plan, shard)})
        for pair in pairs:
            path = output / "tmx" / f"part-{plan.name_of(shard)}.{'-'.join(pair)}.tmx"
            units = (_unit(row) for row in _rows(output, plan, shard) if _languages(row) == pair)
            write_tmx(path, units, languages=list(pair), source=pair[0])
            files.append(path)
    return files


def _unit(row: PartRow) -> TranslationUnit:
    return TranslationUnit(
        (
            Variant(row["source_language"], tuple(row["source_segments"]), row["source"]),
            Variant(
                row["target_language"],
                tuple(row["target_segments"]),
                row["target"],
                row["score"],
                row["confidence"],
            ),
        )
    )


def _moses(output: Path, plan: Plan) -> list[Path]:
    opened: dict[str, BinaryIO] = {}
    with ExitStack() as stack:
        for shard in range(plan.shards):
            for row in _rows(output, plan, shard):
                pair = _languages(row)
                for side, tag in zip(("source", "target"), pair, strict=True):
                    name = f"moses/{'-'.join(pair)}.{tag}"
                    if name not in opened:
                        opened[name] = stack.enter_context(whole_file(output, name))
                    line = _WHITE.sub(" ", row[side]).strip() + "\n"
                    opened[name].write(line.encode("utf-8", "replace"))
    return [output / name for name in opened]


_XCES_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">
<cesAlign version="1.0">
"""


def _xces(output: Path, plan: Plan) -> list[Path]:
    opened: dict[str, BinaryIO] = {}
    group: dict[str, str] = {}
    count: dict[str, int] = {}

    def write(name: str, text: str) -> None:
        opened[name].write(text.encode("utf-8", "replace"))

    with ExitStack() as stack:
        for shard in range(plan.shards):
            for row in _rows(output, plan, shard):
                source, target = _languages(row)
                name = f"xces/{source}-{target}.xml"
                if name not in opened:
                    opened[name] = stack.enter_context(whole_file(output, name))
                    write(name, _XCES_HEAD)
                if group.get(name) != row["id"]:
                    write(name, " </linkGrp>\n" if name in group else "")
                    group[name] = row["id"]
                    documents = (
                        quoteattr(clean_text(f"{tag}/{row['id']}.xml")) for tag in (source, target)
                    )
                    write(
                        name,
                        ' <linkGrp targType="s" fromDoc={} toDoc={}>\n'.format(*documents),
                    )
                count[name] = count.get(name, 0) + 1
                numbers = ";".join(
                    " ".join(f"s{number + 1}" for number in row[f"{side}_segments"])
                    for side in ("source", "target")
                )
                sure = f' certainty="{row["confidence"]}"' if row["confidence"] is not None else ""
                identity = escape(f"SL{count[name]}")
                write(name, f'  <link id="{identity}" xtargets="{numbers}"{sure} />\n')
        for name in opened:
            write(name, " </linkGrp>\n</cesAlign>\n")
    return [output / name for name in opened]


EXPORTS: Mapping[str, Callable[[Path, Plan], list[Path]]] = {
    "tmx": _tmx,
    "moses": _moses,
    "xces": _xces,
}
"""What writes each format."""
