"""`align score`: gold and predicted beads in, precision, recall and F1 out."""

import json

import pytest

from align.formats import indices

GOLD = "[0]:[0]:\n[1, 2]:[1]:\n[3]:[]:\n[4]:[2]:\n"
GUESS = "[0]:[0]:0.9\n[1]:[1]:0.8\n[2]:[]:\n[3]:[]:\n[4]:[2]:0.7\n"


@pytest.fixture
def folders(tmp_path):
    """Two stories, one right and one half right."""
    gold, guess = tmp_path / "gold", tmp_path / "guess"
    for name, predicted in (("one", GOLD), ("deep/two", GUESS)):
        for path, content in ((gold / f"{name}.gold", GOLD), (guess / f"{name}.txt", predicted)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
    return gold, guess


def test_a_file_is_scored_strictly_and_laxly(run, folders):
    gold, guess = folders
    lines = run("score", gold / "deep/two.gold", guess / "deep/two.txt").out.splitlines()
    assert lines[0].split() == ["precision", "recall", "F1"]
    # Of five guesses three are right; two of gold's three beads of two sides are found.
    assert lines[1].split() == ["two.gold", "strict", "0.6000", "0.6667", "0.6316"]
    # [1]:[1] overlaps [1, 2]:[1]; that 2 is unaligned stays wrong.
    assert lines[2].split() == ["two.gold", "lax", "0.8000", "1.0000", "0.8889"]
    assert lines[3].startswith("score:strict+lax|")


def test_folders_are_summed(run, folders):
    lines = run("score", *folders).out.splitlines()
    assert lines[1].split() == ["all", "strict", "0.7778", "0.8333", "0.8046"]
    assert len(lines) == 4
    assert "documents:2" in lines[-1]


def test_folders_of_a_thousand_files_are_read_once_each(run, folders, monkeypatch):
    gold, guess = folders
    for number in range(1_000):
        (gold / f"{number}.gold").write_text(GOLD)
        (guess / f"{number}.txt").write_text(GOLD)
    read, read_indices = [], indices.read_indices

    def noted(path):
        read.append(path)
        return read_indices(path)

    monkeypatch.setattr(indices, "read_indices", noted)
    assert "documents:1002" in run("score", *folders, "--each").out
    assert len(read) == len(set(read)) == 2_004


def test_each_file_can_be_shown(run, folders):
    lines = run("score", *folders, "--each").out.splitlines()
    assert [line.split()[0] for line in lines[1:-1:2]] == ["deep/two.gold", "one.gold", "all"]
    assert lines[3].split() == ["one.gold", "strict", "1.0000", "1.0000", "1.0000"]


def test_json_has_the_figures_and_the_counts(run, folders):
    figures = json.loads(run("score", *folders, "--json", "--each").out)
    assert figures["documents"] == 2
    assert figures["strict"]["predicted"] == 9
    assert figures["strict"]["precision"] == pytest.approx(7 / 9)
    assert figures["each"]["one.gold"]["lax"]["f1"] == 1.0
    assert figures["signature"].startswith("score:strict+lax|")
    assert "each" not in json.loads(run("score", *folders, "--json").out)


def test_gold_may_lie_beside_its_texts(run, folders):
    gold, guess = folders
    (gold / "one.src").write_text("A line.\n")
    (gold / ".hidden").write_text("x")
    assert run("score", gold, guess).code == 0


def test_a_wrong_gold_line_is_named(refuses, folders):
    gold, guess = folders
    (gold / "one.gold").write_text("[0]:[0]:\n0-0\n")
    message = refuses("score", gold, guess)
    assert message.startswith(f"{gold / 'one.gold'}:2: not a bead like [0, 1]:[2]:0.8312")


def test_a_gold_file_without_counterpart_is_named(refuses, folders):
    gold, guess = folders
    (guess / "one.txt").rename(guess / "other.txt")
    message = refuses("score", gold, guess)
    assert message.startswith(f"{gold / 'one.gold'}: has no counterpart in {guess}")


def test_a_gold_file_with_two_counterparts_is_named(refuses, folders):
    gold, guess = folders
    (guess / "one.json").write_text(GUESS)
    assert "one.gold: has 2 counterparts" in refuses("score", gold, guess)


def test_an_empty_gold_folder(refuses, folders, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    assert refuses("score", empty, folders[1]) == f"{empty}: holds no gold files"


def test_a_file_against_a_folder(refuses, folders):
    gold, guess = folders
    assert "give two of a kind" in refuses("score", gold, guess / "one.txt")
    assert "give two of a kind" in refuses("score", gold / "one.gold", guess)


def test_a_missing_file(refuses, folders, tmp_path):
    gone = tmp_path / "gone"
    assert refuses("score", folders[0], gone) == f"{gone}: there is no such file or folder"
