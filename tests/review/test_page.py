"""The page in a real browser: every operation by key and by button, and what must not go wrong."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from align.formats.report import write_term_page
from align.review.found import findings_beside
from align.review.log import read_log


def _load(name):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"review_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


browser_of = _load("browser")
article_of = _load("conftest").article_of
BEFORE = ["0|0", "1 2|1", "3|2", "4|3", "5|4"]


@pytest.fixture
def path(tmp_path, article):
    return browser_of.write(tmp_path, article)


@pytest.fixture
def desk(chromium, path):
    with browser_of.serving(browser_of.open_session(path)) as address:
        yield open_desk(chromium, address)


def open_desk(chromium, address):
    page = chromium.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    desk = browser_of.Desk(page)
    desk.errors = errors
    return desk


# Where the reviewer stands, the key, the button, and the rows afterwards.
OPERATIONS = [
    ("source", "3", "m", "merge", ["0|0", "1 2|1", "3 4|2 3", "5|4"]),
    ("source", "1", "u", "up", ["0 1|0", "2|1", "3|2", "4|3", "5|4"]),
    ("source", "2", "d", "down", ["0|0", "1|1", "2 3|2", "4|3", "5|4"]),
    ("target", "2", "Shift+D", "shift-down", ["0|0", "1 2|1", "3|", "4|2", "5|3", "|4"]),
    ("target", "2", "Shift+U", "shift-up", ["0|0", "1 2|1 2", "3|3", "4|4", "5|"]),
    ("target", "2", "l", "unlink", ["0|0", "1 2|1", "3|", "|2", "4|3", "5|4"]),
    ("source", "1", "j", "join", ["0|0", "1|1", "3|2", "4|3", "5|4"]),
]


@pytest.mark.parametrize(
    ("side", "key", "pressed", "button", "after"), OPERATIONS, ids=[each[3] for each in OPERATIONS]
)
@pytest.mark.parametrize("by", ["key", "mouse"])
def test_rows_are_rearranged(desk, side, key, pressed, button, after, by):
    desk.go(side, key)
    if by == "key":
        desk.press(pressed)
    else:
        desk.button(button)
    assert desk.pairs() == after
    desk.press("Control+z")
    assert desk.pairs() == BEFORE
    desk.button("redo")
    assert desk.pairs() == after and not desk.errors


MARKS = [
    ("a", "accept", "accepted"),
    ("r", "review", "look again"),
    ("k", "drop", "dropped"),
]


@pytest.mark.parametrize(("pressed", "button", "word"), MARKS, ids=[each[1] for each in MARKS])
@pytest.mark.parametrize("by", ["key", "mouse"])
def test_rows_are_marked(desk, pressed, button, word, by):
    desk.go("source", "3")
    if by == "key":
        desk.press(pressed)
    else:
        desk.button(button)
    badge = desk.page.locator(".row").nth(2).locator(".badge")
    assert word in badge.inner_text()
    desk.go("source", "3")
    if button == "drop":
        desk.press("k")
    elif by == "key":
        desk.press("c")
    else:
        desk.button("clear")
    assert word not in badge.inner_text()


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_a_row_is_split_at_a_character(desk, by):
    desk.go("target", "1")
    desk.press("s") if by == "key" else desk.button("split")
    dialog = desk.page.locator("dialog")
    assert "Split the row" in dialog.inner_text()
    if by == "key":  # between the two segments, and after the first Japanese sentence
        desk.press("Enter")
    else:
        dialog.get_by_role("button", name="Split").click()
    assert desk.rows()[1:3] == [
        ["The lamp is lit at dusk.", "日暮れに灯がともる。"],
        ["It burns oil.", "油で燃える。"],
    ]
    desk.press("Control+z")
    assert desk.pairs() == BEFORE


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_a_segment_is_cut_and_its_parts_stay_in_the_row(desk, by):
    desk.go("target", "1")
    if by == "key":
        desk.press("x", "ArrowLeft", "ArrowRight", "Enter")
    else:
        desk.button("cut")
        desk.page.locator("dialog").get_by_role("button", name="Cut").click()
    assert desk.rows()[1][1] == "日暮れに灯がともる。 / 油で燃える。"


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_the_text_of_a_segment_is_edited(desk, path, by):
    desk.go("target", "4")
    desk.press("e") if by == "key" else desk.button("edit")
    desk.page.locator("dialog textarea").fill("船が二隻、失われた。")
    if by == "key":
        desk.press("Enter")
    else:
        desk.page.locator("dialog").get_by_role("button", name="Save").click()
    assert desk.rows()[4][1] == "船が二隻、失われた。"
    desk.saved()
    (entry,) = read_log(path.with_name("review.jsonl")).entries
    assert entry.operation.text == "船が二隻、失われた。"


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_a_note_stands_on_its_row(desk, by):
    desk.go("source", "3")
    desk.press("t") if by == "key" else desk.button("note")
    desk.page.locator("dialog textarea").fill("Who <b>does not</b> sleep?")
    desk.press("Enter")
    desk.pairs()
    assert "Who <b>does not</b> sleep?" in desk.page.locator(".row").nth(2).inner_text()


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_a_segment_and_its_counterpart_are_pinned(desk, by):
    for side, key in (("source", "3"), ("target", "3")):
        desk.go(side, key)
        desk.press("Space") if by == "key" else desk.button("pin")
    assert desk.pairs() == ["0|0", "1 2|1", "|2", "3|3", "4|", "5|4"]
    assert "pinned" in desk.page.locator(".row").nth(3).inner_text()


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_the_rest_is_aligned_anew_between_pins(desk, by):
    for side, key in (("source", "3"), ("target", "3")):
        desk.go(side, key)
        desk.press("Space")
    desk.press("Control+r") if by == "key" else desk.button("realign")
    desk.page.locator("#status", has_text="Aligned anew").wait_for(timeout=60_000)
    assert "3|3" in desk.pairs()
    every = " ".join(row.replace("|", " ") for row in desk.pairs()).split()
    assert sorted(every) == sorted([*"012345", *"01234"])


def test_arrows_go_through_rows_and_sides_without_a_mouse(desk):
    desk.press("Home", "ArrowLeft")

    def here():
        return desk.page.evaluate(
            "[document.activeElement.dataset.side, document.activeElement.dataset.key]"
        )

    assert here() == ["source", "0"]
    desk.press("ArrowDown", "ArrowDown")
    assert here() == ["source", "2"]
    desk.press("ArrowRight")
    assert here() == ["target", "1"]
    desk.press("End")
    assert here() == ["target", "4"]
    assert desk.page.locator("#grid [tabindex='0']").count() == 1


def test_the_work_list_leads_from_one_doubtful_row_to_the_next(desk):
    listed = desk.page.locator(".row.doubtful .number").all_inner_texts()
    assert any(number.endswith("3") for number in listed)
    desk.press("Home", "n")
    first = desk.page.locator(".row.current .number").inner_text()
    desk.press("a")
    assert desk.page.locator(".row.current .number").inner_text() != first
    assert "1 of" in desk.page.locator("#counted").inner_text()
    desk.press("w")
    assert desk.page.locator("dialog .choices button").count() == len(listed) - 1


def test_undo_of_everything_returns_to_the_start(desk):
    before = desk.rows()
    for side, key, pressed, *_ in OPERATIONS[:3]:
        desk.go(side, key)
        desk.press(pressed)
    assert desk.rows() != before
    for _ in range(3):
        desk.press("Control+z")
    assert desk.rows() == before
    assert desk.page.locator("[data-command=undo]").is_disabled()


def test_what_cannot_be_done_is_said(desk):
    desk.press("End", "m")
    assert "The last row has none to be merged with" in desk.status()
    assert desk.pairs() == BEFORE


def test_a_text_is_found(desk):
    desk.press("/")
    desk.page.keyboard.type("1931")
    assert desk.page.locator(".row.current .number").inner_text().endswith("4")
    desk.press("Escape")
    assert desk.page.evaluate("document.activeElement.dataset.key") is not None


def test_help_shows_every_key(desk):
    desk.press("?")
    said = desk.page.locator("dialog").inner_text()
    for key in ("A", "Ctrl+R", "Space", "Shift+U"):
        assert key in said
    desk.press("Escape")
    desk.page.locator("dialog").wait_for(state="detached")


def test_all_languages_stand_side_by_side_and_each_is_corrected(desk):
    desk.page.select_option("#view", "")
    assert desk.page.locator(".row").first.locator(".cell").count() == 3
    desk.page.locator('.segment[data-language=ar][data-key="4"]').click()
    desk.press("u")
    desk.page.select_option("#view", "ar")
    assert desk.pairs()[3:5] == ["3|3 4", "4|"]
    assert desk.page.locator(".segment[lang=ar]").first.get_attribute("dir") == "rtl"


def test_what_checks_found_stands_on_its_row(chromium, path):
    from align.checking import check
    from align.formats.alignment_json import read_alignment
    from align.formats.findings.check_json import write_findings

    article = read_alignment(path)
    report = check(article, only=["numbers", "dates", "length"])
    write_findings(path.with_name("findings.json"), report)
    content = json.loads(path.with_name("findings.json").read_text(encoding="utf-8"))
    finding = {
        "check": "numbers", "severity": "error", "confidence": 0.9, "language": "ja",
        "message": "“1931” is <b>missing</b>", "source_text": "In 1931 it went out.",
        "target_text": "1931年に消えた。", "source_span": None, "target_span": None,
        "source_segments": [4], "target_segments": [3], "source_paragraph": None,
        "target_paragraph": None, "suggestion": None, "fingerprint": "f", "file": None,
        "line": None, "column": None,
    }  # fmt: skip
    stale = {**finding, "source_text": "Other.", "target_text": "他。", "message": "old"}
    content["findings"] = [finding, stale]
    path.with_name("findings.json").write_text(json.dumps(content), encoding="utf-8")
    with browser_of.serving(browser_of.open_session(path)) as address:
        desk = open_desk(chromium, address)
        said = desk.page.locator(".row").nth(3).inner_text()
        assert "error: “1931” is <b>missing</b> [numbers]" in said
        assert "old" not in desk.page.locator("#grid").inner_text()


def divergence(**changed):
    return {
        "kind": "missing", "severity": "warning", "confidence": 0.9, "language": "ja",
        "term": "ship", "rendering": None, "expected": "船", "source_text": "A ship was lost.",
        "target_text": "船が一隻失われた。", "source_span": [2, 6], "target_span": None,
        "segment": 5, "target_segments": [4], "message": "Nothing renders “ship” here", **changed,
    }  # fmt: skip


def test_divergences_stand_on_their_row_where_a_terms_file_lies_beside_it(path, article):
    terms = {
        "format": "align-terms", "version": 1, "created": "2020-01-01T00:00:00Z",
        "signature": "by hand", "name": "lighthouse", "title": "", "pivot": "en",
        "languages": ["ja", "ar"], "parts": [], "held_back": 0, "terms": [],
        "findings": [divergence(), divergence(source_text="Another ship."),
                     divergence(target_text="別の文。"), divergence(language="fr")],
    }  # fmt: skip
    path.with_name("terms.json").write_text(json.dumps(terms), encoding="utf-8")
    assert findings_beside(path, article) == [
        {"language": "ja", "severity": "warning", "message": "Nothing renders “ship” here",
         "check": "missing", "side": "source", "key": "5"},
    ]  # fmt: skip


def test_somebody_else_s_terms_file_is_passed_over(path, article):
    path.with_name("terms.json").write_text('["not", "ours"]', encoding="utf-8")
    assert findings_beside(path, article) == []


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_the_terms_of_the_row_open_in_a_page_of_their_own(chromium, path, term_report, by):
    write_term_page(path.with_name("terms.html"), term_report)
    with browser_of.serving(browser_of.open_session(path)) as address:
        desk = open_desk(chromium, address)
        desk.go("source", "2")
        with chromium.expect_page() as opened:
            desk.press("g") if by == "key" else desk.button("terms")
        page = opened.value
        page.get_by_text("1 of 2 terms in segments 2, 3").wait_for()
        assert page.locator("#language").input_value() == "ja"
        with page.expect_download() as download:
            page.get_by_role("button", name="Download the glossary").click()
        assert download.value.suggested_filename == "mines.glossary.csv"
        page.get_by_role("button", name="Show all").click()
        page.get_by_text("Atalanta").first.wait_for()


def test_history_says_what_was_done_and_by_whom(desk):
    desk.page.fill("#by", "Ito")
    desk.go("source", "3")
    desk.press("m", "Control+z", "h")
    said = desk.page.locator("dialog").inner_text()
    assert "Ito" in said and "merge" in said and "taken back" in said


def test_a_killed_program_loses_nothing(chromium, path):
    with browser_of.command(path) as (process, address):
        desk = open_desk(chromium, address)
        desk.go("source", "3")
        desk.press("m")
        desk.saved()
        process.kill()
        process.wait()
        desk.press("Home", "k")
        desk.page.locator("#state", has_text="Not connected: 1 not saved").wait_for()
        desk.page.close(run_before_unload=False)
    log = path.with_name("review.jsonl")
    log.write_bytes(log.read_bytes() + b'{"id":"torn","time":"20')
    with browser_of.serving(browser_of.open_session(path)) as address:
        desk = open_desk(chromium, address)
        assert desk.pairs() == OPERATIONS[0][4]
        desk.press("Control+z")
        desk.saved()
    assert len(read_log(log).entries) == 2


def test_two_tabs_do_the_same_review(chromium, path):
    with browser_of.serving(browser_of.open_session(path)) as address:
        one, other = open_desk(chromium, address), open_desk(chromium, address)
        one.go("source", "3")
        one.press("m")
        one.saved()
        other.page.bring_to_front()
        other.go("source", "0")  # before it knows of the other's
        other.press("k")
        other.page.locator(".row").nth(4).wait_for(state="detached")
        assert other.pairs() == OPERATIONS[0][4]
        one.page.bring_to_front()
        one.page.wait_for_selector(".row.dropped")
        assert "dropped" in one.page.locator(".row").first.inner_text()


HOSTILE = [
    "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">",
    "\u202eevitceles\u202c \u2066isolated\u2069 \u200f",
    "</script><!-- ]]> \u2028 😀 &amp; 'quoted' \"twice\"",
    "long " * 20_000,
]


@pytest.mark.parametrize("alone", [False, True])
def test_a_hostile_text_is_text(chromium, tmp_path, alone):
    from align.review.page import write_alone

    texts = {"en": [[text] for text in HOSTILE], "ar": [[text] for text in HOSTILE]}
    beads = {"ar": [((n, n + 1), (n, n + 1), 0.5) for n in range(len(HOSTILE))]}
    session = browser_of.open_session(browser_of.write(tmp_path, article_of(texts, beads)))
    if alone:
        write_alone(tmp_path / "page.html", session.data(alone=True))
        address = (tmp_path / "page.html").as_uri()
        _must_show_hostile(open_desk(chromium, address))
        return
    with browser_of.serving(session) as address:
        _must_show_hostile(open_desk(chromium, address))


def _must_show_hostile(desk):
    assert [source for source, _ in desk.rows()] == HOSTILE
    assert desk.page.title() == "The lighthouse – review"
    desk.go("target", "0")
    desk.press("e")
    assert desk.page.locator("dialog textarea").input_value() == HOSTILE[0]
    desk.press("Escape", "m")
    assert desk.pairs()[0] == "0 1|0 1"
    assert not desk.errors


def test_a_page_alone_keeps_its_review_and_gives_it_away(chromium, path, tmp_path):
    from align.review.page import write_alone

    session = browser_of.open_session(path)
    write_alone(tmp_path / "alone.html", session.data(alone=True))
    desk = open_desk(chromium, (tmp_path / "alone.html").as_uri())
    desk.go("source", "3")
    desk.press("m")
    assert desk.pairs() == OPERATIONS[0][4]
    desk.press("Control+r")
    assert "Only the program can align anew" in desk.status()
    with desk.page.expect_download() as download:
        desk.page.locator("#download").click()
    download.value.save_as(tmp_path / "sent.jsonl")
    desk.page.reload()
    assert browser_of.Desk(desk.page).pairs() == OPERATIONS[0][4]
    assert session.take(tmp_path / "sent.jsonl") == 1
    assert [f"{' '.join(r.source)}|{' '.join(r.target)}" for r in
            session.review.alignment.pairs["ja"]] == OPERATIONS[0][4]  # fmt: skip


def test_a_long_text_is_drawn_where_it_is_looked_at(chromium, tmp_path):
    size = 20_000
    texts = {"en": [[f"Sentence {n} of a long book."] for n in range(size)],
             "fr": [[f"Phrase {n} d’un long livre."] for n in range(size)]}  # fmt: skip
    beads = {"fr": [((n, n + 1), (n, n + 1), 0.9999) for n in range(size)]}
    session = browser_of.open_session(browser_of.write(tmp_path, article_of(texts, beads)))
    with browser_of.serving(session) as address:
        desk = open_desk(chromium, address)
        assert desk.page.locator(".row").count() < 500
        desk.press("End")
        assert "Sentence 19999" in desk.page.locator(".row.current").inner_text()
        assert desk.page.locator(".row").count() < 1000
        desk.press("u")
        assert desk.page.locator(".row.current [data-side=target]").count() >= 1
        assert desk.page.locator("#grid").get_attribute("aria-rowcount") == str(size)


def test_a_narrow_screen_shows_all_without_scrolling_sideways(chromium, path):
    with browser_of.serving(browser_of.open_session(path)) as address:
        desk = open_desk(chromium, address)
        desk.page.set_viewport_size({"width": 380, "height": 700})
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= 380


def test_screen_readers_are_told_roles_and_names(desk):
    page = desk.page
    assert page.get_by_role("grid", name="The lighthouse").count() == 1
    assert page.get_by_role("row").count() == 5
    assert page.get_by_role("toolbar", name="Operations").count() == 1
    assert page.get_by_role("gridcell", name="Nobody sleeps.").count() == 1
    for button in page.locator("button").all():
        assert button.inner_text().strip() or button.get_attribute("aria-label")


def test_both_reducers_do_the_same(desk, article):
    """What the page makes of many operations is what the library makes of them."""
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    from align.review.alignment import alignment_of
    from align.review.history import Review
    from align.review.log import Entry, entry_to_json, fingerprint_of
    from align.review.operations import Undo
    from align.review.page import page_data

    operations = _load("strategies").operations
    articles = _load("conftest").articles
    desk.page.evaluate(
        """async () => {
          const base = document.baseURI;
          const [{ alignmentOf }, { Review }] = await Promise.all(
            ["alignment.js", "history.js"].map((name) => import(new URL(name, base))));
          window.replay = (data, entries) => {
            const review = new Review(alignmentOf(data), entries);
            return {
              pairs: Object.fromEntries(Object.entries(review.alignment.pairs).map(([tag, rows]) =>
                [tag, rows.map((row) => [row.source, row.target, row.moved, row.byHand, row.status,
                  row.dropped, row.pinned, row.note, row.confidence])])),
              texts: Object.fromEntries(Object.entries(review.alignment.editions).map(
                ([tag, { segments }]) =>
                  [tag, segments.map(({ key, text, before }) => [key, text, before])])),
              conflicts: [...review.conflicts.keys()].sort(),
            };
          };
        }"""
    )

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(articles(), st.data())
    def same(made, data):
        review = Review(alignment_of(made))
        for number in range(data.draw(st.integers(1, 7))):
            operation = data.draw(operations(review.alignment))
            if review.in_force and data.draw(st.integers(0, 4)) == 4:
                operation = Undo(data.draw(st.sampled_from(review.in_force)).id)
            review.add(Entry(f"e{number}", f"2030-01-01T00:00:{number:02}Z", operation))
        shown = page_data(made, review.start, [], fingerprint=fingerprint_of(made))
        entries = [entry_to_json(entry) for entry in review.entries]
        theirs = desk.page.evaluate(
            "([data, entries]) => window.replay(data, entries)", [shown, entries]
        )
        ours = {
            "pairs": {
                tag: [
                    [
                        list(row.source), list(row.target), row.moved, row.by_hand, row.status,
                        row.dropped, row.pinned, row.note, row.confidence,
                    ]
                    for row in rows
                ]
                for tag, rows in review.alignment.pairs.items()
            },
            "texts": {
                tag: [[s.key, s.text, s.before] for s in edition.segments]
                for tag, edition in review.alignment.editions.items()
            },
            "conflicts": sorted(review.conflicts),
        }  # fmt: skip
        assert json.loads(json.dumps(theirs)) == json.loads(json.dumps(ours))

    same()
