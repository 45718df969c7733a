"""The words of a text that turn its meaning round: negations, “more” and “less”, “before”, “after”.

Profiles list them by class, in forms separated by commas: `more/less`, the one the opposite of the
other; `do not/`, a negation and what is left without it; `unless`, which may say either. `*` stands
for any letters, the same on both sides of the stroke. `idioms` have the letters of such words and
say nothing of the kind. Of forms that begin at one place the longest is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from align.languages.chinese import characters_simplified
from align.languages.profile import profile
from align.text import Span

if TYPE_CHECKING:
    from align.languages.profile import Profile

IDIOMS = "idioms"
NEGATION = "negation"
"""The class whose words have no opposite: without them a text says the contrary."""

_LETTERS = r"[\w\p{M}'’]"


@dataclass(frozen=True, slots=True)
class Cue:
    """A word, or a few, that decide what a text says.

    Attributes:
        span: Where it stands.
        pole: 1 or -1 for the two sides of the stroke, 0 for what may say either.
        turned: The whole text with its opposite in its place; empty for what has none.
    """

    span: Span
    pole: int
    turned: str


@dataclass(frozen=True, slots=True)
class _Form:
    """A form, which pole it is and what its opposite is; an idiom has no pole."""

    pattern: regex.Pattern[str]
    pole: int | None
    opposite: str


def cues_of(text: str, language: str, kind: str) -> list[Cue]:
    """The cues of one class in a text, in its order.

    Args:
        text: The text.
        language: BCP 47 tag.
        kind: The class, a key of the profile's `opposites`.

    >>> [(cue.pole, cue.turned) for cue in cues_of("It is not open.", "en", "negation")]
    [(1, 'It is open.')]
    >>> [(cue.pole, cue.turned) for cue in cues_of("Exports rose.", "en", "direction")]
    [(1, 'Exports fell.')]
    """
    anywhere, forms = _forms(language, kind)
    folded = characters_simplified(text) if profile(language).simplified else text
    found = []
    for place in anywhere.finditer(folded) if kind in profile(language).opposites else ():
        form, match = next(
            (form, match) for form in forms if (match := form.pattern.fullmatch(place[0]))
        )
        if form.pole is None:
            continue
        turned = ""
        if form.pole and (form.pole > 0 or kind != NEGATION):
            opposite = form.opposite
            for letters in match.groups():
                opposite = opposite.replace("*", letters, 1)
            if place[0][0].isupper():
                opposite = opposite[:1].upper() + opposite[1:]
            rest = text[place.end() :]
            turned = text[: place.start()] + opposite + (rest if opposite else rest.lstrip())
        found.append(Cue(Span(*place.span()), form.pole, turned))
    return found


@lru_cache(maxsize=512)
def _forms(language: str, kind: str) -> tuple[regex.Pattern[str], tuple[_Form, ...]]:
    """What finds any form of a class, and the forms, the longest first."""
    known = profile(language)
    sides: dict[str, tuple[int | None, str]] = {
        form.strip(): (None, "") for form in known.opposites.get(IDIOMS, "").split(",")
    }
    sides.pop("", None)
    for entry in known.opposites.get(kind, "").split(","):
        form, stroke, opposite = (part.strip() for part in entry.partition("/"))
        if form:
            sides.setdefault(form, (1 if stroke else 0, opposite))
        if opposite and kind != NEGATION:
            sides.setdefault(opposite, (-1, form))
    ordered = sorted(sides, key=lambda form: -len(form.replace("*", "")))
    patterns = [_pattern(form, known) for form in ordered]
    # To look at first letters first saves most of the time.
    firsts = "".join({regex.escape(form[0]) for form in ordered if form[0] != "*"})
    fixed = [one for form, one in zip(ordered, patterns, strict=True) if form[0] != "*"]
    loose = [one for form, one in zip(ordered, patterns, strict=True) if form[0] == "*"]
    anywhere = "|".join([*loose, rf"(?=[{firsts}])(?:{'|'.join(fixed)})"] if fixed else loose)
    if known.spaced:
        anywhere = rf"(?<![\w\p{{M}}])(?:{anywhere})(?:(?<=['’])|(?![\w\p{{M}}]))"
    return regex.compile(anywhere, regex.IGNORECASE), tuple(
        _Form(regex.compile(pattern, regex.IGNORECASE), *sides[form])
        for form, pattern in zip(ordered, patterns, strict=True)
    )


def _pattern(form: str, known: Profile) -> str:
    marks = "" if known.vowels_written else r"\p{M}*"
    signs = {"*": rf"({_LETTERS}*)", " ": r"\s+", "'": "['’]"}
    return "".join(signs.get(letter) or regex.escape(letter) + marks for letter in form)
