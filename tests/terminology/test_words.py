"""How texts are cut into the words that terms are made of."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.terminology.words import words_of


def edges(text, language):
    """The words that a term may begin or end with."""
    [words] = words_of([text], language)
    return [word.text for word in words if word.opens and word.closes]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "l’autonomie d’un État", ["autonomie", "État"]),
        ("es", "el Acuerdo de la Unión", ["Acuerdo", "Unión"]),
        ("en", "Japan’s supply chain", ["Japan", "supply", "chain"]),
        ("ru", "для порядка, основанного на правилах", ["порядка", "основанного", "правилах"]),
        ("ja", "経済安全保障の問題になっている", ["経済", "安全", "保障", "問題"]),
        ("zh-Hans", "这是经济安全的问题", ["经济", "安全", "问题"]),
        ("zh-Hant", "這是經濟安全的課題", ["經濟", "安全", "課題"]),
    ],
)
def test_function_words_stand_at_no_edge(language, text, expected):
    assert edges(text, language) == expected


def test_arabic_prepositions_written_on_are_left_out_where_a_word_remains():
    words, _ = words_of(["تتعلق بتقاسم الأعباء وبالردع", "تقاسم الأعباء"], "ar")
    assert [word.text for word in words] == ["تتعلق", "تقاسم", "الأعباء", "الردع"]


def test_arabic_words_that_begin_with_such_a_letter_stay_whole():
    [words] = words_of(["كابل بحري لوزارة فرنسا"], "ar")
    assert [word.text for word in words] == ["كابل", "بحري", "لوزارة", "فرنسا"]


def test_a_chinese_word_of_direction_may_begin_a_term():
    assert "北方" in edges("北方航线更短", "zh-Hans")


def test_numbers_are_words_but_no_edges():
    assert edges("1 240 firmes en 2023", "fr") == ["firmes"]


def test_a_full_stop_keeps_words_apart_and_a_hyphen_does_not():
    [words] = words_of(["Bad. Ships-at-sea"], "en")
    assert [word.joined for word in words][1] is False
    assert words[1].text == "Ships-at-sea"


@pytest.mark.parametrize("language", ["en", "fr", "ar", "ru", "ja", "zh-Hans", "zh-Hant", "ko"])
@given(text=st.text(max_size=60))
def test_words_lie_in_order_where_they_say(language, text):
    [words] = words_of([text], language)
    last = 0
    for word in words:
        assert last <= word.start < word.stop <= len(text)
        assert text[word.start : word.stop] == word.text
        last = word.stop


def test_japanese_words_stand_where_the_text_has_them():
    text = "𠮷野家で😀 F-35 の\u3000共同開発"
    [words] = words_of([text], "ja")
    assert all(text[word.start : word.stop] == word.text for word in words)
    assert [word.text for word in words if word.opens and word.closes][-2:] == ["共同", "開発"]


def test_points_part_the_words_of_a_foreign_name():
    [words] = words_of(["バーデン・ビュルテンベルク州"], "ja")
    assert [word.text for word in words][:2] == ["バーデン", "ビュルテンベルク"]
    assert words[1].joined


@pytest.mark.parametrize("language", ["ja", "zh-Hans"])
def test_threads_cut_texts_at_the_same_time(language):
    texts = ["日本は防衛装備品の移転に関する新指針を活用する。"] * 200
    alone = words_of(texts, language)
    with ThreadPoolExecutor(4) as pool:
        assert all(
            words == alone for words in pool.map(lambda _: words_of(texts, language), "abcd")
        )
