"""Files out and in, one module a format, each with `write_x` and, where it makes sense, `read_x`.

`PAIR_WRITERS` is the one list of the formats that an aligned pair of texts can be written in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from align.article import AlignedArticle

__all__ = ["PAIR_WRITERS", "write_pair"]


def _tsv(path: Path | str, pair: AlignedArticle) -> tuple[str, ...]:
    from align.formats.tsv import write_tsv

    language, alignment = next(iter(pair.alignments.items()))
    write_tsv(path, pair.editions[pair.pivot], pair.editions[language], alignment)
    return ()


def _json(path: Path | str, pair: AlignedArticle) -> tuple[str, ...]:
    from align.formats.alignment_json import write_alignment

    write_alignment(path, pair)
    return ()


def _indices(path: Path | str, pair: AlignedArticle) -> tuple[str, ...]:
    from align.formats.indices import write_indices

    write_indices(path, next(iter(pair.alignments.values())))
    return ()


def _tmx(path: Path | str, pair: AlignedArticle) -> tuple[str, ...]:
    from align.formats.tmx import write_tmx

    return write_tmx(path, pair.units, languages=list(pair.editions), source=pair.pivot).warnings


PAIR_WRITERS: Mapping[str, Callable[[Path | str, AlignedArticle], tuple[str, ...]]] = {
    "tsv": _tsv,
    "json": _json,
    "indices": _indices,
    "tmx": _tmx,
}


def write_pair(path: Path | str, pair: AlignedArticle, *, to: str) -> tuple[str, ...]:
    """Writes an article of two editions in one of the formats of `PAIR_WRITERS`.

    Returns:
        What the user should know about the file, a line each.

    Raises:
        InputError: If there is no such format, or the article has not two editions.
        OutputError: If the file cannot be written.
    """
    if to not in PAIR_WRITERS:
        raise InputError(f"unknown format {to!r}; there are {', '.join(PAIR_WRITERS)}")
    if len(pair.alignments) != 1:
        raise InputError(f"a pair has two editions, {pair.name!r} has {len(pair.editions)}")
    return PAIR_WRITERS[to](path, pair)
