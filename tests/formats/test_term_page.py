"""The page of terms: self-contained, in every language's direction, without scripts too."""

import dataclasses

import pytest
from lxml import html

from align.formats.excerpts import keyword
from align.formats.report import write_term_page
from align.formats.report.clashes import clashes_by_term
from align.formats.report.terms import agreement_level, rows_of
from align.text import Span


def render(folder, report):
    write_term_page(folder / "terms.html", report)
    text = (folder / "terms.html").read_text(encoding="utf-8")
    return text, html.document_fromstring(text)


@pytest.fixture
def page(tmp_path, term_report):
    return render(tmp_path, term_report)[1]


def words(element):
    return " ".join(element.text_content().split())


def has_class(name):
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def test_hostile_text_is_inert_wherever_it_stands(tmp_path, term_report):
    hostile = "</td></script><script>alert(1)</script><img src=x onerror=alert(2)>\"' {{ 7*7 }}"
    rendered = term_report.terms[0]
    first = dataclasses.replace(
        rendered.occurrences["ja"][0],
        source_text=hostile,
        target_text=hostile,
        source_span=Span(0, 5),
        target_span=Span(0, len(hostile)),
    )
    term = dataclasses.replace(rendered.term, text=hostile, variants=(hostile, hostile))
    report = dataclasses.replace(
        term_report,
        name=hostile,
        title=hostile,
        signature=hostile,
        terms=(
            dataclasses.replace(
                rendered, term=term, occurrences={**rendered.occurrences, "ja": (first,)}
            ),
        ),
        findings=(
            dataclasses.replace(
                term_report.findings[0], term=hostile, message=hostile, target_text=hostile
            ),
        ),
    )
    text, page = render(tmp_path, report)
    assert len(page.xpath("//script")) == 1
    assert "<img" not in text
    assert page.findtext(".//h1") == hostile


def test_the_table_comes_first_then_divergences_by_term_with_severity_kind_and_message(page):
    assert [words(h) for h in page.xpath("//h2")] == ["Terms", "Divergences", "Every place"]
    [term] = page.xpath(f"//section[@aria-labelledby='divergences']/*[{has_class('of-term')}]")
    assert words(term.find("h3")) == "rare earths in the table"
    error, warning = term.find_class("finding")
    assert words(error).startswith("error missing Japanese 80 % sure Nothing renders")
    assert words(error.find_class("where")[-1]) == "segment 4"
    assert "Nothing renders “rare earths” here" in words(error)
    assert [mark.text for mark in error.iter("mark")] == ["rare earths"]
    assert [mark.text for mark in warning.iter("mark")] == ["rare earths", "المعادن النادرة"]


def test_a_message_that_opens_with_a_word_from_right_to_left_runs_from_left_to_right(
    tmp_path, term_report
):
    finding = dataclasses.replace(term_report.findings[1], message="“ميناء” stands for “port”.")
    _, page = render(tmp_path, dataclasses.replace(term_report, findings=(finding,)))
    [message] = page.xpath(f"//p[{has_class('message')}]")
    assert "dir" not in message.attrib
    assert [each.text for each in message.iter("bdi")] == ["ميناء", "port"]
    assert words(message) == "“ميناء” stands for “port”."


def test_it_links_to_the_alignment_only_where_one_is_named(tmp_path, term_report):
    _, page = render(tmp_path, term_report)
    assert page.find_class("other") == []
    write_term_page(tmp_path / "terms.html", term_report, alignment_page="report.html")
    [link] = html.parse(tmp_path / "terms.html").xpath("//header//a[@class='other']")
    assert (link.text, link.get("href")) == ("Alignment", "report.html")


def test_notes_are_folded_away(page):
    [notes] = page.xpath(f"//details[{has_class('notes')}]")
    assert words(notes.find("summary")) == "1 note, which may be quite right"
    assert len(notes.xpath(f".//li[{has_class('finding')}]")) == 1


def test_the_table_has_a_row_for_each_term_and_a_column_for_each_language(page):
    table = page.xpath(f"//table[{has_class('matrix')}]")[0]
    assert [words(th) for th in table.xpath("./thead//th")] == [
        "English", "Japanese 日本語", "Arabic العربية",
    ]  # fmt: skip
    first, second = table.xpath("./tbody/tr")
    assert [words(cell) for cell in first] == [
        "rare earths 3 mentions, 2 forms",
        "レアアース 2 of 3, 1 not found 1 error 1 note",
        "العناصر الأرضية النادرة 1 of 2, 1 other 1 warning",
    ]
    assert [words(cell) for cell in second] == ["Atalanta 0 mentions", *["no counterpart"] * 2]


def test_agreement_is_said_in_words_and_in_colour(page):
    cells = page.get_element_by_id("t0").xpath("./td/@class")
    assert cells == ["level-3", "level-3"]
    assert [agreement_level(share) for share in (0, 0.3, 0.5, 0.75, 0.99, 1)] == [1, 2, 3, 4, 4, 5]


def test_every_cell_leads_to_its_places_grouped_by_rendering(page):
    links = page.xpath(f"//a[{has_class('cell')}]/@href")
    assert links == ["#t0-ja", "#t0-ar"]
    japanese, arabic = (page.get_element_by_id(link[1:]) for link in links)
    assert [words(h) for h in japanese.iter("h4")] == [
        "レアアース 2 of 3",
        "no rendering found 1 of 3",
    ]
    assert len(arabic.xpath(".//ol/li")) == 3
    assert [words(item)[:1] for item in japanese.xpath(".//ol/li")] == ["1", "3", "4"]
    assert "その値段は上がった。" in words(japanese)
    assert "not in Arabic" in words(arabic)


def test_places_show_both_sides_in_context_each_in_its_direction(page):
    [first, *_] = page.get_element_by_id("t0-ar").xpath(".//ol/li")
    source, target = first.xpath(f"./span[{has_class('text')}]")
    assert (source.get("lang"), source.get("dir")) == ("en", "ltr")
    assert (target.get("lang"), target.get("dir")) == ("ar", "rtl")
    assert [mark.text for mark in first.iter("mark")] == ["Rare earths", "العناصر الأرضية النادرة"]
    assert words(target) == "تأتي العناصر الأرضية النادرة من مناجم قليلة."


def test_a_place_leads_to_what_was_found_there(page):
    [link] = page.get_element_by_id("t0-ar").xpath(f".//a[{has_class('to-finding')}]")
    assert link.get("href") == "#f1"
    assert words(link) == "warning"


def test_without_scripts_everything_can_be_reached(page):
    assert not page.xpath("//section[@hidden] | //tr[@hidden] | //li[@hidden]")
    assert page.xpath(f"//*[{has_class('filters')}]/@hidden")
    for places in page.xpath(f"//*[{has_class('concordance')}]"):
        assert places.getparent().tag == "details"


def test_every_text_says_its_language_and_direction(page):
    texts = page.xpath(f"//*[{has_class('text')} or {has_class('unfound')}]")
    assert texts
    for text in texts:
        if "none" not in text.get("class"):
            assert text.get("dir") == ("rtl" if text.get("lang") == "ar" else "ltr")


def test_an_article_without_terms_says_so(tmp_path, term_report):
    _, page = render(tmp_path, dataclasses.replace(term_report, terms=(), findings=()))
    assert "No key term was found in the text." in words(page)


def test_terms_without_divergence_say_so(tmp_path, term_report):
    _, page = render(tmp_path, dataclasses.replace(term_report, findings=()))
    assert "None was found." in words(page.find_class("divergences")[0])


def test_the_same_report_gives_the_same_page(tmp_path, term_report):
    assert render(tmp_path, term_report)[0] == render(tmp_path, term_report)[0]


def test_a_row_is_flagged_by_errors_and_warnings_alone(term_report):
    assert [row.is_flagged for row in rows_of(term_report)] == [True, False]
    notes = dataclasses.replace(term_report, findings=term_report.findings[2:])
    assert [row.is_flagged for row in rows_of(notes)] == [False, False]


def test_sentences_stand_whole_however_long_they_are(tmp_path, term_report):
    rendered = term_report.terms[0]
    long = "Rare earths " + "and what is made of them " * 20
    first = dataclasses.replace(rendered.occurrences["ja"][0], source_text=long)
    occurrences = {**rendered.occurrences, "ja": (first,)}
    terms = (dataclasses.replace(rendered, occurrences=occurrences),)
    _, page = render(tmp_path, dataclasses.replace(term_report, terms=terms))
    assert words(page.get_element_by_id("t0-ja").xpath(".//ol/li/span[2]")[0]) == words_of(long)


def words_of(text):
    return " ".join(text.split())


def clash(report, language, rendering, expected, **other):
    of = {"kind": "inconsistent", "severity": "warning", **other}
    return dataclasses.replace(
        report.findings[1], language=language, rendering=rendering, expected=expected, **of
    )


def told(report, *findings):
    by_term = clashes_by_term(dataclasses.replace(report, findings=findings))
    return [
        (each.term, [[number for number, _ in clash.places] for clash in each.clashes])
        for each in by_term
    ]


def test_both_directions_of_a_clash_are_told_once(term_report):
    one = clash(term_report, "ar", "المعادن", "العناصر")
    other = clash(term_report, "ar", "العناصر", "المعادن")
    assert told(term_report, one, other) == [("rare earths", [[0, 1]])]


def test_two_terms_whose_renderings_changed_places_are_one_clash(term_report):
    one = clash(term_report, "ja", "同盟", "協力", kind="conflated", term="partnership")
    other = clash(term_report, "ja", "協力", "同盟", kind="conflated", term="alliance")
    assert told(term_report, one, other) == [("partnership", [[0, 1]])]


def test_editions_that_part_ways_are_told_once_for_both(term_report):
    one = clash(term_report, "ja", "東風", "西風", kind="across-languages", severity="note")
    other = clash(term_report, "ar", "西風", "東風", kind="across-languages", severity="note")
    assert told(term_report, one, other) == [("rare earths", [[0, 1]])]


def test_clashes_of_other_languages_kinds_and_renderings_stay_apart(term_report):
    findings = (
        clash(term_report, "ar", "المعادن", "العناصر"),
        clash(term_report, "ja", "المعادن", "العناصر"),
        clash(term_report, "ar", "المعادن", "العناصر", kind="conflated"),
        clash(term_report, "ar", "الأتربة", "العناصر"),
        clash(term_report, "ar", None, "العناصر", kind="missing"),
    )
    assert told(term_report, *findings) == [("rare earths", [[0], [1], [2], [3], [4]])]


def test_terms_come_in_the_order_of_their_gravest_divergence(term_report):
    note = clash(term_report, "ar", "a", "b", severity="note", term="first")
    error = clash(term_report, "ar", "c", "d", severity="error", term="second")
    warning = clash(term_report, "ar", "e", "f", term="first")
    assert told(term_report, note, error, warning) == [("second", [[1]]), ("first", [[2], [0]])]


@pytest.mark.parametrize(
    ("text", "start", "reach", "before", "after"),
    [
        ("one two key three four", 8, 5, "…two ", "…"),
        ("one two key three four", 8, 99, "one two ", " three four"),
        ("重要な鍵は二つある", 3, 2, "…要な", "は二…"),
    ],
)
def test_context_is_cut_at_spaces_where_there_are_any(text, start, reach, before, after):
    size = 3 if text.isascii() else 1
    shown = keyword(text, Span(start, start + size), reach)
    assert (shown.before, shown.after) == (before, after)
