"""Translation memories in TMX, the format that translation tools exchange them in."""

from align.formats.tmx.profiles import PROFILES, TmxProfile
from align.formats.tmx.reader import read_tmx
from align.formats.tmx.writer import TmxSummary, write_tmx

__all__ = ["PROFILES", "TmxProfile", "TmxSummary", "read_tmx", "write_tmx"]
