"""Words and what is written on to them, for languages whose profiles name one of `_CLITICS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from align.languages import arabic
from align.languages.profile import profile


@dataclass(frozen=True, slots=True)
class Clitics:
    """How a word is found under what is written on to it.

    Attributes:
        readings: A word, and what it may be without what is written on to it on either side.
        before: A word without what is written on to it before it.
        ending: A word without the ending of an adjective or a plural.
        root: What all forms of a word have in common.
    """

    readings: Callable[[str], tuple[str, ...]]
    before: Callable[[str], str]
    ending: Callable[[str], str]
    root: Callable[[str], str]


_CLITICS = {
    "arabic": Clitics(
        readings=arabic.readings_of,
        before=arabic.without_clitics,
        ending=arabic.without_ending,
        root=arabic.consonantal_root,
    )
}


def clitics_of(tag: str) -> Clitics | None:
    """What tells a language's words from what is written on to them; None where spaces do.

    >>> clitics_of("en") is None, clitics_of("ar-EG").before("واليابان")
    (True, 'يابان')
    """
    return _CLITICS.get(profile(tag).clitics)
