"""Work that several checks share."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def shared(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Keeps the last result of a function, for the next check that asks about the same objects.

    Objects are the same if they are one object; so nothing needs to be compared or hashed, and
    only what was asked about last is kept in memory.

    Args:
        function: What is worked out; its arguments are given by position.
    """
    last: tuple[tuple[object, ...], Result] | None = None

    @wraps(function)
    def asked(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        nonlocal last
        known = last
        if (
            known is not None
            and len(known[0]) == len(args)
            and all(one is other for one, other in zip(known[0], args, strict=True))
        ):
            return known[1]
        result = function(*args, **kwargs)
        last = (args, result)
        return result

    return asked
