"""Aligns two texts: features of every bead, the best way through the lattice, its confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from align.aligner.anchors import FULL_SEARCH_CELLS, anchored_band, full_band
from align.aligner.features import PairFeatures
from align.aligner.lattice import NEVER, Posterior, Steps, Sweep, best_path, posterior_blocks
from align.aligner.moves import find_moves
from align.aligner.settings import AlignerSettings
from align.beads import Alignment, Bead, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from align.aligner.features import Side
    from align.aligner.lattice import Array, Block
    from align.aligner.parameters import Parameters

Path = list[tuple[int, int, int, int]]


def align_sides(
    source: Side,
    target: Side,
    parameters: Parameters,
    *,
    settings: AlignerSettings | None = None,
    advance: Callable[[int], None] | None = None,
) -> Alignment:
    """Aligns two texts.

    The alignment is the most probable one under a log-linear model over all monotone alignments
    (features of beads and gaps, fitted weights); a bead's confidence is its calibrated posterior,
    summed over all alignments that contain it (Baum's forward–backward algorithm).

    Args:
        source: The source text.
        target: The target text.
        parameters: Fitted weights.
        settings: How far to look.
        advance: Told how many source segments are finished.

    Returns:
        An alignment that uses every segment once; unaligned segments one a bead.
    """
    settings = settings or AlignerSettings()
    if not len(source) or not len(target):
        return _nothing_aligned(len(source), len(target))
    features = PairFeatures(source, target)
    rows, columns = len(source) + 1, len(target) + 1
    if settings.full_search or rows * columns <= FULL_SEARCH_CELLS:
        blocks = full_band(rows, columns)
    else:
        blocks = anchored_band(source.vectors[0], target.vectors[0])
    steps = score_steps(features, blocks, parameters, settings)
    path = best_path(Sweep(steps, best=True))
    confidences = _confidences(path, steps, parameters, advance)
    cosines = features.path_similarities(path)
    beads = [
        Bead(
            Span(i, i_stop),
            Span(j, j_stop),
            min(float(cosine), 1.0) if i < i_stop and j < j_stop else None,
            float(confidence),
        )
        for (i, i_stop, j, j_stop), cosine, confidence in zip(
            path, cosines, confidences, strict=True
        )
    ]
    if settings.moves:
        beads = find_moves(
            beads, features, parameters.move_confidence, largest=settings.largest_bead
        )
    return Alignment(tuple(beads), len(source), len(target))


def score_steps(
    features: PairFeatures,
    blocks: Sequence[Block],
    parameters: Parameters,
    settings: AlignerSettings,
) -> Steps:
    """Weighs the features of every step through a band of the lattice."""
    weights = np.array(parameters.beads, dtype=np.float32)
    *gap_weights, opening = parameters.gaps
    source_gaps, target_gaps = features.gaps()
    beads = []
    for block in blocks:
        scores = np.tensordot(weights, features.beads(block), 1).astype(np.float64)
        scores[impossible(block, features.longest, settings.largest_bead)] = NEVER
        beads.append(scores)
    return Steps(
        blocks=blocks,
        beads=beads,
        deletions=source_gaps @ np.array(gap_weights),
        insertions=target_gaps @ np.array(gap_weights),
        opening=opening,
        extending=0.0,
    )


def impossible(block: Block, longest: int, largest: int) -> np.ndarray:
    """Which beads would start before the texts do or be too large, laid out as `Steps.beads`."""
    sizes = np.arange(1, longest + 1)
    i = np.arange(block.top, block.bottom)[:, None, None, None]
    j = np.arange(block.left, block.right)[None, None, None, :]
    a, b = sizes[None, :, None, None], sizes[None, None, :, None]
    return (i < a) | (j < b) | (a + b > largest)


def _confidences(
    path: Path, steps: Steps, parameters: Parameters, advance: Callable[[int], None] | None
) -> Array:
    """Calibrated posterior of every step of a path."""
    posterior = Posterior(np.zeros_like(steps.deletions), np.zeros_like(steps.insertions))
    ends = np.array([i_stop for _, i_stop, _, _ in path])
    starts = np.array([step[0] for step in path])
    targets = np.array([step[3] for step in path])
    target_starts = np.array([step[2] for step in path])
    aligned = (ends > starts) & (targets > target_starts)
    chances = np.zeros(len(path))
    for index, block_chances in posterior_blocks(Sweep(steps), posterior):
        block = steps.blocks[index]
        here = np.flatnonzero(aligned & (ends >= block.top) & (ends < block.bottom))
        chances[here] = block_chances[
            ends[here] - block.top,
            ends[here] - starts[here] - 1,
            targets[here] - target_starts[here] - 1,
            targets[here] - block.left,
        ]
        if advance:
            advance(block.bottom - max(block.top, 1))  # row 0 is before the first segment
    deleted, inserted = ~aligned & (ends > starts), ~aligned & (ends == starts)
    chances[deleted] = posterior.deletions[starts[deleted]]
    chances[inserted] = posterior.insertions[target_starts[inserted]]
    return parameters.confidence(chances)


def _nothing_aligned(source_size: int, target_size: int) -> Alignment:
    beads = [Bead(Span(i, i + 1), Span(0, 0)) for i in range(source_size)]
    beads += [Bead(Span(source_size, source_size), Span(j, j + 1)) for j in range(target_size)]
    return Alignment(tuple(beads), source_size, target_size)
