"""Web and mail addresses, tags and placeholders, which no translation may alter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import regex

from align.checks.base import Check, register
from align.languages.profile import base_language
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.checks.base import Translation
    from align.findings import Finding
    from align.passages import Passage

# An address stops before marks that belong to the sentence, and before letters of scripts that
# are written without spaces, unless a step of its path begins with them.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}ー"
_REST = rf"[^\s<>\"“”«»「」『』（）()\[\]，。、；：！？؟،؛{_UNSPACED}]"
_STEP = rf"(?<=[\w%-][/=#_])[\p{{Han}}\p{{Katakana}}][{_UNSPACED}]*"
_INSIDE = rf"(?:{_REST}|\({_REST}*\)|{_STEP})"
# A host has 127 labels at most (RFC 1035, section 2.3.4: 255 octets, of which each takes two).
_HOST = r"(?:[a-z0-9-]+\.){1,126}"
_LABEL = r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Arabic}\p{N}-]+"
_ADDRESS = regex.compile(
    rf"""
    (?P<mail>(?<![A-Z0-9._%+-])(?:mailto:)?[A-Z0-9._%+-]+@{_LABEL}(?:\.{_LABEL})+)
    | (?P<web>(?:(?:https?|ftp)://|www\.){_INSIDE}+
        | (?<![\w.@/-]){_HOST}[a-z]{{2,}}/{_INSIDE}+
        | (?<![\w.@/-]){_HOST}(?:com|org|net|edu|gov|int|info)(?![\w@-]))
    | (?P<code></?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>]*)?/?>|\{{\{{[^{{}}\s]+\}}\}}|\$?\{{\w*\}}
        |(?<![\d\w%])%(?:\d+\$)?(?:[sd@]|\([\w]+\)[sd]|\.\d+f)(?!\p{{L}})|&[a-z]+;)
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_TRAILING = ".,;:!?'’…*_"
# What follows such a step without a space may belong to the sentence.
_FOLLOWING = regex.compile(rf"/?[{_UNSPACED}]+")
_LANGUAGE_PART = regex.compile(r"^[a-z]{2}(?:-[a-z]{2,4})?$")
_ABOUT = {"mail": "mail address", "web": "web address", "code": "placeholder or tag"}


@dataclass(frozen=True, slots=True)
class Address:
    """An address or a placeholder in a text.

    Attributes:
        kind: `mail`, `web` or `code`.
        text: What stands there.
        value: What it comes to, for comparing: percent signs and international names decoded,
            host in lower case, parts that name a language left out.
        span: Where it stands.
        host: The host of a web address, likewise.
        languages: The primary subtags of the languages that parts of it name.
    """

    kind: str
    text: str
    value: str
    span: Span
    host: str = ""
    languages: tuple[str, ...] = ()


Addresses = list[Address]


def addresses_in(text: str) -> list[Address]:
    """The addresses, tags and placeholders of a text, in its order.

    >>> [address.text for address in addresses_in("See https://example.org/a, or ask a@b.org.")]
    ['https://example.org/a', 'a@b.org']
    """
    if not any(sign in text for sign in ".{<%&"):
        return []
    found = []
    for match in _ADDRESS.finditer(text):
        kind = str(match.lastgroup)
        words = match[0] if kind == "code" else match[0].rstrip(_TRAILING)
        span = Span(match.start(), match.start() + len(words))
        found.append(
            _web(words, span) if kind == "web" else Address(kind, words, _value(kind, words), span)
        )
    return found


@register
class AddressesCheck(Check):
    """Web and mail addresses, tags and placeholders that are altered or missing.

    What:
        Every web address, mail address, tag (<b>) and placeholder ({0}, %s) of the source has to
        stand in the translation of the same passage or of the one next to it, and the reverse; one
        that does not is a warning.

    Why:
        One wrong letter and the reader's message goes nowhere, or the program breaks.
        Percent-encoded and plain spellings are the same address; a part that names a language
        (en.example.org, /fr/) may differ, and where it names the reader’s, the page may be called
        otherwise. A name such as “Amazon.com” may be translated.

    Example:
        “write to desk@example.org” → “écrivez à desk@exemple.org”: altered.

    Silence:
        Correct the address, or accept the finding in the baseline.
    """

    name = "addresses"
    subject = "form"
    rank = 10
    covers = "all"

    def find(self, translation: Translation) -> Iterator[Finding]:
        """A warning for each address that differs."""
        passages = translation.passages
        sources = [addresses_in(passage.source) for passage in passages]
        targets = [addresses_in(passage.target) for passage in passages]
        for index, passage in enumerate(passages):
            if not passage.is_aligned or not (sources[index] or targets[index]):
                continue
            lost, new = _lost(sources, targets, index), _lost(targets, sources, index)
            _match_own(lost, new, translation)
            yield from self._findings(translation, passage, lost, new)

    def _findings(
        self, translation: Translation, passage: Passage, lost: Addresses, new: Addresses
    ) -> Iterator[Finding]:
        from rapidfuzz.distance import Levenshtein

        for address in lost:
            nearest = min(
                new, key=lambda other: Levenshtein.distance(other.text, address.text), default=None
            )
            if nearest is None:
                if not _is_name(address):
                    yield translation.finding(
                        self.name,
                        "warning",
                        passage,
                        f"the {_ABOUT[address.kind]} “{address.text}” is missing",
                        confidence=0.9,
                        source_span=address.span,
                        suggestion=address.text,
                    )
                continue
            new.remove(nearest)
            yield translation.finding(
                self.name,
                "warning",
                passage,
                f"“{nearest.text}” stands for “{address.text}”",
                confidence=0.95,
                source_span=address.span,
                target_span=nearest.span,
                suggestion=address.text,
            )
        for address in new:
            if not _is_name(address):
                yield translation.finding(
                    self.name,
                    "warning",
                    passage,
                    f"the source has no {_ABOUT[address.kind]} “{address.text}”",
                    confidence=0.8,
                    target_span=address.span,
                )


def _lost(ours: Sequence[Addresses], theirs: Sequence[Addresses], index: int) -> Addresses:
    """Addresses of one side of a passage that the other has neither there nor, instead, beside."""
    found = {address.value for address in theirs[index]}
    for near in (index - 1, index + 1):
        if 0 <= near < len(ours):
            own = {address.value for address in ours[near]}
            found |= {address.value for address in theirs[near]} - own
    return [
        address
        for address in ours[index]
        if not any(_is_same(address.value, other) for other in found)
    ]


def _is_same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and bool(short == long or _FOLLOWING.fullmatch(long, len(short)))


def _match_own(lost: Addresses, new: Addresses, translation: Translation) -> None:
    """Takes away pages of one site, each in the language of its side."""
    source = base_language(translation.source_language)
    target = base_language(translation.language)
    for address in list(lost):
        for other in new:
            if address.host == other.host and (
                source in address.languages and target in other.languages
            ):
                lost.remove(address)
                new.remove(other)
                break


def _is_name(address: Address) -> bool:
    """Whether it may be no more than the name of a firm."""
    return (
        address.kind == "web"
        and "/" not in address.text
        and not address.text.lower().startswith("www.")
    )


def _value(kind: str, text: str) -> str:
    if kind == "code":
        return text
    box, _, host = unquote(text).removeprefix("mailto:").rpartition("@")
    return f"{box}@{_host(host)}".casefold()


def _web(text: str, span: Span) -> Address:
    decoded = unquote(text)
    try:
        parts = urlsplit(decoded if "://" in decoded else f"//{decoded}")
    except ValueError:  # a bracket or a look-alike of a mark in the host
        return Address("web", text, decoded, span)
    labels = [label for label in _host(parts.netloc).split(".") if label != "www"]
    languages = labels[:1] if len(labels) > 2 and _LANGUAGE_PART.match(labels[0]) else []
    host = ".".join(labels[len(languages) :])
    steps = [step for step in parts.path.split("/") if step]
    languages += [step for step in steps if _LANGUAGE_PART.match(step)]
    steps = [step for step in steps if not _LANGUAGE_PART.match(step)]
    rest = [f"?{parts.query}"] * bool(parts.query) + [f"#{parts.fragment}"] * bool(parts.fragment)
    value = "".join(["/".join([host, *steps]), *rest])
    return Address("web", text, value, span, host, tuple(map(base_language, languages)))


def _host(host: str) -> str:
    host = host.casefold()
    if "xn--" not in host:
        return host
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
