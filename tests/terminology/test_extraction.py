"""Which terms a text is found to have."""

import itertools

import pytest

from align.terminology.extraction import key_terms

TEXT = [
    "How Europe Pays For Ships",
    "Economic coercion is a threat, says the Great Northern Telegraph Company (GNTC).",
    "Nobody likes economic coercion, and nobody at GNTC expects resilience to be cheap.",
    "For Dr. Elena Castellani of the University of Trieste, resilience means “cable diplomacy”.",
    "On Monday, 3 March 2025, Castellani said so in Trieste; we've heard it before.",
    "The rules-based order and 12 percent of firms depend on a rules-based order.",
]


@pytest.fixture(scope="module")
def found():
    return {term.text: term for term in key_terms(TEXT, "en")}


def test_phrases_that_recur_are_terms_in_all_their_forms(found):
    term = found["economic coercion"]
    assert [mention.segment for mention in term.mentions] == [1, 2]
    assert set(term.variants) == {"Economic coercion", "economic coercion"}
    assert term.kind == "phrase"


def test_an_abbreviation_belongs_to_the_long_form_that_it_follows(found):
    term = found["Great Northern Telegraph Company"]
    assert [mention.text for mention in term.mentions] == [
        "Great Northern Telegraph Company",
        "GNTC",
        "GNTC",
    ]
    assert term.kind == "name"


def test_names_keep_what_is_within_them_and_lose_titles(found):
    assert "University of Trieste" in found
    assert "Elena Castellani" in found
    assert "Castellani" in found


def test_what_is_quoted_is_a_coinage(found):
    assert found["cable diplomacy"].kind == "coinage"


@pytest.mark.parametrize(
    ("lines", "terms"),
    [
        (["He called it “plan B”."], [("coinage", "plan B")]),
        (["He spoke of “the 12 ships”, and of “and so”."], []),
        (["The Japanese and the French came.", "A Japanese ship came."], []),
        (
            ["The Ministry of Foreign Affairs and Trade spoke."],
            [("name", "Ministry of Foreign Affairs and Trade")],
        ),
        (["She met Mr. Abe there."], [("name", "Abe")]),
        (["A plain text (PT) is here, and the PT is short."], [("phrase", "plain text")]),
    ],
)
def test_what_is_quoted_or_has_a_capital_is_a_term_if_it_names_something(lines, terms):
    assert [(term.kind, term.text) for term in key_terms(lines, "en")] == terms


def test_words_that_carry_the_text_are_terms(found):
    assert found["resilience"].kind == "word"


def test_days_measures_and_contractions_are_none(found):
    assert not {"Monday", "March", "percent", "We", "we've"} & set(found)


def test_capitals_of_a_title_make_no_names(found):
    assert "Pays" not in found
    assert "Ships" not in found


def test_mentions_say_where_they_stand(found):
    for term in found.values():
        for mention in term.mentions:
            assert TEXT[mention.segment][mention.span.slice] == mention.text


def test_no_two_mentions_overlap(found):
    places = sorted(
        (mention.segment, mention.span.start, mention.span.stop)
        for term in found.values()
        for mention in term.mentions
    )
    for (segment, _, stop), (next_segment, start, _) in itertools.pairwise(places):
        assert segment != next_segment or stop <= start


def test_given_terms_are_terms_however_ordinary():
    terms = key_terms(TEXT, "en", given=["firm"])
    [firm] = [term for term in terms if term.text == "firm"]
    assert firm.origin == "given"
    assert [mention.text for mention in firm.mentions] == ["firms"]


def test_a_given_term_that_the_text_lacks_is_no_term():
    assert "semaphore" not in {term.text for term in key_terms(TEXT, "en", given=["semaphore"])}


def test_other_pivots_have_names_and_phrases_that_recur():
    text = [
        "La souveraineté numérique inquiète la Commission européenne.",
        "Pour Bruxelles, la souveraineté numérique est une affaire de moyens.",
    ]
    terms = {term.text for term in key_terms(text, "fr")}
    assert "souveraineté numérique" in terms
    assert "Bruxelles" in terms


def test_an_empty_text_has_no_terms():
    assert key_terms(["", "…"], "en") == []


def test_units_of_measure_and_money_are_no_terms():
    lines = ["It is 40 kilometres, or 50 kilometres, away.", "It cost 3 euros, not 4 euros."]
    assert {term.text for term in key_terms(lines, "en")} == set()


def test_a_rare_noun_is_a_term_though_it_stands_once():
    assert "interoperability" in {
        term.text for term in key_terms(["The navies speak of interoperability."], "en")
    }


def test_a_phrase_that_only_begins_a_sentence_is_a_term_in_small_letters():
    found = {term.text for term in key_terms(["Undersea cables may take the short way."], "en")}
    assert "undersea cables" in found


def test_a_common_word_with_a_capital_in_a_title_is_no_name():
    lines = [
        "The Treaty against Robbery of Ships was signed.",
        "A ship sails; two ships sail; a frigate is a ship, and so every frigate sails.",
    ]
    kinds = {term.text: term.kind for term in key_terms(lines, "en")}
    assert kinds.get("ship", "word") == "word"
