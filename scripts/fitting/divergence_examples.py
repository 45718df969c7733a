"""Examples to fit the judge of divergences on: mentions in real translations spoilt by script."""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from evaluation.dev_data import TARGET_LANGUAGES
from evaluation.editions import sourced_articles
from evaluation.terms import PIVOT

from align.terminology.divergences.checks import contexts_of, main_renderings, said_of
from align.terminology.divergences.evidence import evidence_of
from align.terminology.evidence import gather_evidence
from align.terminology.extraction import key_terms
from fitting.spoilt import Spoiler, is_sure, spoilt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from align.article import AlignedArticle
    from align.encoders.base import Encoder
    from align.terminology.hits import LanguageEvidence
    from align.terminology.model import Term
    from fitting.spoilt import Damage


@dataclass(frozen=True, slots=True)
class Examples:
    """Mentions in spoilt and in clean editions, shape (n,) each.

    Attributes:
        evidence: What speaks for a divergence, shape (n, features), float32.
        damage: What was done to the mention; `ok` where nothing was, `unknown` where that is open.
        source: The source of the text.
        language: BCP 47 tag of the edition.
        editions: `all` or `one` translation at once.
        is_clean: Whether the text is as it was published.
        place: Text, language, term and mention, as one string.
        said: The kind of divergence that the checks by themselves warn of; `note` where they only
            note one, empty where they say nothing.
    """

    evidence: NDArray[np.float32]
    damage: NDArray[np.str_]
    source: NDArray[np.str_]
    language: NDArray[np.str_]
    editions: NDArray[np.str_]
    is_clean: NDArray[np.bool_]
    place: NDArray[np.str_]
    said: NDArray[np.str_]


def make_examples(encoder: Encoder, rounds: int) -> Examples:
    """Spoils every text of the development sets some times; also takes it as it was published."""
    chance = random.Random(5)
    followed = []
    for each in sourced_articles():
        texts = [segment.text for segment in each.article.editions[PIVOT].segments]
        terms = key_terms(texts, PIVOT)
        if terms:
            followed.append((each, terms, gather_evidence(each.article, terms, encoder)))
    spoiler = Spoiler(encoder, chance)
    for language in TARGET_LANGUAGES:
        some = [(each, known[language]) for each, _, known in followed if language in known]
        texts = [s.text for each, _ in some for s in each.article.editions[language].segments]
        hits = [hit for _, known in some for row in known.hits for hit in row]
        names = [hit.text for hit in hits if hit.is_name and is_sure(hit) and not hit.copied]
        spoiler.learn(language, texts, names)
    parts: list[tuple[object, ...]] = []
    for number, (each, terms, clean) in enumerate(followed):
        print(f"{number + 1} of {len(followed)}: {each.article.name}", file=sys.stderr, flush=True)
        about = (each.source, each.article.name)
        parts += _rows(clean, terms, {}, (*about, "all", True))
        for one in _alone(each.article):
            known = gather_evidence(one, terms, encoder)
            parts += _rows(known, terms, {}, (*about, "one", True))
        for _ in range(rounds):
            copy, damage = spoilt(each.article, terms, clean, spoiler, chance)
            known = gather_evidence(copy, terms, encoder)
            parts += _rows(known, terms, damage, (*about, "all", False))
            for one in _alone(copy):
                known = gather_evidence(one, terms, encoder)
                parts += _rows(known, terms, damage, (*about, "one", False))
    columns = list(zip(*parts, strict=True))
    evidence, *others = columns
    return Examples(np.array(evidence, dtype=np.float32), *map(np.array, others))


def _alone(article: AlignedArticle) -> Iterator[AlignedArticle]:
    """Each translation of an article by itself."""
    for language, alignment in article.alignments.items():
        editions = {each: article.editions[each] for each in (PIVOT, language)}
        yield replace(article, editions=editions, alignments={language: alignment})


def _rows(
    evidence: Mapping[str, LanguageEvidence],
    terms: Sequence[Term],
    damage: Mapping[tuple[str, int, int], Damage],
    about: tuple[str, str, str, bool],
) -> Iterator[tuple[object, ...]]:
    source, name, editions, is_clean = about
    mains = main_renderings(evidence)
    for language, known in evidence.items():
        places = [
            (language, number, index)
            for number, row in enumerate(known.hits)
            for index in range(len(row))
        ]
        contexts = contexts_of(language, evidence, mains, terms, PIVOT)
        said = said_of(contexts)
        rows = evidence_of(contexts, said).astype(np.float32)
        for place, row, context, divergences in zip(places, rows, contexts, said, strict=True):
            if not context.hit.passage.target:
                continue
            done = damage.get(place)
            loud = [each.kind for each in divergences if each.severity != "note"]
            yield (
                row,
                done.kind if done else "ok",
                source,
                language,
                editions,
                is_clean,
                f"{name} {place}",
                loud[0] if loud else "note" if divergences else "",
            )


def write_examples(path: Path, examples: Examples) -> None:
    """Keeps examples in a file, for fits that are tried again."""
    np.savez_compressed(path, **{name: getattr(examples, name) for name in Examples.__slots__})


def read_examples(path: Path) -> Examples:
    """Reads what `write_examples` wrote."""
    with np.load(path) as kept:
        return Examples(**{name: kept[name] for name in Examples.__slots__})
