"""What no library says of codes and scripts."""

from __future__ import annotations

from collections.abc import Mapping

# Tools know Chinese by region; the script tags are what the editions themselves are named by.
CHINESE_BY_REGION: Mapping[str, str] = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}

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
