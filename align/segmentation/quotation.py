"""Which quotation marks open and which close, where only their order in the block tells.

A straight mark has no direction, „ is closed by what opens elsewhere, and some writers take ” and “
the other way round. Between spaces that does no harm. In Chinese and Japanese a mark after a full
stop is of the sentence that ends there or of the one that begins, so the rules of an SRX file,
which count nothing, would have to guess. Here the marks of a block are paired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Han, kana and the punctuation of both: what is written without spaces.
_WIDE = re.compile("[\u2e80-\ua4cf\uf900-\ufaff\ufe10-\ufe6f\uff01-\uffef\U00020000-\U0003ffff]")
_STRAIGHT = {'"': ("“", "”"), "\uff02": ("“", "”"), "'": ("‘", "’"), "\uff07": ("‘", "’")}
_PRIMES = str.maketrans("〝〞〟", "“””")
_MARKS = re.compile("[\"\uff02'\uff07„“”]")
_CURLY = "„“”"
_MIRRORED = str.maketrans("“”", "”“")
_OPENS_SURELY = ("", "：", ":")  # what is before it: nothing, or a colon
_BEFORE_OPENING = ("", *"：:（([「『《〈【〔\n")
_AFTER_CLOSING = ("", *"，,。、；;：:！？!?.）)]」』》〉】〕\n")


def directed(text: str) -> str:
    """A block's text with the direction of its quotation marks made plain, for the rules to read.

    Returns:
        A text of the same length: marks beside Chinese or Japanese are “ and ” or ‘ and ’ as they
        open and close, every other character is what it was.

    >>> directed('老人笑了。"你会明白的。"他走了。')
    '老人笑了。“你会明白的。”他走了。'
    >>> directed('"Sit down," she said.')
    '"Sit down," she said.'
    """
    if not _WIDE.search(text):
        return text
    text = text.translate(_PRIMES)
    found = [match.start() for match in _MARKS.finditer(text)]
    characters = list(text)
    for mark in _STRAIGHT:
        for place, shape in _paired(text, mark, [at for at in found if text[at] == mark]):
            if _is_beside_wide(text, place):
                characters[place] = shape
    for place, shape in _curly(text, [at for at in found if text[at] in _CURLY]):
        characters[place] = shape
    return "".join(characters)


def _paired(text: str, mark: str, places: list[int]) -> Iterator[tuple[int, str]]:
    """The straight marks of one kind, each with the mark that says what it does."""
    opening, closing = _STRAIGHT[mark]
    is_single = opening == "‘"
    is_odd = len(places) % 2 == 1
    left_open = curly = done = 0
    is_open = False
    for place in places:
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if is_single and _is_letter(before) and (_is_letter(after) or not is_open):
            continue  # an apostrophe
        if is_odd and not is_single and not is_open and before.isdigit():
            continue  # 27" of a screen
        curly += text.count(opening, done, place) - text.count(closing, done, place)
        done = place
        begins = before in _BEFORE_OPENING or before.isspace()
        ends = after in _AFTER_CLOSING or after.isspace()
        if is_odd and not is_open and curly > left_open and not begins:
            left_open = curly
            opens = False  # of a quotation that “ opened
        else:
            opens = begins and not ends if is_open else begins or not ends
        is_open = opens
        yield place, opening if opens else closing


def _curly(text: str, places: list[int]) -> Iterator[tuple[int, str]]:
    """The marks that have a direction but are used in another one: „…“, and ”…“ throughout."""
    begun = "".join(text[at] for at in places if text[at - 1 : at] in _OPENS_SURELY)
    if begun.count("”") > len(begun) - begun.count("”"):
        yield from ((place, text[place].translate(_MIRRORED)) for place in places)
        return
    is_low = False
    for place in places:
        if text[place] == "„":
            is_low = True
            if _is_beside_wide(text, place):
                yield place, "“"
        elif is_low:
            is_low = False
            if _is_beside_wide(text, place):
                yield place, "”"


def _is_beside_wide(text: str, place: int) -> bool:
    return bool(_WIDE.search(text[max(place - 1, 0) : place + 2].replace(text[place], "")))


def _is_letter(character: str) -> bool:
    return character.isalpha() and not _WIDE.match(character)
