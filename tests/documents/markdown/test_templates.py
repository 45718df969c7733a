"""Hugo, Liquid, Jinja and MDN: what a template shows is text, what it is made of is not."""

import pytest

from align.documents.markdown.showing import shown_by_expression, shown_by_parameters

TEXTS = [
    "The keeper slept. The lamp burnt.",
    "Le gardien dormait. La lampe brûlait.",
    "守塔人睡着了。灯还亮着。",
    "番人は眠った。灯は燃えていた。",
    "Смотритель спал. Лампа горела.",
    "نام الحارس. كان المصباح مضاء.",
]
AROUND = [
    "{{{{< note >}}}}\n{}\n{{{{< /note >}}}}",
    '{{{{% alert color="info" %}}}}\n{}\n{{{{% /alert %}}}}',
    "{{{{< tabs >}}}}{{{{< tab >}}}}\n{}\n{{{{< /tab >}}}}{{{{< /tabs >}}}}",
    "{{% if page.lang %}}\n{}\n{{% endif %}}",
    "{{% include banner.html %}}\n{}\n{{% assign x = 1 %}}",
    "{{%- capture note -%}}\n\n{}\n\n{{%- endcapture -%}}",
    "{{{{HTTPSidebar}}}}\n\n{}\n\n{{{{Compat}}}}",
    '{{{{ page.banner }}}}\n\n{}\n\n{{{{EmbedLiveSample("A lamp", 300, 200)}}}}',
    "{{# a comment #}}\n{}\n{{{{!-- another --}}}}",
    "{{{{/* one more. And more. */}}}}\n\n{}",
    "{{::comment}}\nHidden. Wholly.\n{{:/comment}}\n\n{}",
    "{{% comment %}}\nHidden. Wholly.\n{{% endcomment %}}\n{}",
    "> {{{{< x >}}}}\n> {}",
    "- {}\n{{{{< x >}}}}",
]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("text", TEXTS)
def test_what_stands_around_a_text_goes(read, around, text):
    assert read(around.format(text) + "\n") == [text]


CODE = [
    "{{< highlight go >}}\n// A comment. Here.\n\nfunc main() {}\n{{< /highlight >}}",
    "{% highlight python %}\n# a heading?\nheight = 3\n{% endhighlight %}",
    "{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}",
    "{% raw %}\n# {{ page.title }}\n{% if x %}y{% endif %}\n{% endraw %}",
    "{% codeblock a.js lang:js %}\nlet x\n{% endcodeblock %}",
    "{{< mermaid >}}\ngraph TD\nA --> B\n{{< /mermaid >}}",
    "{% mermaid %}\ngraph TD\n{% endmermaid %}",
]


@pytest.mark.parametrize("code", CODE)
def test_templates_of_code_hold_code(read, code):
    assert read(f"Before.\n\n{code}\n\nAfter.\n") == ["Before.", "After."]


def test_a_whole_text_that_is_kept_raw_is_a_text(read):
    text = "{% raw %}\nBefore.\n\n```\n{{ x }}\n```\n\nAfter.\n{% endraw %}\n"
    assert read(text) == ["Before.", "After."]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('Several {{< glossary_tooltip text="lamps" term_id="lamp" >}} burnt.',
         "Several lamps burnt."),
        ('灯台の{{< glossary_tooltip text="灯" term_id="lamp" >}}は古い。', "灯台の灯は古い。"),
        ("Le champ {{HTTPHeader(\"Host\")}} nomme le site.", "Le champ Host nomme le site."),
        ("Вызов {{domxref('Node.normalize()', 'normalize()')}} прост.", "Вызов normalize() прост."),
        ("使用{{Glossary(\"API\")}}很简单。", "使用API很简单。"),
        ("El elemento {{HTMLElement(\"a\")}} enlaza.", "El elemento <a> enlaza."),
        ("Old {{deprecated_inline}} names stay {{ site.x }}.", "Old names stay."),
        ("See [the rules]({{< ref \"rules.md\" >}}).", "See the rules."),
        ("See [the rules]({{ site.baseurl }}{% link rules.md %} \"x\") now.", "See the rules now."),
        ("See ![]({{ site.img }}/a.png) it.", "See it."),
        ("Say {{ \"hello\" | t }} twice.", "Say hello twice."),
        ("Write {% raw %}`{{ page.title }}`{% endraw %} there.", "Write {{ page.title }} there."),
        ("Write `{{< note >}}` and `{% if %}` there.", "Write {{< note >}} and {% if %} there."),
        ("Write \\{{ x }} there.", "Write {{ x }} there."),
        ("The sum is $x_{{i}}$ here.", "The sum is $x_{{i}}$ here."),
        ("100 % of {it}.", "100 % of {it}."),
    ],
)  # fmt: skip
def test_what_a_template_shows_within_a_sentence(read, written, shown):
    assert read(f"{written}\n") == [shown]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('{{< figure src="a.png" title="The quay" >}}', [("caption", "The quay")]),
        ('{{< figure src="a.png" alt="The quay at dawn" >}}', [("caption", "The quay at dawn")]),
        ('{{% alert title="Take care" color="red" %}}\nIt is dark.\n{{% /alert %}}',
         [("heading", "Take care"), ("paragraph", "It is dark.")]),
        ('{{< details "Mehr Licht" >}}\nEs ist dunkel.\n{{< /details >}}',
         [("heading", "Mehr Licht"), ("paragraph", "Es ist dunkel.")]),
        ('{% tab title="灯台" %}\n暗い。\n{% endtab %}',
         [("heading", "灯台"), ("paragraph", "暗い。")]),
        ('{% include note.html content="Il fait nuit. Allumez." %}',
         [("paragraph", "Il fait nuit. Allumez.")]),
        ('{{< gallery\n  dir="/x"\n  caption="The [quay](q)"\n>}}\nText.',
         [("caption", "The quay"), ("paragraph", "Text.")]),
        ('{{< youtube id="dQw4" >}}', []),
        ('{{< admonition "warning" >}}\nText.\n{{< /admonition >}}', [("paragraph", "Text.")]),
    ],
)  # fmt: skip
def test_titles_and_captions_of_templates(blocks, written, shown):
    assert blocks(f"{written}\n") == shown


def test_a_macro_is_text_in_a_list_and_a_menu_on_its_own(read):
    text = '{{APIRef("DOM")}}\n\n- {{HTTPHeader("Host")}}\n\n## {{jsxref("Array")}}\n'
    assert read(text) == ["Host", "Array"]


def test_definitions_as_mdn_writes_them(read):
    assert read("- `wick`\n  - : It burns. {{optional_inline}}\n") == ["wick", "It burns."]


def test_templates_in_tables_part_no_cells(read):
    table = '| A | {{< x y="|" >}} |\n|---|---|\n| б | {{ site.z | upcase }} в |\n'
    assert read(table) == ["A", "б", "в"]


def test_the_lines_are_those_of_the_file_below_a_template_of_several_lines():
    from align.documents.markdown import parse_markdown

    document = parse_markdown('One.\n\n{{< figure\n  src="a"\n>}}\n\nTwo.\n')
    assert [block.line for block in document.blocks] == [1, 7]


def test_unknown_expressions_show_nothing():
    assert shown_by_expression("page.title | upcase").inline == ""
    assert shown_by_parameters('id="x7" class="big"', called="video", is_paired=False).alone == ()
