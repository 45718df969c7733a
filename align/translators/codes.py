"""How translation models call languages: each family by tokens of its own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import regex

# `__ja__` M2M100, `jpn_Jpan` NLLB, `ja_XX` mBART-50, `<2ja>` MADLAD-400, `>>jpn<<` Marian.
_TOKEN = regex.compile(
    r"__(?P<code>[a-z]{2,3})__"
    r"|(?P<code>[a-z]{3})_(?P<script>[A-Z][a-z]{3})"
    r"|(?P<code>[a-z]{2})_[A-Z]{2}"
    r"|<2(?P<code>[a-z]{2,3})(?:_(?P<script>[A-Z][a-z]{3}))?>"
    r"|>>(?P<code>[a-z]{2,3})(?:_(?P<script>[A-Z][a-z]{3}))?<<"
)


def language_tokens(vocabulary: Iterable[str]) -> dict[tuple[str, str], str]:
    """The tokens of a model's vocabulary that name a language.

    Returns:
        Tokens by language and script as `language_and_script` has them.

    >>> language_tokens(["the", "jpn_Jpan", "zho_Hant"])
    {('ja', 'Jpan'): 'jpn_Jpan', ('zh', 'Hant'): 'zho_Hant'}
    """
    found: dict[tuple[str, str], str] = {}
    for token in vocabulary:
        match = _TOKEN.fullmatch(token)
        if match:
            tag = match["code"] + (f"-{match['script']}" if match["script"] else "")
            key = language_and_script(tag)
            if key[0]:
                found.setdefault(key, token)
    return found


@lru_cache(maxsize=1024)
def language_and_script(tag: str) -> tuple[str, str]:
    """A language's shortest code and the script it is written in, where not said otherwise.

    >>> language_and_script("arb"), language_and_script("zh-TW"), language_and_script("sr")
    (('ar', 'Arab'), ('zh', 'Hant'), ('sr', 'Cyrl'))
    """
    from langcodes import Language, standardize_tag
    from langcodes.tag_parser import LanguageTagError

    try:
        language = Language.get(standardize_tag(tag, macro=True)).maximize()
    except (LanguageTagError, ValueError):
        return "", ""
    return str(language.language or ""), str(language.script or "")
