"""Letters of the wrong script: Latin ones within Cyrillic words, Persian ones in Arabic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from align.checks.base import Check, register
from align.languages.chinese import is_only_simplified
from align.languages.names import language_name
from align.languages.profile import base_language, profile
from align.languages.scripts import scripts_of
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from align.checks.base import Translation
    from align.findings import Finding
    from align.passages import Passage

# Words, of which characters that are written without spaces are no part.
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}--[\p{Han}\p{Hiragana}\p{Katakana}]]+", regex.V1)
_HAN = regex.compile(r"\p{Han}+")
# Letters that look alike in the three scripts (after Unicode's table of confusables).
_SCRIPTS = {
    "Latn": (regex.compile(r"\p{Latin}"), frozenset("aceijopsxyuABCEHIJKMNOPSTXYZ")),
    "Cyrl": (regex.compile(r"\p{Cyrillic}"), frozenset("асеіјорѕхугАВСЕНІЈКМОРЅТХУ")),
    "Grek": (regex.compile(r"\p{Greek}"), frozenset("ονιαρυκτΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")),
}
_SIGNS = frozenset("νιαρυκτ")  # Greek letters that stand alone in texts of every language
_IN_CYRILLIC = str.maketrans("aceopxy", "асеорху")
_FEW = 2  # letters that slip in where none of their script are; more are a word


@register
class ScriptCheck(Check):
    """Letters of another script within a word, Persian letters in Arabic.

    What:
        Warnings: a word that mixes Latin, Cyrillic or Greek letters that look alike; such a letter
        alone, in a text that is not written in its script or where it looks like a word that the
        language has; letters and digits of Persian or Urdu in Arabic; simplified Chinese characters
        that Japanese does not have.

    Why:
        They look right and are not: searches, spell-checkers and voices do not know the word. Whole
        words in another script are left alone, and so are words of the source.

    Example:
        “cyдоходство”: “c”, “y” are Latin letters.

    Silence:
        Type the word again, or accept the finding in the baseline.
    """

    name = "script"
    subject = "form"
    rank = 20

    def find(self, translation: Translation) -> Iterator[Finding]:
        """A warning for each word with letters that do not belong."""
        foreign = profile(translation.language).foreign_letters
        own = scripts_of(translation.language)
        functional = profile(translation.language).function_words
        little = profile(translation.source_language).function_words
        charset = profile(translation.language).han_charset
        for passage in translation.passages:
            if passage.target.isascii():
                continue
            said = set(_WORD.findall(passage.source)) - little
            for match in _WORD.finditer(passage.target):
                word = match[0]
                letters = (
                    _odd(word)
                    or _alone(word, own, functional)
                    or [letter for letter in word if letter in foreign]
                )
                if letters and word not in said:
                    span = Span(*match.span())
                    yield self._finding(translation, passage, span, letters, "the word’s script")
            if charset:
                name = language_name(base_language(translation.language))
                for match in _HAN.finditer(passage.target):
                    letters = [c for c in match[0] if is_only_simplified(c, charset)]
                    if letters and match[0] not in passage.source:
                        span = Span(*match.span())
                        yield self._finding(translation, passage, span, letters, name)

    def _finding(
        self,
        translation: Translation,
        passage: Passage,
        span: Span,
        letters: Sequence[str],
        what: str,
    ) -> Finding:
        listed = ", ".join(f"“{letter}” (U+{ord(letter):04X})" for letter in dict.fromkeys(letters))
        verb = "do" if len(set(letters)) > 1 else "does"
        return translation.finding(
            self.name,
            "warning",
            passage,
            f"{listed} {verb} not belong to {what}",
            confidence=0.9,
            target_span=span,
        )


def _odd(word: str) -> list[str]:
    """Letters of a word that only look like letters of the script that the others are of."""
    if word.isascii():
        return []
    counts = {
        script: [letter for letter in word if pattern.match(letter)]
        for script, (pattern, _) in _SCRIPTS.items()
    }
    present = {script: letters for script, letters in counts.items() if letters}
    if len(present) < 2:
        return []
    # The script whose letters all have doubles elsewhere is the one that slipped in.
    odd = [
        letters for script, letters in present.items() if _SCRIPTS[script][1].issuperset(letters)
    ]
    return min(odd, key=len, default=[])


def _alone(word: str, own: Collection[str], functional: Collection[str]) -> list[str]:
    """Letters of a script that the text is not written in, in place of those they look like."""
    for script, (pattern, doubles) in _SCRIPTS.items():
        letters: list[str] = pattern.findall(word)
        if script in own or not 0 < len(letters) <= _FEW:
            continue
        # Latin letters stand in every text.
        is_slip = script != "Latn" or word.translate(_IN_CYRILLIC) in functional
        if is_slip and (doubles - _SIGNS).issuperset(letters):
            return letters
    return []
