"""A page that was fetched: what kind it is, its text, its language, its name in the folder."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from align.documents import Document, decode
from align.documents.decoding import in_utf8, is_encoding
from align.documents.html import declared_encoding
from align.documents.registry import READERS, kinds_read
from align.errors import InputError
from align.fetching.client import Answer
from align.fetching.editions import PageLanguages, languages_of_page
from align.fetching.siblings import tag_places
from align.languages import chinese_script, detect_language, other_language, same_language
from align.languages.profile import base_language, profile

_PAGE = ".html"
_ENDINGS = {
    "text/html": _PAGE,
    "application/xhtml+xml": _PAGE,
    "text/markdown": ".md",
    "text/x-markdown": ".md",
}
# What servers say of files of which they know nothing.
_TELLS_NOTHING = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream"})
_BEGINS_LIKE_PAGE = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S
)
# The encoding that servers state unasked, whatever the page is in: it tells nothing.
_UNASKED = frozenset({"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"})


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came, and what it says.

    Attributes:
        address: Where it was found, after redirects.
        data: What the server sent.
        ending: The ending of a name for it, `.html` mostly.
        encoding: Its encoding, where the server alone tells that.
        document: Its text.
        languages: What it says of its own language and of its editions.
    """

    address: str
    data: bytes
    ending: str
    encoding: str | None
    document: Document
    languages: PageLanguages

    @property
    def title(self) -> str | None:
        """The title of its text, in one line."""
        for block in self.document.blocks:
            if block.kind == "title":
                return " ".join(self.document.text[block.start : block.stop].split()) or None
        return None

    @property
    def blocks(self) -> dict[str, int]:
        """The texts of its blocks, with their lengths."""
        texts = (self.document.text[block.start : block.stop] for block in self.document.blocks)
        return {text: len(text) for text in texts}


def page_of(answer: Answer) -> Page:
    """Reads what a server answered.

    Raises:
        InputError: If it is of a kind that is not read, or has no text.
    """
    kind, charset = _content_type(answer.headers)
    ending = _ending(kind, answer)
    reader = READERS.of_ending(ending)
    if reader is None:
        what = kind or "something unnamed"
        raise InputError(f"is {what}, which is not read; {kinds_read()} are", path=answer.address)
    encoding = _told_by_server(answer.body, charset, ending)
    data = in_utf8(answer.body, encoding) if encoding else answer.body
    try:
        # Readers name the file that they read; here it is the address that says which.
        document = reader.read(data, Path(f"page{ending}"))
        text = (
            decode(data, path=answer.address, declared=declared_encoding(data))
            if ending == _PAGE
            else None
        )
    except InputError as error:
        raise InputError(error.message, path=answer.address) from error
    if not document.blocks:
        raise InputError("holds no text", path=answer.address)
    languages = languages_of_page(text, answer.address, answer.headers)
    return Page(answer.address, answer.body, ending, encoding, document, languages)


def language_of_page(page: Page, linked_as: str | None) -> str:
    """The language of a page: what links to it says, else itself, its address or its text.

    Raises:
        InputError: If it is surely in another language than the link to it says.
    """
    said = linked_as or page.languages.own or _tag_of(page.address)
    text = "\n".join(page.blocks)
    if said is None:
        try:
            return detect_language(text)[0]
        except InputError as error:
            raise InputError(error.message, path=page.address) from error
    other = other_language(text, said)
    if other is None:
        # A page or a link that says 'zh' does not say in which of its two scripts.
        return chinese_script(text) if profile(said).simplified else said
    if linked_as is None or base_language(linked_as) == base_language(other):
        return other  # a template says 'en' on every page
    own = page.languages.own
    if own is not None and same_language(own, linked_as):
        return linked_as  # two who say so against one who reckons
    raise InputError(f"should be in '{linked_as}', but is in '{other}'", path=page.address)


def is_same_text(first: Page, second: Page) -> bool:
    """Whether two pages have most of their text in common, as where one stands in for another."""
    ours, theirs = first.blocks, second.blocks
    shared = sum(size for text, size in ours.items() if text in theirs)
    return 2 * shared > max(sum(ours.values()), sum(theirs.values()))


def file_name(language: str, page: Page) -> str:
    """The name of a page's file: `zh-Hans.html`."""
    return f"{language}{page.ending}"


def article_name(address: str) -> str:
    """A name for the folder of an article: the last part of its address that says something.

    >>> article_name("https://example.org/en/the-old-bridge.html?print=1")
    'the-old-bridge'
    >>> article_name("https://www.example.org/en/")
    'example.org'
    """
    tags = {place.spelled for place in tag_places(address)}
    parts = urlsplit(address)
    for segment in reversed(parts.path.split("/")):
        name = re.sub(r"[^\w.-]+", "-", unquote(segment)).strip("-.")
        stem = PurePosixPath(name).stem if READERS.of_ending(PurePosixPath(name).suffix) else name
        if stem and stem not in tags and stem not in ("index", "default"):
            return stem[:80]
    return (parts.hostname or "article").removeprefix("www.").replace(":", "-")


def _tag_of(address: str) -> str | None:
    return next((place.language for place in tag_places(address)), None)


def _content_type(headers: Mapping[str, str]) -> tuple[str, str | None]:
    """The kind and the encoding that a server states."""
    stated, _, parameters = headers.get("content-type", "").partition(";")
    kind = re.match(r"\s*([\w.+-]+/[\w.+-]+)\s*$", stated)
    match = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", parameters, re.IGNORECASE)
    return kind[1].lower() if kind else "", match[1] if match else None


def _ending(kind: str, answer: Answer) -> str:
    if kind in _TELLS_NOTHING:
        named = PurePosixPath(urlsplit(answer.address).path).suffix.lower()
        if READERS.of_ending(named):
            return named
        if _BEGINS_LIKE_PAGE.match(answer.body[:4096]):
            return _PAGE
        return ".txt" if kind == "text/plain" else ""
    return _ENDINGS.get(kind) or mimetypes.guess_extension(kind) or ""


def _told_by_server(data: bytes, charset: str | None, ending: str) -> str | None:
    """The encoding that the server states, where it is worth being kept."""
    if charset is None or charset.lower() in _UNASKED or not is_encoding(charset):
        return None
    if ending == _PAGE and declared_encoding(data):
        return None
    return charset if in_utf8(data, charset) != data else None
