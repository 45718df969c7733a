"""What languages do differently with marks, letters and repeated words, from one table."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a language is written, as far as the checks on form must know.

    Attributes:
        quotation_marks: Pairs of quotation marks, the opening one first.
        foreign_letters: Letters and digits of its script that belong to other languages.
        twice: Words, in lower case, that stand twice in a row in good text.
        reduplicates: Whether it repeats words for plural or emphasis as a matter of grammar.
        question_marks: Marks that a question may end with.
        question_particles: Words that end a question without any mark.
        spaced_marks: Marks before which a no-break space may stand.
        marks: Marks of another script, and its own that stand for them between its letters.
    """

    quotation_marks: tuple[str, ...]
    foreign_letters: frozenset[str]
    twice: frozenset[str]
    reduplicates: bool
    question_marks: frozenset[str]
    question_particles: tuple[str, ...]
    spaced_marks: frozenset[str]
    marks: Mapping[str, str]


@lru_cache(maxsize=64)
def conventions(tag: str) -> Conventions:
    """The conventions of a language, by its BCP 47 tag.

    >>> conventions("zh-Hant").marks[","], conventions("sv").quotation_marks[0]
    ('，', '””')
    """
    tables = _tables()
    row = tables["default"] | tables.get(tag.partition("-")[0].lower(), {})
    return Conventions(
        quotation_marks=tuple(row["quotation-marks"]),
        foreign_letters=frozenset(row["foreign-letters"]),
        twice=frozenset(row["twice"].split()),
        reduplicates=row["reduplicates"],
        question_marks=frozenset(row["question-marks"]),
        question_particles=tuple(filter(None, row["question-particles"].split("|"))),
        spaced_marks=frozenset(row["spaced-marks"]),
        marks=row["marks"],
    )


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
