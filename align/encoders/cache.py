"""Vectors kept on disk by what they are of: text, model and version.

One SQLite database in the user's cache folder, safe under several processes at once. A cache that
cannot be opened or written costs time, never a result: every vector carries a checksum, and one
that fails it counts as unknown and is written anew; so is a file that is broken as a whole.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import numpy as np

from align.encoders.base import (
    Advance,
    Encoder,
    FloatArray,
    TaggedSegments,
    encode_documents,
    of_each,
)
from align.encoders.cards import ModelCard
from align.text import join_text

_NAME = "vectors.sqlite"
_LARGEST_BYTES = 2_000_000_000
_MOST_VECTORS_TO_READ = 20_000  # beyond, composing spans anew is as quick as reading them
_KEYS_A_QUERY = 500
_CHECKSUM_BYTES = 4
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def cache_file() -> Path | None:
    """Where vectors are kept: `ALIGN_CACHE`, else the user's cache folder; None if he has none."""
    from platformdirs import user_cache_path

    if folder := os.environ.get("ALIGN_CACHE"):
        return Path(folder) / _NAME
    try:
        usual = user_cache_path("align")
    except RuntimeError:  # a user without a home, as containers have them
        return None
    return usual / _NAME if usual.is_absolute() else None


class VectorStore:
    """A table of vectors by key, in one file.

    Args:
        file: The database; made, with its folder, where it is missing. None keeps nothing.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file

    def read(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The vectors that are known and whole, as bytes of little-endian float32, by key."""
        found: dict[bytes, bytes] = {}
        file = self._file
        if file is None or not os.path.exists(file):  # noqa: PTH110 - no, too, if it may not look
            return found
        with _costing_no_result(file), closing(_connect(file)) as database:
            for start in range(0, len(keys), _KEYS_A_QUERY):
                some = keys[start : start + _KEYS_A_QUERY]
                marks = ",".join("?" * len(some))
                query = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"  # noqa: S608
                for key, row in database.execute(query, some):
                    if _is_whole(row):
                        found[key] = row[:-_CHECKSUM_BYTES]
        return found

    def write(self, vectors: dict[bytes, bytes]) -> None:
        """Adds vectors; where the file grew too large, it starts anew."""
        if (file := self._file) is None:
            return
        with _costing_no_result(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            with closing(_connect(file)) as database, database:
                if _used_bytes(database) > _LARGEST_BYTES:
                    database.execute("DELETE FROM vectors")
                database.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                    ((key, vector + _checksum(vector)) for key, vector in vectors.items()),
                )


@contextmanager
def _costing_no_result(file: Path) -> Iterator[None]:
    """Does without the cache where that fails; a file that is broken makes place for another.

    Who has it open meanwhile reads and writes on in what has no name any more.
    """
    try:
        yield
    except OSError:
        pass
    except sqlite3.Error as error:
        # The extended codes have the plain one in their last byte.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _BROKEN:
            for end in ("", "-wal", "-shm"):
                with suppress(OSError):
                    file.with_name(file.name + end).unlink()


def _connect(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=30)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = OFF")
        database.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID"
        )
    except sqlite3.Error:
        database.close()
        raise
    return database


def _checksum(vector: bytes) -> bytes:
    return zlib.crc32(vector).to_bytes(_CHECKSUM_BYTES, "little")


def _is_whole(row: object) -> bool:
    """Whether what a row holds is a vector as it was written."""
    if not isinstance(row, bytes):
        return False
    return _checksum(row[:-_CHECKSUM_BYTES]) == row[-_CHECKSUM_BYTES:]


def _used_bytes(database: sqlite3.Connection) -> int:
    def ask(name: str) -> int:
        return int(database.execute(f"PRAGMA {name}").fetchone()[0])

    return (ask("page_count") - ask("freelist_count")) * ask("page_size")


class CachedEncoder:
    """An encoder that looks a text up before encoding it.

    Args:
        encoder: The encoder that does the work.
        store: Where vectors are kept; by default in the user's cache folder.
    """

    def __init__(self, encoder: Encoder, store: VectorStore | None = None) -> None:
        self._encoder = encoder
        self._store = store or VectorStore(cache_file())
        self.card: ModelCard = encoder.card
        self.fingerprint = encoder.fingerprint
        self.composes_spans = encoder.composes_spans

    def encode(self, texts: Sequence[str], *, language: str | None = None) -> FloatArray:
        """Encodes texts, those not seen before only; see `Encoder.encode`."""
        keys = [self._key(text, language) for text in texts]
        known = self._store.read(keys)
        missing: dict[bytes, str] = {
            key: text for key, text in zip(keys, texts, strict=True) if key not in known
        }
        if missing:
            encoded = self._encoder.encode(list(missing.values()), language=language)
            fresh = {key: vector.tobytes() for key, vector in zip(missing, encoded, strict=True)}
            self._store.write(fresh)
            known.update(fresh)
        # One copy, that of the joined bytes, which is writable as vectors are.
        joined = bytearray().join(map(known.__getitem__, keys))
        return np.frombuffer(joined, dtype="<f4").reshape(len(texts), self.card.dimension)

    def encode_spans(
        self,
        segments: Sequence[str],
        *,
        longest: int,
        language: str,
        advance: Advance | None = None,
    ) -> FloatArray:
        """Encodes spans, none where all were seen before; see `Encoder.encode_spans`."""
        if self.composes_spans:
            (vectors,) = self.encode_documents([(segments, language)], longest=longest)
            if advance:
                advance(len(segments))
            return vectors
        texts, places = _spans(segments, language, longest)
        vectors = np.zeros((longest, len(segments), self.card.dimension), dtype=np.float32)
        for start in range(0, len(places), _KEYS_A_QUERY):
            some = slice(start, start + _KEYS_A_QUERY)
            lengths, firsts = np.array(places[some]).T
            vectors[lengths, firsts] = self.encode(texts[some], language=language)
            if advance:
                advance(int((lengths == 0).sum()))
        return vectors

    def encode_documents(
        self, documents: Sequence[TaggedSegments], *, longest: int | Sequence[int]
    ) -> list[FloatArray]:
        """Encodes those documents of which a span is new, at once; see `encode_documents`.

        An encoder that composes spans takes one pass over a document, or none.
        """
        spans = of_each(longest, documents)
        if not self.composes_spans:
            return [
                self.encode_spans(segments, longest=most, language=language)
                for (segments, language), most in zip(documents, spans, strict=True)
            ]
        keys = [
            self._keys(segments, language, most)
            for (segments, language), most in zip(documents, spans, strict=True)
        ]
        known = self._store.read([key for of_one in keys for key, _ in of_one])
        results: dict[int, FloatArray] = {}
        for index, (of_one, (segments, _)) in enumerate(zip(keys, documents, strict=True)):
            if all(key in known for key, _ in of_one) and (of_one or not segments):
                results[index] = self._laid_out(known, of_one, spans[index], len(segments))
        new = [index for index in range(len(documents)) if index not in results]
        if new:
            some = [documents[index] for index in new]
            wanted = [spans[index] for index in new]
            results.update(
                zip(new, encode_documents(self._encoder, some, longest=wanted), strict=True)
            )
            fresh = {
                key: results[index][place].tobytes() for index in new for key, place in keys[index]
            }
            self._store.write(fresh)
            for index in new:
                if keys[index]:
                    size = len(documents[index][0])
                    results[index] = self._laid_out(fresh, keys[index], spans[index], size)
        return [results[index] for index in range(len(documents))]

    def _laid_out(
        self,
        known: Mapping[bytes, bytes],
        places: Sequence[tuple[bytes, tuple[int, int]]],
        longest: int,
        size: int,
    ) -> FloatArray:
        """The vectors of a document, laid out alike whether they were kept or are new.

        Sums of the same numbers that are laid out otherwise differ.
        """
        vectors = np.zeros((longest, size, self.card.dimension), dtype=np.float32)
        for key, place in places:
            vectors[place] = np.frombuffer(known[key], dtype="<f4")
        return vectors

    def _keys(
        self, segments: Sequence[str], language: str, longest: int
    ) -> list[tuple[bytes, tuple[int, int]]]:
        """Key and place of all spans; none where encoding is quicker than reading."""
        if len(segments) * longest > _MOST_VECTORS_TO_READ:
            return []
        texts, places = _spans(segments, language, longest)
        return [
            (self._key(text, language), place) for text, place in zip(texts, places, strict=True)
        ]

    def _key(self, text: str, language: str | None) -> bytes:
        depends = self.card.kind == "translation" or language in self.card.conversions
        converted = language if depends and language else ""
        name = f"{self.fingerprint}\0{converted}\0{text}"
        return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _spans(
    segments: Sequence[str], language: str, longest: int
) -> tuple[list[str], list[tuple[int, int]]]:
    """The texts of all spans, and where in an encoder's array each has its vector."""
    count = len(segments)
    joined = join_text(segments, language)
    places = [
        (length - 1, first)
        for first in range(count)
        for length in range(1, min(longest, count - first) + 1)
    ]
    return [joined.span(first, first + length + 1) for length, first in places], places
