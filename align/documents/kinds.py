"""Which files are read, and as what: told by how they begin and by their names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from align.documents.registry import READERS, kinds_read
from align.errors import InputError
from align.written import is_result

if TYPE_CHECKING:
    from align.documents.model import Document
    from align.registry import Reader

# Files that are no plain text, though many look like one, and what to do with them instead.
_NOT_READ: dict[tuple[str, ...], str] = {
    (".adoc", ".asciidoc", ".asc"): "is AsciiDoc, which is not read; save it as HTML (asciidoctor)",
    (".tex", ".latex", ".ltx"): "is LaTeX, which is not read; save it as HTML (pandoc)",
    (".org",): "is an Org file, which is not read; save it as Markdown (pandoc)",
    (
        ".textile",
        ".wiki",
        ".mediawiki",
        ".creole",
    ): "is wiki text, which is not read; save it as HTML",
    (".typ",): "is Typst, which is not read; save it as HTML (pandoc)",
    (".ipynb",): "is a notebook, which is not read; save it as Markdown (nbconvert)",
    (".tmx", ".xliff", ".xlf", ".sdlxliff", ".mqxliff", ".mxliff", ".po", ".pot"): (
        "is a file of pairs and no text; `align check` reads such files"
    ),
    (".tbx",): "is a termbase and no text; it goes with --termbase",
    (".srx",): "holds rules of segmentation and no text; it goes with --srx",
}
_DATA = frozenset({
    ".csv", ".tsv", ".json", ".jsonl", ".xml", ".yaml", ".yml", ".toml", ".sgm", ".sgml", ".sql",
    ".log", ".css", ".js", ".ts", ".py", ".c", ".h", ".cpp", ".java", ".go", ".rb", ".php", ".sh",
    ".ps1", ".bat", ".svg", ".eml", ".mbox", ".bib", ".ini", ".cfg", ".conf",
})  # fmt: skip

# What editors and programs leave beside a file: endings of names, and of their stems.
_BACKUP = re.compile(
    r"(?P<file>.+?)(?:~|\.(?:bak|backup|bkp|orig|old|save|te?mp|sw[a-p]|rej|part|crdownload)\d*)+",
    re.IGNORECASE,
)
_BACKUP_STEM = re.compile(
    r"(?P<stem>.+?)(?:[._ -]+(?:bak|backup|bkp|orig|old|save|te?mp"
    r"|copy|copie|kopie|copia|копия|副本|コピー)|[ ]?[(（]\d+[)）])+",
    re.IGNORECASE,
)
_LEFT_BY_PROGRAMS = re.compile(
    r"\..*|~\$.*|\#.*\#|thumbs\.db|ehthumbs\.db|desktop\.ini|__macosx", re.IGNORECASE
)
_ABOUT_THE_FOLDER = re.compile(r"readme|licen[cs]e|copying|changelog", re.IGNORECASE)


def reader_of(path: Path, *, any_kind: bool = False) -> Reader[Document]:
    """What reads a file, told by how it begins, else by its name; a backup is read as its file.

    Args:
        path: The file.
        any_kind: Take a file whose name says nothing of its kind, such as `dev.fr`, for plain text.

    Raises:
        InputError: If it is of a kind that is not read; the message says what to do.
    """
    ending = without_backup(path).suffix.casefold()
    reader = READERS.of_file(path) or READERS.of_ending(ending)
    if reader is not None:
        return reader
    for endings, what in _NOT_READ.items():
        if ending in endings:
            raise InputError(what, path=path)
    if any_kind and ending not in _DATA:
        return READERS["plain text"]
    raise InputError(f"is of a kind that is not read; {kinds_read()} are", path=path)


def without_backup(path: Path) -> Path:
    """The file that a backup is one of, by its name; any other file itself.

    >>> from pathlib import Path
    >>> names = ("fr.md~", "fr.txt.bak", "fr.orig.md", "fr.md")
    >>> [without_backup(Path(name)).name for name in names]
    ['fr.md', 'fr.txt', 'fr.md', 'fr.md']
    """
    ending = _BACKUP.fullmatch(path.name)
    if ending:
        return path.with_name(ending["file"])
    stem = _BACKUP_STEM.fullmatch(path.stem)
    return path.with_name(stem["stem"] + path.suffix) if stem else path


def is_passed_over(path: Path) -> bool:
    """Whether a file in a folder of editions is none of them, whatever its kind.

    It is hidden, temporary, a backup of a file, about the folder, or a result that `align` wrote.
    What is called a copy and has no original beside it is an edition.
    """
    name = path.name
    if (
        _LEFT_BY_PROGRAMS.fullmatch(name)
        or _ABOUT_THE_FOLDER.match(name)
        or _BACKUP.fullmatch(name)
    ):
        return True
    original = without_backup(path)
    return (original != path and original.exists()) or is_result(path)
