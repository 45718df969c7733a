"""A guest keeps to `robots.txt`, waits between requests, and follows few redirects."""

import pytest

from align.errors import InputError
from align.fetching.client import FetchLimits

PAUSED = FetchLimits(pause=1.0)


def said(visitor, address):
    with pytest.raises(InputError) as refused:
        visitor.fetch(address)
    message = str(refused.value)
    assert message.startswith(f"{address}: ") and "\n" not in message
    return message.removeprefix(f"{address}: ")


def robots(text, status=200):
    return (status, {"Content-Type": "text/plain"}, text.encode())


def test_there_is_a_pause_between_two_requests_to_a_host(make_visitor, site, clock):
    site["/a"] = site["/b"] = "<p>text</p>"
    site["/b"] = "<p>text</p>"
    visitor = make_visitor(PAUSED)
    visitor.fetch(site.url("/a"))
    visitor.fetch(site.url("/b"))
    assert clock.waits == [1.0, 1.0]  # robots.txt, a, b


def test_another_host_is_asked_at_once(make_visitor, site, clock):
    site["/a"] = "<p>text</p>"
    visitor = make_visitor(PAUSED)
    visitor.fetch(site.url("/a", host="one.test"))
    clock.waits.clear()
    visitor.fetch(site.url("/a", host="two.test"))
    assert clock.waits == [1.0]  # between its own robots.txt and its page


def test_time_that_has_passed_is_not_waited_for_again(make_visitor, site, clock):
    site["/a"] = "<p>text</p>"
    visitor = make_visitor(PAUSED)
    visitor.fetch(site.url("/a"))
    clock.now += 0.75
    clock.waits.clear()
    visitor.fetch(site.url("/a"))
    assert clock.waits == [0.25]


@pytest.mark.parametrize(("asked", "waited"), [("5", 5.0), ("0.2", 1.0), ("3600", 60.0)])
def test_a_longer_pause_is_kept_where_robots_asks_for_it_within_reason(
    make_visitor, site, clock, asked, waited
):
    site["/robots.txt"] = robots(f"User-agent: *\nCrawl-delay: {asked}\n")
    site["/a"] = "<p>text</p>"
    make_visitor(PAUSED).fetch(site.url("/a"))
    assert clock.waits == [waited]


@pytest.mark.parametrize(
    ("rules", "path", "is_allowed"),
    [
        ("User-agent: *\nDisallow: /private/", "/private/a", False),
        ("User-agent: *\nDisallow: /private/", "/public/a", True),
        ("User-agent: *\nDisallow: /*/print$", "/en/print", False),
        ("User-agent: *\nDisallow: /*/print$", "/en/prints", True),
        ("User-agent: *\nDisallow: /\nAllow: /en/", "/en/a", True),
        ("User-agent: align-editions\nDisallow: /", "/a", False),
        ("User-agent: somebody-else\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: align-editions\nAllow: /", "/a", True),
        ("<html>no rules, a page", "/a", True),
        ("", "/a", True),
    ],
)
def test_what_robots_asks_not_to_fetch_is_not_asked_for(
    make_visitor, site, rules, path, is_allowed
):
    site["/robots.txt"] = robots(rules)
    site[path] = "<p>text</p>"
    address = site.url(path)
    if is_allowed:
        assert make_visitor().fetch(address).status == 200
    else:
        assert said(make_visitor(), address).endswith("/robots.txt asks not to fetch it")
        assert site.asked == ["/robots.txt"]


def test_robots_is_asked_for_once_a_site(make_visitor, site):
    site["/a"] = "<p>text</p>"
    visitor = make_visitor()
    visitor.fetch(site.url("/a"))
    visitor.fetch(site.url("/a"))
    assert site.asked == ["/robots.txt", "/a", "/a"]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_rules_may_be_fetched(make_visitor, site, status):
    site["/robots.txt"] = robots("User-agent: *\nDisallow: /", status)
    site["/a"] = "<p>text</p>"
    assert make_visitor().fetch(site.url("/a")).status == 200


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_whose_rules_cannot_be_had_is_left_alone(make_visitor, site, status):
    site["/robots.txt"] = robots("", status)
    site["/a"] = "<p>text</p>"
    message = said(make_visitor(), site.url("/a"))
    assert message.startswith(f"its robots.txt cannot be had (the server answers {status} ")
    assert "/a" not in site.asked


def test_rules_that_are_too_long_are_read_as_far_as_they_go(make_visitor, site):
    rules = "User-agent: *\nDisallow: /a\n" + "# much\n" * 200_000
    site["/robots.txt"] = robots(rules)
    limits = FetchLimits(size=1000, pause=0)
    assert said(make_visitor(limits), site.url("/a")).endswith("asks not to fetch it")


def test_rules_may_have_been_moved(make_visitor, site):
    site.redirect("/robots.txt", "/rules")
    site["/rules"] = robots("User-agent: *\nDisallow: /a")
    assert said(make_visitor(), site.url("/a")).endswith("asks not to fetch it")


def test_a_redirect_is_followed_and_the_last_address_counts(make_visitor, site):
    site.redirect("/old", "/new?page=1#top", 301)
    site["/new?page=1"] = "<p>text</p>"
    assert make_visitor().fetch(site.url("/old")).address == site.url("/new?page=1")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_in_a_circle_are_left(make_visitor, site, status):
    site.redirect("/a", "/b", status)
    site.redirect("/b", "/a", status)
    assert said(make_visitor(), site.url("/a")) == "redirects in a circle"


def test_a_page_that_redirects_to_itself_is_left(make_visitor, site):
    site.redirect("/a", "#again")
    assert said(make_visitor(), site.url("/a")) == "redirects in a circle"


def test_too_many_redirects_are_left(make_visitor, site):
    for number in range(20):
        site.redirect(f"/{number}", f"/{number + 1}")
    limits = FetchLimits(redirects=3, pause=0)
    assert said(make_visitor(limits), site.url("/0")) == "redirects more than 3 times"
    assert site.asked == ["/robots.txt", "/0", "/1", "/2", "/3"]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("file:///etc/passwd", "redirects to file:///etc/passwd: is of the kind file:"),
        ("ftp://example.org/a", "redirects to ftp://example.org/a: is of the kind ftp:"),
        ("javascript:alert(1)", "redirects to javascript:alert(1): is no address"),
        ("http://me:word@example.org/", "holds a user's name or password"),
        ("http://169.254.169.254/latest", "'169.254.169.254' is not on the open net"),
        ("http://[::1]:22/", "'::1' is not on the open net"),
        ("//10.0.0.1/", "redirects to http://10.0.0.1/: '10.0.0.1' is not on the open net"),
        ("http://inside.test/", "'inside.test' (192.168.0.9) is not on the open net"),
    ],
)
def test_redirects_to_forbidden_places_are_not_followed(
    make_client, make_visitor, site, monkeypatch, target, expected
):
    def resolve(host, _port):
        return ["192.168.0.9"] if host == "inside.test" else [host]

    # This machine stands for one of the open net.
    monkeypatch.setattr("align.fetching.addresses.is_public", lambda ip: ip == "127.0.0.1")
    site.redirect("/a", target)
    visitor = make_visitor(resolve=resolve, allow_private=False)
    assert expected in said(visitor, site.url("/a"))


def test_rules_of_the_host_redirected_to_count_as_well(make_visitor, site):
    site.redirect("one.test/a", site.url("/b", host="two.test"))
    site["two.test/robots.txt"] = robots("User-agent: *\nDisallow: /")
    site["/b"] = "<p>text</p>"
    message = said(make_visitor(), site.url("/a", host="one.test"))
    assert message.startswith("redirects to http://two.test:")
    assert message.endswith("/robots.txt asks not to fetch it")


def test_a_server_that_says_when_to_come_back_is_asked_once_more(make_visitor, site, clock):
    busy = (429, {"Retry-After": "7"}, b"")
    site["/a"] = busy
    visitor = make_visitor()
    assert said(visitor, site.url("/a")) == "the server answers 429 Too Many Requests"
    assert site.asked == ["/robots.txt", "/a", "/a"]
    assert clock.waits == [7.0]


@pytest.mark.parametrize("when", ["86400", "Wed, 21 Oct 2026 07:28:00 GMT", "", "-1"])
def test_a_server_that_is_busy_for_long_is_not_waited_for(make_visitor, site, clock, when):
    site["/a"] = (503, {"Retry-After": when}, b"")
    said(make_visitor(), site.url("/a"))
    assert clock.waits == []


def test_thousands_of_agents_above_thousands_of_rules_take_no_more_than_their_size(
    make_visitor, site
):
    agents = "".join(f"User-agent: a{number}\n" for number in range(12_000))
    rules = "".join(f"Disallow: /{number}\n" for number in range(12_000))
    site["/robots.txt"] = robots(f"{agents}{rules}\nUser-agent: *\nDisallow: /a")
    site["/1"] = "<p>text</p>"
    visitor = make_visitor()
    assert visitor.fetch(site.url("/1")).status == 200
    assert said(visitor, site.url("/a")).endswith("asks not to fetch it")


def test_rules_with_many_wildcards_are_judged_in_time(make_visitor, site):
    site["/robots.txt"] = robots("User-agent: *\nDisallow: /" + "*a" * 500 + "*b$\n")
    path = "/" + "a" * 1500
    site[path] = "<p>text</p>"
    assert make_visitor().fetch(site.url(path)).status == 200
