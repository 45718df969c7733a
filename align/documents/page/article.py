"""Which blocks of a page are its article.

Trafilatura judges where the article is: what it gives back marks blocks of the page. The article
is the element that holds these, and what stands around it if that is of the same sort; of it every
block is taken but what is known to be furniture. So what an extractor drops within an article, and
it drops much, is not lost.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from align.documents.furniture import furniture_lines
from align.documents.model import OUTSIDE, LeftOut
from align.documents.page.blocks import ends_sentence, is_prose, page_blocks, text_of
from align.documents.page.extractor import found_by_extractor, squashed
from align.documents.page.parts import Weights, furniture_of
from align.documents.page.tree import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from align.documents.page.blocks import PageBlock

# A line, a list or a table is in an article, however much of it.
_NOT_AROUND = frozenset({
    "blockquote", "details", "dl", "figure", "ol", "p", "pre", "table", "ul", *HEADINGS
})  # fmt: skip
_FEWEST = 2  # blocks of an article, beside which none is looked for in what holds it
_NEARLY_ALL = 0.9  # of the prose that trafilatura found: what holds it is the article
_MOST = 0.75  # of all prose: what holds it is the article where nothing was found
_MUCH = 0.25  # of the article's prose: what stands beside it on the page and has it is part of it
_SHORT = 300  # letters of a text under a heading that leads elsewhere: a teaser
_MOST_LINKED = 0.8  # of a line's letters, or a list's lines; if more are, it is links
_OWN_ADDRESS = (
    (".//link[@rel='canonical']", "href"),
    (".//meta[@property='og:url']", "content"),
)
_LONGEST_ADDRESS = 2000
_LISTED = frozenset({"dd", "dt", "li", "td", "th"})
_ITEMS = _LISTED | {"p"}


@dataclass(frozen=True, slots=True)
class SortedBlocks:
    """A page's blocks, and for each why it is left out; None where it is of the article."""

    blocks: tuple[PageBlock, ...]
    reasons: tuple[str | None, ...]

    @property
    def kept(self) -> list[PageBlock]:
        """The article's."""
        pairs = zip(self.blocks, self.reasons, strict=True)
        return [block for block, reason in pairs if reason is None]

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The others, with the reasons."""
        return tuple(
            LeftOut(block.piece.text, reason, block.piece.line)
            for block, reason in zip(self.blocks, self.reasons, strict=True)
            if reason is not None
        )


def sort_blocks(body: HtmlElement, title: HtmlElement | None) -> SortedBlocks:
    """Tells which blocks of a page are its article's.

    Args:
        body: The page's body, simplified.
        title: The heading that is the article's title, if one is.
    """
    blocks = list(page_blocks(body))
    furniture = furniture_of(body, blocks, title)
    reasons = [furniture.get(block.element) for block in blocks]
    for index, block in enumerate(blocks):
        if block.is_code and reasons[index] is None:
            reasons[index] = "code"
    page = _Page(body, blocks, reasons, found_by_extractor(body, blocks, furniture))
    page.keep(title)
    return SortedBlocks(tuple(blocks), tuple(page.reasons))


class _Page:
    """A page while its article is looked for."""

    def __init__(
        self,
        body: HtmlElement,
        blocks: Sequence[PageBlock],
        reasons: Sequence[str | None],
        found: frozenset[int],
    ) -> None:
        self.body = body
        self.blocks = blocks
        self.reasons = list(reasons)
        self._open = [index for index, reason in enumerate(reasons) if reason is None]
        self._found = found.intersection(self._open)
        prose = [index for index in self._open if is_prose(blocks[index])]
        marks = [index for index in prose if index in self._found] or sorted(self._found)
        self._marks, self._prose, self._text = map(self._weights, (marks, prose, self._open))
        self._linked = Weights(body, ((blocks[i].element, blocks[i].linked) for i in self._open))
        self._blocks_in = Weights(body, ((blocks[index].element, 1) for index in self._open))
        site = _site(body)
        self._leading = {each for each in body.iter(*HEADINGS) if _leads_elsewhere(each, site)}
        self._headings_leading = Weights(body, ((heading, 1) for heading in self._leading))

    def _weights(self, indices: Iterable[int]) -> Weights:
        return Weights(
            self.body, ((self.blocks[each].element, text_of(self.blocks[each])) for each in indices)
        )

    def keep(self, title: HtmlElement | None) -> None:
        """Gives every block that is not the article's a reason to be left out."""
        inner = self._narrowest()
        outer = self._widened(inner)
        core = self._core(inner, outer)
        kept = set(core.iter())
        for teaser in self._teasers(core):
            kept.difference_update(teaser.iter())
        for part in self._parts(core, outer):
            kept.update(part.iter())
        links = self._lists_of_links()
        around = {*core.iterancestors(), outer} if core is not outer else set()
        for index in self._open:
            block = self.blocks[index]
            if index in links:
                self.reasons[index] = "links"
            elif block.element not in kept and not (
                block.element in around
                and outer in (block.element, *block.element.iterancestors())
                and is_prose(block)
            ):
                self.reasons[index] = OUTSIDE
        self._take_what_leads_in(title)
        self._take_headings_and_captions(title)
        chosen = [index for index in self._open if self.reasons[index] is None]
        items = {
            place
            for place, index in enumerate(chosen)
            if self.blocks[index].element.tag in _LISTED
            or self.blocks[index].piece.kind == "list-item"
        }
        texts = [self.blocks[index].piece.text for index in chosen]
        for line in furniture_lines(texts, items=items):
            self.reasons[chosen[line]] = "furniture"

    def _narrowest(self) -> HtmlElement:
        """The smallest element that holds nearly all that was found, or else most of the prose."""
        weights, share = self._marks, _NEARLY_ALL
        if not weights[self.body]:
            weights, share = (self._prose if self._prose[self.body] else self._text), _MOST
        element, least = self.body, max(share * weights[self.body], 1)
        while True:
            inner = next((child for child in element if weights[child] >= least), None)
            if inner is None or inner.tag in _NOT_AROUND or self._blocks_in[inner] < _FEWEST:
                return element
            element = inner

    def _widened(self, inner: HtmlElement) -> HtmlElement:
        """The element that holds the narrowest one and what is of the article around it."""
        around = self._up_to_body(inner)
        mains = [each for each in around if each.tag == "main" or each.get("role") == "main"]
        if mains:
            return mains[-1]
        articles = [each for each in around if _is_article(each)]
        outer = articles[-1] if articles else inner
        for parent in around[around.index(outer) + 1 :]:
            extra = self._prose[parent] - self._prose[outer]
            if (
                extra > (1 if articles else _MUCH) * self._prose[outer]
                or any(self._is_alike(child, outer) for child in parent)
                or (extra and not articles and parent is not self.body)
            ):
                outer = parent
        return outer

    def _core(self, inner: HtmlElement, outer: HtmlElement) -> HtmlElement:
        """The element of which all is the article's, within what holds more besides."""
        around = self._up_to_body(inner)
        articles = [each for each in around if _is_article(each)]
        if articles:
            return articles[-1]
        is_main = outer.tag == "main" or outer.get("role") == "main"
        return outer if is_main else inner

    def _up_to_body(self, element: HtmlElement) -> list[HtmlElement]:
        around = [element, *element.iterancestors()]
        return around[: around.index(self.body) + 1]

    def _is_alike(self, other: HtmlElement, element: HtmlElement) -> bool:
        """Whether another part of a page is the article as much as one is."""
        return (
            other is not element
            and other.tag == element.tag
            and other.get("class") == element.get("class")
            and (other.tag == "article" or bool(element.get("class")))
            and self._is_part(other)
        )

    def _is_part(self, element: HtmlElement) -> bool:
        """Whether an element holds prose, and not links and teasers above all."""
        text, linked = self._text[element], self._linked[element]
        return self._prose[element] > 0 and linked <= text and not self._is_teaser(element)

    def _is_teaser(self, element: HtmlElement) -> bool:
        leading = self._headings_leading[element]
        return element.tag not in HEADINGS and self._prose[element] < _SHORT * leading

    def _teasers(self, core: HtmlElement) -> Iterator[HtmlElement]:
        waiting = [core]
        while waiting:
            element = waiting.pop()
            if element is not core and self._is_teaser(element):
                yield element
            elif self._headings_leading[element]:
                waiting.extend(element)

    def _parts(self, core: HtmlElement, outer: HtmlElement) -> Iterator[HtmlElement]:
        """The largest elements around the core, within what holds it, that are of its sort."""
        around = self._up_to_body(core)
        around = around[: around.index(outer) + 1]
        waiting = [child for each in around[1:] for child in each if child not in around]
        while waiting:
            element = waiting.pop()
            if self._is_part(element):
                yield element
            elif self._prose[element] and not self._is_teaser(element):
                waiting.extend(element)

    def _lists_of_links(self) -> set[int]:
        """Rows of links to other pages, and the blocks of lists that are of such above all.

        A list that a text leads up to, or whose lines are sentences, is the text's.
        """
        rows: set[int] = set()
        lines: Counter[HtmlElement] = Counter()
        links: dict[HtmlElement, list[int]] = {}
        for index in self._open:
            block = self.blocks[index]
            if block.piece.kind == "heading":
                continue
            holder = _holder(block.element)
            lines[holder] += 1
            if block.linked <= _MOST_LINKED * block.letters or ends_sentence(block):
                continue
            if block.links > 1:
                rows.add(index)
            if index not in self._found:
                links.setdefault(holder, []).append(index)
        for holder, found in links.items():
            before = self.blocks[found[0] - 1].piece.text if found[0] else ""
            is_list = len(found) > 1 and len(found) > _MOST_LINKED * lines[holder]
            if is_list and not before.endswith((":", "：")):
                rows.update(found)
        return rows

    def _take_what_leads_in(self, title: HtmlElement | None) -> None:
        """Prose between the title and the rest of the article is the article's."""
        first = next((index for index in self._open if self.reasons[index] is None), 0)
        heads = [index for index in self._open if self.blocks[index].element is title]
        for index in self._open:
            if heads and heads[0] < index < first and is_prose(self.blocks[index]):
                self.reasons[index] = None

    def _take_headings_and_captions(self, title: HtmlElement | None) -> None:
        """A heading belongs to what follows it, a caption to what it stands beside."""
        reasons, opened = self.reasons, set(self._open)
        first = next((index for index in self._open if reasons[index] is None), len(reasons))
        heads = [index for index in self._open if self.blocks[index].element is title]
        first = min([first, *heads])
        for index in reversed(self._open):
            block = self.blocks[index]
            before = index > 0 and index - 1 in opened and reasons[index - 1] is None
            after = index + 1 in opened and reasons[index + 1] is None
            is_heading = block.piece.kind == "heading" and block.element not in self._leading
            if (block.piece.kind == "caption" and (before or after)) or (
                is_heading and after and index >= first
            ):
                reasons[index] = None


def _holder(element: HtmlElement) -> HtmlElement:
    """What holds the lines that an element is one of."""
    while element.tag in _ITEMS:
        element = element.getparent()
    return element


def _is_article(element: HtmlElement) -> bool:
    return (
        element.tag == "article"
        or element.get("role") == "article"
        or "articleBody" in element.get("itemprop", "")[:200]
    )


def _site(body: HtmlElement) -> str | None:
    """The host that a page says it is from, if it does."""
    root = body.getroottree()
    for path, attribute in _OWN_ADDRESS:
        for element in root.iterfind(path):
            host = _host(element.get(attribute, ""))
            if host:
                return host
    return None


def _host(address: str) -> str | None:
    try:
        return urlsplit(address[:_LONGEST_ADDRESS]).hostname
    except ValueError:
        return None


def _leads_elsewhere(heading: HtmlElement, site: str | None) -> bool:
    """Whether a heading is nothing but a link to another page of the site: a teaser's."""
    text = squashed("".join(heading.itertext()))
    return any(
        not (link.get("href") or "#").startswith("#")
        and _host(link.get("href")) in (None, site)
        and squashed("".join(link.itertext())).startswith(text)
        for link in (*heading.iter("a"), *heading.iterancestors("a"))
    )
