"""The public names of the package, each with the module that it is from.

This is the one place where they are stated: `__init__.py` reads it to load a name when it is first
used, and type checkers read it as the stub of the package. One name a line.
"""

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
from align.codes import Code as Code
from align.converting import convert as convert
from align.converting import convert_termbase as convert_termbase
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
from align.fetching.client import FetchLimits as FetchLimits
from align.fetching.fetch import Fetched as Fetched
from align.fetching.fetch import FetchedPage as FetchedPage
from align.fetching.fetch import fetch as fetch
from align.findings import Finding as Finding
from align.following import terms as terms
from align.formats import read_pairs as read_pairs
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
from align.importing import import_edits as import_edits
from align.memories import MemoryIndex as MemoryIndex
from align.memories import Wanted as Wanted
from align.memories import clean_tmx as clean_tmx
from align.memories import dedupe_tmx as dedupe_tmx
from align.memories import diff_tmx as diff_tmx
from align.memories import filter_tmx as filter_tmx
from align.memories import merge_tmx as merge_tmx
from align.memories import split_tmx as split_tmx
from align.memories import tmx_statistics as tmx_statistics
from align.memories import validate_tmx as validate_tmx
from align.omegat import write_omegat as write_omegat
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
from align.skipped import Skipped as Skipped
from align.termbases import Termbase as Termbase
from align.termbases import TermbaseEntry as TermbaseEntry
from align.termbases import TermbaseTerm as TermbaseTerm
from align.terminology.as_termbase import termbase_of as termbase_of
from align.terminology.model import TermFinding as TermFinding
from align.terminology.model import TermReport as TermReport
from align.text import Span as Span
from align.units import Remark as Remark
from align.units import TranslationUnit as TranslationUnit
from align.units import Variant as Variant

__all__: list[str]
__version__: str
