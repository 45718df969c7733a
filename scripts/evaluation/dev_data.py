"""Development sets with gold alignments, read from where they lie (`ALIGN_DEV_DATA`).

They are other people's data and never part of this repository; a script that needs them says so
and stops where they are absent. `KINDS` has them by the kind of text that they are of.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from align.formats.alignment_json import read_alignment
from align.formats.indices import IndexBead, read_indices
from align.resources import data_folder
from align.review.beside import ENDING, with_review

if TYPE_CHECKING:
    from collections.abc import Iterable

TARGET_LANGUAGES = ("ja", "zh-Hans", "zh-Hant", "fr", "es", "ar", "ru")


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Two texts, one segment a line, and their gold beads.

    Attributes:
        kind: The set it belongs to: `textberg`, `ntrex`, `ntrex-long`, `corpus` or `hard:…`; or
            the kind of text, as `KINDS` has it, with what else tells it from others of the kind.
        document: Name of the document, the same in every language.
        source_language: BCP 47 tag.
        target_language: BCP 47 tag.
        source: The source segments.
        target: The target segments.
        gold: The right beads; empty where only blocks are known.
        blocks: Where the paragraphs are all that is known, those that correspond, in order and
            covering both texts: a bead is known where one of the sides has a single segment.
        paragraphs: The paragraph that each source and each target segment lies in, numbered in
            order on either side; None where the texts have no paragraphs.
    """

    kind: str
    document: str
    source_language: str
    target_language: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    gold: tuple[IndexBead, ...]
    blocks: tuple[IndexBead, ...] = ()
    paragraphs: tuple[tuple[int, ...], tuple[int, ...]] | None = None

    @property
    def languages(self) -> str:
        """Both tags, as tables show them."""
        return f"{self.source_language}-{self.target_language}"


def dev_folder() -> Path:
    """The folder of the development sets; stops the script where there is none."""
    default = Path(__file__).resolve().parents[3] / "shared" / "data"
    folder = Path(os.environ.get("ALIGN_DEV_DATA", default))
    if not folder.is_dir():
        sys.exit(f"no development sets in {folder}; set ALIGN_DEV_DATA to their folder")
    return folder


def textberg() -> GoldPair:
    """The German–French yearbook articles."""
    folder = dev_folder() / "textberg-dev"
    return _pair(
        "textberg", "dev", ("de", "fr"), folder / "dev.de", folder / "dev.fr", folder / "dev.defr"
    )


def novels() -> list[GoldPair]:
    """Chapters of Chinese novels and their English translations."""
    return [
        _pair(
            "novels",
            gold.stem,
            ("zh-Hans", "en"),
            gold.with_suffix(".zh"),
            gold.with_suffix(".en"),
            gold,
        )
        for gold in sorted((dev_folder() / "mac-dev").glob("*.gold"))
    ]


def guides() -> list[GoldPair]:
    """Guides, manuals and scripture in seven languages, of which the paragraphs are the gold.

    Every text comes twice, one after the other: as lines, and with its paragraphs, whose `kind`
    says so.
    """
    pairs = []
    for language in TARGET_LANGUAGES:
        folder = dev_folder() / "natural-dev" / language
        for file in sorted(folder.glob("*.blocks")):
            blocks = tuple(read_indices(file))
            source, target = (tuple(_lines(file.with_suffix(end))) for end in (".src", ".tgt"))
            lines = GoldPair(
                "guides", file.stem, "en", language, source, target, gold=(), blocks=blocks
            )
            of_source, of_target = (
                tuple(number for number, block in enumerate(blocks) for _ in getattr(block, side))
                for side in ("source", "target")
            )
            paragraphs = of_source, of_target
            pairs += [lines, replace(lines, kind="guides-paragraphs", paragraphs=paragraphs)]
    return pairs


def ntrex_stories() -> list[GoldPair]:
    """The perturbed news stories in seven languages."""
    return [
        _pair(
            "ntrex",
            gold.stem,
            ("en", language),
            gold.with_suffix(".src"),
            gold.with_suffix(".tgt"),
            gold,
        )
        for language in TARGET_LANGUAGES
        for gold in sorted((dev_folder() / "ntrex-dev" / "perturbed" / language).glob("*.gold"))
    ]


def some_stories(count: int) -> list[GoldPair]:
    """So many of the perturbed news stories, of all languages alike."""
    stories = ntrex_stories()
    return stories[:: max(len(stories) // count, 1)][:count]


def ntrex_long() -> list[GoldPair]:
    """The same stories in a row, one long document a language."""
    folder = dev_folder() / "ntrex-dev" / "perturbed-one-document"
    return [
        _pair(
            "ntrex-long",
            "all",
            ("en", language),
            folder / language / "all.src",
            folder / language / "all.tgt",
            folder / language / "all.gold",
        )
        for language in TARGET_LANGUAGES
    ]


def bundled_corpus(name: str = "japan-europe-cooperation") -> list[GoldPair]:
    """Our own article in seven languages, cut as its gold files say."""
    gold = data_folder("corpora") / name / "gold"
    return [
        _pair(
            "corpus",
            name,
            ("en", language),
            gold / "en.segments",
            gold / f"{language}.segments",
            gold / f"en-{language}.gold",
        )
        for language in TARGET_LANGUAGES
    ]


def bundled_corpora() -> list[GoldPair]:
    """The pairs of all our own articles."""
    names = sorted(path.parent.name for path in data_folder("corpora").glob("*/corpus.toml"))
    return [pair for name in names for pair in bundled_corpus(name)]


def reviewed_pairs() -> list[GoldPair]:
    """The pairs that people reviewed: `ALIGN_REVIEWS` names a folder of alignment files.

    Those beside which a `review.jsonl` lies are taken whole: what nobody decided on was sure enough
    for the review to end.
    """
    pairs = []
    for path in sorted(Path(os.environ.get("ALIGN_REVIEWS", "")).rglob(f"*{ENDING}")):
        aligned = read_alignment(path)
        article = with_review(aligned, path.parent)
        if article.signature == aligned.signature:  # nobody reviewed it
            continue
        source = article.editions[article.pivot]
        for language, alignment in article.alignments.items():
            target = article.editions[language]
            pairs.append(
                GoldPair(
                    "reviews",
                    article.name,
                    article.pivot,
                    language,
                    tuple(segment.text for segment in source.segments),
                    tuple(segment.text for segment in target.segments),
                    tuple(IndexBead(tuple(bead.source), tuple(bead.target)) for bead in alignment),
                    paragraphs=(
                        tuple(segment.block for segment in source.segments),
                        tuple(segment.block for segment in target.segments),
                    ),
                )
            )
    return pairs


def of_kind(kind: str, pairs: Iterable[GoldPair]) -> list[GoldPair]:
    """The pairs under another `kind`."""
    return [replace(pair, kind=kind) for pair in pairs]


@cache
def raw_lines(language: str) -> list[str]:
    """The line-aligned news in one language, or each line's story (`document_ids`)."""
    return _lines(dev_folder() / "ntrex-dev" / "raw" / f"{language}.txt")


def within_text(pair: GoldPair) -> GoldPair:
    """The pair up to the first gold bead that names a segment its files lack.

    `textberg-dev`'s gold goes on to line 553 of a French file of 488 lines; what follows cannot
    be learnt from.
    """
    for index, bead in enumerate(pair.gold):
        if bead.target and max(bead.target) >= len(pair.target):
            later = [min(bead.source) for bead in pair.gold[index:] if bead.source]
            cut = min(later, default=len(pair.source))
            return replace(pair, source=pair.source[:cut], gold=pair.gold[:index])
    return pair


def _pair(
    kind: str, document: str, languages: tuple[str, str], source: Path, target: Path, gold: Path
) -> GoldPair:
    return GoldPair(
        kind,
        document,
        *languages,
        tuple(_lines(source)),
        tuple(_lines(target)),
        tuple(read_indices(gold)),
    )


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return lines[:-1] if lines and not lines[-1] else lines
