"""An article is fetched with its editions, saved as it is, and listed."""

import tomllib

import pytest

from align.documents import read_corpus
from align.errors import InputError
from align.fetching.client import FetchLimits
from align.fetching.fetch import fetch as public_fetch


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name[0] != ".")


def languages(fetched):
    return [page.language for page in fetched.pages]


def test_a_page_and_its_seven_other_editions_are_saved_under_their_languages(site, fetch):
    fetched = fetch(site.article())
    assert fetched.failures == fetched.notes == ()
    assert names(fetched.folder) == [
        "ar.html", "corpus.toml", "en.html", "es.html", "fr.html", "ja.html", "ru.html",
        "zh-Hans.html", "zh-Hant.html",
    ]  # fmt: skip


def test_pages_are_saved_byte_for_byte(site, fetch):
    page = "<html lang=en>\r\n<body><p>A ﬁne   page, that  is odd.</p>\r\n<p>It ends here".encode()
    site["/odd"] = (200, {"Content-Type": "text/html"}, page)
    [saved] = fetch(site.url("/odd")).pages
    assert saved.path.read_bytes() == page


def test_the_list_says_language_title_address_and_date_of_each_page(site, fetch):
    fetched = fetch(site.article(("en", "fr")))
    listed = tomllib.loads((fetched.folder / "corpus.toml").read_text(encoding="utf-8"))
    assert (listed["title"], listed["pivot"]) == ("The Lighthouse Without a Lamp", "en")
    english, french = listed["editions"]
    assert english["address"] == site.url("/en/lighthouse")
    assert (french["language"], french["file"]) == ("fr", "fr.html")
    assert french["title"] == "Le phare sans lampe"
    assert french["date"].utcoffset().total_seconds() == 0


def test_the_folder_is_a_corpus_whose_pivot_is_the_page_given(site, fetch):
    site.article()
    fetched = fetch(site.url("/ja/lighthouse"))
    corpus = read_corpus(fetched.folder)
    assert corpus.pivot == "ja"
    assert len(corpus.editions) == 8
    assert {each.address for each in corpus.editions} == {each.address for each in fetched.pages}


def test_a_title_with_quotation_marks_and_backslashes_survives_the_list(site, fetch, make_page):
    title = 'The "old" C:\\path \u007f of \t lamps'
    site["/a"] = make_page("en", text=(title, "The tower stood for long.", "It fell."))
    fetched = fetch(site.url("/a"))
    listed = tomllib.loads((fetched.folder / "corpus.toml").read_text(encoding="utf-8"))
    assert listed["editions"][0]["title"] == fetched.pages[0].title


def test_a_page_that_cannot_be_had_is_one_line_and_stops_no_other(site, fetch):
    address = site.article(("en", "fr", "ja", "ru"))
    site["/fr/lighthouse"] = (404, {}, b"")
    site["/ja/lighthouse"] = (500, {}, b"")
    fetched = fetch(address)
    assert languages(fetched) == ["en", "ru"]
    assert fetched.failures == (
        f"{site.url('/fr/lighthouse')}: the server answers 404 Not Found",
        f"{site.url('/ja/lighthouse')}: the server answers 500 Internal Server Error",
    )


def test_where_nothing_can_be_had_nothing_is_made(site, fetch):
    fetched = fetch(site.url("/absent"))
    assert len(fetched.failures) == 1
    assert not fetched.folder.exists()


def test_several_pages_may_be_given_that_do_not_tell_of_one_another(site, fetch, make_page):
    site["/one"], site["/two"] = make_page("ru"), make_page("en")
    fetched = fetch(site.url("/one"), site.url("/two"))
    assert languages(fetched) == ["ru", "en"]
    assert read_corpus(fetched.folder).pivot == "ru"


def test_only_languages_that_are_asked_for_are_fetched(site, fetch):
    fetched = fetch(site.article(), languages=["ja", "zh-TW"])
    assert languages(fetched) == ["en", "ja", "zh-Hant"]
    assert "/fr/lighthouse" not in site.asked


def test_an_edition_whose_page_has_to_tell_its_language_is_saved_if_that_is_asked_for(
    site, fetch, make_page
):
    site["/en/a"] = make_page("en", menu='<ul><li><a href="/chinese/a">中文</a></ul>')
    site["/chinese/a"] = make_page("zh-Hant")
    assert languages(fetch(site.url("/en/a"), languages=["zh-Hant"])) == ["en", "zh-Hant"]
    other = fetch(site.url("/en/a"), languages=["zh-Hans"], folder="other")
    assert languages(other) == ["en"]
    assert "tells of no edition in 'zh-Hans'" in other.failures[0]


def test_a_language_asked_for_that_there_is_not_is_a_line(site, fetch):
    address = site.article(("en", "fr"))
    fetched = fetch(address, languages=["fr", "ko"])
    assert fetched.failures == (f"{address}: tells of no edition in 'ko'",)


def test_editions_are_not_looked_for_where_that_is_not_wanted(site, fetch):
    assert languages(fetch(site.article(), editions=False)) == ["en"]


def test_more_editions_than_anybody_wants_are_not_fetched_unasked(site, fetch):
    with pytest.raises(InputError, match="has 7 editions, 3 are fetched unasked; name the lang"):
        fetch(site.article(), most_editions=3)
    assert len(site.asked) == 2  # robots.txt and the page


def test_a_page_is_asked_for_once_however_often_it_is_named(
    site, fetch, make_page, make_alternates
):
    own = site.url("/en")
    head = make_alternates(
        {"en": own, "x-default": own, "fr": "/fr", "fr-FR": "/fr#top", "fr-CA": site.url("/fr")}
    )
    site["/en"], site["/fr"] = make_page("en", head=head), make_page("fr", head=head)
    fetched = fetch(own, own)
    assert (languages(fetched), fetched.failures) == (["en", "fr"], ())
    assert site.asked == ["/robots.txt", "/en", "/fr"]


def test_a_default_page_that_is_an_edition_of_its_own_is_told_by_its_text(
    site, fetch, make_page, make_alternates
):
    head = make_alternates({"fr": "/fr/tower", "x-default": "/tower"})
    site["/fr/tower"], site["/tower"] = make_page("fr", head=head), make_page("en", lang="")
    assert languages(fetch(site.url("/fr/tower"))) == ["fr", "en"]


def test_two_tags_of_one_written_language_are_one_edition(site, fetch, make_page, make_alternates):
    head = make_alternates({"en": "/en/a", "zh-CN": "/cn/a", "zh-Hans-SG": "/sg/a"})
    site["/en/a"], site["/cn/a"] = make_page("en", head=head), make_page("zh-Hans")
    fetched = fetch(site.url("/en/a"))
    assert (languages(fetched), fetched.failures) == (["en", "zh-Hans"], ())


def test_a_page_in_another_region_with_the_same_text_is_passed_over_with_a_note(
    site, fetch, make_page, make_alternates
):
    head = make_alternates({"en-US": "/us/a", "en-GB": "/uk/a"})
    site["/us/a"] = site["/uk/a"] = make_page("en", head=head)
    site["/uk/a"] = make_page("en", head=head)
    fetched = fetch(site.url("/us/a"))
    assert (languages(fetched), fetched.failures) == (["en-US"], ())
    assert "/uk/a: the same as en-US.html, so passed over" in fetched.notes[0]


def test_the_original_in_place_of_a_translation_is_no_edition(
    site, fetch, make_page, make_alternates
):
    head = make_alternates({"en": "/en/a", "de": "/de/a", "fr": "/fr/a"})
    site["/en/a"] = make_page("en", head=head)
    site["/de/a"] = make_page("en", lang="de")  # what sites show until the translation is made
    site.redirect("/fr/a", "/en/a")
    fetched = fetch(site.url("/en/a"))
    assert languages(fetched) == ["en"]
    assert fetched.failures == (
        f"{site.url('/de/a')}: should be in 'de', but has the text of {site.url('/en/a')}",
        f"{site.url('/fr/a')}: should be in 'fr', but leads to {site.url('/en/a')}",
    )


def test_a_page_in_another_language_than_it_is_linked_as_is_no_edition(
    site, fetch, make_page, make_alternates
):
    head = make_alternates({"en": "/en/a", "ko": "/ko/a"})
    site["/en/a"], site["/ko/a"] = make_page("en", head=head), make_page("ru", lang="")
    fetched = fetch(site.url("/en/a"))
    assert fetched.failures == (f"{site.url('/ko/a')}: should be in 'ko', but is in 'ru'",)


def test_a_template_that_states_one_language_on_every_page_is_not_believed(site, fetch, make_page):
    site["/page"] = make_page("fr", lang="en")
    assert languages(fetch(site.url("/page"))) == ["fr"]


def test_chinese_without_a_script_is_told_by_its_text(site, fetch, make_page, make_alternates):
    head = make_alternates({"en": "/en/a", "zh": "/zh/a"})
    site["/en/a"], site["/zh/a"] = make_page("en", head=head), make_page("zh-Hant", lang="zh")
    assert languages(fetch(site.url("/en/a"))) == ["en", "zh-Hant"]


def test_nothing_that_exists_is_overwritten_unless_forced(site, fetch, tmp_path):
    address = site.article(("en", "fr"))
    own = tmp_path / "got" / "fr.html"
    own.parent.mkdir()
    own.write_text("mine")
    fetched = fetch(address)
    assert own.read_text() == "mine"
    assert len(fetched.failures) == 1 and f"there is a {own}; --force" in fetched.failures[0]
    assert languages(fetch(address, force=True)) == ["en", "fr"]
    assert own.read_text() != "mine"


def test_pages_that_a_killed_run_saved_are_fetched_anew(site, fetch):
    address = site.article(("en", "fr"))
    (fetch(address).folder / "corpus.toml").unlink()
    again = fetch(address)
    assert (languages(again), again.failures) == (["en", "fr"], ())


def test_a_folder_with_a_list_is_refused_before_anything_is_asked(site, fetch):
    address = site.article(("en", "fr"))
    fetch(address)
    asked = len(site.asked)
    with pytest.raises(InputError, match=r"holds a corpus\.toml already; --force fetches anew"):
        fetch(address)
    assert len(site.asked) == asked


def test_what_was_saved_is_listed_even_if_the_user_stops(site, fetch, tmp_path):
    def start(_what, _steps):
        def advance(_done):
            if "/fr/lighthouse" in site.asked:
                raise KeyboardInterrupt

        return advance

    with pytest.raises(KeyboardInterrupt):
        fetch(site.article(("en", "fr", "ja", "es")), progress=start)
    there = read_corpus(tmp_path / "got")
    assert [each.language for each in there.editions] == ["en", "fr"]


def test_progress_counts_pages_given_and_editions(site, fetch):
    told = []

    def start(what, steps):
        told.append((what, steps))
        return lambda done: told.append(done)

    fetch(site.article(("en", "fr", "ja")), progress=start)
    assert told == [("fetching", 1), 1, ("editions", 2), 1, 1]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("en.html", "en.html: is no address; one begins with https:// or http://"),
        ("ftp://example.org/a", "is of the kind ftp:; only http and https are fetched"),
        ("file:///etc/passwd", "is of the kind file:; only http and https are fetched"),
        ("https://me:secret@example.org/", "holds a user's name or password"),
        ("https:///a", "https:///a: "),
        ("http://[::1/", "is no address that can be read"),
    ],
)
def test_what_is_no_address_is_refused_before_anything_is_asked(fetch, address, message):
    with pytest.raises(InputError) as refused:
        fetch(address)
    assert message in str(refused.value)


def test_the_public_function_keeps_to_the_open_net_unless_told(site, tmp_path):
    address = site.article(("en", "fr"))
    fetched = public_fetch(address, tmp_path / "closed")
    assert "'127.0.0.1' is not on the open net; --allow-private" in fetched.failures[0]
    assert site.asked == []
    quick = FetchLimits(pause=0)
    fetched = public_fetch(address, tmp_path / "open", allow_private=True, limits=quick)
    assert languages(fetched) == ["en", "fr"]
