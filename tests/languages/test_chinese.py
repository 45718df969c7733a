"""Simplified and traditional Chinese."""

from __future__ import annotations

import pytest

from align.languages import chinese_script, to_simplified


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("每年春天，河水都会上涨。", "zh-Hans"),
        ("每年春天，河水都會上漲。", "zh-Hant"),
        ("日歐加強安全合作", "zh-Hant"),
        ("山水", "zh-Hans"),
        ("", "zh-Hans"),
    ],
)
def test_script_is_told_by_the_characters(text, script):
    assert chinese_script(text) == script


def test_simplifying_changes_characters_and_words():
    assert to_simplified("這個軟體很舊。") == "这个软件很旧。"


def test_simplifying_leaves_simplified_text_alone():
    assert to_simplified("这座桥很旧。") == "这座桥很旧。"
