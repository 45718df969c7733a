"""Operations as a log and a page have them: written, and read without trusting them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any, get_args

from align.review.operations import (
    KINDS,
    LONGEST_TEXT,
    AnyOperation,
    NewRow,
    OperationError,
    Realign,
    Redo,
    Side,
    Status,
    Together,
    Undo,
)

_LONGEST_NAME = 10_000  # a key, a tag, a name; keys grow with every cut
_MOST_PARTS = 500_000  # rows that one operation makes anew, and operations that are done together


def to_json(operation: AnyOperation | NewRow) -> dict[str, Any]:
    """An operation as a log has it."""
    if isinstance(operation, Together):
        return {"kind": "together", "operations": [to_json(each) for each in operation.operations]}
    if isinstance(operation, Realign):
        rows = [[list(row.source), list(row.target), row.score, row.confidence]
                for row in operation.rows]  # fmt: skip
        return {"kind": "realign", "language": operation.language, "rows": rows}
    return {"kind": operation.kind, **asdict(operation)}  # type: ignore[union-attr]


def from_json(content: Any) -> AnyOperation:
    """An operation of what a log has, which nobody trusts.

    Raises:
        OperationError: If it is none.
    """
    return _from_json(content, within=False)


def _from_json(content: Any, *, within: bool) -> AnyOperation:
    name = content.get("kind") if isinstance(content, dict) else None
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None or (within and kind in (Together, Undo, Redo)):
        raise OperationError(f"not an operation: {_short(content)}")
    if kind is Together:
        inner = _list(content.get("operations"), content)
        parts = tuple(_from_json(each, within=True) for each in inner)
        return Together(parts)  # type: ignore[arg-type] # what is within is none of the others
    if kind is Realign:
        rows = tuple(_new_row(each) for each in _list(content.get("rows"), content))
        return Realign(_word(content.get("language"), content), rows)
    names = [field.name for field in fields(kind)]
    if set(content) != {"kind", *names}:
        raise OperationError(f"{kind.kind} needs {', '.join(names)}: {_short(content)}")
    values = {name: _value(name, content[name], kind, content) for name in names}
    operation: AnyOperation = kind(**values)
    return operation


def _value(name: str, value: Any, kind: type[Any], content: Any) -> Any:
    wanted = next(field.type for field in fields(kind) if field.name == name)
    fits: dict[str, Callable[[], bool]] = {
        "Side": lambda: value in get_args(Side),
        "Status": lambda: value in get_args(Status),
        "bool": lambda: isinstance(value, bool),
        "int": lambda: isinstance(value, int) and not isinstance(value, bool),
        "str | None": lambda: value is None or _is_text(value, _LONGEST_NAME),
        "str": lambda: _is_text(value, LONGEST_TEXT if name == "text" else _LONGEST_NAME),
    }
    if not fits[str(wanted)]():
        raise OperationError(f"{name} of {kind.kind} cannot be {_short(value)}: {_short(content)}")
    return value


def _new_row(content: Any) -> NewRow:
    if not isinstance(content, list) or len(content) != 4:
        raise OperationError(f"not a row of realign: {_short(content)}")
    source, target, score, confidence = content
    return NewRow(
        tuple(_word(key, content) for key in _list(source, content)),
        tuple(_word(key, content) for key in _list(target, content)),
        _number(score, -1, content),
        _number(confidence, 0, content),
    )


def _number(value: Any, least: float, content: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= 1:
        raise OperationError(f"not a number of a row: {_short(value)} in {_short(content)}")
    return float(value)


def _list(value: Any, content: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > _MOST_PARTS:
        raise OperationError(f"not a list: {_short(value)} in {_short(content)}")
    return value


def _word(value: Any, content: Any) -> str:
    if not _is_text(value, _LONGEST_NAME):
        raise OperationError(f"not a name: {_short(value)} in {_short(content)}")
    return str(value)


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and len(value) <= longest


def _short(content: Any) -> str:
    said = ascii(content) if not isinstance(content, dict) else ascii({**content})
    return said if len(said) <= 80 else said[:77] + "..."
