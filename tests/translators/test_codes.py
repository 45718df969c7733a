"""How models call languages."""

from __future__ import annotations

import pytest

from align.translators.codes import language_and_script, language_tokens


@pytest.mark.parametrize(
    ("token", "tag"),
    [
        ("__ja__", "ja"),
        ("__zh__", "zh-Hans"),
        ("jpn_Jpan", "ja"),
        ("arb_Arab", "ar"),
        ("zho_Hant", "zh-TW"),
        ("swh_Latn", "sw"),
        ("pes_Arab", "fa"),
        ("ja_XX", "ja"),
        ("<2fr>", "fr"),
        (">>rus<<", "ru"),
        (">>cmn_Hans<<", "zh"),
    ],
)
def test_tokens_of_all_families_name_their_language(token, tag):
    assert language_tokens([token, "word", "▁word", "<unk>"]) == {language_and_script(tag): token}


def test_words_of_the_vocabulary_are_no_languages():
    assert language_tokens(["the", "▁ja", "<s>", "a_b", "__unused__", "<2>"]) == {}
