"""Turns an article and its translations into a translation memory that people trust.

    import align

    article = align.build("corpora/japan-europe-cooperation")
    align.write_build(article, "out")

    result = align.pair(english_text, japanese_text)
    for bead in result.alignments["ja"]:
        print(bead.kind, bead.score, bead.confidence)

Everything is loaded when it is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_EXPORTS = {
    "AlignError": "align.errors",
    "AlignedArticle": "align.article",
    "AlignerSettings": "align.aligner.settings",
    "Alignment": "align.beads",
    "Baseline": "align.checks.baseline",
    "Bead": "align.beads",
    "CHECKS": "align.checks.registry",
    "CheckReport": "align.checks.model",
    "Document": "align.documents",
    "Edition": "align.edition",
    "Finding": "align.findings",
    "InputError": "align.errors",
    "Leverage": "align.checks.model",
    "MemoryOptions": "align.export",
    "MissingExtraError": "align.errors",
    "OutputError": "align.errors",
    "Place": "align.checks.places",
    "Quantity": "align.quantities",
    "Scores": "align.scoring",
    "Segment": "align.segmentation",
    "Segmenter": "align.segmentation",
    "Settings": "align.settings",
    "Span": "align.text",
    "TermFinding": "align.terminology.model",
    "TermReport": "align.terminology.model",
    "Termbase": "align.termbases",
    "TermbaseEntry": "align.termbases",
    "TermbaseTerm": "align.termbases",
    "TranslationUnit": "align.units",
    "Variant": "align.units",
    "Written": "align.export",
    "baseline_of": "align.checks.baseline",
    "build": "align.pipeline",
    "check": "align.checking",
    "load_encoder": "align.encoders",
    "pair": "align.pipeline",
    "place_of": "align.checks.places",
    "quantities_of": "align.quantities",
    "read_alignment": "align.formats.alignment_json",
    "read_baseline": "align.formats.baseline_json",
    "read_document": "align.documents",
    "read_termbase": "align.formats.termbases",
    "read_terms": "align.formats.terms_json",
    "read_tmx": "align.formats.tmx",
    "read_xliff": "align.formats.xliff",
    "score": "align.scoring",
    "score_files": "align.scoring",
    "segment": "align.pipeline",
    "termbase_of": "align.terminology.as_termbase",
    "terms": "align.terminology.pipeline",
    "write_alignment": "align.formats.alignment_json",
    "write_baseline": "align.formats.baseline_json",
    "write_build": "align.export",
    "write_check_page": "align.formats.report",
    "write_check_report": "align.formats",
    "write_findings": "align.formats.findings.check_json",
    "write_report": "align.formats.report",
    "write_term_page": "align.formats.report",
    "write_term_report": "align.formats",
    "write_termbase": "align.formats.termbases",
    "write_terms": "align.formats.terms_json",
    "write_tmx": "align.formats.tmx",
}

__all__ = ["__version__", *_EXPORTS]


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        value = getattr(import_module(_EXPORTS[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'align' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)


if TYPE_CHECKING:
    from align.aligner.settings import AlignerSettings as AlignerSettings
    from align.article import AlignedArticle as AlignedArticle
    from align.beads import Alignment as Alignment
    from align.beads import Bead as Bead
    from align.checking import check as check
    from align.checks.baseline import Baseline as Baseline
    from align.checks.baseline import baseline_of as baseline_of
    from align.checks.model import CheckReport as CheckReport
    from align.checks.model import Leverage as Leverage
    from align.checks.places import Place as Place
    from align.checks.places import place_of as place_of
    from align.checks.registry import CHECKS as CHECKS
    from align.documents import Document as Document
    from align.documents import read_document as read_document
    from align.edition import Edition as Edition
    from align.encoders import load_encoder as load_encoder
    from align.errors import AlignError as AlignError
    from align.errors import InputError as InputError
    from align.errors import MissingExtraError as MissingExtraError
    from align.errors import OutputError as OutputError
    from align.export import MemoryOptions as MemoryOptions
    from align.export import Written as Written
    from align.export import write_build as write_build
    from align.findings import Finding as Finding
    from align.formats import write_check_report as write_check_report
    from align.formats import write_term_report as write_term_report
    from align.formats.alignment_json import read_alignment as read_alignment
    from align.formats.alignment_json import write_alignment as write_alignment
    from align.formats.baseline_json import read_baseline as read_baseline
    from align.formats.baseline_json import write_baseline as write_baseline
    from align.formats.findings.check_json import write_findings as write_findings
    from align.formats.report import write_check_page as write_check_page
    from align.formats.report import write_report as write_report
    from align.formats.report import write_term_page as write_term_page
    from align.formats.termbases import read_termbase as read_termbase
    from align.formats.termbases import write_termbase as write_termbase
    from align.formats.terms_json import read_terms as read_terms
    from align.formats.terms_json import write_terms as write_terms
    from align.formats.tmx import read_tmx as read_tmx
    from align.formats.tmx import write_tmx as write_tmx
    from align.formats.xliff import read_xliff as read_xliff
    from align.pipeline import build as build
    from align.pipeline import pair as pair
    from align.pipeline import segment as segment
    from align.quantities import Quantity as Quantity
    from align.quantities import quantities_of as quantities_of
    from align.scoring import Scores as Scores
    from align.scoring import score as score
    from align.scoring import score_files as score_files
    from align.segmentation import Segment as Segment
    from align.segmentation import Segmenter as Segmenter
    from align.settings import Settings as Settings
    from align.termbases import Termbase as Termbase
    from align.termbases import TermbaseEntry as TermbaseEntry
    from align.termbases import TermbaseTerm as TermbaseTerm
    from align.terminology.as_termbase import termbase_of as termbase_of
    from align.terminology.model import TermFinding as TermFinding
    from align.terminology.model import TermReport as TermReport
    from align.terminology.pipeline import terms as terms
    from align.text import Span as Span
    from align.units import TranslationUnit as TranslationUnit
    from align.units import Variant as Variant
