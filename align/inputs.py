"""What can be checked, made an aligned article: texts, documents, folders, files of pairs."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from align.address import must_be_no_address
from align.article import AlignedArticle
from align.documents import Document, decode, read_corpus, read_document
from align.documents.decoding import MAX_BYTES
from align.documents.html import declared_encoding
from align.documents.registry import READERS
from align.errors import InputError
from align.formats.files import open_for_reading
from align.formats.registry import PAIR_READERS, PairFile
from align.formats.states import in_states
from align.languages import nearest_tags, normalise_tag
from align.paired import article_of_pairs, article_of_units
from align.pipeline import MOST_SEGMENTS, Text, build, pair
from align.review.beside import with_review
from align.segmentation import read_document_of_lines
from align.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.progress import StartProgress
    from align.settings import Settings
    from align.units import TranslationUnit


def article_of(
    source: AlignedArticle | Text,
    translation: Text | None,
    *,
    source_language: str | None,
    languages: Sequence[str],
    settings: Settings,
    progress: StartProgress | None,
    states: Sequence[str] = (),
    skipped: Skipped | None = None,
) -> AlignedArticle:
    """The article to check, aligned where it is not yet; see `align.check` for what it can be.

    Args:
        source: As there, like what follows.
        translation: As there.
        source_language: As there.
        languages: As there.
        settings: As there.
        progress: As there.
        states: As there.
        skipped: Is told what of a file of pairs is passed over.

    Raises:
        InputError: If it cannot be used, or lacks one of the languages.
    """
    if isinstance(source, AlignedArticle):
        if translation is not None:
            raise InputError("an aligned article holds its translations; give no other")
        return _of_pivot(source, source_language, None)
    if translation is not None:
        return _pair(
            source,
            translation,
            source_language=source_language,
            languages=languages,
            settings=settings,
            progress=progress,
        )
    if isinstance(source, Document):
        raise InputError("a document alone has no translation to check; give that too")
    path = Path(source)
    reader = PAIR_READERS.of_file(path)
    if reader is not None:
        data = _whole(path) if reader.shows_places else None
        file = PairFile(
            path, source_language, languages[0] if languages else None, data, skipped or Skipped()
        )
        return article_of_pairs(
            in_states(reader.read(file), states),
            path=path,
            written=None if data is None else _decoded(data, path),
            source_language=source_language,
            languages=languages,
            skipped=file.skipped,
        )
    if path.suffix.lower() == ".json":
        from align.formats.alignment_json import read_alignment

        article = with_review(read_alignment(path), path.parent)
        return _of_pivot(_with_places(article), source_language, path)
    if path.is_file():
        kinds = ", ".join((*PAIR_READERS.endings, ".alignment.json"))
        raise InputError(
            f"is one text; give its translation too, or a folder, or a file of pairs ({kinds})",
            path=path,
        )
    return _folder(path, source_language, languages, settings, progress)


def _whole(path: Path) -> bytes | None:
    """What a file holds; None where it is too large to be held at once."""
    with open_for_reading(path) as stream:
        data = stream.read(MAX_BYTES + 1)
    return data if len(data) <= MAX_BYTES else None


def _decoded(data: bytes, path: Path) -> str | None:
    try:
        return decode(data, path=path, declared=declared_encoding(data))
    except InputError:  # the parser of XML knows more encodings
        return None


def _with_places(article: AlignedArticle) -> AlignedArticle:
    """An article whose editions are looked up in their files, where those still say the same."""
    editions = {}
    for language, edition in article.editions.items():
        again = _read_again(Path(edition.file), edition.document) if edition.file else None
        editions[language] = replace(edition, document=again) if again else edition
    return replace(article, editions=editions)


def _read_again(path: Path, document: Document) -> Document | None:
    """A document as its file has it, places and all; None where the file is gone or another."""
    for as_lines in (False, True):
        try:
            if as_lines:
                again, _ = read_document_of_lines(path)
            else:
                again = read_document(path, any_kind=True)
        except InputError:
            continue
        if again.text == document.text:
            return again
    return None


def _of_pivot(article: AlignedArticle, wanted: str | None, path: Path | None) -> AlignedArticle:
    if wanted and not nearest_tags(wanted, [article.pivot]):
        raise InputError(f"is aligned to {article.pivot!r}, not to {wanted!r}", path=path)
    return article


def _folder(
    folder: Path,
    pivot: str | None,
    languages: Sequence[str],
    settings: Settings,
    progress: StartProgress | None,
) -> AlignedArticle:
    pivot = normalise_tag(pivot) if pivot else None
    # Known before minutes of alignment.
    there = [edition.language for edition in read_corpus(folder, pivot=pivot).editions]
    for wanted in languages:
        _translation_in(wanted, there[1:], folder)
    article = build(folder, pivot=pivot, settings=settings, progress=progress)
    article = with_review(article, folder)
    editions = {
        language: replace(edition, file=(folder / edition.file).as_posix())
        if edition.file
        else edition
        for language, edition in article.editions.items()
    }
    return replace(article, editions=editions)


def translations_in(article: AlignedArticle, wanted: Sequence[str]) -> list[str]:
    """The article's translations in the languages wanted, whatever their region.

    Raises:
        InputError: If there is none in one of them.
    """
    return [_translation_in(tag, tuple(article.alignments), None) for tag in wanted]


def _translation_in(wanted: str, there: Sequence[str], path: Path | None) -> str:
    alike = nearest_tags(wanted, there)
    if not alike:
        others = f"; there are {', '.join(there)}" if there else ""
        raise InputError(f"has no translation in {wanted!r}{others}", path=path)
    return alike[0]


def _pair(
    source: Text,
    translation: Text,
    *,
    source_language: str | None,
    languages: Sequence[str],
    settings: Settings,
    progress: StartProgress | None,
) -> AlignedArticle:
    if len(languages) > 1:
        raise InputError(f"one translation has one language, not {', '.join(languages)}")
    for text in (source, translation):
        if not isinstance(text, Path) or READERS.of_ending(text.suffix):
            continue
        if text.suffix.lower() in (*PAIR_READERS.endings, ".json"):
            raise InputError("holds texts with their translations; give it alone", path=text)
    return pair(
        source,
        translation,
        source_language=source_language,
        target_language=languages[0] if languages else None,
        settings=settings,
        progress=progress,
        name=translation.stem if isinstance(translation, Path) else "pair",
    )


def article_of_files(
    paths: Sequence[Path],
    *,
    pivot: str | None,
    settings: Settings,
    progress: StartProgress | None = None,
    states: Sequence[str] = (),
    skipped: dict[Path, Skipped] | None = None,
) -> AlignedArticle:
    """Folders, alignment files and memories put together: one article in all their languages.

    Args:
        paths: Folders of editions, which are aligned first, `.alignment.json` files, and files of
            pairs (TMX and the like).
        pivot: The language that all else translates; that of the first file where not given.
        settings: Encoder and the like, as for `align.build`.
        progress: Told what goes on, for a progress bar.
        states: Of files of pairs, the states of the units to take; all where none is named.
        skipped: Is told what is passed over in each file of pairs.

    Returns:
        The article. A folder or alignment file alone is itself; else each unit is a segment and a
        bead, and `parts` says which segments are of which file.

    Raises:
        InputError: If a file cannot be used.
    """
    from align.formats.alignment_json import read_alignment

    units: list[TranslationUnit] = []
    parts: list[tuple[str, int]] = []
    pivot = normalise_tag(pivot) if pivot else None
    for path in paths:
        reader = PAIR_READERS.of_file(path)
        if path.is_dir():
            article = build(path, pivot=pivot, settings=settings, progress=progress)
            article = with_review(article, path)
        elif not path.exists():
            must_be_no_address(path)
            raise InputError("there is no such file or folder", path=path)
        elif path.suffix.lower() == ".json":
            article = with_review(read_alignment(path), path.parent)
            if len(paths) == 1:
                return _of_pivot(article, pivot, path)
        elif reader is None:
            kinds = ", ".join((".alignment.json", *PAIR_READERS.endings))
            raise InputError(
                f"is one text; give a folder of editions, or a file of pairs ({kinds})", path=path
            )
        else:
            parts.append((path.name, len(units)))
            # A generator is read to its end here: what it holds is counted by unit.
            file = PairFile(path, pivot)
            if skipped is not None:
                skipped[path] = file.skipped
            some = list(islice(in_states(reader.read(file), states), MOST_SEGMENTS + 1))
            pivot = pivot or next((unit.variants[0].language for unit in some), None)
            units += [unit for unit in some if pivot and unit.in_language(pivot)]
            continue
        if len(paths) == 1:
            return article
        pivot = pivot or article.pivot
        parts.append((path.name, len(units)))
        units += [unit for unit in _of_pivot(article, pivot, path).units if unit.variant(pivot)]
    if len(units) > MOST_SEGMENTS:
        raise InputError(f"more than {MOST_SEGMENTS:,} segments, the limit; give fewer files")
    if pivot is None or not any(len(unit.variants) > 1 for unit in units):
        raise InputError("holds no translations", path=paths[-1])
    name = paths[0].stem if len(paths) == 1 else f"{paths[0].stem} and {len(paths) - 1} more"
    return article_of_units(units, pivot, name=name, parts=parts)
