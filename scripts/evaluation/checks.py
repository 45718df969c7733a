"""Scores the checks: recall on the careless drafts, false alarms on clean translations.

`python scripts/evaluate.py checks` (or `check_evaluation.py`, which takes options) prints:

- recall on the drafts, by kind of error and by language, and which check found what;
- precision on the drafts: the share of errors and warnings that tell of a planted error;
- false alarms on the clean editions of both bundled articles and on clean news, in errors and
  warnings per 100 source segments, by check and by language; notes beside them (what an edition
  leaves out or adds on purpose, by its gold alignment, is no false alarm);
- how long a short translation and a large memory take.

A planted error counts as found where one finding

1. lies on its place: its bead holds the source segment that was spoilt, and its span in the
   translation shares a character with what differs between the right text and the planted one
   (where something was only left out, it touches that point); or its span in the source shares a
   character with the source form that the list of errors names; or, for a whole sentence left out
   or left untranslated and for a quotation that parts from the memory, it has no span and so
   speaks of the whole bead;
2. is an error or a warning (`recall`); `with notes` counts notes too.

What kind the finding says it is does not matter: the reviewer is led to the place.

The termbase is `gold/terms.tsv` of the first article and what `align.terms` finds in it; the
memory is `align.build` of the first article.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import align
from align.checks.places import place_of
from align.formats.files import read_text
from align.resources import data_folder
from evaluation.dev_data import TARGET_LANGUAGES, bundled_corpus, raw_lines
from evaluation.draft_gold import ERROR_KINDS, PlantedError, read_draft
from evaluation.terms import news_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from align.checks.model import CheckReport
    from align.findings import Finding

FIRST, SECOND = "japan-europe-cooperation", "japan-europe-sea-lanes"
PIVOT = "en"
PARTS = ("drafts", "clean", "news", "speed")
"""What is scored of the checks."""

QUANTITIES = ("numbers", "dates", "times", "money", "percentages", "measures")
_ABOUT_BEADS = frozenset({"omitted-sentence", "untranslated-sentence", "memory"})
_PAIRS = 10_000


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known beside the text that is checked."""

    termbases: Sequence[align.Termbase]
    memory: Sequence[align.TranslationUnit]


@cache
def knowledge() -> Knowledge:
    """The first article as termbase and memory."""
    article = align.build(data_folder("corpora") / FIRST)
    found = align.termbase_of(align.terms(article))
    return Knowledge((gold_termbase(), found), article.units)


def gold_termbase() -> align.Termbase:
    """The key terms of the first article, the one rendering of each preferred."""
    path = data_folder("corpora") / FIRST / "gold" / "terms.tsv"
    header, *rows = read_text(path).removesuffix("\n").split("\n")
    languages = [PIVOT, *header.split("\t")[1:]]
    entries = []
    for number, row in enumerate(rows, start=1):
        terms = tuple(
            align.TermbaseTerm(text, language, "preferred")
            for language, text in zip(languages, row.split("\t"), strict=True)
            if text
        )
        entries.append(align.TermbaseEntry(f"c{number}", terms))
    return align.Termbase(tuple(entries), title="gold")


@dataclass(slots=True)
class Recall:
    """How many errors were planted and found, by kind, and what found them."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    noted: Counter[str] = field(default_factory=Counter)
    found_by: Counter[tuple[str, str]] = field(default_factory=Counter)
    raised: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)


def check_draft(language: str, settings: align.Settings, only: Sequence[str]) -> CheckReport:
    """The report on one careless draft."""
    folder = data_folder("corpora") / SECOND
    return _check(
        folder / f"{PIVOT}.md", folder / "draft" / f"{language}.md", language, settings, only
    )


def check_clean(
    corpus: str, language: str, settings: align.Settings, only: Sequence[str]
) -> CheckReport:
    """The report on one clean edition."""
    folder = data_folder("corpora") / corpus
    return _check(folder / f"{PIVOT}.md", folder / f"{language}.md", language, settings, only)


def _check(
    source: Path, target: Path, language: str, settings: align.Settings, only: Sequence[str]
) -> CheckReport:
    known = knowledge()
    return align.check(
        source,
        target,
        source_language=PIVOT,
        languages=[language],
        termbases=known.termbases,
        memory=known.memory,
        settings=settings,
        only=only,
    )


def tells_of(finding: Finding, error: PlantedError, draft: str, report: CheckReport) -> bool:
    """Whether a finding leads to a planted error; see the head of this file for the rule."""
    if error.source_segment not in finding.source_segments:
        return False
    if finding.source_span is None and finding.target_span is None:
        return error.kind in _ABOUT_BEADS
    if finding.source_span is not None:
        start = finding.source_text.find(error.source_form)
        while start >= 0:
            if finding.source_span.start < start + len(error.source_form) and (
                start < finding.source_span.stop
            ):
                return True
            start = finding.source_text.find(error.source_form, start + 1)
    if finding.target_span is None or not finding.target_text:
        return False
    place = place_of(report, finding.language, finding)
    if place.line is None or place.column is None:
        return False
    if place.end_line is None or place.end_column is None:
        return False
    lines = draft.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    start = starts[place.line - 1] + place.column - 1
    stop = starts[place.end_line - 1] + place.end_column - 1
    first, last = changed(error)
    return start <= first <= stop if first == last else start < last and first < stop


def changed(error: PlantedError) -> tuple[int, int]:
    """Where in the draft the planted text differs from the right one; may be one point."""
    right, wrong = error.original, error.planted
    before = 0
    while before < min(len(right), len(wrong)) and right[before] == wrong[before]:
        before += 1
    after = 0
    while after < min(len(right), len(wrong)) - before and right[-1 - after] == wrong[-1 - after]:
        after += 1
    return error.draft.start + before, error.draft.stop - after


def judge_draft(language: str, report: CheckReport, *, listed: bool) -> Recall:
    """Compares the findings on one draft with what was planted into it."""
    draft = read_draft(SECOND, language)
    recall = Recall()
    right: set[int] = set()
    for error in draft.errors:
        telling = [
            (number, finding)
            for number, finding in enumerate(report.findings)
            if tells_of(finding, error, draft.text, report)
        ]
        right |= {number for number, _ in telling}
        grave = [finding for _, finding in telling if finding.severity != "note"]
        recall.planted[error.kind] += 1
        recall.found[error.kind] += bool(grave)
        recall.noted[error.kind] += bool(telling)
        for name in {finding.check for finding in grave}:
            recall.found_by[error.kind, name] += 1
        if listed and not grave:
            how = "noted" if telling else "missed"
            print(f"  {language:8}{how}  {error.kind}, source segment {error.source_segment}: "
                  f"{error.original!r} -> {error.planted!r}")  # fmt: skip
    for number, finding in enumerate(report.findings):
        if finding.severity != "note":
            recall.raised[finding.check] += 1
            recall.right[finding.check] += number in right
            if listed and number not in right:
                _list("  wrong on draft", finding)
    return recall


def evaluate_drafts(
    settings: align.Settings, languages: Sequence[str], only: Sequence[str], *, listed: bool
) -> None:
    """Prints recall and precision on the drafts."""
    by_language = {}
    for language in languages:
        report = check_draft(language, settings, only)
        by_language[language] = judge_draft(language, report, listed=listed)
        held_back = sum(report.held_back.values())
        if held_back:
            print(f"  {language}: held back {dict(report.held_back)}")
    heads = "".join(f"{tag:>9}" for tag in by_language)
    print(f"\n{'recall on drafts':24}{heads}{'all':>10}{'':>8}{'with notes':>12}  found by")
    for kind in ERROR_KINDS:
        found = sum(each.found[kind] for each in by_language.values())
        noted = sum(each.noted[kind] for each in by_language.values())
        planted = sum(each.planted[kind] for each in by_language.values())
        by = Counter[str]()
        for each in by_language.values():
            for (of_kind, name), count in each.found_by.items():
                by[name] += count * (of_kind == kind)
        cells = [
            f"{each.found[kind]}/{each.planted[kind]}" if each.planted[kind] else "–"
            for each in by_language.values()
        ]
        names = ", ".join(f"{name} {count}" for name, count in by.most_common() if count)
        print(f"{kind:24}" + "".join(f"{cell:>9}" for cell in cells)
              + f"{found:5}/{planted:<4}{found / max(planted, 1):8.2f}"
              f"{noted / max(planted, 1):12.2f}  {names}")  # fmt: skip
    rows: dict[str, Callable[[Recall], tuple[int, int]]] = {
        "all": lambda each: (each.found.total(), each.planted.total()),
        "all, with notes": lambda each: (each.noted.total(), each.planted.total()),
        "precision": lambda each: (each.right.total(), each.raised.total()),
    }
    for title, of in rows.items():
        counts = [of(each) for each in by_language.values()]
        total = [sum(column) for column in zip(*counts, strict=True)]
        print(f"{title:24}" + "".join(f"{one / max(all_, 1):9.2f}" for one, all_ in counts)
              + f"{total[0]:5}/{total[1]:<4}{total[0] / max(total[1], 1):8.2f}")  # fmt: skip
    raised, right = Counter[str](), Counter[str]()
    for each in by_language.values():
        raised += each.raised
        right += each.right
    for name, count in raised.most_common():
        print(f"  {name:22} right {right[name]:4} of {count:4} raised")


def evaluate_alarms(
    title: str,
    reports: Iterable[tuple[int, CheckReport]],
    languages: Sequence[str],
    *,
    listed: bool,
) -> None:
    """Prints errors and warnings per 100 source segments, by check and by language."""
    alarms: dict[str, Counter[str]] = {language: Counter() for language in languages}
    notes: dict[str, Counter[str]] = {language: Counter() for language in languages}
    segments = Counter[str]()
    for size, report in reports:
        for language in report.languages:
            segments[language] += size
        for finding in report.findings:
            counts = notes if finding.severity == "note" else alarms
            counts[finding.language][finding.check] += 1
            if listed:
                _list(f"  {title}", finding)
    print(f"\n{title + ': per 100 segments':36}" + "".join(f"{tag:>9}" for tag in languages))

    def row(name: str, counts: Mapping[str, int]) -> None:
        print(f"{name:36}" + "".join(
            f"{100 * counts[tag] / max(segments[tag], 1):9.2f}" for tag in languages))  # fmt: skip

    row("errors and warnings", {tag: alarms[tag].total() for tag in languages})
    row("  of quantities", {tag: sum(alarms[tag][n] for n in QUANTITIES) for tag in languages})
    for name in sorted({name for counts in alarms.values() for name in counts}):
        row(f"  {name}", {tag: alarms[tag][name] for tag in languages})
    row("notes", {tag: notes[tag].total() for tag in languages})
    for name in sorted({name for counts in notes.values() for name in counts}):
        row(f"  {name}", {tag: notes[tag][name] for tag in languages})


def _list(title: str, finding: Finding) -> None:
    source, target = finding.source_span, finding.target_span
    about = [
        repr(text[span.slice])
        for text, span in ((finding.source_text, source), (finding.target_text, target))
        if span is not None
    ]
    what = f"{finding.language} {finding.severity} [{finding.check}] {finding.message}"
    print(f"{title}: {what} ({' / '.join(about)})")
    print(f"      {finding.source_text}\n      {finding.target_text}")


def clean_reports(
    corpus: str, settings: align.Settings, languages: Sequence[str], only: Sequence[str]
) -> Iterable[tuple[int, CheckReport]]:
    """The reports on the clean editions of a bundled article."""
    for language in languages:
        report = check_clean(corpus, language, settings, only)
        left_out, added = unaligned(corpus, language)
        alarms = tuple(
            finding
            for finding in report.findings
            if not (
                (not finding.target_text and left_out.issuperset(finding.source_segments))
                or (not finding.source_text and added.issuperset(finding.target_segments))
            )
        )
        report = replace(report, findings=alarms)
        yield len(report.article.editions[PIVOT].segments), report


def unaligned(corpus: str, language: str) -> tuple[set[int], set[int]]:
    """Which source segments an edition leaves out, and which of its own have no source."""
    pair = next(pair for pair in bundled_corpus(corpus) if pair.target_language == language)
    left_out = {index for bead in pair.gold if not bead.target for index in bead.source}
    return left_out, {index for bead in pair.gold if not bead.source for index in bead.target}


def news_reports(
    settings: align.Settings, languages: Sequence[str], only: Sequence[str], sample: int
) -> Iterable[tuple[int, CheckReport]]:
    """The reports on clean news, story by story; of every `sample`th story."""
    known = knowledge()
    for number, article in enumerate(news_articles()):
        if number % sample:
            continue
        some = replace(article, alignments={tag: article.alignments[tag] for tag in languages})
        report = align.check(
            some, termbases=known.termbases, memory=known.memory, settings=settings, only=only
        )
        yield len(article.editions[PIVOT].segments), report


class _Clock:
    """The time since it was made: what passed, and what the processor worked."""

    def __init__(self) -> None:
        self._started = time.perf_counter(), time.process_time()

    def __str__(self) -> str:
        passed, worked = time.perf_counter() - self._started[0], time.process_time()
        return f"{passed:.2f} s (processor {worked - self._started[1]:.2f} s)"


def evaluate_speed(settings: align.Settings, only: Sequence[str]) -> None:
    """Prints how long a short translation takes, all being warm, and a large memory."""
    check_clean(SECOND, "fr", settings, only)
    clock = _Clock()
    report = check_clean(SECOND, "fr", settings, only)
    size = len(report.article.editions[PIVOT].segments)
    print(f"\n{size} segments, English to French, warm: {clock}")
    english, french = raw_lines(PIVOT), raw_lines("fr")
    units = []
    for number in range(_PAIRS):
        # A memory holds no unit twice, so that later rounds need something of their own.
        index, mark = number % len(english), f" ({number})" if number >= len(english) else ""
        variants = (
            align.Variant(PIVOT, (), english[index] + mark),
            align.Variant("fr", (), french[index] + mark),
        )
        units.append(align.TranslationUnit(variants))
    known = knowledge()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "news.tmx"
        align.write_tmx(path, units, languages=[PIVOT, "fr"], source=PIVOT)
        clock = _Clock()
        align.check(
            path, termbases=known.termbases, memory=known.memory, settings=settings, only=only
        )
        print(f"{len(units)} pairs of a TMX file: {clock}")


def evaluate_checks(
    settings: align.Settings,
    parts: Sequence[str] = PARTS,
    languages: Sequence[str] = TARGET_LANGUAGES,
    only: Sequence[str] = (),
    sample: int = 1,
    *,
    listed: bool = False,
) -> str:
    """Prints the figures; returns the signature that they depend on."""
    if "drafts" in parts:
        evaluate_drafts(settings, languages, only, listed=listed)
    if "clean" in parts:
        for corpus in (FIRST, SECOND):
            reports = clean_reports(corpus, settings, languages, only)
            evaluate_alarms(corpus, reports, languages, listed=listed)
    if "news" in parts:
        started = time.perf_counter()
        reports = news_reports(settings, languages, only, sample)
        evaluate_alarms("news", reports, languages, listed=listed)
        print(f"{time.perf_counter() - started:.1f} s")
    if "speed" in parts:
        evaluate_speed(settings, only)
    return check_clean(SECOND, languages[0], settings, only).signature
