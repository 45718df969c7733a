"""Alignments of OPUS (XCES): links between sentences of two documents, which lie beside it."""

from __future__ import annotations

import re
from collections import OrderedDict
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.files import open_for_reading
from align.formats.pairs.lined import LinedPair, lined_writer, path_beside
from align.formats.registry import PAIR_READERS, PairFile
from align.formats.xml_files import attributes_of, drop, local_name, root_is, xml_events
from align.languages import is_known_tag, join_segments, language_named
from align.languages.profile import profile
from align.units import TranslationUnit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

_FOLDERS = ("", "xml", "raw", "../xml", "../raw", "..")
# Spaces that stand between words of a list, but not in a text.
_BEFORE_CLOSING = re.compile(r" (?=[.,;:!?…)\]}”»%،؛؟])")
_AFTER_OPENING = re.compile(r"(?<=[(\[{“«¿¡]) ")
_MOST_SENTENCES = 1_000_000  # of one document
_DOCUMENTS_HELD = 8


@PAIR_READERS.register("OPUS XCES", endings=(), recognises=root_is("cesAlign"))
def read_xces(file: PairFile) -> Iterator[TranslationUnit]:
    """Reads the links of an alignment file and the sentences they name.

    The documents (`fromDoc`, `toDoc`) are looked for from the folder of the file on, and in `xml`
    and `raw` there and beside it, packed by gzip or not; paths that leave those are refused. A
    link to a sentence that is not there is passed over.

    Raises:
        InputError: If a file cannot be read, or a document is not there.
    """
    documents = _Documents(Path(file.path))
    languages = "", ""
    sentences: tuple[Mapping[str, str], Mapping[str, str]] = {}, {}
    with file.open() as stream:
        for event, element in xml_events(stream, file.path):
            name = local_name(element)
            if event == "start" and name == "linkGrp":
                named = element.get("fromDoc", ""), element.get("toDoc", "")
                languages = _language(named[0], file.source), _language(named[1], file.target)
                if not all(languages):
                    raise InputError(
                        "does not say its languages; name them (-s and -t of the command)",
                        path=file.path,
                        line=_line(element),
                    )
                sentences = (
                    documents.sentences(named[0], languages[0], _line(element)),
                    documents.sentences(named[1], languages[1], _line(element)),
                )
            elif event == "end" and name == "link":
                unit = _unit(element, languages, sentences, file)
                drop(element)
                if unit is not None:
                    yield unit


def _unit(
    link: etree._Element,
    languages: tuple[str, str],
    sentences: tuple[Mapping[str, str], Mapping[str, str]],
    file: PairFile,
) -> TranslationUnit | None:
    first, _, second = link.get("xtargets", "").partition(";")
    line = _line(link)
    variants = []
    for names, language, known in zip((first, second), languages, sentences, strict=True):
        wanted = names.split()
        if not all(name in known for name in wanted):
            file.skipped.add("a link to a sentence that is not there", line)
            return None
        text = join_segments((known[name] for name in wanted), language)
        if text.strip():
            variants.append(Variant(language, segments=(), text=text, line=line))
    if not variants or variants[0].language != languages[0]:
        return None
    return TranslationUnit(tuple(variants), into=languages[1], attributes=attributes_of(link))


def _language(document: str, named: str | None) -> str:
    """What the first folder of a document's path says, as OPUS has it: `en/1949/1.xml.gz`."""
    first = PurePosixPath(document).parts[:1]
    tag = first[0] if first and is_known_tag(first[0]) else named
    return language_named(tag) if tag else ""


def _line(element: etree._Element) -> int | None:
    line = element.sourceline
    return line if isinstance(line, int) else None


class _Documents:
    """The documents that an alignment names, the last few kept: its links come by document."""

    def __init__(self, alignment: Path) -> None:
        self._alignment = alignment
        self._held: OrderedDict[tuple[str, str], Mapping[str, str]] = OrderedDict()

    def sentences(self, name: str, language: str, line: int | None) -> Mapping[str, str]:
        """The sentences of a document by their identifiers."""
        key = name, language
        if key not in self._held:
            self._held[key] = _sentences(self._path(name, line), language)
            if len(self._held) > _DOCUMENTS_HELD:
                self._held.popitem(last=False)
        return self._held[key]

    def _path(self, name: str, line: int | None) -> Path:
        relative = PurePosixPath(name)
        if relative.is_absolute() or ".." in relative.parts or not name or "\\" in name:
            raise InputError(
                f"names a document outside its folder, {name[:80]!r}",
                path=self._alignment,
                line=line,
            )
        for folder in _FOLDERS:
            whole = self._alignment.parent / folder / relative
            bare = whole.with_suffix("") if whole.suffix == ".gz" else whole
            for path in (whole, bare, whole.with_name(f"{whole.name}.gz")):
                if path.is_file():
                    return path
        raise InputError(
            f"names {name[:80]!r}, which is not there; put it below {self._alignment.parent}",
            path=self._alignment,
            line=line,
        )


def _sentences(path: Path, language: str) -> dict[str, str]:
    sentences: dict[str, str] = {}
    between = " " if profile(language).spaced else ""
    with open_for_reading(path) as stream:
        for event, element in xml_events(stream, path):
            if event == "end" and local_name(element) == "s" and element.get("id"):
                sentences[element.get("id", "")] = _text(element, between)
                drop(element)
                if len(sentences) > _MOST_SENTENCES:
                    raise InputError(f"has more than {_MOST_SENTENCES:,} sentences", path=path)
    return sentences


def _text(sentence: etree._Element, between: str) -> str:
    """The text of a sentence, written as it is or word by word."""
    words = [each for each in sentence.iter() if local_name(each) == "w"]
    if words:
        text = between.join("".join(map(str, word.itertext())).strip() for word in words)
        return _AFTER_OPENING.sub("", _BEFORE_CLOSING.sub("", text))
    return " ".join("".join(map(str, sentence.itertext())).split())


@lined_writer("xces", "links of OPUS (XCES) and the two documents, in xml/ beside them")
def write_xces(path: Path | str, pair: LinedPair) -> tuple[str, ...]:
    """Writes an alignment file and the documents it links, `xml/en/boat.xml` and `xml/fr/boat.xml`.

    Carries: confidence, as `certainty`.
    Does not carry: inline codes, notes, properties, states, breaks within a text.

    Raises:
        InputError: If the file is standard output.
        OutputError: If a file cannot be written.
    """
    from lxml import etree

    from align.formats.atomic import beside, open_for_writing

    place = path_beside(path, "an alignment of OPUS")
    names = [f"{language}/{place.stem}.xml" for language in pair.languages]
    outputs = [beside(path, place.parent / "xml" / name) for name in names]
    for output, lines in zip(outputs, pair.lines, strict=True):
        with (
            open_for_writing(output, "wb") as stream,
            etree.xmlfile(stream, encoding="utf-8") as xml,
        ):
            xml.write_declaration()
            with xml.element("document"):
                for number, line in enumerate(lines, start=1):
                    sentence = etree.Element("s", {"id": str(number)})
                    sentence.text = line
                    xml.write("\n", sentence)
                xml.write("\n")
    with (
        open_for_writing(path, "wb") as stream,
        etree.xmlfile(stream, encoding="utf-8") as xml,
    ):
        xml.write_declaration()
        documents = {"fromDoc": names[0], "toDoc": names[1]}
        with (
            xml.element("cesAlign", {"version": "1.0"}),
            xml.element("linkGrp", {"targType": "s"} | documents),
        ):
            for number, bead in enumerate(pair.beads, start=1):
                sides = (" ".join(str(each + 1) for each in side)
                         for side in (bead.source, bead.target))  # fmt: skip
                own = {"id": f"SL{number}", "xtargets": ";".join(sides)}
                if bead.confidence is not None:
                    own["certainty"] = f"{bead.confidence:.4f}"
                xml.write("\n", etree.Element("link", own))
            xml.write("\n")
    return (f"{path}: the documents are below {place.parent / 'xml'}",)
