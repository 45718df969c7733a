"""Saved web pages: the article comes out whole, and nothing else does."""

from __future__ import annotations

import pytest

from align.documents.html import parse_html
from align.errors import InputError

NEWS = """<!DOCTYPE html>
<html lang="en-GB">
<head>
  <meta charset="utf-8"><title>River towns learn to live with water | The Daily Sample</title>
  <meta property="og:title" content="River towns learn to live with water">
  <style>p { color: red }</style><script>var menu = "English";</script>
</head>
<body>
  <a href="#main">Skip to content</a>
  <div id="cookie-banner"><p>We use cookies to improve your experience on our site.</p>
    <button>Accept all</button></div>
  <header><a href="/">The Daily Sample</a>
    <nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav></header>
  <div class="breadcrumb"><a href="/">Home</a> &gt; <a href="/p">Politics</a> &gt; River towns</div>
  <main id="main">
    <article>
      <h1>River towns learn to live with water</h1>
      <div class="meta">Politics- <span>English</span>
        <ul><li><a href="/ja">日本語</a></li><li><a href="/zh">简体字</a></li>
        <li><a href="/tw">繁體字</a></li><li><a href="/ar">العربية</a></li></ul></div>
      <ul class="share"><li><a>Facebook</a></li><li><a>X</a></li><li><a>LINE</a></li></ul>
      <p class="lead">For a century the town fought the river, and lost.</p>
      <figure><img src="q.jpg" alt="quay">
        <figcaption>The quay at dawn. <small>(© Ana Example)</small></figcaption></figure>
      <p>Every spring the river rises by two metres, and <b>ev</b>ery spring the town moves its
      market uphill.<sup><a href="#n1">[1]</a></sup> Nobody finds this strange.</p>
      <h2>A wall that was never built</h2>
      <p>In 1998 the council planned a wall.<br>It would have cost forty million euros.<br/>The
      vote failed by one voice.</p>
      <p>The water came back.</p>
      <blockquote><p>We know the river better than the ministry does.</p></blockquote>
      <ul><li><p>First, raise the wiring.</p></li><li>Second, keep a boat.</li></ul>
      <aside class="related"><h3>Related articles</h3><ul>
        <li><a href="/1">How to swim in a cold lake in winter</a></li></ul></aside>
      <h2>What comes next</h2>
      <p>The water came back.</p>
      <p>Engineers speak of <a href="/x">room for the river</a>, an idea from
      the&nbsp;Netherlands that spread along the Danube &amp; the Rhine.</p>
      <table><caption>Levels</caption><tr><th>Year</th><th>Level</th></tr>
        <tr><td>1998</td><td>Two metres above the quay</td></tr></table>
      <p>(Banner photo: the old bridge at dusk.)</p>
    </article>
    <section class="more"><h3><a href="/2">Ten bridges to see before they fall</a></h3>
      <p><a href="/2">A short list for the summer.</a></p></section>
  </main>
  <footer><p>© 2025 The Daily Sample. All rights reserved.</p><a href="/i">Imprint</a></footer>
</body></html>"""


def blocks(page: str | bytes) -> list[tuple[str, str]]:
    document = parse_html(page)
    return [(block.kind, document.text[block.start : block.stop]) for block in document.blocks]


def texts(body: str) -> list[str]:
    return [text for _, text in blocks(f"<html><body>{body}</body></html>")]


def test_a_news_page_gives_its_article_and_nothing_else():
    assert blocks(NEWS) == [
        ("title", "River towns learn to live with water"),
        ("paragraph", "For a century the town fought the river, and lost."),
        ("caption", "The quay at dawn. (© Ana Example)"),
        (
            "paragraph",
            "Every spring the river rises by two metres, and every spring the town moves its "
            "market uphill. Nobody finds this strange.",
        ),
        ("heading", "A wall that was never built"),
        (
            "paragraph",
            "In 1998 the council planned a wall. It would have cost forty million euros. The vote "
            "failed by one voice.",
        ),
        ("paragraph", "The water came back."),
        ("quotation", "We know the river better than the ministry does."),
        ("list-item", "First, raise the wiring."),
        ("list-item", "Second, keep a boat."),
        ("heading", "What comes next"),
        ("paragraph", "The water came back."),
        (
            "paragraph",
            "Engineers speak of room for the river, an idea from the\u00a0Netherlands that spread "
            "along the Danube & the Rhine.",
        ),
        ("caption", "Levels"),
        ("paragraph", "Year"),
        ("paragraph", "Level"),
        ("paragraph", "1998"),
        ("paragraph", "Two metres above the quay"),
        ("caption", "(Banner photo: the old bridge at dusk.)"),
    ]


def test_the_spans_are_those_of_the_text():
    document = parse_html(NEWS)
    found = [document.text[block.start : block.stop] for block in document.blocks]
    assert "\n\n".join(found) == document.text


def test_a_japanese_page_loses_its_ruby_and_no_character_else():
    page = (
        '<html lang="ja"><head><title>川の町</title></head><body><article><h1>川の町</h1>'
        "<p><ruby>川<rp>(</rp><rt>かわ</rt><rp>)</rp></ruby>の水は毎年<br>二メートル上がる。"
        "町の人々は\n   市場を丘の上に移す。</p><p>誰も不思議に思わない。</p>"
        "<figure><figcaption>夜明けの岸壁</figcaption></figure></article></body></html>"
    )
    assert parse_html(page).language == "ja"
    assert blocks(page) == [
        ("title", "川の町"),
        ("paragraph", "川の水は毎年二メートル上がる。町の人々は市場を丘の上に移す。"),
        ("paragraph", "誰も不思議に思わない。"),
        ("caption", "夜明けの岸壁"),
    ]


def test_an_arabic_page_keeps_its_direction_marks():
    page = (
        '<html lang="ar" dir="rtl"><body><main><h1>مدينة النهر</h1>'
        "<ul><li>English</li><li>العربية</li><li>日本語</li></ul>"
        "<p>قال المجلس إن &rlm;(EU)&rlm; لم يدفع. الجسر قديم لكنه صامد.</p>"
        "<p>لا أحد يعرف السبب.</p></main></body></html>"
    )
    assert parse_html(page).language == "ar"
    assert [text for _, text in blocks(page)] == [
        "مدينة النهر",
        "قال المجلس إن \u200f(EU)\u200f لم يدفع. الجسر قديم لكنه صامد.",
        "لا أحد يعرف السبب.",
    ]


def test_a_japanese_page_whose_parts_have_names_of_their_own():
    page = """<html lang="ja"><head><title>川の町は水と生きる | サンプル通信</title></head><body>
    <div id="header"><a href="/">サンプル通信</a>
      <ul class="lang"><li>English</li><li>日本語</li><li>简体字</li></ul></div>
    <div id="topicpath"><a href="/">ホーム</a> &gt; <a href="/p">政治</a> &gt; 川の町</div>
    <div class="c-entry"><h1 class="c-h1">川の町は水と生きる</h1>
      <div class="c-langs"><a>English</a> <span>日本語</span> <a>简体字</a> <a>繁體字</a></div>
      <p class="c-lead">毎年春になると川の水は二メートル上がる。町はどう暮らしているのか。</p>
      <div class="editArea"><h2>造られなかった壁</h2>
        <p>一九九八年、町議会は壁を造ろうとした。費用は四千万ユーロと見積もられた。</p>
        <div class="img"><img src="x.jpg"><p class="caption">夜明けの岸壁</p></div>
        <p>投票は一票差で否決された。誰もが驚いた。</p>
        <p>（バナー写真：夕暮れの古い橋）</p></div>
      <div class="related"><h3>関連記事</h3><ul><li><a href="/l">冷たい湖で泳ぐ</a></li></ul></div>
    </div><div id="footer">© サンプル通信</div></body></html>"""
    assert blocks(page) == [
        ("title", "川の町は水と生きる"),
        ("paragraph", "毎年春になると川の水は二メートル上がる。町はどう暮らしているのか。"),
        ("heading", "造られなかった壁"),
        ("paragraph", "一九九八年、町議会は壁を造ろうとした。費用は四千万ユーロと見積もられた。"),
        ("caption", "夜明けの岸壁"),
        ("paragraph", "投票は一票差で否決された。誰もが驚いた。"),
        ("caption", "（バナー写真：夕暮れの古い橋）"),
    ]


def test_a_weblog_page():
    page = """<html lang="fr"><head><title>Le pont qui tient – Le Petit Journal</title></head>
    <body class="single"><div id="page"><div class="site-header">
      <h1 class="site-title">Le Petit Journal</h1>
      <ul id="menu-main" class="menu"><li><a href="/">Accueil</a></li></ul></div>
    <div id="content"><div class="post hentry"><h1 class="entry-title">Le pont qui tient</h1>
      <div class="entry-content">
        <p>Le pont est vieux, mais il tient encore, et personne ne sait vraiment pourquoi.</p>
        <div class="wp-caption"><img src="p.jpg"><p class="wp-caption-text">Le pont</p></div>
        <h2>Un mur jamais bâti</h2><p>En 1998, le conseil a voulu bâtir un mur très cher.</p>
        <p>— Et alors ? dit le maire.</p><ol><li>Relever les fils.</li><li>Prier.</li></ol></div>
      <div class="sharedaddy"><h3>Partager :</h3><ul><li>Twitter</li><li>Facebook</li></ul></div>
    </div><div id="comments"><h2>2 commentaires</h2><p>Super article, merci à vous !</p></div></div>
    <div id="sidebar"><h3>Récents</h3><ul><li><a href="/1">Nager</a></li></ul></div></div></body>"""
    assert blocks(page) == [
        ("title", "Le pont qui tient"),
        (
            "paragraph",
            "Le pont est vieux, mais il tient encore, et personne ne sait vraiment pourquoi.",
        ),
        ("caption", "Le pont"),
        ("heading", "Un mur jamais bâti"),
        ("paragraph", "En 1998, le conseil a voulu bâtir un mur très cher."),
        ("paragraph", "— Et alors ? dit le maire."),
        ("list-item", "Relever les fils."),
        ("list-item", "Prier."),
    ]


@pytest.mark.parametrize("wrapper", ["{}", "<article>{}</article>", "<div><div>{}</div></div>"])
def test_a_three_sentence_article_survives(wrapper):
    body = "<h1>Le pont</h1><p>Le pont est vieux. Il tient encore. Personne ne sait pourquoi.</p>"
    assert texts(wrapper.format(body)) == [
        "Le pont",
        "Le pont est vieux. Il tient encore. Personne ne sait pourquoi.",
    ]


@pytest.mark.parametrize(
    "wrapper", ["{}", "<article>{}</article>", '<div class="content">{}</div>']
)
def test_a_refrain_is_kept_each_time(wrapper):
    verse = "<p>The water comes, the water goes, and the bridge stays where it was.</p>"
    other = "<p>In spring we carry the market up the hill and back again in autumn.</p>"
    body = "<h1>Song</h1>" + (verse + other) * 4 + verse * 2
    assert len(texts(wrapper.format(body))) == 11


@pytest.mark.parametrize("wrapper", ["{}", "<main>{}</main>", "<div>{}</div>"])
def test_headings_are_kept_wherever_the_article_stands(wrapper):
    part = "<h2>Part {0}</h2><p>This is sentence one of part {0}. It has a second one as well.</p>"
    body = "<h1>All parts</h1>" + "".join(part.format(number) for number in range(5))
    found = texts(wrapper.format(body))
    assert [text for text in found if text.startswith("Part")] == [f"Part {n}" for n in range(5)]
    assert found[0] == "All parts"


def test_a_long_article_is_whole():
    sentences = [f"Sentence number {n} says that the bridge still stands." for n in range(2000)]
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    assert texts(f"<article>{body}</article>") == sentences


def test_text_without_paragraph_elements_is_found():
    body = "<div>The bridge is old.<br><br>It stands.</div><div>Nobody knows why.</div>"
    assert " ".join(texts(body)) == "The bridge is old. It stands. Nobody knows why."


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("<b>bo</b>ld and <i>i</i>talic", "bold and italic"),
        ("one<br>two", "one two"),
        ("橋は<br>古い。", "橋は古い。"),
        ("20&nbsp;000 caf&eacute;s", "20\u00a0000 cafés"),
        ("co&shy;operation", "cooperation"),
        ("word<wbr>break", "wordbreak"),
        ("so it is<sup>[2]</sup>.", "so it is."),
        ("so it is<sup><a href='#f'>3</a></sup>.", "so it is."),
        ("ten m<sup>2</sup> of land", "ten m2 of land"),
        ("the 2<sup>nd</sup> bridge", "the 2nd bridge"),
        ("a <span>few <em>nested <u>marks</u></em></span> here", "a few nested marks here"),
        ("one <!-- two --> three", "one three"),
        ("4 &lt; 5 &amp; 6 &gt; 5", "4 < 5 & 6 > 5"),
    ],
)
def test_inline_marks_neither_glue_nor_split_words(marked, plain):
    body = f"<article><p>The bridge is old and stands.</p><p>{marked}</p></article>"
    assert texts(body)[1] == plain


def test_the_title_is_the_heading_that_the_window_repeats():
    page = (
        "<html><head><title>The Bridge - Sample</title></head><body><h1>Sample</h1><article>"
        "<h1>The Bridge</h1><p>It is old and stands.</p></article></body></html>"
    )
    assert blocks(page) == [("title", "The Bridge"), ("paragraph", "It is old and stands.")]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>The Bridge | Daily Sample</title>", "The Bridge"),
        ("<title>The Bridge – a story</title>", "The Bridge – a story"),
        ('<meta property="og:title" content="The Bridge"><title>Daily</title>', "The Bridge"),
    ],
)
def test_without_a_heading_the_page_says_its_title(head, title):
    page = f"<html><head>{head}</head><body><p>It is old and stands.</p></body></html>"
    assert blocks(page) == [("title", title), ("paragraph", "It is old and stands.")]


@pytest.mark.parametrize(
    ("page", "language"),
    [
        ('<html lang="zh-TW">', "zh-Hant"),
        ('<html xml:lang="fr">', "fr"),
        ('<html><meta http-equiv="Content-Language" content="ru">', "ru"),
        ('<html lang="jp">', None),
        ('<html lang="">', None),
        ("<html>", None),
    ],
)
def test_the_declared_language_is_normalised_or_ignored(page, language):
    assert parse_html(f"{page}<body><p>It is old and stands.</p>").language == language


def test_bytes_are_read_in_the_encoding_they_declare():
    page = '<html><head><meta charset="Shift_JIS"></head><body><p>橋は古い。今も立つ。</p></body>'
    assert blocks(page.encode("shift_jis")) == [("paragraph", "橋は古い。今も立つ。")]


def test_an_xhtml_page_is_read():
    page = (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" '
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'
        '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="de"><head><title>Die Brücke</title>'
        "</head><body><p>Die Brücke ist alt.<br/>Sie hält.</p></body></html>"
    )
    assert parse_html(page).language == "de"
    assert blocks(page)[1] == ("paragraph", "Die Brücke ist alt. Sie hält.")


def test_a_page_in_a_form_is_read():
    assert texts("<form><div><p>The bridge is old and stands.</p></div></form>") != []


def test_a_page_hidden_behind_a_dialog_is_read():
    body = (
        '<div aria-hidden="true"><main><h1>The Bridge</h1><p>It is old and stands.</p></main></div>'
        '<div role="dialog"><p>We use cookies on this site.</p></div>'
    )
    assert texts(body) == ["The Bridge", "It is old and stands."]


@pytest.mark.parametrize(
    "page",
    [
        "",
        " ",
        "<html></html>",
        "<html><body></body></html>",
        "<html><body><nav><a href='/'>Home</a></nav></body></html>",
        "<html><body><script>document.write('x')</script></body></html>",
        "<!-- nothing -->",
    ],
)
def test_a_page_without_article_text_is_refused(page):
    with pytest.raises(InputError, match="no article text"):
        parse_html(page)
