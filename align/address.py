"""Addresses on the web, given where a file is wanted."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from align.errors import InputError

# A `Path` has made one slash of two.
_ADDRESS = re.compile(r"(https?):/{1,2}(?=[^/\s])", re.IGNORECASE)


def address_in(given: Path | str) -> str | None:
    """The address that was given as a path, whole again; None for what is a path.

    >>> address_in(Path("https://example.org/en"))
    'https://example.org/en'
    >>> address_in(Path("http/en.html"))
    """
    text = str(given).replace("\\", "/") if isinstance(given, Path) else given
    match = _ADDRESS.match(text)
    return f"{match[1]}://{text[match.end() :]}" if match else None


def must_be_no_address(given: Path | str) -> None:
    """Refuses an address, and says how to have its page.

    Raises:
        InputError: If it is one.
    """
    address = address_in(given)
    if address is not None:
        raise InputError(
            f"is an address, not a file; `align fetch {shlex.quote(address)} -o FOLDER` saves the "
            "page and its editions",
            path=address,
        )
