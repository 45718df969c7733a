"""Review: what people make of an alignment by hand, kept as a log of operations.

`operations.py` says what can be done, `reducer.py` does it, `log.py` keeps it, `history.py`
replays it; `outcome.py` makes an article of it again. The files that were aligned and the alignment
file are never changed.
"""

from __future__ import annotations
