"""Russian phrases in the nominative, by pymorphy3: the head noun and what agrees with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Any

import regex

_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[-‑][\p{L}\p{M}\p{N}]+)*")
_CYRILLIC = regex.compile(r"\p{Cyrillic}+(?:[-‑]\p{Cyrillic}+)*")
_CASES = {"gen1": "gent", "gen2": "gent", "acc1": "accs", "acc2": "accs", "loc1": "loct",
          "loc2": "loct"}  # fmt: skip
_PERSON = {"Name", "Surn", "Patr"}
_OF_COMPLEMENTS = {"gent", "datv", "ablt"}  # cases of nouns that stand beside another noun
_SURE = 0.8  # share of the readings that say the same, from which they are believed
_SINGULAR = 0.9  # the same of a number, for a plural may stand in the nominative already
_POSSIBLE = 0.1  # the least share of readings as a complement,
_NOUN = 0.3  # and as a noun
_ADJECTIVES = {"ADJF", "PRTF"}


@dataclass(frozen=True, slots=True)
class _Reading:
    """A form as one of a phrase: its nominatives, where it has them, and how likely it is."""

    singular: str | None
    plural: str | None
    is_singular: bool
    weight: float

    @property
    def phrase(self) -> str:
        return (self.singular or self.plural or "").lower().replace("ё", "е")


def nominatives(forms: Mapping[str, int], language: str) -> Mapping[str, int]:
    """The nominatives of a phrase, spelled as its forms are; the forms where it is not sure.

    >>> dict(nominatives({"открытой лицензии": 2, "открытую лицензию": 1}, "ru"))
    {'открытая лицензия': 3}
    """
    known = {form: found for form in forms if (found := _readings(form))}
    if 2 * sum(forms[form] for form in known) <= sum(forms.values()):
        return forms
    phrases: dict[str, float] = defaultdict(float)
    for form, found in known.items():
        whole = sum(reading.weight for reading in found)
        for reading in found:
            phrases[reading.phrase] += forms[form] * reading.weight / whole
    common = set.intersection(*({each.phrase for each in found} for found in known.values()))
    if common:  # no other word has all the forms
        phrases = {phrase: phrases[phrase] for phrase in common}
    phrase = max(phrases, key=lambda each: phrases[each])
    if phrases[phrase] < _SURE * sum(phrases.values()):
        return forms
    shares = {}
    for form, found in known.items():
        same = [reading for reading in found if reading.phrase == phrase]
        if same:
            singular = sum(reading.weight for reading in same if reading.is_singular)
            shares[form] = same[0], singular / sum(reading.weight for reading in same)
    one = max(share for _, share in shares.values()) > 1 - 1e-9
    many = min(share for _, share in shares.values()) < 1e-9
    if not one and not many:
        singular = sum(forms[form] * share for form, (_, share) in shares.items())
        one = singular > _SINGULAR * sum(forms[form] for form in shares)
        if not one:  # perhaps a plural, which the nominative then is already
            return forms
    bases: Counter[str] = Counter()
    for form, (reading, _) in shares.items():
        base = reading.singular if one else reading.plural
        if base is None:
            return forms
        bases[base] += forms[form]
    return bases


@lru_cache(maxsize=65536)
def _readings(form: str) -> tuple[_Reading, ...]:
    words = list(_WORDS.finditer(form))
    heads = list(_heads(words))
    if not heads:
        return tuple(_of_adjective(form))
    head, agreeing = heads[-1]
    participle = _tail(form, words, head)
    if participle is None:
        return ()
    readings = []
    for noun in _parses(words[head].group()):
        if noun.tag.POS != "NOUN" or not (noun.is_known or _ends_plainly(noun)):
            continue
        chosen = {place: _agreeing(words[place].group(), noun) for place in agreeing + participle}
        if not all(chosen.values()):
            continue
        weight = noun.score
        parses = {head: noun}
        for place, some in chosen.items():
            # Of больший and большой, which have forms in common, the plainer one is later.
            parses[place] = max(some, key=lambda parse: (parse.score, parse.normal_form))
            weight *= sum(parse.score for parse in some)
        gender = noun.tag.gender or next(
            (parse.tag.gender for parse in parses.values() if parse.tag.gender), None
        )
        readings.append(
            _Reading(
                _written(form, words, parses, {"sing", "nomn"}, gender),
                _written(form, words, parses, {"plur", "nomn"}, None),
                noun.tag.number == "sing",
                weight,
            )
        )
    return tuple(readings)


def _ends_plainly(noun: Any) -> bool:
    """Whether the base of an unknown word is what stands there without an ending (блокчейна)."""
    base = str(noun.normal_form)
    return str(noun.word).startswith(base) and base[-1] not in "аеёийоуыэюяь"


def _of_adjective(form: str) -> Iterator[_Reading]:
    """The readings of an adjective that stands alone; its base is masculine."""
    parses = _parses(form) if _CYRILLIC.fullmatch(form) else ()
    if not parses:
        return
    likeliest = parses[0].tag
    if likeliest.POS not in _ADJECTIVES or "Apro" in likeliest or not parses[0].is_known:
        return
    for parse in parses:
        if parse.tag.POS == likeliest.POS:
            base = _inflected(form, parse, {"masc", "sing", "nomn"})
            yield _Reading(base, base, True, parse.score)


def _heads(words: Sequence[regex.Match[str]]) -> Iterator[tuple[int, list[int]]]:
    """Places of nouns that may be the head, each with those of the adjectives before it."""
    agreeing: list[int] = []
    for place, match in enumerate(words):
        word = match.group()
        parses = _parses(word)
        following = _parses(words[place + 1].group()) if place + 1 < len(words) else ()
        if _share(parses, {"NOUN"}) >= _NOUN and any(
            parse.tag.POS == "NOUN"
            and all(_agreeing(words[other].group(), parse) for other in agreeing)
            for parse in parses
        ):
            yield place, list(agreeing)
        if _share(parses, _ADJECTIVES):
            agreeing.append(place)
        elif parses and not (
            parses[0].tag.POS == "ADVB"
            and not _share(parses, {"NUMR"})
            and _share(following, _ADJECTIVES)
        ):
            return


def _share(parses: Sequence[Any], parts: set[str], cases: set[str] | None = None) -> float:
    """How likely a word is of one of some parts of speech, in one of some cases."""
    return float(
        sum(
            parse.score
            for parse in parses
            if parse.tag.POS in parts
            and (cases is None or _case(parse) in cases or "Fixd" in parse.tag)
        )
    )


def _tail(form: str, words: Sequence[regex.Match[str]], head: int) -> list[int] | None:
    """Places of participles behind the head that agree with it.

    None where what stands there may be no complement, or where the head is a person's name, whose
    parts all take endings.
    """
    noun = words[head].group()
    parses = _parses(noun)
    if noun[0].isupper() and (_PERSON & set(parses[0].tag.grammemes) or not parses[0].is_known):
        return None
    participles: list[int] = []
    free = False  # behind a preposition all is as the preposition has it
    for place in range(head + 1, len(words)):
        word = words[place].group()
        parses = _parses(word)
        if "," in form[words[place - 1].end() : words[place].start()]:
            if participles or not any(parse.tag.POS == "PRTF" for parse in parses):
                return None
            participles.append(place)
            free = True
        elif any(parse.tag.POS == "PREP" for parse in parses):
            free = True
        else:
            named = place == head + 1 and word[0].isupper() and "anim" in _parses(noun)[0].tag
            last = place == len(words) - 1
            if named or (parses and not _may_follow(parses, free=free, last=last)):
                return None
    return participles


def _may_follow(parses: Sequence[Any], *, free: bool, last: bool) -> bool:
    parts = {"NOUN"} if last else {"NOUN", *_ADJECTIVES}
    if free:
        return _share(parses, parts if last else {*parts, "ADVB", "CONJ", "NPRO"}) > 0
    return _share(parses, parts, _OF_COMPLEMENTS) >= _POSSIBLE


def _agreeing(word: str, noun: Any) -> list[Any]:
    """The readings of a word as an adjective that agrees with a noun."""
    tag = noun.tag
    return [
        parse
        for parse in _parses(word)
        if parse.tag.POS in _ADJECTIVES
        and parse.tag.number == tag.number
        and _case(parse) == _case(noun)
        and (parse.tag.gender is None or tag.gender is None or parse.tag.gender == tag.gender)
        and (parse.tag.animacy is None or parse.tag.animacy == tag.animacy)
    ]


def _case(parse: Any) -> str:
    case = str(parse.tag.case)
    return _CASES.get(case, case)


def _written(
    form: str,
    words: Sequence[regex.Match[str]],
    parses: Mapping[int, Any],
    wanted: set[str],
    gender: str | None,
) -> str | None:
    """The phrase with some of its words in another form; None where one has no such form."""
    pieces = []
    at = 0
    for place, parse in sorted(parses.items()):
        adjective = parse.tag.POS != "NOUN"
        grammemes = {*wanted, gender} if adjective and gender else wanted
        word = _inflected(words[place].group(), parse, grammemes)
        if word is None:
            return None
        pieces += [form[at : words[place].start()], word]
        at = words[place].end()
    return "".join([*pieces, form[at:]])


def _inflected(word: str, parse: Any, grammemes: set[str]) -> str | None:
    """A form of a word, with its capitals, and with `ё` only where it has it."""
    inflected = parse.inflect(grammemes)
    if inflected is None:
        return None
    before = word[: len(word) - len(_part(word))]
    word = word[len(before) :]
    result = "".join(
        old if new == "ё" and old == "е" else new
        for old, new in zip_longest(
            word.lower()[: len(inflected.word)], inflected.word, fillvalue=""
        )
    )
    if word.isupper() and len(word) > 1:
        result = result.upper()
    elif word[0].isupper():
        result = result[0].upper() + result[1:]
    return before + result


def _part(word: str) -> str:
    """The part of a word with hyphens that takes endings; empty where this is not sure."""
    first, _, last = word.replace("‑", "-").rpartition("-")
    if not first or not _CYRILLIC.fullmatch(last):
        return word
    if not _CYRILLIC.fullmatch(first):
        return last
    if _morph().word_is_known(word.lower()):
        return word
    known = [parse for parse in _morph().parse(first) if parse.is_known]
    # стран-членов takes two endings, бизнес-моделей and пулл-реквестов one
    return last if all(parse.normal_form == first.lower() for parse in known) else ""


@lru_cache(maxsize=65536)
def _parses(word: str) -> tuple[Any, ...]:
    """The readings of a word, those with numbers and Latin letters left out."""
    part = _part(word)
    if not _CYRILLIC.fullmatch(part) or (part.isupper() and len(part) > 1 and len(part) < 5):
        return ()
    return tuple(_morph().parse(part))


def is_word(word: str) -> bool:
    """Whether the dictionary has a word, in any of its forms; ё may be written е."""
    return bool(_morph().word_is_known(word))


@lru_cache(maxsize=1)
def _morph() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")
