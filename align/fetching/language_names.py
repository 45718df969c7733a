"""Languages by their names in menus: `Français`, `中文（繁體）`, `German`, `PT-BR`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from align.errors import InputError
from align.fetching.siblings import language_of_tag
from align.languages import autonym, normalise_tag

_DETAIL = re.compile(r"^(.*?)\s*[(（\[–-]\s*([^()（）\[\]]*?)[)）\]]?$")
_BAHASA = re.compile(r"^\s*bahasa\s+(?=\w)", re.IGNORECASE)  # 'language': CLDR leaves it out
_CHINESE = re.compile("^(?:[简繁簡正][体體](?:中文|字)?|中文|汉语|漢語|华文|華文)$")
_SIMPLIFIED, _TRADITIONAL = re.compile("[简簡]"), re.compile("[繁正港澳臺台]")


@lru_cache(maxsize=4096)
def named_language(label: str, own: str | None) -> tuple[str | None, bool] | None:
    """The language that a label names, and whether it is called by its own name.

    Args:
        label: What a link says.
        own: The language of the page it stands in, in which it may name others.

    Returns:
        None where it names none. The language is None for Chinese of which neither script is said.

    >>> named_language("Français", "en"), named_language("中文（繁體）", "en")
    (('fr', True), ('zh-Hant', True))
    >>> named_language("German", "en"), named_language("PT-BR", "en")
    (('de', False), ('pt-BR', False))
    >>> named_language("Prices", "en")
    """
    label = _BAHASA.sub("", unicodedata.normalize("NFKC", label)).strip()
    detail = _DETAIL.fullmatch(label)
    for text in (label, detail[1] if detail else ""):
        if _CHINESE.fullmatch(text):
            return _chinese(label), True
        language = _autonyms().get(_folded(text))
        if language:
            return language, True
    language = language_of_tag(label)
    if language:
        return language, False
    for text in (label, detail[1] if detail else ""):
        for display in dict.fromkeys((own or "en", "en")):
            language = _names_in(display).get(_folded(text))
            if language:
                return language, False
    return None


def _chinese(label: str) -> str | None:
    if _SIMPLIFIED.search(label):
        return "zh-Hans"
    return "zh-Hant" if _TRADITIONAL.search(label) else None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


@lru_cache(maxsize=1)
def _autonyms() -> dict[str, str]:
    """Languages that CLDR has data for, by their own names."""
    from babel import localedata

    found: dict[str, str] = {}
    for identifier in sorted(localedata.locale_identifiers(), key=len):
        _, _, detail = identifier.partition("_")
        if identifier in ("root", "zh") or (detail and len(detail) != 4):  # a region, no script
            continue
        try:
            language = normalise_tag(identifier)
            name = autonym(language)
        except InputError:
            continue
        for text in (name, name.partition("(")[0]):  # `srpski (latinica)` is called `srpski`, too
            found.setdefault(_folded(text), language)
    return found


@lru_cache(maxsize=16)
def _names_in(display: str) -> dict[str, str]:
    """Languages that CLDR has data for, by their names in one of them."""
    from babel import localedata

    from align.languages.locales import spoken_locale

    locale = spoken_locale(display)
    found: dict[str, str] = {}
    for identifier, name in (locale.languages if locale else {}).items():
        if not localedata.exists(identifier):
            continue
        try:
            found.setdefault(_folded(str(name)), normalise_tag(identifier))
        except InputError:
            continue
    return found
