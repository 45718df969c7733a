"""Files that are long or made to be slow, for whatever reads files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from align.documents import read_document
from align.documents.corpus_file import read_listing
from align.formats.alignment_json import read_alignment, write_alignment
from align.formats.registry import PAIR_READERS, PairFile
from align.formats.termbases import read_termbase
from align.review.alignment import alignment_of
from align.review.history import Review
from align.review.log import read_log
from align.segmentation import Segmenter
from benchmarking.cases import Case, Run
from benchmarking.check_cases import article_of


def of_files() -> Iterator[Case]:
    """All kinds of files that are read, and alignment files with their reviews."""
    yield Case("alignment file", "segments", 1_000, _alignment)
    for operation in ("edit", "undo"):
        yield Case("review", operation, 5_000, partial(_review, kind=operation))
    for title, size, name, read, parts in _FILES:
        kind, _, what = title.partition(", ")
        yield Case(kind, what, size, partial(_file, name=name, read=read, parts=parts))
    for kind, name, read, (start, end) in _LONG_LINES:
        made = partial(_file, name=name, read=read, parts=(start, "old and ", end))
        yield Case(kind, "a line of megabytes", _MEGABYTES, made)
    for kind, name, read, (start, end) in _LONG_LINES:
        if read is read_document:
            for unit in _RUNS:
                made = partial(_file, name=name, read=read, parts=(start, unit, end))
                yield Case(kind, f"a run of {unit!a}", 20_000, made)


def _file(
    size: int,
    folder: Path,
    *,
    name: str,
    read: Callable[[Path], object],
    parts: tuple[str, str, str],
) -> Run:
    start, unit, end = parts
    path = folder / name
    with path.open("w", encoding="utf-8") as stream:
        stream.write(start)
        stream.writelines(unit.replace("@", str(number)) for number in range(size))
        stream.write(end)
    return partial(read, path)


def _pairs(path: Path) -> None:
    reader = PAIR_READERS.of_file(path)
    if reader is not None:
        for _ in reader.read(PairFile(path)):
            pass


_TERMBASE = partial(read_termbase, languages=("en", "fr"))
_PO = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n\n'
_XLF = '<xliff version="1.2"><file source-language="en" target-language="fr"><body>'
_TMX = '<tmx version="1.4"><header srclang="en"/><body>'
_TBX = '<tbx type="TBX-Basic" xml:lang="en"><text><body>'
_SRX = (
    '<srx xmlns="http://www.lisa.org/srx20" version="2.0">'
    '<header segmentsubflows="yes" cascade="yes"/><body>'
    '<languagerules><languagerule languagerulename="A">'
)
_SRX_END = (
    '</languagerule></languagerules><maprules><languagemap languagepattern=".*" '
    'languagerulename="A"/></maprules></body></srx>'
)
_FILES: tuple[tuple[str, int, str, Callable[[Path], object], tuple[str, str, str]], ...] = (
    ("HTML, one line", 100_000, "a.html", read_document, ("<p>It is ", "old and ", "red.</p>")),
    ("HTML, attributes", 100_000, "a.html", read_document, ("<p", " a@=''", ">It is red.</p>")),
    ("HTML, elements", 10_000, "a.html", read_document, ("<p>It", "<b>is</b> ", "red.</p>")),
    ("HTML, deep", 20_000, "a.html", read_document, ("", "<div>", "<p>It is red.</p>")),
    ("Markdown, one line", 100_000, "a.md", read_document, ("It is ", "old and ", "red.")),
    ("Markdown, marks", 20_000, "a.md", read_document, ("It is ", "*old* [a](b) ", "red.")),
    ("Markdown, lines", 20_000, "a.md", read_document, ("It is ", "old\n", "red.")),
    ("RST, one line", 100_000, "a.rst", read_document, ("It is ", "old and ", "red.")),
    ("RST, marks", 20_000, "a.rst", read_document, ("It is ", "*old* `a`_ |b| ", "red.")),
    ("plain text, one line", 100_000, "a.txt", read_document, ("It is ", "old and ", "red.")),
    ("RTF, groups", 20_000, "a.rtf", read_document, ("{\\rtf1 It is ", "{\\b old} ", "red.}")),
    ("SRT, cues", 5_000, "a.srt", read_document,
     ("", "1\n00:00:01,000 --> 00:00:02,000\nIt is\n\n", "")),
    ("TMX, units", 10_000, "a.tmx", _pairs,
     (_TMX, "<tu><tuv xml:lang='en'><seg>Old @</seg></tuv><tuv xml:lang='fr'><seg>Vieux</seg></tuv>"
      "</tu>", "</body></tmx>")),
    ("TMX, codes of one segment", 10_000, "a.tmx", _pairs,
     (_TMX + "<tu><tuv xml:lang='en'><seg>", "old <bpt i='@'/>a<ept i='@'/>",
      "</seg></tuv></tu></body></tmx>")),
    ("XLIFF, units", 10_000, "a.xlf", _pairs,
     (_XLF, "<trans-unit id='@'><source>Old</source><target>Vieux</target></trans-unit>",
      "</body></file></xliff>")),
    ("PO, messages", 5_000, "a.po", _pairs, (_PO, 'msgid "Old @"\nmsgstr "Vieux"\n\n', "")),
    ("PO, lines of one message", 20_000, "a.po", _pairs,
     (_PO + 'msgid ""\n', '"old @"\n', 'msgstr "Vieux"\n')),
    ("JSONL, lines", 20_000, "a.en-fr.jsonl", _pairs, ("", '{"en": "Old @", "fr": "Vieux"}\n', "")),
    ("bilingual CSV, rows", 20_000, "a.csv", _pairs, ("en,fr\n", "Old @,Vieux\n", "")),
    ("bilingual CSV, columns", 5_000, "a.csv", _pairs, ("en,fr", ",x@", "\nold,vieux\n")),
    ("termbase, one source term", 25_000, "a.csv", _TERMBASE, ("en,fr\n", "ferry,bac @\n", "")),
    ("termbase, rows", 25_000, "a.csv", _TERMBASE, ("en,fr\n", "ferry @,bac @\n", "")),
    ("glossary, one source term", 25_000, "a.txt", _TERMBASE, ("", "ferry\tbac @\n", "")),
    ("TBX, entries", 5_000, "a.tbx", read_termbase,
     (_TBX, "<conceptEntry id='c@'><langSec xml:lang='en'><termSec><term>old @</term></termSec>"
      "</langSec></conceptEntry>", "</body></text></tbx>")),
    ("TBX, one entry", 10_000, "a.tbx", read_termbase,
     (_TBX + "<conceptEntry id='c'><langSec xml:lang='en'>",
      "<termSec><term>old @</term></termSec>", "</langSec></conceptEntry></body></text></tbx>")),
    ("SRX, rules", 2_000, "a.srx", Segmenter,
     (_SRX, "<rule break='no'><beforebreak>a@\\.</beforebreak><afterbreak>\\s</afterbreak></rule>",
      _SRX_END)),
    ("SRX, one rule", 20_000, "a.srx", Segmenter,
     (_SRX + "<rule break='no'><beforebreak>", "a|", "b</beforebreak></rule>" + _SRX_END)),
    ("termbase, 10,000 columns", 10_000, "a.csv", _TERMBASE, ("en,fr", ",x@", "\nold,vieux\n")),
    ("termbase, a million rows", 500_001, "a.csv", _TERMBASE, ("en,fr\n", "ferry @,bac @\n", "")),
    ("termbase, stray quotation marks", 25_000, "a.csv", _TERMBASE,
     ("en,fr\n", 'old "@,"vieux" @\n', "")),
    ("corpus.toml, editions", 300, "corpus.toml", read_listing,
     ('title = "A"\n', '[[editions]]\nlanguage = "en"\nfile = "@.txt"\n', "")),
)  # fmt: skip


_RUNS = (" ", "\t", "\n", "\u200b", "\u3000", "-", "'")  # what patterns look for from each place
_MEGABYTES = 640_000  # times eight characters: lines of five and ten MB
_LONG_LINES: tuple[tuple[str, str, Callable[[Path], object], tuple[str, str]], ...] = (
    ("plain text", "a.txt", read_document, ("It is ", "red.")),
    ("Markdown", "a.md", read_document, ("It is ", "red.")),
    ("RST", "a.rst", read_document, ("It is ", "red.")),
    ("HTML", "a.html", read_document, ("<p>It is ", "red.</p>")),
    ("RTF", "a.rtf", read_document, ("{\\rtf1 It is ", "red.}")),
    ("SRT", "a.srt", read_document, ("1\n00:00:01,000 --> 00:00:02,000\nIt is ", "red\n")),
    ("TMX", "a.tmx", _pairs,
     (_TMX + "<tu><tuv xml:lang='en'><seg>Old ", "</seg></tuv><tuv xml:lang='fr'><seg>Vieux</seg>"
      "</tuv></tu></body></tmx>")),
    ("XLIFF", "a.xlf", _pairs,
     (_XLF + "<trans-unit id='1'><source>Old ", "</source><target>Vieux</target></trans-unit>"
      "</body></file></xliff>")),
    ("PO", "a.po", _pairs, (_PO + 'msgid "Old ', '"\nmsgstr "Vieux"\n')),
    ("JSONL", "a.en-fr.jsonl", _pairs, ('{"en": "Old ', '", "fr": "Vieux"}\n')),
    ("bilingual CSV", "a.csv", _pairs, ("en,fr\nOld ", ",Vieux\n")),
    ("termbase", "a.csv", _TERMBASE, ("en,fr\nold ", ",vieux\n")),
    ("glossary", "a.txt", _TERMBASE, ("old ", "\tvieux\n")),
    ("TBX", "a.tbx", read_termbase,
     (_TBX + "<conceptEntry id='c'><langSec xml:lang='en'><termSec><term>old ",
      "</term></termSec></langSec></conceptEntry></body></text></tbx>")),
    ("SRX", "a.srx", Segmenter,
     (_SRX + "<rule break='no'><beforebreak>a", "</beforebreak></rule>" + _SRX_END)),
)  # fmt: skip


def _alignment(size: int, folder: Path) -> Run:
    path = folder / "a.alignment.json"
    write_alignment(path, article_of("It is old.\n" * size, "Il est vieux.\n" * size))
    return partial(read_alignment, path)


def _review(size: int, folder: Path, *, kind: str) -> Run:
    path = folder / "review.jsonl"
    place = {"language": "fr", "side": "target", "segment": "0"}
    start = alignment_of(article_of("It is old.\nRed.\n" * 20, "Il est vieux.\nRouge.\n" * 20))
    with path.open("w", encoding="ascii") as stream:
        stream.write('{"format": "align-review", "version": 1, "alignment": "a"}\n')
        for number in range(size):
            said: dict[str, Any] = {"kind": "edit", **place, "text": f"Vu {number}."}
            if kind == "undo" and number >= size // 2:  # what was done first is taken back first
                said = {"kind": "undo", "of": f"e{number - size // 2}"}
            time_of = "2030-01-01T00:00:00Z"
            stream.write(
                json.dumps({"id": f"e{number}", "time": time_of, "operation": said}) + "\n"
            )
    return lambda: Review(start, read_log(path).entries)
