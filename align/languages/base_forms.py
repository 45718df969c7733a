"""The form in which dictionaries have a phrase, told from the forms in which it stands in texts."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache

import regex

from align.languages import arabic_phrases, german_phrases, russian_phrases
from align.languages.profile import profile

# What makes forms basic, by the names that profiles have for it. It returns them with how often
# their forms stand; forms of which it is not sure as they stand.
_LEMMATISERS: Mapping[str, Callable[[Mapping[str, int], str], Mapping[str, int]]] = {
    "arabic": arabic_phrases.without_clitics,
    "hanta": german_phrases.nominatives,
    "pymorphy3": russian_phrases.nominatives,
}
_APOSTROPHE = regex.compile("['’]")


def base_form(forms: Mapping[str, int], language: str) -> str:
    """The base form of a rendering: in the nominative, without what is written on to it.

    It keeps the number of its forms, and is a singular if they have both. Where nothing is known of
    the language, or what is known is not sure, it is the commonest form.

    Args:
        forms: Its forms, with how often each stands.
        language: BCP 47 tag.

    >>> base_form({"лицензию": 2, "лицензией": 1}, "ru"), base_form({"подводных кабелей": 1}, "ru")
    ('лицензия', 'подводные кабели')
    >>> base_form({"مشروعك": 1}, "ar"), base_form({"Verbots": 1}, "de")
    ('مشروع', 'Verbot')
    >>> base_form({"contributeurs": 14, "contributeur": 1}, "fr")
    'contributeur'
    """
    return _base_form(tuple(forms.items()), language)


@lru_cache(maxsize=65536)
def _base_form(rows: tuple[tuple[str, int], ...], language: str) -> str:
    known = profile(language)
    forms: Counter[str] = Counter()
    for form, count in rows:
        forms[_without_particles(form, language)] += count
    if not known.capital_nouns:
        forms = _capitals_as_mostly(forms)
    lemmatise = _LEMMATISERS.get(known.lemmatiser)
    bases = _each_once(lemmatise(forms, language) if lemmatise else forms)
    singulars = {
        form: count
        for form, count in bases.items()
        if not any(_is_plural(form, other, known.number_endings) for other in bases)
    }
    return _commonest(singulars or bases)


def _commonest(forms: Mapping[str, int]) -> str:
    """The commonest form; of equally common ones the shortest, which has fewest endings."""
    return min(forms, key=lambda form: (-forms[form], form[:1].isupper(), len(form)))


def _capitals_as_mostly(forms: Counter[str]) -> Counter[str]:
    """Forms without the capital that they begin with, if no more of them have it than have not."""
    capital = {form for form in forms if form.partition(" ")[0].istitle()}
    small = sum(count for form, count in forms.items() if form[:1].islower())
    if not small or sum(forms[form] for form in capital) > small:
        return forms
    result: Counter[str] = Counter()
    for form, count in forms.items():
        result[form[0].lower() + form[1:] if form in capital else form] += count
    return result


def _each_once(forms: Mapping[str, int]) -> dict[str, int]:
    """Forms that differ in their capitals only are one, written as it is most."""
    spelled: dict[str, dict[str, int]] = {}
    for form, count in forms.items():
        spelled.setdefault(form.casefold(), {})[form] = count
    return {_commonest(some): sum(some.values()) for some in spelled.values()}


def _without_particles(form: str, language: str) -> str:
    """A form without a word before it that lost its vowel, or a particle behind it."""
    known = profile(language)
    match = _APOSTROPHE.search(form)
    if match and form[: match.start()] in known.elided and match.end() < len(form):
        form = form[match.end() :]
    particle = rf"(?<=[\p{{Han}}\p{{Katakana}}ー])(?:{known.edge_particles})$"
    return str(regex.sub(particle, "", form))


def _is_plural(form: str, other: str, endings: tuple[str, ...]) -> bool:
    """Whether all words of a form are those of another one, or plurals of them."""
    pairs = list(zip(_words(form), _words(other), strict=False))
    return (
        len(_words(form)) == len(_words(other))
        and form != other
        and any(many != one for many, one in pairs)
        and all(many == one or _has_endings(one, many, endings) for many, one in pairs)
    )


def _has_endings(one: str, many: str, endings: tuple[str, ...]) -> bool:
    for pair in endings:
        singular, _, plural = pair.partition("/")
        stem = one.removesuffix(singular)
        if one.endswith(singular) and len(stem) > 1 and stem + plural == many:
            return True
    return False


def _words(form: str) -> list[str]:
    """The words of a form in small letters, without accents, which endings move."""
    letters = unicodedata.normalize("NFD", form.casefold())
    return "".join(each for each in letters if not unicodedata.combining(each)).split()
