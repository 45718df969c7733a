"""Translation units: alignments of several languages joined through the pivot they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from align.beads import Alignment, Bead, Verdict
from align.languages import nearest_tags

if TYPE_CHECKING:
    from align.codes import Content
    from align.edition import Edition


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a file says beside a text: a property with its name, or a note.

    Attributes:
        text: What is said.
        name: Of which property; empty for a note.
        attributes: Names and values that the file has with it.
    """

    text: str
    name: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """One language's text of a translation unit.

    Attributes:
        language: BCP 47 tag of the edition.
        segments: Indices of the edition's segments, in the order of the text; never empty.
        text: Their texts joined as the language joins sentences, white space made single.
        score: Lowest similarity to the pivot among the beads it comes from; None for the pivot
            and for a variant that no accepted bead ties to the pivot.
        confidence: Lowest confidence among those beads; None likewise, or where no model gave one.
        complete: Whether it translates every pivot segment of its unit. An incomplete variant
            arises where other languages merge pivot segments of which this one has only some.
        line: The line of the file that it was read from, if it was read from one; two variants
            that differ in nothing but this and what follows are equal.
        content: The text with its inline codes as the file has it; empty where it has no codes.
        attributes: Names and values that the file has with it.
        remarks: Properties and notes of it.
        reviewed: What a reviewer made of those beads, where that is the same of all; None for the
            pivot.
    """

    language: str
    segments: tuple[int, ...]
    text: str
    score: float | None = None
    confidence: float | None = None
    complete: bool = True
    line: int | None = field(default=None, compare=False)
    content: Content = field(default=(), compare=False)
    attributes: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    remarks: tuple[Remark, ...] = field(default=(), compare=False)
    reviewed: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """Where a unit stands that is one of the segments of a unit of its file (XLIFF).

    Attributes:
        number: Its number among them, from 0.
        segment: What the file calls it; empty where it has no name.
        place: Its number among the segments of the translation, which may have another order; None
            where it has no translation.
        before: What stands between the segment before and it: in the source, in the translation.
        after: What stands behind the last segment, likewise; empty of all others.
    """

    number: int
    segment: str = ""
    place: int | None = None
    before: tuple[Content, Content] = ((), ())
    after: tuple[Content, Content] = ((), ())


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """Text that means the same in each of its languages.

    Two units of the same variants are equal, whatever else their files say.

    Attributes:
        variants: The variants by language, the pivot first where the unit has one. A language
            that has no counterpart has none; a unit of one variant is an unaligned text.
        state: How far the translation is, in the word of the file it was read from.
        into: The language that its file is translated into, where it says so: that of a unit
            without a translation, too.
        part: The file within the file that it is of, such as XLIFF's `original`.
        attributes: Names and values that the file has with it.
        remarks: Properties and notes of it.
        within: Where it stands in a unit of the file that has several segments; None where it is
            a unit of the file by itself.
    """

    variants: tuple[Variant, ...]
    state: str = field(default="", compare=False)
    into: str | None = field(default=None, compare=False)
    part: str = field(default="", compare=False)
    attributes: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    remarks: tuple[Remark, ...] = field(default=(), compare=False)
    within: Within | None = field(default=None, compare=False)

    def variant(self, language: str) -> Variant | None:
        """The variant of a language, or None."""
        return next((v for v in self.variants if v.language == language), None)

    def in_language(self, language: str, *, but: Variant | None = None) -> tuple[Variant, ...]:
        """The variants in a language as the nearest region writes it, see `nearest_tags`.

        Args:
            language: BCP 47 tag.
            but: A variant that is not taken, such as the source.
        """
        variants = {v.language: v for v in reversed(self.variants) if v is not but}
        return tuple(variants[tag] for tag in nearest_tags(language, variants))

    def between(self, source: str, target: str) -> tuple[Variant, tuple[Variant, ...]] | None:
        """The variants to look up from one language into another.

        The exact tags go first. What is written in the target's own tag is no source, so that a
        region's text is never offered as its translation into another region.

        Returns:
            The source and its translations, the nearest first; None where either is lacking.

        >>> unit = TranslationUnit((Variant("pt-BR", (), "ônibus"), Variant("pt-PT", (), "bus")))
        >>> found = unit.between("pt", "pt-BR")
        >>> found and (found[0].language, [variant.language for variant in found[1]])
        ('pt-PT', ['pt-BR'])
        """
        own = self.variant(target) if source != target else None
        first = next((v for v in self.in_language(source, but=own)), None)
        if first is None:
            return None
        translations = self.in_language(target, but=first)
        return (first, translations) if translations else None

    def translated(self) -> TranslationUnit | None:
        """The unit as a translation memory wants it: complete variants only, at least two."""
        complete = tuple(variant for variant in self.variants if variant.complete)
        return replace(self, variants=complete) if len(complete) > 1 else None


def is_sure(bead: Bead, min_confidence: float) -> bool:
    """Whether nothing says that a bead is less likely to be right than is asked for."""
    return bead.confidence is None or bead.confidence >= min_confidence


def is_accepted(bead: Bead, min_confidence: float) -> bool:
    """Whether a bead is aligned, sure enough to become a translation unit, and not dropped."""
    return bead.is_aligned and bead.verdict != "dropped" and is_sure(bead, min_confidence)


def pair_units(
    source: Edition, target: Edition, alignment: Alignment, *, min_confidence: float = 0.0
) -> list[TranslationUnit]:
    """Turns the beads of one language pair into units of two variants, the finest there are.

    Returns:
        One unit for each accepted bead, in the order of the alignment.
    """
    return [
        TranslationUnit(
            (_variant(source, tuple(bead.source)), _variant(target, tuple(bead.target), [bead]))
        )
        for bead in alignment
        if is_accepted(bead, min_confidence)
    ]


def join_units(
    editions: Mapping[str, Edition],
    alignments: Mapping[str, Alignment],
    *,
    pivot: str,
    min_confidence: float = 0.0,
) -> list[TranslationUnit]:
    """Joins alignments that share the pivot into multilingual translation units.

    Pivot segments that an accepted bead of any language needs together form one unit. Every
    segment of every edition is in exactly one variant of exactly one unit: what no accepted bead
    ties to the pivot becomes a unit of its own language alone.

    Returns:
        The units with pivot text in its order, then the rest, language by language.
    """
    size = len(editions[pivot].segments)
    unit_of = _pivot_groups(alignments.values(), size, min_confidence)
    members: dict[int, list[int]] = {}
    for segment in range(size):
        members.setdefault(unit_of[segment], []).append(segment)

    variants: dict[int, list[Variant]] = {
        group: [_variant(editions[pivot], tuple(segments))] for group, segments in members.items()
    }
    alone: list[TranslationUnit] = []
    for language, alignment in alignments.items():
        edition = editions[language]
        beads: dict[int, list[Bead]] = {}
        for bead in alignment:
            if is_accepted(bead, min_confidence):
                beads.setdefault(unit_of[bead.source.start], []).append(bead)
            elif len(bead.target):
                alone.append(TranslationUnit((_variant(edition, tuple(bead.target)),)))
        for group, tied in beads.items():
            segments = tuple(sorted(segment for bead in tied for segment in bead.target))
            covered = sum(len(bead.source) for bead in tied)
            complete = covered == len(members[group])
            variants[group].append(_variant(edition, segments, tied, complete=complete))
    return [TranslationUnit(tuple(of_unit)) for of_unit in variants.values()] + alone


def _pivot_groups(
    alignments: Iterable[Alignment], size: int, min_confidence: float
) -> Sequence[int]:
    """Gives each pivot segment the first segment of its unit (beads are runs, so units are)."""
    unit_of = list(range(size))
    joined = [False] * size  # joined[i]: segment i belongs with segment i - 1
    for alignment in alignments:
        for bead in alignment:
            if is_accepted(bead, min_confidence):
                for segment in list(bead.source)[1:]:
                    joined[segment] = True
    for segment in range(1, size):
        if joined[segment]:
            unit_of[segment] = unit_of[segment - 1]
    return unit_of


def _variant(
    edition: Edition,
    segments: tuple[int, ...],
    beads: Sequence[Bead] = (),
    *,
    complete: bool = True,
) -> Variant:
    confidences = [bead.confidence for bead in beads if bead.confidence is not None]
    scores = [bead.score for bead in beads if bead.score is not None]
    verdicts = {bead.verdict for bead in beads}
    return Variant(
        language=edition.language,
        segments=segments,
        text=edition.text_of(segments),
        score=min(scores, default=None),
        confidence=min(confidences, default=None),
        complete=complete,
        reviewed=verdicts.pop() if len(verdicts) == 1 else None,
    )
