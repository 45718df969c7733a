"""What a rendering means instead of the term, where the other editions' do not."""

import numpy as np
import pytest
from align.terminology.contrast import common_meanings, contrasts, near_words, other_phrases, unsaid

from align.terminology.tagging import common_words
from align.terminology.vectors import PhraseVectors

EDITIONS = {
    "en": ["The ministry spoke of economic security and of its price.", "Prices rose in March."],
    "fr": [
        "Le ministère a parlé de la sécurité économique et de son prix.",
        "Les prix ont monté en mars.",
    ],
    "es": [
        "El ministerio habló de la seguridad económica y de su precio.",
        "Los precios subieron en marzo.",
    ],
    "ja": ["省庁は経済安全保障とその価格について語った。", "価格は3月に上昇した。"],
    "ru": [
        "Министерство говорило об экономической безопасности и её цене.",
        "Цены выросли в марте.",
    ],
    "zh-Hans": ["该部谈到了经济安全及其代价。", "价格在三月上涨。"],
}


def test_a_rendering_that_means_another_phrase_is_said_to(terms_of):
    spoilt = EDITIONS | {
        "fr": ["Le ministère a parlé de la croissance économique et de son prix.", "Fin mars."],
    }
    report = terms_of(spoilt, terms=["economic security"])
    [finding] = [f for f in report.findings if f.kind == "mistranslated"]
    assert (finding.language, finding.severity) == ("fr", "warning")
    assert "“economic growth” rather than “economic security”" in finding.message


def test_right_renderings_mean_no_other_phrase(terms_of):
    report = terms_of(EDITIONS, terms=["economic security"])
    assert not [f for f in report.findings if f.severity != "note"]


def test_words_near_a_word_of_another_language_are_found(encoder):
    source, target = PhraseVectors(encoder, "en"), PhraseVectors(encoder, "fr")
    target.add(["croissance"])
    common = common_meanings(source, "en")
    assert "growth" in near_words(["croissance"], common, target)["croissance"]


def test_a_pivot_without_a_list_of_words_gives_no_hints(encoder):
    source, target = PhraseVectors(encoder, "ja"), PhraseVectors(encoder, "fr")
    target.add(["croissance"])
    common = common_meanings(source, "ja")
    assert near_words(["croissance"], common, target) == {"croissance": ()}


def test_only_words_with_a_meaning_are_replaced():
    assert other_phrases("security of supply", ["food"], "en") == [
        "food of supply",
        "security of food",
    ]
    assert other_phrases("Setouchi Institute", ["school"], "en") == ["Setouchi school"]


def test_forms_of_the_term_itself_are_no_other_words():
    assert other_phrases("export controls", ["exports", "control"], "en") == []


def test_what_is_said_beside_the_term_is_not_taken_for_it(encoder):
    vectors = PhraseVectors(encoder, "en")
    vectors.add(["industry", "industries", "banana"])
    assert unsaid(["industries", "banana"], ["industry"], vectors) == ["banana"]


def test_few_editions_say_nothing():
    vectors = np.eye(3, dtype=np.float32)
    assert contrasts(vectors[0], vectors[1:2], ["other"], vectors) == [None] * 3


def test_only_the_edition_that_stands_apart_is_told():
    term, other = np.eye(2, dtype=np.float32)
    renderings = np.array([other, term, term, term])
    first, *rest = contrasts(term, other[None], ["other"], renderings)
    assert first.strength == pytest.approx(1.15)
    assert all(contrast.strength < 0 for contrast in rest)


def test_common_words_are_fit_to_be_shown():
    words = common_words("en", 12_000)
    assert len(words) == 12_000
    assert not {"shit", "bitch", "the"} & set(words)
