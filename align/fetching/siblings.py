"""Languages in addresses: `/fr/article`, `fr.example.org`, `article.fr.html`, `?lang=fr`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from align.errors import InputError
from align.languages import normalise_tag, same_language
from align.languages.profile import base_language

_ADDRESS = re.compile(r"(?P<scheme>https?://)(?P<host>[^/?]+)(?P<path>[^?]*)(?:\?(?P<query>.*))?")
_TAG = r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?"
_TAG_ALONE = re.compile(_TAG)
_FIRST_LABEL = re.compile(rf"({_TAG})\.(?=[^.]+\.[^.]+)")
_SEGMENT = re.compile(rf"(?<=/)({_TAG})(?=/|$)")
_IN_NAME = re.compile(rf"(?<=[._-])({_TAG})(?=(?:\.\w{{1,10}}){{0,2}}$)")
_PARAMETER = re.compile(rf"(?:^|(?<=&))(?:lang|language|locale|hl|lng|l|uselang)=({_TAG})(?=&|$)")
_FRONT = re.compile(r"/?(?:(?:index|default|home)(?:\.\w{1,5})?)?/?")


@dataclass(frozen=True, slots=True)
class TagPlace:
    """A place in an address where the tag of a language stands.

    Attributes:
        language: The language, normalised.
        spelled: The tag as it stands there.
        before: The address up to the tag.
        after: The address from the tag on.
        without: The address with the tag, and what parts it from the rest, left out.
    """

    language: str
    spelled: str
    before: str
    after: str
    without: str

    @property
    def frame(self) -> str:
        """What all editions share whose addresses differ by the tag alone."""
        return _comparable(f"{self.before}\0{self.after}")


@lru_cache(maxsize=1024)
def language_of_tag(tag: str, *, is_whole: bool = True) -> str | None:
    """The language that a part of an address names, if it names one.

    By its letters nearly any word of two or three is the code of some language, so CLDR must have
    data for it; where the part is not a whole one, for just that language and region.

    >>> [language_of_tag(part) for part in ("fr", "zh_tw", "api", "www", "en-jp")]
    ['fr', 'zh-Hant', None, None, 'en-JP']
    """
    from babel import localedata

    if not _TAG_ALONE.fullmatch(tag):
        return None
    try:
        language = normalise_tag(tag)
    except InputError:
        return None
    if localedata.exists(language.replace("-", "_")):
        return language
    return language if is_whole and localedata.exists(base_language(language)) else None


@lru_cache(maxsize=4096)
def tag_places(address: str) -> tuple[TagPlace, ...]:
    """The places of an address where a language's tag stands; mostly there is none, or one.

    >>> [place.language for place in tag_places("https://example.org/zh-tw/guide.html")]
    ['zh-Hant']
    """
    return tuple(_places(address))


def _places(address: str) -> Iterator[TagPlace]:
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return
    for pattern, part, is_whole in (
        (_FIRST_LABEL, "host", True),
        (_SEGMENT, "path", True),
        (_IN_NAME, "path", False),
        (_PARAMETER, "query", True),
    ):
        text = match[part] or ""
        for found in [pattern.match(text)] if part == "host" else _overlapping(pattern, text):
            language = found and language_of_tag(found[1], is_whole=is_whole)
            if not found or not language:
                continue
            start, stop = match.start(part) + found.start(1), match.start(part) + found.end(1)
            without = _without(address, match.start(part) + found.start(), start, stop, part)
            yield TagPlace(language, found[1], address[:start], address[stop:], without)


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """All matches, also those that begin within another: of `a-uk-fr.html` also `fr`."""
    match = pattern.search(text)
    while match:
        yield match
        match = pattern.search(text, match.start() + 1)


def _without(address: str, whole: int, start: int, stop: int, part: str) -> str:
    if part == "host":
        return address[:start] + address[stop + 1 :]
    if part == "query":
        return (address[:whole] + address[stop:].removeprefix("&")).rstrip("?&")
    return address[: start - 1] + address[stop:]  # with the slash, dot or hyphen before it


def sibling_language(own: str, other: str) -> str | None:
    """The language of an address that differs from another by the tag of a language alone.

    >>> sibling_language("https://example.org/en/guide", "https://example.org/pt-br/guide")
    'pt-BR'
    >>> sibling_language("https://example.org/en/guide", "https://example.org/fr/news")
    """
    frames = {place.frame: place.language for place in tag_places(own)}
    for place in tag_places(other):
        if place.frame in frames and place.language != frames[place.frame]:
            return place.language
    return None


def tagged_language(own: str, other: str) -> str | None:
    """The language of an address that is another one and a tag: `/guide` and `/fr/guide`.

    >>> tagged_language("https://www.example.org/guide", "https://fr.example.org/guide")
    'fr'
    """
    for place in tag_places(other):
        if _comparable(place.without) == _comparable(own):
            return place.language
    return None


def is_untagged(own: str, other: str) -> bool:
    """Whether an address is another one without its tag: `/guide` of `/fr/guide`."""
    return any(_comparable(place.without) == _comparable(other) for place in tag_places(own))


def is_front_page(address: str, language: str | None = None) -> bool:
    """Whether an address is that of a site, or of a site in one language.

    Args:
        address: The address.
        language: The language of the page, if known: `/is/` is a front page in Icelandic alone.

    >>> is_front_page("https://example.org/fr/"), is_front_page("https://example.org/fr/guide")
    (True, False)
    """
    untagged = (
        place.without
        for place in tag_places(address)
        if language is None or same_language(place.language, language)
    )
    for each in (address, *untagged):
        match = _ADDRESS.fullmatch(each)
        if match and not match["query"] and _FRONT.fullmatch(match["path"]):
            return True
    return False


def guessed_addresses(own: str, language: str, others: list[str]) -> dict[str, str]:
    """Where editions would be if their addresses differed from a page's by the tag alone.

    Args:
        own: The page's address.
        language: The language it is in.
        others: The languages of the editions.

    Returns:
        Addresses by language; none where the page's own has no tag.

    >>> guessed_addresses("https://example.org/en-us/guide", "en-US", ["fr-FR", "ja"])
    {'fr-FR': 'https://example.org/fr-fr/guide', 'ja': 'https://example.org/ja/guide'}
    """
    for place in tag_places(own):
        if same_language(place.language, language):
            bases = [base_language(other) for other in (*others, language)]
            return {
                other: place.before
                + _spelled_like(place.spelled, other, alone=bases.count(base_language(other)) == 1)
                + place.after
                for other in others
            }
    return {}


def _spelled_like(model: str, language: str, *, alone: bool) -> str:
    """A tag in the manner of another: with or without a region, small or large, `-` or `_`."""
    from align.languages.table import CHINESE_BY_REGION

    has_details = len(model) > 3
    if not has_details and alone:
        return base_language(language)
    tag = CHINESE_BY_REGION.get(language, language)
    if model == model.lower():
        tag = tag.lower()
    return tag.replace("-", "_") if "_" in model else tag


def _comparable(address: str) -> str:
    """An address as far as it matters for whether two are of one page."""
    return re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/")
