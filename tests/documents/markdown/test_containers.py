"""Alerts, tasks, containers, attributes, definitions, verse: their marks go, their text stays."""

import pytest

TEXTS = [
    "Take a lamp. It is dark.",
    "Nimm eine Lampe. Es ist dunkel.",
    "Prenez une lampe. Il fait nuit.",
    "带上灯。天黑了。",
    "灯を持て。暗いぞ。",
    "Возьмите лампу. Темно.",
    "خذ مصباحا. الجو مظلم.",
]
AROUND = [
    "> [!NOTE]\n> {}",
    "> [!warning]\n> {}",
    "> [!TIP]-\n> {}",
    "> \\[!IMPORTANT\\]\n> {}",
    "> {}",
    ":::tip\n{}\n:::",
    "::: danger\n\n{}\n\n:::",
    "::::{{note}}\n:class: x\n:name: y\n\n{}\n::::",
    "::: {{.callout-note #id}}\n{}\n:::",
    ":::note\n:::tip\n{}\n:::\n:::",
    '::: zone pivot="a"\n{}\n::: zone-end',
    "!!! note\n    {}",
    "??? tip\n    {}",
    "```{{warning}}\n{}\n```",
    "- [ ] {}",
    "* [x] {}",
    "1. [X] {}",
    "{}\n{{: .lead #id}}",
    "{{: .note }}\n{}",
    "{{.lead}}\n{}",
    "- {} {{: .item}}",
    "- {{:.item}} {}",
    "* TOC\n{{:toc}}\n\n{}",
    "[[toc]]\n\n{}",
    "*[HTML]: Hyper Text\n\n{}",
    '<div markdown="1">\n{}\n</div>',
    '<section class="x" markdown="block">\n\n{}\n\n</section>',
    '<div align="center">\n\n{}\n\n</div>',
    "<!-- a note. to self -->\n\n{}",
    "{}\n\n$$\nx = y\n$$",
    "{}\n\n:::{{code-block}} python\nx = 1\n:::",
]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("text", TEXTS)
def test_what_stands_around_a_text_goes(read, around, text):
    assert read(around.format(text) + "\n") == [text]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("> [!note] Die Lampe\n> Sie brennt.",
         [("heading", "Die Lampe"), ("quotation", "Sie brennt.")]),
        ("> [!note] Sie brennt. Noch.", [("paragraph", "Sie brennt. Noch.")]),
        (":::tip 灯台\n暗い。\n:::", [("heading", "灯台"), ("paragraph", "暗い。")]),
        (":::note[The *lamp*]{#a}\nDark.\n:::", [("heading", "The lamp"), ("paragraph", "Dark.")]),
        ("::: {.tip title=\"The lamp\"}\nDark.\n:::",
         [("heading", "The lamp"), ("paragraph", "Dark.")]),
        ("!!! note \"Лампа\"\n    Темно.", [("heading", "Лампа"), ("paragraph", "Темно.")]),
        ("=== \"Linux\"\n\n    Dark.\n\n    Very.",
         [("heading", "Linux"), ("paragraph", "Dark."), ("paragraph", "Very.")]),
        (":::image source=\"a.png\" alt-text=\"The quay.\":::", [("caption", "The quay.")]),
    ],
)  # fmt: skip
def test_titles_of_containers(blocks, written, shown):
    assert blocks(f"{written}\n") == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("# The Lamp {#lamp}", "The Lamp"),
        ("## La lampe {#la-lampe .x data-y=\"1\"}", "La lampe"),
        ("## Лампа {#лампа}", "Лампа"),
        ("## 灯 {/* #lamp */}", "灯"),
        ("A [lamp](x){:target=\"_blank\"} *burnt*{: .em} `here`{.py}.", "A lamp burnt here."),
        ("A set is {1, 2}, a name {x}, a lamp {.NET} one.",
         "A set is {1, 2}, a name {x}, a lamp {.NET} one."),
        ("Print {:.2f} and {a=1} now.", "Print {:.2f} and {a=1} now."),
        ("Two \\[brackets\\] and \\{#id} stay.", "Two [brackets] and {#id} stay."),
        ("A ~~bright~~ lamp, [[Page|shown]], ![[Page]] and [[Page]].",
         "A bright lamp, shown, and Page."),
        ("It costs $5 or $6.", "It costs $5 or $6."),
        ("Let $a_1*b*c$ be.", "Let $a_1*b*c$ be."),
    ],
)  # fmt: skip
def test_attributes_links_and_signs_in_a_sentence(read, written, shown):
    assert read(f"{written}\n") == [shown]


def test_definitions(blocks):
    assert blocks("Фитиль\n: Он горит. Долго.\n: Он же.\n\nWick\n\n: It burns.\n") == [
        ("heading", "Фитиль"),
        ("list-item", "Он горит. Долго."),
        ("list-item", "Он же."),
        ("heading", "Wick"),
        ("list-item", "It burns."),
    ]


@pytest.mark.parametrize("ending", ["  ", "\\", "<br>", "<br />"])
def test_each_line_of_verse_is_a_block(read, ending):
    lines = ["The lamp is low,", "the oil is dear,", "the ships go by."]
    assert read(f"{ending}\n".join(lines) + "\n") == lines


def test_one_break_in_prose_is_a_space_and_two_are_a_paragraphs_end(read):
    assert read("The lamp had a red  \nglass.\n") == ["The lamp had a red glass."]
    assert read("The lamp burnt.<br><br>Nobody slept.\n") == ["The lamp burnt.", "Nobody slept."]


def test_a_break_in_a_cell_is_a_space(read):
    table = "| Lamp<br>type | x |\n|---|---|\n| a\\|b | `c\\|d` |\n"
    assert read(table) == ["Lamp type", "x", "a|b", "c|d"]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<div class=\"x\" markdown=\"1\">\nLisez [les règles](/r). C’est **court**.\n</div>",
         ["Lisez les règles. C’est court."]),
        ("<section markdown>\n## Лампа\n- одна\n- две\n</section>", ["Лампа", "одна", "две"]),
        ("<details markdown=\"1\"><summary>Mehr</summary>\nLies [das](x).\n</details>",
         ["Mehr", "Lies das."]),
        ("<details>\n<summary>更多</summary>\n\n读[规则](x)。\n\n</details>", ["更多", "读规则。"]),
        ("<table>\n<tr><td>[Lamp](x)</td></tr>\n</table>", ["Lamp"]),
        ("<!-- <b>not</b> -->\n<p>Shown.</p>", ["Shown."]),
        ("<!-- <b> -->", []),
    ],
)  # fmt: skip
def test_markdown_in_html(read, html, shown):
    assert read(f"{html}\n") == shown
