"""Translations that are hard on checks: each check reads all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from align.article import AlignedArticle
from align.beads import Alignment, Bead
from align.checks.base import Check, CheckCannotRunError, Translation
from align.checks.registry import CHECKS
from align.edition import Edition
from align.encoders import load_encoder
from align.errors import AlignError
from align.segmentation import document_of_lines
from align.termbases import Termbase, TermbaseEntry, TermbaseTerm
from align.terminology.pipeline import follow_terms
from align.text import Span
from align.units import TranslationUnit, Variant
from benchmarking.cases import Case, Run

_SHAPES: dict[str, tuple[int, str, str]] = {
    "one passage": (80, "Old Bridge @ cost $1,250, see (https://a.b). ",
                    "Vieux Pont @ a coûté 1 250 $, «@» (a@b.fr). "),
    "many passages": (400, "Old Bridge @ cost $1,250, see (https://a.b).\n",
                      "Vieux Pont @ a coûté 1 250 $, «@» (a@b.fr).\n"),
    "digits": (3_800, "9", "8"),
    "one word": (3_800, "a", "b"),
    "one name": (380, "Old Bridge", "Vieux-Pont"),
    "names": (360, "Aa Bridge ", "Ab Bridga "),
    "a list": (1_900, "a, ", "b, "),
    "brackets": (3_800, "(", ")"),
    "quotations": (3_800, "“", "«"),
    "numbers": (1_900, "1 ", "2 "),
}  # fmt: skip
"""What a passage is made of, how often, in the source and in the translation."""

_TERMS = 25_000
_MEMORY = (TranslationUnit((Variant("en", (0,), "Old Bridge"), Variant("fr", (0,), "Vieux-Pont"))),)


def article_of(source: str, target: str) -> AlignedArticle:
    """Two texts, each line of one the translation of the same line of the other."""
    editions = {}
    for language, text in (("en", source), ("fr", target)):
        document, segments = document_of_lines(text)
        editions[language] = Edition(language, document, segments)
    lines = len(editions["en"].segments)
    beads = tuple(Bead(Span(n, n + 1), Span(n, n + 1), None, 1.0) for n in range(lines))
    alignment = Alignment(beads, lines, lines)
    return AlignedArticle("a", "A", None, "en", editions, {"fr": alignment}, (), 0.5, "")


def of_checks() -> Iterator[Case]:
    """Every check on every shape of passage, and terms; checks of terms with a large termbase."""
    for shape, (size, *units) in _SHAPES.items():
        yield Case("terms", shape, size, partial(_following, units=units))
    for check in CHECKS:
        for shape, (size, *units) in _SHAPES.items():
            made = partial(_checking, check=check, units=units)
            yield Case("checks", f"{check.name}, {shape}", size, made)
        if check.subject == "terms":
            for what, entry in (("one source term", _same_source), ("terms", _other_source)):
                made = partial(_with_terms, check=check, entry=entry)
                yield Case("checks", f"{check.name}, termbase of {what}", _TERMS, made)


def _checking(size: int, _folder: Path, *, check: Check, units: Sequence[str]) -> Run:
    return partial(_check, check, _article(size, units), ())


def _following(size: int, _folder: Path, *, units: Sequence[str]) -> Run:
    return partial(follow_terms, _article(size, units), load_encoder("anchors", cached=False))


def _article(size: int, units: Sequence[str]) -> AlignedArticle:
    source, target = (
        "".join(unit.replace("@", str(number)) for number in range(size)).rstrip("\n")
        for unit in units
    )
    return article_of(f"It is {source}", f"Il est {target}")


def _with_terms(
    size: int, _folder: Path, *, check: Check, entry: Callable[[int], TermbaseEntry]
) -> Run:
    termbase = Termbase(tuple(entry(number) for number in range(size)))
    article = article_of("The old ferry 1 runs.\n" * 5, "Le vieux bac court.\n" * 5)
    return partial(_check, check, article, (termbase,))


def _check(check: Check, article: AlignedArticle, termbases: Sequence[Termbase]) -> None:
    encoder = load_encoder("anchors", cached=False)
    try:
        list(check.find(Translation(article, "fr", encoder, termbases, _MEMORY)))
    except CheckCannotRunError as error:
        raise AlignError(str(error)) from None


def _same_source(number: int) -> TermbaseEntry:
    return _entry(number, "ferry")


def _other_source(number: int) -> TermbaseEntry:
    return _entry(number, f"ferry {number}")


def _entry(number: int, source: str) -> TermbaseEntry:
    terms = (TermbaseTerm(source, "en"), TermbaseTerm(f"navire {number}", "fr"))
    return TermbaseEntry(f"c{number}", terms)
