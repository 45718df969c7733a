"""How long work tells what it does, to whoever draws it."""

from __future__ import annotations

from collections.abc import Callable

Advance = Callable[[int], None]
"""Called with how many steps have been done since the last call."""

StartProgress = Callable[[str, int], Advance]
"""Called with what begins and how many steps it has; returns what is called with steps done."""
