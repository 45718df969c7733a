"""The pages of the report as their readers have them: a real browser, keys, the pointer, paper."""

from dataclasses import replace

import pytest

from align.beads import Alignment, Bead
from align.checks.baseline import baseline_of
from align.checks.fingerprints import with_fingerprints
from align.formats.baseline_json import read_baseline, write_baseline
from align.formats.report import write_check_page, write_report, write_term_page
from align.formats.termbases.delimited import read_delimited
from align.text import Span


class Reader:
    """Opens pages that lie in a folder, and fails where a script of theirs does."""

    def __init__(self, context, folder):
        self.context, self.folder, self.errors = context, folder, []

    def open(self, name, at=""):
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.errors.append(said.text))
        page.goto((self.folder / name).as_uri() + at)
        return page


@pytest.fixture
def reader(chromium, tmp_path):
    reader = Reader(chromium, tmp_path)
    yield reader
    assert not reader.errors


def in_view(locator):
    """Whether all of an element can be seen without scrolling."""
    box = locator.bounding_box()
    size = locator.page.viewport_size
    return (
        box is not None
        and box["x"] >= 0
        and box["y"] >= 0
        and box["x"] + box["width"] <= size["width"]
        and box["y"] + box["height"] <= size["height"]
    )


def in_focus(page):
    return page.evaluate("document.activeElement.id")


def seen(page, selector):
    return [each.text_content() for each in page.locator(f"{selector}:visible").all()]


class TestTheReport:
    @pytest.fixture
    def page(self, reader, tmp_path, article):
        write_report(tmp_path / "report.html", article)
        return reader.open("report.html")

    def test_shows_the_first_translated_sentence_without_scrolling(self, page):
        assert in_view(page.locator("#ja-1 td:nth-child(3) .text"))

    def test_shows_one_translation_and_its_tab_another(self, page):
        assert page.locator("#ja").is_visible() and page.locator("#ar").is_hidden()
        page.click(".tabs a[href='#ar']")
        assert page.locator("#ja").is_hidden() and page.locator("#ar").is_visible()
        assert page.evaluate("[location.hash, scrollY]") == ["#ar", 0]

    def test_only_doubtful_counts_them_and_goes_to_the_first(self, page):
        button = page.get_by_role("button", name="Only doubtful")
        assert button.text_content() == "Only doubtful 2"
        button.click()
        assert page.locator("#ja tr.row:visible").count() == 2
        assert in_focus(page) == "ja-2" and in_view(page.locator("#ja-2"))

    def test_a_place_in_the_list_leads_to_its_row(self, page):
        page.click(".places:visible a >> nth=0")
        assert in_focus(page) == "ja-4" and in_view(page.locator("#ja-4"))

    @pytest.mark.parametrize(
        ("wanted", "rows"),
        [("HARBOUR", ["ja-6"]), ("待っている", ["ja-6", "ja-7"]), ("no such word", [])],
    )
    def test_the_search_looks_in_both_texts(self, page, wanted, rows):
        page.keyboard.press("/")
        page.keyboard.type(wanted)
        page.locator(".said:not(:empty)").wait_for()
        shown = [row.get_attribute("id") for row in page.locator("#ja tr.row:visible").all()]
        assert shown == rows
        assert page.locator(".said").text_content() == f"{len(rows)} of 9 rows"
        page.keyboard.press("Escape")
        assert page.locator("#ja tr.row:visible").count() == 9

    def test_the_search_passes_over_arabic_vowel_signs(self, page):
        page.click(".tabs a[href='#ar']")
        page.fill("#search", "العبارة")
        page.locator(".said:not(:empty)").wait_for()
        assert page.locator("#ar tr.row:visible").count() == 2

    def test_the_tab_key_stops_once_at_the_table_and_arrows_walk_its_rows(self, page):
        stops = "[...document.querySelectorAll('#ja .beads *')].filter((e) => e.tabIndex >= 0)"
        assert page.evaluate(f"{stops}.map((e) => e.id)") == ["ja-0"]
        page.focus("#ja-0")
        page.keyboard.press("ArrowDown")
        assert in_focus(page) == "ja-1"
        assert page.evaluate(f"{stops}.map((e) => e.id)") == ["ja-1"]
        page.keyboard.press("ArrowUp")
        assert in_focus(page) == "ja-0"

    def test_keys_go_from_one_place_to_look_at_to_the_next(self, page):
        order = []
        for key in "jjjnkp":
            page.keyboard.press(key)
            order.append(in_focus(page))
        assert order == ["ja-2", "ja-4", "ja-6", "ja-8", "ja-6", "ja-4"]

    def test_paper_has_the_translation_shown_alone(self, page):
        page.click(".tabs a[href='#ar']")
        page.emulate_media(media="print")
        assert page.locator("#ja").is_hidden() and page.locator("#ar").is_visible()

    def test_nothing_is_wider_than_a_telephone(self, page):
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360

    def test_a_text_that_would_run_as_script_or_turn_the_line_does_neither(
        self, reader, tmp_path, make_edition, make_article
    ):
        hostile = "</td><script>document.title = 'broken'</script>\u202e\u2066" + "x" * 100_000
        editions = {tag: make_edition(tag, [("paragraph", [hostile])]) for tag in ("en", "ja")}
        bead = Bead(Span(0, 1), Span(0, 1), 0.5, 0.3)
        article = make_article(editions, {"ja": Alignment((bead,), 1, 1)}, title="Plain")
        write_report(tmp_path / "hostile.html", article)
        page = reader.open("hostile.html")
        assert page.title() == "Plain – alignment report"
        assert page.locator("#ja-0 .text").first.text_content() == hostile
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280


class TestTheFindings:
    @pytest.fixture
    def report(self, check_report):
        named = tuple(with_fingerprints(check_report.findings))
        return replace(check_report, findings=named, accepted=0)

    @pytest.fixture
    def page(self, reader, tmp_path, report):
        write_check_page(tmp_path / "findings.html", report)
        return reader.open("findings.html")

    def saved(self, page, tmp_path):
        with page.expect_download() as download:
            page.get_by_role("button", name="Save the baseline").click()
        path = tmp_path / "saved.json"
        download.value.save_as(path)
        return read_baseline(path)

    def verdicts(self, page):
        return {
            each.get_attribute("id"): each.get_attribute("data-verdict")
            for each in page.locator(".finding").all()
            if each.get_attribute("data-verdict")
        }

    def test_the_first_finding_is_seen_at_once_without_the_rest_of_the_text(self, page):
        assert in_view(page.locator("#ja-f1"))
        assert page.locator("#ja tr.row:visible").count() == 2
        page.uncheck("#alone")
        assert page.locator("#ja tr.row:visible").count() == 9

    def test_a_verdict_is_given_by_key_and_by_pointer_and_taken_back_by_the_same(self, page):
        page.keyboard.press("j")
        page.keyboard.press("w")
        page.locator("#ja-f2").get_by_text("ignore").click()
        assert self.verdicts(page) == {"ja-f1": "wrong", "ja-f2": "ignore"}
        assert page.locator(".judged").text_content() == "2 of 5 judged"
        page.locator("#ja-f2").get_by_text("right").click()
        page.focus("#ja-f1")
        page.keyboard.press("w")
        assert self.verdicts(page) == {"ja-f2": "right"}
        page.locator("#ja-f2 input:checked").click()
        assert self.verdicts(page) == {}

    def test_arrow_keys_choose_a_verdict_too(self, page):
        page.locator("#ja-f1 input").first.focus()
        page.keyboard.press("ArrowRight")
        assert self.verdicts(page) == {"ja-f1": "wrong"}
        page.keyboard.press("ArrowRight")
        assert self.verdicts(page) == {"ja-f1": "ignore"}

    def test_verdicts_are_there_when_the_page_is_opened_again(self, page, reader):
        page.focus("#ja-f3")
        page.keyboard.press("i")
        again = reader.open("findings.html")
        assert self.verdicts(again) == {"ja-f3": "ignore"}
        again.check("#open")
        assert seen(again, "#ja .finding .count") == ["1", "2"]

    def test_what_is_wrong_or_ignored_is_saved_as_the_baseline_that_checks_read(
        self, page, tmp_path, report
    ):
        for finding, key in (("ja-f1", "w"), ("ja-f2", "r"), ("ja-f3", "i")):
            page.focus(f"#{finding}")
            page.keyboard.press(key)
        accepted = replace(report, findings=(report.findings[0], report.findings[2]))
        assert self.saved(page, tmp_path) == baseline_of(accepted)

    def test_a_baseline_that_is_opened_lives_on_in_the_one_that_is_saved(
        self, page, tmp_path, report
    ):
        gone = replace(report.findings[0], fingerprint="0123456789abcdef", message="gone")
        earlier = baseline_of(replace(report, findings=(report.findings[4], gone)))
        write_baseline(tmp_path / "earlier.json", earlier)
        page.set_input_files("#baseline", tmp_path / "earlier.json")
        page.get_by_text("2 accepted by earlier.json.").wait_for()
        assert self.verdicts(page) == {"ar-f2": "ignore"}
        assert self.saved(page, tmp_path) == earlier

    def test_what_is_no_baseline_is_refused(self, page, tmp_path):
        (tmp_path / "other.json").write_text("[1, 2]")
        page.set_input_files("#baseline", tmp_path / "other.json")
        page.get_by_text("other.json is no baseline.").wait_for()

    def test_saving_says_when_what_was_accepted_earlier_is_not_in_it(
        self, reader, tmp_path, report
    ):
        write_check_page(tmp_path / "later.html", replace(report, accepted=4))
        page = reader.open("later.html")
        assert self.saved(page, tmp_path).accepted == ()
        assert "without the 4 accepted earlier" in page.locator(".judged").text_content()

    def test_errors_and_warnings_differ_in_shape_and_line_not_in_colour_alone(self, page):
        def looks(selector, style):
            return page.locator(selector).first.evaluate(f"e => getComputedStyle(e).{style}")

        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for selector, style in (
                (".finding.{}", "borderInlineStartStyle"),
                (".flag.{} .sign", "transform"),
                ("mark.{}", "textDecorationStyle"),
            ):
                error, warning = (
                    looks(selector.format(each), style) for each in ("error", "warning")
                )
                assert error != warning
            error, warning = (
                looks(f".finding.{each}", "borderInlineStartColor") for each in ("error", "warning")
            )
            assert error != warning

    def test_the_search_finds_words_of_messages_too(self, page):
        page.keyboard.press("/")
        page.keyboard.type("astray")
        page.locator("#ja-8").wait_for(state="hidden")
        assert [row.get_attribute("id") for row in page.locator("tr.row:visible").all()] == ["ja-1"]

    def test_nothing_is_wider_than_a_telephone(self, page):
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


class TestTheTerms:
    @pytest.fixture
    def page(self, reader, tmp_path, term_report):
        write_term_page(tmp_path / "terms.html", term_report)
        return reader.open("terms.html")

    def said(self, page):
        return page.locator(".said").text_content()

    def glossary(self, page, tmp_path):
        with page.expect_download() as download:
            page.get_by_role("button", name="Download the glossary").click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        return [
            {term.language: term.text for term in entry.terms}
            for entry in read_delimited(path).entries
        ]

    def test_the_first_term_is_seen_at_once(self, page):
        assert in_view(page.locator("#t0"))

    def test_a_language_that_is_chosen_stands_alone(self, page):
        page.select_option("#language", "ar")
        assert seen(page, ".matrix thead th") == ["English", "Arabic العربية"]
        assert page.locator("#t0 td:visible").count() == 1
        assert page.locator("#divergences ~ .of-term .finding:visible").count() == 1

    @pytest.mark.parametrize(
        ("wanted", "terms"),
        [("ATALANTA", ["Atalanta"]), ("レアアース", ["rare earths"]),
         ("المعادن", ["rare earths"]), ("nothing", [])],
    )  # fmt: skip
    def test_terms_and_all_their_renderings_are_searched(self, page, wanted, terms):
        page.keyboard.press("/")
        page.keyboard.type(wanted)
        page.locator(".said:not(:empty)").wait_for()
        assert seen(page, ".matrix .term") == terms
        assert self.said(page) == f"{len(terms)} of 2 terms"

    @pytest.mark.parametrize(
        ("order", "terms"),
        [("term", ["Atalanta", "rare earths"]), ("mentions", ["rare earths", "Atalanta"]),
         ("agreement", ["Atalanta", "rare earths"]), ("findings", ["rare earths", "Atalanta"])],
    )  # fmt: skip
    def test_terms_are_sorted(self, page, order, terms):
        page.select_option("#sort", order)
        assert seen(page, ".matrix .term") == terms
        page.select_option("#sort", "number")
        assert seen(page, ".matrix .term") == ["rare earths", "Atalanta"]

    def test_what_is_shown_is_copied_for_a_spreadsheet(self, page, chromium):
        chromium.grant_permissions(["clipboard-read", "clipboard-write"])
        page.select_option("#language", "ja")
        page.get_by_role("button", name="Copy", exact=True).click()
        page.get_by_text("Copied.").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == "en\tja\nrare earths\tレアアース\nAtalanta\t\n"

    def test_the_glossary_is_a_termbase_that_checks_read(self, page, tmp_path):
        expected = {"en": "rare earths", "ja": "レアアース", "ar": "العناصر الأرضية النادرة"}
        assert expected in self.glossary(page, tmp_path)

    @pytest.mark.parametrize(
        "text", ["=1+1", 'a "b", c', "either; or", "sea/land lanes", "back\\slash", "TCP/IP"]
    )
    def test_terms_of_the_glossary_survive_whatever_they_hold(
        self, reader, tmp_path, term_report, text
    ):
        rendered = term_report.terms[0]
        term = replace(rendered.term, text=text)
        report = replace(term_report, terms=(replace(rendered, term=term),), findings=())
        write_term_page(tmp_path / "odd.html", report)
        [entry] = self.glossary(reader.open("odd.html"), tmp_path)
        assert entry["en"] == text

    def test_a_cell_opens_its_places_below_its_row_and_escape_returns_to_it(self, page):
        page.click("#t0 td[data-language=ar] a")
        assert page.locator(".opened #t0-ar").is_visible()
        page.keyboard.press("Escape")
        assert page.locator(".opened").count() == 0
        assert page.evaluate("document.activeElement.hash") == "#t0-ar"

    def test_the_address_of_segments_shows_their_terms_alone(self, reader, tmp_path, term_report):
        write_term_page(tmp_path / "terms.html", term_report)
        page = reader.open("terms.html", at="#segments=3,99&language=ja")
        assert seen(page, ".matrix .term") == ["rare earths"]
        assert self.said(page) == "1 of 2 terms in segments 3, 99"
        assert page.locator("#language").input_value() == "ja"
        page.get_by_role("button", name="Show all").click()
        assert seen(page, ".matrix .term") == ["rare earths", "Atalanta"]

    def test_keys_go_from_one_divergence_to_the_next(self, page):
        for key, severity in (("j", "error"), ("j", "warning"), ("k", "error")):
            page.keyboard.press(key)
            assert page.evaluate("document.activeElement.dataset.severity") == severity

    def test_nothing_is_wider_than_a_telephone(self, page):
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
