"""Arabic, where data are not enough: its letters, and what is written on to its words.

What everyday texts leave out, which letters are written for one another, the particles before a
word and the endings after it, and what of a word a broken plural keeps.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

import regex

MARKS = (
    "\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u08ca-\u08e1\u08e3-\u08ff"
)
"""Vowels, doubling, signs for reciting the Quran, and the stroke that lengthens a word.

Ranges for a class of characters in a pattern. The hamza that NFC leaves apart from its letter is
not among them, for it is spelling.
"""

HAMZA = "\u0653-\u0655"
"""The hamza and the madda that stand apart from their letter; ranges as in `MARKS`."""

ALIKE = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي"}
"""Letters that are often written with less than they have, and what is written then."""

PROCLITICS = "وفبكل"
"""Conjunctions and prepositions of one letter, which are written on to the next word."""

_ARTICLE = "ال"
_PRONOUNS = ("ها", "هما", "هم", "هن", "ه", "نا", "كم", "ك", "ي")
_CLITICS = regex.compile("(?:[وف]?(?:[بكل]?ال|لل|[بكل])|[وف])(?=.{3})")
_ENDING = regex.compile("(?<=.{4})(?:يه|يا|يون|يين|يات|ان|ات|ون|ين|ا|ه|ي)$")
_MARKS = regex.compile(f"[{MARKS}]")
_HAMZA = regex.compile(f"[{HAMZA}]")
_ALIKE = str.maketrans(ALIKE)


def without_marks(text: str) -> str:
    """A text without vowels and other marks, as everyday texts are written.

    >>> without_marks("كَتَبَ رِسـالَةً")
    'كتب رسالة'
    """
    return str(_MARKS.sub("", text))


def letters_alike(text: str) -> str:
    """A text in which letters that are written for one another are the same.

    >>> letters_alike("الأُمَم") == letters_alike("الامم"), letters_alike("مبنى")
    (True, 'مبني')
    """
    return str(_HAMZA.sub("", without_marks(text))).translate(_ALIKE)


def without_proclitics(word: str, known: Collection[str]) -> str:
    """Takes off و ف ب ك ل where what remains is a word: has its article, or stands elsewhere.

    Args:
        word: The word as it stands.
        known: Words that stand elsewhere, without marks.

    >>> without_proclitics("وبالأمن", set()), without_proclitics("وطن", {"وطن"})
    ('الأمن', 'وطن')
    """
    for _ in range(2):
        rest = word[1:]
        if len(rest) < 3 or not word.startswith(tuple(PROCLITICS)):
            break
        with_article = rest.startswith(_ARTICLE) and len(rest) > 4
        before_article = word[0] in "وف" and rest.startswith(("بال", "لل", "كال"))
        if with_article or before_article or without_marks(rest) in known:
            word = rest
        else:
            break
    return word


def readings_of(word: str) -> tuple[str, ...]:
    """A word, and what it may be without what may be written on to it on either side.

    >>> readings_of("وسياستها")
    ('وسياستها', 'سياستها', 'وسياسة', 'سياسة')
    """
    readings = [word]
    if word[0] in PROCLITICS and len(word) > 3:
        readings.append(word[1:])
    readings += [
        rest[:-1] + "ة" if rest.endswith("ت") else rest
        for pronoun in _PRONOUNS
        for reading in tuple(readings)
        for rest in [reading.removesuffix(pronoun)]
        if rest != reading and len(rest) > 2
    ]
    return tuple(readings)


def without_clitics(word: str) -> str:
    """A word without particles and article, where three letters are left.

    >>> without_clitics("واليابان"), without_clitics("ولد")
    ('يابان', 'ولد')
    """
    match = _CLITICS.match(word)
    return word[match.end() :] if match else word


def without_ending(word: str) -> str:
    """A word, its letters folded, without an ending of adjectives, inhabitants or a plural.

    >>> without_ending("يابانيه") == without_ending("يابانيون")
    True
    """
    return str(_ENDING.sub("", word))


@lru_cache(maxsize=65536)
def consonantal_root(word: str) -> str:
    """The consonants of a word without article, which a broken plural keeps.

    >>> consonantal_root("سلاسل"), consonantal_root("السلسلة")
    ('سلسل', 'سلسل')
    """
    bare = letters_alike(word)
    for prefix in ("وال", "بال", "كال", "فال", "لل", "ال"):
        if bare.startswith(prefix) and len(bare) - len(prefix) >= 2:
            bare = bare[len(prefix) :]
            break
    bare = _without_possessive(bare)
    if len(bare) > 4 and bare[-1] == "ا" and bare[-2] != "ي":
        bare = bare[:-1]
    for _ in range(2):  # an adjective's ending may follow another: اليابانية, اليابان
        for suffix in ("ات", "ين", "ون", "ان", "ية", "ة", "ه"):
            if bare.endswith(suffix) and len(bare) - len(suffix) >= (5 if suffix == "ه" else 3):
                bare = bare[: -len(suffix)]
                break
    consonants = bare[:1] + str(regex.sub("[اويء]", "", bare[1:]))
    if consonants.startswith("ا") and len(consonants) > 3:
        consonants = consonants[1:]
    return consonants or str(bare)


def _without_possessive(word: str) -> str:
    """Takes off a possessive that is written on, and the t that a feminine word has before it."""
    for suffix in ("ها", "هم", "ته"):
        rest = word.removesuffix("ه" if suffix == "ته" else suffix)
        if word.endswith(suffix) and len(rest) >= 3:
            return rest[:-1] if rest.endswith("ت") and len(rest) > 3 else rest
    return word
