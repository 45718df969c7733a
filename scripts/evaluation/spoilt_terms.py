"""What `align terms` finds of errors that a script makes in real translations.

    python scripts/evaluate.py spoilt

Spoils the news, guides, manuals and scripture of the development sets (`evaluation.spoilt`), which
nothing of terms was fitted on but for the news, and prints for each source and language:

- the share of what was spoilt, by kind, of which an error or a warning tells (and with notes), all
  editions together and each alone;
- precision: of all that is raised, what tells of damage; and of what is raised that was not raised
  of the text as it was published;
- alarms: errors and warnings per 100 segments of the text as it was published.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import align
from align.terminology.evidence import gather_evidence
from align.terminology.extraction import key_terms
from evaluation.dev_data import TARGET_LANGUAGES
from evaluation.editions import sourced_articles
from evaluation.spoilt import Spoiler, is_sure, spoilt
from evaluation.terms import PIVOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from align.article import AlignedArticle
    from align.encoders.base import Encoder
    from align.terminology.hits import LanguageEvidence
    from align.terminology.model import Term, TermFinding
    from evaluation.editions import SourcedArticle
    from evaluation.spoilt import Damage

KINDS = ("missing", "misnamed", "replaced", "untranslated")

ACCEPTED: Mapping[str, frozenset[str]] = {
    "missing": frozenset({"missing"}),
    "misnamed": frozenset({"mistranslated", "inconsistent", "conflated", "missing"}),
    "replaced": frozenset({"mistranslated", "inconsistent", "conflated", "missing"}),
    "untranslated": frozenset({"untranslated"}),
}
"""The kinds of divergence that tell of damage of a kind."""

_SEED = 3

Place = tuple[str, str, int, int]
"""A language, the term, the segment and where in it the mention begins."""


@dataclass(slots=True)
class Tally:
    """What was counted of one source, or one language."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    noted: Counter[str] = field(default_factory=Counter)
    raised: int = 0
    right: int = 0
    new: int = 0
    alarms: int = 0
    segments: int = 0

    def row(self) -> str:
        """The figures as a row of the table."""
        shares = "".join(
            f"{self.found[kind] / max(self.planted[kind], 1):7.2f}"
            f"{self.noted[kind] / max(self.planted[kind], 1):6.2f}/{self.planted[kind]:<4}"
            for kind in KINDS
        )
        return (
            f"{shares}{self.right / max(self.raised, 1):7.2f}{self.right / max(self.new, 1):7.2f}"
            f"{100 * self.alarms / max(self.segments, 1):8.2f}"
        )


def evaluate_spoilt(settings: align.Settings) -> str:
    """Prints all figures; returns the signature that they depend on."""
    encoder = settings.encoder
    if isinstance(encoder, str):
        encoder = align.load_encoder(encoder)
    settings = replace(settings, encoder=encoder)
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    signature = ""
    for each, copy, done in _spoilt_articles(encoder):
        for how, pairs in (("all", [(each.article, copy)]), ("one", _alone(each.article, copy))):
            for clean, damaged in pairs:
                before = align.terms(clean, settings=settings)
                after = align.terms(damaged, settings=settings)
                signature = after.signature
                for language in damaged.alignments:
                    for name in ("all sources", each.source, language):
                        _count(tallies[how, name], language, clean, before, after, done)
    for how, title in (("all", "all editions together"), ("one", "each edition alone")):
        heads = "".join(f"{kind:>13}    " for kind in KINDS)
        print(f"\n{title:12}{heads}{'P':>3}{'P, new':>8}{'alarms':>8}")
        for (of, name), tally in tallies.items():
            if of == how:
                print(f"{name:12}{tally.row()}")
    return signature


def _spoilt_articles(
    encoder: Encoder,
) -> Iterator[tuple[SourcedArticle, AlignedArticle, dict[Place, Damage]]]:
    chance = random.Random(_SEED)
    followed: list[tuple[SourcedArticle, Sequence[Term], Mapping[str, LanguageEvidence]]] = []
    for each in sourced_articles():
        texts = [segment.text for segment in each.article.editions[PIVOT].segments]
        found = key_terms(texts, PIVOT)
        if found:
            followed.append((each, found, gather_evidence(each.article, found, encoder)))
    spoiler = Spoiler(encoder, chance)
    for language in TARGET_LANGUAGES:
        some = [(each, known[language]) for each, _, known in followed if language in known]
        texts = [s.text for each, _ in some for s in each.article.editions[language].segments]
        hits = [hit for _, known in some for row in known.hits for hit in row]
        names = [hit.text for hit in hits if hit.is_name and is_sure(hit) and not hit.copied]
        spoiler.learn(language, texts, names)
    for each, terms, clean in followed:
        copy, damage = spoilt(each.article, terms, clean, spoiler, chance)
        done = {}
        for (language, number, index), what in damage.items():
            term = terms[number]
            mention = term.mentions[index]
            done[language, term.text, mention.segment, mention.span.start] = what
        yield each, copy, done


def _alone(
    clean: AlignedArticle, damaged: AlignedArticle
) -> list[tuple[AlignedArticle, AlignedArticle]]:
    return [(_of_one(clean, language), _of_one(damaged, language)) for language in clean.alignments]


def _of_one(article: AlignedArticle, language: str) -> AlignedArticle:
    return replace(
        article,
        editions={PIVOT: article.editions[PIVOT], language: article.editions[language]},
        alignments={language: article.alignments[language]},
    )


def _count(
    tally: Tally,
    language: str,
    clean: AlignedArticle,
    before: align.TermReport,
    after: align.TermReport,
    done: Mapping[Place, Damage],
) -> None:
    """Adds what is told of one language."""
    places = _mentions(after)
    was_told = {
        (finding.term, finding.segment, finding.source_span)
        for finding in _of(before, language)
        if finding.severity != "note"
    }
    told: dict[Place, list[TermFinding]] = defaultdict(list)
    for finding in _of(after, language):
        starts = places.get((finding.term, finding.segment, finding.source_text, language), {})
        start = starts.get(finding.source_span.start)
        if start is not None:
            told[language, finding.term, finding.segment, start].append(finding)
    for place, damage in done.items():
        if place[0] != language or damage.kind == "unknown":
            continue
        tally.planted[damage.kind] += 1
        good = [f for f in told[place] if f.kind in ACCEPTED[damage.kind]]
        tally.found[damage.kind] += any(f.severity != "note" for f in good)
        tally.noted[damage.kind] += bool(good)
    for place, findings in told.items():
        raised = [f for f in findings if f.severity != "note"]
        if not raised or (place in done and done[place].kind == "unknown"):
            continue
        tally.raised += 1
        tally.right += place in done
        again = all((f.term, f.segment, f.source_span) in was_told for f in raised)
        tally.new += place in done or not again
    tally.alarms += len({(f.segment, f.term) for f in _of(before, language)
                         if f.severity != "note"})  # fmt: skip
    tally.segments += sum(len(b.source) for b in clean.alignments[language] if b.is_aligned)


def _of(report: align.TermReport, language: str) -> list[TermFinding]:
    return [f for f in report.findings if f.language == language and f.target_text]


def _mentions(report: align.TermReport) -> dict[tuple[str, int, str, str], dict[int, int]]:
    """Where mentions begin in their segments, by where they begin in their beads."""
    places: dict[tuple[str, int, str, str], dict[int, int]] = defaultdict(dict)
    for rendered in report.terms:
        for language, occurrences in rendered.occurrences.items():
            for each in occurrences:
                key = rendered.term.text, each.mention.segment, each.source_text, language
                places[key][each.source_span.start] = each.mention.span.start
    return places
