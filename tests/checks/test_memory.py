"""The check against a memory, the index it looks things up in, and leverage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

import align
from align.checks.base import CheckCannotRunError
from align.checks.memory import leverage
from align.checks.memory.check import MemoryCheck, difference
from align.checks.memory.index import LEAST_SIMILARITY, MemoryIndex
from align.checks.memory.words import compared_words, count_words

SEA = "Nobody owns the sea, and everybody uses it."
MER = "La mer n’appartient à personne et chacun s’en sert."


def found(translation):
    return list(MemoryCheck().find(translation))


def test_a_translation_as_in_the_memory_is_left_alone(translated, memory_of):
    assert found(translated(SEA, MER, memory=memory_of([(SEA, MER)]))) == []


def test_another_translation_of_the_same_source_is_a_warning(translated, memory_of):
    other = "La mer n’est à personne et chacun s’en sert."
    [finding] = found(translated(SEA, other, memory=memory_of([(SEA, MER)])))
    assert (finding.check, finding.severity) == ("memory", "warning")
    assert finding.suggestion == MER
    assert "“est à” here for “appartient à” there" in finding.message or (
        "“est” here for “appartient” there" in finding.message
    )


def test_punctuation_and_capitals_alone_are_no_departure(translated, memory_of):
    other = "La mer n'appartient à personne, et chacun s'en sert !"
    assert found(translated(SEA, other, memory=memory_of([(SEA, MER)]))) == []


def test_any_of_several_translations_in_the_memory_will_do(translated, memory_of):
    other = "Personne ne possède la mer, tous s’en servent."
    memory = memory_of([(SEA, MER), (SEA, other)])
    assert found(translated(SEA, other, memory=memory)) == []


def test_a_short_source_may_be_translated_in_two_ways(translated, memory_of):
    [finding] = found(translated("Further reading", "À lire", memory=memory_of(
        [("Further reading", "Pour en savoir plus")])))  # fmt: skip
    assert finding.severity == "note"


def test_a_similar_source_is_a_note_where_the_translations_part(translated, memory_of):
    similar = "Nobody owns the sky, and everybody uses it."
    memory = memory_of([(SEA, MER)])
    kept = MER.replace("mer", "voûte")
    assert found(translated(similar, kept, memory=memory)) == []
    [finding] = found(translated(similar, "Les cieux sont à tous.", memory=memory))
    assert finding.severity == "note"
    assert "87 per cent alike" in finding.message


def test_a_quotation_within_another_sentence_is_held_to_the_memory(translated, memory_of):
    memory = memory_of(
        [("“The sea is wide and cold,” she says.", "« La mer est vaste et froide », dit-elle.")]
    )
    source = "“The sea is wide and cold,” as Ann wrote, and it is."
    right = "« La mer est vaste et froide », écrivait Ann, et c’est vrai."
    wrong = "« L’océan, immense, glace le sang », écrivait Ann, et c’est vrai."
    assert found(translated(source, right, memory=memory)) == []
    [finding] = found(translated(source, wrong, memory=memory))
    assert finding.severity == "warning"
    assert source[finding.source_span.slice] == "The sea is wide and cold"
    assert wrong[finding.target_span.slice] == "L’océan, immense, glace le sang"
    assert finding.suggestion == "La mer est vaste et froide"


def test_languages_without_spaces_are_compared_by_characters(translated, memory_of):
    memory = memory_of([(SEA, "海は誰のものでもなく、皆が使う。")], target_language="ja")
    spoilt = translated(SEA, "海は誰の物でもなく、皆が使う。", target_language="ja", memory=memory)
    [finding] = found(spoilt)
    assert "“物” here for “もの” there" in finding.message


def test_units_without_the_language_are_passed_over(translated, memory_of):
    memory = memory_of([(SEA, "Das Meer gehört niemandem.")], target_language="de")
    memory += memory_of([("It rains.", "Il pleut.")])
    assert found(translated(SEA, MER, memory=memory)) == []


def regional(*texts):
    """A memory of one unit: languages and texts."""
    return [align.TranslationUnit(tuple(align.Variant(tag, (0,), text) for tag, text in texts))]


def test_the_memory_is_held_to_in_the_region_of_the_translation(translated):
    memory = regional(
        ("en", "The train is late today."),
        ("pt-PT", "O comboio está atrasado hoje."),
        ("pt-BR", "O trem está atrasado hoje."),
    )
    right, wrong = "O trem está atrasado hoje.", "O comboio está atrasado hoje."
    source = "The train is late today."
    assert not found(translated(source, right, target_language="pt-BR", memory=memory))
    [finding] = found(translated(source, wrong, target_language="pt-BR", memory=memory))
    assert finding.suggestion == right


def test_the_source_s_own_variant_is_no_translation(translated):
    source, target = "The centre of the harbour is grey.", "The center of the harbor is gray."
    memory = regional(("en-GB", source), ("fr", "Le centre du port est gris."))
    text = translated(source, target, "en-GB", "en-US", memory=memory)
    with pytest.raises(CheckCannotRunError, match="en-GB and en-US"):
        found(text)
    memory = regional(("en-GB", source), ("en-US", target))
    assert not found(translated(source, target, "en-GB", "en-US", memory=memory))


def test_the_source_is_no_suggestion(translated, memory_of):
    [finding] = found(translated(SEA, MER, memory=memory_of([(SEA, SEA)])))
    assert finding.suggestion is None


def test_a_memory_in_other_languages_is_said_to_be_of_no_use(translated, memory_of):
    memory = memory_of([("Es regnet.", "Piove.")], "de", "it")
    with pytest.raises(CheckCannotRunError, match="en and fr"):
        found(translated(SEA, MER, memory=memory))


def test_without_a_memory_the_check_cannot_run(translated):
    with pytest.raises(CheckCannotRunError, match="no memory"):
        found(translated(SEA, MER))


def test_only_so_many_differences_are_shown():
    shown = difference("a b c d e f g h i j k l", "x b c y e f z h i w k l", "en")
    assert shown.count(" here for ") == 3
    assert shown.endswith("and 1 more")


texts = st.lists(st.sampled_from(["red", "blue", "old", "new", "sea", "the", "a"]), max_size=12)


@given(memory=st.lists(texts, max_size=20), query=texts)
def test_the_index_finds_what_comparing_with_every_unit_finds(memory, query):
    units = [
        align.TranslationUnit(
            (align.Variant("en", (0,), " ".join(words)), align.Variant("fr", (0,), "x"))
        )
        for words in memory
        if words
    ]
    match = MemoryIndex(units, "en", "fr").best(" ".join(query))
    best = max(
        (Levenshtein.normalized_similarity(query, words) for words in memory if words and query),
        default=0.0,
    )
    if best == 1:
        assert match.is_exact
    elif best >= LEAST_SIMILARITY:
        assert match.similarity == pytest.approx(best)
    else:
        assert match is None


characters = st.text(alphabet="海は広い船の道を行く日", max_size=16)


@given(memory=st.lists(characters, max_size=15), query=characters)
def test_the_index_misses_nothing_by_characters(memory, query):
    units = [
        align.TranslationUnit((align.Variant("ja", (0,), text), align.Variant("fr", (0,), "x")))
        for text in memory
        if text
    ]
    match = MemoryIndex(units, "ja", "fr").best(query)
    best = max(
        (Levenshtein.normalized_similarity(query, text) for text in memory if text and query),
        default=0.0,
    )
    assert (match is not None) == (best >= LEAST_SIMILARITY)
    if match is not None and not match.is_exact:
        assert match.similarity == pytest.approx(best)


def test_texts_of_the_same_words_are_not_exact_unless_they_are_the_same(memory_of):
    index = MemoryIndex(memory_of([("The ferry leaves at noon.", "x")]), "en", "fr")
    assert index.best("The ferry leaves at noon.").is_exact
    assert index.best("The  ferry leaves at\nnoon.").is_exact
    assert index.best("The ferry leaves at noon!").similarity == 0.99


def test_leverage_counts_every_segment_once(memory_of):
    memory = memory_of([("The ferry to the island leaves the old harbour at noon.", "x")])
    segments = [
        "The ferry to the island leaves the old harbour at noon.",
        "The ferry to the island leaves the old harbour at noon!",
        "The ferry to the island leaves the old harbour at dawn.",
        "The ferry to an island left the old harbour at noon.",
        "Nobody came.",
        "Nobody came.",
        "",
    ]
    bands = leverage(segments, memory, source_language="en", target_language="fr").bands
    assert bands == {
        "exact": (1, 11),
        "repeated": (1, 2),
        "95-99": (1, 11),
        "85-94": (1, 11),
        "75-84": (1, 11),
        "new": (1, 2),
    }
    assert sum(count for count, _ in bands.values()) == len([s for s in segments if s])


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Well-known: 37,000 ships – so far.", "en", 5),
        ("第二章 海は広い。EU加盟国は2.7億人。", "ja", 15),
        ("基于规则的秩序", "zh-Hans", 7),
        ("«Морские пути»", "ru", 2),
    ],
)
def test_words_are_counted_as_translators_are_paid(text, language, count):
    assert count_words(text, language) == count


def test_numbers_and_latin_words_among_characters_are_whole():
    assert compared_words("EUは3.5%増", "ja") == ["eu", "は", "3.5", "増"]
    assert compared_words("EU เรือ", "th") == ["eu", "เ", "รื", "อ"]
