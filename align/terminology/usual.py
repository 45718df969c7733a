"""How a term is usually rendered in an edition: what stands in most passages that have the term.

The span found at one mention may be cut amiss. What stands, in any form, in how many of the
passages that have the term is sure: the rendering that covers most of the *other* passages is the
usual one for a mention.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.terminology.standing import StandingText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from align.terminology.hits import Hit, Rows

_MOST_CANDIDATES = 8  # renderings of one term that are looked for
_MOST_WITHOUT = 24  # passages without a term that show how common a word is


@dataclass(frozen=True, slots=True)
class Usual:
    """What usually renders a term, as one of its mentions sees it.

    Attributes:
        hit: A mention that is rendered so.
        stands: In the mention's own passage, in any form: how often, for each mention of the term
            there, at most 1.
        share: Share of the other passages with the term in which it stands, 0 to 1.
        passages: How many these are.
        common: Share of passages without the term in which it stands, too.
    """

    hit: Hit
    stands: float
    share: float
    passages: int
    common: float


class Standing:
    """How often renderings stand in texts of one edition, each text made ready once.

    Args:
        language: BCP 47 tag.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._texts: dict[str, StandingText] = {}

    def __call__(self, rendering: str, text: str) -> int:
        """In how many places a rendering stands in a text, in any form."""
        if text not in self._texts:
            self._texts[text] = StandingText(text, self._language)
        return len(self._texts[text].find(rendering))


def usual_renderings(rows: Rows, stand: Standing, earlier: Rows = ()) -> list[list[Usual | None]]:
    """What usually renders each mention's term; None where no other passage has the term.

    Args:
        rows: What was found for the terms' mentions.
        stand: Looks for renderings in the edition's texts.
        earlier: What was found for the same terms in a memory, which counts as the text does.
    """
    every = list(
        dict.fromkeys(hit.passage.target for row in rows for hit in row if hit.passage.target)
    )
    result: list[list[Usual | None]] = []
    for row, remembered in zip(rows, earlier or [()] * len(rows), strict=True):
        found: dict[tuple[bool, str], Usual] = {}
        for short in (False, True):
            some = [hit for hit in (*row, *remembered) if hit.short == short and hit.passage.target]
            targets = list(dict.fromkeys(hit.passage.target for hit in some))
            if len(targets) < 2:
                continue
            candidates = _candidates(some)
            if not candidates:
                continue
            mentions = Counter(hit.passage.target for hit in some)
            stands = np.array(
                [
                    [min(1.0, stand(hit.text, target) / mentions[target]) for target in targets]
                    for hit in candidates
                ]
            )
            without = [each for each in every if each not in set(targets)]
            step = max(1, len(without) // _MOST_WITHOUT)
            common = np.array(
                [
                    np.mean([stand(hit.text, target) > 0 for target in without[::step]] or [0.0])
                    for hit in candidates
                ]
            )
            for place, usual in enumerate(_by_passage(candidates, stands, common)):
                found[short, targets[place]] = usual
        result.append([found.get((hit.short, hit.passage.target)) for hit in row])
    return result


def _candidates(some: Sequence[Hit]) -> list[Hit]:
    """One mention for each way in which a term is rendered, the likeliest ways first."""
    weights: dict[tuple[str, ...], float] = {}
    first: dict[tuple[str, ...], Hit] = {}
    for hit in sorted(some, key=lambda hit: -hit.share):
        if hit.text:
            first.setdefault(hit.key, hit)
            weights[hit.key] = weights.get(hit.key, 0.0) + hit.share
    best = sorted(weights, key=lambda key: -weights[key])[:_MOST_CANDIDATES]
    return [first[key] for key in best]


def _by_passage(
    candidates: Sequence[Hit], stands: NDArray[np.float64], common: NDArray[np.float64]
) -> list[Usual]:
    """For each passage, what covers most of the others."""
    others = stands.shape[1] - 1
    there = stands > 0
    shares = (there.sum(axis=1)[:, None] - there) / others
    # What stands everywhere says nothing; of equals, what is found likeliest comes first.
    best = (shares - common[:, None]).argmax(axis=0)
    return [
        Usual(
            candidates[at],
            float(stands[at, place]),
            float(shares[at, place]),
            others,
            float(common[at]),
        )
        for place, at in enumerate(best.tolist())
    ]
