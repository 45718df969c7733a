import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.beads import Bead
from align.errors import InputError
from align.formats.indices import IndexBead, format_bead, read_indices, write_indices
from align.text import Span


def read(folder, text):
    (folder / "gold.txt").write_text(text, encoding="utf-8", newline="")
    return read_indices(folder / "gold.txt")


@pytest.mark.parametrize(
    ("bead", "line"),
    [
        (Bead(Span(0, 2), Span(2, 3), 0.83124), "[0, 1]:[2]:0.8312"),
        (Bead(Span(3, 4), Span(3, 3)), "[3]:[]:"),
        (Bead(Span(4, 4), Span(3, 4)), "[]:[3]:"),
        (Bead(Span(4, 5), Span(4, 5), -0.1), "[4]:[4]:-0.1000"),
        (IndexBead((1, 4), (2,)), "[1, 4]:[2]:"),
    ],
)
def test_a_bead_is_one_line(bead, line):
    assert format_bead(bead) == line


def test_an_alignment_is_written_bead_by_bead(tmp_path, article):
    write_indices(tmp_path / "a.txt", article.alignments["ja"])
    lines = (tmp_path / "a.txt").read_text().splitlines()
    assert lines[:3] == ["[0]:[0]:0.9100", "[1, 2]:[1]:0.8600", "[3]:[2]:0.7100"]
    assert lines[-1] == "[9]:[]:"


@pytest.mark.parametrize(
    ("text", "beads"),
    [
        ("[0]:[0]\n", [((0,), (0,), None)]),
        ("[0,1]:[ 2 ]:0.5", [((0, 1), (2,), 0.5)]),
        (" [ 0 , 1 ] : [ ] : \r\n\r\n[]:[3]:\r\n", [((0, 1), (), None), ((), (3,), None)]),
        ("[1, 4]:[7, 2]:-1e-3\n", [((1, 4), (7, 2), -0.001)]),
        ("# gold\n\n[0]:[0]:0\n", [((0,), (0,), 0.0)]),
        ("\ufeff[0]:[0]:\n", [((0,), (0,), None)]),
        ("[]:[]\n", [((), (), None)]),
        ("", []),
    ],
)
def test_the_gold_of_others_is_read(tmp_path, text, beads):
    assert read(tmp_path, text) == tuple(IndexBead(*bead) for bead in beads)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("0:0", "not a bead"),
        ("[0]:[a]", "not a bead"),
        ("[-1]:[0]", "not a bead"),
        ("[0 1]:[0]", "not a bead"),
        ("[0,]:[0]", "not a bead"),
        ("[0]", "not a bead"),
        ("[0]:[1]:0.5:9 9", "not a bead"),
        ("[99999999999999]:[0]", "not a bead"),
        ("[0]:[1]:high", "not a score: 'high'"),
        ("[0]:[1]:nan", "not a score: 'nan'"),
        ("[0]:[1]:inf", "not a score: 'inf'"),
    ],
)
def test_a_line_that_is_no_bead_is_refused_with_its_place(tmp_path, line, message):
    with pytest.raises(InputError, match=rf"gold\.txt:3: {message}"):
        read(tmp_path, f"[0]:[0]:1\n\n{line}\n")


numbers = st.lists(st.integers(0, 10**6), max_size=5).map(tuple)
beads = st.builds(
    IndexBead, numbers, numbers, st.none() | st.floats(-1, 1).map(lambda score: round(score, 4))
)


@given(st.lists(beads).map(tuple))
def test_any_beads_survive(tmp_path_factory, beads):
    path = tmp_path_factory.mktemp("indices") / "a.txt"
    write_indices(path, beads)
    assert read_indices(path) == beads
