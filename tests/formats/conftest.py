"""A small article with one of everything: merges, gaps, a moved sentence, every kind of block."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from align.article import AlignedArticle
from align.beads import Alignment, Bead
from align.checks.model import CheckReport, Leverage
from align.documents.model import Block, Document
from align.edition import Edition
from align.findings import Finding
from align.languages import join_segments
from align.segmentation.model import Segment
from align.text import Span
from align.units import join_units

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ENGLISH = [
    ("title", ["The ferry & the fog"]),
    ("paragraph", ["The ferry left at six.", "Nobody saw it leave.", "The fog was “thick”."]),
    ("heading", ["What was found"]),
    ("list-item", ["One oar < two metres long."]),
    ("quotation", ["It will come back."]),
    ("paragraph", ["The harbour master waits.", "He has waited since 1931."]),
    ("caption", ["The quay 𝔞t noon."]),
]
JAPANESE = [
    ("title", ["渡し船と霧"]),
    ("paragraph", ["渡し船は六時に出た。出るのを見た者はいない。", "霧は濃かった。"]),
    ("heading", ["見つかったもの"]),
    ("paragraph", ["港長は待っている。"]),
    ("list-item", ["二メートルに満たない櫂が一本。"]),
    ("quotation", ["「きっと帰ってくる。」"]),
    ("paragraph", ["一九三一年から、", "ずっと待っている。"]),
]
ARABIC = [
    ("title", ["العبّارة والضباب"]),
    ("paragraph", ["غادرت العبّارة في السادسة.", "لم يرها أحد.", "كان الضباب \u200f«كثيفًا»."]),
    ("heading", ["ما عُثر عليه"]),
    ("paragraph", ["أضاف المترجم هذه الجملة."]),
    ("quotation", ["ستعود."]),
    ("paragraph", ["ينتظر رئيس الميناء.", "ينتظر منذ 1931."]),
    ("caption", ["الرصيف ظهرًا."]),
]


def _bead(source, target, score=None, confidence=None, moved=False):
    return Bead(Span(*source), Span(*target), score, confidence, moved)


JAPANESE_BEADS = (
    _bead((0, 1), (0, 1), 0.91, 0.99),
    _bead((1, 3), (1, 2), 0.86, 0.93),
    _bead((3, 4), (2, 3), 0.71, 0.61),
    _bead((4, 5), (3, 4), 0.9, 0.97),
    _bead((5, 6), (5, 6), 0.4, 0.2),
    _bead((6, 7), (6, 7), 0.8, 0.95),
    _bead((7, 8), (4, 5), 0.88, 0.9, moved=True),
    _bead((8, 9), (7, 9), 0.77, 0.84),
    _bead((9, 10), (9, 9)),
)
ARABIC_BEADS = (
    *(_bead((n, n + 1), (n, n + 1), 0.875, None) for n in range(5)),
    _bead((5, 6), (5, 5)),
    _bead((6, 6), (5, 6)),
    *(_bead((n, n + 1), (n, n + 1), 0.875, None) for n in range(6, 10)),
)


@pytest.fixture
def make_edition() -> Callable[..., Edition]:
    return _edition


@pytest.fixture
def make_article() -> Callable[..., AlignedArticle]:
    return _article


@pytest.fixture
def article() -> AlignedArticle:
    editions = {
        "en": _edition("en", ENGLISH, file="en.md", address="https://example.org/ferry"),
        "ja": _edition("ja", JAPANESE, file="ja.html"),
        "ar": _edition("ar", ARABIC),
    }
    sizes = {tag: len(edition.segments) for tag, edition in editions.items()}
    return _article(
        editions,
        {
            "ja": Alignment(JAPANESE_BEADS, sizes["en"], sizes["ja"]),
            "ar": Alignment(ARABIC_BEADS, sizes["en"], sizes["ar"]),
        },
    )


@pytest.fixture
def make_finding(article) -> Callable[..., Finding]:
    """Makes a finding on a bead of the article, about words of its two sides."""

    def make(language, bead, source=None, target=None, **other) -> Finding:
        beads = {"ja": JAPANESE_BEADS, "ar": ARABIC_BEADS}[language]
        texts = {
            tag: join_segments((article.editions[tag].segments[i].text for i in span), tag)
            for tag, span in (("en", beads[bead].source), (language, beads[bead].target))
        }
        about = {
            "check": "numbers",
            "severity": "error",
            "confidence": 0.9,
            "message": "“六時” is not “six”",
            "fingerprint": f"{language}{bead}{other.get('check', 'numbers')}",
        } | other
        return Finding(
            language=language,
            source_text=texts["en"],
            target_text=texts[language],
            source_span=_within(texts["en"], source),
            target_span=_within(texts[language], target),
            source_segments=beads[bead].source,
            target_segments=beads[bead].target,
            **about,
        )

    return make


@pytest.fixture
def check_report(article, make_finding) -> CheckReport:
    """Two translations with findings of every severity, on every sort of bead."""
    return CheckReport(
        article=article,
        languages=("ja", "ar"),
        findings=(
            make_finding("ja", 1, "six", "六時", suggestion="7時"),
            make_finding(
                "ja", 1, "six. Nobody", "時に", check="terms", severity="warning", message="Astray"
            ),
            make_finding(
                "ja", 8, check="omission", confidence=1.0, message="Not in the translation"
            ),
            make_finding(
                "ar", 6, check="addition", severity="warning", message="Not in the source"
            ),
            make_finding(
                "ar", 9, "1931", "1931", check="dates", severity="note", message="“1931” & <all>"
            ),
        ),
        checks=("numbers", "dates", "omission", "addition", "terms"),
        not_run={"memory": "no memory was given"},
        held_back={"terms": 2, "numbers": 1},
        accepted=4,
        leverage={"ja": Leverage({"exact": (1, 4), "new": (9, 1200), "repeated": (0, 0)})},
        signature="align 0.1.0 | by hand",
    )


@pytest.fixture
def empty_check_report(check_report) -> CheckReport:
    """Both translations checked, and nothing found."""
    return replace(check_report, findings=(), not_run={}, held_back={}, accepted=0, leverage={})


@pytest.fixture
def hostile_check_report(check_report) -> CheckReport:
    """Texts that are markup, formulas, placeholders, links, and control characters."""
    finding = replace(
        check_report.findings[0],
        message=HOSTILE,
        source_text=HOSTILE,
        target_text=HOSTILE,
        source_span=Span(1, 4),
        target_span=Span(0, len(HOSTILE)),
        suggestion=HOSTILE,
        fingerprint="</script>",
    )
    editions = dict(check_report.article.editions)
    document = Document(HOSTILE, (Block("paragraph", 0, len(HOSTILE)),))
    for tag in ("en", "ja"):
        segments = (Segment(HOSTILE, 0, len(HOSTILE), 0),)
        editions[tag] = Edition(tag, document, segments, file=f"{HOSTILE[:30]}.md")
    alignment = Alignment((Bead(Span(0, 1), Span(0, 1), 0.9, 0.9),), 1, 1)
    return replace(
        check_report,
        article=replace(
            check_report.article,
            name=HOSTILE,
            title=HOSTILE,
            editions=editions,
            alignments={"ja": alignment},
        ),
        languages=("ja",),
        findings=(replace(finding, source_segments=Span(0, 1), target_segments=Span(0, 1)),),
        not_run={"memory": HOSTILE},
        leverage={},
        signature=HOSTILE,
    )


HOSTILE = (
    "=1+1</td></script><script>alert(1)</script><img src=x onerror=alert(2)>\"' {{ 7*7 }} {0} "
    "[x](javascript:alert(3)) ]]> &amp; \x1b[31m\x07\x85\u2028end"
)


def _within(text: str, part: str | None) -> Span | None:
    return None if part is None else Span(text.index(part), text.index(part) + len(part))


def _edition(language: str, blocks: Sequence[tuple[str, Sequence[str]]], **origin) -> Edition:
    """An edition of blocks and their segments, each block a paragraph of the text."""
    text, made, segments = "", [], []
    for kind, sentences in blocks:
        text += "\n\n" if text else ""
        start = len(text)
        for number, sentence in enumerate(sentences):
            text += " " if number else ""
            segments.append(Segment(sentence, len(text), len(text) + len(sentence), len(made)))
            text += sentence
        made.append(Block(kind, start, len(text)))
    return Edition(language, Document(text, tuple(made), language), tuple(segments), **origin)


def _article(editions, alignments, *, min_confidence=0.5, **other) -> AlignedArticle:
    pivot = next(iter(editions))
    about = {
        "name": "ferry",
        "title": "The ferry & the fog",
        "licence": "CC BY 4.0",
        "signature": "align 0.1.0 | by hand",
    } | other
    return AlignedArticle(
        pivot=pivot,
        editions=editions,
        alignments=alignments,
        units=tuple(join_units(editions, alignments, pivot=pivot, min_confidence=min_confidence)),
        min_confidence=min_confidence,
        **about,
    )
