"""Simplified and traditional Chinese, told apart and converted with OpenCC."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from align.languages.profile import profile

TOLD_BY_CHARACTERS = frozenset({"zh-Hans", "zh-Hant", "ja"})
"""The ways of writing Han characters that `foreign_characters` tells apart."""

_LAST_OF_FIRST_LEVEL = 0xC6  # lead byte of Big5; beyond are rare characters, some simplified ones
_SURROGATES = re.compile("([\ud800-\udfff]+)")
_IN_NAMES = frozenset("後於")  # which GB 2312 has for the sake of surnames alone


def to_simplified(text: str) -> str:
    """Converts traditional Chinese to simplified, with the mainland's words for Taiwan's.

    >>> to_simplified("軟體與網路")
    '软件与网络'
    """
    return _converter("tw2sp").convert(text)


def characters_simplified(text: str) -> str:
    """Converts traditional characters to simplified ones, each in its place.

    Returns:
        A text of the same length, for finding in it what is then cut from the other.

    >>> characters_simplified("戰略自主")
    '战略自主'
    """
    simplified = _converter("t2s").convert(text)
    return simplified if len(simplified) == len(text) else text


def characters_traditional(text: str) -> str:
    """Converts simplified characters to traditional ones, each in its place.

    Returns:
        A text of the same length.

    >>> characters_traditional("战略自主")
    '戰略自主'
    """
    traditional = _converter("s2t").convert(text)
    return traditional if len(traditional) == len(text) else text


def modern_kanji(text: str) -> str:
    """Converts old forms of kanji to those that Japan has written since 1946.

    >>> modern_kanji("舊い國の學校")
    '旧い国の学校'
    """
    return _converter("t2jp").convert(text)


@lru_cache(maxsize=32768)
def is_of_variant(character: str, tag: str) -> bool:
    """Whether a character may stand in simplified (`zh-Hans`) or traditional (`zh-Hant`) Chinese.

    It may if the national standard of that way of writing has it in common use (GB 2312, the
    first level of Big5), or if OpenCC does not know it as the other way's.

    >>> is_of_variant("铁", "zh-Hant"), is_of_variant("鐵", "zh-Hans")
    (False, False)
    >>> is_of_variant("后", "zh-Hant"), is_of_variant("后", "zh-Hans")
    (True, True)
    """
    traditional = tag.startswith("zh-Hant")
    if character not in _IN_NAMES and _is_common(character, traditional=traditional):
        return True
    return _converter("s2t" if traditional else "t2s").convert(character) == character


def _is_common(character: str, *, traditional: bool) -> bool:
    try:
        code = character.encode("big5" if traditional else "gb2312")
    except UnicodeEncodeError:
        return False
    return not traditional or code[0] <= _LAST_OF_FIRST_LEVEL


def is_only_simplified(character: str, charset: str) -> bool:
    """Whether a character is a simplified Chinese one that a character set does not have.

    >>> [is_only_simplified(character, "euc_jisx0213") for character in "组組国"]
    [True, False, False]
    """
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return _converter("s2t").convert(character) != character
    return False


def han_alike(text: str, language: str) -> str:
    """A text whose characters are those that mainland China writes, Japan's and Taiwan's too.

    >>> han_alike("森沢", "ja") == han_alike("森澤", "zh-Hant") == "森泽"
    True
    """
    to_traditional = profile(language).to_traditional
    if to_traditional:
        text = "".join(map(_converter(to_traditional).convert, text))
    return "".join(map(_converter("t2s").convert, text))


def chinese_script(text: str) -> Literal["zh-Hans", "zh-Hant"]:
    """Tells by its characters whether a Chinese text is simplified or traditional.

    Returns:
        The tag of the script whose conversion would change fewer characters; `zh-Hans` where
        nothing tells them apart.

    >>> chinese_script("橋很舊"), chinese_script("桥很旧"), chinese_script("山水")
    ('zh-Hant', 'zh-Hans', 'zh-Hans')
    """
    traditional = _changes(text, "t2s")
    simplified = _changes(text, "s2t")
    return "zh-Hant" if len(traditional) > len(simplified) else "zh-Hans"


def foreign_characters(text: str) -> dict[str, int]:
    """How many characters of a text in Han characters each way of writing them would not use.

    Japanese simplified other characters than China did, so that a headline without kana can
    still be told from both kinds of Chinese.

    Returns:
        The counts for `zh-Hans`, `zh-Hant` and `ja`.

    >>> foreign_characters("日欧安全保障協力")
    {'zh-Hans': 1, 'zh-Hant': 1, 'ja': 0}
    """
    traditional = _changes(text, "t2s")
    simplified = _changes(text, "s2t")
    japanese = _changes(text, "jp2t")
    old_in_japanese = _changes(text, "t2jp")
    return {
        "zh-Hans": len(traditional | (japanese - simplified)),
        "zh-Hant": len(simplified | japanese),
        "ja": len(old_in_japanese | (simplified - japanese)),
    }


def _changes(text: str, conversion: str) -> set[int]:
    """Indices of the characters that a conversion would change, each taken by itself."""
    converter = _converter(conversion)
    changed = {character for character in set(text) if converter.convert(character) != character}
    return {index for index, character in enumerate(text) if character in changed}


class _Converter:
    """A conversion of OpenCC, which takes no halves of surrogate pairs; they stay as they are."""

    def __init__(self, conversion: str) -> None:
        from opencc import OpenCC

        self._opencc = OpenCC(conversion)

    def convert(self, text: str) -> str:
        """The text converted."""
        if not _SURROGATES.search(text):
            return str(self._opencc.convert(text))
        return "".join(
            part if _SURROGATES.match(part) else str(self._opencc.convert(part))
            for part in _SURROGATES.split(text)
        )


@lru_cache(maxsize=8)
def _converter(conversion: str) -> _Converter:
    return _Converter(conversion)
