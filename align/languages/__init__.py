"""What is known of each language: its tag, name, script and direction, and how it joins text."""

from __future__ import annotations

from align.languages.chinese import chinese_script, to_simplified
from align.languages.detection import detect_language, other_language
from align.languages.joining import join_segments, joiner
from align.languages.names import autonym, language_name
from align.languages.tags import (
    is_known_tag,
    is_right_to_left,
    language_named,
    nearest_tags,
    normalise_tag,
    same_language,
    tag_if_known,
    with_region,
)

__all__ = [
    "autonym",
    "chinese_script",
    "detect_language",
    "is_known_tag",
    "is_right_to_left",
    "join_segments",
    "joiner",
    "language_name",
    "language_named",
    "nearest_tags",
    "normalise_tag",
    "other_language",
    "same_language",
    "tag_if_known",
    "to_simplified",
    "with_region",
]
