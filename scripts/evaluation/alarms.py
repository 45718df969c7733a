"""What terms and checks say of real translations, and how much of it is real.

    python scripts/evaluate.py alarms

Counts the errors and warnings of `align terms`, all editions together, and of `align check`, on
the guides and on the news, for each language per 100 segments; what both say of one place counts
once. `read_alarms.tsv` has the verdicts of people on a sample of those on the guides, read one by
one: `real` where a reviewer would thank for it, `false` where not, and why. The texts are other
people's and stay where they are; a row names the place.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import align
from evaluation.editions import documents
from evaluation.terms import PIVOT, news_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from align.article import AlignedArticle
    from align.findings import Finding

READ = Path(__file__).with_name("read_alarms.tsv")
_COLUMNS = ("document", "language", "segment", "check", "words", "verdict", "why")


@dataclass(frozen=True, slots=True)
class Alarm:
    """An error or a warning on a real translation.

    Attributes:
        document: Name of the document.
        finding: What is said.
    """

    document: str
    finding: Finding

    @property
    def place(self) -> tuple[str, ...]:
        """What names it in the file of verdicts."""
        finding = self.finding
        words = finding.term or _words(finding)
        return (
            self.document,
            finding.language,
            str(finding.segment),
            finding.check,
            " ".join(words.split())[:40],
        )


def _words(finding: Finding) -> str:
    if finding.source_span is not None:
        return finding.source_text[finding.source_span.slice]
    return finding.rendering or ""


def alarms_of(article: AlignedArticle, settings: align.Settings) -> Iterator[Alarm]:
    """What terms and checks say of an article, each place once."""
    by_terms = [f for f in align.terms(article, settings=settings).findings if f.severity != "note"]
    told = {(f.language, f.segment, f.term) for f in by_terms}
    for finding in by_terms:
        yield Alarm(article.name, finding)
    for language in article.alignments:
        alone = replace(
            article,
            editions={PIVOT: article.editions[PIVOT], language: article.editions[language]},
            alignments={language: article.alignments[language]},
        )
        for finding in align.check(alone, settings=settings).findings:
            again = finding.term and (language, finding.segment, finding.term) in told
            if finding.severity != "note" and not again and finding.target_text:
                yield Alarm(article.name, finding)


def guides() -> Iterator[AlignedArticle]:
    """The guides in all languages; passages that a language lacks are left out of it."""
    return (each.article for each in documents() if each.source == "guide")


def verdicts() -> dict[tuple[str, ...], str]:
    """The verdicts of people, by place."""
    _, *lines = READ.read_text(encoding="utf-8").splitlines()
    rows = (dict(zip(_COLUMNS, line.split("\t"), strict=True)) for line in lines)
    return {tuple(row[name] for name in _COLUMNS[:5]): row["verdict"] for row in rows}


def evaluate_alarms(settings: align.Settings) -> str:
    """Prints the figures; returns the signature that they depend on."""
    read = verdicts()
    for title, articles in (("guides", guides()), ("news", news_articles())):
        alarms, sizes = _counted(articles, settings)
        print(f"\n{title}: errors and warnings per 100 segments")
        for language, size in sizes.items():
            checks = Counter(a.finding.check for a in alarms if a.finding.language == language)
            shown = ", ".join(f"{check} {count}" for check, count in checks.most_common(6))
            print(f"{language:10}{100 * checks.total() / size:6.2f}  ({size})  {shown}")
        said = Counter(read[alarm.place] for alarm in alarms if alarm.place in read)
        if said:
            print(f"of {said.total()} that were read, real: {said['real'] / said.total():.2f}")
    return align.terms(next(guides()), settings=settings).signature


def _counted(
    articles: Iterable[AlignedArticle], settings: align.Settings
) -> tuple[list[Alarm], Counter[str]]:
    alarms: list[Alarm] = []
    sizes: Counter[str] = Counter()
    for article in articles:
        alarms += alarms_of(article, settings)
        for language, alignment in article.alignments.items():
            sizes[language] += sum(len(bead.source) for bead in alignment if bead.is_aligned)
    return alarms, sizes


def sample(count: int, settings: align.Settings, seed: int = 5) -> list[Alarm]:
    """Alarms on the guides, drawn at random, to be read."""
    alarms, _ = _counted(guides(), settings)
    return random.Random(seed).sample(alarms, min(count, len(alarms)))
