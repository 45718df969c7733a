"""Which pairs are kept in a clean corpus: rules with names, and what each has dropped.

Where a rule means the same as one of OpusFilter (Aulamo et al., ACL 2020 demonstrations) or of
Bicleaner's hard rules (Sánchez-Cartagena et al., WMT 2018) it has their name.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from align.corpus.parts import PartRow
from align.languages.detection import other_language
from align.languages.profile import base_language
from align.languages.scripts import scripts_of
from align.text import width_of

SAMPLE = 5
"""Dropped pairs of each rule that are shown: the first ones."""

DUPLICATES, NEAR_DUPLICATES = "remove_duplicates", "near_duplicates"
"""The rules that look at all pairs of a corpus at once, when all of it is aligned."""

_SHOWN = 200  # characters of a text of the sample
_SHORTEST, _LONGEST = 2, 2_000  # columns of a text
_RATIO = 4.0  # between the columns of two texts …
_RATIO_FROM = 30  # … the longer of which has so many
_TELLING = 40  # letters from which on the language of a sentence can be told
_LETTERS = 0.5  # share of letters and marks among characters that are no spaces
_OWN_SCRIPT = 0.6  # share of letters of the language's scripts

_LETTER = regex.compile(r"[\p{L}\p{M}]")
_NO_LETTER = regex.compile(r"[^\p{L}\p{M}]+")
_SPACE = regex.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class FilterRule:
    """A rule of a filter.

    Attributes:
        name: Its name.
        what: What it drops, in a few words.
        drops: Whether it drops a pair.
    """

    name: str
    what: str
    drops: Callable[[PartRow, float], bool]


class Filtered:
    """Judges pairs one after the other, and counts.

    Args:
        min_confidence: Confidence from which on a pair is kept.
    """

    def __init__(self, min_confidence: float) -> None:
        self._least = min_confidence
        self._dropped: Counter[str] = Counter()
        self._samples: dict[str, list[list[str]]] = {}
        self._kept = 0

    def rule_against(self, row: PartRow) -> str | None:
        """The first rule that drops a row; None where all keep it.

        What has text on one side alone is no pair: `unaligned` is said of it, and not counted.
        """
        if not (row["source"].strip() and row["target"].strip()):
            return "unaligned"
        for rule in RULES:
            if rule.drops(row, self._least):
                self._dropped[rule.name] += 1
                sample = self._samples.setdefault(rule.name, [])
                if len(sample) < SAMPLE:
                    sample.append(shown(row))
                return rule.name
        self._kept += 1
        return None

    def figures(self) -> dict[str, Any]:
        """What was kept, and for each rule how many pairs it dropped, and the first of them."""
        return {
            "kept": self._kept,
            "rules": {
                rule.name: {
                    "dropped": self._dropped[rule.name],
                    "sample": self._samples.get(rule.name, []),
                }
                for rule in RULES
            },
        }


def shown(row: PartRow) -> list[str]:
    """Both texts of a row as a sample has them: the beginning of a long one."""
    texts = (row["source"], row["target"])
    return [text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…" for text in texts]


def keys_of(row: PartRow) -> tuple[bytes, bytes]:
    """By what a pair is known, exactly and nearly: by its letters, whatever their case and marks.

    Pairs of texts without letters are near duplicates where they are duplicates only.
    """
    texts = [_SPACE.sub(" ", row[side]).strip() for side in ("source", "target")]
    languages = f"{row['source_language']}\0{row['target_language']}"
    exact = "\0".join((languages, *texts))
    letters = [_letters_of(text) or text for text in texts]
    return _digest(exact), _digest("\0".join((languages, *letters)))


def _letters_of(text: str) -> str:
    letters: str = _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())
    return letters


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()


def _doubtful(row: PartRow, least: float) -> bool:
    return row["confidence"] is not None and row["confidence"] < least


def _length(row: PartRow, _least: float) -> bool:
    return any(not _SHORTEST <= width_of(row[side]) <= _LONGEST for side in ("source", "target"))


def _ratio(row: PartRow, _least: float) -> bool:
    shorter, longer = sorted(width_of(row[side]) for side in ("source", "target"))
    return longer >= _RATIO_FROM and longer > _RATIO * shorter


def _identical(row: PartRow, _least: float) -> bool:
    source, target = (_letters_of(row[side]) for side in ("source", "target"))
    return source == target


def _few_letters(row: PartRow, _least: float) -> bool:
    return any(_share_of_letters(row[side]) < _LETTERS for side in ("source", "target"))


def _share_of_letters(text: str) -> float:
    characters = _SPACE.sub("", text)
    return len(_LETTER.findall(characters)) / max(len(characters), 1)


def _wrong_script(row: PartRow, _least: float) -> bool:
    for side in ("source", "target"):
        own = _own_letters(row[f"{side}_language"])
        letters = _LETTER.findall(row[side])
        if own and letters and len(own.findall(row[side])) < _OWN_SCRIPT * len(letters):
            return True
    return False


@lru_cache(maxsize=256)
def _own_letters(language: str) -> regex.Pattern[str] | None:
    scripts = scripts_of(language)
    if not scripts:
        return None
    own = "".join(rf"\p{{Script={script}}}" for script in sorted(scripts))
    # Marks that several scripts share count for each.
    return regex.compile(
        rf"[[{own}\p{{Script=Common}}\p{{Script=Inherited}}]&&[\p{{L}}\p{{M}}]]", regex.V1
    )


def _wrong_language(row: PartRow, _least: float) -> bool:
    for side in ("source", "target"):
        text, named = row[side], row[f"{side}_language"]
        other = other_language(text, named, least=_TELLING)
        if other and base_language(other) != base_language(named):
            return True
    return False


RULES = (
    FilterRule("confidence", "beads that are less likely to be right", _doubtful),
    FilterRule("LengthFilter", "texts without length, or too long for a sentence", _length),
    FilterRule("LengthRatioFilter", "texts one of which is far longer", _ratio),
    FilterRule("no_identical", "translations that are the source", _identical),
    FilterRule("AlphabetRatioFilter", "texts of signs and digits", _few_letters),
    FilterRule("CharacterScoreFilter", "texts in another script", _wrong_script),
    FilterRule("LanguageIDFilter", "texts that are surely in another language", _wrong_language),
)
"""The rules that look at one pair, in the order in which they are asked."""

MEANINGS = {rule.name: rule.what for rule in RULES} | {
    DUPLICATES: "pairs that stand in the corpus before",
    NEAR_DUPLICATES: "pairs whose letters stand in the corpus before, in whatever case",
}
"""What each rule drops, by name."""
