"""Zip archives of unknown origin, and the XML in them: read within limits, nothing expanded."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from align.documents.decoding import MAX_BYTES, kind_of
from align.errors import InputError
from align.safe_xml import safe_parser

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from lxml import etree

_MOST_ENTRIES = 20_000
_LARGEST_XML = 32 * 2**20  # bytes; a novel in Word has about ten million, the tree ten times those
_MOST_BYTES = 4 * MAX_BYTES  # of all that is unpacked of one archive
_ENCRYPTED = 1  # the flag of an entry

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Archive:
    """A zip archive in memory.

    What is unpacked is counted, so that a small file cannot fill the memory: an entry is read up
    to a limit whatever its header says, and so is all that is read of one archive.

    Args:
        data: What the file holds.
        what: What the file should be, with its article, for messages: `a DOCX file`.

    Raises:
        InputError: If it is no archive, a broken one, or has too many entries.
    """

    def __init__(self, data: bytes, what: str) -> None:
        self._what = what
        self._unpacked = 0
        if data.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in data:
            raise InputError("is protected by a password; save it without one")
        if not data.startswith(b"PK"):
            kind = kind_of(data)
            is_other = f"; it is {kind}" if kind else ""
            raise InputError(f"is not {what}{is_other}" if data else "is empty")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise InputError(f"is not {what}, or is cut off or damaged") from error
        entries = self._zip.infolist()
        if len(entries) > _MOST_ENTRIES:
            raise InputError(f"has {len(entries):,} entries; the limit is {_MOST_ENTRIES:,}")
        self.names: tuple[str, ...] = tuple(each.filename for each in entries if not each.is_dir())
        self._present = frozenset(self.names)

    def __contains__(self, name: str) -> bool:
        return name in self._present

    def read(self, name: str, most: int = MAX_BYTES) -> bytes:
        """Unpacks an entry.

        Args:
            name: The entry.
            most: How many bytes it may have.

        Raises:
            InputError: If it is missing, too large, protected or damaged.
        """
        try:
            entry = self._zip.getinfo(name)
            if entry.flag_bits & _ENCRYPTED:
                raise InputError("is protected by a password; save it without one")
            most = min(most, _MOST_BYTES - self._unpacked)
            with self._zip.open(entry) as stream:
                data = stream.read(most + 1)
        except KeyError:
            raise InputError(f"is not {self._what}: it has no '{name}'") from None
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            OSError,
            RuntimeError,
            ValueError,
        ) as error:
            raise InputError(f"is damaged: '{name}' cannot be unpacked") from error
        self._unpacked += len(data)
        if len(data) > most:
            raise InputError(f"is too large: '{name}' unpacks to more than {most // 2**20} MB")
        return data

    def unpack(self, folder: Path, endings: Collection[str]) -> None:
        """Writes the entries with some endings of names into a folder.

        Raises:
            InputError: If one is named as if it lay elsewhere, or cannot be unpacked.
        """
        for name in self.names:
            if not name.casefold().endswith(tuple(endings)):
                continue
            parts = name.split("/")
            if any(part in ("", ".", "..") or "\\" in part or ":" in part for part in parts):
                raise InputError(f"is refused: its entry {name!r} lies outside of it")
            path = folder.joinpath(*parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.read(name))

    def tree(self, name: str) -> etree._Element:
        """Parses an entry as XML; see `xml_tree`.

        Raises:
            InputError: If it is missing, too large, damaged, or no XML that is read.
        """
        return xml_tree(self.read(name, _LARGEST_XML), name)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part of an Office file refers to.

        Args:
            name: The part; empty for the archive itself.

        Returns:
            For each identifier the last word of the relationship's type (`footnotes`, `slide`)
            and the entry that it points to, of those that point into the archive.
        """
        folder, base = posixpath.split(name)
        listing = posixpath.join(folder, "_rels", f"{base}.rels")
        if listing not in self:
            return {}
        found = {}
        for each in self.tree(listing).iter(_RELATIONSHIPS):
            target = each.get("Target", "")
            if each.get("TargetMode") == "External":
                continue
            entry = (
                target[1:]
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(folder, target))
            )
            if entry in self:
                kind = each.get("Type", "").rpartition("/")[2]
                found[each.get("Id", "")] = kind, entry
        return found

    def part(self, name: str, kind: str) -> str | None:
        """The one entry that a part refers to as something, such as `footnotes`, if any."""
        return next((entry for of, entry in self.related(name).values() if of == kind), None)

    def main_part(self) -> str:
        """The part of an Office file where its content begins.

        Raises:
            InputError: If there is none.
        """
        entry = self.part("", "officeDocument")
        if entry is None:
            raise InputError(f"is not {self._what}: it lacks its main part")
        return entry


def xml_tree(data: bytes, name: str) -> etree._Element:
    """Parses XML; entities are refused, nothing is loaded, the parser's limits stay on.

    Args:
        data: The XML.
        name: What it is called in messages.

    Raises:
        InputError: If it is not well-formed or declares entities.
    """
    from lxml import etree

    try:
        root = etree.fromstring(data, safe_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = str(error).split(", line ")[0]
        raise InputError(f"is damaged: '{name}' is not well-formed XML ({reason})") from error
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise InputError(f"is refused: '{name}' declares entities, which no such file needs")
    return root


def local(element: etree._Element) -> str:
    """An element's name without its namespace; empty for what is no element.

    The namespaces of Office files differ between their editions (transitional, strict), the
    names do not.
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str | None:
    """An attribute by its name without its namespace."""
    if element is not None:
        for key, value in element.items():
            if str(key).rpartition("}")[2] == name:
                return str(value)
    return None


def reference(element: etree._Element) -> str:
    """The identifier of the part that an element refers to (`r:id`), beside any of its own."""
    return next((str(value) for key, value in element.items() if str(key).endswith("}id")), "")


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The element that is reached through children of these names, the first of each, if any."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element
