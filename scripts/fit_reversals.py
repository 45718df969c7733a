"""Fits what says that a translation says the opposite; writes `models/checks/reversals.toml`.

    python scripts/fit_reversals.py

Real translations are spoilt: on one side a negation is taken out or put in, or a word is replaced
by its opposite (`evaluation/reversals.py`). A logistic regression for each class of words tells
them from those that were not touched; classes with few words have one together. What was spoilt
counts as if the share `RATE` of the passages that have such a word were reversed. Figures are for
the sort of text that was left out: news, guides, React's documents, Bitcoin's, Python's, the Bible.

A class warns from the probability on at which `PRECISE` of what it says is right, in the languages
in which that holds, too; it notes from where `NOTED` is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from evaluation.dev_data import TARGET_LANGUAGES
from evaluation.reversals import PIVOT, SLIPS, Example, classes, documents, spoilt
from fitting.logistic import fit_logistic

import align
from align.checks.reversals.check import ADDED, OTHERS
from align.checks.reversals.cues import NEGATION, cues_of
from align.checks.reversals.evidence import FEATURES, Candidate, evidence
from align.encoders.base import Encoder
from align.formats.atomic import open_for_writing
from align.languages.profile import base_language
from align.resources import data_folder

RATE = 0.02
PRECISE, NOTED = 0.85, 0.5
MOST_ALARMS = 0.2
"""Warnings in 100 untouched passages of news and guides of one language."""

FEWEST = 400
"""Untouched passages with a candidate or a word of a class, for it to have weights of its own."""

RIDGE = 1.0
_GAINS = [FEATURES.index("gain"), FEATURES.index("gain-nearby")]


@dataclass(slots=True)
class Set:
    """The passages of one class, touched and untouched, with the rows of their candidates."""

    examples: list[Example] = field(default_factory=list)
    rows: list[np.ndarray] = field(default_factory=list)
    has_cue: list[bool] = field(default_factory=list)

    def add(
        self, examples: list[Example], cues: list[bool], found: list[Candidate], table: np.ndarray
    ) -> None:
        """Adds passages and what is known of their candidates."""
        numbers = np.array([candidate.passage for candidate in found], dtype=int)
        self.examples += examples
        self.has_cue += cues
        self.rows += [table[numbers == index] for index in range(len(examples))]


def gather(encoder: Encoder) -> dict[str, Set]:
    """The sets of all classes."""
    sets: dict[str, Set] = defaultdict(Set)
    for clean in documents(encoder):
        language = clean[0].language
        for kind in classes():
            for name in (NEGATION, ADDED) if kind == NEGATION else (kind,):
                added = name == ADDED
                tags = (language, PIVOT) if added else (PIVOT, language)
                made = [one for each in clean for one in spoilt(each, kind, added=added)]
                beside = [_sides(each, added) for each in clean]
                for some in (clean, made):
                    texts = [_sides(each, added) for each in some]
                    cues = [any(c.turned for c in cues_of(one, tags[0], kind)) for one, _ in texts]
                    sets[name].add(some, cues, *evidence(texts, tags, kind, encoder, beside))
    rare = [name for name, each in sets.items() if _candidates(each) < FEWEST]
    for name in rare:
        each = sets.pop(name)
        for attribute in ("examples", "rows", "has_cue"):
            getattr(sets[OTHERS], attribute).extend(getattr(each, attribute))
    return sets


def _sides(example: Example, added: bool) -> tuple[str, str]:
    return (example.target, example.source) if added else (example.source, example.target)


def _candidates(of: Set) -> int:
    return sum(cue and not one.spoilt for cue, one in zip(of.has_cue, of.examples, strict=True))


@dataclass(frozen=True, slots=True)
class Table:
    """A set in columns, and the chances of its passages when their sort of text was left out."""

    rows: list[np.ndarray]
    kinds: np.ndarray
    languages: np.ndarray
    sides: np.ndarray
    places: list[tuple[str, str, int]]
    has_cue: np.ndarray
    known: np.ndarray

    @classmethod
    def of(cls, some: Set) -> Table:
        """The columns of a set."""
        places = [(one.language, one.document, one.number) for one in some.examples]
        return cls(
            some.rows,
            np.array([one.kind for one in some.examples]),
            np.array([one.language for one in some.examples]),
            np.array([one.spoilt for one in some.examples]),
            places,
            np.array(some.has_cue),
            np.array([place not in SLIPS for place in places]),
        )

    def share(self, chosen: np.ndarray) -> float:
        """How much a spoilt passage counts beside an untouched one."""
        clean = chosen & (self.sides == "") & self.has_cue & self.known
        bad = chosen & (self.sides != "")
        return RATE / (1 - RATE) * float(clean.sum()) / max(float(bad.sum()), 1.0)

    def fit(self, chosen: np.ndarray) -> np.ndarray:
        """The weights that some of the passages give."""
        share = self.share(chosen)
        data, labels, shares = [], [], []
        for index in np.flatnonzero(chosen & self.known):
            rows, is_spoilt = self.rows[index], self.sides[index] != ""
            if is_spoilt and len(rows):  # which of its words was turned, the vectors know best
                rows = rows[[int(rows[:, _GAINS].sum(axis=1).argmin())]]
            data.append(rows)
            labels += [is_spoilt] * len(rows)
            shares += [share if is_spoilt else 1.0] * len(rows)
        every = np.concatenate(data)
        mean, spread = every.mean(axis=0), every.std(axis=0) + 1e-9
        mean[0], spread[0] = 0.0, 1.0
        weights = fit_logistic(
            (every - mean) / spread, np.array(labels), ridge=RIDGE, shares=np.array(shares)
        )
        weights /= spread
        weights[0] -= weights[1:] @ mean[1:]
        return weights

    def left_out(self) -> np.ndarray:
        """The chance of every passage, by weights fitted on other sorts of text."""
        chances = np.zeros(len(self.rows))
        for kind in dict.fromkeys(self.kinds.tolist()):
            weights = self.fit(self.kinds != kind)
            for index in np.flatnonzero(self.kinds == kind):
                if len(self.rows[index]):
                    odds = float((self.rows[index] @ weights).max())
                    chances[index] = 1 / (1 + np.exp(-odds))
        return chances


@dataclass(frozen=True, slots=True)
class Figures:
    """What a class finds in some languages from a probability on."""

    recall: float
    by_side: tuple[float, float]
    precision: float
    alarms: float
    false: int

    @classmethod
    def of(cls, table: Table, chances: np.ndarray, least: float, language: str = "") -> Figures:
        """Counts."""
        chosen = table.known & ((table.languages == language) | (not language))
        clean, bad = chosen & (table.sides == ""), chosen & (table.sides != "")
        right = float((chances[bad] >= least).sum()) * table.share(chosen)
        false = int((chances[clean] >= least).sum())
        some = clean & np.isin(table.kinds, ("news", "guide"))
        passages = len({table.places[index] for index in np.flatnonzero(some)})
        return cls(
            recall=float((chances[bad] >= least).mean()),
            by_side=(
                float((chances[bad & (table.sides == "source")] >= least).mean()),
                float((chances[bad & (table.sides == "target")] >= least).mean()),
            ),
            precision=right / max(right + false, 1e-9),
            alarms=100 * float((chances[some] >= least).sum()) / max(passages, 1),
            false=false,
        )


def threshold(table: Table, chances: np.ndarray, precision: float) -> float:
    """The lowest probability from which on so much is right."""
    clean = np.sort(chances[table.known & (table.sides == "")])[::-1]
    for least in clean[np.arange(len(clean)) < 300][::-1]:
        above = float(np.nextafter(least, 1))
        if Figures.of(table, chances, above).precision >= precision:
            return max(above, 0.01)
    return 1.0


def calibration(table: Table, chances: np.ndarray) -> float:
    """Expected calibration error of the probabilities of what is worth a note or more."""
    share = table.share(table.known)
    counts = np.where(table.sides == "", 1.0, share) * table.known
    error = total = 0.0
    for low in np.arange(0.1, 1, 0.1):
        inside = (chances >= low) & (chances < low + 0.1)
        if (weight := counts[inside].sum()) > 0:
            true = counts[inside & (table.sides != "")].sum() / weight
            said = (chances[inside] * counts[inside]).sum() / weight
            error += abs(true - said) * weight
            total += weight
    return error / max(total, 1e-9)


def main() -> None:
    """Makes the examples, fits, prints what is found, writes the weights."""
    sets = gather(align.load_encoder())
    heads = (
        "class",
        "passages with a word",
        "recall",
        "with notes",
        "by side",
        *TARGET_LANGUAGES,
        "ECE",
    )
    print(f"| {' | '.join(heads)} |")
    print("|---|" + "---:|" * (len(TARGET_LANGUAGES) + 5))
    alarms: dict[str, list[float]] = {tag: [0, 0] for tag in TARGET_LANGUAGES}
    path = data_folder("models") / "checks" / "reversals.toml"
    with open_for_writing(path) as file:
        file.write(f'# Written by scripts/fit_reversals.py.\n\nsource = "{PIVOT}"\n')
        for name, some in sets.items():
            table = Table.of(some)
            chances = table.left_out()
            warned, noted = (threshold(table, chances, least) for least in (PRECISE, NOTED))
            by_language = {tag: Figures.of(table, chances, warned, tag) for tag in TARGET_LANGUAGES}
            unsure = {
                base_language(tag)
                for tag, each in by_language.items()
                if each.precision < PRECISE or each.alarms > MOST_ALARMS
            }
            sure = sorted({base_language(tag) for tag in TARGET_LANGUAGES} - unsure)
            cells = []
            for tag, each in by_language.items():
                is_sure = base_language(tag) in sure
                cells.append(f"{each.recall:.2f}" if is_sure else "note")
                alarms[tag][0] += each.alarms * is_sure
                alarms[tag][1] += each.alarms
            every, notes = (Figures.of(table, chances, least) for least in (warned, noted))
            print(
                f"| {name} | {_candidates(some)} | {every.recall:.2f} | {notes.recall:.2f} | "
                f"{' / '.join(f'{side:.2f}' for side in notes.by_side)} | "
                f"{' | '.join(cells)} | {calibration(table, chances):.2f} |"
            )
            file.write(f"\n[{name}]\nnoted = {noted:.4f}\nwarned = {warned:.4f}\n")
            file.write(f"languages = {sure}\n\n[{name}.weights]\n".replace("'", '"'))
            weights = table.fit(np.ones(len(table.rows), dtype=bool))
            for feature, weight in zip(FEATURES, weights, strict=True):
                file.write(f"{feature} = {weight:.4f}\n")
    print(
        "\nwarnings in 100 untouched passages of news and guides, and if no language were left out:"
    )
    print(", ".join(f"{tag} {shown:.2f} ({all_:.2f})" for tag, (shown, all_) in alarms.items()))


if __name__ == "__main__":
    main()
