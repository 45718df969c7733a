"""Translation units on their way into a file, whatever they came from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from align.errors import InputError
from align.units import Remark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.article import AlignedArticle
    from align.formats.tmx.profiles import TmxProfile
    from align.units import TranslationUnit, Variant


@dataclass(frozen=True, slots=True)
class Memory:
    """Units to be written, and how.

    Attributes:
        units: The units, in the order of their file. Some writers go through them twice.
        source: The language that is translated.
        targets: The languages that it is translated into.
        title: What the file is called, where a format has a place for that.
        note: What is to be known of the whole.
        profile: The tool that the file is for; decides how languages are named in the formats of
            translation tools.
        languages_as: Tags to write instead of the profile's, by language.
        properties: Whether confidence, similarity and properties are written.
        context: Whether TMX gets what stands before and after each unit.
    """

    units: Iterable[TranslationUnit]
    source: str
    targets: tuple[str, ...]
    title: str = ""
    note: str = ""
    profile: TmxProfile | str = "default"
    languages_as: Mapping[str, str] = field(default_factory=dict)
    properties: bool = True
    context: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        """All languages, the source first."""
        return (self.source, *self.targets)

    def only_target(self, what: str) -> str:
        """The one language that is translated into.

        Args:
            what: The format that holds one, for the error.

        Raises:
            InputError: If there are several.
        """
        if len(self.targets) != 1:
            raise InputError(
                f"{what} takes one translation; choose it by its language: "
                f"{', '.join(self.targets) or 'there is none'}"
            )
        return self.targets[0]

    def tags(self) -> dict[str, str]:
        """What the tool calls each language.

        Raises:
            InputError: If there is no such profile, or two languages would get the same tag.
        """
        from align.formats.tmx.profiles import profile_named, tags_for

        profile = profile_named(self.profile) if isinstance(self.profile, str) else self.profile
        return tags_for(self.languages, profile, self.languages_as)

    def pairs(self, what: str) -> Iterator[Pair]:
        """Each unit that has a source, with its translation where there is one.

        Args:
            what: The format, for the error.

        Raises:
            InputError: If there are several translations.
        """
        target = self.only_target(what)
        for unit in self.units:
            source = unit.variant(self.source)
            if source is not None:
                translation = unit.variant(target)
                complete = translation is not None and translation.complete
                yield Pair(unit, source, translation if complete else None, self.properties)


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit as a bilingual file has it.

    Attributes:
        unit: The unit.
        source: Its text.
        target: Its translation; None where there is none.
        properties: Whether properties are wanted.
    """

    unit: TranslationUnit
    source: Variant
    target: Variant | None
    properties: bool = True

    @property
    def notes(self) -> tuple[str, ...]:
        """What is noted of it, a line each or more."""
        return tuple(remark.text for remark in self._remarks() if not remark.name)

    @property
    def named(self) -> tuple[Remark, ...]:
        """Its properties: those of its file, and what an alignment tells of it."""
        if not self.properties:
            return ()
        there = [remark for remark in self._remarks() if remark.name]
        names = {remark.name for remark in there}
        found = (Remark(text, name) for name, text in measures(self._variants()))
        return (*there, *(remark for remark in found if remark.name not in names))

    def _variants(self) -> tuple[Variant, ...]:
        return (self.source,) if self.target is None else (self.source, self.target)

    def _remarks(self) -> Iterator[Remark]:
        yield from self.unit.remarks
        for variant in self._variants():
            yield from variant.remarks


def measures(variants: Sequence[Variant], suffix: str = "") -> Iterator[tuple[str, str]]:
    """What an alignment tells of variants, as properties: names and values.

    Args:
        variants: The variants. Of a pair that two beads with the pivot tie together, the weaker
            bead decides.
        suffix: What the names end in.
    """
    for name, values in (
        ("x-confidence", [variant.confidence for variant in variants]),
        ("x-similarity", [variant.score for variant in variants]),
    ):
        known = [value for value in values if value is not None and math.isfinite(value)]
        if known:
            yield name + suffix, f"{min(known):.4f}"
    for verdict in sorted({variant.reviewed for variant in variants if variant.reviewed}):
        yield f"x-reviewed{suffix}", verdict


def memory_of(article: AlignedArticle) -> Memory:
    """The units of an aligned article, what was left untranslated too.

    Copies of the source are no translations, see `align.copies`.
    """
    from align.copies import without_copies

    return Memory(
        without_copies(article.units, article.pivot).units,
        article.pivot,
        tuple(article.alignments),
        title=article.title or article.name,
        note=f"Licence: {article.licence}" if article.licence else "",
    )
