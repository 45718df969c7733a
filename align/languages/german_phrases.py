"""German phrases in the nominative, by the parts that HanTa cuts words into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from align.languages.profile import profile
from align.languages.tagger_models import load_tagger

_WORD = regex.compile(r"[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*")
_BEFORE_NOUN = regex.compile(r" \p{Lu}")
_ENDING = regex.compile("(?<=...)e[mnrs]?$")
_STRONG = {"feminine": "e", "masculine": "er", "neuter": "es", "plural": "e"}
_GENITIVES = {"s", "es", "ses"}
_PLURALS = {"e", "er", "ern", "n", "en", "ien", "se"}


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A form of a phrase: adjectives, a noun that they belong to, and what follows.

    Attributes:
        text: As it stands.
        endings: Where the adjectives' endings are.
        ending: What they are: "" without an adjective, "?" where they differ.
        start: Where the noun begins.
        stop: Where it ends.
        noun: The noun in the nominative of its number; empty where it is not sure.
        number: Its number; empty where it is not sure.
        gender: Its gender, where its ending tells.
        genitive: Whether its ending is the genitive's, which feminines do not have.
    """

    text: str
    endings: tuple[tuple[int, int], ...]
    ending: str
    start: int
    stop: int
    noun: str
    number: str
    gender: str
    genitive: bool

    def written(self, ending: str) -> str:
        """The phrase in the nominative with an ending of its adjectives."""
        text = self.text[: self.start] + self.noun + self.text[self.stop :]
        for start, stop in reversed(self.endings):
            text = text[:start] + ending + text[stop:]
        return text


def nominatives(forms: Mapping[str, int], language: str) -> Mapping[str, int]:
    """The nominatives of a phrase, adjectives as without an article; forms where it is not sure.

    >>> dict(nominatives({"strategischen Autonomie": 2, "strategischer Autonomie": 1}, "de"))
    {'strategische Autonomie': 3}
    """
    phrases = [(each, forms[form]) for form in forms for each in [_phrase(form, language)] if each]
    if not phrases:
        return _adjectives(forms, language)
    one = [row for row in phrases if row[0].number == "singular"]
    genders = {phrase.gender for phrase, _ in one if phrase.gender}
    if any(phrase.ending == "es" and not phrase.genitive for phrase, _ in one):
        genders.add("neuter")
    if not genders and any(phrase.genitive or phrase.ending == "em" for phrase, _ in one):
        genders |= {"masculine" for phrase, _ in one if phrase.ending == "er"}
    weak: Counter[str] = Counter()
    bases: Counter[str] = Counter()
    for phrase, count in one or phrases:
        if not phrase.noun:
            continue
        gender = next(iter(genders), "") if one else phrase.number
        if not phrase.endings or (len(genders) == 1 or not one):
            bases[phrase.written(_STRONG.get(gender, ""))] += count
        elif phrase.ending == "e":  # as with an article
            weak[phrase.written("e")] += count
    return bases or weak or forms


def _adjectives(forms: Mapping[str, int], language: str) -> Mapping[str, int]:
    """Adjectives that stand alone without their endings; the forms if they are something else."""
    bases: Counter[str] = Counter()
    for form, count in forms.items():
        alone = _WORD.fullmatch(form) and form.islower() and "-" not in form
        lemma, _, tag = _analysis(form, language) if alone else ("", (), "")
        if tag != "ADJ(A)" or _ENDING.sub("", form).lower() != lemma:
            return forms
        if _analysis(lemma, language)[2] != "ADJ(D)":  # erste, letzte
            return forms
        bases[form[: len(lemma)]] += count
    return bases


@lru_cache(maxsize=65536)
def _phrase(form: str, language: str) -> _Phrase | None:
    endings: list[tuple[int, int]] = []
    for match in _WORD.finditer(form):
        word = match.group()
        lemma, parts, tag = _analysis(word, language)
        ending = _ENDING.search(word)
        before_noun = _BEFORE_NOUN.match(form, match.end()) is not None
        if ending and (tag == "ADJ(A)" or (tag == "NNA" and before_noun)):
            endings.append((match.start() + ending.start(), match.end()))
            continue
        if tag != "NN" or not word[0].isupper():
            return None
        found = {form[start:stop] for start, stop in endings}
        noun, number, genitive = _nominative(word, lemma, parts, found, language)
        return _Phrase(
            form,
            tuple(endings),
            (found.pop() if len(found) == 1 else "?") if found else "",
            match.start(),
            match.end(),
            noun,
            number,
            _gender(lemma, language),
            genitive,
        )
    return None


def _nominative(
    word: str,
    lemma: str,
    parts: Sequence[tuple[str, str]],
    endings: set[str],
    language: str,
) -> tuple[str, str, bool]:
    """A noun in the nominative, its number, and whether it is a genitive."""
    suffix, tag = parts[-1]
    if not tag.startswith("SUF"):
        # What ends so has no other plural, and an adjective with -e or -en may belong to one.
        unsure = lemma.endswith(("el", "er", "en", "lein")) and endings & {"e", "en", "er"}
        return ("", "", False) if unsure else (word, "singular", False)
    if suffix in _GENITIVES:
        genitive = suffix != "s" or regex.search(profile(language).genitives, parts[-2][0])
        whole = word.lower().startswith(lemma)
        return (word[: len(lemma)], "singular", True) if genitive and whole else ("", "", False)
    if suffix not in _PLURALS:
        return "", "", False
    if suffix == "ern":
        return word[:-1], "plural", False
    dative = suffix == "en" and _gender(lemma, language) != "feminine"  # Erfolgen, Frauen
    if dative or (suffix == "n" and not lemma.endswith("e")):
        return "", "", False
    return word, "plural", False


@lru_cache(maxsize=65536)
def _analysis(word: str, language: str) -> tuple[str, tuple[tuple[str, str], ...], str]:
    """A word's lemma in small letters, its parts with their tags, and its own tag."""
    tagger = load_tagger(profile(language).tagger)
    lemma, parts, tag = tagger.analyze(word, taglevel=3)
    return lemma.lower(), tuple(parts), tag


def _gender(lemma: str, language: str) -> str:
    genders = profile(language).genders
    return next((name for name, ends in genders.items() if regex.search(ends, lemma)), "")
