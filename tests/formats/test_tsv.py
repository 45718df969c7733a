import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.beads import Alignment, Bead
from align.errors import InputError
from align.formats.tsv import COLUMNS, TsvRow, read_tsv, write_tsv
from align.text import Span

HEADER = "\t".join(COLUMNS)


@pytest.fixture
def table(tmp_path, article):
    path = tmp_path / "a.tsv"
    write_tsv(path, article.editions["en"], article.editions["ja"], article.alignments["ja"])
    return path


def read(folder, text):
    (folder / "b.tsv").write_text(text, encoding="utf-8")
    return read_tsv(folder / "b.tsv")


def test_every_bead_is_a_row_under_the_header(table, article):
    lines = table.read_text(encoding="utf-8").split("\n")
    assert lines[0] == (
        "source\ttarget\tsimilarity\tconfidence\tkind\tsource_segments\ttarget_segments"
    )
    assert lines[2] == (
        "The ferry left at six. Nobody saw it leave.\t渡し船は六時に出た。出るのを見た者はいない。"
        "\t0.8600\t0.9300\t2-1\t1 2\t1"
    )
    assert len(lines) == len(article.alignments["ja"]) + 2


def test_sentences_are_joined_as_their_language_joins_them(table):
    assert read_tsv(table)[7].target == "一九三一年から、ずっと待っている。"


def test_text_without_a_counterpart_has_an_empty_cell(table):
    assert read_tsv(table)[-1] == TsvRow("The quay 𝔞t noon.", "", None, None, "1-0", (9,), ())


def test_a_moved_bead_is_called_so(table):
    assert [row.target_segments for row in read_tsv(table) if row.kind == "moved"] == [(4,)]


def test_tabs_and_line_breaks_in_the_text_become_spaces(tmp_path, make_edition, article):
    text = 'One\ttwo\r\nthree\u2028four\x85five "six".'
    edition = make_edition("en", [("paragraph", [text])])
    write_tsv(
        tmp_path / "a.tsv", edition, edition, Alignment((Bead(Span(0, 1), Span(0, 1)),), 1, 1)
    )
    (row,) = read_tsv(tmp_path / "a.tsv")
    assert row.source == row.target == 'One two three four five "six".'
    assert len((tmp_path / "a.tsv").read_text(encoding="utf-8").splitlines()) == 2


def test_columns_may_stand_in_another_order_among_others(tmp_path):
    names = ["note", *reversed(COLUMNS)]
    cells = ["mine", "0", "0 1", "2-1", "", "0.5", "b", "a"]
    (row,) = read(tmp_path, "\t".join(names) + "\r\n" + "\t".join(cells) + "\r\n\r\n")
    assert row == TsvRow("a", "b", 0.5, None, "2-1", (0, 1), (0,))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"b\.tsv:1: no column 'source'"),
        ("source\ttarget\n", r"b\.tsv:1: no column 'similarity'"),
        (f"{HEADER}\na\tb\n", r"b\.tsv:2: 2 columns where the header has 7"),
        (f"{HEADER}\n\na\tb\thigh\t\t1-1\t0\t0\n", r"b\.tsv:3: not a number: .*high"),
        (f"{HEADER}\na\tb\tnan\t\t1-1\t0\t0\n", r"b\.tsv:2: not a number: nan"),
        (f"{HEADER}\na\tb\t\t\t1-1\t0,1\t0\n", r"b\.tsv:2: not a number: .*0,1"),
    ],
)
def test_a_table_of_another_kind_is_refused_with_its_place(tmp_path, text, message):
    with pytest.raises(InputError, match=message):
        read(tmp_path, text)


@given(
    st.text(st.sampled_from("=+-@'ab 1"), min_size=1, max_size=8)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
def test_no_cell_is_a_formula_and_none_is_changed(tmp_path, make_edition, text):
    edition = make_edition("en", [("paragraph", [text])])
    bead = Bead(Span(0, 1), Span(0, 1))
    write_tsv(tmp_path / "a.tsv", edition, edition, Alignment((bead,), 1, 1))
    written = (tmp_path / "a.tsv").read_text(encoding="utf-8").split("\n")[1]
    assert written[0] not in "=+-@"
    assert read_tsv(tmp_path / "a.tsv")[0].source == text
