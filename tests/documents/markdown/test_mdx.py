"""MDX: modules, components and expressions go, the text in them stays."""

import pytest

from align.documents.markdown import mdx


def test_modules_go_and_sentences_that_begin_alike_stay(read):
    text = (
        "import Map from '../map'\nimport {\n  A,\n  B,\n} from \"x\";\n\n"
        "export const meta = {\n  title: 'x',\n\n  y: 2,\n}\n\n# The Lamp\n\n"
        "Import duties were high. Export was free.\n\nimport of oil was free.\n"
    )
    assert read(text) == [
        "The Lamp", "Import duties were high. Export was free.", "import of oil was free.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("The lamp {/* check. twice */} burnt.", "The lamp burnt."),
        ("La lampe{' '}brûlait.", "La lampe brûlait."),
        ("灯{props.count}盏亮着。", "灯盏亮着。"),
        ("Лампа <Badge text=\"beta\" /> горела.", "Лампа горела."),
        ("The <Link to={url('/a', {b: 1})}>lamp</Link> burnt.", "The lamp burnt."),
        ("Write `<Foo bar={1}>` and `{x}` there.", "Write <Foo bar={1}> and {x} there."),
        ("A \\{brace} stays.", "A {brace} stays."),
    ],
)  # fmt: skip
def test_expressions_and_components_in_a_sentence(read, written, shown):
    assert read(f"{written}\n", is_mdx=True) == [shown]


@pytest.mark.parametrize(
    "text", ["Take a lamp. It is dark.", "Ten lampę. Jest ciemno.", "등을 챙겨라. 어둡다."]
)
@pytest.mark.parametrize(
    "around",
    [
        "<Callout type=\"warning\">\n{}\n</Callout>",
        "<Callout type=\"warning\">\n  {}\n</Callout>",
        "<Tabs values={{[\n  {{label: 'A', value: 'a'}},\n]}}>\n"
        "  <TabItem value=\"a\">\n\n    {}\n\n  </TabItem>\n</Tabs>",
        "<Chart data={{[1, 2]}} render={{() => <b>x</b>}} />\n\n{}",
        "<div style={{{{color: 'red'}}}}>\n  {}\n</div>\n<X />",
        "{}\n\n<Steps.Item />\n\n{{list.map(each => (\n  <li>{{each}}</li>\n))}}",
        "<>\n{}\n</>\n\n<X />",
    ],
)  # fmt: skip
def test_components_around_a_text(read, around, text):
    assert read(around.format(text) + "\n", is_mdx=True) == [text]


def test_titles_of_components_are_text(blocks):
    text = '<TabItem value="a" label="Linux">\n\nText.\n\n</TabItem>\n'
    assert blocks(text) == [("heading", "Linux"), ("paragraph", "Text.")]


def test_braces_are_text_where_nothing_says_mdx(read):
    assert read("A set is written {1, 2} here.\n") == ["A set is written {1, 2} here."]


def test_the_ending_of_a_file_says_that_it_is_mdx(tmp_path):
    from align.documents import read_document

    path = tmp_path / "en.mdx"
    path.write_text("The lamp {props.x} burnt.\n\n    It is no code.\n")
    assert read_document(path).text == "The lamp burnt.\n\nIt is no code."


def test_old_pages_in_capitals_are_html_and_no_components(read):
    assert read("<P ALIGN=CENTER>The lamp<BR>burnt.</P>\n") == ["The lamp burnt."]
    assert not mdx.is_mdx("<P>\n\nThe lamp.\n")


@pytest.mark.parametrize("text", ["<Foo", "<Foo a={", "{", "<a b={", "{'", "<Foo a='x"])
def test_what_never_ends_is_text(read, text):
    assert read(f"The lamp {text} burnt.\n", is_mdx=True)[0].startswith("The lamp")
