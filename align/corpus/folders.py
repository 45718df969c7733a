"""Which files below a folder are editions of one document, as their paths say.

`fr/2024/harbour.txt` and `2024/harbour.fr.txt` are both the French edition of `2024/harbour`; a
pattern such as `texts/{lang}/{id}.html` says where the language stands in paths of another build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from align.documents.corpus import language_of_name
from align.errors import InputError
from align.languages import normalise_tag

_FIELD = re.compile(r"\{(lang|id)\}|(\*\*?)")


class EditionsBelow(NamedTuple):
    """The editions of documents below a folder.

    Attributes:
        folder: The folder.
        by_document: For each document the paths of its editions by language, relative to it.
        passed_over: The other files, whose paths name no language.
    """

    folder: Path
    by_document: dict[str, dict[str, str]]
    passed_over: tuple[str, ...]


class FilesBelow(NamedTuple):
    """The texts below a folder, whichever of them belong together.

    Attributes:
        folder: The folder.
        by_language: For each language the paths relative to it, in order.
        passed_over: The other files, whose paths name no language.
    """

    folder: Path
    by_language: dict[str, list[str]]
    passed_over: tuple[str, ...]


def editions_below(place: Path, *, but: Path | None = None) -> EditionsBelow:
    """The editions of documents below a folder.

    Args:
        place: The folder, or a pattern: `{lang}` is the language, `{id}` names the document, `*`
            is anything within a name and `**` anything.
        but: A folder whose files are none of them.

    Raises:
        InputError: If there is no such folder, or one document has two editions in a language.
    """
    editions: dict[str, dict[str, str]] = {}
    folder, placed, passed_over = _sorted_out(place, but)
    for name, document, language in placed:
        paths = editions.setdefault(document, {})
        if language in paths:
            raise InputError(
                f"{paths[language]} and {name} are both {document!r} in '{language}'; tell them "
                "apart by a pattern with {lang} and {id} in it",
                path=folder,
            )
        paths[language] = name
    return EditionsBelow(folder, editions, passed_over)


def files_by_language(place: Path, *, but: Path | None = None) -> FilesBelow:
    """The texts below a folder by language, whichever of them belong together.

    Args:
        place: As for `editions_below`.
        but: As there.

    Raises:
        InputError: If there is no such folder.
    """
    found: dict[str, list[str]] = {}
    folder, placed, passed_over = _sorted_out(place, but)
    for name, _, language in placed:
        found.setdefault(language, []).append(name)
    return FilesBelow(folder, found, passed_over)


def folder_of(place: Path) -> Path:
    """The folder itself, or the one that all paths of a pattern lie in."""
    return _taken_apart(place)[0]


def _sorted_out(
    place: Path, but: Path | None
) -> tuple[Path, list[tuple[str, str, str]], tuple[str, ...]]:
    """The folder; path, document and language of each file that names one; the other paths."""
    folder, pattern = _taken_apart(place)
    if not folder.is_dir():
        raise InputError("there is no such folder", path=folder)
    placed: list[tuple[str, str, str]] = []
    passed_over: list[str] = []
    left_out = _within(folder, but)
    for path in _files(folder):
        if left_out and path.is_relative_to(left_out):
            continue
        name = path.relative_to(folder).as_posix()
        found = _by_pattern(name, pattern) if pattern else _by_habit(Path(name))
        if found is None:
            passed_over.append(name)
        else:
            placed.append((name, *found))
    return folder, placed, tuple(passed_over)


def _within(folder: Path, other: Path | None) -> Path | None:
    """Another folder as it is named from one that it lies in; None where it does not."""
    if other is None or folder.resolve() not in other.resolve().parents:
        return None
    return folder / other.resolve().relative_to(folder.resolve())


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file():
            yield path


def _taken_apart(place: Path) -> tuple[Path, re.Pattern[str] | None]:
    """The folder before the first part of a pattern that varies, and the rest."""
    parts = place.parts
    at = next((n for n, part in enumerate(parts) if _FIELD.search(part)), None)
    if at is None:
        return place, None
    rest, regex, start, seen = "/".join(parts[at:]), "", 0, set()
    for match in _FIELD.finditer(rest):
        regex += re.escape(rest[start : match.start()])
        name = match[1]
        if name is None:
            regex += ".*" if match[2] == "**" else "[^/]*"
        elif name in seen:
            regex += f"(?P={name})"
        else:
            regex += f"(?P<{name}>[^/.]+)" if name == "lang" else f"(?P<{name}>.+)"
        seen.add(name)
        start = match.end()
    return Path(*parts[:at]), re.compile(regex + re.escape(rest[start:]))


def _by_pattern(name: str, pattern: re.Pattern[str]) -> tuple[str, str] | None:
    match = pattern.fullmatch(name)
    if match is None:
        return None
    try:
        language = normalise_tag(match["lang"])
    except InputError:
        return None
    if "id" in pattern.groupindex:
        return match["id"], language
    # Without an id the path with the language cut out names the document.
    start, stop = match.span("lang")
    return name[:start].rstrip("/.") + "/" + name[stop:].lstrip("/."), language


def _by_habit(path: Path) -> tuple[str, str] | None:
    """By a language between dots in the name, else by a folder that is named by one.

    Below such a folder only what stands last in a name goes before it: `en/news.co.uk.17.txt` is
    the English edition of a page of Britain, not in Ukrainian.
    """
    *stem, last = path.name.split(".")
    of_folder = _named_by(path.parts[0]) if len(path.parts) > 1 else None
    first = max(len(stem) - 1, 1) if of_folder else 1
    for at in range(len(stem) - 1, first - 1, -1):
        if language := _named_by(stem[at]):
            return (path.parent / ".".join(stem[:at] + stem[at + 1 :])).as_posix(), language
    if stem and (language := _named_by(last)):
        return (path.parent / ".".join(stem)).as_posix(), language
    if of_folder:
        return Path(*path.parts[1:]).with_suffix("").as_posix(), of_folder
    return None


def _named_by(part: str) -> str | None:
    return language_of_name(Path(f"{part}.txt")) if part else None
