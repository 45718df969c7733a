"""Words that were parted at the ends of lines, put together again."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BEFORE = re.compile(r"([^\W\d_]+)-\Z")
_AFTER = re.compile(r"[^\W\d_]+")
_LETTERS_TO_DETECT = 5_000


class Hyphens:
    """Knows which hyphens at the ends of lines belong to their words.

    What the text has elsewhere, in the midst of a line, decides; where it has neither, a list of
    the language's words; where that knows neither, the hyphen goes, since most come of setting.

    Args:
        lines: The lines of the text.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        whole = []
        for line in lines:
            whole.append(line)
            self._words.update(word.casefold() for word in _WORD.findall(line.removesuffix("-")))
        self._start = "\n".join(whole)[:_LETTERS_TO_DETECT]
        self._listed: Mapping[str, int] | None = None
        self._is_asked = False

    def join(self, before: str, after: str) -> str | None:
        """What stands before the next line, where its hyphen parts a word.

        Args:
            before: The text up to the end of a line.
            after: The next line.

        Returns:
            The text to which the next line is added without a space, or None where the line does
            not end within a word.
        """
        broken, rest = _BEFORE.search(before), _AFTER.match(after)
        if broken is None:
            return before if re.search(r"\d-\Z", before) and after[:1].isdigit() else None
        if rest is None or not rest[0][0].islower():
            return before if after[:1].isalnum() else None
        first, second = broken[1].casefold(), rest[0].casefold()
        is_kept = self._keeps(first, second, is_name=broken[1][0].isupper())
        return before if is_kept else before[:-1]

    def _keeps(self, first: str, second: str, *, is_name: bool) -> bool:
        together, parted = self._words[first + second], self._words[f"{first}-{second}"]
        if together or parted:
            return parted > together
        listed = None if is_name else self._list()  # lists have few names
        if listed is None or listed[first + second]:
            return False
        # “well-known” is two words of everyday text; “ac-count” is not.
        return len(first) > 2 and len(second) > 2 and bool(listed[first] and listed[second])

    def _list(self) -> Mapping[str, int] | None:
        from align.languages import detect_language
        from align.languages.frequencies import word_counts

        if not self._is_asked:
            self._is_asked = True
            try:
                self._listed = word_counts(detect_language(self._start)[0])
            except InputError:
                self._listed = None
        return self._listed
