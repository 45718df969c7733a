"""Writes everything that `align build` makes of an article into one folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from align.copies import without_copies
from align.errors import InputError
from align.languages import normalise_tag
from align.units import TranslationUnit, pair_units

if TYPE_CHECKING:
    from align.article import AlignedArticle
    from align.terminology.model import TermReport

DEFAULT_PROFILE = "default"
"""The profile of memories that suits most tools."""

_REPORT, _TERM_PAGE = "report.html", "terms.html"


@dataclass(frozen=True, slots=True)
class MemoryOptions:
    """How translation memories are written.

    Attributes:
        profile: The tool they are for; `default` suits most.
        languages_as: Tags to write instead of the profile's, by language.
        properties: Whether to write similarity, confidence and the like.
        context: Whether to write the segments before and after each unit.

    Raises:
        InputError: If there is no such profile, or a tag or its replacement is none.
    """

    profile: str = DEFAULT_PROFILE
    languages_as: Mapping[str, str] = field(default_factory=dict)
    properties: bool = True
    context: bool = False

    def __post_init__(self) -> None:
        from align.formats.tmx.profiles import profile_named, tags_for

        # Told now, not after minutes of alignment; that no two tags clash, each memory sees to.
        profile = profile_named(self.profile)
        for language in self.languages_as:
            tags_for([normalise_tag(language)], profile, self.languages_as)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        files: The files, in the order they were written.
        units: Translation units written, by language, and of all under the pivot's.
        warnings: What a user should know of them, one line each.
    """

    files: tuple[Path, ...]
    units: Mapping[str, int]
    warnings: tuple[str, ...]


def write_build(
    article: AlignedArticle,
    folder: Path | str,
    *,
    terms: TermReport | None = None,
    options: MemoryOptions | None = None,
    force: bool = False,
    aligned: AlignedArticle | None = None,
    inputs: Iterable[Path] = (),
) -> Written:
    """Writes an article's memories, its alignment file and its report; its page of terms if given.

    `NAME.PIVOT-LANGUAGE.tmx` for each language holds the finest beads of that pair, `NAME.tmx`
    the units of all languages, `NAME.alignment.json` everything, `report.html` shows the
    alignment to a reader and `terms.html` the terms; the two pages link to each other. Memories
    hold no units whose translation is a copy of the source, see `align.copies`.

    Args:
        article: The aligned article.
        folder: Where to write; made where it is missing.
        terms: What `align.terms` found in the article; without it no page of terms is written.
        options: How memories are written.
        force: Overwrite files that were changed since they were written, or that others wrote.
        aligned: The article before its review, which the alignment file holds: a review beside
            that is of it. The article itself where nobody reviewed it.
        inputs: Files that were read, none of which is written to.

    Returns:
        What was written.

    Raises:
        InputError: If a file there is one of the inputs, or is not as `align` left it and `force`
            is not given; if two languages would be written under one tag, or the article lacks a
            language that `options` name.
        OutputError: If the folder cannot be written to.
    """
    from align.formats.alignment_json import write_alignment
    from align.formats.atomic import Output
    from align.formats.report import write_report, write_term_page
    from align.formats.tmx import write_tmx

    options = options or MemoryOptions()
    folder = Path(folder)
    units: dict[str, int] = {}
    warnings: list[str] = []

    def memory(language: str | None = None) -> Callable[[str], None]:
        """Writes the memory of one language with the pivot, or that of all."""

        def write(path: str) -> None:
            kept = without_copies(
                _finest(article, language) if language else article.units, article.pivot
            )
            summary = write_tmx(
                path,
                kept.units,
                languages=[article.pivot, language] if language else list(article.editions),
                source=article.pivot,
                profile=options.profile,
                languages_as=options.languages_as,
                properties=options.properties,
                context=options.context,
                note=_note(article),
            )
            units[language or article.pivot] = summary.units
            if language:  # what there is to say of all languages, the pairs' memories say
                said = (*kept.message(), *summary.warnings)
                warnings.extend(f"{Path(path).name}: {warning}" for warning in said)

        return write

    writers: dict[str, Callable[[str], None]] = {
        f"{article.name}.{article.pivot}-{language}.tmx": memory(language)
        for language in article.alignments
    }
    writers[f"{article.name}.tmx"] = memory()
    writers[f"{article.name}.alignment.json"] = lambda path: write_alignment(
        path, aligned or article
    )
    term_page = _TERM_PAGE if terms else None
    writers[_REPORT] = lambda path: write_report(path, article, term_page=term_page)
    if terms:
        writers[_TERM_PAGE] = lambda path: write_term_page(path, terms, alignment_page=_REPORT)

    # Whatever can be wrong is found before the first file is written.
    _must_be_writable_as(list(article.editions), options)
    read = tuple(inputs)
    outputs = {name: Output(str(folder / name), read, force=force).claimed() for name in writers}
    for name, write in writers.items():
        write(outputs[name])
    return Written(tuple(folder / name for name in writers), units, tuple(warnings))


def language_pairs(pairs: Sequence[str]) -> dict[str, str]:
    """The tags to write by language, of words such as `en=en-GB`.

    Raises:
        InputError: If one is not like that.
    """
    result = {}
    for pair_text in pairs:
        language, equals, tag = pair_text.partition("=")
        if not (language and equals and tag):
            raise InputError(f"--tmx-lang {pair_text!r} is not like en=en-GB")
        result[normalise_tag(language)] = tag
    return result


def _must_be_writable_as(languages: list[str], options: MemoryOptions) -> None:
    from align.formats.tmx.profiles import profile_named, tags_for

    for language in options.languages_as:
        if normalise_tag(language) not in languages:
            there = ", ".join(languages)
            raise InputError(f"there is no edition in {language!r} to rename; there are {there}")
    tags_for(languages, profile_named(options.profile), options.languages_as)


def _note(article: AlignedArticle) -> str:
    licence = f"\nLicence: {article.licence}" if article.licence else ""
    return f"{article.title}{licence}"


def _finest(article: AlignedArticle, language: str) -> list[TranslationUnit]:
    return pair_units(
        article.editions[article.pivot],
        article.editions[language],
        article.alignments[language],
        min_confidence=article.min_confidence,
    )
