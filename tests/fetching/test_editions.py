"""What a page tells of its editions, and what it does not."""

import pytest

from align.fetching.editions import languages_of_page

OWN = "https://example.org/en/tower"


def found(body="", *, head="", lang="en", own=OWN, headers=None):
    """The editions of a page: addresses by language, None for a language that is not told."""
    page = f'<html lang="{lang}"><head>{head}</head><body><p>The tower.</p>{body}</body></html>'
    links = languages_of_page(page, own, headers).editions
    assert len({link.address for link in links}) == len(links)
    return {link.language: link.address for link in links}


def link(language, address, more=""):
    return f'<link rel="alternate" hreflang="{language}" href="{address}" {more}>'


def test_links_in_the_head_state_editions_wherever_they_are():
    head = link("fr", "/fr/tour") + link("ja", "https://example.jp/to") + link("de", "../turm")
    assert found(head=head) == {
        "fr": "https://example.org/fr/tour",
        "ja": "https://example.jp/to",
        "de": "https://example.org/turm",
    }


@pytest.mark.parametrize(
    "one",
    [
        link("fr", "/fr/feed", 'type="application/rss+xml"'),
        '<link rel="alternate" type="application/rss+xml" href="/fr/feed">',
        '<link rel="stylesheet" hreflang="fr" href="/fr/style">',
        '<link rel="alternate" media="print" href="/print">',
        link("qq-nowhere", "/qq"),
        link("fr", "mailto:a@example.org"),
        link("fr", ""),
        link("en", OWN),
    ],
)
def test_other_links_in_the_head_state_none(one):
    assert found(head=one) == {}


def test_links_of_the_head_count_from_its_base():
    head = '<base href="https://cdn.example.net/x/">' + link("fr", "fr/tour")
    assert found(head=head) == {"fr": "https://cdn.example.net/x/fr/tour"}


def test_a_page_that_states_itself_says_its_own_language():
    page = f"<html lang=en><head>{link('en-GB', OWN)}{link('fr', '/fr/tour')}</head></html>"
    told = languages_of_page(page, OWN)
    assert told.own == "en-GB"
    assert [each.language for each in told.editions] == ["fr"]


def test_duplicates_count_once_and_a_default_that_is_stated_is_none():
    head = link("fr", "/fr/tour") * 2 + link("fr", "/fr/other") + link("x-default", "/fr/tour")
    assert found(head=head) == {"fr": "https://example.org/fr/tour"}


def test_a_default_of_its_own_is_an_edition_in_a_language_still_to_be_told():
    assert found(head=link("x-default", "/tower")) == {None: "https://example.org/tower"}


def test_a_default_that_is_the_front_page_is_no_edition():
    assert found(head=link("x-default", "/") + link("fr", "/fr/")) == {}


def test_of_a_front_page_front_pages_are_editions():
    head = link("fr", "https://example.org/fr/")
    assert found(head=head, own="https://example.org/") == {"fr": "https://example.org/fr/"}


def test_the_header_states_editions_also_of_what_is_no_page():
    header = (
        '</fr/t.txt>; rel="alternate"; hreflang="fr", <https://example.org/a,b>; rel=alternate; '
        'hreflang=ja, </style.css>; rel="preload", </feed>; rel="alternate"'
    )
    told = languages_of_page(None, "https://example.org/en/t.txt", {"link": header})
    assert [(each.language, each.address) for each in told.editions] == [
        ("fr", "https://example.org/fr/t.txt"),
        ("ja", "https://example.org/a,b"),
    ]


@pytest.mark.parametrize(
    ("own", "other", "language"),
    [
        ("https://example.org/en/a", "https://example.org/pt-br/a", "pt-BR"),
        ("https://example.org/docs/en/a", "https://example.org/docs/zh-tw/a", "zh-Hant"),
        ("https://example.org/en_US/a", "https://example.org/ru_RU/a", "ru-RU"),
        ("https://en.example.org/a", "https://ja.example.org/a", "ja"),
        ("https://example.org/a.en.html", "https://example.org/a.ko.html", "ko"),
        ("https://example.org/a-en.html", "https://example.org/a-es.html", "es"),
        ("https://example.org/a_en", "https://example.org/a_zh-Hans", "zh-Hans"),
        ("https://example.org/a.html.en", "https://example.org/a.html.it", "it"),
        ("https://example.org/a?lang=en", "https://example.org/a?lang=pl", "pl"),
        ("https://example.org/a?id=5&hl=en", "https://example.org/a?id=5&hl=nl", "nl"),
        ("http://example.org/en/a", "https://www.example.org/ar/a/", "ar"),
    ],
)
def test_links_whose_address_differs_by_a_tag_alone_are_editions(own, other, language):
    assert found(f'<p>Read <a href="{other}">on</a>.', own=own) == {language: other}


@pytest.mark.parametrize(
    "other",
    [
        "/fr/other",  # another article
        "/en/tower/more",
        "/en/tower?print=1",
        "/en/tower#notes",
        "/us/tower",  # a country
        "/api/tower",  # a word
        "https://fr.example.org/en/tower",  # a tag more, not another
        "https://elsewhere.org/fr/tower",
        "/fr/",
        "/en-us/tower",  # the same language
    ],
)
def test_other_links_in_the_text_are_none(other):
    assert found(f'<p>Read <a href="{other}">on</a>, and on.') == {}


def test_a_tag_more_or_less_in_the_address_counts_where_the_link_names_the_language():
    own, other = "https://example.org/tower", "https://example.org/fr/tower"
    assert found(f'<a href="{other}">Lire</a>', own=own) == {}
    assert found(f'<a href="{other}">Français</a>', own=own) == {"fr": other}
    assert found(f'<a href="{own}">English</a>', own=other, lang="fr") == {"en": own}


MENUS = {
    "a list": '<ul><li><a href="/t/1">Français</a><li><a href="/t/2">日本語</a></ul>',
    "a line": '<div>English | <a href="/t/1">français</a> | <a href="/t/2">日本語</a></div>',
    "in a heading's words": '<nav>Choose a language: <a href="/t/1">Français</a> '
    '<a href="/t/2">日本語</a></nav>',
    "pictures": '<div><a href="/t/1"><img src="f.png" alt="Français"></a>'
    '<a href="/t/2" title="日本語"><img src="j.png"></a></div>',
    "choices": '<select><option value="/en/tower">English<option value="/t/1">Français'
    '<option value="/t/2">日本語</select>',
    "marked": '<p><a hreflang="fr" href="/t/1">French</a> <a hreflang="ja" href="/t/2">Japanese'
    "</a>",
}


@pytest.mark.parametrize("menu", MENUS)
def test_a_menu_of_languages_links_to_editions(menu):
    expected = {"fr": "https://example.org/t/1", "ja": "https://example.org/t/2"}
    assert found(MENUS[menu]) == expected


def test_names_in_the_page_s_language_and_tags_count_where_the_address_has_the_tag():
    menu = '<ul><li><a href="/de/turm">German</a><li><a href="/es/torre">ES</a></ul>'
    assert found(menu) == {
        "de": "https://example.org/de/turm",
        "es": "https://example.org/es/torre",
    }
    assert found('<ul><li><a href="/German_people">German</a></ul>') == {}


@pytest.mark.parametrize(
    ("label", "language"),
    [
        ("简体中文", "zh-Hans"), ("繁體中文", "zh-Hant"), ("中文（臺灣）", "zh-Hant"),
        ("中文", None),
        ("Português (Brasil)", "pt"), ("РУССКИЙ", "ru"), ("العربية", "ar"), ("한국어", "ko"),
        ("Deutsch", "de"), ("ITALIANO", "it"), ("Nederlands", "nl"), ("polski", "pl"),
        ("Bahasa Indonesia", "id"), ("Srpski", "sr-Latn"),
    ],
)  # fmt: skip
def test_languages_are_known_by_what_they_call_themselves(label, language):
    assert found(f'<ul><li><a href="/t/1">{label}</a></ul>') == {
        language: "https://example.org/t/1"
    }


def test_a_name_within_a_sentence_is_no_menu():
    sentence = 'She learned <a href="/t/1">Deutsch</a> as a child and later wrote books in it.'
    assert found(f"<p>{sentence}</p>") == {}


def test_a_menu_that_leads_to_other_sites_or_to_front_pages_is_none():
    menu = (
        '<ul><li><a href="https://other.example/t">Français</a><li><a href="/ja/">日本語</a></ul>'
    )
    assert found(menu) == {}


def test_beside_editions_that_are_stated_one_name_alone_is_no_menu():
    menu = '<table><td><a href="/t/1">日本語</a></table>'
    assert found(menu, head=link("fr", "/fr/tour")) == {"fr": "https://example.org/fr/tour"}


def test_a_menu_adds_what_is_not_stated():
    menu = '<ul><li><a href="/t/0">Français</a><li><a href="/t/1">日本語</a></ul>'
    assert found(menu, head=link("fr", "/fr/tour")) == {
        "fr": "https://example.org/fr/tour",
        "ja": "https://example.org/t/1",
    }


def test_what_is_stated_goes_before_what_links_show():
    body = '<a href="/fr/tower">French</a>'
    assert found(body, head=link("fr", "/fr/tour")) == {"fr": "https://example.org/fr/tour"}


def locales(*others, own="en_US"):
    metas = "".join(f'<meta property="og:locale:alternate" content="{each}">' for each in others)
    return f'<meta property="og:locale" content="{own}">{metas}'


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("https://example.org/en/a", {"fr-FR": "/fr/a", "ja-JP": "/ja/a"}),
        ("https://example.org/en-us/a", {"fr-FR": "/fr-fr/a", "ja-JP": "/ja-jp/a"}),
        ("https://example.org/en_US/a", {"fr-FR": "/fr_FR/a", "ja-JP": "/ja_JP/a"}),
        ("https://example.org/a.en.html", {"fr-FR": "/a.fr.html", "ja-JP": "/a.ja.html"}),
        ("https://example.org/a", {}),
    ],
)
def test_locales_that_are_named_are_looked_for_where_the_page_s_own_stands(own, expected):
    expected = {tag: f"https://example.org{path}" for tag, path in expected.items()}
    assert found(head=locales("fr_FR", "ja_JP"), own=own) == expected


def test_two_locales_of_chinese_are_told_apart():
    assert found(head=locales("zh_CN", "zh_TW")) == {
        "zh-Hans": "https://example.org/zh-cn/tower",
        "zh-Hant": "https://example.org/zh-tw/tower",
    }


def test_a_locale_that_is_linked_to_is_not_guessed():
    body = '<a href="/fr/tower">Français</a>'
    assert found(body, head=locales("fr_FR")) == {"fr": "https://example.org/fr/tower"}


@pytest.mark.parametrize("page", [None, "", "<", "\0\0", "<html><head><link rel=alternate"])
def test_what_is_no_page_tells_of_nothing(page):
    assert languages_of_page(page, OWN).editions == ()


def test_a_page_of_a_hundred_thousand_links_is_read_in_time():
    body = "".join(f'<div><a href="/en/{number}">Article {number}</a>' for number in range(100_000))
    assert found(body) == {}


@pytest.mark.parametrize(
    "body",
    [
        "<ul>" + '<li><a href="/t/{}">Français</a>' * 10_000,
        "<div>" * 200 + '<a href="/t/{}">中文' * 10_000,
        '<p><a href="/{}-aa.bb-cc.dd-ee.ff-aa.bb-cc.dd">on</a>' * 10_000,
    ],
    ids=["one menu", "links that do not end", "tags everywhere"],
)
def test_a_page_that_is_made_to_take_long_does_not(body):
    parts = body.split("{}")
    body = "".join(f"{part}{number}" for number, part in enumerate(parts))
    assert len(found(body)) <= 1000
