"""How alike names sound across scripts."""

import pytest

from align.terminology.romanising import likeness


@pytest.mark.parametrize(
    ("name", "language", "right", "wrong"),
    [
        ("Castellani", "ja", "カステラーニ", "ガリバルディ"),
        ("Hirabayashi", "ru", "Хирабаяси", "Кагосима"),
        ("Nagasaki", "ar", "ناغازاكي", "ناغويا"),
        ("Rotterdam", "zh-Hans", "鹿特丹", "横滨"),
        ("Atalanta", "fr", "Atalante", "opération"),
    ],
)
def test_a_name_sounds_more_like_itself_than_like_another(name, language, right, wrong):
    [[alike, unlike]] = likeness([name], [right, wrong], language)
    assert alike > 0.55
    assert alike > unlike + 0.2


def test_a_word_in_small_letters_is_no_name():
    [[name, word]] = likeness(["Sims"], ["Sims", "sims"], "es")
    assert word < name / 1.5


def test_few_sounds_say_little():
    assert likeness(["Io"], ["いお"], "ja")[0, 0] == 0


def test_nothing_is_like_nothing():
    assert likeness([], ["x"], "fr").shape == (0, 1)
