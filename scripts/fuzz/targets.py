"""What is fuzzed: every reader of files, and what looks into texts.

A target takes what hypothesis makes, and raises where the program would show a traceback or break a
promise. Errors that a user is told in a line are no failure.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from align.checks.addresses import addresses_in
from align.checks.items import listed_items
from align.documents import read_document
from align.documents.corpus_file import read_listing
from align.encoders import read_card
from align.errors import AlignError
from align.formats.alignment_json import read_alignment
from align.formats.baseline_json import read_baseline
from align.formats.indices import read_indices
from align.formats.registry import PAIR_READERS, PairFile
from align.formats.termbases import read_termbase
from align.quantities import quantities_of
from align.segmentation import Segmenter

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


@contextmanager
def _file(content: bytes, name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="align-fuzz-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


def _read(read: Callable[[Path], object], name: str, content: bytes) -> None:
    with _file(content, name) as path, suppress(AlignError):
        read(path)


def _read_pairs(path: Path) -> None:
    reader = PAIR_READERS.of_file(path)
    if reader is not None:
        list(reader.read(PairFile(path)))


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


@cache
def _segmenter() -> Segmenter:
    return Segmenter()


def _segments(text: str, language: str) -> None:
    pieces = _segmenter().split(text, language)
    if "".join("".join(pieces).split()) != "".join(text.split()):
        raise AssertionError("the segments are not the text")


_READERS: Mapping[str, tuple[Callable[[Path], object], str]] = {
    "plain text": (read_document, "a.txt"),
    "markdown": (read_document, "a.md"),
    "html": (read_document, "a.html"),
    "corpus.toml": (read_listing, "corpus.toml"),
    "model card": (read_card, "a.toml"),
    "memory": (_read_pairs, "a.tmx"),
    "xliff": (_read_pairs, "a.xlf"),
    "termbase": (partial(read_termbase, languages=("en", "fr")), "a.csv"),
    "termbase, tbx": (read_termbase, "a.tbx"),
    "termbase, xlsx": (read_termbase, "a.xlsx"),
    "baseline": (read_baseline, "a.json"),
    "alignment file": (read_alignment, "a.alignment.json"),
    "indices": (read_indices, "a.gold"),
    "srx": (Segmenter, "a.srx"),
}

FILE_TARGETS: Mapping[str, Target] = {
    name: partial(_read, read, file) for name, (read, file) in _READERS.items()
}
"""What reads a file, by name; each takes what the file holds."""

TEXT_TARGETS: Mapping[str, Target] = {
    "quantities": _quantities,
    "addresses": _addresses,
    "items": _items,
    "segments": _segments,
}
"""What looks into a text, by name; each takes the text and its language."""
