"""Cuts documents into segments: the rules as SRX 2.0, and lines taken as they come."""

from __future__ import annotations

from align.segmentation.lines import document_of_lines, read_document_of_lines
from align.segmentation.model import Segment
from align.segmentation.segmenter import Segmenter, default_rules

__all__ = [
    "Segment",
    "Segmenter",
    "default_rules",
    "document_of_lines",
    "read_document_of_lines",
]
