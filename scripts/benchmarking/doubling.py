"""How time grows when an input is doubled: of texts, of files, and of each check.

    python -m benchmarking.doubling [WORD…]

prints a row for each case whose title holds a word: seconds of the processor for an input and for
one twice as large, and how many times as long that took. What is refused says so. More than 2.5
times is told, where the time is long enough to say anything; the exit code is 1 then.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from align.article import AlignedArticle
from align.beads import Alignment, Bead
from align.checks.addresses import addresses_in
from align.checks.base import CheckCannotRunError, Translation
from align.checks.items import listed_items
from align.checks.registry import CHECKS
from align.documents import read_document
from align.documents.corpus_file import read_listing
from align.edition import Edition
from align.encoders import load_encoder
from align.errors import AlignError
from align.formats.alignment_json import read_alignment, write_alignment
from align.formats.registry import PAIR_READERS, PairFile
from align.formats.termbases import read_termbase
from align.quantities import quantities_of
from align.quantities.clock import times_in
from align.quantities.folding import fold
from align.review.alignment import alignment_of
from align.review.history import Review
from align.review.log import read_log
from align.segmentation import Segmenter, document_of_lines
from align.terminology.tagging import parts_of_speech
from align.terminology.words import words_of
from align.text import Span

MOST = 2.5
"""How many times as long an input may take that is twice as large."""

_SHORT = 0.05  # seconds, below which a ratio says nothing

Run = Callable[[], object]


@dataclass(frozen=True)
class Case:
    """Something that reads an input of any size.

    Attributes:
        title: What reads what.
        size: Of the smaller input, in whatever `made` counts.
        made: Makes an input of a size in a folder, and gives what reads it.
    """

    title: str
    size: int
    made: Callable[[int, Path], Run]


@dataclass(frozen=True)
class Doubled:
    """What came of a case: seconds of the processor for either size, or why it was refused."""

    title: str
    seconds: tuple[float, float] = (0.0, 0.0)
    refused: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times as long the larger took; None where that says nothing."""
        small, large = self.seconds
        return None if self.refused or large < _SHORT else large / max(small, _SHORT / MOST)


def doubled(case: Case) -> Doubled:
    """Runs a case at its size and at twice that."""
    seconds = []
    with tempfile.TemporaryDirectory(prefix="align-doubling-") as folder:
        for size in (max(case.size // 50, 1), case.size, 2 * case.size):  # the first only warms up
            run = case.made(size, Path(folder))
            started = time.process_time()
            try:
                run()
            except AlignError as error:
                return Doubled(case.title, refused=str(error))
            seconds.append(time.process_time() - started)
    return Doubled(case.title, (seconds[1], seconds[2]))


def _text(size: int, _folder: Path, *, unit: str, look: Callable[[str], object]) -> Run:
    return partial(look, unit * (size // len(unit)))


def _clock(text: str, language: str) -> None:
    list(times_in(fold(text, language), language))


def _terms(text: str, language: str) -> None:
    (words,) = words_of([text], language)
    parts_of_speech(text, words, language)


_NUMBERS = {
    "ja": ("一二三四", "１２３４", "１，", "一、二、", "億", "二十億", "万千百十", "三分の",
           "五時", "第一"),
    "zh-Hans": ("一二三四", "１２３４", "１、", "亿万千", "二十亿", "百分之", "点五", "零"),
    "ar": ("١٢٣٤", "ثلاثة و", "ثلاثة ", "مليون ", "١،", "الساعة ", "٣٫", "نصف "),
}  # fmt: skip
_LISTS = (" ", "\n", " \n", "\n\n", "a\n", "- ", "• ", "1. ", "a, ", "、", "（一）")
_TELEPHONES = (
    "+33 1 22 ",
    "0 ",
    "1-",
    "(0)",
    "０９０－",
    "+",
    "1.2.",
    "a@",
    "www.a.",
    "a.b/",
    "://",
)
_CLOCKS = {
    "en": ("5 pm ", "17:00 ", "half past "),
    "ja": ("午後五時", "５時"),
    "ar": ("الساعة ٥ ",),
}
_TOKENS = {"en": "a", "de": "ß", "fr": "é", "es": "ñ", "ru": "ж", "ar": "س", "ja": "橋", "ko": "가",
           "zh-Hans": "桥", "zh-Hant": "橋", "th": "ก"}  # fmt: skip
_CHARACTERS = 20_000


def _of_texts() -> Iterator[Case]:
    for language, units in _NUMBERS.items():
        look: Callable[[str], object] = partial(quantities_of, language=language)
        for unit in units:
            made = partial(_text, unit=unit, look=look)
            yield Case(f"quantities, {language}, {unit!r}", _CHARACTERS, made)
    for language, units in _CLOCKS.items():
        for unit in units:
            made = partial(_text, unit=unit, look=partial(_clock, language=language))
            yield Case(f"clock, {language}, {unit!r}", _CHARACTERS, made)
    for unit in _TELEPHONES:
        made = partial(_text, unit=unit, look=addresses_in)
        yield Case(f"addresses, {unit!r}", _CHARACTERS, made)
        made = partial(_text, unit=unit, look=partial(quantities_of, language="en"))
        yield Case(f"quantities, en, {unit!r}", _CHARACTERS, made)
    for unit in _LISTS:
        made = partial(_text, unit=unit, look=partial(listed_items, language="en"))
        yield Case(f"items, {unit!r}", _CHARACTERS, made)
    split = Segmenter().split
    for language, unit in _TOKENS.items():
        made = partial(_text, unit=unit, look=partial(split, language=language))
        yield Case(f"one word to the segmenter, {language}", 50_000, made)
        made = partial(_text, unit=unit, look=partial(_terms, language=language))
        yield Case(f"one word to the tagger, {language}", 50_000, made)


def _article(source: str, target: str) -> AlignedArticle:
    """Two texts, each line of one the translation of the same line of the other."""
    editions = {}
    for language, text in (("en", source), ("fr", target)):
        document, segments = document_of_lines(text)
        editions[language] = Edition(language, document, segments)
    lines = len(editions["en"].segments)
    beads = tuple(Bead(Span(n, n + 1), Span(n, n + 1), None, 1.0) for n in range(lines))
    alignment = Alignment(beads, lines, lines)
    return AlignedArticle("a", "A", None, "en", editions, {"fr": alignment}, (), 0.5, "")


def _checking(size: int, _folder: Path, *, check: Any, between: str) -> Run:
    source = "".join(f"Old Bridge {n} cost $1,250, see (https://a.b){between}" for n in range(size))
    target = "".join(
        f"Vieux Pont {n} a coûté 1 250 $, «{n}» (a@b.fr){between}" for n in range(size)
    )
    encoder = load_encoder("anchors", cached=False)
    article = _article(source.rstrip("\n"), target.rstrip("\n"))
    translation = Translation(article, "fr", encoder)

    def run() -> None:
        try:
            list(check.find(translation))
        except CheckCannotRunError as error:
            raise AlignError(str(error)) from None

    return run


def _of_checks() -> Iterator[Case]:
    for check in CHECKS:
        for title, size, between in (("one passage", 80, ". "), ("many", 400, ".\n")):
            made = partial(_checking, check=check, between=between)
            yield Case(f"check {check.name}, {title}", size, made)


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
    '<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header cascade="yes"/><body>'
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
    ("termbase, columns", 5_000, "a.csv", _TERMBASE, ("en,fr", ",x@", "\nold,vieux\n")),
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
    ("corpus.toml, editions", 300, "corpus.toml", read_listing,
     ('title = "A"\n', '[[editions]]\nlanguage = "en"\nfile = "@.txt"\n', "")),
)  # fmt: skip


def _alignment(size: int, folder: Path) -> Run:
    path = folder / "a.alignment.json"
    write_alignment(path, _article("It is old.\n" * size, "Il est vieux.\n" * size))
    return partial(read_alignment, path)


def _review(size: int, folder: Path, *, kind: str) -> Run:
    path = folder / "review.jsonl"
    place = {"language": "fr", "side": "target", "segment": "0"}
    start = alignment_of(_article("It is old.\nRed.\n" * 20, "Il est vieux.\nRouge.\n" * 20))
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


def cases() -> Iterator[Case]:
    """All cases."""
    yield Case("alignment file, segments", 1_000, _alignment)
    for kind in ("edit", "undo"):
        yield Case(f"review, {kind}", 5_000, partial(_review, kind=kind))
    for title, size, name, read, parts in _FILES:
        yield Case(title, size, partial(_file, name=name, read=read, parts=parts))
    yield from _of_texts()
    yield from _of_checks()


def main() -> None:
    """Prints the rows that are asked for."""
    too_long = False
    for case in cases():
        if len(sys.argv) > 1 and not any(word in case.title for word in sys.argv[1:]):
            continue
        row = doubled(case)
        ratio = row.ratio
        told = row.refused or f"{row.seconds[0]:8.3f} s {row.seconds[1]:8.3f} s"
        if ratio is not None:
            told += f" {ratio:5.2f}"
            if ratio > MOST:
                too_long = True
                told += "  too long"
        print(f"{case.title:44} {told}", flush=True)
    sys.exit(too_long)


if __name__ == "__main__":
    main()
