"""Fetches an article: the pages given and the editions they tell of, into a folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from align.documents.corpus_file import CORPUS_FILE, ListedEdition, Listing, write_listing
from align.errors import InputError
from align.fetching.addresses import normalise_address
from align.fetching.client import Client, FetchLimits
from align.fetching.courtesy import Visitor
from align.fetching.editions import EditionLink
from align.fetching.pages import Page, file_name, is_same_text, language_of_page, page_of
from align.formats.atomic import Output, open_for_writing
from align.languages import normalise_tag, same_language
from align.progress import StartProgress


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page that was fetched and saved.

    Attributes:
        language: Normalised BCP 47 tag.
        address: Where it was found, after redirects.
        path: The file it was saved in.
        title: Its title, if it has one.
    """

    language: str
    address: str
    path: Path
    title: str | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched.

    Attributes:
        folder: Where it was saved.
        pages: The pages, in the order they were fetched.
        failures: A line for each page that could not be had, with its address.
        notes: What a user should know besides, a line each.
    """

    folder: Path
    pages: tuple[FetchedPage, ...]
    failures: tuple[str, ...]
    notes: tuple[str, ...]


def fetch(
    addresses: str | Sequence[str],
    folder: Path | str,
    *,
    languages: Sequence[str] = (),
    editions: bool = True,
    allow_private: bool = False,
    force: bool = False,
    limits: FetchLimits | None = None,
    progress: StartProgress | None = None,
) -> Fetched:
    """Fetches a page and its editions in other languages, and saves them as they are.

    Editions are those that the page states (`link rel=alternate hreflang`, the header `Link`,
    `og:locale:alternate`) and those that its links show: a menu of languages, addresses that
    differ by the tag of a language alone. They are fetched one by one, as `robots.txt` allows, with
    a pause between two requests to a host. `FOLDER/corpus.toml` says what is what, and
    `align.build(folder)` goes on from there.

    Args:
        addresses: One page, or several of one article; the first is the pivot.
        folder: Where to save; made where it is missing.
        languages: The languages to fetch besides what is given; none for all.
        editions: Whether to look for editions that were not given.
        allow_private: Also fetch from hosts that are not on the open net.
        force: Overwrite what is in the folder, whoever wrote it.
        limits: Times and sizes to keep to.
        progress: Told what goes on, for a progress bar.

    Returns:
        What was fetched, and a line for each page that could not be had.

    Raises:
        InputError: If an address or a language is none, the folder holds fetched pages already, or
            there are more editions than the limits allow.
        OutputError: If the folder cannot be written to.
    """
    limits = limits or FetchLimits()
    visitor = Visitor(Client(limits, allow_private=allow_private), limits)
    return fetch_with(
        visitor,
        [addresses] if isinstance(addresses, str) else addresses,
        folder,
        languages=languages,
        editions=editions,
        most_editions=limits.editions,
        force=force,
        progress=progress,
    )


def fetch_with(
    visitor: Visitor,
    addresses: Sequence[str],
    folder: Path | str,
    *,
    languages: Sequence[str] = (),
    editions: bool = True,
    most_editions: int = FetchLimits().editions,
    force: bool = False,
    progress: StartProgress | None = None,
) -> Fetched:
    """Does what `fetch` says, with a visitor that is set up already."""
    given = list(dict.fromkeys(normalise_address(address) for address in addresses))
    wanted = [normalise_tag(tag) for tag in languages]
    if not given:
        raise InputError("no address is given")
    folder = Path(folder)
    if (folder / CORPUS_FILE).exists() and not force:
        message = f"holds a {CORPUS_FILE} already; --force fetches anew, or choose another folder"
        raise InputError(message, path=folder)
    work = _Fetching(visitor, folder, force)
    try:
        advance = progress("fetching", len(given)) if progress else None
        for address in given:
            work.take(EditionLink(address, None))
            if advance:
                advance(1)
        links = _wanted(work.links, wanted) if editions else []
        if len(links) > most_editions:
            raise InputError(
                f"has {len(links)} editions, {most_editions} are fetched unasked; name the "
                "languages that you want (-l of the command)",
                path=given[0],
            )
        advance = progress("editions", len(links)) if progress and links else None
        for link in links:
            work.take(link, wanted)
            if advance:
                advance(1)
        told = [page.language for page in work.saved]
        told += [link.language for link in links if link.language]
        for tag in wanted:
            if not _is_among(tag, told):
                work.failures.append(f"{given[0]}: tells of no edition in '{tag}'")
    finally:
        work.write_listing()  # what was saved is listed, even if the user stops the rest
    return Fetched(folder, tuple(work.saved), tuple(work.failures), tuple(work.notes))


def _wanted(links: Iterable[EditionLink], wanted: Sequence[str]) -> list[EditionLink]:
    """The links to the languages wanted, and those whose page has to tell; all if none is named."""
    return [
        link
        for link in links
        if not wanted or link.language is None or _is_among(link.language, wanted)
    ]


def _is_among(language: str, wanted: Iterable[str]) -> bool:
    return any(same_language(language, each) for each in wanted)


class _Fetching:
    """The pages so far: fetched, told apart, saved."""

    def __init__(self, visitor: Visitor, folder: Path, force: bool) -> None:
        self._visitor = visitor
        self._folder = folder
        self._force = force
        self._pages: list[Page] = []
        self._listed: list[ListedEdition] = []
        self._seen: set[str] = set()
        self.saved: list[FetchedPage] = []
        self.failures: list[str] = []
        self.notes: list[str] = []

    @property
    def links(self) -> list[EditionLink]:
        """The editions that the pages tell of, each language and each address once."""
        had = {each.language for each in self.saved}
        found: list[EditionLink] = []
        for page in self._pages:
            for link in page.languages.editions:
                known = {*self._seen, *(each.address for each in found)}
                if link.address not in known and link.language not in had:
                    found.append(link)
                    had |= {link.language} if link.language else set()
        return found

    def take(self, link: EditionLink, wanted: Sequence[str] = ()) -> None:
        """Fetches a page and saves it if it is wanted; where that cannot be done, it notes why."""
        if link.address in self._seen:
            return
        try:
            page = page_of(self._visitor.fetch(link.address))
            if not self._is_new(page, link):
                return
            language = language_of_page(page, link.language)
            if not wanted or _is_among(language, wanted):
                self._save(page, language)
        except InputError as error:
            guessed = (
                f" (a guess: the page tells of an edition in '{link.language}', but not where)"
                if link.is_guessed
                else ""
            )
            self.failures.append(f"{error}{guessed}")
        finally:
            self._seen.add(link.address)

    def _is_new(self, page: Page, link: EditionLink) -> bool:
        """Whether a page is none of those that are had, which servers show for those they lack."""
        self._seen.add(page.address)
        for earlier, saved in zip(self._pages, self.saved, strict=True):
            is_same = page.address == earlier.address
            if not is_same and not is_same_text(page, earlier):
                continue
            if link.language is None or same_language(link.language, saved.language):
                self.notes.append(f"{link.address}: the same as {saved.path.name}, so passed over")
                return False
            what = "leads to" if is_same else "has the text of"
            raise InputError(
                f"should be in '{link.language}', but {what} {earlier.address}", path=link.address
            )
        return True

    def _save(self, page: Page, language: str) -> None:
        earlier = next((each for each in self.saved if each.language == language), None)
        if earlier is not None:
            raise InputError(
                f"is in '{language}', as {earlier.address} is; one page a language is kept",
                path=page.address,
            )
        path = self._folder / file_name(language, page)
        try:
            output = Output(str(path), force=self._force, is_text=True).claimed()
        except InputError:
            message = f"is not saved: there is a {path}; --force overwrites it"
            raise InputError(message, path=page.address) from None
        with open_for_writing(output, "wb") as stream:
            stream.write(page.data)
        now = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
        self._pages.append(replace(page, data=b""))  # which may be large, and is on disk now
        self.saved.append(FetchedPage(language, page.address, path, page.title))
        self._listed.append(
            ListedEdition(
                language,
                path,
                address=page.address,
                date=f"{now.isoformat()}Z",
                title=page.title,
                encoding=page.encoding,
            )
        )

    def write_listing(self) -> None:
        """Writes the `corpus.toml` of what was saved, if anything was."""
        if not self._listed:
            return
        first = self._listed[0]
        listing = Listing(title=first.title, pivot=first.language, editions=tuple(self._listed))
        output = Output(str(self._folder / CORPUS_FILE), force=self._force, is_text=True)
        with open_for_writing(output) as stream:
            write_listing(stream, listing)
