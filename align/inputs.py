"""What can be checked, made an aligned article: texts, documents, folders, files of pairs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from align.address import must_be_no_address
from align.article import AlignedArticle
from align.beads import Alignment, Bead
from align.documents import Block, Document, clean, decode, read_corpus, read_document
from align.documents.decoding import MAX_BYTES
from align.documents.html import declared_encoding
from align.documents.locating import located
from align.edition import Edition
from align.errors import InputError
from align.formats.files import open_for_reading
from align.formats.registry import PAIR_READERS
from align.languages import nearest_tags, normalise_tag, same_language
from align.pipeline import LONGEST_SEGMENT, MOST_SEGMENTS, Text, build, pair
from align.review.beside import with_review
from align.segmentation import Segment, read_document_of_lines
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from align.progress import StartProgress
    from align.settings import Settings
    from align.units import TranslationUnit, Variant


def article_of(
    source: AlignedArticle | Text,
    translation: Text | None,
    *,
    source_language: str | None,
    languages: Sequence[str],
    settings: Settings,
    progress: StartProgress | None,
) -> AlignedArticle:
    """The article to check, aligned where it is not yet; see `align.check` for what it can be.

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
        data = _whole(path)
        return article_of_pairs(
            reader.read(path, languages[0] if languages else None, data),
            path=path,
            written=None if data is None else _decoded(data, path),
            source_language=source_language,
            languages=languages,
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
        if isinstance(text, Path) and text.suffix.lower() in (*PAIR_READERS.endings, ".json"):
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


def article_of_pairs(
    units: Iterable[TranslationUnit],
    *,
    path: Path | str | None = None,
    written: str | None = None,
    source_language: str | None = None,
    languages: Sequence[str] = (),
) -> AlignedArticle:
    """An article of texts that are aligned already: a segment and a bead for each unit.

    Args:
        units: The units as a file has them, their source variant first. One that has only that is
            a segment without a translation.
        path: The file they come from, for messages and for the lines of findings.
        written: What that file says, for the columns of findings.
        source_language: The source; that of the first unit where not given.
        languages: The one language to take, where units have several translations.

    Raises:
        InputError: If there is no pair, more than `MOST_SEGMENTS`, a text too long for a segment,
            or several languages of which none was chosen.
    """
    pairs = _pairs(units, path, source_language, languages)
    if pairs.target_language is None:
        raise InputError("holds no pairs of a source and a translation", path=path)
    sources = [source for source, _ in pairs.texts]
    targets = {pairs.target_language: [target for _, target in pairs.texts]}
    return _article_of_rows(
        "pairs" if path is None else Path(path).stem,
        pairs.source_language,
        sources,
        targets,
        file=None if path is None else Path(path).as_posix(),
        written=written,
    )


def article_of_files(
    paths: Sequence[Path],
    *,
    pivot: str | None,
    settings: Settings,
    progress: StartProgress | None = None,
) -> AlignedArticle:
    """Folders, alignment files and memories put together: one article in all their languages.

    Args:
        paths: Folders of editions, which are aligned first, `.alignment.json` files, and files of
            pairs (TMX and the like).
        pivot: The language that all else translates; that of the first file where not given.
        settings: Encoder and the like, as for `align.build`.
        progress: Told what goes on, for a progress bar.

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
            some = list(islice(reader.read(path, None, None), MOST_SEGMENTS + 1))
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
    return _of_units(units, pivot, paths, parts)


def _of_units(
    units: Sequence[TranslationUnit],
    pivot: str,
    paths: Sequence[Path],
    parts: Sequence[tuple[str, int]],
) -> AlignedArticle:
    languages = dict.fromkeys(
        variant.language
        for unit in units
        for variant in unit.variants
        if not same_language(variant.language, pivot)
    )
    return _article_of_rows(
        paths[0].stem if len(paths) == 1 else f"{paths[0].stem} and {len(paths) - 1} more",
        pivot,
        [unit.in_language(pivot)[0] for unit in units],
        {language: [unit.variant(language) for unit in units] for language in languages},
        parts=parts,
    )


def _article_of_rows(
    name: str,
    pivot: str,
    sources: Sequence[Variant],
    translations: Mapping[str, Sequence[Variant | None]],
    *,
    file: str | None = None,
    written: str | None = None,
    parts: Sequence[tuple[str, int]] = (),
) -> AlignedArticle:
    """An article of texts that stand beside one another: a segment and a bead for each row."""
    editions = {pivot: _edition(pivot, sources, file)}
    alignments = {}
    for language, variants in translations.items():
        editions[language] = _edition(language, variants, file, written)
        beads, place = [], 0
        for index, variant in enumerate(variants):
            stop = place + (variant is not None)
            beads.append(Bead(Span(index, index + 1), Span(place, stop)))
            place = stop
        alignments[language] = Alignment(tuple(beads), len(beads), place)
    return AlignedArticle(
        name=name,
        title=name,
        licence=None,
        pivot=pivot,
        editions=editions,
        alignments=alignments,
        units=(),
        min_confidence=0.0,
        signature="",
        parts=tuple(parts),
    )


@dataclass(slots=True)
class _Pairs:
    source_language: str
    target_language: str | None
    texts: list[tuple[Variant, Variant | None]]


def _pairs(
    units: Iterable[TranslationUnit],
    path: Path | str | None,
    source_language: str | None,
    languages: Sequence[str],
) -> _Pairs:
    if len(languages) > 1:
        raise InputError("the pairs of one language are checked at a time; name one", path=path)
    wanted = languages[0] if languages else None
    pairs = _Pairs(source_language or "", wanted, [])
    others: dict[str, None] = {}
    found = False
    for unit in units:
        if not pairs.source_language:
            pairs.source_language = unit.variants[0].language
        source = next(iter(unit.in_language(pairs.source_language)), None)
        if source is None:
            continue
        rest = [variant for variant in unit.variants if variant is not source]
        if wanted is None:
            for variant in rest:
                if not nearest_tags(variant.language, others):
                    others[variant.language] = None
            wanted_now = next(iter(others), None)
        else:
            wanted_now = wanted
        targets = unit.in_language(wanted_now, but=source) if wanted_now else ()
        target = next(iter(targets), None)
        if len(others) > 1 or (rest and target is None):
            continue
        found = found or target is not None
        _must_be_usable(source, path)
        if target is not None:
            _must_be_usable(target, path)
        pairs.texts.append((source, target))
        if len(pairs.texts) > MOST_SEGMENTS:
            raise InputError(
                f"has more than {MOST_SEGMENTS:,} pairs, the limit; check it in parts", path=path
            )
    if len(others) > 1:
        raise InputError(
            f"holds translations in {', '.join(others)}; choose one (-t of the command)", path=path
        )
    pairs.target_language = wanted or next(iter(others), None)
    if not found and pairs.target_language is not None:
        what = f"{pairs.source_language!r} to {pairs.target_language!r}"
        raise InputError(f"holds no pairs from {what}", path=path)
    return pairs


def _must_be_usable(variant: Variant, path: Path | str | None) -> None:
    if len(variant.text) > LONGEST_SEGMENT:
        raise InputError(
            f"a segment has {len(variant.text):,} characters, the limit is {LONGEST_SEGMENT:,}",
            path=path,
            line=variant.line,
        )


def _edition(
    language: str, variants: Iterable[Variant | None], file: str | None, written: str | None = None
) -> Edition:
    texts: list[str] = []
    blocks: list[Block] = []
    segments: list[Segment] = []
    start = 0
    for variant in variants:
        if variant is None:
            continue
        text = clean(variant.text).strip()
        stop = start + len(text)
        segments.append(Segment(text, start, stop, len(blocks)))
        blocks.append(Block("paragraph", start, stop, variant.line))
        texts.append(text)
        start = stop + 2
    document = Document("\n\n".join(texts), tuple(blocks))
    if written is not None:
        document = located(document, written, "markup")
    return Edition(language, document, tuple(segments), file)
