"""Pages in any encoding and of any kind: read as what they are, or refused in a line."""

import tomllib

import pytest

from align.documents import read_corpus, read_document
from align.fetching.pages import article_name

HTML = "text/html"
ENCODINGS = {
    "ru": "windows-1251", "ja": "shift_jis", "zh-Hant": "big5", "zh-Hans": "gb18030", "fr": "cp1252"
}  # fmt: skip


def text_of(fetched):
    """The text that `align.build` sees of the last page that was fetched."""
    listed = tomllib.loads((fetched.folder / "corpus.toml").read_text(encoding="utf-8"))
    encoding = listed["editions"][-1].get("encoding")
    return read_document(fetched.pages[-1].path, encoding=encoding).text


@pytest.mark.parametrize("language", ENCODINGS)
def test_an_encoding_that_the_server_alone_tells_is_kept_in_the_list(
    site, fetch, make_page, language
):
    encoding = ENCODINGS[language]
    page = make_page(language, lang="")
    kind = f"{HTML}; charset={encoding}"
    site["/a"] = (200, {"Content-Type": kind}, page.encode(encoding))
    fetched = fetch(site.url("/a"))
    assert [each.language for each in fetched.pages] == [language]
    assert f"<h1>{text_of(fetched).splitlines()[0]}</h1>" in page
    assert fetched.pages[0].path.read_bytes() == page.encode(encoding)


def test_the_list_s_encoding_is_what_an_edition_is_read_in(site, fetch, make_page):
    site["/en/a"] = make_page("en", menu='<a href="/ru/a">Русский</a>')
    russian = make_page("ru", lang="").encode("koi8-r")
    site["/ru/a"] = (200, {"Content-Type": f"{HTML}; charset=koi8-r"}, russian)
    corpus = read_corpus(fetch(site.url("/en/a")).folder)
    assert corpus.editions[1].document.text.startswith("Маяк без лампы")


@pytest.mark.parametrize(
    ("header", "meta", "encoding"),
    [
        ("iso-8859-1", "", "utf-8"),  # what a server states of every page
        ("iso-8859-1", "windows-1251", "windows-1251"),
        ("utf-8", "", "windows-1251"),
        ("utf-8", "windows-1251", "windows-1251"),
        ("no-such-encoding", "", "utf-8"),
        ("utf-16", "", "utf-8"),
        ("", "", "utf-8-sig"),
        ("", "utf-8", "utf-16"),
        ("base64", "", "utf-8"),  # a codec, but no encoding of text
    ],
)
def test_servers_and_pages_may_be_wrong_about_the_encoding(
    site, fetch, make_page, header, meta, encoding
):
    head = f'<meta charset="{meta}">' if meta else ""
    kind = f"{HTML}; charset={header}" if header else HTML
    site["/a"] = (200, {"Content-Type": kind}, make_page("ru", head=head).encode(encoding))
    fetched = fetch(site.url("/a"))
    assert fetched.failures == ()
    assert text_of(fetched).startswith("Маяк без лампы")


@pytest.mark.parametrize(
    ("path", "kind", "body", "name"),
    [
        ("/a", "text/markdown; charset=utf-8", "# The tower\n\nIt stood on a rock.", "en.md"),
        ("/a.md", "text/plain", "# The tower\n\nIt stood on a rock.", "en.md"),
        ("/a", "text/plain", "The tower\n\nIt stood on a rock.", "en.txt"),
        ("/a", "application/xhtml+xml", "<html><body><p>It stood on a rock.", "en.html"),
        ("/a", "", "<!doctype html><p>It stood on a rock.", "en.html"),
        ("/a.php", "text/html", "<p>It stood on a rock.", "en.html"),
    ],
)
def test_a_page_is_named_for_what_it_is(site, fetch, path, kind, body, name):
    site[path] = (200, {"Content-Type": kind}, body.encode())
    assert [each.path.name for each in fetch(site.url(path)).pages] == [name]


@pytest.mark.parametrize(
    ("kind", "body", "message"),
    [
        ("image/png", b"\x89PNG", "is image/png, which is not read; "),
        ("application/json", b"{}", "is application/json, which is not read; "),
        ("", b"\x00\x01", "is something unnamed, which is not read; "),
        (HTML, b"", "has no article text"),
        (HTML, b"<html><body><script>draw()</script>", "has no article text"),
        (HTML, b"%PDF-1.7", "is a PDF, not a text"),
    ],
)
def test_what_is_not_read_is_not_saved(site, fetch, kind, body, message):
    site["/a"] = (200, {"Content-Type": kind}, body)
    fetched = fetch(site.url("/a"))
    assert len(fetched.failures) == 1
    assert fetched.failures[0].startswith(f"{site.url('/a')}: {message}")
    assert not fetched.folder.exists()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://example.org/en/old-tower", "old-tower"),
        ("https://example.org/en/old-tower/", "old-tower"),
        ("https://example.org/old-tower/en", "old-tower"),
        ("https://example.org/tower.html?lang=en#top", "tower"),
        ("https://example.org/wiki/%E5%A1%94", "塔"),
        ("https://example.org/en/index.html", "example.org"),
        ("https://www.example.org:8080/", "example.org"),
        ("https://example.org/%2e%2e%2f%2e%2e%2fetc", "etc"),
        ("https://[2606:2800:220:1::1]/", "2606-2800-220-1--1"),
    ],
)
def test_an_article_has_a_name_that_is_one_of_a_folder(address, name):
    assert article_name(address) == name
