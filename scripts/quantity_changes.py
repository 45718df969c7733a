"""How many wrong quantities the checks find: one at a time is changed in clean translations.

The careless drafts hold few; here every quantity of the development news and of the bundled
articles that stands on both sides is changed once (a digit replaced, two digits swapped, a number
word replaced by another), and counts as found if the passage then has one finding more.

`python scripts/quantity_changes.py` prints the share found by language and kind.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from evaluation.dev_data import TARGET_LANGUAGES, bundled_corpora, raw_lines

from align.beads import Bead
from align.checks.quantities.differences import differences_of
from align.checks.quantities.matching import match
from align.languages import join_segments
from align.passages import Passage
from align.quantities import Certainty, quantities_of
from align.quantities.folding import fold
from align.quantities.notation import notation
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.quantities import Quantity

PIVOT = "en"
_HAN = "三四五六七八九"


def main() -> None:
    """Prints the shares."""
    for language in sys.argv[1:] or TARGET_LANGUAGES:
        changed: Counter[str] = Counter()
        found: Counter[str] = Counter()
        passages = list(clean_passages(language))
        for index, passage in enumerate(passages):
            for kind, spoilt in spoilt_passages(passage, language):
                around = passages[max(0, index - 1) : index + 2]
                before = count(around, passage, language)
                after = count([spoilt if p is passage else p for p in around], spoilt, language)
                changed[kind] += 1
                found[kind] += after > before
        share = sum(found.values()) / sum(changed.values())
        kinds = ", ".join(f"{kind} {found[kind]}/{changed[kind]}" for kind in sorted(changed))
        print(f"{language:8}{share:.3f}  {kinds}")


def clean_passages(language: str) -> Iterator[Passage]:
    """The news and both articles in a language, each segment or gold bead a passage."""
    bead = Bead(Span(0, 1), Span(0, 1))
    for source, target in zip(raw_lines(PIVOT), raw_lines(language), strict=True):
        yield Passage(bead, source, target)
    for pair in bundled_corpora():
        if pair.target_language == language:
            for gold in pair.gold:
                source = join_segments((pair.source[i] for i in gold.source), PIVOT)
                target = join_segments((pair.target[i] for i in gold.target), language)
                yield Passage(bead, source, target)


def spoilt_passages(passage: Passage, language: str) -> Iterator[tuple[str, Passage]]:
    """The passage with one quantity changed, for each that stands on both sides for sure."""
    sides = match(quantities_of(passage.source, PIVOT), quantities_of(passage.target, language))
    for source, target in sides.matched:
        if min(source.certainty, target.certainty) < Certainty.LIKELY:
            continue
        new = changed_numeral(passage.target, target, language)
        if new is not None:
            start, stop = target.numeral.start, target.numeral.stop
            text = passage.target[:start] + new + passage.target[stop:]
            figures = re.search(r"\d", passage.target[target.numeral.slice])
            yield source.kind if figures else "words", replace(passage, target=text)


def changed_numeral(text: str, quantity: Quantity, language: str) -> str | None:
    """Another numeral in place of a quantity's, the same whenever it is asked for."""
    numeral = text[quantity.numeral.slice]
    draw = random.Random(f"{text}{quantity.numeral.start}")
    digits = [index for index, character in enumerate(numeral) if character.isdigit()]
    if len(digits) > 1 and draw.random() < 0.5:
        one, other = draw.choice(list(pairwise(digits)))
        if numeral[one] != numeral[other]:
            swapped = list(numeral)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            return "".join(swapped)
    if digits:
        at = draw.choice(digits)
        digit = draw.choice([d for d in "123456789" if d != numeral[at]])
        return numeral[:at] + digit + numeral[at + 1 :]
    if len(numeral) == 1 and numeral in _HAN:
        return draw.choice([character for character in _HAN if character != numeral])
    words = notation(language).senses
    value = words.get(fold(numeral, language).text, {}).get("cardinal", 0)
    others = sorted(
        word
        for word, senses in words.items()
        if 3 <= senses.get("cardinal", 0) <= 19 and senses["cardinal"] != value and " " not in word
    )
    return draw.choice(others) if value > 2 else None


def count(passages: list[Passage], asked: Passage, language: str) -> int:
    """How many findings there are on one of a few passages in a row."""
    found = differences_of(passages, PIVOT, language)
    return sum(difference.passage is asked for difference in found)


if __name__ == "__main__":
    main()
