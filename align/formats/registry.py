"""The formats that there are, each registered by the module that has it.

`align check`, `align terms` and `align pair` offer what is registered here, and the help, messages
and pages say it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from align.registry import Readers, Writers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from align.article import AlignedArticle
    from align.checks.model import CheckReport
    from align.termbases.model import Termbase
    from align.terminology.model import TermReport
    from align.units import TranslationUnit

    Function = TypeVar("Function", bound=Callable[..., Any])

PAIR_WRITERS: Writers[AlignedArticle] = Writers("align.formats")
"""What an article of two editions is written in."""

TERM_WRITERS: Writers[TermReport] = Writers("align.formats")
"""What the findings on an article's terms are written in."""

FINDING_WRITERS: Writers[CheckReport] = Writers("align.formats")
"""What the findings of checks are written in."""

TERMBASE_WRITERS: Writers[Termbase] = Writers("align.formats")
"""What a termbase of any languages is written in."""

PAIR_READERS: Readers[Iterator[TranslationUnit]] = Readers("align.formats")
"""What reads texts that are aligned already; called with a path, the language of the
translations if it is known, and what the file holds where that was read already."""

TERMBASE_READERS: Readers[Termbase] = Readers("align.formats")
"""What reads termbases; called with a path and `languages`, those of source and target where the
file does not say them."""


def termbase_writer(
    name: str,
    what: str,
    *,
    endings: tuple[str, ...] = (),
    is_binary: bool = False,
    of_reports: bool = True,
) -> Callable[[Function], Function]:
    """Registers the function below as what writes termbases.

    Args:
        name: As for `Writers.register`.
        what: As there.
        endings: As there.
        is_binary: As there.
        of_reports: Whether what is found of an article's terms is written so as well, made a
            termbase; another writer of reports may have the name.
    """

    def decorator(function: Function) -> Function:
        TERMBASE_WRITERS.register(name, what, endings=endings, is_binary=is_binary)(function)
        if of_reports:

            def write_report(path: Path | str, report: TermReport) -> tuple[str, ...] | None:
                from align.terminology.as_termbase import termbase_of

                written: tuple[str, ...] | None = function(path, termbase_of(report))
                return written

            TERM_WRITERS.register(name, what, endings=endings, is_binary=is_binary)(write_report)
        return function

    return decorator
