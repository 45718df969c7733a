"""Whatever the texts are, checks on form raise nothing and point to places that exist."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.checks.addresses import AddressesCheck
from align.checks.chinese_variant import ChineseVariantCheck
from align.checks.form.brackets import BracketsCheck
from align.checks.form.doubled_words import DoubledWordsCheck
from align.checks.form.encoding import EncodingCheck
from align.checks.form.end_punctuation import EndPunctuationCheck
from align.checks.form.inverted_marks import InvertedMarksCheck
from align.checks.form.punctuation_forms import PunctuationFormsCheck
from align.checks.form.quotation_marks import QuotationMarksCheck
from align.checks.form.spacing import SpacingCheck
from align.checks.length import LengthCheck
from align.checks.script import ScriptCheck
from align.checks.unaligned import AdditionCheck, OmissionCheck
from align.checks.untranslated import SameAsSourceCheck, UntranslatedCheck

CHECKS = (
    AddressesCheck(),
    ChineseVariantCheck(),
    BracketsCheck(),
    DoubledWordsCheck(),
    EncodingCheck(),
    EndPunctuationCheck(),
    InvertedMarksCheck(),
    PunctuationFormsCheck(),
    QuotationMarksCheck(),
    SpacingCheck(),
    LengthCheck(),
    ScriptCheck(),
    AdditionCheck(),
    OmissionCheck(),
    SameAsSourceCheck(),
    UntranslatedCheck(),
)

pieces = st.sampled_from(
    [
        *"()（）«»“”„\"'.,;:?!¿¡。、،؟ \xa0\u202f-—…@/%{}<>",
        "https://",
        "a@b.c",
        "磁铁",
        "組",
        "мир",
        "the",
        "which",
        "ая",
        "с",
        "c",
        "سلام",
        "ک",
        "ます",
        "は",
        "1",
        "Ã©",
        "�",
        "é",
    ]
)
line = st.lists(pieces, min_size=1, max_size=25).map("".join).filter(str.strip)


@pytest.mark.parametrize(
    "language", ["fr", "es", "ar", "ru", "ja", "zh-Hans", "zh-Hant", "sv", "el"]
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pairs=st.lists(st.tuples(line, line), min_size=1, max_size=4))
def test_checks_on_form_raise_nothing(translated, language, pairs):
    source, target = zip(*pairs, strict=True)
    translation = translated(source, target, target_language=language)
    for check in CHECKS:
        for finding in check.find(translation):
            assert finding.check == check.name
            assert 0 < finding.confidence <= 1
            for span, text in (
                (finding.source_span, finding.source_text),
                (finding.target_span, finding.target_text),
            ):
                assert span is None or span.stop <= len(text)
