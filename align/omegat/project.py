"""A project of OmegaT that is ready to open: memory, rules, glossary and what is to be translated.

OmegaT, User's Guide, 'Project folder'.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import InputError, OutputError
from align.formats.memory import Memory
from align.segmentation import default_rules

if TYPE_CHECKING:
    from align.article import AlignedArticle
    from align.edition import Edition
    from align.termbases import Termbase

_FOLDERS = ("source", "target", "tm/auto", "omegat", "glossary", "dictionary")
_DEFAULT_FOLDERS = ("source_dir", "target_dir", "tm_dir", "glossary_dir", "dictionary_dir")
_PROJECT, _MEMORY = "omegat.project", "tm/auto/memory.tmx"
_UNFINISHED = ".align-unfinished"  # lies in the folder until all is written
_WHITE = re.compile("[ \t\r\n\v\f]+")


@dataclass(frozen=True, slots=True)
class OmegatProject:
    """What was written.

    Attributes:
        folder: The project: OmegaT opens it.
        units: How many units its memory has.
        warnings: What the user should know, a line each.
    """

    folder: Path
    units: int
    warnings: tuple[str, ...]


def write_omegat(
    article: AlignedArticle,
    folder: Path | str,
    *,
    language: str | None = None,
    sources: Sequence[Path] = (),
    termbases: Sequence[Termbase] = (),
    srx: Path | str | None = None,
    force: bool = False,
    inputs: Iterable[Path] = (),
) -> OmegatProject:
    """Writes a project of OmegaT for an aligned article.

    Its memory holds the finest beads of the pair that are sure enough; the rules by which it cuts
    texts are those by which the article was cut, so that the memory fills what it holds.

    Args:
        article: The aligned article, as its review left it.
        folder: The project's folder; made where it is missing.
        language: The language to translate into; needed where the article has several.
        sources: The files to translate, copied as they are; the pivot edition, as plain text,
            where there are none.
        termbases: Termbases whose terms go into the glossary.
        srx: The rules that the article was cut by, where those were not ours.
        force: Write into a folder that holds a project already; what the translator did there
            (`omegat/project_save.tmx`) stays.
        inputs: The files that the article and the termbases were read from; none is written over.

    Raises:
        InputError: If the article has no such language, the folder is a project already or has
            other files in it, or a file would be written over one that is read.
        OutputError: If the folder cannot be written to.
    """
    from align.copies import without_copies
    from align.inputs import translations_in
    from align.units import pair_units

    if language is None and len(article.alignments) != 1:
        raise InputError(
            f"a project has one translation; choose it by --language: "
            f"{', '.join(article.alignments)}"
        )
    target = translations_in(article, [language])[0] if language else next(iter(article.alignments))
    pivot = article.editions[article.pivot]
    units = pair_units(
        pivot,
        article.editions[target],
        article.alignments[target],
        min_confidence=article.min_confidence,
    )
    kept = without_copies(units, article.pivot)
    memory = Memory(kept.units, article.pivot, (target,), title=article.name)
    texts = {} if sources else {f"{article.name}.utf8": plain_text(pivot)}
    written = write_omegat_project(
        folder, memory, sources=sources, texts=texts, termbases=termbases, srx=srx, force=force,
        inputs=inputs,
    )  # fmt: skip
    return OmegatProject(written.folder, written.units, (*kept.message(), *written.warnings))


def write_omegat_project(
    folder: Path | str,
    memory: Memory,
    *,
    sources: Sequence[Path] = (),
    texts: Mapping[str, str] | None = None,
    termbases: Sequence[Termbase] = (),
    srx: Path | str | None = None,
    force: bool = False,
    inputs: Iterable[Path] = (),
) -> OmegatProject:
    """Writes a project of OmegaT for a memory of two languages.

    Args:
        folder: The project's folder; made where it is missing.
        memory: The memory, written to `tm/auto`: OmegaT fills in what it holds.
        sources: Files to translate, copied as they are.
        texts: Texts to translate by the names of their files, which end in `.utf8`; a blank line
            parts paragraphs.
        termbases: Termbases whose terms in the two languages go into the glossary.
        srx: The segmentation rules; ours where not given.
        force: Write into a folder that holds a project already, or other files.
        inputs: Files that were read; none is written over, nor are the sources and the rules.

    Raises:
        InputError: If the memory has several translations, a source has the name of another, the
            rules are none, the folder is a project already or has other files in it, or a file
            would be written over one that is read.
        OutputError: If the folder cannot be written to.
    """
    from align.formats.atomic import open_for_writing
    from align.formats.tmx import write_tmx
    from align.omegat.rules import segmentation_conf

    target = memory.only_target("a project of OmegaT")
    place = Path(folder)
    names = [path.name for path in sources] + list(texts or ())
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"two sources are called {name!r}; rename one")
    for path in sources:
        if not path.is_file():
            raise InputError("there is no such file to translate", path=path)
    rules = _rules(srx)
    tags = Memory((), memory.source, (target,), profile="omegat").tags()
    glossaries = [_glossary(number) for number, _ in enumerate(termbases, start=1)]
    files = {
        _PROJECT: _project_file(tags[memory.source], tags[target]),
        "omegat/segmentation.srx": rules,
        "omegat/segmentation.conf": segmentation_conf(rules),
        **{f"source/{name}": text.encode() for name, text in (texts or {}).items()},
    }
    _claim(
        place,
        [_MEMORY, *files, *(f"source/{path.name}" for path in sources), *glossaries],
        [*inputs, *sources, *([Path(srx)] if srx is not None else [])],
        force=force,
    )
    _begin(place)
    written = write_tmx(
        place / _MEMORY,
        memory.units,
        languages=[target],
        source=memory.source,
        profile="omegat",
    )
    for name, data in files.items():
        with open_for_writing(place / name, "wb") as stream:
            stream.write(data)
    for path in sources:
        _copy(path, place / "source" / path.name)
    warnings = [*written.warnings]
    for name, termbase in zip(glossaries, termbases, strict=True):
        warnings += _write_glossary(place / name, termbase, memory.source, target)
    (place / _UNFINISHED).unlink(missing_ok=True)
    return OmegatProject(place, written.units, tuple(warnings))


def plain_text(edition: Edition) -> str:
    r"""The text of an edition as OmegaT reads plain text: a blank line between blocks.

    A line break within a paragraph is a space, as it is in memories.
    """
    text = edition.document.text
    blocks = (text[block.start : block.stop] for block in edition.document.blocks)
    return "\n\n".join(_WHITE.sub(" ", block).strip() for block in blocks) + "\n"


def _rules(srx: Path | str | None) -> bytes:
    if srx is None:
        return default_rules().encode()
    from align.documents.decoding import read_file
    from align.segmentation.srx import read_srx

    srx = Path(srx)
    data = read_file(srx)
    read_srx(data, path=srx)
    return data


def _begin(place: Path) -> None:
    """Makes the folders, and the mark that lets another run go on where this one is stopped."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        (place / _UNFINISHED).touch()
        for name in _FOLDERS:
            (place / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{error.filename or place}: cannot be made: {error.strerror}") from error


def _copy(source: Path, target: Path) -> None:
    from align.formats.atomic import open_for_writing

    try:
        read = source.open("rb")  # a regular file, which was looked at
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=source) from error
    with read, open_for_writing(target, "wb") as stream:
        shutil.copyfileobj(read, stream)


def _claim(place: Path, names: Iterable[str], inputs: Sequence[Path], *, force: bool) -> None:
    """Refuses what must not be written over, before anything is written.

    The folder is new or empty unless force is used, or a run was stopped there. So its files need
    no record of their own, which OmegaT would take for one of the texts to translate.
    """
    from align.formats.atomic import Output, claim_folder

    force = force or (place / _UNFINISHED).exists()
    if (place / _PROJECT).exists() and not force:
        raise InputError("is a project already; --force writes into it", path=place)
    claim_folder(place, force=force, is_shared=False)
    for name in names:
        Output(str(place / name), inputs, force=True).claimed()


def _glossary(number: int) -> str:
    return f"glossary/terms{number if number > 1 else ''}.txt"


def _write_glossary(path: Path, termbase: Termbase, source: str, target: str) -> Iterable[str]:
    from align.formats.termbases.glossary import write_glossary
    from align.languages import nearest_tags

    there = termbase.languages
    pair = [next(iter(nearest_tags(tag, there)), tag) for tag in (source, target)]
    return write_glossary(path, termbase, source=pair[0], target=pair[1])


def _project_file(source: str, target: str) -> bytes:
    from lxml import etree

    root = etree.Element("omegat")
    project = etree.SubElement(root, "project", {"version": "1.0"})
    values = dict.fromkeys(_DEFAULT_FOLDERS, "__DEFAULT__") | {
        "source_lang": source,
        "target_lang": target,
        "sentence_seg": "true",
        "support_default_translations": "true",
        "remove_tags": "false",
    }
    for name, value in values.items():
        etree.SubElement(project, name).text = value
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
