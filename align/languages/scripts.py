"""Which scripts, by Unicode's names, a language is written in."""

from __future__ import annotations

from functools import lru_cache

import regex

# ISO 15924 has codes for mixtures of scripts and for styles of one; Unicode's characters have not.
_UNICODE_NAMES = {
    "Aran": ("Arab",),
    "Cyrs": ("Cyrl",),
    "Geok": ("Geor",),
    "Hanb": ("Han", "Bopomofo"),
    "Hans": ("Han",),
    "Hant": ("Han",),
    "Hrkt": ("Hiragana", "Katakana"),
    "Jamo": ("Hangul",),
    "Jpan": ("Han", "Hiragana", "Katakana"),
    "Kore": ("Hangul", "Han"),
    "Latf": ("Latn",),
    "Latg": ("Latn",),
    "Syre": ("Syrc",),
    "Syrj": ("Syrc",),
    "Syrn": ("Syrc",),
    "Zinh": (),
    "Zyyy": (),
    "Zzzz": (),
}


@lru_cache(maxsize=256)
def scripts_of(tag: str) -> frozenset[str]:
    r"""The scripts that a language is written in, as `\p{Script=…}` takes them.

    None where its script is not one of Unicode's: one for private use, or none at all.

    >>> sorted(scripts_of("ja")), sorted(scripts_of("sr-Latn")), sorted(scripts_of("fr-Zxxx"))
    (['Han', 'Hiragana', 'Katakana'], ['Latn'], [])
    """
    code = _likely_script(tag)
    return frozenset(filter(_is_known, _UNICODE_NAMES.get(code, (code,))))


def is_traditional(tag: str) -> bool:
    """Whether a language is written in traditional Han characters, as far as its tag tells.

    >>> [is_traditional(tag) for tag in ("zh-Hant", "zh-Hans", "yue", "wuu", "ja")]
    [True, False, True, False, False]
    """
    return _likely_script(tag) == "Hant"


@lru_cache(maxsize=256)
def _likely_script(tag: str) -> str:
    from langcodes import Language
    from langcodes.tag_parser import LanguageTagError

    try:
        return str(Language.get(tag).maximize().script)
    except (LanguageTagError, ValueError):
        return "Zzzz"


def _is_known(script: str) -> bool:
    try:
        regex.compile(rf"\p{{Script={script}}}")
    except regex.error:
        return False
    return True
