"""A corpus: a folder with one article in several languages, and what is known of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from align.address import must_be_no_address
from align.documents.archives import Archive
from align.documents.corpus_file import CORPUS_FILE, Listing, read_listing
from align.documents.decoding import read_file
from align.documents.kinds import is_passed_over, without_backup
from align.documents.reading import read_document
from align.documents.registry import READERS, kinds_read
from align.errors import InputError
from align.languages import detect_language, normalise_tag, same_language
from align.languages.tags import LEGACY

if TYPE_CHECKING:
    from align.documents.model import Document

DEFAULT_PIVOT = "en"
"""The language that all editions are aligned to where nothing else is said."""

_TAG_SHAPE = re.compile(
    r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?|(?i:zh[-_]ch[st])"
)
_LAST_PARTS = re.compile(r"[._-](?=([^._-]+(?:[_-][^._-]+){0,2})$)")


@dataclass(frozen=True, slots=True)
class SourceEdition:
    """One language's text of the article, as it was found.

    Attributes:
        language: Normalised BCP 47 tag.
        path: The file it was read from.
        document: Its text and blocks.
        address: Where it was published, if `corpus.toml` says so.
    """

    language: str
    path: Path
    document: Document
    address: str | None


@dataclass(frozen=True, slots=True)
class Corpus:
    """An article's editions.

    Attributes:
        name: The folder's name.
        title: The article's title in the pivot language.
        licence: The licence of the text, if `corpus.toml` states one.
        pivot: Language of the edition that all others are aligned to.
        editions: The editions, the pivot's first, the others in the order of their tags.
    """

    name: str
    title: str
    licence: str | None
    pivot: str
    editions: tuple[SourceEdition, ...]


def read_corpus(folder: Path, *, pivot: str | None = None) -> Corpus:
    """Reads an article and its translations from a folder.

    A `corpus.toml` may list the editions. Where it does not, every readable file in the folder
    (and in folders in it that are named by a language) is one, and its language is what its name
    says (`ja.txt`, `article.zh-Hant.html`, `fr/article.md`), else what the page declares, else
    what its text looks like. Hidden and temporary files, backups and what `align` wrote as a
    result (a page, a list of findings) are passed over. Where no file is readable by its ending,
    those that have a language for one (`dev.de`, `dev.fr`) are plain texts.

    Args:
        folder: The folder, or a zip archive of one.
        pivot: Language to align the others to; else `corpus.toml`'s, else English.

    Raises:
        InputError: If the folder or its `corpus.toml` cannot be used, there are fewer than two
            editions or two for one language, or the pivot is not among them.
    """
    if not folder.exists():
        must_be_no_address(folder)
        raise InputError("there is no such folder", path=folder)
    if folder.is_file() and folder.suffix.lower() == ".zip":
        return _read_zipped(folder, pivot)
    if not folder.is_dir():
        raise InputError("is not a folder; name the folder that holds the editions", path=folder)
    listed_in = folder / CORPUS_FILE
    listing = read_listing(listed_in) if listed_in.is_file() else Listing()
    if listing.editions:
        editions = [
            SourceEdition(
                each.language,
                each.path,
                read_document(each.path, any_kind=True, encoding=each.encoding),
                each.address,
            )
            for each in listing.editions
        ]
    else:
        editions = _found_editions(folder)
    if not editions:
        raise InputError(f"holds no editions; {kinds_read()} are read", path=folder)
    if len(editions) == 1:
        only = f"'{editions[0].path.name}' ({editions[0].language})"
        if listing.editions:
            raise InputError(
                f"lists one edition, {only}; list all that are to be aligned, or none to have "
                "the files of the folder found",
                path=listed_in,
            )
        raise InputError(f"holds one edition, {only}; an alignment needs two", path=folder)

    first = _pivot_edition(folder, editions, pivot or listing.pivot or DEFAULT_PIVOT)
    others = sorted((each for each in editions if each is not first), key=lambda one: one.language)
    name = folder.resolve().name
    return Corpus(
        name=name,
        title=listing.title or _title(first.document) or name,
        licence=listing.licence,
        pivot=first.language,
        editions=(first, *others),
    )


def _read_zipped(archive: Path, pivot: str | None) -> Corpus:
    """Reads a folder that is packed in a zip archive, as if it lay where that lies."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / archive.stem
        folder.mkdir()
        try:
            Archive(read_file(archive), "a ZIP archive").unpack(
                folder, [*READERS.endings, CORPUS_FILE]
            )
            inner = [path for path in _listed(folder) if path.name != "__MACOSX"]
            is_packed_whole = len(inner) == 1 and inner[0].is_dir() and not _language(inner[0].name)
            root = inner[0] if is_packed_whole else folder
            corpus = read_corpus(root, pivot=pivot)
        except InputError as error:
            path = Path(error.path or folder)
            inside = path.relative_to(folder) if path.is_relative_to(folder) else Path()
            raise InputError(error.message, path=archive / inside, line=error.line) from error
        editions = tuple(
            replace(each, path=archive / each.path.relative_to(root)) for each in corpus.editions
        )
    return replace(corpus, editions=editions)


def files_of_corpus(folder: Path) -> list[Path]:
    """The files of a folder that `read_corpus` reads: editions, and what lists them.

    Raises:
        InputError: If the folder or its `corpus.toml` cannot be used.
    """
    listed_in = folder / CORPUS_FILE
    if not listed_in.is_file():
        return [path for path, _ in _candidates(folder)]
    listed = [each.path for each in read_listing(listed_in).editions]
    return [listed_in, *(listed or (path for path, _ in _candidates(folder)))]


def language_of_name(path: Path) -> str | None:
    """The language that a file's name states, if it states one.

    The whole name, or what stands last in it after a dot, a hyphen or an underscore; an ending
    that is no kind of file is part of the name, as in `europarl.fr`.

    >>> from pathlib import Path
    >>> names = ("ja.txt", "a_zh-TW.html", "article.md", "europarl.fr")
    >>> [language_of_name(Path(name)) for name in names]
    ['ja', 'zh-Hant', None, 'fr']
    """
    stem = without_backup(path).name
    while stem != (bare := Path(stem).stem) and Path(stem).suffix.lower() in READERS.endings:
        stem = bare  # `fr.docx.zip` is in French
    whole = _language(stem)
    if whole:
        return whole
    for separator in _LAST_PARTS.finditer(stem):
        language = _language(separator[1], is_part=True)
        if language:
            return language
    return None


def _language(tag: str, *, is_part: bool = False) -> str | None:
    """The language of a name or of a part of one, where it looks like a tag and is one.

    ISO 639 has a language for nearly every three letters (`src` is Sardinian, `tgt` Tagbanwa), so
    CLDR must name it; and by its letters alone `trade-uk-fr.md` is Ukrainian of France, so for a
    part of a name CLDR must have data for just that language and region.
    """
    from babel import Locale, localedata
    from langcodes import Language

    if not _TAG_SHAPE.fullmatch(tag) or tag.casefold() == "bak":  # Bashkir's is `ba`
        return None
    try:
        language = normalise_tag(tag)
    except InputError:
        return None
    has_data = localedata.exists(language.replace("-", "_"))
    tag = tag.replace("_", "-")
    named = Locale("en").languages
    is_named = tag.lower() in LEGACY or Language.get(tag).language in named
    return language if is_named and (has_data or not is_part) else None


def _found_editions(folder: Path) -> list[SourceEdition]:
    by_language: dict[str, SourceEdition] = {}
    only_looks: set[Path] = set()  # the files that nothing but their texts tell the language of
    for path, language in _candidates(folder):
        _must_be_inside(path, folder)
        document = read_document(path, any_kind=True)
        tag = language or language_of_name(path) or document.language
        if tag is None:
            tag = _detected(document, path)
            only_looks.add(path)
        earlier = by_language.get(tag)
        if earlier is not None:
            raise _two_for_one(tag, (earlier.path, path), only_looks, folder)
        by_language[tag] = SourceEdition(tag, path, document, None)
    return list(by_language.values())


def _two_for_one(
    tag: str, paths: tuple[Path, Path], only_looks: Collection[Path], folder: Path
) -> InputError:
    names = [f"'{path.relative_to(folder).as_posix()}'" for path in paths]
    looks = [name for name, path in zip(names, paths, strict=True) if path in only_looks]
    told = f" ({' and '.join(looks)} by the text alone: its name may say another)" if looks else ""
    return InputError(
        f"{names[0]} and {names[1]} are both in '{tag}'{told}; move one elsewhere, or list the "
        f"file of each language in {CORPUS_FILE} ([[editions]] with language and file)",
        path=folder,
    )


def _candidates(folder: Path) -> list[tuple[Path, str | None]]:
    """The files that are editions where none are listed, each with its language if that is told."""
    return [*_found_files(folder)] or _named_by_language(folder)


def _found_files(folder: Path) -> Iterator[tuple[Path, str | None]]:
    """The files that may be editions, each with the language of the folder it lies in, if any."""
    for path in sorted(_listed(folder)):
        if path.is_dir():
            language = _language(path.name)
            if language:
                yield from ((inner, language) for inner in sorted(_listed(path)) if _is_read(inner))
        elif _is_read(path):
            yield path, None


def _named_by_language(folder: Path) -> list[tuple[Path, str | None]]:
    """Files of one name whose endings are languages, as in `dev.de` and `dev.fr`."""
    files = [path for path in sorted(_listed(folder)) if path.is_file()]
    named = [(path, _language(path.suffix[1:])) for path in files if path.suffix]
    stems = Counter(path.stem for path, language in named if language)
    return [(path, language) for path, language in named if language and stems[path.stem] > 1]


def _listed(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if not is_passed_over(path)]
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=folder) from error


def _is_read(path: Path) -> bool:
    return path.suffix.lower() in READERS.endings and path.is_file()


def _must_be_inside(path: Path, folder: Path) -> None:
    """Refuses what a link leads to out of the folder, as it is refused where a file is listed."""
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError("is out of the folder by a link; put the file itself there", path=path)


def _detected(document: Document, path: Path) -> str:
    text = "\n".join(document.text[block.start : block.stop] for block in document.blocks)
    try:
        return detect_language(text)[0]
    except InputError as error:
        raise InputError(error.message, path=path) from error


def _pivot_edition(folder: Path, editions: list[SourceEdition], wanted: str) -> SourceEdition:
    tag = normalise_tag(wanted)
    exact = [each for each in editions if each.language == tag]
    alike = [each for each in editions if same_language(each.language, tag)]
    if not alike:
        there = ", ".join(sorted(each.language for each in editions))
        raise InputError(f"has no edition in '{tag}' to be the pivot; it has {there}", path=folder)
    return (exact or alike)[0]


def _title(document: Document) -> str | None:
    for block in document.blocks:
        if block.kind == "title":
            return " ".join(document.text[block.start : block.stop].split())
    return None
