"""The segmenter: exact spans, blocks, language tags, long texts, lines taken as they come."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.documents.model import Block, Document
from align.segmentation import Segmenter, default_rules, document_of_lines

LANGUAGES = ["ar", "de", "en", "es", "fr", "ja", "ko", "nl", "ru", "th", "tr", "zh-Hans", "und"]

# Texts of the kind that rules trip over: marks, spaces of all kinds, and letters of all scripts.
texts = st.text(
    st.sampled_from(
        "aBc 1.!?\"'＂„《》[^]*•)…。！？」「”“»«)（—,:;\n\t\u00a0\u202f\u3000\u200fد؟с。는ไทย"
    )
)


@given(text=texts | st.text(), language=st.sampled_from(LANGUAGES))
def test_segments_and_the_white_space_between_give_back_the_text(text, language):
    rest = text
    for segment in Segmenter().split(text, language):
        space, found, rest = rest.partition(segment)
        assert found
        assert not space.strip()
    assert not rest.strip()


@given(text=texts, language=st.sampled_from(LANGUAGES))
def test_no_segment_is_empty_or_has_white_space_at_its_ends(text, language):
    for segment in Segmenter().split(text, language):
        assert segment
        assert segment == segment.strip()


@given(text=texts, language=st.sampled_from(LANGUAGES))
def test_same_text_is_always_cut_the_same(text, language):
    assert Segmenter().split(text, language) == Segmenter().split(text, language)


@given(paragraphs=st.lists(texts.map(str.strip).filter(bool), max_size=4))
def test_spans_are_exact_and_never_cross_a_block(paragraphs):
    document = document_of_paragraphs(paragraphs)
    segments = Segmenter().segment(document, "en")
    assert [segment.start for segment in segments] == sorted(s.start for s in segments)
    for segment in segments:
        block = document.blocks[segment.block]
        assert segment.text == document.text[segment.start : segment.stop]
        assert block.start <= segment.start < segment.stop <= block.stop
    for index, paragraph in enumerate(paragraphs):
        texts = [segment.text for segment in segments if segment.block == index]
        assert texts == Segmenter().split(paragraph, "en")


# Sentences that are told from one another wherever they stand.
SENTENCES = {
    "en": ["It was 3 °C.", "So did I.", "She read Ch. IV.", "Why not?", "No.", "Is it art?"],
    "fr": ["Il fait 3 °C.", "Allez-y.", "Voyez le chap. IV.", "Pourquoi ?", "C’est de l’art."],
    "es": ["Hay 3 °C.", "¿Por qué?", "Vea el cap. IV.", "Mira el mar.", "Nadie vino."],
    "de": [
        "Es sind 3 °C.",
        "Warum?",
        "Das steht in Kap. IV dazu.",
        "Das ist seine Art.",
        "Keiner kam.",
    ],
    "ru": ["Было 3 °C.", "Это я.", "Он живёт у оз. Глубокого.", "Почему?", "Никто не пришёл."],
    "pl": ["Było 3 °C.", "Dlaczego?", "Patrz rozdz. IV.", "Kwitnie maj.", "Nikt nie przyszedł."],
}
UNSPACED = {
    "zh": ["气温2．5度。", '"走吧。"', "为什么？", "她读《去哪里？回家！》。", "雨停了︒"],
    "ja": ["水温は2．5度。", '"海"は広い。', "なぜ？", "『泳げ！海』を読む。", "風が止んだ︒"],
}


@given(data=st.data(), language=st.sampled_from([*SENTENCES, *UNSPACED]))
def test_sentences_in_a_row_are_told_apart_and_none_is_cut_again(data, language):
    sentences = SENTENCES.get(language) or UNSPACED[language]
    chosen = data.draw(st.lists(st.sampled_from(sentences), max_size=8))
    text = ("" if language in UNSPACED else " ").join(chosen)
    assert Segmenter().split(text, language) == chosen
    for sentence in chosen:
        assert Segmenter().split(sentence, language) == [sentence]


def document_of_paragraphs(paragraphs, kind="paragraph"):
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(kind, start, start + len(paragraph)))
        start += len(paragraph) + 2
    return Document("\n\n".join(paragraphs), tuple(blocks))


@pytest.mark.parametrize("kind", ["title", "heading"])
def test_title_and_heading_are_one_segment(kind):
    document = document_of_paragraphs(["What now? No answer. None."], kind)
    assert [s.text for s in Segmenter().segment(document, "en")] == ["What now? No answer. None."]


@pytest.mark.parametrize("kind", ["paragraph", "list-item", "quotation", "caption"])
def test_other_blocks_are_cut(kind):
    document = document_of_paragraphs(["The port at dawn. © K. Mori."], kind)
    found = [segment.text for segment in Segmenter().segment(document, "en")]
    assert found == ["The port at dawn.", "© K. Mori."]


def test_text_outside_the_blocks_is_in_no_segment():
    document = Document("Menu\n\nOne. Two.\n\nMenu", (Block("paragraph", 6, 15),))
    assert [s.text for s in Segmenter().segment(document, "en")] == ["One.", "Two."]


@pytest.mark.parametrize("tag", ["fr", "FR", "fr-FR", "FR_fr", "fr-Latn-CA"])
def test_language_is_known_in_every_spelling(tag):
    text = "Il voit M. Petit le 7 févr. 2025. « Déjà ? » dit-il."
    assert Segmenter().split(text, tag) == [
        "Il voit M. Petit le 7 févr. 2025.",
        "« Déjà ? » dit-il.",
    ]


@pytest.mark.parametrize("tag", ["zh", "zh-CN", "ZH-TW", "zh-Hans", "zh-Hant", "zh_HK"])
def test_chinese_is_known_by_country_and_by_script(tag):
    assert Segmenter().split("“走吧。”他说。天黑了。", tag) == ["“走吧。”他说。", "天黑了。"]


def test_language_whose_tag_begins_like_another_keeps_the_default_rules():
    assert Segmenter().split("Ruhig am 3. Mai. Gut.", "den") == ["Ruhig am 3.", "Mai.", "Gut."]


def test_signature_is_that_of_the_rules():
    digest = hashlib.sha256(default_rules().encode()).hexdigest()
    assert Segmenter().signature == f"srx:{digest[:8]}"


@pytest.mark.parametrize("language", ["en", "ja", "zh-Hans", "fr", "ar", "ru", "th", "und"])
@pytest.mark.parametrize(
    "unit",
    [
        pytest.param("word ", id="no sentence end"),
        pytest.param("Sie kam. ", id="many sentences"),
        pytest.param("「来た。」と言う", id="many quotations"),
        pytest.param(". ", id="spaced stops"),
        pytest.param(".", id="stops"),
        pytest.param("A. ", id="initials"),
        pytest.param("？」", id="closing marks"),
        pytest.param(" ", id="spaces"),
        pytest.param("«“(", id="opening marks"),
        pytest.param('海。"', id="straight marks"),
        pytest.param("《海！", id="titles"),
        pytest.param("• a ", id="bullets"),
        pytest.param("«ما؟» ", id="titles with spaces"),
    ],
)
def test_work_grows_no_faster_than_the_text(calls_in, language, unit):
    segmenter = Segmenter()
    short, long = (
        calls_in(lambda size=size: segmenter.split(unit * (size // len(unit)), language))
        for size in (1_000, 4_000)
    )
    assert long < 4.5 * short + 200


def test_import_leaves_the_heavy_parts_for_later():
    code = (
        "import sys, align.segmentation;"
        "sys.exit(bool({'choppa', 'regex', 'lxml.etree'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_line_is_a_segment():
    document, segments = document_of_lines("One. Two.\n\n  Three\n \nFive")
    assert [segment.text for segment in segments] == ["One. Two.", "", "Three", "", "Five"]
    assert document.blocks == (Block("paragraph", 0, len(document.text)),)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_end_after_the_last_line_adds_no_segment(end):
    _, segments = document_of_lines(f"One{end}{end}Three{end}")
    assert [segment.text for segment in segments] == ["One", "", "Three"]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\f", "\v", "\x1c", "\x1e"])
def test_nothing_but_a_newline_ends_a_line(mark):
    assert len(document_of_lines(f"One{mark}one\nTwo")[1]) == 2


def test_no_text_has_no_lines():
    assert document_of_lines("") == (Document("", ()), ())


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"))))
def test_indices_of_lines_are_line_numbers(lines):
    document, segments = document_of_lines("".join(f"{line}\n" for line in lines))
    assert len(segments) == len(lines)
    for segment, line in zip(segments, document.text.split("\n"), strict=False):
        assert segment.text == line.strip() == document.text[segment.start : segment.stop]


def test_a_text_is_cut_no_further_than_is_asked(monkeypatch):
    cut = []
    segmenter, spans = Segmenter(), Segmenter._spans
    monkeypatch.setattr(
        Segmenter, "_spans", lambda *given, **how: cut.append(given[1]) or spans(*given, **how)
    )
    text = "One. Two.\n" * 50
    blocks = tuple(Block("paragraph", at, at + 9) for at in range(0, len(text), 10))
    segments = segmenter.segment(Document(text, blocks), "en", most=3)
    assert [segment.text for segment in segments] == ["One.", "Two.", "One."]
    assert len(cut) == 2
