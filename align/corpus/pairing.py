"""Makes a manifest of two collections of texts: which documents translate one another."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from align.corpus.document_pairs import DocumentVectors, document_vectors, match_documents
from align.corpus.folders import files_by_language, folder_of
from align.corpus.parts import as_json, write_whole
from align.corpus.plan import DOCUMENTS, begun_in
from align.encoders import warm_encoder
from align.encoders.base import Encoder
from align.errors import InputError
from align.languages import normalise_tag, same_language
from align.pipeline import segment
from align.progress import Advance, StartProgress
from align.settings import Settings


@dataclass(frozen=True, slots=True)
class Paired:
    """What came of pairing documents.

    Attributes:
        manifest: The manifest of the pairs.
        pairs: How many there are.
        alone: Documents without a counterpart, by language; of the pivot those that have none in
            any language.
        failed: Texts that could not be read, and why.
        passed_over: Files whose paths name no language.
    """

    manifest: Path
    pairs: int
    alone: dict[str, int]
    failed: tuple[str, ...]
    passed_over: tuple[str, ...] = ()


def pair_documents(
    place: Path | str,
    output: Path | str,
    *,
    pivot: str = "en",
    settings: Settings | None = None,
    progress: StartProgress | None = None,
) -> Paired:
    """Finds which documents below a folder translate one another, and makes a manifest of them.

    Names say only in which language a document is: by a folder `fr/`, by `.fr.` in the name, or as
    a pattern with `{lang}` has it. Each document of the pivot is in one pair with each language at
    most. Rows have `pairing`, the probability that the two correspond. Where the manifest is there
    already it is left as it is.

    Args:
        place: The folder, or a pattern.
        output: Folder of the corpus; the manifest is `documents.jsonl` in it.
        pivot: Language whose documents the others are compared with.
        settings: The encoder, and segmentation rules.
        progress: Told how many documents have been read.

    Raises:
        InputError: If there are no two languages, or none of them is the pivot, or the output
            holds other files.
        OutputError: If the manifest cannot be written.
    """
    settings, output = settings or Settings(), Path(output)
    manifest = output / DOCUMENTS
    begun_in(output)  # before hours of pairing
    if manifest.is_file():
        _must_be_of(manifest, Path(place))
        count = manifest.read_bytes().count(b"\n")
        return Paired(manifest, count, {}, ())
    folder, files, passed_over = files_by_language(Path(place), but=output)
    pivot = normalise_tag(pivot)
    source = next((tag for tag in files if same_language(tag, pivot)), None)
    if source is None or len(files) < 2:
        there = ", ".join(files) or "none"
        raise InputError(
            f"has documents in {there}; to pair them takes '{pivot}' (--pivot) and another",
            path=folder,
        )
    encoder = settings.encoder
    if isinstance(encoder, str):
        encoder = warm_encoder(encoder, cached=False, device=settings.device)
    advance = progress("reading", sum(map(len, files.values()))) if progress else None
    reader = _Reader(folder, encoder, settings, advance)
    names, vectors = reader.read(files.pop(source), source)
    rows: list[bytes] = []
    alone = {source: {*range(len(names))}}
    for language, paths in files.items():
        target_names, of_target = reader.read(paths, language)
        matches = match_documents(vectors, of_target)
        alone[source] -= {match.source for match in matches}
        alone[language] = {*range(len(target_names))} - {match.target for match in matches}
        for match in matches:
            one, other = names[match.source], target_names[match.target]
            paths_of = (os.path.relpath(folder / name, output) for name in (one, other))
            source_path, target_path = (Path(path).as_posix() for path in paths_of)
            row = {
                "id": one,
                "source_path": source_path,
                "target_path": target_path,
                "source_language": source,
                "target_language": language,
                "pairing": match.confidence,
            }
            rows.append(as_json(row))
    write_whole(output, DOCUMENTS, b"".join(rows))
    counts = {language: len(documents) for language, documents in alone.items()}
    return Paired(manifest, len(rows), counts, tuple(reader.failed), passed_over)


def _must_be_of(manifest: Path, place: Path) -> None:
    """Refuses to go on with pairs that an earlier run found in another folder."""
    folder = folder_of(place)
    with manifest.open("rb") as stream:
        line = stream.readline()
    try:
        first = manifest.parent / json.loads(line)["source_path"] if line else None
    except (ValueError, TypeError, KeyError) as error:
        raise InputError("is not what pairing wrote; remove it, or choose another -o",
                         path=manifest) from error  # fmt: skip
    if first is not None and not any(
        Path(whole(first)).is_relative_to(whole(folder))
        for whole in (os.path.abspath, os.path.realpath)
    ):
        raise InputError("pairs documents of another folder; remove it, or choose another -o",
                         path=manifest)  # fmt: skip


class _Reader:
    """Reads and encodes documents; what cannot be read is left out and remembered."""

    def __init__(
        self, folder: Path, encoder: Encoder, settings: Settings, advance: Advance | None
    ) -> None:
        self._folder = folder
        self._encoder = encoder
        self._settings = settings
        self._advance = advance
        self.failed: list[str] = []

    def read(self, paths: Sequence[str], language: str) -> tuple[list[str], DocumentVectors]:
        names, documents = [], []
        for path in paths:
            try:
                edition = segment(self._folder / path, language, srx=self._settings.srx)
            except InputError as error:
                self.failed.append(str(error))
            else:
                names.append(path)
                documents.append([piece.text for piece in edition.segments])
            if self._advance:
                self._advance(1)
        return names, document_vectors(documents, self._encoder, language=language)
