"""Identifiers of entries in XML, which must be names there: no digit first, no spaces."""

from __future__ import annotations

import re

# An NCName but for its rarer letters, which are written as codes too.
_UNFIT = re.compile(r"[^\w.·-]|^[\d.·-]|_(?=x)", re.ASCII)
_CODE = re.compile(r"_x([0-9A-F]{4,6})_")


def xml_identifier(identifier: str) -> str:
    """An identifier as an XML name; what is unfit becomes its code, as ISO 9075-14 has it.

    >>> xml_identifier("c1"), xml_identifier("1 b")
    ('c1', '_x0031__x0020_b')
    """
    return _UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", identifier)


def identifier_of(xml_name: str) -> str:
    """The identifier that was written as an XML name.

    >>> identifier_of("_x0031__x0020_b")
    '1 b'
    """
    return _CODE.sub(_character, xml_name)


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return chr(code) if code <= 0x10FFFF else found[0]
