"""Composes the stages: documents, segments, vectors, beads, translation units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from align.article import AlignedArticle
from align.documents import Corpus, Document, read_corpus, read_document
from align.documents.corpus import language_of_name
from align.documents.text import parse_text
from align.edition import Edition
from align.edition_aligner import EditionAligner
from align.errors import InputError
from align.languages import detect_language, language_name, normalise_tag
from align.progress import Advance, StartProgress
from align.segmentation import Segment, Segmenter, document_of_lines, read_document_of_lines
from align.settings import Settings
from align.units import join_units, pair_units

Text = str | Path | Document
"""A text as it is, a file that holds it, or a document that was read."""

_NO_TEXT = "holds no text to align"

SEGMENTED = "segments:lines"
"""What a signature says of texts that have a segment a line, instead of the rules."""

LONGEST_SEGMENT = 100_000
"""Characters of the longest segment that is aligned: a text that was never cut is no sentence."""

MOST_SEGMENTS = 100_000
"""Segments of the longest text that is aligned, ten novels; their vectors take a gigabyte."""


def build(
    folder: Path | str,
    *,
    pivot: str | None = None,
    settings: Settings | None = None,
    progress: StartProgress | None = None,
) -> AlignedArticle:
    """Aligns every edition in a folder with the pivot and joins them into translation units.

    Args:
        folder: The editions, one file a language; may hold a `corpus.toml`.
        pivot: Language all others are aligned to; by default what `corpus.toml` says, or `en`.
        settings: Encoder, segmentation rules and the like.
        progress: Told what goes on, for a progress bar.

    Returns:
        The aligned article; `align.write_build` writes its memories and its report.

    Raises:
        InputError: If the folder, an edition or a setting cannot be used.

    Example:
        >>> from align.resources import data_folder
        >>> article = build(data_folder("corpora") / "japan-europe-cooperation")
        >>> article.pivot, len(article.editions)
        ('en', 8)
    """
    settings = settings or Settings()
    corpus = read_corpus(Path(folder), pivot=normalise_tag(pivot) if pivot else None)
    segmenter = _segmenter(settings.srx)
    editions = _segment(corpus, segmenter, Path(folder))
    pivot_edition, *others = editions
    aligner = EditionAligner(settings, [edition.language for edition in editions])
    steps = sum(len(edition.segments) for edition in others)
    advance = progress("aligning", steps) if progress else None
    alignments = {
        edition.language: aligner.align(pivot_edition, edition, advance) for edition in others
    }
    by_language = {edition.language: edition for edition in editions}
    units = join_units(
        by_language, alignments, pivot=corpus.pivot, min_confidence=settings.min_confidence
    )
    return AlignedArticle(
        name=corpus.name,
        title=corpus.title,
        licence=corpus.licence,
        pivot=corpus.pivot,
        editions=by_language,
        alignments=alignments,
        units=tuple(units),
        min_confidence=settings.min_confidence,
        signature=aligner.signature(segmenter.signature),
    )


def pair(
    source: Text,
    target: Text,
    *,
    source_language: str | None = None,
    target_language: str | None = None,
    segmented: bool = False,
    settings: Settings | None = None,
    progress: StartProgress | None = None,
    name: str = "pair",
) -> AlignedArticle:
    """Aligns two texts.

    Args:
        source: The source text: a string, the path of a file, or a document that was read.
        target: The target text, likewise.
        source_language: Its language; where not given, what the file's name, the page or the text
            itself says.
        target_language: Its language, likewise.
        segmented: Take one segment a line, never cutting or merging lines; both texts are then
            plain.
        settings: Encoder, segmentation rules and the like.
        progress: Told what goes on, for a progress bar.
        name: Name of the result.

    Returns:
        An aligned article of two editions, the source its pivot; its one alignment is
        `result.alignments[target_language]`.

    Raises:
        InputError: If a text cannot be read or is empty, a language is unknown or not told apart
            from the other.

    Example:
        >>> result = pair("It rains. Take an umbrella.", "Il pleut. Prends un parapluie.")
        >>> [bead.kind for bead in result.alignments["fr"]]
        ['1-1', '1-1']
    """
    settings = settings or Settings()
    prepared = prepare_pair(
        TextPair(name, source, target, source_language, target_language, segmented), settings
    )
    aligner = prepared.aligner(settings)
    advance = progress("aligning", len(prepared.target.segments)) if progress else None
    return prepared.aligned(aligner, settings, advance)


@dataclass(frozen=True, slots=True)
class TextPair:
    """Two texts that are to be aligned.

    Attributes:
        name: Name of the result.
        source: As in `pair`.
        target: As in `pair`.
        source_language: As in `pair`.
        target_language: As in `pair`.
        segmented: As in `pair`.
    """

    name: str
    source: Text
    target: Text
    source_language: str | None = None
    target_language: str | None = None
    segmented: bool = False


@dataclass(frozen=True, slots=True)
class PreparedPair:
    """Two texts read and cut into segments.

    Attributes:
        name: Name of the result.
        source: The source text.
        target: The target text.
        segmentation: What the segments depend on, for the signature.
    """

    name: str
    source: Edition
    target: Edition
    segmentation: str

    def aligner(self, settings: Settings) -> EditionAligner:
        """What aligns the two; raises as `EditionAligner` does."""
        return EditionAligner(settings, [self.source.language, self.target.language])

    def aligned(
        self, aligner: EditionAligner, settings: Settings, advance: Advance | None = None
    ) -> AlignedArticle:
        """Aligns the two by what `aligner` returned."""
        source, target = self.source, self.target
        alignment = aligner.align(source, target, advance)
        units = pair_units(source, target, alignment, min_confidence=settings.min_confidence)
        return AlignedArticle(
            name=self.name,
            title=_title(source) or self.name,
            licence=None,
            pivot=source.language,
            editions={source.language: source, target.language: target},
            alignments={target.language: alignment},
            units=tuple(units),
            min_confidence=settings.min_confidence,
            signature=aligner.signature(self.segmentation),
        )


def prepare_pair(texts: TextPair, settings: Settings) -> PreparedPair:
    """Reads two texts and cuts them into segments; raises `InputError` as `pair` does."""
    segmenter = _segmenter(settings.srx)
    source, target = (
        _edition_of(text, language, segmented=texts.segmented, segmenter=segmenter, what=what)
        for text, language, what in (
            (texts.source, texts.source_language, "source"),
            (texts.target, texts.target_language, "target"),
        )
    )
    if source.language == target.language:
        tag = source.language
        raise InputError(
            f"both texts are in {tag!r} ({language_name(tag)}), as given or as detected; "
            "name the language of each (-s and -t of the command, source_language and "
            "target_language in a manifest)"
        )
    segmentation = SEGMENTED if texts.segmented else segmenter.signature
    return PreparedPair(texts.name, source, target, segmentation)


def segment(text: Text, language: str | None = None, *, srx: Path | str | None = None) -> Edition:
    """Cuts one text into segments, as `build` and `pair` do before they align.

    Args:
        text: The text: a string, the path of a file, or a document that was read.
        language: Its language; where not given, what the file's name, the page or the text itself
            says.
        srx: The user's own rules; None for ours.

    Returns:
        The text as an edition, with its segments.

    Raises:
        InputError: If the text is empty, its language unknown, or the rules cannot be used.

    Example:
        >>> [piece.text for piece in segment("Dr. Lee left. Why?", "en").segments]
        ['Dr. Lee left.', 'Why?']
    """
    return _edition_of(text, language, segmented=False, segmenter=_segmenter(srx), what="given")


def _segment(corpus: Corpus, segmenter: Segmenter, folder: Path) -> list[Edition]:
    editions = []
    for edition in corpus.editions:
        segments = segmenter.segment(edition.document, edition.language, most=MOST_SEGMENTS + 1)
        try:
            _must_be_usable(segments)
        except InputError as error:
            raise InputError(error.message, path=edition.path) from error
        file = edition.path
        if file.is_relative_to(folder):
            file = file.relative_to(folder)
        editions.append(
            Edition(edition.language, edition.document, segments, file.as_posix(), edition.address)
        )
    return editions


def _edition_of(
    text: Text, language: str | None, *, segmented: bool, segmenter: Segmenter, what: str
) -> Edition:
    path = text if isinstance(text, Path) else None
    try:
        if segmented:
            if isinstance(text, Document):
                raise InputError("is a document; segmented texts are plain, a segment a line")
            document, segments = (
                read_document_of_lines(path) if path else document_of_lines(str(text))
            )
            tag = _language(document, language, path)
        else:
            document = _document(text)
            tag = _language(document, language, path)
            segments = segmenter.segment(document, tag, most=MOST_SEGMENTS + 1)
        _must_be_usable(segments)
    except InputError as error:
        if error.path is not None:
            raise
        if path is not None:
            raise InputError(error.message, path=path) from error
        raise InputError(f"the {what} text: {error.message}") from error
    return Edition(tag, document, segments, path.as_posix() if path else None)


def _language(document: Document, named: str | None, path: Path | None) -> str:
    declared = named or (language_of_name(path) if path else None) or document.language
    if declared:
        return normalise_tag(declared)
    blocks = (document.text[block.start : block.stop] for block in document.blocks)
    text = "\n".join(blocks)
    if not text.strip():
        raise InputError(_NO_TEXT)
    return detect_language(text)[0]


def _must_be_usable(segments: Sequence[Segment]) -> None:
    if not any(segment.text for segment in segments):
        raise InputError(_NO_TEXT)
    if len(segments) > MOST_SEGMENTS:
        raise InputError(f"has more than {MOST_SEGMENTS:,} segments, the limit; align it in parts")
    for number, segment in enumerate(segments, start=1):
        if len(segment.text) > LONGEST_SEGMENT:
            raise InputError(
                f"segment {number} has {len(segment.text):,} characters, the limit is "
                f"{LONGEST_SEGMENT:,}; break the text into lines, or cut it by other rules (SRX)"
            )


def _segmenter(srx: Path | str | None) -> Segmenter:
    if srx is None:
        return Segmenter()
    path = Path(srx)
    if not path.is_file():
        return Segmenter(path)  # which says what is wrong
    state = path.stat()
    return _own_segmenter(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=2)
def _own_segmenter(path: Path, _size: int, _changed: int) -> Segmenter:
    """By the user's rules, which are read again when their file has changed."""
    return Segmenter(path)


def _document(text: Text) -> Document:
    if isinstance(text, Document):
        return text
    return read_document(text, any_kind=True) if isinstance(text, Path) else parse_text(text)


def _title(edition: Edition) -> str | None:
    blocks = edition.document.blocks
    titles = (block for block in blocks if block.kind == "title")
    return next((edition.document.text[block.start : block.stop] for block in titles), None)
