"""How a language joins sentences and the lines of hard-wrapped text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from align.languages.profile import profile

# Ordinary white space only: a no-break or an ideographic space is the author's. One space alone
# stays as it is.
_WHITE_SPACE = re.compile(r"[ \t\n\r\f\v]{2,}|[\t\n\r\f\v]")


def joiner(tag: str) -> str:
    """What stands between two sentences of a language: nothing in Japanese and Chinese.

    >>> joiner("ja"), joiner("zh-Hans"), joiner("ko")
    ('', '', ' ')
    """
    return profile(tag).joiner


def join_segments(texts: Iterable[str], tag: str) -> str:
    r"""Joins segments into running text as the language does.

    White space around each text goes; a line break inside it (hard-wrapped text) becomes what
    joins sentences, other runs of spaces and tabs one space. No-break spaces stay as they are.
    Where the joiner is nothing, two Latin letters or digits that would touch keep a space.

    Args:
        texts: The segments' texts, in the order of the text.
        tag: BCP 47 tag of their language.

    >>> join_segments(["One sentence.", "Hard\nwrapped  text."], "en")
    'One sentence. Hard wrapped text.'
    >>> join_segments(["橋は古い。", "今も\n立つ。"], "ja")
    '橋は古い。今も立つ。'
    >>> join_segments(["NATO", "EU"], "ja")
    'NATO EU'
    """
    between = joiner(tag)
    joined = ""
    for text in texts:
        flat = _unwrapped(text.strip(), between)
        if flat:
            joined = joined + _between(joined[-1:], flat[0], between) + flat
    return joined


def _unwrapped(text: str, between: str) -> str:
    def single(run: re.Match[str]) -> str:
        if "\n" not in run[0] and "\r" not in run[0]:
            return " "
        return _between(text[run.start() - 1], text[run.end()], between)

    return _WHITE_SPACE.sub(single, text)


def _between(left: str, right: str, joiner: str) -> str:
    if not left:
        return ""
    return " " if _is_latin_or_digit(left) and _is_latin_or_digit(right) else joiner


def _is_latin_or_digit(character: str) -> bool:
    if character.isascii():
        return character.isalnum()
    return unicodedata.name(character, "").startswith("LATIN ")
