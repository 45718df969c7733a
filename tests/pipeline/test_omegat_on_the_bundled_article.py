"""The bundled article's memories in OmegaT: they fill the article's own sentences."""

import pytest

from align.formats.tmx import read_tmx

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("language", ["ja", "fr"])
def test_omegat_fills_the_sentences_of_the_article_from_its_memory(
    bundled, written, omegat, language
):
    memory = written / f"japan-europe-cooperation.en-{language}.tmx"
    in_memory = {unit.variant("en").text: unit.variant(language).text for unit in read_tmx(memory)}
    source = bundled.editions["en"]
    singles = [
        source.segments[bead.source.start]
        for bead in bundled.alignments[language]
        if bead.kind == "1-1" and source.segments[bead.source.start].text in in_memory
    ]
    assert len(singles) >= 30
    # A paragraph each, for OmegaT joins and parts some sentences otherwise than our rules do.
    text = "\n\n".join(segment.text for segment in singles)
    translated = omegat(text, memory, "en", language)
    filled = [in_memory[segment.text] in translated for segment in singles]
    assert sum(filled) >= 0.95 * len(filled), translated
