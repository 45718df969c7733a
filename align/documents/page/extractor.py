"""What trafilatura takes for the article: its judgement, as marks on a page's own blocks."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from align.documents.cleaning import clean
from align.documents.page.blocks import is_prose, page_blocks
from align.documents.page.tree import BLOCK_TAGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.html import HtmlElement

    from align.documents.page.blocks import PageBlock

# How many characters it takes for an article. With less it tries something else, which finds what
# an unusual page has; with none a short article is one.
_ENOUGH = (100, 0)
_SAME = 20  # letters that two texts of twice as many have in common, and so are one
_LONGEST_LINE = 1000  # elements; to take many out of one line is slow


def found_by_extractor(
    body: HtmlElement, blocks: Sequence[PageBlock], furniture: Mapping[HtmlElement, str]
) -> frozenset[int]:
    """The indices of the blocks that trafilatura takes for the article's, or for part of it.

    Args:
        body: The page's body.
        blocks: Its blocks.
        furniture: The elements that are furniture, which it is not shown.
    """
    prose = sum(
        block.letters for block in blocks if block.element not in furniture and is_prose(block)
    )
    results: list[list[str]] = []
    for enough in _ENOUGH:
        results.append(_extracted(_without(body, furniture), enough))
        if 2 * sum(map(len, results[-1])) > prose:
            break
    found = max(results, key=lambda texts: sum(map(len, texts)))
    return _same_texts([squashed(block.piece.text) for block in blocks], found)


def squashed(text: str) -> str:
    """The text without white space, which extractors change."""
    return "".join(clean(text).split())


def _without(body: HtmlElement, furniture: Mapping[HtmlElement, str]) -> HtmlElement:
    """A copy of the page without its furniture, no line of it too long."""
    root = body.getroottree().getroot()
    copy = deepcopy(root)
    twins = [
        twin
        for element, twin in zip(root.iter(), copy.iter(), strict=True)
        if element in furniture and element.getparent() not in furniture
    ]
    for twin in twins:
        twin.drop_tree()
    for element in list(copy.iter()):
        if len(element) > _LONGEST_LINE:
            _shorten_lines(element)
    return copy


def _shorten_lines(element: HtmlElement) -> None:
    """Makes plain text of stretches of an element that have more marks within than texts have."""
    line: list[HtmlElement] = []
    for child in [*element, None]:
        if child is not None and not any(each.tag in BLOCK_TAGS for each in child.iter()):
            line.append(child)
            continue
        if len(line) > _LONGEST_LINE:
            text = "".join(part for each in line for part in (*each.itertext(), each.tail or ""))
            before = line[0].getprevious()
            if before is None:
                element.text = (element.text or "") + text
            else:
                before.tail = (before.tail or "") + text
            for each in line:
                element.remove(each)
        line = []


def _extracted(tree: HtmlElement, enough: int) -> list[str]:
    import trafilatura
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(enough))
    config.set("DEFAULT", "MIN_OUTPUT_SIZE", "0")
    result: Any = trafilatura.bare_extraction(
        tree,
        fast=True,  # its fallbacks take in what is around an article
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=False,
        config=config,
    )
    if result is None:
        return []
    return [squashed(block.piece.text) for block in page_blocks(result.body)]


def _same_texts(texts: Sequence[str], found: Sequence[str]) -> frozenset[int]:
    """Which squashed texts were found: short ones whole, of longer ones some stretch."""
    exact = frozenset(found)
    stretches = {
        text[start : start + _SAME]
        for text in found
        for start in range(0, len(text) - _SAME + 1, _SAME)
    }
    return frozenset(
        index
        for index, text in enumerate(texts)
        if text in exact
        or (
            len(text) >= 2 * _SAME
            and any(text[start : start + _SAME] in stretches for start in range(_SAME))
        )
    )
