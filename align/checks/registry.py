"""The list of checks: adding one is a row here and a module beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.checks.addresses import AddressesCheck
from align.checks.back_translation import BackTranslationCheck
from align.checks.chinese_variant import ChineseVariantCheck
from align.checks.clauses.check import AddedClauseCheck, OmittedClauseCheck
from align.checks.consistency import ConsistencyCheck
from align.checks.form.brackets import BracketsCheck
from align.checks.form.doubled_words import DoubledWordsCheck
from align.checks.form.encoding import EncodingCheck
from align.checks.form.end_punctuation import EndPunctuationCheck
from align.checks.form.inverted_marks import InvertedMarksCheck
from align.checks.form.punctuation_forms import PunctuationFormsCheck
from align.checks.form.quotation_marks import QuotationMarksCheck
from align.checks.form.spacing import SpacingCheck
from align.checks.items import OmittedItemCheck
from align.checks.length import LengthCheck
from align.checks.memory.check import MemoryCheck
from align.checks.names.check import NamesCheck
from align.checks.quantities.check import QUANTITY_CHECKS
from align.checks.script import ScriptCheck
from align.checks.terms.against_termbase import ForbiddenTermCheck, MissingTermCheck
from align.checks.terms.inconsistent import InconsistentTermCheck
from align.checks.terms.of_text import TEXT_TERM_CHECKS
from align.checks.unaligned import AdditionCheck, OmissionCheck
from align.checks.untranslated import SameAsSourceCheck, UntranslatedCheck

if TYPE_CHECKING:
    from align.checks.base import Check

CHECKS: tuple[Check, ...] = (
    OmissionCheck(),
    AdditionCheck(),
    OmittedClauseCheck(),
    AddedClauseCheck(),
    OmittedItemCheck(),
    UntranslatedCheck(),
    SameAsSourceCheck(),
    NamesCheck(),
    ForbiddenTermCheck(),
    MissingTermCheck(),
    InconsistentTermCheck(),
    *TEXT_TERM_CHECKS,
    *QUANTITY_CHECKS,
    MemoryCheck(),
    ConsistencyCheck(),
    BackTranslationCheck(),
    LengthCheck(),
    AddressesCheck(),
    ScriptCheck(),
    ChineseVariantCheck(),
    EncodingCheck(),
    BracketsCheck(),
    QuotationMarksCheck(),
    PunctuationFormsCheck(),
    InvertedMarksCheck(),
    EndPunctuationCheck(),
    SpacingCheck(),
    DoubledWordsCheck(),
)
"""All checks, in the order in which they run and are listed; of two that say the same of the same
words, the first is heard."""
