"""What is fuzzed: every reader of files, and what looks into texts.

A target takes what hypothesis makes, and raises where the program would show a traceback or break a
promise. Errors that a user is told in a line are no failure.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from align.article import AlignedArticle
from align.beads import Alignment, Bead
from align.checks.addresses import addresses_in
from align.checks.base import CheckCannotRunError, Translation
from align.checks.items import listed_items
from align.checks.names.check import NamesCheck
from align.checks.registry import CHECKS
from align.codes import codes_of, text_of
from align.corpus.manifest import open_manifest
from align.documents import read_document
from align.documents.corpus_file import read_listing
from align.edition import Edition
from align.encoders import load_encoder, read_card
from align.encoders.base import Encoder
from align.errors import AlignError
from align.formats.alignment_json import read_alignment
from align.formats.baseline_json import read_baseline
from align.formats.indices import read_indices
from align.formats.registry import PAIR_READERS, PairFile
from align.formats.termbases import read_termbase
from align.formats.terms_json import read_terms
from align.formats.tmx.writer import write_tmx
from align.quantities import quantities_of
from align.quantities.clock import times_in
from align.quantities.folding import fold
from align.review.alignment import alignment_of
from align.review.history import Review
from align.review.log import LogFile, read_log
from align.review.outcome import reviewed_article
from align.segmentation import Segmenter, document_of_lines
from align.text import Span
from fuzz.archives import archive_of

Target = Callable[..., None]

LANGUAGES = ("en", "fr", "de", "es", "ru", "ar", "ja", "zh-Hans", "zh-Hant", "ko", "it", "pl", "th")

_PIECES = (
    *"()[]{}<>«»“”„\"'.,;:?!。、，；：？！・…-–—/\\|%&#@*_~`=+$€£¥",
    *" \t\n\r\v\f\0\x1b\x85\xa0\xad\u200b\u200e\u200f\u2028\u202e\u3000\ufeff\ufffd\ufffe\uffff",
    *"0123456789٣४½⅓Ⅻ²一二十百千万億兆〇零",
    "\ud800", "\udfff", "\U0001f600", "e\u0301", "ß", "İ", "ſ", "ǆ", "ﬁ",
    "word", "The", "and", "or", "not", "of", "one", "twenty", "half", "million", "third", "May",
    "noon", "5 pm", "1,250", "3.5", "1/2", "6'2", "$", "USD", "km", "per cent", "1990s", "XIX",
    "et", "ou", "vingt", "deux cent", "und", "zwei", "zweiundzwanzig", "и", "двадцать", "و",
    "ثلاثة",
    "第", "年", "月", "日", "时", "時", "分", "割", "約", "の", "と", "和", "橋", "桥",
    "http://", "https://a.b/c", "www.", "a@b.org", "<b>", "</b>", "{0}", "%s", "&amp;", "&#2;",
    "<p>", "<nav>", "<table>", "<ruby>", "<wbr>", "<!--", "-->", "<![CDATA[", "# ", "> ", "- ",
    "1. ",
    "```", "[a](b)", "![", "|---|", "***",
)  # fmt: skip


def texts() -> SearchStrategy[str]:
    """Texts of pieces that mean something to some rule, some of them many times in a row."""
    piece = st.sampled_from(_PIECES) | st.text(max_size=5)
    repeated = st.builds(lambda text, times: text * times, piece, st.integers(1, 60))
    return st.lists(piece | repeated, max_size=40).map("".join)


_XML = (
    '<?xml version="1.0"?>', "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "<tmx version='1.4'>",
    "<header/>",
    "<body>", "<tu>", "<tuv xml:lang='en'>", "<tuv xml:lang='fr'>", "<seg>", "</seg>",
    "</tuv>", "</tu>",
    "<bpt i='1'/>", "<ph>", "<sub>", "<xliff version='1.2'>", "<file source-language='en'>",
    "<source>",
    "</source>", "<target>", "</target>", "<trans-unit id='1'>", "<tbx type='TBX-Basic'>",
    "<martif>",
    "<conceptEntry id='c1'>", "<termEntry>", "<langSec xml:lang='en'>", "<langSet xml:lang='x-'>",
    "<termSec>", "<tig>", "<term>", "</term>", "<termNote type='administrativeStatus'>", "</body>",
    '<srx xmlns="http://www.lisa.org/srx20" version="2.0">', '<header cascade="yes"/>',
    "<languagerules>",
    '<languagerule languagerulename="A">', '<rule break="no">',
    "<beforebreak>(a|aa)+b</beforebreak>",
    "<afterbreak>\\s</afterbreak>", "</rule>", "a" * 500, "<" * 50,
)  # fmt: skip
_TABLES = (
    "en\tfr\n", "source,target\n", "en;fr;ja status\n", "ferry\tbac\n", '"a\n', "a,b,c\n",
    "# ", "|", "; ",
    "[0, 1]:[2]:0.8\n", "[]:[]:\n", "title = ", "[[editions]]\n", 'language = "en"\n',
    'file = "en.txt"\n',
    "kind = 'use'\n", "dimension = 3\n", "9" * 5000, "[" * 200, "{a = " * 60, '{"format": ',
    '"align-',
    '"version": 1', "null", "1e999", '"\\ud800"', ",", "}", "]",
)  # fmt: skip


def files() -> SearchStrategy[bytes]:
    """What files may hold: parts of formats in any order, in any encoding, and any bytes."""
    parts = st.sampled_from((*_XML, *_TABLES, *_PIECES)) | st.text(max_size=9)
    encodings = st.sampled_from(
        ("utf-8", "utf-8-sig", "utf-16", "utf-32-be", "cp1252", "shift_jis")
    )
    written = st.builds(
        lambda pieces, encoding: "".join(pieces).encode(encoding, "ignore"),
        st.lists(parts, max_size=60),
        encodings,
    )
    return st.builds(lambda *some: b"".join(some), st.binary(max_size=20) | st.just(b""), written)


@dataclass(frozen=True)
class Reading:
    """A reader under test.

    Attributes:
        read: What reads the file.
        file: What the file is called.
        parts: Whether the file is an archive, and a case says a part of it; see `fuzz.archives`.
        beside: What lies beside the file.
    """

    read: Callable[[Path], object]
    file: str
    parts: bool = False
    beside: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, content: bytes) -> None:
        """Reads a file that holds something."""
        with tempfile.TemporaryDirectory(prefix="align-fuzz-") as folder:
            for name, text in self.beside.items():
                Path(folder, name).parent.mkdir(exist_ok=True)
                Path(folder, name).write_text(text, encoding="utf-8")
            path = Path(folder, self.file)
            path.write_bytes(archive_of(path.suffix, content) if self.parts else content)
            with suppress(AlignError):
                self.read(path)


def _read_pairs(path: Path) -> None:
    reader = PAIR_READERS.of_file(path)
    if reader is not None:
        list(reader.read(PairFile(path)))


_BETWEEN = b"\x1e"
"""Parts the two files, or the two texts, that one case says."""


def _read_moses(path: Path) -> None:
    first, _, second = path.read_bytes().partition(_BETWEEN)
    path.write_bytes(first)
    path.with_suffix(".fr").write_bytes(second)
    _read_pairs(path)


def _read_codes(path: Path) -> None:
    """Reads the segments of a memory with codes in them, which stay what they are if written."""
    opened, closed = b"<tu><tuv xml:lang='en'><seg>", b"</seg></tuv></tu>"
    units = [opened + seg + closed for seg in path.read_bytes().split(_BETWEEN)]
    head = b"<tmx version='1.4'><header srclang='en'/><body>"
    path.write_bytes(head + b"".join(units) + b"</body></tmx>")
    read = list(PAIR_READERS["TMX"].read(PairFile(path)))
    for unit in read:
        for variant in unit.variants:
            codes_of(variant.content)
            if variant.content and text_of(variant.content) != variant.text:
                raise AssertionError(f"{variant.content} does not say {variant.text!r}")
    again = path.with_name("again.tmx")
    write_tmx(again, read, source="en", languages=("en",))
    for unit in PAIR_READERS["TMX"].read(PairFile(again)):
        for variant in unit.variants:
            text_of(variant.content)


def _read_manifest(path: Path) -> None:
    manifest = open_manifest(path)
    list(manifest.rows(0, manifest.count))


def _two_texts(source: str, target: str, language: str) -> AlignedArticle:
    editions = {}
    for tag, text in (("en", source), (language if language != "en" else "fr", target)):
        document, segments = document_of_lines(text.replace("\n", " ").replace("\r", " "))
        editions[tag] = Edition(tag, document, segments)
    other = next(tag for tag in editions if tag != "en")
    sizes = [len(edition.segments) for edition in editions.values()]
    bead = Bead(Span(0, sizes[0]), Span(0, sizes[1]), None, 1.0)
    alignment = Alignment((bead,) if any(sizes) else (), *sizes)
    return AlignedArticle("a", "A", None, "en", editions, {other: alignment}, (), 0.5, "")


@cache
def _reviewed() -> AlignedArticle:
    return _two_texts("The bridge is old.", "Le pont est vieux.", "fr")


def _read_review(path: Path) -> None:
    article = _reviewed()
    log = read_log(path)
    with suppress(AlignError):
        LogFile(path, "other")
    review = Review(alignment_of(article), log.entries)
    reviewed_article(article, review, of=path.name)


def _must_lie_in(text: str, start: int, stop: int) -> None:
    if not 0 <= start <= stop <= len(text):
        raise AssertionError(f"{start}..{stop} does not lie in a text of {len(text)}")


def _quantities(text: str, language: str) -> None:
    for each in quantities_of(text, language):
        _must_lie_in(text, each.span.start, each.span.stop)


def _addresses(text: str, _language: str) -> None:
    for each in addresses_in(text):
        _must_lie_in(text, each.span.start, each.span.stop)


def _items(text: str, language: str) -> None:
    for each in listed_items(text, language):
        _must_lie_in(text, each.span.start, each.span.stop)


def _clock(text: str, language: str) -> None:
    folded = fold(text, language)
    for each in times_in(folded, language):
        _must_lie_in(folded.text, each.start, each.stop)


@cache
def _segmenter() -> Segmenter:
    return Segmenter()


def _segments(text: str, language: str) -> None:
    pieces = _segmenter().split(text, language)
    if "".join("".join(pieces).split()) != "".join(text.split()):
        raise AssertionError("the segments are not the text")


@cache
def _encoder() -> Encoder:
    return load_encoder("anchors", cached=False)


def _checked(text: str, language: str, checks: tuple[Any, ...]) -> None:
    """Finds what is wrong with a text and its translation, which a mark parts."""
    source, _, target = text.partition(_BETWEEN.decode())
    article = _two_texts(source, target, language)
    translation = Translation(article, next(iter(article.alignments)), _encoder())
    for check in checks:
        with suppress(CheckCannotRunError, AlignError):
            for found in check.find(translation):
                for span, of in (
                    (found.source_span, found.source_text),
                    (found.target_span, found.target_text),
                ):
                    if span is not None:
                        _must_lie_in(of, span.start, span.stop)


_LINES = {"a.en": "It is old.\nIt is red.\n", "a.fr": "Il est vieux.\nIl est rouge.\n"}
_OPUS = {
    f"{tag}/a.xml": f"<text><s id='1'>{one}</s><s id='2'><w>{two}</w></s></text>"
    for tag, one, two in (("en", "It is old.", "Red."), ("fr", "Il est vieux.", "Rouge."))
}
_TERMBASE = partial(read_termbase, languages=("en", "fr"))

FILE_TARGETS: Mapping[str, Target] = {
    "plain text": Reading(read_document, "a.txt"),
    "markdown": Reading(read_document, "a.md"),
    "mdx": Reading(read_document, "a.mdx"),
    "html": Reading(read_document, "a.html"),
    "restructuredtext": Reading(read_document, "a.rst"),
    "srt": Reading(read_document, "a.srt"),
    "webvtt": Reading(read_document, "a.vtt"),
    "rtf": Reading(read_document, "a.rtf"),
    "pdf": Reading(read_document, "a.pdf"),
    "flat odt": Reading(read_document, "a.fodt"),
    "docx": Reading(read_document, "a.docx", parts=True),
    "odt": Reading(read_document, "a.odt", parts=True),
    "pptx": Reading(read_document, "a.pptx", parts=True),
    "xlsx": Reading(read_document, "a.xlsx", parts=True),
    "epub": Reading(read_document, "a.epub", parts=True),
    "zip": Reading(read_document, "a.zip", parts=True),
    "memory": Reading(_read_pairs, "a.tmx"),
    "xliff": Reading(_read_pairs, "a.xlf"),
    "po": Reading(_read_pairs, "a.en-fr.po"),
    "table": Reading(_read_pairs, "a.en-fr.csv"),
    "table, xlsx": Reading(_read_pairs, "a.en-fr.xlsx", parts=True),
    "jsonl": Reading(_read_pairs, "a.en-fr.jsonl"),
    "moses": Reading(_read_moses, "a.en-fr.en"),
    "ladder": Reading(_read_pairs, "a.en-fr.ladder", beside=_LINES),
    "vecalign": Reading(_read_pairs, "a.en-fr.vecalign", beside=_LINES),
    "xces": Reading(_read_pairs, "a.xml", beside=_OPUS),
    "codes": Reading(_read_codes, "a.tmx"),
    "termbase": Reading(_TERMBASE, "a.csv"),
    "termbase, tbx": Reading(read_termbase, "a.tbx"),
    "termbase, multiterm": Reading(read_termbase, "a.mtf"),
    "termbase, xlsx": Reading(read_termbase, "a.xlsx", parts=True),
    "srx": Reading(Segmenter, "a.srx"),
    "corpus.toml": Reading(read_listing, "corpus.toml"),
    "model card": Reading(read_card, "a.toml"),
    "baseline": Reading(read_baseline, "a.json"),
    "alignment file": Reading(read_alignment, "a.alignment.json"),
    "terms file": Reading(read_terms, "a.terms.json"),
    "indices": Reading(read_indices, "a.gold"),
    "manifest, jsonl": Reading(_read_manifest, "a.jsonl"),
    "manifest, table": Reading(_read_manifest, "a.tsv"),
    "review": Reading(_read_review, "review.jsonl"),
}
"""What reads a file, by name; each takes what the file holds."""

TEXT_TARGETS: Mapping[str, Target] = {
    "quantities": _quantities,
    "addresses": _addresses,
    "items": _items,
    "clock": _clock,
    "segments": _segments,
    "names": partial(_checked, checks=(NamesCheck(),)),
    "checks": partial(_checked, checks=CHECKS),
}
"""What looks into a text, by name; each takes the text and its language."""
