"""The date that goes into a file, which a build system can fix to make outputs reproducible."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from align.errors import InputError


def creation_date() -> datetime:
    """Now in UTC to the second, or the moment that `SOURCE_DATE_EPOCH` names.

    See <https://reproducible-builds.org/specs/source-date-epoch/>.

    Raises:
        InputError: If `SOURCE_DATE_EPOCH` is set but is not a number of seconds.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if not fixed:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(fixed), UTC)
    except (ValueError, OverflowError, OSError):
        raise InputError(
            f"SOURCE_DATE_EPOCH is {fixed[:40]!r}; it must be a number of seconds since 1970"
        ) from None
