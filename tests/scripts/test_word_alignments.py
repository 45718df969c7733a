"""Renderings scored on words that people have aligned."""

from pathlib import Path

import pytest
import word_alignments

import align

ENGLISH = "The container ship reached Nagasaki on Monday ."
SPANISH = "El buque portacontenedores llegó a Nagasaki el lunes ."
PAIRS = "0-0 1-2 2-1 3-3 3-4 4-5 5-6 6-7 7-8"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "test.tsv"
    path.write_text(f"{ENGLISH}\t{SPANISH}\t{PAIRS}\n", encoding="utf-8")
    return path


def test_three_files_say_what_one_file_says(tmp_path, file):
    three = [tmp_path / name for name in ("en", "es", "pairs")]
    for path, text in zip(three, (ENGLISH, SPANISH, PAIRS), strict=True):
        path.write_text(text + "\n", encoding="utf-8")
    assert list(word_alignments.read_kftt(*three)) == list(word_alignments.read_xl_wa(file))


def test_a_rendering_at_the_gold_words_is_exact(file, own_cache):
    sentences = list(word_alignments.read_xl_wa(file))
    found = word_alignments.score(sentences, "es", align.Settings())
    assert found.mentions >= 1
    assert found.exact == found.mentions
    assert found.right == found.found == found.gold


def test_words_aligned_to_nothing_are_not_counted(own_cache):
    words = word_alignments.AlignedWords(
        tuple(ENGLISH.split()), tuple(SPANISH.split()), frozenset()
    )
    assert word_alignments.score([words], "es", align.Settings()).mentions == 0
