"""How far a translation is: the words of the tools, and what they come to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, get_args

from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from align.units import TranslationUnit

State = Literal["untranslated", "draft", "translated", "reviewed", "final"]
"""How far a translation is, whatever the tool calls it."""

STATES: tuple[State, ...] = get_args(State)

# Words of XLIFF 1.2 § 2.2.1 and 2.1 § 4.3.1.37, Trados, memoQ, Phrase, gettext and tables.
_WORDS: dict[State, str] = {
    "draft": "new initial draft needstranslation needsadaptation needsl10n needsreviewadaptation "
    "needsreviewl10n needsreviewtranslation notstarted fuzzy unfinished pretranslated mt edited "
    "assembledfromfragments partiallyedited rejectedtranslation rejectedsignoff rejected "
    "machinetranslated todo needswork needsediting suggestion unconfirmed",
    "translated": "translated confirmed manuallyconfirmed translatorconfirmed done complete "
    "completed finished",
    "reviewed": "reviewed approvedtranslation reviewer1confirmed reviewer2confirmed approved "
    "proofread accepted checked validated",
    "final": "final signedoff approvedsignoff",
}
_STATE_OF = {word: state for state, words in _WORDS.items() for word in words.split()}
_NOT_LETTER = re.compile(r"[\W_]+")


def state_named(word: str) -> State | None:
    """How far a translation is that a tool calls so; None where no tool does.

    >>> state_named("Signed-off"), state_named("blue")
    ('final', None)
    """
    folded = _folded(word)
    return next((state for state in STATES if state == folded), _STATE_OF.get(folded))


def state_of(unit: TranslationUnit) -> State:
    """How far a unit is; a translation of which nothing is said is translated.

    >>> from align.units import TranslationUnit, Variant
    >>> pair = (Variant("en", (), "Fog."), Variant("fr", (), "Brume."))
    >>> [state_of(TranslationUnit(pair, state=word)) for word in ("needs-l10n", "signed-off", "")]
    ['draft', 'final', 'translated']
    >>> state_of(TranslationUnit(pair[:1], state="final"))
    'untranslated'
    """
    if len(unit.variants) < 2:
        return "untranslated"
    return _STATE_OF.get(_folded(unit.state), "translated")


def in_states(units: Iterable[TranslationUnit], wanted: Sequence[str]) -> Iterator[TranslationUnit]:
    """The units whose state is wanted; all where none is named.

    Args:
        units: The units.
        wanted: States of `STATES`, or words as the file has them.

    Raises:
        InputError: If a word is none that any tool has, nor one of the file.
    """
    words = {_folded(word) for word in wanted}
    unknown = words - {*STATES} - {*_STATE_OF}
    for unit in units:
        own = _folded(unit.state)
        unknown.discard(own)
        if not words or state_of(unit) in words or own in words:
            yield unit
    if unknown:
        word = next(word for word in wanted if _folded(word) in unknown)
        raise InputError(f"no unit is in the state {word!r}; there are {', '.join(STATES)}")


def _folded(word: str) -> str:
    return _NOT_LETTER.sub("", word).casefold()
