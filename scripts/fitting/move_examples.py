"""What the confidence of moves is fitted on: news stories, a segment of each moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from evaluation.block_scores import Blocks
from evaluation.dev_data import guides, raw_lines

from align.aligner.aligner import align_sides, first_pass
from align.aligner.moves import Proposal, propose_moves
from align.aligner.settings import AlignerSettings
from align.formats.indices import IndexBead
from align.sides import side_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaluation.kinds_of_text import Text

    from align.aligner.parameters import Parameters
    from align.aligner.side import Side
    from align.encoders.base import Encoder

_LANGUAGES = ("ja", "fr", "ru", "ar", "zh-Hans")
_SHORTEST, _LONGEST = 8, 60  # lines of a story or stretch
_LOST = 15  # of so many lines one is left out on either side


def move_examples(
    encoder: Encoder, parameters: Parameters, texts: Sequence[Text]
) -> tuple[np.ndarray, np.ndarray]:
    """Similarity and margin of proposed moves, and whether each is right.

    In every news story and every stretch of a guide a segment of the translation is moved to
    another place, next door as often as far away, and others are left out on either side; what the
    monotone pass leaves over, and what it lumps, is to be paired crosswise or left alone. In the
    texts that are learnt from, nothing is known to have moved out of its paragraph or bead: what
    is proposed there is wrong.

    Args:
        encoder: What encodes the stories.
        parameters: Weights of both passes.
        texts: The texts that are learnt from.
    """
    rng = np.random.default_rng(7)
    inputs: list[tuple[float, float]] = []
    right: list[bool] = []
    for language, lines in [*_stories(), *_stretches()]:
        order = list(range(len(lines)))
        moved = order.pop(int(rng.integers(len(order))))
        near = rng.random() < 0.5
        place = moved + 1 if near else int(rng.integers(len(order)))
        order.insert(place, moved)
        lost = rng.choice(len(lines), size=(2, max(len(lines) // _LOST, 1)))
        source = [n for n in range(len(lines)) if n not in lost[0]]
        target = [n for n in order if n not in lost[1]]
        sides = (
            _side(encoder, [lines[n][0] for n in source], "en"),
            _side(encoder, [lines[n][1] for n in target], language),
        )
        for proposal in _proposals(sides, parameters):
            inputs.append((proposal.similarity, proposal.margin))
            right.append(
                all(
                    {source[i] for i in here} == {target[j] for j in there}
                    for here, there in proposal.pairs
                )
            )
    for text in texts:
        for proposal in _proposals(text.sides, parameters):
            known = Blocks(text.pair.blocks or text.pair.gold)
            crossing = all(
                len(known.touched(IndexBead(tuple(source), tuple(target)))) > 1
                for source, target in proposal.pairs
            )
            if crossing:
                inputs.append((proposal.similarity, proposal.margin))
                right.append(False)
    return np.array(inputs), np.array(right)


def _stories() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """News stories whose lines translate one another: the language, English and its lines."""
    stories, english = raw_lines("document_ids"), raw_lines("en")
    for language in _LANGUAGES:
        lines = raw_lines(language)
        for story in dict.fromkeys(stories):
            numbers = [n for n, name in enumerate(stories) if name == story]
            if _SHORTEST <= len(numbers) <= _LONGEST:
                yield language, [(english[n], lines[n]) for n in numbers]


def _stretches() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Stretches of the guides, of paragraphs that are one segment in both: items, headings too."""
    for pair in guides():
        if pair.paragraphs is not None or pair.target_language not in _LANGUAGES:
            continue
        single = [
            (pair.source[block.source[0]], pair.target[block.target[0]])
            for block in pair.blocks
            if len(block.source) == len(block.target) == 1
        ]
        for start in range(0, len(single) - _SHORTEST, _LONGEST):
            yield pair.target_language, single[start : start + _LONGEST]


def _proposals(sides: tuple[Side, Side], parameters: Parameters) -> list[Proposal]:
    """What may have moved in two texts, by the features that the second pass has."""
    settings = AlignerSettings(moves=False)
    features, _ = first_pass(*sides, parameters.first, settings)
    alignment = align_sides(*sides, parameters, settings=settings)
    return list(propose_moves(list(alignment), features))


def _side(encoder: Encoder, texts: Sequence[str], language: str) -> Side:
    longest = AlignerSettings().longest_side
    return side_of(texts, [0] * len(texts), encoder, language=language, longest=longest)
