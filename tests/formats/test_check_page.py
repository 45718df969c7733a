"""The page of findings: in place on both sides, self-contained, without scripts too."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from align.checks.fingerprints import with_fingerprints
from align.formats.report import checks, write_check_page
from align.formats.report.checks import marked_runs
from align.text import Span


def render(folder, report):
    write_check_page(folder / "check.html", report)
    text = (folder / "check.html").read_text(encoding="utf-8")
    return text, html.document_fromstring(text)


@pytest.fixture
def page(tmp_path, check_report):
    return render(tmp_path, check_report)[1]


def words(element):
    return " ".join(element.text_content().split())


def has_class(name):
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def rows(page, language):
    return page.get_element_by_id(language).xpath(f".//tr[{has_class('row')}]")


def test_hostile_text_is_inert_wherever_it_stands(tmp_path, hostile_check_report):
    text, page = render(tmp_path, hostile_check_report)
    assert len(page.xpath("//script")) == 1
    assert "<img" not in text and "javascript:alert(3)" not in page.xpath("//@href")
    assert words(page.find(".//h1")).startswith("=1+1</td></script><script>alert(1)</script>")


def test_what_was_found_is_counted_on_top(page):
    assert words(page.find_class("verdict")[0]) == (
        "2 errors 2 warnings 1 note 3 held back 4 accepted by the baseline"
    )
    assert [words(each) for each in page.find_class("verdict-of")] == [
        "2 errors 1 warning", "1 warning 1 note",
    ]  # fmt: skip
    [table] = page.find_class("by-translation")
    assert [[words(cell) for cell in row] for row in table.xpath("./tbody/tr")] == [
        ["Japanese", "ja.html", "9", "2", "1", "0"],
        ["Arabic", "–", "11", "0", "1", "1"],
    ]


def test_what_was_held_back_accepted_or_not_run_is_said(page):
    facts = {words(each[0]): words(each[1]) for each in page.xpath("//dl/div")}
    assert facts["Held back, for doubtful alignment"] == "3 findings"
    assert facts["Accepted by the baseline"] == "4 findings"
    assert facts["Checked"] == "20 passages with 5 checks; 1 could not run"
    [not_run] = page.find_class("not-run")
    assert words(not_run.find("summary")) == "1 check did not run" and not_run.get("open") is None
    assert words(not_run.find("ul")) == "memory did not run: no memory was given"


def test_both_texts_stand_in_full_in_the_order_of_the_source(page, check_report):
    japanese = rows(page, "ja")
    assert len(japanese) == 9
    texts = [[words(text) for text in row.find_class("text")] for row in japanese]
    assert texts[2] == ["The fog was “thick”.", "霧は濃かった。"]
    assert words(japanese[8]).startswith("10 The quay 𝔞t noon. not in Japanese")


def test_a_finding_stands_beside_its_passage_with_sign_and_word(page):
    [first, second] = rows(page, "ja")[1].find_class("finding")
    assert words(first) == (
        "1 error numbers 90 % sure “六時” is not “six” Suggested: 7時 "
        "Verdict on finding 1 right wrong ignore"
    )
    assert first.find_class("sign")
    assert words(second).startswith("2 warning terms")


def test_what_it_is_about_is_marked_on_both_sides_and_numbered(page):
    source, target = rows(page, "ja")[1].find_class("text")
    assert [
        (mark.text, mark.get("class"), mark.get("data-findings")) for mark in target.iter("mark")
    ] == [
        ("六", "error", "1"),
        ("時", "error", "1 2"),
        ("に", "warning", "2"),
    ]
    assert [link.get("href") for link in source.find_class("ref")] == ["#ja-f1", "#ja-f2"]


def test_additions_and_omissions_say_what_is_missing(page):
    assert "not in Japanese" in words(rows(page, "ja")[8])
    assert "not in English" in words(rows(page, "ar")[6])


def test_a_doubtful_passage_is_said_to_be_so(page):
    assert "alignment doubtful (0.20)" in words(rows(page, "ja")[4])


def test_every_text_says_its_language_and_direction(page):
    texts = page.xpath(f"//*[{has_class('text')}]")
    assert texts
    for text in texts:
        assert text.get("dir") == ("rtl" if text.get("lang") == "ar" else "ltr")


def test_quotations_in_messages_have_their_own_direction(page):
    message = page.get_element_by_id("ja-f1").find_class("message")[0]
    assert [each.text for each in message.iter("bdi")] == ["六時", "six"]


def test_checks_severities_and_languages_can_be_chosen(page):
    assert page.xpath("//option/text()") == [
        "all checks", "numbers (1)", "dates (1)", "omission (1)", "addition (1)", "terms (1)",
    ]  # fmt: skip
    assert page.xpath("//button/text()") == [
        "All", "Errors", "Warnings", "Notes", "Save the baseline",
    ]  # fmt: skip
    assert page.xpath(f"//*[{has_class('tabs')}]//a/@href") == ["#ja", "#ar", "#leverage"]


def test_where_few_passages_have_findings_the_page_opens_with_these_alone(
    tmp_path, check_report, monkeypatch
):
    def is_checked(report):
        return render(tmp_path, report)[1].get_element_by_id("alone").checked

    assert is_checked(check_report)
    monkeypatch.setattr(checks, "_FEW", 0.1)
    assert not is_checked(check_report)


def test_verdicts_can_be_given_only_where_a_script_keeps_them(page):
    groups = page.find_class("judge")
    assert len(groups) == 5 and all("hidden" in group.attrib for group in groups)


def test_findings_without_a_fingerprint_get_theirs(tmp_path, check_report):
    nameless = tuple(replace(each, fingerprint="") for each in check_report.findings)
    page = render(tmp_path, replace(check_report, findings=nameless))[1]
    named = with_fingerprints(check_report.findings)
    assert page.xpath("//li/@data-fingerprint") == [each.fingerprint for each in named]


def test_keys_are_told(page):
    assert words(page.find_class("keys")[0]) == "j or n next finding, k or p previous"


def test_without_scripts_everything_is_there_but_the_filters(page):
    assert not page.xpath("//section[@hidden] | //tr[@hidden] | //li[@hidden]")
    assert page.xpath(f"//*[{has_class('filters')}]/@hidden")


def test_leverage_is_a_table_where_there_is_a_memory(tmp_path, page, empty_check_report):
    [table] = page.find_class("leverage")
    assert [[words(cell) for cell in row] for row in table.iter("tr")] == [
        ["Translation", "exact", "new", "repeated"],
        ["Japanese", "1 4 words", "9 1,200 words", "0 0 words"],
    ]
    assert not render(tmp_path, empty_check_report)[1].find_class("leverage")


def test_where_nothing_was_found_the_page_says_so_and_what_was_checked(
    tmp_path, empty_check_report
):
    page = render(tmp_path, empty_check_report)[1]
    assert words(page.find_class("verdict")[0]) == "Nothing was found."
    [checked] = page.xpath("//details[@open]")
    assert not page.find_class("judge") and not page.find_class("tools")
    assert [words(row.find("th")) for row in checked.iter("tr")][1:] == list(
        empty_check_report.checks
    )
    assert len(rows(page, "ja")) == 9


def test_a_long_text_is_shown_around_findings_only(tmp_path, check_report, monkeypatch):
    monkeypatch.setattr(checks, "MOST_ROWS", 8)
    page = render(tmp_path, check_report)[1]
    assert [row.get("id") for row in rows(page, "ja")] == [
        f"ja-{number}" for number in (0, 1, 2, 3, 6, 7, 8)
    ]
    assert words(page.find_class("gap")[0]) == "2 passages without findings"
    assert words(page.find_class("nothing-left")[0]).startswith("9 passages in all")


def test_the_same_report_gives_the_same_page(tmp_path, check_report):
    assert render(tmp_path, check_report)[0] == render(tmp_path, check_report)[0]


def test_a_number_never_stands_inside_a_word():
    runs = marked_runs("والكتاب هنا", [(Span(0, 1), 1, "error")])
    assert [(run.text, run.refers) for run in runs] == [("و", ()), ("الكتاب", (1,)), (" هنا", ())]


@st.composite
def texts_with_spans(draw):
    text = draw(st.text(max_size=30))
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(places, places), max_size=5))
    return text, [
        (Span(min(pair), max(pair)), number, "note") for number, pair in enumerate(spans, 1)
    ]


@given(texts_with_spans(), st.booleans())
def test_marking_changes_no_text_and_names_every_finding_once(drawn, by_words):
    text, spans = drawn
    runs = marked_runs(text, spans, by_words=by_words)
    assert "".join(run.text for run in runs) == text
    if text:
        named = [number for run in runs for number in run.refers]
        assert sorted(named) == [number for _, number, _ in spans]
        for span, number, _ in spans:
            marked = "".join(run.text for run in runs if number in run.findings)
            assert marked == text[span.slice]
