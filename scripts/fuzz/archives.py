"""Cases for readers of archives: a part of a real archive, replaced.

Nearly all that a change of bytes makes of an archive is refused for its checksums before anything
of it is read. So the first byte of a case says which part of which archive is meant, and the rest
is what stands there instead; after a byte that means no part, it is the archive itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

_FILES = Path(__file__).parents[2] / "tests" / "documents" / "files"
_MOST_PARTS = 250

_BOOK = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": (
        '<container><rootfiles><rootfile full-path="b/book.opf"/></rootfiles></container>'
    ),
    "b/book.opf": (
        '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:language>fr</dc:language>'
        '</metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" '
        'properties="nav"/><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>'
        '</manifest><spine><itemref idref="nav"/><itemref idref="one"/></spine></package>'
    ),
    "b/nav.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><body><nav>1</nav></body></html>',
    "b/one.xhtml": (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
        '<h1>Un</h1><p>Il est vieux.<a epub:type="noteref" href="#n">1</a></p>'
        '<aside epub:type="footnote" id="n">Une note.</aside></body></html>'
    ),
}
_MAIL = {"article/fr.md": "# Le pont\n\nIl est vieux.\n"}


def archive_of(suffix: str, case: bytes) -> bytes:
    """The archive that a case means."""
    parts = _parts(suffix)
    index = case[0] if case else 0
    if index >= len(parts):
        return case[1:]
    archive, replaced = parts[index]
    return _packed({**dict(archive), replaced: case[1:]})


def cases_of(suffix: str) -> Iterator[bytes]:
    """The cases that change nothing, which others are made of."""
    for index, (archive, name) in enumerate(_parts(suffix)):
        yield bytes([index]) + dict(archive)[name]
    for archive in {archive: None for archive, _ in _parts(suffix)}:
        yield b"\xff" + _packed(dict(archive))


@cache
def _parts(suffix: str) -> tuple[tuple[tuple[tuple[str, bytes], ...], str], ...]:
    """The parts of the archives of a kind, each with all of its archive."""
    whole = [_unpacked(path) for path in sorted(_FILES.glob(f"*{suffix}"))]
    for kind, content in ((".epub", _BOOK), (".zip", _MAIL)):
        if kind == suffix:
            whole.append(tuple((name, text.encode()) for name, text in content.items()))
    return tuple((each, name) for each in whole for name, _ in each)[:_MOST_PARTS]


def _unpacked(path: Path) -> tuple[tuple[str, bytes], ...]:
    with ZipFile(path) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist() if name[-1] != "/")


def _packed(content: dict[str, bytes]) -> bytes:
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        for name, each in content.items():
            archive.writestr(name, each)
    return data.getvalue()
