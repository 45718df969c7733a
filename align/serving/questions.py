"""What can be asked: each path with its parameters, which are read and described from one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from align.errors import InputError
from align.references.additions import LONGEST_TEXT

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that is asked with.

    Attributes:
        name: Its name.
        what: What it is, in a sentence.
        example: A value.
        kind: Whether it is a text, the tag of a language, or a number.
        default: What it is where it is not given.
        required: Whether it must be given.
        longest: The most characters of a text.
        least: The lowest number.
        most: The highest.
        choices: The texts that it may be; any where there are none.
    """

    name: str
    what: str
    example: str | int
    kind: Literal["text", "language", "number"] = "text"
    default: Value = None
    required: bool = False
    longest: int = LONGEST_TEXT
    least: int = 1
    most: int = 100
    choices: tuple[str, ...] = ()

    def value(self, given: Any) -> Value:
        """The value of what was given.

        Args:
            given: A text, as of a query or a member of a JSON object.

        Raises:
            InputError: If it may not be that.
        """
        if self.kind == "number":
            return self._number(given)
        if not isinstance(given, str):
            raise InputError(f"{self.name} has to be a string")
        if len(given) > self.longest:
            raise InputError(f"{self.name} has more than {self.longest:,} characters, the limit")
        if self.choices and given not in self.choices:
            raise InputError(f"{self.name} is either {' or '.join(self.choices)}")
        if not given.strip():
            if self.required:
                raise InputError(f"{self.name} is empty")
            return self.default
        return given

    def _number(self, given: Any) -> int:
        if isinstance(given, str) and given.isascii() and given.isdecimal() and len(given) < 10:
            number = int(given)
            if self.least <= number <= self.most:
                return number
        raise InputError(f"{self.name} is a number from {self.least} to {self.most}")

    def schema(self) -> dict[str, Any]:
        """What it may be, in JSON Schema 2020-12."""
        if self.kind == "number":
            return {
                "type": "integer",
                "minimum": self.least,
                "maximum": self.most,
                "default": self.default,
            }
        schema: dict[str, Any] = {"type": "string", "maxLength": self.longest}
        if self.required:
            schema |= {"minLength": 1, "pattern": r"\S"}
        if self.choices:
            schema = {"type": "string", "enum": list(self.choices), "default": self.default}
        return schema


@dataclass(frozen=True, slots=True)
class Question:
    """A path that answers.

    Attributes:
        path: The path, after the token.
        name: A name for programs.
        title: What it does, in a line.
        what: More of it.
        answer: The schema of its answer, one of `align.serving.answers.SCHEMAS`.
        parameters: What it takes: in the query, or as members of an object where something is sent.
        sends: Whether something is sent.
    """

    path: str
    name: str
    title: str
    what: str
    answer: str
    parameters: tuple[Parameter, ...] = ()
    sends: bool = False

    def values(self, given: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        """What was asked with: a value for each parameter.

        Args:
            given: Names and values, as they came.

        Raises:
            InputError: If one is unknown, given twice, missing, or not what it may be.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        values: dict[str, Any] = {}
        for name, value in given:
            if name not in known:
                listed = ", ".join(known) or "none"
                raise InputError(f"there is no parameter {name[:40]!r}; there are: {listed}")
            if name in values:
                raise InputError(f"{name} is given twice")
            values[name] = known[name].value(value)
        for name, parameter in known.items():
            if parameter.required and name not in values:
                raise InputError(f"{name} is missing: {parameter.what}")
        return {name: values.get(name, each.default) for name, each in known.items()}

    def example(self) -> Mapping[str, str | int]:
        """What one may ask with."""
        return {each.name: each.example for each in self.parameters if each.required}


def _language(name: str, what: str, example: str, *, required: bool = True) -> Parameter:
    return Parameter(name, what, example, "language", required=required, longest=100)


_SOURCE = _language("source", "The tag of the source language (BCP 47).", "en")
_TARGET = _language("target", "The tag of the target language (BCP 47).", "fr")
_ANY_TARGET = _language(
    "target", "The tag of the language of the renderings; all where not given.", "fr",
    required=False,
)  # fmt: skip
_TEXT = Parameter("text", "The text to look up, a sentence as a rule.", "The red sail.",
                  required=True)  # fmt: skip
_PHRASE = Parameter("text", "The word or words to look up.", "red sail", required=True,
                    longest=500)  # fmt: skip


def _most(default: int, most: int) -> Parameter:
    return Parameter("most", "The most answers.", default, "number", default, most=most)


QUESTIONS: tuple[Question, ...] = (
    Question(
        "/loaded",
        "loaded",
        "What is loaded",
        "The memories and termbases with their languages and sizes, in the order in which they are "
        "asked, and the new memory, if there is one.",
        "Loaded",
    ),
    Question(
        "/lookup",
        "lookup",
        "Exact and fuzzy matches",
        "The units whose source is like a text, the likest first. The score is counted as "
        "translation tools do: 100 where the texts are the same, else 99 at most, the part of "
        "words and marks that need no editing.",
        "Matches",
        (
            _TEXT,
            _SOURCE,
            _TARGET,
            Parameter("least", "The lowest score, in per cent.", 70, "number", 70),
            _most(5, 100),
        ),
    ),
    Question(
        "/concordance",
        "concordance",
        "Where a phrase stands",
        "The units in which a phrase stands, whatever its case, in the order of the memories.",
        "Matches",
        (
            _PHRASE,
            _SOURCE,
            _TARGET,
            Parameter(
                "side",
                "Which side of the units is looked at.",
                "source",
                default="source",
                choices=("source", "target"),
            ),
            _most(50, 1000),
        ),
    ),
    Question(
        "/terms",
        "terms",
        "The terms of a sentence",
        "The terms of the termbases that stand in a text, in whatever form, with their renderings. "
        "Of terms that overlap the longest is meant.",
        "Terms",
        (_TEXT, _SOURCE, _ANY_TARGET),
    ),
    Question(
        "/terms/search",
        "searchTerms",
        "A word in the termbases",
        "The concepts of which a term has a word in it: first those whose term is the word, in "
        "whatever form, then those whose term begins with it.",
        "Terms",
        (_PHRASE, _SOURCE, _ANY_TARGET, _most(50, 500)),
    ),
    Question(
        "/units",
        "addUnit",
        "Adds a unit",
        "Adds a unit to the new memory, which was named when the server was started, and writes "
        "its file. A unit that says what one of its units says is not added again.",
        "Added",
        (
            _SOURCE,
            _TARGET,
            Parameter("text", "The text.", "The red sail.", required=True),
            Parameter("translation", "Its translation.", "La voile rouge.", required=True),
            Parameter("note", "What is to be noted of the unit.", "Harbour guide", default=""),
        ),
        sends=True,
    ),
)
"""All that can be asked."""
