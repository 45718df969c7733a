"""Arabic letters: what everyday texts leave out, and which letters are written for one another."""

from __future__ import annotations

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
