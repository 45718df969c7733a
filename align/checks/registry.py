"""The list of checks: each module of this package registers its own, see `base.register`."""

from __future__ import annotations

from align.checks.base import REGISTERED, SUBJECTS, Check


def _place(check: Check) -> tuple[int, int, str]:
    return list(SUBJECTS).index(check.subject), check.rank, check.name


CHECKS: tuple[Check, ...] = tuple(sorted(REGISTERED.values(), key=_place))
"""All checks, in the order in which they run and are listed; of two that say the same of the same
words, the first is heard."""
