"""What a translation memory says of a text: matches, leverage, and where translations depart.

`words.py` says how texts are counted and compared, `index.py` finds matches, `leverage.py` counts
them, `check.py` compares translations with the memory's.
"""

from align.checks.memory.leverage import leverage

__all__ = ["leverage"]
