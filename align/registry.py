"""Parts that register themselves, so that to add one is to add its module.

A registry finds its parts by walking over the modules of a package, each of which registers what
it has when it is imported. Nothing is imported before somebody looks.
"""

from __future__ import annotations

import pkgutil
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from align.errors import InputError

Part = TypeVar("Part")
Value = TypeVar("Value")
Result = TypeVar("Result")
Function = TypeVar("Function", bound=Callable[..., Any])

_BYTES_LOOKED_AT = 1024


class Registry(Mapping[str, Part]):
    """Parts by their names, in the order of these.

    Args:
        package: The package whose modules register them.
    """

    def __init__(self, package: str) -> None:
        self._package = package
        self._parts: dict[str, Part] = {}
        self._walked = False

    def add(self, name: str, part: Part) -> None:
        """Registers a part.

        Raises:
            ValueError: If another has the name.
        """
        if name in self._parts:
            raise ValueError(f"two parts of {self._package} are called {name!r}")
        self._parts[name] = part

    def __getitem__(self, name: str) -> Part:
        self._walk()
        return self._parts[name]

    def __iter__(self) -> Iterator[str]:
        self._walk()
        return iter(sorted(self._parts, key=str.casefold))

    def __len__(self) -> int:
        self._walk()
        return len(self._parts)

    def _walk(self) -> None:
        if not self._walked:
            paths = import_module(self._package).__path__
            for module in pkgutil.walk_packages(paths, f"{self._package}."):
                import_module(module.name)
            self._walked = True


class _Format(Protocol):
    @property
    def endings(self) -> tuple[str, ...]: ...


Format = TypeVar("Format", bound=_Format)


class Formats(Registry[Format]):
    """Formats, each with the endings of names that stand for it."""

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of all formats."""
        return tuple(ending for each in self.values() for ending in each.endings)

    def of_ending(self, ending: str) -> Format | None:
        """The format that an ending stands for, if any does."""
        return next((each for each in self.values() if ending.casefold() in each.endings), None)


@dataclass(frozen=True, slots=True)
class Writer(Generic[Value]):
    """What writes one format.

    Attributes:
        name: What the user calls the format.
        what: What it is for, for `--help` and the documentation.
        endings: Endings of names, with their dots, that stand for it.
        is_binary: Whether it cannot be shown on a terminal.
        write: Writes a value; returns what the user should know of the file, a line each.
    """

    name: str
    what: str
    endings: tuple[str, ...]
    is_binary: bool
    write: Callable[[Path | str, Value], tuple[str, ...] | None]


class Writers(Formats[Writer[Value]]):
    """The formats that one sort of value is written in."""

    def register(
        self, name: str, what: str, *, endings: tuple[str, ...] = (), is_binary: bool = False
    ) -> Callable[[Function], Function]:
        """Registers the function below as what writes a format; see `Writer`."""

        def decorator(function: Function) -> Function:
            self.add(name, Writer(name, what, endings, is_binary, function))
            return function

        return decorator

    def write(self, path: Path | str, value: Value, *, to: str) -> tuple[str, ...]:
        """Writes a value in the format of a name.

        Returns:
            What the user should know about the file, a line each.

        Raises:
            InputError: If there is no such format, or it cannot hold the value.
            OutputError: If the file cannot be written.
        """
        if to not in self:
            raise InputError(f"unknown format {to!r}; there are {', '.join(self)}")
        return self[to].write(path, value) or ()

    @property
    def help(self) -> str:
        """What each format is for, in one line."""
        return "; ".join(f"{each.name}: {each.what}" for each in self.values())


@dataclass(frozen=True, slots=True)
class Reader(Generic[Result]):
    """What reads one format.

    Attributes:
        name: What people call the format.
        endings: Endings of names, with their dots, the commonest first.
        recognises: Tells by how a file begins whether it is of the format; None where only its
            name tells.
        read: Reads a file.
        named: Tells by the name of a file and of those beside it; None where the ending tells.
        of_texts: Whether a file with such an ending is always of texts in two languages, and not
            just some table.
        shows_places: Whether the texts stand in the file so that one can be shown where.
    """

    name: str
    endings: tuple[str, ...]
    recognises: Callable[[bytes], bool] | None
    read: Callable[..., Result]
    named: Callable[[Path], bool] | None = None
    of_texts: bool = True
    shows_places: bool = False


class Readers(Formats[Reader[Result]]):
    """The formats that one sort of value is read from."""

    def register(
        self,
        name: str,
        *,
        endings: tuple[str, ...],
        recognises: Callable[[bytes], bool] | None = None,
        named: Callable[[Path], bool] | None = None,
        of_texts: bool = True,
        shows_places: bool = False,
    ) -> Callable[[Function], Function]:
        """Registers the function below as what reads a format; see `Reader`."""

        def decorator(function: Function) -> Function:
            self.add(
                name, Reader(name, endings, recognises, function, named, of_texts, shows_places)
            )
            return function

        return decorator

    def of_file(self, path: Path | str) -> Reader[Result] | None:
        """The format of a file: what it begins like, else what its name says, if anything does.

        Of what gzip packed it is what was packed, and the name without `.gz`.
        """
        path = Path(path)
        start = _start_of(path)
        if path.suffix.casefold() == ".gz":
            path = path.with_suffix("")
        recognised = [
            each for each in self.values() if start and each.recognises and each.recognises(start)
        ]
        named = next(
            (each for each in self.values() if each.named and each.named(path)),
            self.of_ending(path.suffix),
        )
        return named if named in recognised or not recognised else recognised[0]


def _start_of(path: Path) -> bytes:
    """How a file begins; nothing where it cannot be read, which its reader says."""
    try:
        if not path.is_file():  # a pipe would wait
            return b""
        with path.open("rb") as stream:
            start = stream.read(_BYTES_LOOKED_AT)
    except (OSError, ValueError):
        return b""
    if start.startswith(b"\x1f\x8b"):
        try:
            return zlib.decompressobj(wbits=31).decompress(start, _BYTES_LOOKED_AT)
        except zlib.error:
            return b""
    return start
