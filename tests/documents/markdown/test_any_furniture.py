"""Whatever a dialect puts around prose: every line of the prose comes out, and nothing else."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from align.documents.assembly import flow
from align.documents.markdown import parse_markdown

WORDS = {
    "en": "lamp keeper ship stairs night the of burnt rope signal".split(),  # noqa: SIM905
    "de": "Lampe Wärter Schiff Treppe Nacht die von brannte Seil Größe".split(),  # noqa: SIM905
    "fr": "lampe gardien navire échelle nuit la de brûlait corde été".split(),  # noqa: SIM905
    "es": "lámpara guardián barco escalera noche la de ardía cuerda año".split(),  # noqa: SIM905
    "ru": "лампа смотритель корабль лестница ночь у огонь горела верёвка сигнал".split(),  # noqa: SIM905
    "ar": "مصباح حارس سفينة درج ليل من نار احترق حبل إشارة".split(),  # noqa: SIM905
    "ko": "등대 지기 배 계단 밤 의 불 탔다 밧줄 신호".split(),  # noqa: SIM905
    "ja": "灯台 番人 船 階段 夜 の 火 燃えた 縄 合図".split(),  # noqa: SIM905
    "zh": "灯塔 守人 船只 楼梯 夜里 的 火光 燃烧 绳索 信号".split(),  # noqa: SIM905
}
ENDS = {"ja": "。", "zh": "。"}


@st.composite
def prose(draw: st.DrawFn) -> str:
    """A line of two sentences of no meaning."""
    language = draw(st.sampled_from(sorted(WORDS)))
    words = st.lists(st.sampled_from(WORDS[language]), min_size=3, max_size=9)
    joint, end = ("", "。") if language in ENDS else (" ", ".")
    return joint.join(joint.join(draw(words)) + end for _ in range(2))


# What stands around a paragraph, and what stands by itself; `¤` is the paragraph.
AROUND = st.sampled_from([
    "¤",
    "- ¤", "1. ¤", "- [ ] ¤", "- [x] ¤", "> ¤", "> [!NOTE]\n> ¤", "> [!tip]+\n> ¤",
    "{{< note >}}\n¤\n{{< /note >}}", "{{% alert color=\"red\" %}}\n¤\n{{% /alert %}}",
    "{% if x %}\n¤\n{% endif %}", "{% hint style=\"info\" %}\n¤\n{% endhint %}",
    ":::tip\n¤\n:::", "::: {.x #y}\n\n¤\n\n:::", ":::{note}\n:class: z\n\n¤\n:::",
    "!!! note\n    ¤",
    "¤\n{: .lead}", "{: #id .x }\n¤", "¤ {#id}", "¤[^n]\n\n[^n]:\n", "<!-- x -->\n\n¤",
    "<div markdown=\"1\">\n\n¤\n\n</div>", "<details>\n\n¤\n\n</details>", "¤ {{ page.x }}",
    "¤{{< x >}}", "{% include a.html %}\n¤", "**¤**", "[¤](/x){: .y}", "<span>¤</span>",
    "| ¤ |\n|---|",
])  # fmt: skip
ALONE = st.sampled_from([
    "", "{{< toc >}}", "{{HTTPSidebar}}", "{{EmbedLiveSample(\"x\", 1, 2)}}", "{% assign a = 1 %}",
    "{% comment %}\nno text. none.\n{% endcomment %}", "```js\nlet x = `{{ y }}`;\n```",
    "{% highlight sh %}\n# none\n{% endhighlight %}",
    "{{< highlight go >}}\n// none\n{{< /highlight >}}",
    "$$\nx\n$$", "<!-- none. -->", "---", "[ref]: /x \"T\"", "{:toc}", "[[toc]]", "*[x]: none",
    "{# none #}", "<br>", "![](a.png)", "<script>\nnone\n</script>", ":::\n", "~~~\nnone\n~~~",
    "{{/* none. */}}", "{::comment}\nnone\n{:/comment}",
])  # fmt: skip
FRONT = st.sampled_from([
    "", "---\nlayout: post\ntags: [a, b]\n---\n", "+++\ndate = 2020-01-01\n[x]\ny = 1\n+++\n",
    "import A from './a'\nexport const b = {\n  c: 1,\n}\n",
])  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(front=FRONT, parts=st.lists(st.tuples(ALONE, AROUND, prose()), min_size=1, max_size=6))
def test_every_line_of_prose_comes_out_and_nothing_else(front, parts):
    text = front
    for number, (alone, around, line) in enumerate(parts):
        around = around.replace("[^n]", f"[^n{number}]")
        text += f"\n{alone}\n\n{around.replace('¤', line)}\n"
    document = parse_markdown(text)
    found = [document.text[block.start : block.stop] for block in document.blocks]
    assert sorted(found) == sorted(flow(line) for _, _, line in parts)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from([
    "{{", "}}", "{%", "%}", "{{<", ">}}", "<A ", "/>", "{", "}", "`", "```\n", ":::", "\n", "\n\n",
    "[^1]",
    "[^1]: ", "x ", "橋", "- ", "> ", "[!N]", "    ", "=\"a\"", "<div markdown=1>", "</div>", "$$",
    "{: .x}",
    "---\n", "import ", "export {", "raw", "endraw", "<!--", "-->", "\\", "<sup>", "</sup>", "<br>",
    "|",
]), max_size=40))  # fmt: skip
def test_any_pieces_of_marks_give_exact_spans(parts):
    document = parse_markdown("".join(parts))
    texts = [document.text[block.start : block.stop] for block in document.blocks]
    assert "\n\n".join(texts) == document.text
    assert all(each and each == each.strip() for each in texts)
    assert not any("\ufdd0" <= character <= "\ufdef" for character in document.text)
