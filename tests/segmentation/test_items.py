"""Lists in one line are cut into their items."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.segmentation import Segmenter
from align.segmentation.items import items


@pytest.mark.parametrize(
    "pieces",
    [
        ["1) Fill the kettle ", "2) Light the stove"],
        ["(1) Fill the kettle ", "(2) Light the stove"],
        ["1.) Fill the kettle ", "2.) Light the stove"],
        ["a) Füllen ", "b) Heizen ", "c) Warten"],
        ["1. Fill the kettle ", "2. Light the stove ", "3. Wait"],
        ["a. Fill the kettle ", "b. Light the stove ", "c. Wait"],
        ["• Чай ", "• Хлеб ", "• Соль"],
        ["• 9. Fill the kettle ", "• 10. Light the stove"],
        ["（1） 煮水 ", "（2） 泡茶"],
    ],
)
def test_each_item_stands_alone(pieces):
    assert items("".join(pieces)) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "The rules 1) and 2) hold.",
        "1) Read 3) and 4) first.",
        "2) Read it. 3) Write it.",
        "1) Read what 2) says.",
        "1. Treffen am 2. Mai",
        "1. The old house. It has 2. The new one. It has 3. The end.",
        "1. Read 2) Write",
        "Tea • Bread • Salt",
        "• Tea",
        "",
    ],
)
def test_what_is_no_list_stays_whole(text):
    assert items(text) == [text]


def test_segments_of_an_item_are_told_by_the_rules():
    text = "1) It rained. We stayed. 2) It cleared."
    expected = ["1) It rained.", "We stayed.", "2) It cleared."]
    assert Segmenter().split(text, "en") == expected


@given(st.text(st.sampled_from("1234ab.)( •\nTx。")))
def test_items_are_the_text(text):
    assert "".join(items(text)) == text
