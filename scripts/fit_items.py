"""Fits how unlike everything an item of a list must be to be missing; writes a table of models.

    python scripts/fit_items.py

In the line-aligned news all items are there, so the similarity of each to what is most like it in
its translation shows how low that may be. `models/checks/items.toml` has for each language the
value below which `SHARE` of them lie, at most `HIGHEST`; `default` is the lowest of them. Printed
beside it: of items whose likest words were taken out of the translation, the share that lies below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from evaluation.dev_data import TARGET_LANGUAGES, raw_lines

import align
from align.checks.items import listed_items
from align.formats.atomic import open_for_writing
from align.resources import data_folder
from align.terminology.romanising import likeness
from align.terminology.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.encoders.base import Encoder

SHARE = 0.01
HIGHEST = 0.5
SURE = 0.55
"""Similarity from which the likest words of an item are taken to translate it."""

LONGEST = 5


def similarities(
    items: list[str], text: str, language: str, encoder: Encoder
) -> Iterator[tuple[float, float, float | None]]:
    """Of each item the likest words' similarity, and the same without those words."""
    [words] = words_of([text], language)
    spans = sorted(
        {
            (words[first].start, words[min(first + size, len(words)) - 1].stop)
            for first in range(len(words))
            for size in range(1, LONGEST + 1)
        }
    )
    similar = (
        encoder.encode(items, language="en")
        @ encoder.encode([text[start:stop] for start, stop in spans], language=language).T
    )
    sounds = likeness(items, [word.reading or word.text for word in words], language)
    for row, by_sound in zip(similar, sounds, strict=True):
        start, stop = spans[int(row.argmax())]
        beside = [i for i, span in enumerate(spans) if span[1] <= start or span[0] >= stop]
        left = [i for i, w in enumerate(words) if w.stop <= start or w.start >= stop]
        without = max(row[beside].max(), by_sound[left].max()) if beside and left else None
        yield max(float(row.max()), float(by_sound.max())), float(row.max()), without


def main() -> None:
    """Fits all languages, writes and prints the table."""
    encoder = align.load_encoder()
    items = [[item.text for item in listed_items(line, "en")] for line in raw_lines("en")]
    table = {}
    for language in TARGET_LANGUAGES:
        found = [
            values
            for some, text in zip(items, raw_lines(language), strict=True)
            if some
            for values in similarities(some, text, language, encoder)
        ]
        threshold = min(float(np.quantile([value for value, _, _ in found], SHARE)), HIGHEST)
        removed = [rest for _, value, rest in found if value >= SURE and rest is not None]
        missed = float(np.mean(np.array(removed) < threshold))
        table[language] = threshold
        print(f"{language:10}{len(found):5} items{threshold:8.3f}; taken out and seen {missed:.2f}")
    table = {"default": min(table.values()), **table}
    with open_for_writing(data_folder("models") / "checks" / "items.toml") as file:
        file.write("# Written by scripts/fit_items.py.\n\n[missing]\n")
        for language, threshold in table.items():
            file.write(f"{language} = {threshold:.3f}\n")


if __name__ == "__main__":
    main()
