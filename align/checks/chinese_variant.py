"""Simplified characters in a traditional Chinese text, and the reverse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from align.checks.base import Check, register
from align.languages.chinese import characters_simplified, characters_traditional, is_of_variant
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Translation
    from align.findings import Finding

_HAN = regex.compile(r"\p{Han}+")
_NAMES = {"zh-Hans": "simplified", "zh-Hant": "traditional"}


@register
class ChineseVariantCheck(Check):
    """Simplified characters in traditional Chinese, and the reverse.

    What:
        A character that only the other way of writing Chinese has is a warning, a run of them one
        finding, with the run converted by OpenCC as the suggestion. A character is of one way alone
        if the other's national standard (GB 2312, Big5) lacks it and OpenCC changes it.

    Why:
        Such characters come from pasted text and from input methods. Those that both ways have (后,
        里, 云) are left alone, and so are words; Taiwan's and the mainland's vocabulary is a matter
        for a termbase.

    Example:
        磁铁工廠 in a traditional text: 铁 is simplified, suggestion 磁鐵工廠.

    Silence:
        Convert it, or accept the finding in the baseline.
    """

    name = "chinese-variant"
    subject = "form"
    rank = 30

    def find(self, translation: Translation) -> Iterator[Finding]:
        """A warning for each run of characters with foreign ones."""
        language = translation.language
        name = next((name for tag, name in _NAMES.items() if language.startswith(tag)), None)
        if name is None:
            return
        convert = characters_traditional if name == "traditional" else characters_simplified
        other = "traditional" if name == "simplified" else "simplified"
        for passage in translation.passages:
            for match in _HAN.finditer(passage.target):
                foreign = [i for i, c in enumerate(match[0]) if not is_of_variant(c, language)]
                if not foreign or match[0] in passage.source:
                    continue
                letters = "".join(match[0][index] for index in foreign)
                run = match[0][foreign[0] : foreign[-1] + 1]
                start = match.start() + foreign[0]
                yield translation.finding(
                    self.name,
                    "warning",
                    passage,
                    f"“{letters}” is {other} Chinese in a {name} text",
                    confidence=0.95,
                    target_span=Span(start, start + len(run)),
                    suggestion=convert(run),
                )
