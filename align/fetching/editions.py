"""The editions that a page tells of: where they are, and in which language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from align.errors import InputError
from align.fetching.addresses import normalise_address
from align.fetching.language_names import named_language
from align.fetching.siblings import (
    guessed_addresses,
    is_front_page,
    is_untagged,
    sibling_language,
    tag_places,
    tagged_language,
)
from align.languages import normalise_tag, same_language

if TYPE_CHECKING:
    from lxml.etree import _Element

_LINK_HEADER = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w*-]+\s*(?:=\s*(?:"[^"]*"|[^\s",;]+))?)*)')
_LINK_PARAMETER = re.compile(r'([\w*-]+)\s*=\s*(?:"([^"]*)"|([^\s",;]+))')
_PAGES = frozenset({"", "text/html", "application/xhtml+xml"})
_CONTAINERS = ("ul", "ol", "menu", "nav", "select", "dl", "p", "div", "td", "header", "footer")
_LONGEST_NAME = 60
_MOST = 1000  # editions of a page; nobody has so many
_OTHER_LETTERS = 24  # beside the names in a menu of languages: 'Choose your language'


@dataclass(frozen=True, slots=True)
class EditionLink:
    """Where an edition is said to be.

    Attributes:
        address: Its address, normalised.
        language: Its language, where the page tells it.
        is_guessed: Whether the page tells only that there is one, and not where.
    """

    address: str
    language: str | None
    is_guessed: bool = False


@dataclass(frozen=True, slots=True)
class PageLanguages:
    """What a page tells of languages.

    Attributes:
        own: The page's own language, if it states one.
        editions: The editions, each language and each address once, the page itself left out.
    """

    own: str | None
    editions: tuple[EditionLink, ...]


def languages_of_page(
    page: str | None, address: str, headers: Mapping[str, str] | None = None
) -> PageLanguages:
    """Finds the editions of a page: those it states first, then those that its links show.

    `link rel=alternate hreflang` and the header `Link` state them; a menu of languages links to
    them, and addresses that differ from the page's by the tag of a language alone are theirs. What
    `og:locale:alternate` names besides is looked for where the page's own address has its tag.

    Args:
        page: The page, decoded; None for what is no page, which has headers only.
        address: Where it was found, after redirects.
        headers: The headers it came with, their names in lower case.
    """
    tree = _parsed(page)
    headers = headers or {}
    base = _base(tree, address)
    stated = [*_of_header(headers.get("link", ""), base)]
    if tree is not None:
        stated += _of_head(tree, base)
    own = next((link.language for link in stated if link.address == address), None)
    own = own or _own_language(tree, headers)
    links = _Links(address, own)
    links.add(stated, of_region=True)
    if tree is not None:
        anchors = [*_anchors(tree, base)]
        links.add(_marked(anchors, links))
        links.add(_siblings(anchors, links))
        links.add(_menu(anchors, links))
        links.add(_guessed(tree, links))
    return PageLanguages(own, tuple(links.found))


class _Links:
    """The editions found so far."""

    def __init__(self, address: str, own: str | None) -> None:
        self.address = address
        self.own = own
        self.found: list[EditionLink] = []
        self._seen = {address}

    def add(self, links: Iterable[EditionLink], *, of_region: bool = False) -> None:
        """Takes those that are new; `of_region`: another region makes another edition."""
        links = sorted(links, key=lambda link: link.language is None)  # x-default last
        for link in links:
            if len(self.found) == _MOST:
                return
            if link.address in self._seen or self._has(link.language, of_region):
                continue
            is_front = is_front_page(link.address, link.language)
            if is_front and not is_front_page(self.address, self.own):
                continue  # a site's front page is no edition of an article
            self._seen.add(link.address)
            self.found.append(link)

    def _has(self, language: str | None, of_region: bool) -> bool:
        if language is None:
            return False
        had = [self.own, *(link.language for link in self.found)]
        if of_region:
            return language in had
        return any(each is not None and same_language(each, language) for each in had)


def _parsed(page: str | None) -> _Element | None:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if page is None:
        return None
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, huge_tree=False)
    try:
        return document_fromstring(page.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _base(tree: _Element | None, address: str) -> str:
    element = None if tree is None else next(tree.iter("base"), None)
    target = None if element is None else element.get("href")
    return (_address(target, address) if target else None) or address


def _address(target: str, base: str) -> str | None:
    """What a link leads to; None for mail, scripts and the like, where no edition is."""
    try:
        return normalise_address(target, base=base)
    except InputError:
        return None


def _tag(text: str | None) -> str | None:
    try:
        return normalise_tag(text) if text and text.strip() else None
    except InputError:
        return None


def _own_language(tree: _Element | None, headers: Mapping[str, str]) -> str | None:
    stated = headers.get("content-language", "")
    if tree is None:
        return _tag(stated)
    namespaced = tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang")
    og = next(iter(_properties(tree, "og:locale")), None)
    return _tag(tree.get("lang")) or _tag(namespaced) or _tag(og) or _tag(stated)


def _properties(tree: _Element, name: str) -> Iterator[str]:
    for element in tree.iter("meta"):
        if (element.get("property") or element.get("name") or "").strip().lower() == name:
            yield element.get("content") or ""


def _of_head(tree: _Element, base: str) -> Iterator[EditionLink]:
    for element in tree.iter("link"):
        kinds = (element.get("rel") or "").lower().split()
        if "alternate" in kinds and (element.get("type") or "").lower() in _PAGES:
            yield from _stated(element.get("href"), element.get("hreflang"), base)


def _of_header(text: str, base: str) -> Iterator[EditionLink]:
    """RFC 8288: `<https://example.org/fr>; rel="alternate"; hreflang="fr", …`."""
    for match in _LINK_HEADER.finditer(text):
        parameters = {
            each[1].lower(): each[2] or each[3] or "" for each in _LINK_PARAMETER.finditer(match[2])
        }
        if "alternate" in parameters.get("rel", "").lower().split():
            yield from _stated(match[1], parameters.get("hreflang"), base)


def _stated(target: str | None, hreflang: str | None, base: str) -> Iterator[EditionLink]:
    is_default = (hreflang or "").strip().lower() == "x-default"
    language = None if is_default else _tag(hreflang)
    if target and (is_default or language):
        address = _address(target, base)
        if address:
            yield EditionLink(address, language)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A link in the page, or a choice in it that is an address."""

    address: str
    label: str
    hreflang: str | None
    element: _Element


def _anchors(tree: _Element, base: str) -> Iterator[_Anchor]:
    for element in tree.iter("a", "option"):
        is_choice = element.tag == "option"
        target = element.get("value" if is_choice else "href")
        if not target or (is_choice and not target.startswith(("/", "http", "../", "./"))):
            continue
        address = _address(target, base)
        if address:
            yield _Anchor(address, _label(element), _tag(element.get("hreflang")), element)


def _label(element: _Element) -> str:
    """What a link says: its text, else what a picture in it or its title says."""
    text = ""
    for part in map(str, element.itertext()):
        # This may be all that follows, if nothing ends the link.
        text = f"{text}{part}".lstrip()
        if len(text) > _LONGEST_NAME:
            break
    text = " ".join(text.split())
    if text:
        return text
    pictures = (picture.get("alt") or "" for picture in element.iter("img"))
    said = (*pictures, element.get("title") or "", element.get("aria-label") or "")
    return next((" ".join(each.split()) for each in said if each.strip()), "")


def _marked(anchors: Iterable[_Anchor], links: _Links) -> Iterator[EditionLink]:
    """Links with `hreflang` that name the language, too, or go to the same place in another."""
    for each in anchors:
        if each.hreflang and (_name(each, links.own) or _is_sibling(links.address, each.address)):
            yield EditionLink(each.address, each.hreflang)


def _is_sibling(own: str, other: str) -> bool:
    return bool(
        sibling_language(own, other) or tagged_language(own, other) or is_untagged(own, other)
    )


def _siblings(anchors: Iterable[_Anchor], links: _Links) -> Iterator[EditionLink]:
    """Links whose address differs by a tag; where it merely has one, the link must name it."""
    for each in anchors:
        language = sibling_language(links.address, each.address)
        if language is None:
            named = _name(each, links.own)
            tagged = named and tagged_language(links.address, each.address)
            if named and (tagged or is_untagged(links.address, each.address)):
                language = tagged or named.language
                yield EditionLink(each.address, language)
        else:
            yield EditionLink(each.address, language)


@dataclass(frozen=True, slots=True)
class _Name:
    """The language that a link's label names; None for one that its page has to tell."""

    language: str | None
    is_autonym: bool


def _name(anchor: _Anchor, own: str | None) -> _Name | None:
    if not anchor.label or len(anchor.label) > _LONGEST_NAME:
        return None
    found = named_language(anchor.label, own)
    return None if found is None else _Name(*found)


def _menu(anchors: Iterable[_Anchor], links: _Links) -> Iterator[EditionLink]:
    """Links of a menu of languages on the same site.

    What a language calls itself is enough (`Français`); a name in the page's language, or a tag,
    stands for an edition where the address has that tag.
    """
    menus: dict[_Element, list[tuple[_Anchor, _Name]]] = {}
    for each in anchors:
        name = _name(each, links.own)
        container = next(each.element.iterancestors(*_CONTAINERS), None)
        if name and container is not None and _same_site(each.address, links.address):
            menus.setdefault(container, []).append((each, name))
    least = 2 if links.found else 1  # a page that states editions may still name a language
    for container, named in menus.items():
        if len(named) < least or not _is_menu(container, links.own):
            continue
        for each, name in named:
            tags = [place.language for place in tag_places(each.address)]
            is_tagged = name.language and any(same_language(tag, name.language) for tag in tags)
            if name.is_autonym or is_tagged:
                yield EditionLink(each.address, name.language)


def _same_site(first: str, second: str) -> bool:
    """Whether two hosts end alike: `fr.example.org` and `www.example.org`."""
    hosts = (urlsplit(each).netloc.split(".")[-2:] for each in (first, second))
    return next(hosts) == next(hosts)


def _is_menu(container: _Element, own: str | None) -> bool:
    """Whether an element holds names of languages and little else, and is no sentence."""
    letters = 0
    for part in container.itertext():
        text = " ".join(str(part).split()).strip("|·•/,;:–—-[]() ")
        if text and (len(text) > _LONGEST_NAME or named_language(text, own) is None):
            letters += len(text)
            if letters > _OTHER_LETTERS:
                return False
    return True


def _guessed(tree: _Element, links: _Links) -> list[EditionLink]:
    """Editions that `og:locale:alternate` names and nothing links to."""
    tags = (_tag(text) for text in _properties(tree, "og:locale:alternate"))
    named = list(dict.fromkeys(tag for tag in tags if tag))
    own = _tag(next(_properties(tree, "og:locale"), None)) or links.own
    if own is None:
        return []
    found = guessed_addresses(links.address, own, named)
    return [EditionLink(address, language, True) for language, address in found.items()]
