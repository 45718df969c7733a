"""The check on reversed meanings: judges the evidence by fitted weights."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from align.checks.base import Check, register
from align.checks.reversals.cues import IDIOMS, NEGATION
from align.checks.reversals.evidence import FEATURES, Candidate, Rows, evidence
from align.languages.profile import base_language, profile
from align.resources import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from align.checks.base import Translation
    from align.findings import Finding
    from align.passages import Passage

ADDED = "negation-added"
"""What the weights for a negation that only the translation has are called."""

OTHERS = "others"
"""What those for all classes too rare for weights of their own are called."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Weights for one class, from `models/checks/reversals.toml`.

    Attributes:
        weights: One for each of `FEATURES`.
        noted: Probability from which it is worth a note.
        warned: Probability from which it is worth a warning.
        languages: In which, by their primary subtags; in others it is a note.
    """

    weights: tuple[float, ...]
    noted: float
    warned: float
    languages: frozenset[str]

    def chances(self, rows: Rows) -> Rows:
        """Probabilities that the meaning is reversed, shape (n,), of rows of `FEATURES`."""
        return np.asarray(1 / (1 + np.exp(-(rows @ np.array(self.weights)))))


@register
class ReversedMeaningCheck(Check):
    """A translation that says the opposite: “not” lost, before for after.

    What:
        Words that decide what a sentence says are looked for on the other side: negations, more
        and less, rise and fall, at least and at most, before and after, include and exclude, import
        and export, buy and sell, win and lose, the points of the compass. Where one is missing
        there, the sentence is turned round, and the vectors say which of the two the translation is
        nearer to. A probability is fitted to real translations, some of them spoilt by script. It
        is a warning where at least 85 of 100 were right in that language, one sentence in fifty
        with such a word being reversed, else a note.

    Why:
        It reads well, so that nobody sees it. Free translations say the same in other words (“is
        not the same”, “differs”), which is why of lost negations the check notes half and warns of
        few. It judges translations from English into Japanese, Chinese, French, Spanish, Arabic
        and Russian, and is silent for other languages (German, Italian, Portuguese), for which
        there were no texts to measure it on.

    Example:
        “The port is not open.” → “Le port est ouvert.”

    Silence:
        Correct it, or accept the finding in the baseline.
    """

    name = "reversed-meaning"
    subject = "completeness"
    rank = 60

    def find(self, translation: Translation) -> Iterator[Finding]:
        """A finding for each passage and class, on the word that is most probably reversed."""
        source, judgements = _judgements()
        languages = translation.source_language, translation.language
        if base_language(languages[0]) != source or not profile(languages[1]).opposites:
            return
        passages = [
            passage
            for passage in translation.passages
            if passage.is_aligned and passage.source != passage.target
        ]
        pairs = [(passage.source, passage.target) for passage in passages]
        for kind in profile(languages[0]).opposites:
            if kind == IDIOMS:
                continue
            sides = (kind, False), (ADDED, True)
            for name, is_turned in sides if kind == NEGATION else sides[:1]:
                judgement = judgements.get(name) or judgements[OTHERS]
                texts = [pair[::-1] for pair in pairs] if is_turned else pairs
                tags = languages[::-1] if is_turned else languages
                found, rows = evidence(texts, tags, kind, translation.encoder)
                chances = judgement.chances(rows)
                for at in _likeliest(found, chances, judgement.noted):
                    passage, chance = passages[found[at].passage], float(chances[at])
                    yield _finding(translation, passage, found[at], judgement, chance, name)


def _likeliest(found: list[Candidate], chances: Rows, least: float) -> list[int]:
    """The likeliest candidate of each passage, if it is likely enough."""
    best: dict[int, int] = {}
    for at in np.argsort(chances, kind="stable"):
        if chances[at] >= least:
            best[found[at].passage] = int(at)
    return [best[passage] for passage in sorted(best)]


def _finding(
    translation: Translation,
    passage: Passage,
    candidate: Candidate,
    judgement: Judgement,
    chance: float,
    name: str,
) -> Finding:
    span, opposite = candidate.cue.span, candidate.opposite
    is_sure = chance >= judgement.warned
    is_warned = is_sure and base_language(translation.language) in judgement.languages
    if name == ADDED:
        said = f"the source does not say “{passage.target[span.slice]}”"
    elif opposite is not None:
        there = passage.target[opposite.span.slice]
        said = f"“{there}” says the opposite of “{passage.source[span.slice]}”"
    else:
        said = f"the translation does not say “{passage.source[span.slice]}”"
    return translation.finding(
        "reversed-meaning",
        "warning" if is_warned else "note",
        passage,
        f"{said}: its meaning seems reversed",
        confidence=round(chance, 2),
        source_span=None if name == ADDED else span,
        target_span=span if name == ADDED else opposite.span if opposite else None,
    )


@lru_cache(maxsize=1)
def _judgements() -> tuple[str, Mapping[str, Judgement]]:
    """The language that the weights are for texts from, and the weights by class."""
    path = data_folder("models") / "checks" / "reversals.toml"
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    source = str(content.pop("source"))
    return source, {
        name: Judgement(
            weights=tuple(float(table["weights"][feature]) for feature in FEATURES),
            noted=float(table["noted"]),
            warned=float(table["warned"]),
            languages=frozenset(table["languages"]),
        )
        for name, table in content.items()
    }
