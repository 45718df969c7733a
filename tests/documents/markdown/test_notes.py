"""Notes stand at the end, whole; what calls them leaves the text."""

import pytest

NOTES = [
    ("en", "The lamp was lit in 1904.{} Nobody slept.", "The log says May. It is torn."),
    ("ja", "灯台は1904年に点灯した。{}誰も眠らなかった。", "日誌は五月とする。破れている。"),
    ("zh-Hans", "灯塔于1904年点亮。{}无人入睡。", "日志作五月。已破损。"),
    ("zh-Hant", "燈塔於1904年點亮。{}無人入睡。", "日誌作五月。已破損。"),
    ("fr", "La lampe fut allumée en 1904.{} Nul ne dormit.", "Le journal dit mai."),
    ("ar", "أضيء المصباح عام 1904.{} لم ينم أحد.", "يقول السجل أيار."),
    ("ru", "Лампу зажгли в 1904 году.{} Никто не спал.", "В журнале май."),
    ("ko", "등은 1904년에 켜졌다.{} 아무도 자지 않았다.", "일지에는 오월이다."),
]


@pytest.mark.parametrize(("language", "text", "note"), NOTES, ids=[each[0] for each in NOTES])
@pytest.mark.parametrize("label", ["1", "a-b", "注", "сн2"])
def test_a_note_of_every_language(read, language, text, note, label):
    source = f"{text.format(f'[^{label}]')}\n\n[^{label}]: {note}\n\nEnd.\n"
    assert read(source) == [text.format(""), "End.", note]


def test_notes_come_as_the_text_calls_them_and_none_is_lost(read):
    text = "One.[^b] Two.[^a]\n\n[^a]: Second.\n[^never]: Third.\n[^b]: First.\n"
    assert read(text) == ["One. Two.", "First.", "Second.", "Third."]


def test_a_note_has_paragraphs_lists_and_lines_that_go_on(read):
    text = "One.[^1]\n\n[^1]: First\n    goes on.\n\n    Second.\n\n    - item\n\nTwo.\n"
    assert read(text) == ["One.", "Two.", "First goes on.", "Second.", "item"]


def test_a_note_within_the_text(read):
    assert read("The lamp^[It was of brass.] burnt.\n") == ["The lamp burnt.", "It was of brass."]


def test_notes_called_from_tables_headings_lists_and_html(read):
    text = (
        "# Lamp[^1]\n\n- wick[^2]\n\n| oil[^3] | x |\n|---|---|\n\n<p>Glass[^4].</p>\n\n"
        "[^1]: A.\n[^2]: B.\n[^3]: C.\n[^4]: D.\n"
    )
    assert read(text) == ["Lamp", "wick", "oil", "x", "Glass.", "A.", "B.", "C.", "D."]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("It burnt[^9].", "It burnt."),
        ("It burnt [^9].", "It burnt."),
        ("It burnt.[\\[1\\]](#fn1) Soon.", "It burnt. Soon."),
        ("It burnt.<sup>[2](#note-2)</sup> Soon.", "It burnt. Soon."),
        ("La lámpara<sup>1</sup> ardía.", "La lámpara ardía."),
        ("It burnt.<sup>*</sup>", "It burnt."),
        ("灯は消えた。<sup>※1</sup>", "灯は消えた。"),
        ("灯<sup>[3]</sup>灭了。", "灯灭了。"),
        ("In 1904<sup>1</sup> it burnt.", "In 1904 it burnt."),
        ("[↩](#ref1) It burnt.", "It burnt."),
        ("It burnt in 1904.¹ Soon.", "It burnt in 1904. Soon."),
    ],
)
def test_marks_of_notes_leave_the_text(read, marked, plain):
    assert read(f"{marked}\n") == [plain]


@pytest.mark.parametrize(
    ("raised", "plain"),
    [
        ("5 km<sup>2</sup> of sea", "5 km2 of sea"),
        ("about 10<sup>6</sup> steps", "about 10⁶ steps"),
        ("E = mc<sup>2</sup>", "E = mc2"),
        ("le XIX<sup>e</sup> siècle", "le XIXe siècle"),
        ("the 2<sup>nd</sup> lamp", "the 2nd lamp"),
        ("x<sup>n</sup> and H<sub>2</sub>O", "xn and H2O"),
    ],
)
def test_powers_and_ordinals_stay(read, raised, plain):
    assert read(f"{raised}\n") == [plain]


def test_brackets_that_call_no_note_stay(read):
    assert read("See [1] and [^a b] and \\[x\\].\n") == ["See [1] and [^a b] and [x]."]
