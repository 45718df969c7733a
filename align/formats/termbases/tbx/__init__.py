"""TBX, the exchange format of termbases: versions 2 (ISO 30042:2008) and 3 (ISO 30042:2019)."""

from __future__ import annotations

from align.formats.termbases.tbx.reader import read_tbx
from align.formats.termbases.tbx.writer import write_tbx

__all__ = ["read_tbx", "write_tbx"]
