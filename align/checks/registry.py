"""The list of checks: adding one is a row here and a module beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.checks.consistency import ConsistencyCheck
from align.checks.memory.check import MemoryCheck
from align.checks.names.check import NamesCheck
from align.checks.terms.against_termbase import ForbiddenTermCheck, MissingTermCheck
from align.checks.terms.of_text import TEXT_TERM_CHECKS

if TYPE_CHECKING:
    from align.checks.base import Check

CHECKS: tuple[Check, ...] = (
    NamesCheck(),
    ForbiddenTermCheck(),
    MissingTermCheck(),
    *TEXT_TERM_CHECKS,
    MemoryCheck(),
    ConsistencyCheck(),
)
"""All checks, in the order in which they run and are listed."""
