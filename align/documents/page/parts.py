"""The parts of a page that are no article, by their elements, roles, classes and identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.documents.page.blocks import is_prose, text_of
from align.documents.page.words import DETAILS, FURNITURE, ROLES, TAGS, TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lxml.html import HtmlElement

    from align.documents.page.blocks import PageBlock

# What is named by its class or identifier; of others, marks within a line and rows of tables,
# nothing follows from these.
_NAMED = frozenset({
    "address", "article", "aside", "details", "div", "dl", "fieldset", "figure", "footer", "header",
    "hgroup", "li", "ol", "p", "section", "table", "td", "ul",
})  # fmt: skip
_LONGEST_VALUE = 1000
_MOST_PROSE = 0.7  # of a page's: what holds more is not beside the article but around it


class Weights:
    """How much of something each element of a page holds.

    Args:
        body: The page's body.
        amounts: Elements, and how much stands in each but in none that is in it.
    """

    def __init__(self, body: HtmlElement, amounts: Iterable[tuple[HtmlElement, int]]) -> None:
        weights: dict[HtmlElement, int] = {}
        for element, amount in amounts:
            weights[element] = weights.get(element, 0) + amount
        for element in reversed(list(body.iter())):
            parent = element.getparent()
            if element in weights and parent is not None and element is not body:
                weights[parent] = weights.get(parent, 0) + weights[element]
        self._weights = weights

    def __getitem__(self, element: HtmlElement) -> int:
        return self._weights.get(element, 0)


def furniture_of(
    body: HtmlElement, blocks: Sequence[PageBlock], title: HtmlElement | None
) -> Mapping[HtmlElement, str]:
    """What each element within furniture is part of; others are not in it.

    Args:
        body: The page's body.
        blocks: Its blocks.
        title: The heading that is the article's title, if one is: no furniture holds it.
    """
    prose = Weights(body, ((block.element, text_of(block)) for block in blocks if is_prose(block)))
    spared = {body, *body.iter("main")}
    for each in [*spared, *([] if title is None else [title])]:
        spared.update((each, *each.iterancestors()))
    has_sections = next(body.iter("article", "main"), None) is not None
    why: dict[HtmlElement, str] = {}
    for element in body.iter():
        parent = element.getparent()
        if parent in why:
            why[element] = why[parent]
        elif element not in spared:
            reason = _reason(element, prose, prose[body])
            if reason is None and has_sections and element.tag == "aside" and _is_of_site(element):
                reason = "side bar"
            if reason is not None:
                why[element] = reason
    return why


def _reason(element: HtmlElement, prose: Weights, total: int) -> str | None:
    reason = _always(element)
    if reason is not None:
        # Comments are often longer than what they are on; nothing else is.
        most = total if reason == "comments" else _MOST_PROSE * total
        return None if prose[element] and prose[element] >= most else reason
    if prose[element]:
        return None
    if element.tag in ("aside", "footer") and not _is_quoted(element):
        return "side bar" if element.tag == "aside" else "foot of the site"
    if element.get("role") == "complementary":
        return "side bar"
    if element.tag in _NAMED and not _is_quoted(element):
        return DETAILS.why(_names(element))
    return None


def _always(element: HtmlElement) -> str | None:
    tag = element.tag
    role = element.get("role", "").lower()
    if tag in TAGS or role in ROLES:
        return TAGS.get(tag) or ROLES[role]
    for attribute in ("itemtype", "itemprop"):
        kind = element.get(attribute, "")[:_LONGEST_VALUE].rstrip("/").rpartition("/")[2]
        if kind in TYPES:
            return TYPES[kind]
    if tag in ("header", "footer") and _is_of_site(element):
        return "head of the site" if tag == "header" else "foot of the site"
    return FURNITURE.why(_names(element)) if tag in _NAMED else None


def _is_of_site(element: HtmlElement) -> bool:
    """Whether a header, footer or aside is the whole page's and of no section of it."""
    sections = (
        "article",
        "main",
        "section",
        "aside",
        "blockquote",
        "figure",
        "td",
        "li",
        "details",
    )
    return not any(
        each.tag in sections or each.get("role") in ("main", "article")
        for each in element.iterancestors()
    )


def _is_quoted(element: HtmlElement) -> bool:
    """Who said what is quoted stands in a footer too."""
    return any(each.tag in ("blockquote", "figure", "table") for each in element.iterancestors())


def _names(element: HtmlElement) -> str:
    """The names an element has. The identifier of a section names what the section is about."""
    classes: str = element.get("class", "")[:_LONGEST_VALUE]
    name = element.get("id", "")[:_LONGEST_VALUE]
    is_section = element.tag == "section" or "section" in classes.split()
    of_its_text = element.tag in ("p", "li", "td", "details", "figure", "table", "dl")
    if is_section or of_its_text:
        return classes
    return f"{classes} {name}"
