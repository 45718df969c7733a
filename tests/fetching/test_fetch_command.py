"""`align fetch`, and `align build` of an address; no other command opens the web."""

import socket

import pytest

import align
from align.cli import commands
from align.documents import read_corpus

HERE = ("--allow-private", "--pause", "0")
QUICK = ("--encoder", "anchors", "--no-terms")


@pytest.fixture
def run(run, monkeypatch, tmp_path):
    """Calls the command in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return run


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name[0] != ".")


def test_it_names_each_page_and_what_comes_next(run, site, tmp_path):
    finished = run("fetch", site.article(("en", "fr")), "-o", "got", *HERE)
    assert (finished.code, finished.err) == (0, "")
    assert finished.out.splitlines() == [
        f"en.html  {site.url('/en/lighthouse')}",
        f"fr.html  {site.url('/fr/lighthouse')}",
        "2 editions; next: align build got -o OUT",
    ]
    assert names(tmp_path / "got") == ["corpus.toml", "en.html", "fr.html"]


def test_quiet_it_says_nothing(run, site):
    quiet = run("fetch", site.article(("en", "fr")), "-o", "got", *HERE, "-q")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")


def test_it_ends_with_1_and_a_line_for_a_page_that_cannot_be_had(run, site, tmp_path):
    address = site.article(("en", "fr", "ja"))
    site["/fr/lighthouse"] = (503, {}, b"")
    finished = run("fetch", address, "-o", "got", *HERE)
    assert finished.code == 1
    missing = site.url("/fr/lighthouse")
    assert finished.err == f"align: {missing}: the server answers 503 Service Unavailable\n"
    assert names(tmp_path / "got") == ["corpus.toml", "en.html", "ja.html"]


def test_private_networks_have_to_be_allowed(run, site, tmp_path):
    finished = run("fetch", site.article(), "-o", "got")
    assert finished.code == 1
    assert "'127.0.0.1' is not on the open net; --allow-private" in finished.err
    assert site.asked == []
    assert not (tmp_path / "got").exists()


@pytest.mark.parametrize("given", ["en.html", "ftp://example.org/a", "file:///etc/passwd", ""])
def test_what_is_no_address_is_bad_input(run, tmp_path, given):
    finished = run("fetch", given, "-o", "got")
    assert finished.code == 2
    assert finished.err.startswith("align: ") and finished.err.count("\n") == 1


def test_it_overwrites_only_when_forced(run, site, tmp_path):
    address = site.article(("en", "fr"))
    assert run("fetch", address, "-o", "got", *HERE).code == 0
    again = run("fetch", address, "-o", "got", *HERE)
    assert again.code == 2
    assert again.err.startswith("align: got: holds a corpus.toml already; --force fetches anew")
    assert run("fetch", address, "-o", "got", *HERE, "--force").code == 0


def test_languages_can_be_chosen(run, site, tmp_path):
    address = site.article()
    run("fetch", address, "-o", "some", *HERE, "-l", "ja", "-l", "zh_TW")
    assert names(tmp_path / "some") == ["corpus.toml", "en.html", "ja.html", "zh-Hant.html"]
    run("fetch", address, "-o", "one", *HERE, "--no-editions")
    assert names(tmp_path / "one") == ["corpus.toml", "en.html"]


def test_build_goes_on_from_the_folder(run, site, tmp_path):
    run("fetch", site.article(), "-o", "tower", *HERE)
    assert run("build", "tower", "-o", "out", *QUICK).code == 0
    assert (tmp_path / "out" / "tower.en-zh-Hant.tmx").is_file()


def test_build_of_an_address_does_both(run, site, tmp_path):
    finished = run("build", site.article(), "-o", "out", *HERE, *QUICK)
    assert (finished.code, finished.err) == (0, "")
    assert len(read_corpus(tmp_path / "out" / "lighthouse").editions) == 8
    assert (tmp_path / "out" / "lighthouse.en-ja.tmx").is_file()
    article = align.read_alignment(tmp_path / "out" / "lighthouse.alignment.json")
    assert article.editions["ja"].address == site.url("/ja/lighthouse")


def test_build_of_an_address_fetches_once_and_says_how_to_go_on(run, site):
    address = site.article(("en", "fr"))
    run("build", address, "-o", "out", *HERE, *QUICK)
    asked = len(site.asked)
    again = run("build", address, "-o", "out", *HERE, *QUICK)
    assert again.code == 2
    assert "align build out/lighthouse -o out aligns them, --force fetches them anew" in again.err
    assert len(site.asked) == asked
    assert run("build", address, "-o", "out", *HERE, *QUICK, "--force").code == 0


def test_build_of_an_address_aligns_what_could_be_had_and_ends_with_1(run, site, tmp_path):
    address = site.article(("en", "fr", "ja"))
    site["/fr/lighthouse"] = (404, {}, b"")
    finished = run("build", address, "-o", "out", *HERE, *QUICK)
    assert finished.code == 1
    assert finished.err.count("\n") == 1 and "404 Not Found" in finished.err
    assert (tmp_path / "out" / "lighthouse.en-ja.tmx").is_file()


def test_build_of_an_address_that_cannot_be_had_makes_nothing(run, site, tmp_path):
    finished = run("build", site.url("/absent"), "-o", "out", *HERE, *QUICK)
    assert finished.code == 1
    assert finished.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


ADDRESS = "https://example.org//en/a?b=1&c=2"


@pytest.mark.parametrize(
    "arguments",
    [
        ("pair", ADDRESS, "fr.txt"),
        ("pair", "en.txt", ADDRESS),
        ("check", ADDRESS, "fr.txt"),
        ("check", "en.txt", "fr.txt", "--termbase", ADDRESS),
        ("terms", ADDRESS),
        ("score", ADDRESS, "guess.txt"),
        ("segment", ADDRESS),
        ("segment", "en.txt", "--srx", ADDRESS),
    ],
)
def test_an_address_given_as_a_file_says_what_to_do_with_the_address_whole(
    run, monkeypatch, arguments
):
    def connect(*_args, **_kwargs):
        raise AssertionError("opened the web")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", connect)
    finished = run(*arguments)
    assert finished.code == 2
    assert finished.err == (
        f"align: {ADDRESS}: is an address, not a file; `align fetch '{ADDRESS}' -o FOLDER` saves "
        "the page and its editions\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("pair", "en.txt", "fr.txt", "-o", ADDRESS),
        ("segment", "en.txt", "-o", ADDRESS),
        ("srx", "-o", ADDRESS),
    ],
)
def test_results_are_not_written_to_an_address(run, tmp_path, arguments):
    for name in ("en.txt", "fr.txt"):
        (tmp_path / name).write_text("One line.\n")
    finished = run(*arguments)
    assert finished.code == 2
    assert finished.err == f"align: {ADDRESS}: is an address; results go to files\n"
    assert names(tmp_path) == ["en.txt", "fr.txt"]


@pytest.mark.parametrize("read", [align.read_document, align.build, align.read_termbase])
def test_the_library_says_the_same(read):
    with pytest.raises(align.InputError, match=r"https://example\.org/a: is an address, not a"):
        read("https://example.org/a")


def test_every_option_that_both_commands_have_means_the_same():
    fetching = {each.name: each for each in commands.commands["fetch"].params}
    building = {each.name: each for each in commands.commands["build"].params}
    for name in ("allow_private", "pause", "quiet"):
        assert fetching[name].help == building[name].help
