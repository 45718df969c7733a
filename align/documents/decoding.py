"""Bytes in, text out: byte order marks, UTF-8, declared and guessed encodings."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

from align.address import must_be_no_address
from align.byte_order_marks import byte_order_mark
from align.documents.legacy import legacy_encoding
from align.documents.registry import kinds_read
from align.errors import InputError
from align.languages.detection import language_likelihood
from align.regular_files import must_be_regular

MAX_BYTES = 64 * 2**20
"""Size of the largest file that is read; a novel has about one megabyte."""

_NOT_TEXT = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (a Word or OpenDocument file is one)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
)

# What pages call an encoding and what browsers take it for (WHATWG Encoding Standard).
_AS_BROWSERS_DO = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
}

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SYMBOL_IN_WORD = re.compile(r"(?<=[^\W\d_])[^\w\s.,;:!?'’\"()/&@-](?=[^\W\d_])")


def read_file(path: Path) -> bytes:
    """Reads a file whole.

    Raises:
        InputError: If it is missing, no regular file, too large, or may not be read.
    """
    must_be_regular(path)
    try:
        if path.is_dir():
            raise InputError("is a folder; name a file in it", path=path)
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = MAX_BYTES // 2**20
            raise InputError(f"has {size // 2**20} MB; the limit is {limit} MB", path=path)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        must_be_no_address(path)
        raise InputError("there is no such file", path=path) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=path) from error
    if len(data) > MAX_BYTES:  # it grew
        raise InputError(f"has more than {MAX_BYTES // 2**20} MB, the limit", path=path)
    return data


def kind_of(data: bytes) -> str | None:
    """What a file is by how it begins, with its article, where that is known and no text.

    >>> kind_of(b"%PDF-1.7")
    'a PDF'
    """
    return next((kind for start, kind in _NOT_TEXT if data.startswith(start)), None)


def decode(data: bytes, *, path: str | Path, declared: str | None = None) -> str:
    r"""Decodes a text file.

    A byte order mark is believed first, then strict UTF-8, then the declared encoding, then what
    the characters of the result make likely, and for Latin texts charset-normalizer.

    Args:
        data: What the file holds.
        path: The file, for messages.
        declared: The encoding that the file declares for itself (HTML's `charset`), if any.

    Raises:
        InputError: If it is not a text, or the encoding cannot be told.

    >>> decode("橋は古い。".encode("utf-16"), path="ja.txt")
    '橋は古い。'
    """
    kind = kind_of(data)
    if kind is not None:
        raise InputError(f"is {kind}, not a text; {kinds_read()} are read", path=path)
    mark, encoding = byte_order_mark(data)
    if mark:
        try:
            return _whole_units(data[len(mark) :], encoding).decode(encoding)
        except UnicodeDecodeError as error:
            message = f"is not the {encoding.upper()} it says it is; save it as UTF-8"
            raise InputError(message, path=path) from error
    if b"\0" in data:
        return _decode_wide(data, path)
    if b"\x1b$" not in data:  # the escape of ISO-2022-JP, which is valid UTF-8 too
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            _must_not_be_broken_utf8(data, error, path)
    return _decode_declared(data, declared, path)


def is_encoding(name: str) -> bool:
    """Whether there is an encoding of text of that name.

    >>> [is_encoding(name) for name in ("Shift_JIS", "utf-32", "base64", "latin-99")]
    [True, True, False, False]
    """
    try:
        b"text".decode(name)  # nothing at all would be decoded without looking for the encoding
    except UnicodeDecodeError:
        return True
    except (LookupError, ValueError):
        return False
    return True


def in_utf8(data: bytes, encoding: str) -> bytes:
    """A text in UTF-8 that is in the encoding that somebody else says it is, a server perhaps.

    Returns:
        The data as they are where they have a mark, are UTF-8 already, or cannot be what is said.

    >>> in_utf8("мост".encode("koi8-r"), "KOI8-R").decode()
    'мост'
    """
    if byte_order_mark(data)[0]:
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if b"\x1b$" not in data:
            return data
    try:
        return _decoded_as_browsers_do(data, encoding).encode("utf-8")
    except (LookupError, UnicodeError):
        return data


def _decoded_as_browsers_do(data: bytes, encoding: str) -> str:
    name = codecs.lookup(encoding).name
    return data.decode(_AS_BROWSERS_DO.get(name, name))


def _whole_units(data: bytes, encoding: str) -> bytes:
    """UTF-16 without a byte too many at its end: half a character, or a newline put there alone."""
    is_odd = encoding.startswith("utf-16") and len(data) % 2 == 1
    return data[:-1] if is_odd and len(data) > 1 else data


def _decode_wide(data: bytes, path: str | Path) -> str:
    """UTF-16 or UTF-32 without a mark; whatever else has NUL bytes is no text."""
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        try:
            text = _whole_units(data, encoding).decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_plausible(text):
            return text
    raise InputError(f"is not a text file; {kinds_read()} are read", path=path)


def _is_plausible(text: str) -> bool:
    """Whether wide characters are a text: in the wrong byte order a space would be U+2000."""
    has_space = any(space in text for space in " \n\u3000") or text.isascii()
    has_strange = re.search("[\u0a00\u0d00\u2000\u2e00]", text) or any(
        unicodedata.category(character) in ("Cn", "Co") for character in text[:10_000]
    )
    return has_space and not has_strange and not _CONTROL.search(text)


def _must_not_be_broken_utf8(data: bytes, error: UnicodeDecodeError, path: str | Path) -> None:
    """A slip in a UTF-8 file must not turn the whole of it into another encoding's letters."""
    text = data.decode("utf-8", errors="ignore")
    right = sum(not character.isascii() for character in text)
    wrong = data.decode("utf-8", errors="replace").count("\ufffd")
    if right > 20 * wrong:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("is UTF-8 with a broken character here; mend it", path=path, line=line)


def _decode_declared(data: bytes, declared: str | None, path: str | Path) -> str:
    if declared:
        try:
            return _decoded_as_browsers_do(data, declared)
        except (LookupError, UnicodeError):
            pass  # pages lie about their encodings: look at the bytes instead
    return _guess(data, path)


def _guess(data: bytes, path: str | Path) -> str:
    from charset_normalizer import from_bytes

    legacy = legacy_encoding(data)
    if legacy is not None:
        text = data.decode(legacy)
        if not _CONTROL.search(text):
            return text
    texts = [str(match) for match in from_bytes(data)]
    if not texts or _CONTROL.search(texts[0]):
        raise InputError("cannot tell the encoding of the text; save it as UTF-8", path=path)
    return max([*_western(data), *texts], key=_likelihood)


def _western(data: bytes) -> list[str]:
    """The text in Windows-1252, the commonest of all and left out of guesses at short ones."""
    try:
        return [data.decode("cp1252")]
    except UnicodeDecodeError:
        return []


def _likelihood(text: str) -> tuple[int, float]:
    """How well a guess makes words: few symbols inside them, and letters that a language uses.

    charset-normalizer orders its guesses by how clean they look; among the Latin encodings that
    takes Turkish and Polish for one another, where the words that have such letters do not.
    """
    telling = " ".join(word for word in text[:20_000].split() if not word.isascii())[:150]
    symbols = len(_SYMBOL_IN_WORD.findall(text))
    return -symbols, round(language_likelihood(telling), 2)
