"""Byte order marks, with which a file may begin to say how its text is encoded.

(The Unicode Standard, section 23.8.)
"""

from __future__ import annotations

import codecs

_MARKS = (  # UTF-32's first: UTF-16's little-endian mark begins it
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def byte_order_mark(start: bytes) -> tuple[bytes, str]:
    r"""The mark that a file begins with and the encoding it says, both empty where there is none.

    Args:
        start: The file, or its first four bytes at least.

    >>> byte_order_mark("\ufeffFog".encode("utf-16-be"))
    (b'\xfe\xff', 'utf-16-be')
    >>> byte_order_mark(b"Fog")
    (b'', '')
    """
    return next((each for each in _MARKS if start.startswith(each[0])), (b"", ""))
