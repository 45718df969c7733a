"""Termbases: concepts, the terms of each in several languages, and which of them are permitted.

Reading and writing them, one module a format, is in `align.formats.termbases`.
"""

from __future__ import annotations

from align.termbases.model import STATUSES, Termbase, TermbaseEntry, TermbaseTerm, TermStatus

__all__ = [
    "STATUSES",
    "TermStatus",
    "Termbase",
    "TermbaseEntry",
    "TermbaseTerm",
]
