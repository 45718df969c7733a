"""The formats that there are, each registered by the module that has it.

`align check`, `align terms` and `align pair` offer what is registered here, and the help, messages
and pages say it.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from align.errors import InputError
from align.registry import Readers, Writers
from align.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from align.article import AlignedArticle
    from align.checks.model import CheckReport
    from align.formats.memory import Memory
    from align.registry import Reader
    from align.termbases.model import Termbase
    from align.terminology.model import TermReport
    from align.units import TranslationUnit

    Function = TypeVar("Function", bound=Callable[..., Any])

PAIR_WRITERS: Writers[AlignedArticle] = Writers("align.formats")
"""What an article of two editions is written in."""

MEMORY_WRITERS: Writers[Memory] = Writers("align.formats")
"""What the units of a memory are written in."""

TERM_WRITERS: Writers[TermReport] = Writers("align.formats")
"""What the findings on an article's terms are written in."""

FINDING_WRITERS: Writers[CheckReport] = Writers("align.formats")
"""What the findings of checks are written in."""

TERMBASE_WRITERS: Writers[Termbase] = Writers("align.formats")
"""What a termbase of any languages is written in."""

PAIR_READERS: Readers[Iterator[TranslationUnit]] = Readers("align.formats")
"""What reads texts that are aligned already; called with a `PairFile`."""

TERMBASE_READERS: Readers[Termbase] = Readers("align.formats")
"""What reads termbases; called with a path, `languages`, those of source and target where the
file does not say them, and `skipped`, which is told what is passed over."""


def reader_of_pairs(path: Path | str) -> Reader[Iterator[TranslationUnit]]:
    """What reads a file of texts that are aligned already.

    Raises:
        InputError: If the file is absent, a folder, standard input, or in none of the formats of
            `PAIR_READERS`.
    """
    from align.formats.files import must_be_readable_twice, open_for_reading

    must_be_readable_twice(path)
    reader = PAIR_READERS.of_file(path)
    if reader is None:
        with open_for_reading(path):  # what is not there or cannot be opened is told as that
            kinds = ", ".join(PAIR_READERS.endings)
            raise InputError(f"holds no pairs that are read; {kinds} do", path=path)
    return reader


@dataclass(frozen=True, slots=True)
class PairFile:
    """A file of texts that are aligned already, and what is known of it before it is read.

    Attributes:
        path: The file; `-` is standard input.
        source: Language of the sources, where the file does not say it.
        target: Language of the translations, likewise.
        data: What the file holds, where it was read already.
        skipped: Is told what is passed over.
    """

    path: Path | str
    source: str | None = None
    target: str | None = None
    data: bytes | None = None
    skipped: Skipped = field(default_factory=Skipped)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Opens the file, or what was read of it.

        Raises:
            InputError: If it cannot be read.
        """
        from align.formats.files import open_for_reading

        if self.data is not None:
            yield BytesIO(self.data)
            return
        with open_for_reading(self.path) as stream:
            yield stream

    def read(self) -> bytes:
        """All that the file holds.

        Raises:
            InputError: If it cannot be read, or holds more than is read at once.
        """
        from align.documents.decoding import MAX_BYTES
        from align.errors import InputError

        if self.data is not None:
            return self.data
        with self.open() as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise InputError(f"has more than {MAX_BYTES // 2**20} MB, the limit", path=self.path)
        return data

    def text(self) -> str:
        """All that the file says, in whatever encoding, its line ends made line feeds.

        Raises:
            InputError: If it cannot be read.
        """
        from align.formats.files import decoded

        return decoded(self.read(), self.path)


def memory_writer(
    name: str,
    what: str,
    *,
    endings: tuple[str, ...] = (),
    is_binary: bool = False,
    of_articles: bool = True,
) -> Callable[[Function], Function]:
    """Registers the function below as what writes memories.

    Args:
        name: As for `Writers.register`.
        what: As there.
        endings: As there.
        is_binary: As there.
        of_articles: Whether an aligned article of two editions is written so as well, made a
            memory; another writer of articles may have the name.
    """

    def decorator(function: Function) -> Function:
        MEMORY_WRITERS.register(name, what, endings=endings, is_binary=is_binary)(function)
        if of_articles:

            def write_article(path: Path | str, pair: AlignedArticle) -> tuple[str, ...] | None:
                from align.formats.memory import memory_of

                written: tuple[str, ...] | None = function(path, memory_of(pair))
                return written

            PAIR_WRITERS.register(name, what, endings=endings, is_binary=is_binary)(write_article)
        return function

    return decorator


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
