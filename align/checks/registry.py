"""The list of checks: adding one is a row here and a module beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from align.checks.base import Check

CHECKS: tuple[Check, ...] = ()
"""All checks, in the order in which they run and are listed."""
