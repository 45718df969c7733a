"""Every text of a page is in its article or left out with a reason, however it is marked up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.documents.html import parse_html
from align.errors import InputError

SENTENCES = [
    "The ropes are tarred in March, when the sun is warm enough.",
    "船员们每天早上都会检查桅杆和帆，然后才出海。",
    "Les voiles sèchent sur la digue, près des filets.",
    "Канаты смолят весной, а зимой чинят сети.",
    "يصلح الصيادون الشباك في الشتاء قبل موسم الصيد.",
    "帆は春に縫い直され、夏まで倉庫に置かれる。",
    "Die Boote liegen im Winter kieloben am Strand.",
    "It blows again.",
]
BLOCKS = [
    "<p>{}</p>", "<div>{}</div>", "<section><div class='x'>{}</div></section>",
    "<center>{}</center>", "<ul><li>{}</li></ul>", "<ol><li><p>{}</p></li></ol>",
    "<table><tr><td>{}</td></tr></table>", "<blockquote>{}</blockquote>",
    "<dl><dd>{}</dd></dl>", "<details>{}</details>", "<my-text><p>{}</p></my-text>",
    "<section id='comments'><h2>Of it</h2><p>{}</p></section>",
    "<figure><figcaption>{}</figcaption></figure>",
    "<div><span>{}</span></div>", "<aside>{}</aside>", "{}<hr>", "<br><br>{}<br><br>",
    "<div class='author'><p>{}</p></div>", "<pre>{}</pre>",
]  # fmt: skip
MARKS = [
    "{}", "<b>{}</b>", "<time>{}</time>", "<q>{}</q>", "<span class='author'>{}</span>",
    "<span class='share'>{}</span>", "<output>{}</output>", "<code>{}</code>", "<cite>{}</cite>",
    "<math><mi>{}</mi></math>", "<font color='red'>{}</font>", "<my-mark>{}</my-mark>",
    "<a href='#x'>{}</a>", "<abbr title='x'>{}</abbr>", "<kbd>{}</kbd>", "<ins>{}</ins>",
]  # fmt: skip


def letters(texts):
    return sorted(each for text in texts for each in text if not each.isspace())


@st.composite
def articles(draw):
    """The sentences of an article and its markup: blocks of all sorts, a mark within each."""
    sentences = draw(st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=8))
    parts = []
    for number, sentence in enumerate(sentences):
        first, _, rest = sentence.partition(" ")
        mark = draw(st.sampled_from(MARKS))
        marked = mark.format(first) + (f" {rest}" if rest else "")
        if not rest:  # unspaced: the mark stands on the first characters
            marked = mark.format(sentence[:2]) + sentence[2:]
        parts.append(draw(st.sampled_from(BLOCKS)).format(marked) + f"<p>Now mark {number}.</p>")
    return sentences, "".join(parts)


@settings(deadline=None, max_examples=150)
@given(articles(), st.sampled_from(["article", "main", "div", "div class='entry-content'"]))
def test_every_sentence_of_an_article_comes_out_once_and_in_order(article, holder):
    sentences, markup = article
    page = f"<html><body><{holder}>{markup}</{holder.split()[0]}></body></html>"
    document = parse_html(page)
    text = " ".join(document.text.split())
    place = 0
    for number, sentence in enumerate(sentences):
        place = text.index(sentence, place) + len(sentence)
        place = text.index(f"Now mark {number}.", place)
    assert sum(text.count(sentence) for sentence in {*sentences}) == len(sentences)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "</div>", "<div class='comments'>", "<ul>", "<li>", "</ul>",
             "<nav>", "</nav>", "<aside>", "</aside>", "<table><tr><td>", "</td></tr></table>",
             "<br>", "<br><br>", "<b>", "</b>", "<article>", "</article>", "<main>", "</main>",
             "<footer>", "</footer>", "<header>", "</header>", "<pre>", "</pre>", "<code>",
             "</code>", "<h2>", "</h2>", "<a href='/x'>", "</a>", "<section class='related'>",
             "</section>", "<form>", "</form>", "<p class='byline'>", *SENTENCES, "Menu", "2 | 3"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_what_is_not_in_the_document_is_left_out_with_a_reason(soup):
    page = "".join(soup)
    try:
        document = parse_html(f"<html><body>{page}</body></html>")
    except InputError:
        return
    texts = [part for part in soup if not part.startswith("<")]
    assert letters([document.text, *(each.text for each in document.left_out)]) == letters(texts)
    assert all(each.why for each in document.left_out)


@pytest.mark.parametrize(
    ("raised", "shown"),
    [
        ("It burnt.<sup>1</sup> It was rebuilt.", "It burnt. It was rebuilt."),
        ("火事があった。<sup>※1</sup>建て直された。", "火事があった。建て直された。"),
        ("Сгорел.<sup>[1]</sup> Построен снова.", "Сгорел. Построен снова."),
        ("احترق.<sup>(١)</sup> ثم بني.", "احترق. ثم بني."),
        ("烧毁了。<sup>①</sup>又重建了。", "烧毁了。又重建了。"),
        ("It burnt<sup>a</sup>", "It burnta"),
        ("It burnt<sup><a href='#a'>a</a></sup>", "It burnt"),
        ("It burnt<sup>*</sup> down.", "It burnt down."),
        ("the harbour<sup>1</sup> burnt", "the harbour burnt"),
        ("in 1902<sup>1</sup> it burnt", "in 1902 it burnt"),
        ("in 1902<sup>7</sup>.", "in 1902."),
        ("the Mark-19<sup>2</sup> rope", "the Mark-19 rope"),
        ("7<sup>2</sup> ropes", "7² ropes"),
        ("40 %<sup>2</sup> of them", "40 % of them"),
        ("so they say<a href='#fn1'>[1]</a>.", "so they say."),
        ("so they say<a href='#n1' class='footnote-ref'>1</a>.", "so they say."),
        ("see <a href='#part2'>2</a>.", "see 2."),
        ("たという<sup>（注1）</sup>。", "たという。"),
        ("он сгорел<sup>1)</sup>.", "он сгорел."),
        ("“It burnt.”<sup>1–3</sup>", "“It burnt.”"),
        ("It burnt.¹ Then", "It burnt. Then"),
        ("10<sup>6</sup> ropes", "10⁶ ropes"),
        ("10<sup>−3</sup> of it", "10⁻³ of it"),
        ("4 m<sup>2</sup>", "4 m2"),
        ("4 км<sup>2</sup>", "4 км2"),
        ("x<sup>2</sup> + y<sup>2</sup>", "x2 + y2"),
        ("XX<sup>e</sup> siècle", "XXe siècle"),
        ("1<sup>er</sup> mai", "1er mai"),
        ("the 2<sup>nd</sup> mast", "the 2nd mast"),
        ("<sup>14</sup>C", "14C"),
        ("5<sup>1</sup>/<sub>2</sub> fathoms", "51/2 fathoms"),
        ("10⁶ m² of sail", "10⁶ m² of sail"),
        ("CO<sub>2</sub>", "CO2"),
        ("Sample<sup>™</sup> rope", "Sample™ rope"),
    ],
)
def test_marks_of_notes_go_and_other_raised_text_stays(raised, shown):
    page = f"<article><p>The ropes are tarred in March.</p><p>{raised}</p></article>"
    assert parse_html(page).text.split("\n\n")[1] == shown


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("The water comes<br>The water goes<br>The bridge remains", 3),
        ("Die Flut kommt,<br>die Flut geht,<br>die Brücke bleibt<br>und wartet.", 1),
        ("It was built in 1902. It burnt<br>down in 1911 and was<br>built again.", 1),
        ("It burnt.<br>It was rebuilt.<br>It burnt again.", 1),
        ("霧の中から船が来る<br>白い帆をたたんで<br>母の待つ岸へ<br>急いで帰る", 4),
        ("橋は古い。今も立って<br>いるが、誰も渡らない。<br>川は深い。魚が<br>多い。", 1),
        ("- ropes<br>- tar<br>- sails", 3),
        ("1. ropes<br>2. tar", 2),
        ("one<br><br>two<br><br><br>three", 3),
        ("one<br>&nbsp;<br>two", 2),
    ],
)
def test_lines_stay_lines_only_where_they_mean_something(lines, expected):
    page = f"<article><p>The ropes are tarred in March.</p><p>{lines}</p></article>"
    assert len(parse_html(page).text.split("\n\n")) == 1 + expected
