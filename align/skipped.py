"""What a reader passes over, so that one odd item does not cost the file: counted, said once."""

from __future__ import annotations

from dataclasses import dataclass, field

_LONGEST_SHOWN = 40


@dataclass(slots=True)
class _Sort:
    line: int | None
    example: str
    count: int = 1


@dataclass(slots=True)
class Skipped:
    """Counts what is passed over in one file, by what it is.

    >>> skipped = Skipped()
    >>> skipped.add("a line without a tab", 2)
    >>> skipped.add("a line without a tab", 7)
    >>> skipped.messages("terms.txt")
    ('terms.txt:2: a line without a tab is passed over; there are 2, this is the first',)
    """

    _found: dict[tuple[str, str], _Sort] = field(default_factory=dict)

    def add(
        self,
        what: str,
        line: int | None = None,
        *,
        example: str = "",
        taken_as: str = "passed over",
    ) -> None:
        """Notes something.

        Args:
            what: What it is, in words that fit before 'is passed over': `a line without a tab`.
            line: The line it stands on, where that is known.
            example: What stands there, to be shown where it is the first.
            taken_as: What becomes of it, where it is not passed over.
        """
        key = what, taken_as
        if key in self._found:
            self._found[key].count += 1
        else:
            self._found[key] = _Sort(line, " ".join(example.split())[:_LONGEST_SHOWN])

    @property
    def count(self) -> int:
        """How many items were passed over."""
        return sum(each.count for each in self._found.values())

    def messages(self, path: object) -> tuple[str, ...]:
        """What the user should know, a line for each sort: the first place and the number."""
        said = []
        for (what, taken_as), each in self._found.items():
            place = f"{path}: " if each.line is None else f"{path}:{each.line}: "
            shown = f", {each.example!r}," if each.example else ""
            more = f"; there are {each.count:,}, this is the first" if each.count > 1 else ""
            said.append(f"{place}{what}{shown} is {taken_as}{more}")
        return tuple(said)
