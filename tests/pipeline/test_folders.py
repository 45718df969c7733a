"""Folders as people have them: no corpus.toml, several formats and encodings, tags of regions."""

import pytest

import align

QUICK = align.Settings(encoder="anchors")

ENGLISH = "The Mill\n\nThe mill of 1843 burned down. Nobody was hurt. It was rebuilt in 1850.\n"
PORTUGUESE = "O moinho\n\nO moinho de 1843 ardeu. Ninguém se feriu. Foi refeito em 1850.\n"
GERMAN = "# Die Mühle\n\nDie Mühle von 1843 brannte ab. Niemand kam zu Schaden.\n"
JAPANESE = (
    "<html lang='ja'><body><nav>メニュー</nav><article><h1>水車小屋</h1>"
    "<p>1843年の水車小屋は焼けた。けが人はいなかった。1850年に再建された。</p></article></body></html>"
)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "mill"
    folder.mkdir()
    (folder / "en.txt").write_bytes(ENGLISH.replace("\n", "\r\n").encode("utf-8-sig"))
    (folder / "mill.pt-BR.txt").write_text(PORTUGUESE, encoding="utf-16")
    (folder / "de.md").write_text(GERMAN, encoding="utf-8")
    (folder / "page.html").write_text(JAPANESE, encoding="utf-8")
    return folder


def test_formats_encodings_and_line_ends_may_be_mixed(folder):
    article = align.build(folder, settings=QUICK)
    assert list(article.editions) == ["en", "de", "ja", "pt-BR"]
    assert [one.text for one in article.editions["en"].segments][:2] == [
        "The Mill",
        "The mill of 1843 burned down.",
    ]
    assert article.editions["de"].segments[0].text == "Die Mühle"
    assert article.editions["ja"].segments[-1].text == "1850年に再建された。"
    assert article.editions["pt-BR"].segments[2].text == "Ninguém se feriu."


def test_without_a_corpus_file_the_pivots_title_is_the_articles(folder):
    article = align.build(folder, settings=QUICK)
    assert (article.name, article.title, article.licence) == ("mill", "The Mill", None)


def test_editions_remember_their_files(folder):
    editions = align.build(folder, settings=QUICK).editions
    assert editions["ja"].file == "page.html"
    assert editions["pt-BR"].file == "mill.pt-BR.txt"


def test_the_encoder_covers_a_language_of_any_region(folder):
    article = align.build(folder)
    assert "by-anchors" not in article.signature


def test_memories_keep_the_region(folder, tmp_path):
    align.write_build(align.build(folder, settings=QUICK), tmp_path / "out")
    assert 'xml:lang="pt-BR"' in (tmp_path / "out" / "mill.tmx").read_text(encoding="utf-8")


def test_progress_is_told_of_every_step(folder):
    told = {}

    def start(what, steps):
        told[what] = [steps, 0]

        def advance(done):
            told[what][1] += done

        return advance

    article = align.build(folder, settings=QUICK, progress=start)
    others = sum(len(one.segments) for tag, one in article.editions.items() if tag != "en")
    assert told == {"aligning": [others, others]}


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("fr.txt", b"\xff\xfe\x00", "is not the UTF-16-LE it says it is"),
        ("fr.txt", b"%PDF-1.4", "is cut off or damaged"),
        ("fr.html", b"<html><body></body></html>", ""),
        ("corpus.toml", b"titel = 'x'", "did you mean 'title'?"),
    ],
)
def test_what_cannot_be_used_is_an_input_error_with_its_path(folder, name, content, expected):
    (folder / name).write_bytes(content)
    with pytest.raises(align.InputError) as caught:
        align.build(folder, settings=QUICK)
    assert caught.value.path == folder / name
    assert expected in str(caught.value)


def test_a_segment_too_long_to_be_one_is_an_input_error_with_its_path(folder):
    (folder / "fr.txt").write_text("mot " * 30_000)
    with pytest.raises(align.InputError, match="segment 1 has 119,999 characters") as caught:
        align.build(folder, settings=QUICK)
    assert caught.value.path == folder / "fr.txt"
