"""Plain text: blocks told by blank lines, by wrapping and by shape."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.documents import read_document
from align.documents.text import parse_text

LONG = (
    "Every spring the river rises by two metres, and every spring the town moves its market "
    "uphill. Nobody finds this strange, for it has been so since the bridge was built."
)
OTHER = (
    "Engineers now speak of room for the river, an idea that spread along the Danube and the "
    "Rhine. It asks a town to give up land before the water takes it, and it is not loved."
)


def blocks(text: str) -> list[tuple[str, str]]:
    document = parse_text(text)
    return [(block.kind, document.text[block.start : block.stop]) for block in document.blocks]


def kinds(text: str) -> list[str]:
    return [kind for kind, _ in blocks(text)]


def test_blank_lines_part_paragraphs():
    assert blocks(f"{LONG}\n\n{OTHER}\n") == [("paragraph", LONG), ("paragraph", OTHER)]


def test_without_blank_lines_each_line_is_a_block():
    text = f"The River Towns\nA wall that was never built\n{LONG}\nWhat comes next\n{OTHER}"
    assert kinds(text) == ["title", "heading", "paragraph", "heading", "paragraph"]


@pytest.mark.parametrize("width", [60, 72, 80, 98])
def test_hard_wrapped_paragraphs_are_one_block_each(width):
    wrapped = [textwrap.fill(paragraph, width) for paragraph in (LONG, OTHER)]
    assert blocks("\n\n".join(wrapped)) == [("paragraph", text) for text in wrapped]


def test_hard_wrapped_paragraphs_without_blank_lines_end_with_their_short_line():
    wrapped = [textwrap.fill(paragraph, 70) for paragraph in (LONG, OTHER)]
    assert [text for _, text in blocks("\n".join(wrapped))] == wrapped


def test_hard_wrapped_paragraphs_may_begin_with_an_indent():
    text = "\n".join(textwrap.fill(each, 70, initial_indent="    ") for each in (LONG, OTHER))
    assert len(blocks(text)) == 2


def test_hard_wrapped_japanese_is_put_together():
    sentence = "毎年春になると川の水は二メートル上がり、町の人々は市場を丘の上に移す。"
    lines = [(sentence * 4)[start : start + 30] for start in range(0, 120, 30)]
    assert kinds("\n".join(lines)) == ["paragraph"]


def test_a_heading_over_a_hard_wrapped_paragraph_stands_alone():
    text = f"The River Towns\n\nA wall\n{textwrap.fill(LONG, 70)}\n\n{textwrap.fill(OTHER, 70)}\n"
    assert kinds(text) == ["title", "heading", "paragraph", "paragraph"]


def test_one_sentence_a_line_is_not_taken_for_wrapping():
    lines = [
        "The river rises by two metres every spring, and nobody finds it strange.",
        "The town moves its market uphill and waits for the water to go down.",
        "In 1998 the council planned a wall that would have cost forty million.",
        "The vote failed by one voice, and the plans were laid in a drawer again.",
    ]
    assert [text for _, text in blocks("\n".join(lines))] == lines


def test_the_title_is_the_first_short_line():
    assert blocks(f"The River Towns\n\n{LONG}")[0] == ("title", "The River Towns")


def test_a_title_may_ask():
    assert kinds(f"Why does the bridge still stand?\n\n{LONG}")[0] == "title"


def test_a_first_sentence_is_no_title():
    assert kinds(f"The river rises.\n\n{LONG}") == ["paragraph", "paragraph"]


def test_a_title_stands_once():
    text = f"The River Towns\n\nThe River Towns\n\n{LONG}"
    assert blocks(text) == [("title", "The River Towns"), ("paragraph", LONG)]


def test_a_caption_above_the_title_leaves_it_the_title():
    text = f"Photo: the quay at dawn\n\nThe River Towns\n\n{LONG}"
    assert kinds(text) == ["caption", "title", "paragraph"]


def test_a_title_may_be_full_width():
    assert (
        kinds("川の町は水と生きることを学ぶ\n" + "川の水は毎年二メートル上がる。" * 6)[0] == "title"
    )


@pytest.mark.parametrize(
    "line",
    ["A last word.", "他にはない。", "He asked: “Why?”", "Really? She did not say!", "Then:"],
)
def test_a_line_with_the_end_of_a_sentence_is_no_heading(line):
    assert kinds(f"Title\n{LONG}\n{line}\n{OTHER}")[2] == "paragraph"


def test_a_last_line_heads_nothing():
    assert kinds(f"Title\n{LONG}\nThe end of it")[-1] == "paragraph"


@pytest.mark.parametrize(
    "line",
    [
        "We rowed for an hour. It was calm. So quiet",
        "We had bread for supper. Lovely :)",
        "晩はパンを食べた。おいしい（笑）",
        "晚上吃了面包。很香～",
        "On a ramé une heure. Quel calme :)",
        "Мы гребли целый час. Было тихо :)",
        "저녁에는 빵을 먹었다. 맛있다^^",
        "أكلنا الخبز مساء أمس. كان لذيذا :)",
        "How cold it was! How dark! We went home",
    ],
)
def test_a_line_of_several_sentences_heads_nothing(line):
    assert kinds(f"Title\n{LONG}\n{line}\n{OTHER}")[2] == "paragraph"


@pytest.mark.parametrize(
    "line",
    ["Part two. The wall", "Dr. Kent in Bath", "No. 7. The quay", "Why now? What comes next"],
)
def test_a_heading_may_have_a_mark_inside(line):
    assert kinds(f"Title\n{LONG}\n{line}\n{OTHER}")[2] == "heading"


def test_an_indent_begins_a_paragraph_where_lines_that_go_on_have_none():
    told = [textwrap.fill(each, 70, initial_indent="    ") for each in (LONG, OTHER)]
    said = ["    “Is it far?” she asked.", "    “Not very,” said the ferryman."]
    found = [text for _, text in blocks("\n".join([told[0], *said, told[1]]))]
    assert found == [each.strip() for each in (told[0], *said, told[1])]


def test_a_block_that_is_indented_as_a_whole_is_one_paragraph():
    indented = textwrap.indent(textwrap.fill(OTHER, 66), "    ")
    text = f"{textwrap.fill(LONG, 70)}\n{indented}\n"
    assert [text for _, text in blocks(text)][1:] == [indented.strip()]


def test_a_soft_hyphen_at_a_line_end_goes_with_the_line_break():
    assert blocks("The old har\u00ad\nbour wall.")[0][1] == "The old harbour wall."


def test_subtitles_in_a_text_have_no_numbers_and_times(tmp_path):
    path = tmp_path / "film.txt"
    cues = ("1\n00:00:01,000 --> 00:00:02,500\nThe boat left.\n\n"
            "2\n00:00:03,000 --> 00:00:04,000\nNobody waved.\n")  # fmt: skip
    for text in (
        cues,
        "\ufeff" + cues.replace("\n", "\r\n"),
        "WEBVTT\n\n" + cues.replace(",", "."),
    ):
        path.write_bytes(text.encode())
        document = read_document(path)
        found = [document.text[block.start : block.stop] for block in document.blocks]
        assert " ".join(found) == "The boat left. Nobody waved."


def test_a_date_line_heads_nothing():
    assert kinds(f"Title\n\nPublished on 7 April 2025\n\n{LONG}")[1] == "paragraph"


@pytest.mark.parametrize(
    "line",
    [
        "(Originally written in German. Banner photo: the old bridge, with boats below.)",
        "(© Ana Example)",
        "© Ana Example",
        "Source: Ana Example / AFP via Getty Images",
        "Photo: the old bridge at dusk",
        "Photo : le vieux pont au crépuscule.",
        "Foto: el puente viejo al anochecer.",
        "写真：夕暮れの古い橋",
        "（バナー写真：夕暮れの古い橋）",
        "照片：黄昏中的旧桥",
        "圖片來源：安娜",
        "Фото: старый мост в сумерках.",
        "صورة: الجسر القديم عند الغروب",
        "The quay at dawn. (© Ana Example)",
    ],
)
def test_captions_are_told_by_their_credit(line):
    assert kinds(f"Title\n{LONG}\n{line}")[-1] == "caption"


@pytest.mark.parametrize(
    "line",
    [
        "The photo shows a bridge.",
        "Photographs were not allowed.",
        "写真は橋を写している。",
        "Source: the ministry, which would not say more about the wall.",
    ],
)
def test_a_sentence_about_a_picture_is_no_caption(line):
    assert kinds(f"Title\n{LONG}\n{line}")[-1] == "paragraph"


@pytest.mark.parametrize("marker", ["- ", "• ", "* ", "・"])
def test_a_list_items_marker_stays_outside(marker):
    text = f"Title\n\n{LONG}\n\n{marker}Raise the wiring.\n{marker}Keep a boat."
    assert blocks(text)[2:] == [("list-item", "Raise the wiring."), ("list-item", "Keep a boat.")]


def test_numbered_items_follow_one_another():
    text = f"Title\n\n{LONG}\n\n1. Raise the wiring.\n2. Keep a boat.\n"
    assert blocks(text)[2:] == [("list-item", "Raise the wiring."), ("list-item", "Keep a boat.")]


def test_a_number_without_neighbours_belongs_to_the_sentence():
    assert blocks("3. Oktober ist Feiertag.\n\n" + LONG)[0][1] == "3. Oktober ist Feiertag."


def test_a_dialogues_dash_belongs_to_the_sentence():
    assert ("paragraph", "— Мост стоит, — сказал он.") in blocks(
        f"{LONG}\n\n— Мост стоит, — сказал он."
    )


def test_an_empty_text_has_no_blocks():
    assert kinds(" \n\n\t\n") == []


def test_furniture_is_in_the_text_but_in_no_block():
    document = parse_text(f"The River Towns\n- English\n- 日本語\n- Français\n{LONG}\n")
    assert "日本語" in document.text
    assert len(document.blocks) == 2


@settings(deadline=None)  # the first call loads a library
@given(
    st.lists(
        st.sampled_from(
            ["", "  ", "A Title", LONG, OTHER, "- item one", "1. first", "2. second", "© Ana",
             "- 日本語", "橋は古い。", "\u3000橋は\r\n古い。", "e\u0301\x00",
             "Home > World > Bridges"]
        ) | st.text(max_size=30)
    )
)  # fmt: skip
def test_blocks_are_disjoint_in_order_and_without_white_space_at_their_ends(lines):
    document = parse_text("\n".join(lines))
    end = 0
    for block in document.blocks:
        text = document.text[block.start : block.stop]
        assert end <= block.start < block.stop <= len(document.text)
        assert text.strip() == text
        end = block.stop


@given(st.text(st.sampled_from("abC é\u00ad\u2027-\u2010\n .и")))
def test_no_letter_is_lost_where_words_are_put_together(text):
    found = parse_text(text).text
    assert "".join(filter(str.isalpha, found)) == "".join(filter(str.isalpha, text))
