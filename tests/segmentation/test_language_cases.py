"""The tables in `cases/`: where each language's texts are cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.segmentation import Segmenter

CASES = Path(__file__).parent / "cases"
VISIBLE = str.maketrans({"⍽": "\u00a0", "⎵": "\u202f", "⏎": "\n"})


def read_cases(path: Path) -> list[tuple[str, str, list[str]]]:
    """The cases of a file: `language:line`, the text, its segments."""
    cases = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if line and not line.startswith("#"):
            pieces = line.translate(VISIBLE).split("¦")
            segments = [piece.strip() for piece in pieces]
            cases.append((f"{path.stem}:{number}", "".join(pieces), segments))
    return cases


ALL_CASES = [case for path in sorted(CASES.glob("*.txt")) for case in read_cases(path)]


each_case = pytest.mark.parametrize(
    ("language", "text", "segments"),
    [
        pytest.param(name.partition(":")[0], text, segments, id=name)
        for name, text, segments in ALL_CASES
    ],
)


@each_case
def test_text_is_cut_where_its_language_ends_a_sentence(language, text, segments):
    assert Segmenter().split(text, language) == segments


@each_case
def test_a_segment_alone_is_not_cut_again(language, text, segments):
    for segment in segments:
        assert Segmenter().split(segment, language) == [segment]


@pytest.mark.parametrize(
    ("languages", "least"),
    [
        ("en ja zh-Hans zh-Hant fr es ar ru", 32),
        ("de it ko nl pl pt th tr", 8),
    ],
)
def test_every_language_has_its_share_of_cases(languages, least):
    for language in languages.split():
        assert len(read_cases(CASES / f"{language}.txt")) >= least
