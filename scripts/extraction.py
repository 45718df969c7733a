"""What `align` reads of pages as they are: segments that are not prose, and prose that is lost.

    python scripts/extraction.py FOLDER                      # judged by how texts look
    python scripts/extraction.py FOLDER --article '//main'   # beside all text of an element
    python scripts/extraction.py FOLDER --lists              # with every text that counts

FOLDER holds raw files of any kind that is read, at any depth. Where `NAME.txt` lies beside
`NAME.html` or `NAME.md`, it says what must come out, a block a line, as `tests/documents/pages`
has it; with `--article` all blocks of an element of each page must, its code aside. Of Markdown
every stretch between marks, macros and code must, cut out by patterns that know no more of Markdown
than that. Where nothing says it, what looks like code or an address is not prose, and a sentence
that was left out as nothing known is lost. Shares are of segments and of letters.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.documents import read_document
from align.documents.decoding import decode, read_file
from align.documents.html import declared_encoding
from align.documents.model import OUTSIDE
from align.documents.registry import READERS
from align.errors import InputError
from align.languages import detect_language
from align.segmentation import Segmenter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from align.documents.model import Document

_BEGINNING = re.compile(r"(?:#{1,2}|[-\[>]) ")  # what says the kind of a block in NAME.txt
_SENTENCE = re.compile(r"[^\W\d_].*[.!?。．！？؟।…][\"'”’»」』)）]*$", re.DOTALL)
_ADDRESS = re.compile(r"(?:https?://|www\.|[\w.+-]+@)\S+")
_SIGNS = re.compile(r"[{}<>=;$#|\\@`~^_]|::|\(\)|--")
_LETTERS = re.compile(r"[^\W_]")
_MARKUP = re.compile(
    r"\{[{%<]|[%>}]\}|</?(?:a|b|br|code|div|img|li|p|pre|script|span|t[dr]|table|ul)[ />]"
    r"|:::|^\s*(?:import|export) .* from "
)
_BLOCKS = (
    "blockquote", "caption", "dd", "div", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6",
    "li", "p", "td", "th",
)  # fmt: skip
# Code and lines that are nothing else, marks of notes, controls.
_UNREAD = (
    ".//pre | .//script | .//style | .//nav | .//button | .//sup[.//a]"
    " | .//a[.//sup or starts-with(@href, '#fn') or starts-with(@href, '#ftn')]"
    " | .//*[self::p or self::td or self::li]"
    "[.//code][normalize-space(.) = normalize-space(.//code)]"
)
_MOST_SIGNS = 0.1  # of a text's characters
_PAGES = (".html", ".htm", ".xhtml")
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mdx")

# What is no text in Markdown: front matter, code, comments, scripts, formulas.
_HIDDEN = re.compile(
    r"\A(?:---|\+\+\+)\n.*?\n(?:---|\+\+\+)\n"
    r"|^[ >]*(?P<fence>```+|~~~+).*?(?:^[ >]*(?P=fence)|\Z)"
    r"|<!--.*?-->|<(?P<tag>script|style|pre|svg)\b.*?</(?P=tag)>|^\$\$.*?\$\$"
    r"|\{% *(?P<block>highlight|comment|raw)\b.*?\{% *end(?P=block)"
    r"|\{\{[<%] *highlight\b.*?/highlight",
    re.DOTALL | re.MULTILINE,
)
_CODE_LINE = re.compile(r"(?<=\n\n)(?:(?: {4}|\t).*(?:\n|\Z))+")
_NO_LINE = re.compile(
    r"\s*(?:(?:import|export)\b.*|\[(?!\^)[^\]]+\]:.*|\*\[[^\]]+\]:.*|[|:\s=_*+-]*)"
)
_MARKS = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{[:#.][^{}]*\}|!\[[^\[\]]*\](?:\([^()]*\)|\[[^\]]*\])|\]\([^()]*(?:\([^()]*\))?[^()]*\)"
    r"|\]\[[^\]]*\]|\[\^[^\]]*\]|</?[A-Za-z][^<>]*>|https?://\S+|&\w+;|[|{}\[\]`$]|:::.*|^\s*!!!.*"
)
_MARKER = re.compile(r"[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*(?:\[[ x]\]\s)?")
_FEWEST = 2  # letters of a stretch that may be missed


@dataclass(frozen=True)
class Reading:
    """What was read of one file.

    Attributes:
        path: The file.
        segments: How many segments it gave.
        letters: How many letters of prose it has, taken or lost.
        not_prose: The segments that are none of its prose.
        lost: The texts of its prose that are in no segment.
    """

    path: Path
    segments: int
    letters: int
    not_prose: tuple[str, ...]
    lost: tuple[str, ...]


def read_pages(folder: Path, *, article: str | None = None) -> Iterator[Reading]:
    """Reads every file of a folder that is of a kind that is read, and judges what came out."""
    endings = set(READERS.endings)
    segmenter = Segmenter()
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in endings]
    pages = {path.with_suffix("") for path in paths if path.suffix.lower() in (*_PAGES, *_MARKDOWN)}
    for path in paths:
        if path.suffix.lower() == ".txt" and path.with_suffix("") in pages:
            continue  # says what must come out of the page beside it
        try:
            document = read_document(path)
        except InputError as error:
            print(f"{path}: {error.message}", file=sys.stderr)
            continue
        yield _judged(path, document, _wanted(path, article), segmenter)


def _judged(
    path: Path, document: Document, wanted: list[str] | None, segmenter: Segmenter
) -> Reading:
    language = document.language or detect_language(document.text)[0]
    segments = [segment.text for segment in segmenter.segment(document, language)]
    if wanted is None and path.suffix.lower() in _MARKDOWN:
        read = _solid(document.text)
        lost = [text for text in stretches(path) if _solid(text) not in read]
        not_prose = [text for text in segments if not looks_like_prose(text)]
    elif wanted is None:
        lost = [
            each.text
            for each in document.left_out
            if each.why in (OUTSIDE, "furniture") and _SENTENCE.search(each.text)
        ]
        not_prose = [text for text in segments if not looks_like_prose(text)]
    else:
        blocks = [document.text[block.start : block.stop] for block in document.blocks]
        lost = _missing(wanted, blocks)
        inside = "\n".join(map(_solid, wanted))
        not_prose = [
            text for text in segments if _solid(text) not in inside or not looks_like_prose(text)
        ]
    letters = len(_LETTERS.findall(document.text)) + sum(map(_size, lost))
    return Reading(path, len(segments), letters, tuple(not_prose), tuple(lost))


def looks_like_prose(text: str) -> bool:
    """Whether a text may be a sentence, a heading or a name, and no code, macro or address.

    >>> looks_like_prose("The tower is open."), looks_like_prose("{{< figure src=x >}}")
    (True, False)
    """
    signs = len(_SIGNS.findall(text))
    return not (
        _MARKUP.search(text)
        or _ADDRESS.fullmatch(text.strip())
        or (signs > 2 and signs > _MOST_SIGNS * len(text))
    )


def _wanted(path: Path, article: str | None) -> list[str] | None:
    beside = path.with_suffix(".txt")
    if path.suffix.lower() not in (*_PAGES, *_MARKDOWN):
        return None
    if beside.is_file():
        lines = beside.read_text(encoding="utf-8").split("\n")
        return [_BEGINNING.sub("", line, count=1) for line in lines if line]
    return (
        None
        if article is None or path.suffix.lower() in _MARKDOWN
        else list(_texts_within(path, article))
    )


def _texts_within(path: Path, article: str) -> Iterator[str]:
    """All texts of an element of a page, cut at every block; code blocks are none."""
    from lxml.html import document_fromstring

    data = read_file(path)
    page = decode(data, path=path, declared=declared_encoding(data))
    tree: Any = document_fromstring(page.encode())
    for holder in tree.xpath(article):
        for unread in holder.xpath(_UNREAD):
            unread.drop_tree()
        for block in holder.iter(*_BLOCKS):
            own = [block.text or ""]
            for child in block:
                if isinstance(child.tag, str):
                    parts = child.tag in _BLOCKS or any(True for _ in child.iter(*_BLOCKS))
                    own.append("\n\n" if parts else child.text_content())
                own.append(child.tail or "")
            yield from (part for part in "".join(own).split("\n\n") if part.strip())


def stretches(path: Path) -> Iterator[str]:
    """What of a file of Markdown is text at first sight: line by line, cut where marks stand."""
    text = decode(read_file(path), path=path).replace("\r\n", "\n")
    text = _CODE_LINE.sub("\n", _HIDDEN.sub("\n", text))
    for line in text.split("\n"):
        if not _NO_LINE.fullmatch(line):
            parts = (
                " ".join(part.split())
                for part in _MARKS.split(_MARKER.sub("", line, count=1))
                if part
            )
            yield from (part for part in parts if _size(part) >= _FEWEST)


def _missing(wanted: Iterable[str], blocks: Iterable[str]) -> list[str]:
    """The wanted texts that stand in no block, each as often as it is missing."""
    there = Counter(map(_solid, blocks))
    whole = "\n".join(there)
    missing = []
    for text in wanted:
        solid = _solid(text)
        if there[solid] > 0:
            there[solid] -= 1
        elif len(_LETTERS.findall(solid)) > 1 and solid not in whole:
            missing.append(text)
    return missing


def _solid(text: str) -> str:
    return "".join(_LETTERS.findall(text)).casefold()


def _size(text: str) -> int:
    return len(_LETTERS.findall(text))


def main(arguments: list[str] | None = None) -> int:
    """Prints a line a file, the shares of all, and on request what they count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--article", metavar="XPATH", help="the element that is the article")
    parser.add_argument("--lists", action="store_true", help="print every text that counts")
    options = parser.parse_args(arguments)
    readings = list(read_pages(options.folder, article=options.article))
    for each in readings:
        for what, texts in (("not prose", each.not_prose), ("lost", each.lost)):
            for text in texts if options.lists else ():
                print(f"{each.path.relative_to(options.folder)}: {what}: {' '.join(text.split())}")
    segments = sum(each.segments for each in readings)
    letters = sum(each.letters for each in readings)
    not_prose = sum(len(each.not_prose) for each in readings)
    lost = sum(_size(text) for each in readings for text in each.lost)
    print(
        f"{len(readings)} files, {segments:,} segments, {letters:,} letters\n"
        f"not prose: {not_prose:,} segments, {not_prose / max(segments, 1):.2%}\n"
        f"lost: {lost:,} letters, {lost / max(letters, 1):.2%}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
