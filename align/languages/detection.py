"""Which language a text is in: its script first, then py3langid among the script's languages."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from align.errors import InputError
from align.languages.chinese import TOLD_BY_CHARACTERS, chinese_script, foreign_characters
from align.languages.profile import base_language
from align.languages.table import SCRIPTS
from align.languages.tags import normalise_tag, same_language

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE_LENGTH = 20_000
"""Characters looked at: a third each from the beginning, the middle and the end of the text."""

# A syllable or a word sign says as much as some letters: a Japanese sentence with two English
# names in it is still Japanese.
_WEIGHTS = {"CJK": 3, "HIRAGANA": 3, "KATAKANA": 3, "HANGUL": 3}

# What it takes to doubt the language that someone has named.
_TELLING_LENGTH = 300
_SURE_BY_LETTERS = 0.99
_SURE_BY_CHARACTERS = 0.9  # of Chinese and Japanese, which characters tell, not letters' statistics

# Japanese has more kana than this among its kana and kanji (about half in prose); a Chinese text
# that quotes a Japanese word has less. In between the characters themselves decide.
_KANA_SHARE = 0.1


def detect_language(text: str) -> tuple[str, float]:
    """Tells which language a text is in, offline.

    Returns:
        The normalised tag and how sure that is, 0 to 1.

    Raises:
        InputError: If the text has no letters, or only letters that tell no known language.

    >>> detect_language("The bridge is old, but it stands.")[0]
    'en'
    >>> detect_language("日歐加強安全合作")[0]
    'zh-Hant'
    """
    sample = _sample(text)
    weights: Counter[str] = Counter()
    for character, count in Counter(filter(str.isalpha, sample)).items():
        script = unicodedata.name(character, "UNKNOWN").split()[0]
        if script in SCRIPTS or script in _WEIGHTS:
            weights[script] += count * _WEIGHTS.get(script, 1)
    if not weights:
        raise InputError("cannot tell the language of a text without letters; name the language")
    kana = weights.pop("HIRAGANA", 0) + weights.pop("KATAKANA", 0)
    han = weights["CJK"] + kana
    script, weight = weights.most_common(1)[0] if weights else ("CJK", 0)
    if han >= weight:
        return _japanese_or_chinese(sample, kana / han)
    return _language_in_script(sample, script)


def other_language(text: str, named: str, *, least: int = _TELLING_LENGTH) -> str | None:
    """The language a text is in, where that is surely another than is said.

    It is None for short texts, and for languages that the detection would take for a neighbour
    because it does not know them.

    Args:
        text: The text.
        named: The language that it is said to be in.
        least: Characters below which a text is too short to tell.

    >>> text = "The bridge is old, but it still stands, and the children cross it to school. " * 5
    >>> other_language(text, "fr")
    'en'
    >>> other_language(text, "en-GB")
    """
    if len(text) < least or not _is_told(named):
        return None
    try:
        language, sure = detect_language(text)
    except InputError:
        return None
    by_characters = language in TOLD_BY_CHARACTERS
    if sure < (_SURE_BY_CHARACTERS if by_characters else _SURE_BY_LETTERS) or same_language(
        language, named
    ):
        return None
    return language


def likelihood_of(text: str, language: str, *, rather_than: str) -> float:
    """How likely it is that a sentence is in a language, and not in another; 0 where none can tell.

    >>> likelihood_of("The captain mended it in spring.", "en", rather_than="de") > 0.8
    True
    >>> likelihood_of("Der Kapitän flickte es im Frühling.", "en", rather_than="de")
    0.0
    """
    if not (_is_told(language) and _is_told(rather_than)):
        return 0.0
    try:
        found, sure = detect_language(text)
    except InputError:
        return 0.0
    return sure if same_language(found, language) else 0.0


def language_likelihood(text: str) -> float:
    """How surely some words belong to any one language: what decides between two decodings."""
    return float(_identifier().rank(text)[0][1])


def _sample(text: str) -> str:
    if len(text) <= SAMPLE_LENGTH:
        return text
    third = SAMPLE_LENGTH // 3
    middle = (len(text) - third) // 2
    return "\n".join((text[:third], text[middle : middle + third], text[-third:]))


def _japanese_or_chinese(sample: str, kana_share: float) -> tuple[str, float]:
    if kana_share > _KANA_SHARE:
        return "ja", 1.0
    foreign = foreign_characters(sample)
    chinese = chinese_script(sample)
    language = "ja" if foreign["ja"] < foreign[chinese] else chinese
    return language, (1 + max(foreign.values())) / (2 + foreign[language] + max(foreign.values()))


def _language_in_script(sample: str, script: str) -> tuple[str, float]:
    candidates = _languages_by_script()[SCRIPTS[script]]
    ranked = _identifier().rank(sample)
    possible = [(label, score) for label, score in ranked if label in candidates]
    label, score = possible[0]
    total = sum(score for _, score in possible)
    return normalise_tag(label), score / total if total else 0.0


def _is_told(language: str) -> bool:
    """Whether the detection tells a language."""
    base = base_language(language)
    return any(base in languages for languages in _languages_by_script().values())


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@lru_cache(maxsize=1)
def _languages_by_script() -> dict[str, frozenset[str]]:
    """The languages py3langid knows and CLDR has data for (so no dialects), by likely script."""
    from babel import localedata
    from langcodes import Language

    by_script: dict[str, set[str]] = {}
    for label in _identifier().labels:
        language = Language.get(label)
        if localedata.exists(str(language.language)):
            by_script.setdefault(str(language.maximize().script), set()).add(label)
    return {script: frozenset(labels) for script, labels in by_script.items()}
