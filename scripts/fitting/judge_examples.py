"""Examples that the judge of terms learns from: what is found in spoilt and in clean texts."""

from __future__ import annotations

import pickle
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from align.terminology.evidence import evidence_of
from align.terminology.pipeline import gather_evidence
from fitting.spoilt import spoilt

if TYPE_CHECKING:
    from evaluation.editions import SourcedArticle
    from numpy.typing import NDArray

    from align.encoders.base import Encoder
    from align.terminology.evidence import LanguageEvidence
    from align.terminology.model import Term
    from fitting.spoilt import Damage, Place, Spoiler

KINDS = ("missing", "misnamed", "replaced", "untranslated")
"""What the judge has a model for."""

_FEW = (2, 4)  # editions that are looked at where there are not all
_NEWS_ROUNDS = 3  # the news is three times as long as all else: it is spoilt once in so many rounds

Followed = tuple["SourcedArticle", Sequence["Term"], Mapping[str, "LanguageEvidence"]]
"""A clean article, its terms and what is known of these."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Mentions in languages, one a row.

    Attributes:
        evidence: Shape (n, features), float32.
        kind: What was done to it: one of `KINDS`, `ok`, or `unknown` where it cannot be said.
        way: How, more finely.
        source: Where the text comes from.
        language: BCP 47 tag of the edition.
        editions: `all`, `few` or `one`: how many were looked at together.
        is_clean: Whether nothing of the text was spoilt.
        is_name: Whether the term is a name.
        text: The term, what stood there and what was found, for reading.
        place: Document, language and segment, for counting.
    """

    evidence: NDArray[np.float32]
    kind: NDArray[np.str_]
    way: NDArray[np.str_]
    source: NDArray[np.str_]
    language: NDArray[np.str_]
    editions: NDArray[np.str_]
    is_clean: NDArray[np.bool_]
    is_name: NDArray[np.bool_]
    text: NDArray[np.str_]
    place: NDArray[np.str_]

    def asked(self, kind: str) -> NDArray[np.bool_]:
        """Of which examples the model of a kind is asked."""
        if kind == "misnamed":
            return self.is_name
        if kind == "replaced":
            return ~self.is_name
        return np.ones(len(self.kind), dtype=np.bool_)

    @property
    def is_fitted(self) -> NDArray[np.bool_]:
        """Which examples are learnt from."""
        return np.asarray(~self.is_clean & (self.kind != "unknown"))

    @property
    def share(self) -> float:
        """Share of what is learnt from that diverges."""
        return float((self.kind[self.is_fitted] != "ok").mean())


def examples_of(
    followed: Sequence[Followed],
    spoiler: Spoiler,
    encoder: Encoder,
    chance: random.Random,
    rounds: int,
) -> Examples:
    """Spoils articles some times, and says what is found in them then."""
    rows: list[tuple[object, ...]] = []
    for article, terms, clean in followed:
        _add(rows, article, terms, clean, {}, chance, is_clean=True)
    for turn in range(rounds):
        for number, (article, terms, clean) in enumerate(followed):
            if article.source == "news" and turn % _NEWS_ROUNDS:
                continue
            copy, done = spoilt(article.article, terms, clean, spoiler, chance)
            found = gather_evidence(copy, terms, encoder)
            _add(rows, article, terms, found, done, chance, is_clean=False)
            print(
                f"\rround {turn + 1} of {rounds}, text {number + 1} of {len(followed)}",
                end="",
                file=sys.stderr,
            )
    return Examples(*map(np.array, zip(*rows, strict=True)))


def _add(
    rows: list[tuple[object, ...]],
    article: SourcedArticle,
    terms: Sequence[Term],
    found: Mapping[str, LanguageEvidence],
    done: Mapping[Place, Damage],
    chance: random.Random,
    *,
    is_clean: bool,
) -> None:
    groups = [("all", tuple(found)), *(("one", (language,)) for language in found)]
    if len(found) >= _FEW[1]:
        groups.append(("few", tuple(chance.sample(sorted(found), chance.randint(*_FEW)))))
    for editions, languages in groups:
        together = {language: found[language] for language in languages}
        for language, evidence in evidence_of(together).items():
            hits = [hit for row in found[language].rows for hit in row]
            for hit, values in zip(hits, evidence, strict=True):
                if not hit.passage.target:
                    continue
                damage = done.get((language, hit.term, hit.index))
                before = damage.before if damage else ""
                rows.append(
                    (
                        values.astype(np.float32),
                        damage.kind if damage else "ok",
                        damage.way if damage else "",
                        article.source,
                        language,
                        editions,
                        is_clean,
                        hit.is_name,
                        f"{hit.mention.text} | {before} | {hit.text}"[:160],
                        f"{article.article.name} {language} {hit.mention.segment}",
                    )
                )


def joined(several: Sequence[Examples]) -> Examples:
    """Several sets of examples as one."""
    columns = (
        np.concatenate([getattr(one, field.name) for one in several]) for field in fields(Examples)
    )
    return Examples(*columns)


def write_examples(path: Path, examples: Examples) -> None:
    """Keeps examples for another fit."""
    with path.open("wb") as file:
        pickle.dump([getattr(examples, field.name) for field in fields(Examples)], file)


def read_examples(path: Path) -> Examples:
    """The examples that were kept."""
    with path.open("rb") as file:
        return Examples(*pickle.load(file))
