"""What a translator looks things up in: memories and termbases, loaded and ready, in one object.

`References` answers; `align.serving` offers the same by HTTP.
"""

from __future__ import annotations

from align.references.memory import LoadedMemory, MemoryMatch
from align.references.references import References
from align.references.termbase import LoadedTermbase, TermMatch

__all__ = ["LoadedMemory", "LoadedTermbase", "MemoryMatch", "References", "TermMatch"]
