"""Scores terms on the bundled articles and counts false alarms on clean translations.

`python scripts/evaluate.py terms` prints, for each language:

- renderings: the share of gold mentions whose rendering is found at exactly the right span (one
  that differs by Arabic proclitics or the article at its start counts), the gold terms being given
  and being found by `align` itself;
- divergences: precision and recall on the planted editions, all planted together (so that what
  other editions say may be wrong, too) and each alone among clean ones. Errors and warnings are
  what is raised; the last columns are both figures if notes counted, too;
- false alarms, errors and warnings, on the clean editions, and per 1,000 segments of clean news.

The second article, which nothing is fitted on, has no planted edition of its own; the names and
terms that went wrong in its drafts are planted one by one.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import regex

import align
from align.article import AlignedArticle
from align.beads import Alignment, Bead
from align.edition import Edition
from align.formats.files import read_text
from align.resources import data_folder
from align.segmentation import document_of_lines
from align.terminology.variants import term_key
from align.text import Span, join_text
from evaluation.dev_data import TARGET_LANGUAGES, bundled_corpus, raw_lines
from evaluation.term_gold import planted_segments, read_plants, read_renderings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from align.findings import Finding
    from align.terminology.model import Occurrence, TermReport
    from evaluation.term_gold import GoldRendering, Place, Plant

CORPUS = "japan-europe-cooperation"
SECOND = "japan-europe-sea-lanes"
PIVOT = "en"

_DRAFT_KINDS = ("name", "term", "inconsistent-term")

_CLITICS = regex.compile("[وف]?[بكل]?(?:ال)?")


@dataclass(slots=True)
class Counts:
    """How many findings were raised and right, and how many plants found, by kind."""

    raised: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """Share of raised findings that tell of a plant."""
        return self.right.total() / max(self.raised.total(), 1)

    @property
    def recall(self) -> float:
        """Share of plants that a finding tells of."""
        return self.found.total() / max(self.planted.total(), 1)


def evaluate_terms(settings: align.Settings) -> str:
    """Prints all figures; returns the signature that they depend on."""
    signature = ""
    for corpus in (CORPUS, SECOND):
        clean = corpus_article(corpus)
        gold_terms = list(
            dict.fromkeys(row.term for row in read_renderings(corpus, TARGET_LANGUAGES[0]))
        )
        # Without the vectors that were kept: as somebody runs it for the first time.
        started = time.perf_counter()
        by_itself = align.terms(clean, settings=replace(settings, cached=False))
        seconds = time.perf_counter() - started
        signature = by_itself.signature
        languages = len(clean.editions)
        print(
            f"\n== {corpus}: {len(by_itself.terms)} terms in {languages} languages, {seconds:.1f} s"
        )
        _print_missed(by_itself, gold_terms)
        given = align.terms(clean, terms=gold_terms, settings=settings)
        _print_renderings(corpus, given, by_itself)
        if corpus == CORPUS:
            _print_divergences("by itself", by_itself, settings, ())
            _print_divergences("terms given", given, settings, gold_terms)
        else:
            _print_drafts(by_itself, settings)
    _print_alarms(settings)
    return signature


def corpus_article(
    corpus: str, targets: Mapping[str, Sequence[str]] | None = None
) -> AlignedArticle:
    """A bundled article with its gold alignment.

    Args:
        corpus: Its name.
        targets: The segments of some editions, if others than the clean ones are wanted.
    """
    pairs = bundled_corpus(corpus)
    texts = {pair.target_language: pair.target for pair in pairs} | dict(targets or {})
    beads = {
        pair.target_language: [
            Bead(_span(bead.source), _span(bead.target), None, 1.0) for bead in pair.gold
        ]
        for pair in pairs
    }
    return article_of_beads(corpus, list(pairs[0].source), texts, beads)


def news_articles() -> Iterator[AlignedArticle]:
    """Each story of the clean news, a line a segment, in all languages."""
    texts = {language: raw_lines(language) for language in (PIVOT, *TARGET_LANGUAGES)}
    stories: dict[str, list[int]] = {}
    for line, story in enumerate(raw_lines("document_ids")):
        stories.setdefault(story, []).append(line)
    for story, lines in stories.items():
        source = [texts[PIVOT][line] for line in lines]
        targets = {
            language: [texts[language][line] for line in lines] for language in TARGET_LANGUAGES
        }
        yield article_of_lines(story, source, targets)


def article_of_lines(
    name: str, source: Sequence[str], targets: Mapping[str, Sequence[str]]
) -> AlignedArticle:
    """An article whose editions have a line for each line of the pivot."""
    beads = [Bead(Span(i, i + 1), Span(i, i + 1), None, 1.0) for i in range(len(source))]
    return article_of_beads(name, source, targets, dict.fromkeys(targets, beads))


def article_of_beads(
    name: str,
    source: Sequence[str],
    targets: Mapping[str, Sequence[str]],
    beads: Mapping[str, Sequence[Bead]],
) -> AlignedArticle:
    """An article of segments and beads."""
    editions = {}
    for language, segments in ((PIVOT, source), *targets.items()):
        document, cut = document_of_lines("\n".join(segments) + "\n")
        editions[language] = Edition(language, document, cut)
    alignments = {
        language: Alignment(tuple(some), len(source), len(targets[language]))
        for language, some in beads.items()
    }
    return AlignedArticle(name, name, None, PIVOT, editions, alignments, (), 0.5, "")


def with_targets(article: AlignedArticle, targets: Mapping[str, Sequence[str]]) -> AlignedArticle:
    """An article with other texts in the segments of its editions."""
    editions = dict(article.editions)
    for language, segments in targets.items():
        document, cut = document_of_lines("\n".join(segments) + "\n")
        if len(cut) != len(segments):
            raise ValueError(f"{article.name}, {language}: a segment has become empty")
        editions[language] = Edition(language, document, cut)
    return replace(article, editions=editions)


def _span(indices: Sequence[int]) -> Span:
    return Span(min(indices), max(indices) + 1) if indices else Span(0, 0)


def _print_missed(report: TermReport, gold_terms: Sequence[str]) -> None:
    known = {
        term_key(form, PIVOT)
        for rendered in report.terms
        for form in (rendered.term.text, *rendered.term.variants)
    }
    missed = [term for term in gold_terms if term_key(term, PIVOT) not in known]
    print(f"gold terms found: {len(gold_terms) - len(missed)} of {len(gold_terms)}", end="")
    print(f"; missed: {', '.join(missed)}" if missed else "")


def _print_renderings(corpus: str, given: TermReport, by_itself: TermReport) -> None:
    print(f"\n{'renderings':12}{'gold':>6}{'exact':>8}{'by itself':>11}")
    shares = []
    for language in TARGET_LANGUAGES:
        gold = read_renderings(corpus, language)
        right = [
            sum(judge_renderings(report, corpus, language, gold)) for report in (given, by_itself)
        ]
        shares.append((right[0] / len(gold), right[1] / len(gold)))
        print(f"{language:12}{len(gold):6}{shares[-1][0]:8.3f}{shares[-1][1]:11.3f}")
    means = [sum(column) / len(shares) for column in zip(*shares, strict=True)]
    print(f"{'mean':12}{'':6}{means[0]:8.3f}{means[1]:11.3f}")


def judge_renderings(
    report: TermReport, corpus: str, language: str, gold: Sequence[GoldRendering]
) -> list[bool]:
    """For each gold mention, whether its rendering was found at exactly the right span."""
    segments = next(
        pair.target for pair in bundled_corpus(corpus) if pair.target_language == language
    )
    occurrences = {
        (occurrence.mention.segment, occurrence.mention.span): occurrence
        for rendered in report.terms
        for occurrence in rendered.occurrences[language]
    }
    verdicts = []
    for row in gold:
        occurrence = occurrences.get((row.source.segment, row.source.span))
        verdicts.append(occurrence is not None and _is_right(occurrence, row, language, segments))
    return verdicts


def _is_right(
    occurrence: Occurrence, gold: GoldRendering, language: str, segments: Sequence[str]
) -> bool:
    if occurrence.target_span is None:
        return gold.rendering is None
    places = [place for place in (gold.rendering, *gold.also) if place]
    return any(_same_place(occurrence, place, language, segments) for place in places)


def _same_place(
    occurrence: Occurrence, place: Place, language: str, segments: Sequence[str]
) -> bool:
    joined = join_text([segments[i] for i in occurrence.target_segments], language)
    if place.segment not in occurrence.target_segments or occurrence.target_span is None:
        return False
    offset = joined.starts[occurrence.target_segments.index(place.segment)]
    start, stop = place.span.start + offset, place.span.stop + offset
    span = occurrence.target_span
    if (span.start, span.stop) == (start, stop):
        return True
    between = joined.text[min(span.start, start) : max(span.start, start)]
    return language == "ar" and span.stop == stop and _CLITICS.fullmatch(between) is not None


def _print_divergences(
    title: str, on_clean: TermReport, settings: align.Settings, terms: Sequence[str]
) -> None:
    segments = {language: planted_segments(CORPUS, language) for language in TARGET_LANGUAGES}
    planted = align.terms(corpus_article(CORPUS, segments), terms=terms, settings=settings)
    print(f"\n{f'planted, {title}':24}{'plants':>7}{'raised':>8}{'P':>7}{'R':>7}{'alone P':>9}"
          f"{'R':>7}{'clean':>7}{'P, notes':>10}{'R':>7}")  # fmt: skip
    rows = []
    kinds = Counts()
    for language in TARGET_LANGUAGES:
        plants = read_plants(CORPUS, language)
        together = count_findings(planted, language, plants)
        noted = count_findings(planted, language, plants, notes=True)
        one = corpus_article(CORPUS, {language: segments[language]})
        alone = count_findings(align.terms(one, terms=terms, settings=settings), language, plants)
        alarms = sum(_is_raised(finding, language) for finding in on_clean.findings)
        rows.append(
            (
                together.precision,
                together.recall,
                alone.precision,
                alone.recall,
                noted.precision,
                noted.recall,
            )
        )
        print(
            f"{language:24}{len(plants):7}{together.raised.total():8}{together.precision:7.2f}"
            f"{together.recall:7.2f}{alone.precision:9.2f}{alone.recall:7.2f}{alarms:7}"
            f"{noted.precision:10.2f}{noted.recall:7.2f}"
        )
        for name in ("raised", "right", "planted", "found"):
            getattr(kinds, name).update(getattr(together, name))
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    print(
        f"{'mean':39}{means[0]:7.2f}{means[1]:7.2f}{means[2]:9.2f}{means[3]:7.2f}"
        f"{means[4]:17.2f}{means[5]:7.2f}"
    )
    for kind, count in sorted(kinds.planted.items()):
        print(f"  {kind:20} found {kinds.found[kind]:4} of {count:4}")
    for kind, count in sorted(kinds.raised.items()):
        print(f"  {kind:20} right {kinds.right[kind]:4} of {count:4} raised")


def _print_drafts(on_clean: TermReport, settings: align.Settings) -> None:
    """What is found of the names and terms in drafts, each edition alone among clean ones."""
    print(f"\n{'names, terms in drafts':24}{'planted':>8}{'raised':>8}{'found':>7}{'clean':>7}")
    totals = Counter[str]()
    for language in TARGET_LANGUAGES:
        segments, plants = drafted(SECOND, language)
        report = align.terms(corpus_article(SECOND, {language: segments}), settings=settings)
        raised = [finding for finding in report.findings if _is_raised(finding, language)]
        found = sum(
            any(finding.segment == segment and _is_about(finding, text) for finding in raised)
            for segment, text in plants
        )
        alarms = sum(_is_raised(finding, language) for finding in on_clean.findings)
        row = {"planted": len(plants), "raised": len(raised), "found": found, "clean": alarms}
        totals.update(row)
        print(f"{language:24}{len(plants):8}{len(raised):8}{found:7}{alarms:7}")
    print(f"{'all':24}{totals['planted']:8}{totals['raised']:8}{totals['found']:7}"
          f"{totals['clean']:7}")  # fmt: skip


def drafted(corpus: str, language: str) -> tuple[list[str], list[tuple[int, str]]]:
    """An edition's segments with the names and terms of its draft, and where these stand.

    Returns:
        The segments; for each plant the index of its source segment and the term there.
    """
    pair = next(pair for pair in bundled_corpus(corpus) if pair.target_language == language)
    segments, plants = list(pair.target), []
    _, *lines = read_text(
        data_folder("corpora") / corpus / "draft" / f"{language}.tsv"
    ).splitlines()
    for line in lines:
        kind, segment, term, original, planted, _ = line.split("\t")
        bead = next(bead for bead in pair.gold if int(segment) in bead.source)
        place = next((at for at in bead.target if original in segments[at]), None)
        if kind in _DRAFT_KINDS and place is not None:
            segments[place] = segments[place].replace(original, planted, 1)
            plants.append((int(segment), term))
    return segments, plants


def count_findings(
    report: TermReport, language: str, plants: Sequence[Plant], *, notes: bool = False
) -> Counts:
    """Compares errors and warnings of one language, or notes too, with what was planted."""
    raised = [
        finding
        for finding in report.findings
        if _is_raised(finding, language) or (notes and finding.language == language)
    ]
    counts = Counts()
    told: set[int] = set()
    for finding in raised:
        counts.raised[finding.kind] += 1
        for index, plant in enumerate(plants):
            if tells_of(finding, plant):
                told.add(index)
                counts.right[finding.kind] += 1
                break
    for index, plant in enumerate(plants):
        counts.planted[plant.kind] += 1
        counts.found[plant.kind] += index in told
    return counts


def tells_of(finding: Finding, plant: Plant) -> bool:
    """Whether a finding is of an accepted kind and at the mention that a plant is about."""
    if finding.kind not in plant.accepted or finding.segment != plant.source.segment:
        return False
    return _is_about(finding, plant.source.text)


def _is_about(finding: Finding, text: str) -> bool:
    """Whether the mention that a finding tells of is a term, or part of it, or holds it."""
    mention = finding.source_text[finding.source_span.slice]
    one, other = term_key(mention, PIVOT), term_key(text, PIVOT)
    return set(one) <= set(other) or set(other) <= set(one)


def _is_raised(finding: Finding, language: str) -> bool:
    return finding.language == language and finding.severity in ("error", "warning")


def _print_alarms(settings: align.Settings) -> None:
    alarms: dict[str, Counter[str]] = {language: Counter() for language in TARGET_LANGUAGES}
    segments = 0
    for article in news_articles():
        segments += len(article.editions[PIVOT].segments)
        for finding in align.terms(article, settings=settings).findings:
            if finding.severity in ("error", "warning"):
                alarms[finding.language][finding.kind] += 1
    print(f"\nerrors and warnings per 1,000 segments of clean news ({segments} segments)")
    for language, by_kind in alarms.items():
        shown = ", ".join(f"{kind} {1000 * n / segments:.1f}" for kind, n in by_kind.most_common())
        print(f"{language:12}{1000 * by_kind.total() / segments:7.1f}   {shown}")
