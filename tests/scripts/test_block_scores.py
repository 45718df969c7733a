"""How beads are scored where only the paragraphs are known."""

from __future__ import annotations

import json
import subprocess
import sys
from random import Random

import pytest
from evaluation import dev_data
from evaluation.block_scores import BlockCounts, Blocks

from align.formats.indices import IndexBead, write_indices


def beads(*pairs):
    return [IndexBead(tuple(source), tuple(target)) for source, target in pairs]


# 0 = 0; 1 2 = 1; 3 4 5 = 2 3; 6 is missing; 4 is added; 7 = 5 6
BLOCKS = beads(
    ([0], [0]), ([1, 2], [1]), ([3, 4, 5], [2, 3]), ([6], []), ([], [4]), ([7], [5, 6])
)  # fmt: skip
RIGHT = beads(
    ([0], [0]), ([1, 2], [1]), ([3, 4], [2]), ([5], [3]), ([6], []), ([], [4]), ([7], [5, 6])
)  # fmt: skip


def test_what_follows_the_blocks_is_exact_and_crosses_and_loses_nothing():
    counts = Blocks(BLOCKS).score(RIGHT)
    assert (counts.exact, counts.crossing_share, counts.lost_share) == (1, 0, 0)


def test_a_bead_is_known_where_a_paragraph_has_one_segment_on_a_side():
    assert Blocks(BLOCKS).score(RIGHT).known.gold == 3


def test_nobody_knows_what_is_right_inside_a_paragraph_of_several_segments():
    one_way = Blocks(BLOCKS).score(RIGHT)
    other = [bead for bead in RIGHT if bead.source not in ((3, 4), (5,))]
    for inside in (beads(([3], [2]), ([4, 5], [3])), beads(([3, 4, 5], [2, 3]))):
        assert Blocks(BLOCKS).score([*other, *inside]).exact == one_way.exact
    [verdict] = Blocks(BLOCKS).verdicts(beads(([3], [2])))
    assert verdict.right is None


def test_a_known_bead_in_parts_is_wrong_twice_and_not_found():
    counts = Blocks(BLOCKS).score([*RIGHT[:-1], *beads(([7], [5]), ([], [6]))])
    assert (counts.known.predicted, counts.known.predicted_right) == (6, 4)
    assert (counts.known.gold, counts.known.gold_found) == (3, 2)


def test_gaps_count_segment_by_segment_in_precision_alone():
    counts = Blocks(beads(([0], [0]), ([1, 2], []))).score(beads(([0], [0]), ([1, 2], [])))
    assert (counts.known.predicted, counts.known.predicted_right) == (3, 3)
    assert (counts.known.gold, counts.known.gold_found) == (1, 1)


def test_a_gap_within_a_known_paragraph_is_wrong_and_loses_its_segments():
    counts = Blocks(beads(([0], [0]))).score(beads(([0], []), ([], [0])))
    assert (counts.known.predicted, counts.known.predicted_right) == (2, 0)
    assert (counts.lost, counts.segments) == (2, 2)


def test_a_gap_within_an_open_paragraph_is_not_judged_but_loses_its_segments():
    counts = Blocks(beads(([0, 1], [0, 1]))).score(beads(([0], [0]), ([1], []), ([], [1])))
    assert counts.known.predicted == 0
    assert (counts.lost, counts.segments) == (2, 4)


def test_what_joins_two_paragraphs_crosses_and_is_wrong_if_one_of_them_is_known():
    blocks = beads(([0], [0]), ([1, 2], [1, 2]), ([3, 4], [3, 4]))
    both_open = Blocks(blocks).score(beads(([0], [0]), ([1, 2, 3, 4], [1, 2, 3, 4])))
    assert (both_open.crossing, both_open.aligned, both_open.exact) == (1, 2, 1)
    one_known = Blocks(blocks).score(beads(([0, 1, 2], [0, 1, 2]), ([3, 4], [3, 4])))
    assert (one_known.crossing, one_known.exact) == (1, 0)


def test_what_is_aligned_with_a_gap_crosses():
    counts = Blocks(beads(([0], [0]), ([1], []))).score(beads(([0, 1], [0])))
    assert (counts.crossing, counts.known.predicted_right, counts.lost) == (1, 0, 0)


def test_counts_of_documents_add_up():
    both = Blocks(BLOCKS).score(RIGHT) + Blocks(beads(([0], [0]))).score(
        beads(([0], []), ([], [0]))
    )
    assert (both.known.gold, both.known.gold_found) == (4, 3)
    assert (both.segments, both.lost) == (15, 2)


def test_nothing_at_all_scores_nothing():
    assert (BlockCounts().exact, BlockCounts().crossing_share, BlockCounts().lost_share) == (
        0,
        0,
        0,
    )


def made_up(pair, random):
    """Beads of random sizes, but often the block that begins where the last bead ends."""
    starts = {(block.source[:1], block.target[:1]): block for block in pair.blocks}
    sizes = len(pair.source), len(pair.target)
    found, here = [], (0, 0)
    while here != sizes:
        rest = [range(at, size) for at, size in zip(here, sizes, strict=True)]
        block = starts.get(tuple(tuple(side[:1]) for side in rest))
        if block and random.random() < 0.7:
            bead = block
        else:
            source, target = (tuple(side[: random.choice((0, 1, 1, 1, 2, 3))]) for side in rest)
            bead = IndexBead(source, target)
        if bead.source or bead.target:
            found.append(bead)
        here = here[0] + len(bead.source), here[1] + len(bead.target)
    return found


def test_the_published_scorer_says_the_same(tmp_path):
    try:
        scorer = dev_data.dev_folder() / "natural-dev" / "score.py"
    except SystemExit as reason:
        pytest.skip(str(reason))
    if not scorer.is_file():
        pytest.skip(f"no {scorer}")
    pairs = [pair for pair in dev_data.guides() if pair.target_language == "ja"]
    pairs = [pair for pair in pairs if pair.paragraphs is None]
    random = Random("made-up beads")
    total = BlockCounts()
    for pair in pairs:
        found = made_up(pair, random)
        write_indices(tmp_path / f"{pair.document}.beads", found)
        total += Blocks(pair.blocks).score(found)
    command = [
        sys.executable,
        str(scorer),
        "--json",
        "--folder",
        str(scorer.parent / "ja"),
        str(tmp_path),
    ]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    theirs = json.loads(printed)["all"]
    assert theirs["counts"] == {
        "predicted": total.known.predicted,
        "right": total.known.predicted_right,
        "known": total.known.gold,
        "found": total.known.gold_found,
        "beads": total.aligned,
        "crossing": total.crossing,
        "sentences": total.segments,
        "lost": total.lost,
    }
    assert theirs["exact"] == pytest.approx(total.exact)
    assert theirs["crossing"] == pytest.approx(total.crossing_share)
    assert theirs["lost"] == pytest.approx(total.lost_share)
