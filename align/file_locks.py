"""Locks on open files, which end with whoever holds them; where there are none, all goes on."""

from __future__ import annotations

from contextlib import suppress

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

HAS_LOCKS = fcntl is not None
"""Whether the system has such locks; a file system may still have none."""


def lock(descriptor: int) -> None:
    """Waits until nobody else has locked the file or folder, and locks it until it is closed.

    Raises:
        OSError: If the file system has no locks.
    """
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def lock_if_possible(descriptor: int) -> None:
    """Does what `lock` does; goes on without where the file system has no locks."""
    with suppress(OSError):
        lock(descriptor)


def lock_at_once(descriptor: int) -> None:
    """Locks the file or folder without waiting.

    Raises:
        OSError: If somebody else has, or the file system has no locks.
    """
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
