"""What is counted of alignments by kind of text, and how it is shown."""

from __future__ import annotations

from dataclasses import replace

import evaluate
import numpy as np
import pytest
from evaluation.dev_data import GoldPair
from evaluation.kind_scores import figures_of, gather
from evaluation.programs import LeftOut, Ours, Remembering
from evaluation.running import Evaluation
from evaluation.sets import exchanged
from evaluation.tables import Table, kinds_table, programs_table
from evaluation.unrelated_texts import Leftovers, leftovers_of

from align.aligner.parameters import shipped_parameters
from align.beads import Alignment, Bead
from align.encoders import load_encoder
from align.formats.indices import IndexBead
from align.resources import data_folder
from align.text import Span


def pair_of(*gold, blocks=(), kind="novels", languages=("en", "fr")):
    """A pair of as many segments as its beads need."""
    beads = [IndexBead(tuple(source), tuple(target)) for source, target in gold or blocks]
    sides = (
        tuple(f"{side} {i}." for bead in beads for i in getattr(bead, side))
        for side in ("source", "target")
    )
    return GoldPair(
        kind,
        "one",
        *languages,
        *sides,
        gold=tuple(beads) if gold else (),
        blocks=() if gold else tuple(beads),
    )


def alignment_of(*beads):
    """An alignment of beads given as ranges of both sides and a confidence."""
    made = tuple(Bead(Span(*source), Span(*target), None, sure) for source, target, sure in beads)
    return Alignment(
        made, sum(len(bead.source) for bead in made), sum(len(bead.target) for bead in made)
    )


FOUR = pair_of(([0], [0]), ([1], []), ([2, 3], [1]), ([4], [2]))


def test_gaps_are_counted_segment_by_segment():
    gaps = figures_of(
        FOUR,
        alignment_of(
            ((0, 1), (0, 1), 1.0),
            ((1, 2), (1, 1), 1.0),
            ((2, 3), (1, 1), 1.0),
            ((3, 4), (1, 2), 1.0),
            ((4, 5), (2, 3), 1.0),
        ),
    ).gaps
    assert (gaps.precision, gaps.recall) == (0.5, 1)


def test_confidence_that_keeps_its_word_has_no_calibration_error():
    beads = [((0, 1), (0, 1), 1.0), ((1, 2), (1, 1), 1.0), ((2, 5), (1, 3), 0.0)]
    assert figures_of(FOUR, alignment_of(*beads)).calibration_error == 0


def test_calibration_error_is_how_far_the_bins_are_off():
    # Two right beads said to be 0.9 and 0.95, and a wrong one 0.45 sure.
    beads = [((0, 1), (0, 1), 0.9), ((1, 2), (1, 1), 0.95), ((2, 5), (1, 3), 0.45)]
    error = figures_of(FOUR, alignment_of(*beads)).calibration_error
    assert error == pytest.approx((0.1 + 0.05 + 0.45) / 3)


def test_beads_without_confidence_have_no_calibration_error():
    assert figures_of(FOUR, FOUR.gold).calibration_error is None


def test_of_blocks_only_what_they_tell_counts():
    pair = pair_of(blocks=[([0], [0]), ([1, 2], [1, 2]), ([3], [])])
    figures = figures_of(
        pair,
        alignment_of(
            ((0, 1), (0, 1), 1.0),
            ((1, 2), (1, 2), 0.2),
            ((2, 3), (2, 2), 0.2),
            ((3, 3), (2, 3), 0.2),
            ((3, 4), (3, 3), 1.0),
        ),
    )
    assert (figures.strict, figures.calibration_error) == (1, 0)
    assert (figures.gaps.predicted, figures.gaps.precision, figures.gaps.recall) == (1, 1, 1)
    assert figures.lax is None


def test_a_kind_is_judged_by_the_mean_of_its_languages_and_the_worst_is_named():
    good = pair_of(([0], [0]), ([1], [1]))
    bad = replace(good, target_language="ja")
    wrong = [IndexBead((0, 1), (0, 1))]
    rows = gather([(good, figures_of(good, good.gold)), (bad, figures_of(bad, wrong))])
    assert list(rows) == ["novels"]
    assert (rows["novels"].strict, rows["novels"].worst) == (0.5, (0.0, "en-ja"))
    assert rows["novels"].all.documents == 2


def test_what_is_left_aligned_of_unrelated_texts_is_counted_and_warned_of():
    one = pair_of(*(([n], [n]) for n in range(10)))
    [pair] = exchanged([one])
    beads = [((n, n + 1), (n, n + 1), 0.9 if n < 2 else 0.1) for n in range(10)]
    left = leftovers_of(pair, alignment_of(*beads))
    assert left == Leftovers(1, 20, aligned=10, sure=2, confidence=pytest.approx(2.6), warned=1)
    sure = leftovers_of(pair, alignment_of(*((*spans, 0.9) for *spans, _ in beads)))
    assert (sure.sure, sure.warned) == (10, 0)


def figures(strict_right):
    """The rows of a kind of four beads, so many of them right."""
    pair = pair_of(*(([n], [n]) for n in range(4)))
    found = [*pair.gold[:strict_right], *(IndexBead((n,), ()) for n in range(strict_right, 4))]
    return gather([(pair, figures_of(pair, found))])


def test_the_fit_that_has_not_seen_a_kind_comes_first():
    table = kinds_table({"left out": figures(2), "in fit": figures(4)})
    [row] = table.rows
    assert table.head[2:4] == ["left out: strict F1", "worst"]
    assert (row[0], row[2], row[8]) == ("novels", "0.500", "1.000")


def test_programs_that_are_ahead_are_named():
    table = programs_table({"align": figures(2), "plain": figures(3), "other": figures(1)})
    assert table.rows == [["novels", "0.500", "**0.750**", "0.250", "plain +0.250"]]


def test_a_table_is_written_as_markdown():
    table = Table("Title", ["texts", "F1"], [["novels", "**0.9**"]], "A note.")
    assert table.markdown() == (
        "### Title\n\n| texts | F1 |\n| --- | ---: |\n| novels | **0.9** |\n\nA note."
    )


def test_a_table_is_shown_in_a_terminal(capsys):
    Table("Title", ["texts", "F1"], [["novels", "**0.9**"]], "A note.").show()
    shown = capsys.readouterr().out
    assert "novels" in shown
    assert "**" not in shown


class CountingEncoder:
    """Counts how often it is asked."""

    def __init__(self):
        self.encoder = load_encoder("anchors", cached=False)
        self.card, self.fingerprint = self.encoder.card, self.encoder.fingerprint
        self.composes_spans = self.encoder.composes_spans
        self.asked = 0

    def encode_spans(self, segments, *, longest, language, advance=None):
        self.asked += 1
        return self.encoder.encode_spans(segments, longest=longest, language=language)


def test_texts_are_encoded_once_for_all_programs():
    encoder = CountingEncoder()
    memory = Remembering(encoder, 8)
    memory.keep(FOUR)
    longer = memory.encode_spans(FOUR.source, longest=8, language="en")
    shorter = memory.encode_spans(FOUR.source, longest=4, language="en")
    assert encoder.asked == 1
    assert np.array_equal(longer[:4], shorter)
    memory.keep(replace(FOUR, kind="other"))
    memory.encode_spans(FOUR.source, longest=2, language="en")
    assert encoder.asked == 1
    memory.keep(replace(FOUR, source=("Another.",)))
    memory.encode_spans(FOUR.source, longest=2, language="en")
    assert encoder.asked == 2


def test_shipped_parameters_align_as_a_user_would():
    encoder = load_encoder("anchors", cached=False)
    padded = replace(FOUR, source=tuple(f" {text}  " for text in FOUR.source))
    for pair in (FOUR, padded):
        by_default = Ours()(pair, encoder)
        assert by_default == Ours(shipped_parameters("beads-anchors"))(pair, encoder)


def test_a_kind_is_aligned_by_the_fit_that_left_it_out(tmp_path):
    shipped = data_folder("models") / "aligner" / "beads-anchors.toml"
    encoder = load_encoder("anchors", cached=False)
    left_out = LeftOut(tmp_path, Ours())
    (tmp_path / "without-news.toml").write_bytes(shipped.read_bytes())
    for kind in ("news", "varied-5%", "hard:preface", "ntrex-long", "unrelated-news"):
        assert left_out(replace(FOUR, kind=kind), encoder) == Ours()(FOUR, encoder)
    assert left_out(replace(FOUR, kind="articles"), encoder) == Ours()(FOUR, encoder)
    assert left_out.file("guides").name == "without-guides.toml"


def test_every_program_gets_the_texts_and_only_those_that_correspond_are_scored():
    evaluation = Evaluation(
        load_encoder("anchors", cached=False),
        {"in fit": Ours()},
        {"gold": lambda pair, _encoder: pair.gold},
        longest=0,
    )
    steps = []
    evaluation.run([FOUR, *exchanged([replace(FOUR, kind="news")])], steps.append)
    assert sum(steps) == 2
    assert evaluation.rows["gold"]["novels"].strict == 1
    assert list(evaluation.rows["in fit"]) == ["novels"]
    assert list(evaluation.leftovers["in fit"]) == ["unrelated-news"]
    titles = [table.title for table in evaluate.tables(evaluation)]
    assert titles == [
        "Alignment by kind of text",
        "Beside other programs, strict F1",
        "Texts that have nothing in common",
    ]


def test_the_command_line_names_sets_and_parts():
    options = evaluate.read_command_line(["terms", "novels"])
    assert (options.sets, options.parts) == (["novels"], ["terms"])
    everything = evaluate.read_command_line([])
    assert {"novels", "hard", "ntrex-long", "unrelated"} < set(everything.sets)
    assert everything.parts == ["terms", "checks", "alarms", "review"]


def test_unknown_sets_are_refused(capsys):
    with pytest.raises(SystemExit):
        evaluate.read_command_line(["nowhere"])
    assert "no set called nowhere" in capsys.readouterr().err
