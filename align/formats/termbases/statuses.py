"""How files say that a term is to be used, may be used, or must not be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from align.termbases.model import TermStatus

ADMINISTRATIVE_STATUS: dict[TermStatus, str] = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
}
"""What TBX calls the statuses (ISO 30042; ISO 12620 `administrativeStatus`)."""

_SPELLINGS: dict[TermStatus, str] = {
    "preferred": "preferred approved recommended standardized standardised regulated",
    "admitted": "admitted accepted allowed permitted legal",
    "deprecated": "deprecated superseded obsolete outdated archaic forbidden prohibited banned "
    "rejected notrecommended notadmitted notallowed notpermitted nottobeused donotuse dontuse "
    "blacklisted avoid disallowed wrong",
}
_STATUS_OF = {word: status for status, words in _SPELLINGS.items() for word in words.split()}
_NOT_LETTER = re.compile(r"[\W_]+")
_ENDING = re.compile(r"(?:term)?(?:admnsts|normauth)?$")


def status_named(name: str) -> TermStatus | None:
    """The status that a word stands for in TBX, in other tools' files or with people.

    Returns:
        The status; None for a word that is none (`provisional`, empty).

    >>> [status_named(name) for name in ("supersededTerm-admn-sts", "Not recommended", "x")]
    ['deprecated', 'deprecated', None]
    """
    letters = _NOT_LETTER.sub("", name).casefold()
    return _STATUS_OF.get(_ENDING.sub("", letters))


def strictest(statuses: Iterable[TermStatus | None]) -> TermStatus:
    """What several statements about one term come to: a ban counts most, silence admits."""
    said = set(statuses)
    if "deprecated" in said:
        return "deprecated"
    return "preferred" if "preferred" in said and "admitted" not in said else "admitted"
