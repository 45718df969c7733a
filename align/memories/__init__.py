"""What is done to translation memories as files: TMX in, TMX out, a unit at a time.

Units pass through as they are, inline codes, properties and all, so that nothing is lost of what
another tool wrote, and a memory larger than the computer's is no matter.
"""

from align.memories.cleaning import Cleaned, clean_tmx
from align.memories.combining import merge_tmx, split_tmx
from align.memories.deduplication import dedupe_tmx
from align.memories.difference import Difference, diff_tmx
from align.memories.filtering import Wanted, filter_tmx
from align.memories.lookup import Match, MemoryIndex
from align.memories.statistics import Statistics, tmx_statistics
from align.memories.validation import Fault, validate_tmx

__all__ = [
    "Cleaned",
    "Difference",
    "Fault",
    "Match",
    "MemoryIndex",
    "Statistics",
    "Wanted",
    "clean_tmx",
    "dedupe_tmx",
    "diff_tmx",
    "filter_tmx",
    "merge_tmx",
    "split_tmx",
    "tmx_statistics",
    "validate_tmx",
]
