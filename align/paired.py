"""Articles of texts that are aligned already: a segment and a bead for each unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from align.article import AlignedArticle
from align.beads import Alignment, Bead
from align.codes import codes_of
from align.documents import Block, Document, clean
from align.documents.locating import located
from align.edition import Edition
from align.errors import InputError
from align.languages import is_known_tag, nearest_tags, same_language
from align.pipeline import LONGEST_SEGMENT, MOST_SEGMENTS
from align.segmentation import Segment
from align.skipped import Skipped
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from align.units import TranslationUnit, Variant


def article_of_pairs(
    units: Iterable[TranslationUnit],
    *,
    path: Path | str | None = None,
    written: str | None = None,
    source_language: str | None = None,
    languages: Sequence[str] = (),
    skipped: Skipped | None = None,
) -> AlignedArticle:
    """An article of texts that are aligned already: a segment and a bead for each unit.

    Args:
        units: The units as a file has them, their source variant first. One that has only that is
            a segment without a translation.
        path: The file they come from, for messages and for the lines of findings.
        written: What that file says, for the columns of findings.
        source_language: The source; that of the first unit where not given.
        languages: The one language to take, where units have several translations.
        skipped: Is told of units that are from another source, where it is not given.

    Raises:
        InputError: If there is no pair, more than `MOST_SEGMENTS`, a text too long for a segment,
            or several languages of which none was chosen.
    """
    pairs = _pairs(units, path, source_language, languages, skipped or Skipped())
    if pairs.target_language is None:
        raise InputError("holds no pairs of a source and a translation", path=path)
    rows = [(row.source, row.target) for row in pairs.rows if row.is_into(pairs.target_language)]
    sources = [source for source, _ in rows]
    targets = {pairs.target_language: [target for _, target in rows]}
    return _article_of_rows(
        "pairs" if path is None else Path(path).stem,
        pairs.source_language,
        sources,
        targets,
        file=None if path is None else Path(path).as_posix(),
        written=written,
    )


def article_of_units(
    units: Sequence[TranslationUnit],
    pivot: str,
    *,
    name: str,
    parts: Sequence[tuple[str, int]] = (),
) -> AlignedArticle:
    """An article of units in any number of languages, each of which has the pivot.

    Args:
        units: The units.
        pivot: The language that all others translate.
        name: What the article is called.
        parts: The files it is of, and the first unit of each.
    """
    languages = dict.fromkeys(
        variant.language
        for unit in units
        for variant in unit.variants
        if is_known_tag(variant.language) and not same_language(variant.language, pivot)
    )
    return _article_of_rows(
        name,
        pivot,
        [unit.in_language(pivot)[0] for unit in units],
        {language: [unit.variant(language) for unit in units] for language in languages},
        parts=parts,
    )


def _article_of_rows(
    name: str,
    pivot: str,
    sources: Sequence[Variant],
    translations: Mapping[str, Sequence[Variant | None]],
    *,
    file: str | None = None,
    written: str | None = None,
    parts: Sequence[tuple[str, int]] = (),
) -> AlignedArticle:
    """An article of texts that stand beside one another: a segment and a bead for each row."""
    editions = {pivot: _edition(pivot, sources, file)}
    alignments = {}
    for language, variants in translations.items():
        editions[language] = _edition(language, variants, file, written)
        beads, place = [], 0
        for index, variant in enumerate(variants):
            stop = place + (variant is not None)
            beads.append(Bead(Span(index, index + 1), Span(place, stop)))
            place = stop
        alignments[language] = Alignment(tuple(beads), len(beads), place)
    return AlignedArticle(
        name=name,
        title=name,
        licence=None,
        pivot=pivot,
        editions=editions,
        alignments=alignments,
        units=(),
        min_confidence=0.0,
        signature="",
        parts=tuple(parts),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    source: Variant
    target: Variant | None
    into: str | None

    def is_into(self, language: str) -> bool:
        """Whether it is translated, or to be translated, into a language."""
        if self.target is not None or self.into is None or not is_known_tag(self.into):
            return True
        return bool(nearest_tags(language, [self.into]) or nearest_tags(self.into, [language]))


@dataclass(slots=True)
class _Pairs:
    source_language: str
    target_language: str | None
    rows: list[_Row] = field(default_factory=list)


def _pairs(
    units: Iterable[TranslationUnit],
    path: Path | str | None,
    source_language: str | None,
    languages: Sequence[str],
    skipped: Skipped,
) -> _Pairs:
    if len(languages) > 1:
        raise InputError("the pairs of one language are checked at a time; name one", path=path)
    wanted = languages[0] if languages else None
    pairs = _Pairs(source_language or "", wanted)
    others: dict[str, None] = {}
    found = False
    for unit in units:
        known = [variant for variant in unit.variants if is_known_tag(variant.language)]
        if not pairs.source_language and known:
            pairs.source_language = known[0].language
        own = unit.variant(wanted) if wanted and wanted != pairs.source_language else None
        source = next(iter(unit.in_language(pairs.source_language, but=own)), None)
        if source is None:
            if known and not source_language:
                what = f"a unit without a text in {pairs.source_language!r}"
                skipped.add(what, known[0].line)
            continue
        rest = [variant for variant in known if variant is not source]
        if wanted is None:
            said = [variant.language for variant in rest] or [unit.into or ""]
            for language in filter(is_known_tag, said):
                if not nearest_tags(language, others):
                    others[language] = None
            wanted_now = next(iter(others), None)
        else:
            wanted_now = wanted
        targets = unit.in_language(wanted_now, but=source) if wanted_now else ()
        target = next(iter(targets), None)
        if len(others) > 1 or (rest and target is None):
            continue
        found = found or target is not None
        _must_be_usable(source, path)
        if target is not None:
            _must_be_usable(target, path)
        pairs.rows.append(_Row(source, target, unit.into))
        if len(pairs.rows) > MOST_SEGMENTS:
            raise InputError(
                f"has more than {MOST_SEGMENTS:,} pairs, the limit; check it in parts", path=path
            )
    if len(others) > 1:
        raise InputError(
            f"holds translations in {', '.join(others)}; choose one (-t of the command)", path=path
        )
    pairs.target_language = wanted or next(iter(others), None)
    if not found and pairs.target_language is not None:
        what = f"{pairs.source_language!r} to {pairs.target_language!r}"
        raise InputError(f"holds no pairs from {what}", path=path)
    return pairs


def _must_be_usable(variant: Variant, path: Path | str | None) -> None:
    if len(variant.text) > LONGEST_SEGMENT:
        raise InputError(
            f"a segment has {len(variant.text):,} characters, the limit is {LONGEST_SEGMENT:,}",
            path=path,
            line=variant.line,
        )


def _edition(
    language: str, variants: Iterable[Variant | None], file: str | None, written: str | None = None
) -> Edition:
    texts: list[str] = []
    blocks: list[Block] = []
    segments: list[Segment] = []
    start = 0
    for variant in variants:
        if variant is None:
            continue
        text = clean(variant.text).strip()
        stop = start + len(text)
        codes = codes_of(variant.content)
        segments.append(Segment(text, start, stop, len(blocks), codes))
        blocks.append(Block("paragraph", start, stop, variant.line))
        texts.append(text)
        start = stop + 2
    document = Document("\n\n".join(texts), tuple(blocks))
    if written is not None:
        document = located(document, written, "markup")
    return Edition(language, document, tuple(segments), file)
