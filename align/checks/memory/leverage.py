"""How much of a text a memory has already: the table that translators are paid by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.checks.memory.index import MemoryIndex
from align.checks.memory.words import count_words, folded
from align.checks.model import Leverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from align.units import TranslationUnit

_BANDS = (("95-99", 0.95), ("85-94", 0.85), ("75-84", 0.75), ("new", 0.0))


def leverage(
    source_segments: Sequence[str],
    memory: Iterable[TranslationUnit] | MemoryIndex,
    *,
    source_language: str,
    target_language: str | None = None,
) -> Leverage:
    """Counts how much of a source text a memory has.

    Each segment falls into one band: `exact` where the memory has just this text; `repeated`
    where an earlier segment of the text is the same; else the band of its best fuzzy match.

    Args:
        source_segments: The texts of the source's segments.
        memory: The units, or an index made of them.
        source_language: BCP 47 tag of the source.
        target_language: Only units that have this language count; None for all.

    Returns:
        Segments and words of each band; words are characters in Japanese and Chinese.

    >>> from align.units import TranslationUnit, Variant
    >>> memory = [TranslationUnit((Variant("en", (0,), "The ferry leaves at noon today."),
    ...                            Variant("fr", (0,), "Le bac part à midi aujourd’hui.")))]
    >>> texts = ["The ferry leaves at noon today.", "The ferry leaves at dawn today.",
    ...          "It rains.", "It rains."]
    >>> found = leverage(texts, memory, source_language="en", target_language="fr")
    >>> {band: counts for band, counts in found.bands.items() if counts[0]}
    {'exact': (1, 6), 'repeated': (1, 2), '75-84': (1, 6), 'new': (1, 2)}
    """
    index = memory
    if not isinstance(index, MemoryIndex):
        index = MemoryIndex(index, source_language, target_language)
    counts = {band: [0, 0] for band in ("exact", "repeated", *(name for name, _ in _BANDS))}
    seen: set[str] = set()
    for text in source_segments:
        key = folded(text)
        if not key:
            continue
        match = index.best(text)
        if match is not None and match.is_exact:
            band = "exact"
        elif key in seen:
            band = "repeated"
        else:
            # Similarities are shown as whole per cents, rounded down, and so are bands.
            percent = int(100 * match.similarity) if match else 0
            band = next(name for name, least in _BANDS if percent >= round(100 * least))
        seen.add(key)
        counts[band][0] += 1
        counts[band][1] += count_words(text, source_language)
    return Leverage({band: (segments, words) for band, (segments, words) in counts.items()})
