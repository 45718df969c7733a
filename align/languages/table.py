"""The facts about languages that no library has: one table, a row for each departure.

Names, directions and likely scripts come from CLDR through Babel and langcodes; what stands here
is only what those do not say.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LanguageFacts:
    """What sets a language apart from the default, which is that of European languages.

    Attributes:
        joiner: What stands between two sentences of running text.
    """

    joiner: str = " "


DEFAULT = LanguageFacts()

FACTS = {
    "ja": LanguageFacts(joiner=""),
    "wuu": LanguageFacts(joiner=""),
    "yue": LanguageFacts(joiner=""),
    "zh": LanguageFacts(joiner=""),
}

# Codes of languages (Kanuri, Twi) that people write when they mean the country's language. They
# are refused with the right code as the suggestion; Kanuri is also `knc`, Twi is also `ak`.
TAKEN_FOR_COUNTRY_CODES = frozenset({"kr", "tw"})

# The first word of a letter's Unicode name, for the scripts in which more than one language can be
# told apart or one language is certain: the script's ISO 15924 code in CLDR's likely subtags.
SCRIPTS = {
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "BENGALI": "Beng",
    "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva",
    "ETHIOPIC": "Ethi",
    "GEORGIAN": "Geor",
    "GREEK": "Grek",
    "GUJARATI": "Gujr",
    "GURMUKHI": "Guru",
    "HANGUL": "Kore",
    "HEBREW": "Hebr",
    "KANNADA": "Knda",
    "KHMER": "Khmr",
    "LAO": "Laoo",
    "LATIN": "Latn",
    "MALAYALAM": "Mlym",
    "MYANMAR": "Mymr",
    "ORIYA": "Orya",
    "SINHALA": "Sinh",
    "TAMIL": "Taml",
    "TELUGU": "Telu",
    "THAI": "Thai",
    "TIBETAN": "Tibt",
}


def facts(tag: str) -> LanguageFacts:
    """The facts of a language, by its tag.

    >>> facts("zh-Hant").joiner
    ''
    """
    return FACTS.get(tag.partition("-")[0].lower(), DEFAULT)
