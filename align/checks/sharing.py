"""Work that several checks of one run share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class SharedWork:
    """Keeps what one check worked out for the next that asks the same of the same objects.

    Objects are the same if they are one object, so nothing is compared or hashed. Of each
    function only the last result is kept: a run goes through an article language by language, and
    what was worked out for one of them would fill the memory during all others.

    One belongs to one run of the checks; runs in several threads have nothing in common.

    >>> work, text = SharedWork(), ["a", "b"]
    >>> work.of(sorted, text) is work.of(sorted, text)
    True
    """

    def __init__(self) -> None:
        self._last: dict[Callable[..., Any], tuple[tuple[Any, ...], Any]] = {}

    def of(
        self,
        function: Callable[Arguments, Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """What a function returns, worked out if it is not known.

        Args:
            function: What is worked out; it depends on nothing but its arguments.
            args: Its arguments.
            kwargs: Further ones.
        """
        asked = (*args, *kwargs, *kwargs.values())
        known = self._last.get(function)
        if (
            known is not None
            and len(known[0]) == len(asked)
            and all(one is other for one, other in zip(known[0], asked, strict=True))
        ):
            result: Result = known[1]
            return result
        result = function(*args, **kwargs)
        self._last[function] = (asked, result)
        return result
