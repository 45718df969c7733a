"""The data of the Unicode CLDR that come nearest to a language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


@lru_cache(maxsize=256)
def babel_locale(tag: str) -> Locale:
    """CLDR's locale for a tag, or the nearest one: no tag is without.

    CLDR has data for few of the regions that a language may be written in, and for few of the
    languages there are. So what it lacks for a region is taken from the language as it is written
    in that script, and what it has in no way is taken from its root, which names nothing.

    Args:
        tag: A BCP 47 tag; odd case and underscores do not matter.

    >>> [str(babel_locale(tag)) for tag in ("es-419", "en-KR", "sr_latn_xk", "pa-PK", "grc")]
    ['es_419', 'en', 'sr_Latn_XK', 'pa_Arab_PK', 'root']
    """
    from babel import Locale, localedata

    found = (name for name in _nearest(tag) if localedata.exists(name))
    return Locale.parse(next(found, "root"))


def spoken_locale(tag: str) -> Locale | None:
    """As `babel_locale`, but None where CLDR has nothing in the language.

    >>> spoken_locale("fr-KR").languages["ja"], spoken_locale("grc")
    ('japonais', None)
    """
    locale = babel_locale(tag)
    return None if locale.language == "root" else locale


def _nearest(tag: str) -> Iterator[str]:
    """Names of the locales that would do, the nearest first.

    A language in another script than its usual one is never taken from the usual one: months in
    Cyrillic letters help no reader of Serbian in Latin ones.
    """
    from langcodes import Language
    from langcodes.tag_parser import LanguageTagError

    try:
        # Babel reads neither extensions nor what is for private use.
        language = Language.get(tag.replace("_", "-"))
        likely = language.maximize()
    except (LanguageTagError, ValueError):
        return
    code, script, region = language.language, likely.script, language.territory
    if not code:
        return
    usual = Language.get(code).maximize().script
    plain, scripted = str(code), f"{code}_{script}"
    both = (scripted, plain) if language.script or script != usual else (plain, scripted)
    bases = tuple(base for base in both if base == scripted or script == usual)
    if region:
        yield from (f"{base}_{region}" for base in bases)
    yield from bases
