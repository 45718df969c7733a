"""Fits what says whether a span renders a term; writes `models/terms/fitness.toml`.

    python scripts/fit_terms.py

Nobody has marked the clean news for renderings, so wrong ones are made: in a copy of each story,
in every language by itself, some renderings are left out, put in place of one another, or have a
word put in place of another that means something near. What is then found for those mentions is
wrong, for all others it is right. Two logistic regressions tell them apart: whether anything is
there (renderings left out against all others), and whether it means the term (renderings replaced
against all others). The bundled corpus is not looked at.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from evaluation.dev_data import TARGET_LANGUAGES
from evaluation.terms import PIVOT, article_of_lines, news_articles
from fitting.logistic import fit_logistic
from fitting.spoilt import some_words

import align
from align.formats.atomic import open_for_writing
from align.resources import data_folder
from align.terminology.evidence import features, gather_evidence
from align.terminology.extraction import key_terms
from align.terminology.parameters import FEATURES, TABLES
from align.terminology.words import words_of

if TYPE_CHECKING:
    from align.article import AlignedArticle
    from align.encoders.base import Encoder
    from align.terminology.hits import Hit

SHARE = 0.2
"""Share of mentions that are made wrong."""

LEFT_OUT_SHARE, OTHER_SHARE = 0.35, 0.1
"""Shares of these that are left out, or have another term's rendering in their place."""

MOST_WORDS = 3000
"""Words of a language that others are replaced by."""

LEFT_OUT, RIGHT, REPLACED = range(3)

RIDGE, TOLERANCE = 1.0, 1e-14
NEAR = (0.3, 0.75)
"""How similar a word is, at least and at most, to the one that it is put in place of."""


class Spoiler:
    """Makes renderings wrong, in ways that translators' slips and editors' cuts do.

    Args:
        encoder: Tells which words mean something near.
        seed: Of the random choices.
    """

    def __init__(self, encoder: Encoder, seed: int = 7) -> None:
        self._encoder = encoder
        self._random = random.Random(seed)
        self._vocabulary: dict[str, tuple[list[str], np.ndarray]] = {}

    def learn(self, language: str, texts: list[str]) -> None:
        """Takes the words of a language from texts, to put in place of others."""
        known = some_words(texts, language, self._random, MOST_WORDS)
        self._vocabulary[language] = (known, self._encoder.encode(known, language=language))

    def spoil(self, hit: Hit, language: str, others: list[str]) -> str:
        """What to put in place of a rendering; nothing, as often as not."""
        way = self._random.random()
        if way < LEFT_OUT_SHARE:
            return ""
        if way < LEFT_OUT_SHARE + OTHER_SHARE and others:
            return self._random.choice(others)
        words = [w for w in words_of([hit.text], language)[0] if w.opens and w.closes]
        if not words:
            return ""
        word = self._random.choice(words)
        known, vectors = self._vocabulary[language]
        near = vectors @ self._encoder.encode([word.text], language=language)[0]
        fitting = np.flatnonzero((near > NEAR[0]) & (near < NEAR[1]))
        if not len(fitting):
            return ""
        # The nearest of a few taken at random: near in meaning, yet not always the same.
        some = self._random.sample(fitting.tolist(), min(len(fitting), 20))
        other = known[max(some, key=lambda index: near[index])]
        return hit.text[: word.start] + other + hit.text[word.stop :]


def examples(
    article: AlignedArticle, encoder: Encoder, spoiler: Spoiler, chance: random.Random
) -> list[tuple[list[float], int, bool]]:
    """What is found in a spoilt copy of an article: features, whether right, whether a name."""
    texts = [segment.text for segment in article.editions[PIVOT].segments]
    terms = key_terms(texts, PIVOT)
    if not terms:
        return []
    clean = gather_evidence(article, terms, encoder)
    targets = {
        language: [segment.text for segment in article.editions[language].segments]
        for language in TARGET_LANGUAGES
    }
    spoilt: dict[tuple[str, int, int], int] = {}
    for language, evidence in clean.items():
        touched: set[int] = set()
        rendered = [hit.text for row in evidence.hits for hit in row if hit.text]
        for number, row in enumerate(evidence.hits):
            for index, hit in enumerate(row):
                segment, span = hit.mention.segment, hit.target_span
                if span is None or hit.fit <= 0.8:
                    continue
                if segment in touched or chance.random() > SHARE:
                    continue
                touched.add(segment)
                other = spoiler.spoil(hit, language, rendered)
                text = targets[language][segment]
                if text[span.slice] != hit.text or other == hit.text:
                    continue
                targets[language][segment] = text[: span.start] + other + text[span.stop :]
                spoilt[language, number, index] = REPLACED if other else LEFT_OUT
    copy = article_of_lines(article.name, texts, targets)
    rows = []
    for language, evidence in gather_evidence(copy, terms, encoder).items():
        for number, row in enumerate(evidence.hits):
            for index, hit in enumerate(row):
                if hit.vector is None:
                    continue
                verdict = spoilt.get((language, number, index), RIGHT)
                rows.append((features(hit), verdict, hit.is_name))
                if chance.random() < 0.5:  # as it is where there is one translation only
                    alone = replace(hit, peers=None, expected=None, outlying=0, uncovered=0)
                    rows.append((features(alone), verdict, hit.is_name))
    return rows


def separation(scores: np.ndarray, labels: np.ndarray) -> float:
    """Area under the curve: how often a right one scores above a wrong one."""
    order = np.argsort(np.argsort(scores))
    right, wrong = int(labels.sum()), int(len(labels) - labels.sum())
    return float((order[labels == 1].sum() - right * (right - 1) / 2) / (right * wrong))


def main() -> None:
    """Makes the examples, fits, prints how well they are told apart, writes the weights."""
    encoder = align.load_encoder()
    articles = list(news_articles())
    spoiler, chance = Spoiler(encoder), random.Random(11)
    for language in TARGET_LANGUAGES:
        spoiler.learn(
            language,
            [s.text for article in articles for s in article.editions[language].segments],
        )
    rows: list[tuple[list[float], int, bool]] = []
    stories: list[int] = []
    for number, article in enumerate(articles):
        found = examples(article, encoder, spoiler, chance)
        rows += found
        stories += [number] * len(found)
        print(f"\r{number + 1} of {len(articles)} stories", end="", file=sys.stderr)
    data, truth, names = (np.array(column) for column in zip(*rows, strict=True))
    story = np.array(stories)
    path = data_folder("models") / "terms" / "fitness.toml"
    with open_for_writing(path) as file:
        file.write("# Written by scripts/fit_terms.py.\n")
        for table, wrong in (("present", LEFT_OUT), ("right", REPLACED)):
            for is_name, sort in enumerate(TABLES):
                chosen = ((truth == RIGHT) | (truth == wrong)) & (names == is_name)
                weights, areas = _fit(data[chosen], truth[chosen] == RIGHT, story[chosen])
                file.write(f"\n[{table}.{sort}]\n")
                bad = int((truth[chosen] == wrong).sum())
                print(f"\n{table}, {sort}: {int(chosen.sum())} examples, {bad} wrong")
                shown = ", ".join(f"{area:.3f}" for area in areas)
                print("  told apart, on stories not fitted on:", shown)
                for name, weight in zip(FEATURES, weights, strict=True):
                    file.write(f"{name} = {weight:.4f}\n")
                    print(f"  {name:28}{weight:9.4f}")


def _fit(data: np.ndarray, right: np.ndarray, story: np.ndarray) -> tuple[np.ndarray, list[float]]:
    """The weights on all examples, and how well those of two thirds tell the other third apart."""
    areas = []
    for fold in range(3):
        test = story % 3 == fold
        weights = _weights(data[~test], right[~test])
        areas.append(separation(data[test] @ weights, right[test]))
    return _weights(data, right), areas


def _weights(data: np.ndarray, right: np.ndarray) -> np.ndarray:
    return fit_logistic(data, right, ridge=RIDGE, tolerance=TOLERANCE)


if __name__ == "__main__":
    main()
