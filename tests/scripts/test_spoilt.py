"""Translations spoilt by script: what is said to have been done stands in the copy."""

import random

import pytest
from evaluation.terms import article_of_lines
from fitting import spoilt as module

import align
from align.terminology.evidence import gather_evidence
from align.terminology.extraction import key_terms

EN = [
    "Export controls came first.",
    "The ministry in Somalia explained the export controls.",
    "Naoko Hirabayashi came to the harbour.",
    "Without export controls nothing would change in Somalia.",
]
ES = [
    "Los controles de exportación llegaron primero.",
    "El ministerio de Somalia explicó los controles de exportación.",
    "Naoko Hirabayashi llegó al puerto.",
    "Sin controles de exportación nada cambiaría en Somalia.",
]


@pytest.fixture(scope="module")
def damage(own_cache):
    encoder = align.load_encoder()
    article = article_of_lines("small", EN, {"es": ES})
    terms = key_terms(EN, "en", given=("export controls", "Somalia"))
    clean = gather_evidence(article, terms, encoder)
    spoiler = module.Spoiler(encoder, random.Random(3))
    spoiler.learn("es", ES, ["Ruth Castellani", "Kenia"])
    found = []
    for seed in range(40):
        copy, done = module.spoilt(article, terms, clean, spoiler, random.Random(seed))
        texts = [segment.text for segment in copy.editions["es"].segments]
        for (_, term, index), what in done.items():
            found.append((what, ES, texts, terms[term].mentions[index].segment))
    return found


def test_what_was_put_in_place_stands_there(damage):
    for what, _, texts, segment in damage:
        if what.way not in ("left out", "clause", "overlaps"):
            assert what.after in texts[segment]


def test_what_was_left_out_is_gone(damage):
    for what, lines, texts, segment in damage:
        if what.way in ("left out", "clause"):
            assert texts[segment].count(what.before) == lines[segment].count(what.before) - 1


def test_every_kind_of_damage_is_done(damage):
    kinds = {what.kind for what, *_ in damage}
    assert {"missing", "misnamed", "replaced", "untranslated"} <= kinds


def test_a_place_becomes_another_place(damage):
    assert any(what.way == "place" and what.before == "Somalia" for what, *_ in damage)
