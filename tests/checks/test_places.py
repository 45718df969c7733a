"""Findings are found again in the file: in plain text, Markdown, HTML, TMX and XLIFF."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import align
from align.beads import Bead
from align.checks.base import Translation
from align.checks.places import Place, place_of
from align.documents import Document, read_document
from align.formats.alignment_json import write_alignment
from align.inputs import article_of
from align.segmentation import Segmenter, read_document_of_lines
from align.settings import Settings
from align.text import Span


def article_from(path, *, segmented=False):
    """An article whose translation is the file and whose source has as many segments."""
    if segmented:
        document, segments = read_document_of_lines(path)
    else:
        document = read_document(path)
        segments = Segmenter().segment(document, "fr")
    edition = align.Edition("fr", document, segments, str(path))
    beads = tuple(Bead(Span(i, i + 1), Span(i, i + 1), None, 1.0) for i in range(len(segments)))
    source = replace(edition, language="en", file=None)
    alignment = align.Alignment(beads, len(segments), len(segments))
    return align.AlignedArticle(
        "a", "A", None, "en", {"en": source, "fr": edition}, {"fr": alignment}, (), 0.0, ""
    )


def article_read(name):
    """The article to check that a file in the working directory holds."""
    return article_of(
        Path(name), None, source_language=None, languages=(), settings=Settings(), progress=None
    )


def found_at(article, words, *, nth=0, language="fr"):
    """The place of the words in the translation, `nth` counted within the text."""
    translation = Translation(article, language, None)
    for passage in translation.passages:
        start = passage.target.find(words)
        while start >= 0:
            if nth == 0:
                span = Span(start, start + len(words))
                finding = translation.finding("x", "note", passage, "m", target_span=span)
                return place_of(article, language, finding)
            nth -= 1
            start = passage.target.find(words, start + 1)
    raise AssertionError(f"{words!r} is not in the text")


def text_at(place):
    """What stands in the file at a place."""
    data = Path(place.file).read_bytes().decode("utf-8-sig")
    lines = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if place.line == place.end_line:
        return lines[place.line - 1][place.column - 1 : place.end_column - 1]
    first, *middle = lines[place.line - 1 : place.end_line]
    *middle, last = middle
    return "\n".join([first[place.column - 1 :], *middle, last[: place.end_column - 1]])


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_plain_text_gives_line_and_column(file):
    path = file("fr.txt", "Le bac\n\nIl part. Le port est loin.\nIl revient.\n")
    place = found_at(article_from(path), "port")
    assert place == Place(str(path), 3, 13, 3, 17)


def test_columns_count_code_points(file):
    path = file("fr.txt", "Titre\n\n𝔄𝔅 é x part.\n")
    assert found_at(article_from(path), "part").column == 8


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_every_system_are_counted(file, end):
    path = file("fr.txt", end.join(["Titre", "", "Il part.", "", "Le port est loin."]))
    place = found_at(article_from(path), "port")
    assert (place.line, place.column) == (5, 4)


def test_line_ends_that_editors_do_not_count_are_not_counted(file):
    path = file("fr.txt", "Titre\n\nIl part.\u2028\u2028Le port est loin.\n")
    place = found_at(article_from(path), "port")
    assert (place.line, text_at(place)) == (3, "port")


def test_a_byte_order_mark_takes_no_column(file):
    path = file("fr.txt", "\ufeffPort libre.\n")
    assert found_at(article_from(path), "Port").column == 1


def test_hard_wrapped_lines_keep_their_lines(file):
    lines = [
        "Le bac quitta le port dans le brouillard et personne ne le",
        "revit avant le lendemain, quand le vent se leva sur toute la",
        "côte et que les phares furent rallumés par le gardien du port.",
    ]
    article = article_from(file("fr.txt", "\n".join(lines) + "\n"))
    place = found_at(article, "phares")
    assert (place.line, text_at(place)) == (3, "phares")
    across = found_at(article, "le revit")
    assert (across.line, across.end_line, text_at(across)) == (1, 2, "le\nrevit")


def test_one_segment_a_line_gives_the_line(file):
    path = file("fr.txt", "Port.\n\nPort.\nPort.\n")
    places = [found_at(article_from(path, segmented=True), "Port", nth=n) for n in range(3)]
    assert [place.line for place in places] == [1, 3, 4]


MARKDOWN = """---
title: "Le bac"
---

# Le *bac* du port

Il [quitte le port](https://port.example/port "port") à **neuf** heures.
Le port est
loin.

- Le port d’abord
- Le \\*port\\* ensuite

| un | deux |
|----|------|
| le port | la mer |

<p>Un port de HTML.</p>

> Le port cité.
"""


def test_markdown_gives_the_words_behind_its_marks(file):
    article = article_from(file("fr.md", MARKDOWN))
    lines = [found_at(article, "port", nth=n) for n in range(8)]
    assert [text_at(place) for place in lines] == ["port"] * 8
    assert [place.line for place in lines] == [5, 7, 8, 11, 12, 16, 18, 20]
    assert lines[1].column == MARKDOWN.splitlines()[6].index("port]") + 1


def test_a_stretch_with_marks_inside_is_found(file):
    article = article_from(file("fr.md", MARKDOWN))
    place = found_at(article, "à neuf heures")
    assert text_at(place) == "à **neuf** heures"


def test_the_title_of_front_matter_has_a_line(file):
    article = article_from(file("fr.md", '---\nlang: fr\ntitle: "Le bac"\n---\n\nIl part.\n'))
    place = found_at(article, "bac")
    assert (place.line, text_at(place)) == (3, "bac")


HTML = """<!DOCTYPE html>
<html lang="fr"><head><title>Le bac du port</title></head>
<body>
<nav><a href="/port">port</a></nav>
<article>
<h1>Le bac du port</h1>
<p>Il quitte le <b>port</b> &agrave; neuf heures,
  et l&rsquo;on ne voit plus le port.</p>
<p>
Le port&nbsp;est <i>tr&egrave;s</i> loin.</p>
</article>
</body></html>
"""


def test_html_gives_the_words_behind_tags_and_entities(file):
    article = article_from(file("fr.html", HTML))
    places = [found_at(article, "port", nth=n) for n in range(4)]
    assert [text_at(place) for place in places] == ["port"] * 4
    assert [place.line for place in places] == [6, 7, 8, 10]
    assert text_at(found_at(article, "très loin")) == "<i>tr&egrave;s</i> loin".removeprefix("<i>")


@pytest.mark.parametrize("one_line", [False, True])
def test_a_memory_gives_the_line_of_the_variant(file, one_line):
    units = "\n".join(
        f'<tu><tuv xml:lang="en"><seg>Fog &amp; port {n}.</seg></tuv>\n'
        f'<tuv xml:lang="fr"><seg>Brume &amp; <ph>x</ph>port {n}.</seg></tuv></tu>'
        for n in range(3)
    )
    content = f'<tmx version="1.4"><header srclang="en"/><body>\n{units}\n</body></tmx>'
    path = file("m.tmx", content.replace("\n", " ") if one_line else content)
    article = article_of(
        path, None, source_language=None, languages=(), settings=Settings(), progress=None
    )
    place = found_at(article, "port 1")
    assert place.line == (1 if one_line else 5)
    if not one_line:
        assert text_at(place) == "port 1"


def test_xliff_gives_the_line_of_the_target(file):
    content = (
        '<xliff version="1.2"><file source-language="en" target-language="fr"><body>\n'
        "<trans-unit><source>Port.</source>\n<target>Le <g>port</g> &lt;x&gt;.</target>"
        "</trans-unit></body></file></xliff>"
    )
    article = article_of(
        file("j.xlf", content),
        None,
        source_language=None,
        languages=(),
        settings=Settings(),
        progress=None,
    )
    place = found_at(article, "port")
    assert (place.line, text_at(place)) == (3, "port")


def test_what_is_missing_has_the_place_where_it_should_stand(file):
    article = article_from(file("fr.txt", "Titre\n\nIl part. Il revient.\n"))
    translation = Translation(article, "fr", None)
    passage = translation.passages[0]
    for at, column in ((2, 10), (3, 21)):
        finding = replace(
            translation.finding("omission", "error", passage, "m"),
            target_segments=Span(at, at),
            target_text="",
        )
        assert place_of(article, "fr", finding) == Place(
            article.editions["fr"].file, 3, column, 3, column
        )


def test_a_finding_without_a_span_has_the_place_of_its_bead(file):
    article = article_from(file("fr.txt", "Titre\n\nIl part. Il revient.\n"))
    translation = Translation(article, "fr", None)
    finding = translation.finding("x", "note", translation.passages[2], "m")
    assert text_at(place_of(article, "fr", finding)) == "Il revient."


def test_white_space_itself_has_a_place(file):
    article = article_from(file("fr.txt", "Titre\n\nIl part , enfin.\n"))
    translation = Translation(article, "fr", None)
    passage = translation.passages[1]
    span = Span(passage.target.index(" ,"), passage.target.index(" ,") + 1)
    finding = translation.finding("spacing", "note", passage, "m", target_span=span)
    place = place_of(article, "fr", finding)
    assert (place.line, place.column, place.end_column) == (3, 8, 9)


def test_a_file_that_is_gone_or_changed_leaves_places_as_they_were_read(file):
    path = file("fr.md", MARKDOWN)
    article = article_from(path)
    path.write_text("Port.\n")
    changed = found_at(article, "port", nth=2)
    path.unlink()
    assert found_at(article, "port", nth=2) == changed == Place(str(path), 8, 4, 8, 8)


def test_an_alignment_file_has_the_places_of_the_files_it_was_made_from(file, monkeypatch):
    path = file("fr.md", MARKDOWN)
    monkeypatch.chdir(path.parent)
    article = article_from(Path("fr.md"))
    write_alignment("a.alignment.json", article)
    read = article_read("a.alignment.json")
    assert found_at(read, "port", nth=2) == Place("fr.md", 8, 4, 8, 8)
    path.unlink()
    read = article_read("a.alignment.json")
    assert found_at(read, "port", nth=2) == Place("fr.md", 7)


def test_an_alignment_file_of_lines_has_their_places_too(file, monkeypatch):
    path = file("fr.txt", "Le bac part.\r\n\r\n  Du port de Nice.\r\n")
    monkeypatch.chdir(path.parent)
    write_alignment("a.alignment.json", article_from(Path("fr.txt"), segmented=True))
    assert found_at(article_read("a.alignment.json"), "port") == Place("fr.txt", 3, 6, 3, 10)


def test_another_text_of_the_same_name_tells_no_places(file, monkeypatch):
    path = file("fr.md", MARKDOWN)
    monkeypatch.chdir(path.parent)
    write_alignment("a.alignment.json", article_from(Path("fr.md")))
    path.write_text("Un port.\n\nUn autre port, un autre port.\n")
    read = article_read("a.alignment.json")
    assert found_at(read, "port", nth=2) == Place("fr.md", 7)


def test_letters_that_were_composed_keep_their_columns(file):
    path = file("fr.md", "Le *caf\u0065\u0301* du port.\n")
    place = found_at(article_from(path), "port")
    assert text_at(place) == "port"


def test_what_is_left_out_of_a_paragraph_moves_nothing(file):
    page = (
        "<html><body><h1>Le bac</h1><p>Il quitte<sup><a href='#n'>1</a></sup> le port de "
        "<ruby>漢<rt>kan</rt></ruby> à neuf heures, puis le port du nord.</p></body></html>"
    )
    path = file("fr.html", page)
    article = article_from(path)
    first, second = (found_at(article, "port", nth=n) for n in range(2))
    assert first.column == page.index("port") + 1
    assert second.column == page.rindex("port") + 1


def test_a_text_without_a_file_has_a_line_of_its_text():
    article = align.pair("It rains.\n\nIt snows.", "Il pleut.\n\nIl neige.")
    assert found_at(article, "neige") == Place(None, 3)


def test_a_document_without_lines_has_none():
    document = Document("Il pleut.", (align.documents.Block("paragraph", 0, 9),))
    article = align.pair("It rains.", document, target_language="fr")
    assert found_at(article, "pleut") == Place(None)


WORDS = st.text(st.sampled_from("ab é橋ن&<*_[]()\\`#\t"), min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS.filter(str.strip), min_size=1, max_size=6), st.data())
def test_in_plain_text_every_span_is_found_exactly(tmp_path_factory, lines, data):
    path = tmp_path_factory.mktemp("places") / "fr.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    article = article_from(path, segmented=True)
    translation = Translation(article, "fr", None)
    passage = data.draw(st.sampled_from([p for p in translation.passages if p.target]))
    solid = [i for i, character in enumerate(passage.target) if not character.isspace()]
    start, stop = sorted(data.draw(st.tuples(st.sampled_from(solid), st.sampled_from(solid))))
    span = Span(start, stop + 1)
    finding = translation.finding("x", "note", passage, "m", target_span=span)
    found = text_at(place_of(article, "fr", finding))
    assert "".join(found.split()) == "".join(passage.target[span.slice].split())
