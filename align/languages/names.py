"""Names of languages, from CLDR."""

from __future__ import annotations

from align.languages.locales import spoken_locale
from align.languages.tags import normalise_tag


def language_name(tag: str, *, display: str = "en") -> str:
    """The name of a language as CLDR has it.

    Args:
        tag: BCP 47 tag of the language.
        display: Language in which the name is wanted.

    Returns:
        The name; the tag itself for a language that CLDR does not name.

    Raises:
        InputError: If either is not a known language.

    >>> language_name("zh-Hans"), language_name("ja", display="fr")
    ('Simplified Chinese', 'japonais')
    """
    from babel import Locale
    from langcodes import Language

    wanted = Language.get(normalise_tag(tag))
    shown_in = spoken_locale(normalise_tag(display)) or Locale("en")
    names = shown_in.languages
    whole = names.get(wanted.to_tag().replace("-", "_"))
    if whole:
        return str(whole)
    name = names.get(wanted.language) or Locale("en").languages.get(wanted.language)
    if not name:
        return str(wanted.to_tag())
    details = [
        shown_in.scripts.get(wanted.script or "", wanted.script),
        shown_in.territories.get(wanted.territory or "", wanted.territory),
    ]
    known = ", ".join(detail for detail in details if detail)
    return f"{name} ({known})" if known else name


def autonym(tag: str) -> str:
    """The name of a language in that language; in English where CLDR does not speak it.

    Raises:
        InputError: If it is not a known language.

    >>> autonym("ja"), autonym("zh-Hant"), autonym("fr")
    ('日本語', '繁體中文', 'français')
    """
    return language_name(tag, display=tag)
