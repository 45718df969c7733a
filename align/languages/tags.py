"""Language tags: BCP 47, one spelling for each language, and a suggestion for each mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from align.errors import InputError
from align.languages.locales import babel_locale, spoken_locale
from align.languages.profile import base_language
from align.languages.table import CHINESE_BY_REGION, TAKEN_FOR_COUNTRY_CODES

_TOLD_BY_SCRIPT = frozenset(map(base_language, CHINESE_BY_REGION))
_SPECIAL = frozenset({"mis", "mul", "und", "zxx"})

_LONGEST = 100  # characters of a tag, or of a name in English

LEGACY = {
    "zh-chs": "zh-Hans",
    "zh-cht": "zh-Hant",
    "zh-hans-chs": "zh-Hans",
    "zh-hant-cht": "zh-Hant",
}
"""Tags, in lower case, that Windows and older tools have for the two ways of writing Chinese.

Read as BCP 47 they would be Chinese with a language within it that nobody has registered.
"""


_SEPARATOR = re.compile("[-_.@]")
_UNIX = re.compile(r"(?P<tag>[A-Za-z]{2,3}(?:_[A-Za-z]{2})?)(?:\.[\w-]+)?(?:@(?P<modifier>\w+))?")
_UNIX_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva", "arabic": "Arab"}
_SORTING = re.compile(r"[-_](?:tradnl|modern|phoneb|stroke|pronun|radstr)$", re.IGNORECASE)
_REGION_FIRST = re.compile(r"([A-Za-z]{2,3})-([A-Za-z]{2})-([A-Za-z]{4})")
_QUALIFIED = re.compile(r"([^\W\d][\w ]*?)\s*[\s(,-]\s*(\S[^()]*)\)?")


@lru_cache(maxsize=1024)
def normalise_tag(tag: str) -> str:
    """The one spelling of a language tag that `align` uses everywhere.

    Codes are the shortest of ISO 639, Chinese is told apart by script alone (`zh-Hans`,
    `zh-Hant`), and a region stays where it was given. Extensions and parts for private use, which
    say nothing of the language, go. English names of languages are understood.

    Args:
        tag: A tag as people write it: `zh_TW`, `EN-us`, `jpn`, `Japanese`.

    Returns:
        The normalised BCP 47 tag.

    Raises:
        InputError: If no language is meant that CLDR or ISO 639 knows; the message suggests one.

    >>> normalise_tag("zh_TW"), normalise_tag("jpn"), normalise_tag("EN-us"), normalise_tag("iw")
    ('zh-Hant', 'ja', 'en-US', 'he')
    >>> normalise_tag("cz")
    Traceback (most recent call last):
    align.errors.InputError: unknown language 'cz'; did you mean 'cs'?
    """
    if len(tag) > _LONGEST:
        raise InputError(f"unknown language '{tag}'; use a tag such as 'en', 'ja', 'zh-Hans'")
    known = tag_if_known(tag)
    if known is None:
        meant = _suggestion(tag.strip())
        remedy = f"did you mean '{meant}'?" if meant else "use a tag such as 'en', 'ja', 'zh-Hans'"
        raise InputError(f"unknown language '{tag}'; {remedy}")
    return known


@lru_cache(maxsize=1024)
def tag_if_known(tag: str) -> str | None:
    """The normalised tag, as `normalise_tag` has it; None where no language is meant.

    It looks for no language to suggest, which takes long: files may be full of what is no tag.

    >>> tag_if_known("zh_TW"), tag_if_known("note 17")
    ('zh-Hant', None)
    """
    return None if len(tag) > _LONGEST else _known(tag.strip()) or _named(tag)


def is_known_tag(tag: str) -> bool:
    """Whether a tag of a file names a language, see `language_named`."""
    return tag_if_known(language_named(tag)) is not None


@lru_cache(maxsize=1024)
def language_named(tag: str) -> str:
    """A file's tag normalised; one that names no language we know (`*all*`) stays as it is.

    Of a tag whose language is known and nothing else, the language is taken: what a tool calls a
    region must not cost the file.

    >>> [language_named(tag) for tag in ("ZH_tw", "fr-Paris", "sr-SP-Latn", "*all*")]
    ['zh-Hant', 'fr', 'sr-Latn', '*all*']
    """
    if (known := tag_if_known(tag)) is not None:
        return known
    # Of a region that is none, such as the SP of Windows, the script is kept.
    base, *rest = _SEPARATOR.split(tag.strip())
    if not rest or not 2 <= len(base) <= 3:
        return tag
    scripts = (_known(f"{base}-{part}") for part in rest if len(part) == 4 and part.isalpha())
    return next(filter(None, scripts), None) or _known(base) or tag


def same_language(first: str, second: str) -> bool:
    """Whether two tags mean the same written language: region ignored, script not.

    Raises:
        InputError: If either is not a known language.

    >>> same_language("en", "en-US"), same_language("zh-CN", "zh-TW")
    (True, False)
    """
    return _language_and_script(first) == _language_and_script(second)


def nearest_tags(wanted: str, tags: Iterable[str]) -> tuple[str, ...]:
    """Those of some tags that mean a written language, in the region nearest to the one wanted.

    Tags that name no language we know are passed over.

    Returns:
        Where the tag wanted says no region, all of the language, the exact one and the likeliest
        region first; else the exact one, or those nearest to it by CLDR.

    >>> nearest_tags("pt-BR", ["en", "pt-PT", "pt-BR"]), nearest_tags("en-AU", ["en-US", "en-GB"])
    (('pt-BR',), ('en-GB',))
    >>> nearest_tags("pt", ["pt-PT", "pt-BR", "fr"])
    ('pt-BR', 'pt-PT')
    """
    return _nearest(wanted, tuple(dict.fromkeys(tags)))


@lru_cache(maxsize=1024)
def _nearest(wanted: str, tags: tuple[str, ...]) -> tuple[str, ...]:
    from langcodes import Language, tag_distance

    distances = {
        tag: (tag != wanted, tag_distance(wanted, tag))
        for tag in tags
        if tag == wanted or _is_same(tag, wanted)
    }
    nearest = sorted(distances, key=distances.__getitem__)
    if not nearest or Language.get(wanted).territory is None:
        return tuple(nearest)
    return tuple(tag for tag in nearest if distances[tag] == distances[nearest[0]])


def _is_same(first: str, second: str) -> bool:
    try:
        return same_language(first, second)
    except InputError:
        return False


def is_right_to_left(tag: str) -> bool:
    """Whether the language is written from right to left.

    Raises:
        InputError: If it is not a known language.

    >>> is_right_to_left("ar"), is_right_to_left("az-Arab"), is_right_to_left("ja")
    (True, True, False)
    """
    from babel.core import get_global

    locale = spoken_locale(normalise_tag(tag))
    if locale is None:  # ask the script's most likely language instead
        script = _language_and_script(tag)[1]
        locale = babel_locale(get_global("likely_subtags").get(f"und_{script}", "en"))
    return locale.text_direction == "rtl"


@lru_cache(maxsize=1024)
def with_region(tag: str) -> str:
    """A tag with the region where most write the language so, as office programs want it.

    Args:
        tag: A normalised tag. One that says a region stays as it is.

    >>> with_region("ja"), with_region("zh-Hant"), with_region("sr-Latn"), with_region("pt-PT")
    ('ja-JP', 'zh-TW', 'sr-Latn-RS', 'pt-PT')
    """
    from langcodes import Language

    language = Language.get(tag)
    region = language.territory or language.maximize().territory
    if not region:
        return tag
    if tag in CHINESE_BY_REGION:
        return CHINESE_BY_REGION[tag]
    named = Language.make(
        language=language.language,
        script=language.script,
        territory=region,
        variants=language.variants,
    )
    return str(named.to_tag())


def _known(tag: str) -> str | None:
    from langcodes import Language, standardize_tag
    from langcodes.tag_parser import LanguageTagError

    tag = _in_order(tag)
    tag = LEGACY.get(tag.casefold(), tag)
    if base_language(tag) in TAKEN_FOR_COUNTRY_CODES:
        return None
    try:
        language = Language.get(standardize_tag(tag, macro=True))  # `cmn` is `zh`
        if language.language in TAKEN_FOR_COUNTRY_CODES:  # but `knc` is not `kr`
            language = Language.get(standardize_tag(tag))
    except (LanguageTagError, ValueError):
        return None
    code = language.language
    if not code or code in _SPECIAL or code in TAKEN_FOR_COUNTRY_CODES or not language.is_valid():
        return None
    if not code.isalpha():  # all of it is for private use
        return None
    if code in _TOLD_BY_SCRIPT:
        return f"zh-{language.maximize().script}"
    named = Language.make(
        language=code,
        script=language.script,
        territory=language.territory,
        variants=language.variants,
    )
    return str(named.to_tag())


def _in_order(tag: str) -> str:
    """A tag as BCP 47 orders its parts, from the orders of Unix and Windows.

    >>> [_in_order(tag) for tag in ("sr_RS@latin", "de_DE.UTF-8", "uz-UZ-Cyrl", "es-ES_tradnl")]
    ['sr-Latn-RS', 'de-DE', 'uz-Cyrl-UZ', 'es-ES']
    """
    if unix := _UNIX.fullmatch(tag):
        modifier = (unix["modifier"] or "").casefold()
        tag = unix["tag"]
        if modifier in _UNIX_SCRIPTS:
            tag += f"-{_UNIX_SCRIPTS[modifier]}"
        elif modifier == "valencia":
            tag += "-valencia"
    tag = _SORTING.sub("", tag).replace("_", "-")
    if windows := _REGION_FIRST.fullmatch(tag):
        return f"{windows[1]}-{windows[3]}-{windows[2]}"
    return tag


def _named(name: str) -> str | None:
    name = name.replace("_", " ").strip().casefold()
    code = _english_names().get(name)
    if code:
        return _known(code)
    qualified = _QUALIFIED.fullmatch(name)
    for language, qualifier in _ways_to_part(qualified[1], qualified[2]) if qualified else ():
        code, subtag = _english_names().get(language), _english_qualifiers().get(qualifier)
        if code and subtag and (known := _known(f"{code}-{subtag}")):
            return known
    return None


def _ways_to_part(first: str, rest: str) -> Iterable[tuple[str, str]]:
    """A language's name and that of its region or script: `English (United States)`."""
    yield first.strip(" ,-("), rest.strip(" ,-()")
    words = f"{first} {rest}".replace("(", " ").replace(")", " ").replace(",", " ").split()
    for place in range(1, len(words)):
        yield " ".join(words[:place]), " ".join(words[place:])


@lru_cache(maxsize=1)
def _english_qualifiers() -> dict[str, str]:
    """English names of regions and scripts, and their subtags."""
    from babel import Locale

    english = Locale("en")
    regions = {
        name.casefold(): code for code, name in english.territories.items() if len(code) == 2
    }
    scripts = {name.casefold().removesuffix(" han"): code for code, name in english.scripts.items()}
    more = {"prc": "CN", "uk": "GB", "usa": "US", "us": "US", "hong kong": "HK", "macau": "MO"}
    return {**scripts, **regions, **more}


@lru_cache(maxsize=1)
def _english_names() -> dict[str, str]:
    from babel import Locale

    names = Locale("en").languages
    return {name.casefold(): code for code, name in names.items() if code not in _SPECIAL}


def _suggestion(tag: str) -> str | None:
    from difflib import get_close_matches

    from babel.core import get_global

    first = base_language(tag)
    if first in _SPECIAL:
        return None
    likely = get_global("likely_subtags").get(f"und_{first.upper()}")
    if likely:  # the code of a country: its language
        primary = base_language(likely)
        return _known(likely if primary in _TOLD_BY_SCRIPT else primary)
    names = _english_names()
    if len(first) == 2:  # `sp` is near every code, but only Spanish starts with it
        meant = {code for name, code in names.items() if name.startswith(first) and len(code) == 2}
        return _known(meant.pop()) if len(meant) == 1 else None
    if len(first) == 3:  # one letter of three exchanged makes some other language
        return None
    for spellings, cutoff in ((names, 0.7), ({code: code for code in names.values()}, 0.65)):
        near = get_close_matches(tag.casefold(), spellings, n=1, cutoff=cutoff)
        if near:
            return _known(spellings[near[0]])
    return None


@lru_cache(maxsize=1024)
def _language_and_script(tag: str) -> tuple[str, str]:
    from langcodes import Language

    likely = Language.get(normalise_tag(tag)).maximize()
    return str(likely.language), str(likely.script)
