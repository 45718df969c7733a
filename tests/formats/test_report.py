import dataclasses
import re

import pytest
from lxml import etree, html

from align.beads import Alignment, Bead
from align.formats.report import write_report
from align.formats.report.plot import alignment_plot
from align.formats.report.rows import rows_of
from align.summary import summarise
from align.text import Span

SVG = "{http://www.w3.org/2000/svg}"


def render(folder, article):
    write_report(folder / "report.html", article)
    text = (folder / "report.html").read_text(encoding="utf-8")
    return text, html.document_fromstring(text)


@pytest.fixture
def page(tmp_path, article):
    return render(tmp_path, article)[1]


def row(page, identifier):
    return page.get_element_by_id(identifier)


def words(element):
    return " ".join(element.text_content().split())


def has_class(name):
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def test_hostile_text_is_inert_wherever_it_stands(tmp_path, make_edition, make_article):
    hostile = (
        "</td></script><script>alert(1)</script><img src=x onerror=alert(2)>\"' {{ 7*7 }} &amp;"
    )
    editions = {
        "en": make_edition("en", [("paragraph", [hostile])], file=hostile, address=hostile),
        "ja": make_edition("ja", [("title", [hostile])], address="javascript:alert(1)"),
    }
    alignment = Alignment((Bead(Span(0, 1), Span(0, 1), 0.5, 0.5),), 1, 1)
    article = make_article(
        editions,
        {"ja": alignment},
        name=hostile,
        title=hostile,
        licence=hostile,
        signature=hostile,
    )
    text, page = render(tmp_path, article)
    assert len(page.xpath("//script")) == 1
    assert "<img" not in text
    assert not page.xpath("//a[starts-with(@href, 'javascript')]")
    assert [e.text_content() for e in page.xpath(f"//*[{has_class('text')}]")] == [hostile] * 2
    assert page.findtext(".//h1") == hostile
    assert hostile in {element.text for element in page.iter("dd")}


def test_it_leads_with_a_verdict_on_each_translation(page):
    assert [words(each) for each in page.find_class("verdict")] == [
        "6 pairs ready, 2 to look at, 1 without counterpart, 1 moved",
        "9 pairs ready, 2 without counterpart",
    ]
    assert page.find_class("verdict")[0].find("strong").get("title").startswith("aligned beads")


def test_places_to_look_at_are_listed_the_least_sure_first_and_lead_to_their_rows(page):
    japanese, arabic = page.find_class("places")
    assert [words(each) for each in japanese] == [
        "20 % sure One oar < two metres long.",
        "61 % sure The fog was “thick”.",
        "moved The harbour master waits.",
        "not in Japanese The quay 𝔞t noon.",
    ]
    assert [link.get("href") for link in japanese.iter("a")] == ["#ja-4", "#ja-2", "#ja-6", "#ja-8"]
    assert words(arabic[1]) == "not in English أضاف المترجم هذه الجملة."
    assert arabic[1].find_class("start")[0].get("dir") == "rtl"


def test_a_translation_that_is_sure_throughout_says_so(tmp_path, make_edition, make_article):
    editions = {tag: make_edition(tag, [("paragraph", [tag])]) for tag in ("en", "fr")}
    sure = Alignment((Bead(Span(0, 1), Span(0, 1), 0.9, 0.99),), 1, 1)
    _, page = render(tmp_path, make_article(editions, {"fr": sure}))
    assert words(page.find_class("verdict")[0]) == "1 pair ready"
    assert words(page.find_class("to-look")[0]) == "No place asks for a look."


def test_kinds_and_what_made_the_page_are_folded_away_at_its_end(page):
    folded = page.xpath("//section[last()]/details")
    assert [words(each.find("summary")) for each in folded] == [
        "How to read this page", "All figures", "Files, and what made this page",
    ]  # fmt: skip
    assert not page.xpath("//section[last()]/details[@open]")
    assert folded[1].find_class("kinds") and folded[2].find_class("signature")
    assert not page.xpath("//header//*[@class='signature']")


def test_the_field_s_words_are_kept_for_tooltips(page):
    assert not re.search("bead|pivot", words(page.find(".//header")) + words(page.find(".//nav")))
    titles = " ".join(page.xpath("//th/@title | //th/span/@title"))
    assert "pivot" in titles and "confidence" in titles


def test_the_figures_count_what_each_alignment_holds(page):
    [table] = page.find_class("summary")
    japanese, arabic = ([words(cell) for cell in tr] for tr in table.xpath("./tbody/tr"))
    assert japanese == [
        "Japanese", "10", "9", "5 1–1 1 1–0 1 1–2 1 2–1 1 moved",
        "90.0 %", "100.0 %", "7", "1", "0.80",
    ]  # fmt: skip
    assert arabic[-3:] == ["9", "0", "–"]


def test_each_translation_is_a_section_that_can_be_linked_to(page):
    links = page.xpath("//nav//a/@href")
    assert links == ["#ja", "#ar"]
    assert [page.get_element_by_id(link[1:]).tag for link in links] == ["section", "section"]
    assert words(page.xpath("//nav//a")[0]).startswith("Japanese 日本語 6 pairs ready")


def test_without_scripts_everything_is_shown(page):
    assert not page.xpath("//section[@hidden] | //tr[@hidden]")
    assert page.xpath(f"//*[{has_class('filters')}]/@hidden")


def test_rows_follow_the_alignment_and_hold_every_segment_once(page, article):
    for language, alignment in article.alignments.items():
        table = page.get_element_by_id(language)
        identifiers = table.xpath(f".//tr[{has_class('row')}]/@id")
        assert identifiers == [f"{language}-{number}" for number in range(len(alignment))]
        for side, tag in ((1, "en"), (3, language)):
            texts = table.xpath(f".//td[{side}]//*[{has_class('text')}]")
            expected = sorted(segment.text for segment in article.editions[tag].segments)
            assert sorted(element.text_content() for element in texts) == expected


def test_every_text_says_its_language_and_direction(page):
    for language, direction in (("en", "ltr"), ("ja", "ltr"), ("ar", "rtl")):
        texts = page.xpath(f"//*[{has_class('text')}][@lang='{language}']")
        assert texts
        assert {element.get("dir") for element in texts} == {direction}
    assert not page.xpath(f"//*[{has_class('text')}][not(@lang)]")


def test_a_right_to_left_pivot_stands_right_too(tmp_path, article, make_article):
    editions = {tag: article.editions[tag] for tag in ("ar", "en")}
    turned = make_article(editions, {"en": article.alignments["ar"].transposed()})
    _, page = render(tmp_path, turned)
    assert page.find(".//h1").get("dir") == "rtl"
    assert {td.get("class").split()[1] for td in page.xpath("//tr[@id]/td[1]")} == {"rtl"}


def test_segments_are_counted_from_one(page):
    assert [words(each) for each in row(page, "ja-1").find_class("number")] == ["2", "3", "2"]


def test_headings_are_headings_and_blocks_begin_visibly(page):
    assert [words(h) for h in page.xpath("//section[@id='ja']//table//h3[@lang='en']")] == [
        "The ferry & the fog"
    ]
    assert [words(h) for h in page.xpath("//section[@id='ja']//h4[@lang='ja']")] == [
        "見つかったもの"
    ]
    assert "begins" in row(page, "ja-1").get("class").split()
    assert "begins" not in row(page, "ja-2").get("class").split()


def test_confidence_is_said_in_numbers_and_in_colour(page):
    cell = row(page, "ja-0").find("td[2]")
    assert words(cell) == "99 %"
    assert cell.find("a").get("title") == "bead 1–1, confidence 0.99, similarity 0.91"
    assert words(row(page, "ja-1").find("td[2]")) == "93 % 2 to 1"
    levels = [re.search(r"level-(\d)", row(page, f"ja-{n}").get("class"))[1] for n in range(9)]
    assert levels == ["5", "5", "3", "5", "1", "5", "5", "4", "0"]


def test_doubtful_beads_and_those_held_back_are_told_apart(page):
    assert "doubtful" in row(page, "ja-2").get("class")
    assert "held-back" not in row(page, "ja-2").get("class")
    assert "held-back" in row(page, "ja-4").get("class")
    assert "held back" in words(row(page, "ja-4"))


def test_unaligned_text_stands_in_its_place_on_its_side(page):
    assert "not in Arabic" in words(row(page, "ar-5").find("td[3]"))
    added = row(page, "ar-6")
    assert words(added.find("td[1]")) == "not in English"
    assert "أضاف المترجم هذه الجملة." in words(added.find("td[3]"))


def test_a_moved_bead_says_where_it_came_from_and_its_place_says_where_it_went(page):
    moved = row(page, "ja-6")
    assert "follows segment 4" in words(moved)
    assert moved.xpath("td[3]//a/@href") == ["#ja-3"]
    origin = row(page, "ja-3")
    assert "segment 5, which follows here, stands beside English 8" in words(origin)
    assert origin.xpath("td[3]//a/@href") == ["#ja-6"]


def test_a_moved_bead_that_opens_the_translation_comes_first(tmp_path, article, make_article):
    beads = (Bead(Span(0, 9), Span(1, 10), 0.8), Bead(Span(9, 10), Span(0, 1), 0.8, moved=True))
    editions = {"en": article.editions["en"], "ar": article.editions["ar"]}
    _, page = render(tmp_path, make_article(editions, {"ar": Alignment(beads, 10, 10)}))
    assert "comes first" in words(row(page, "ar-1"))


def test_it_links_to_the_terms_only_where_a_page_of_them_is_named(tmp_path, article):
    _, page = render(tmp_path, article)
    assert page.xpath("//header//a") == []
    write_report(tmp_path / "report.html", article, term_page="terms.html")
    [link] = html.parse(tmp_path / "report.html").xpath("//header//a")
    assert (link.text, link.get("href")) == ("Terms", "terms.html")


def test_addresses_on_the_web_are_links(page):
    assert page.xpath("//a[@href='https://example.org/ferry']/@rel") == ["noopener noreferrer"]


def test_tables_have_headers_and_regions_names(page):
    assert page.get("lang") == "en"
    assert all(table.xpath(".//th[@scope='col']") for table in page.xpath("//table"))
    labels = page.xpath("//section/@aria-labelledby | //svg/@aria-labelledby")
    assert {name for label in labels for name in label.split()} <= set(page.xpath("//@id"))


def test_an_article_without_translations_says_so(tmp_path, article, make_article):
    _, page = render(tmp_path, make_article({"en": article.editions["en"]}, {}))
    assert "no translation to show" in words(page)


def test_empty_editions_make_a_page(tmp_path, make_edition, make_article):
    editions = {"en": make_edition("en", []), "ja": make_edition("ja", [])}
    article = make_article(editions, {"ja": Alignment((), 0, 0)})
    _, page = render(tmp_path, article)
    [table] = page.find_class("summary")
    assert words(table.xpath(".//tbody/tr/td")[3]) == "–"


def test_the_same_article_gives_the_same_page(tmp_path, article):
    assert render(tmp_path, article)[0] == render(tmp_path, article)[0]


# The figures


def test_the_summary_leaves_out_what_is_not_known(article):
    summary = summarise(article.alignments["ar"], min_confidence=0.9)
    assert (summary.mean_confidence, summary.held_back, summary.units) == (None, 0, 9)
    assert (summary.source_aligned, summary.target_aligned) == (0.9, 0.9)


def test_beads_under_the_limit_are_doubtful_however_high_it_is(article):
    strict = dataclasses.replace(article, min_confidence=0.96)
    doubtful = [row.number for row in rows_of(strict, "ja") if row.doubtful]
    assert doubtful == [1, 2, 4, 5, 6, 7]
    assert [row.number for row in rows_of(article, "ja") if row.doubtful] == [2, 4]


# The plot


def plot(alignment):
    return etree.fromstring(
        alignment_plot(alignment, identifier="ja", source_name="English", target_name="R&D <x>")
    )


def by_class(svg, name):
    return [e for e in svg.iter() if name in (e.get("class") or "").split()]


def test_the_plot_has_a_cell_for_each_aligned_bead_and_a_tick_for_each_other(article):
    svg = plot(article.alignments["ja"])
    assert (len(by_class(svg, "cell")), len(by_class(svg, "unaligned"))) == (8, 1)
    assert len(by_class(svg, "ring")) == 1
    assert [e.get("href") for e in svg.iter("a")] == [f"#ja-{n}" for n in range(9)]


def test_the_plot_says_in_words_what_it_shows(article):
    svg = plot(article.alignments["ja"])
    assert svg.find("title").text == "Alignment of English and R&D <x>"
    assert "10 segments of English" in svg.find("desc").text
    assert "8 aligned beads, of which 1 moved" in svg.find("desc").text


def test_cells_lie_where_their_segments_lie():
    svg = plot(
        Alignment((Bead(Span(0, 1), Span(0, 3), 0.5), Bead(Span(1, 2), Span(3, 4), 0.5)), 2, 4)
    )
    places = [[float(cell.get(name)) for name in ("x", "y", "width", "height")]
              for cell in by_class(svg, "cell")]  # fmt: skip
    assert places == [[0, 0, 150, 225], [150, 225, 150, 75]]


def test_a_long_text_still_has_cells_that_can_be_seen():
    beads = tuple(Bead(Span(n, n + 1), Span(n, n + 1), 0.5) for n in range(3000))
    cells = by_class(plot(Alignment(beads, 3000, 3000)), "cell")
    assert min(float(cell.get("width")) for cell in cells) >= 3


# The colours


def _luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_stands_out_from_every_ground_as_wcag_asks(page, theme):
    themes = re.findall(r":root \{(.*?)\}", page.find(".//style").text, re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", themes[theme]))
    grounds = {
        "ink": ("page", "sheet", "doubt", "fault", "lack", "target", "highlight"),
        "soft": ("page", "sheet", "doubt", "fault", "lack", "target"),
        "link": ("page", "sheet", "doubt", "lack", "target"),
    }
    for ink, under in grounds.items():
        for ground in under:
            low, high = sorted((_luminance(colours[ink]), _luminance(colours[ground])))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground)
