"""What the benchmark measures: its documents, its vectors, its counting, and what it writes."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from align.encoders import DEFAULT_ENCODER, load_encoder, model_card
from align.encoders.use_multilingual import UseEncoder

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "scripts"

sys.path.append(str(SCRIPTS))
book, costs, growth, peers, rates, sets, tables, vectors = (
    importlib.import_module(f"benchmarking.{name}")
    for name in ("book", "costs", "growth", "peers", "rates", "sets", "tables", "vectors")
)


def numbered_lines(languages=("en", "fr", "es"), stories=5, lines=6):
    """Lines that say their language and number, and their stories' names."""
    numbers = range(stories * lines)
    by_language = {tag: [f"{tag} line {number}" for number in numbers] for tag in languages}
    return by_language, [f"story {number // lines}" for number in numbers]


def wordings(texts):
    """The numbers of the lines that segments say, in order."""
    return [int(word) for text in texts for word in text.split() if word.isdigit()]


@pytest.mark.parametrize("size", [1, 40, 500])
def test_a_document_is_as_long_as_asked(size):
    assert len(sets.long_document(*numbered_lines(), size).source) in (size, size + 1)


def test_gold_beads_say_the_same_on_both_sides():
    document = sets.long_document(*numbered_lines(), 500)
    for bead in document.gold:
        source = wordings(document.source[index] for index in bead.source)
        target = wordings(document.target[index] for index in bead.target)
        assert not (source and target) or source == target


def test_gold_beads_use_every_segment_once_and_in_order():
    document = sets.long_document(*numbered_lines(), 500)
    for side, texts in (("source", document.source), ("target", document.target)):
        used = chain.from_iterable(getattr(bead, side) for bead in document.gold)
        assert list(used) == list(range(len(texts)))


def test_some_lines_are_merged_and_some_left_out():
    gold = sets.long_document(*numbered_lines(), 3000).gold
    merged = sum({len(bead.source), len(bead.target)} == {1, 2} for bead in gold)
    left_out = sum(not bead.source or not bead.target for bead in gold)
    assert merged / len(gold) == pytest.approx(sets.MERGED * 5 / 6, abs=0.03)  # no story's last
    assert left_out / len(gold) == pytest.approx(sets.LEFT_OUT, abs=0.02)


def test_a_shorter_document_begins_a_longer_one():
    lines = numbered_lines()
    short, long = (sets.long_document(*lines, size) for size in (100, 900))
    assert long.source[: len(short.source)] == short.source
    assert long.target[: len(short.target)] == short.target


def test_a_book_is_as_long_as_asked_and_ends_with_a_story():
    lines, stories = numbered_lines(languages=("en", "fr"))
    english, french = sets.long_book(lines, stories, 5000)
    assert 5000 <= max(len(english), len(french)) < 5200
    assert {english[-2:], french[-2:]} == {"\n\n"}


def test_a_book_s_editions_say_the_same_but_for_lines_left_out():
    lines, stories = numbered_lines(languages=("en", "fr"))
    english, french = (wordings([text]) for text in sets.long_book(lines, stories, 20_000))
    said = set(english) | set(french)
    assert said == set(range(30))
    assert english != french
    assert len(english) == pytest.approx(len(french), rel=0.05)


def test_stages_are_timed_without_those_within_them(monkeypatch):
    from align import marks, pipeline

    now = [0]

    def take(seconds):
        now[0] += seconds

    def read():
        take(2)
        marks.marks_of([])
        take(1)

    monkeypatch.setattr(book, "perf_counter", lambda: now[0])
    monkeypatch.setattr(marks, "marks_of", lambda texts: take(4))
    monkeypatch.setattr(pipeline, "read_corpus", read)
    with book.clocks() as seconds:
        pipeline.read_corpus()
        marks.marks_of([])
    assert seconds["marks"] == 8
    assert seconds["reading, cleaning"] == 3


def test_timing_stages_leaves_nothing_behind():
    from align import marks

    before = marks.marks_of
    with book.clocks():
        assert marks.marks_of is not before
    assert marks.marks_of is before


def test_a_command_is_timed_stage_by_stage(tmp_path):
    texts = {"en": "It rains. Take an umbrella.\n", "fr": "Il pleut. Prends un parapluie.\n"}
    for language, text in texts.items():
        (tmp_path / f"{language}.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    result = book.book_command(["build", str(tmp_path), "-o", str(out), "--quiet"])
    assert {"encoding", "alignment", "memories (TMX)", "report"} <= result["seconds"].keys()
    assert sum(result["seconds"].values()) <= result["total_seconds"]
    assert (out / "report.html").is_file()


def test_a_type_statement_is_written_as_an_assignment():
    source = "type Splitter = Callable[[str], str]\nkind = type(3)\n    type = 4\n"
    rewritten = peers._TYPE_STATEMENT.sub("", source)
    assert rewritten == "Splitter = Callable[[str], str]\nkind = type(3)\n    type = 4\n"


def test_stored_vectors_are_those_of_the_texts_that_peers_ask_for(tmp_path):
    source = ("It rains.", "Take an umbrella, please.", "The tram is late again this morning.")
    target = ("下雨了。", "請帶把雨傘。", "今天早上電車又誤點了。", "乘客都在站台上等候。")
    pair = sets.GoldPair("made", "rain", "en", "zh-Hant", source, target, ())
    encoder = load_encoder(cached=False)
    vectors.store_vectors(pair, encoder, tmp_path / "0")
    stored = vectors.Stored(pair, encoder.card, "", layers=3, stem=tmp_path / "0")
    computed = vectors.Computed(pair, encoder, layers=3)
    for lines in (source, target):
        for length in (1, 2, 3):
            runs = [" ".join(lines[i : i + length]) for i in range(len(lines) - length + 1)]
            texts = ["PAD"] * (length - 1) + runs
            np.testing.assert_allclose(
                stored.encode(texts), computed.encode(texts), rtol=0, atol=1e-4
            )
    stored.check()


def test_a_contestant_that_asks_for_other_texts_is_found_out(tmp_path):
    pair = sets.GoldPair("made", "rain", "en", "fr", ("It rains.",), ("Il pleut.",), ())
    given = vectors.Computed(pair, load_encoder(cached=False), layers=1)
    given.encode(["It rains."])
    with pytest.raises(RuntimeError, match="1 vectors instead of 2"):
        given.check()


class TwoLayers:
    """A network small enough to count by hand."""

    def __init__(self):
        self.first = np.ones((3, 5), np.float32)
        self.others = (np.ones((5, 2), np.float32), np.ones(2, np.float32))

    def run(self, rows):
        hidden = np.maximum(rows @ self.first, 0)
        hidden += self.first[0]
        return hidden @ self.others[0] + self.others[1]


def test_products_are_counted_as_by_hand():
    network = TwoLayers()
    rows = np.ones((4, 3), np.float32)

    def run_twice():
        network.run(rows)
        network.run(rows[:1])

    tally = costs.count_products(network, run_twice)
    assert tally == {(4, 3, 5): 1, (4, 5, 2): 1, (1, 3, 5): 1, (1, 5, 2): 1}
    operations = sum(2 * m * k * n * times for (m, k, n), times in tally.items())
    assert operations == 2 * (4 * 15 + 4 * 10 + 15 + 10)


def test_counting_changes_no_vector():
    encoder, watched = (UseEncoder(model_card(DEFAULT_ENCODER)) for _ in range(2))
    segments = ["It rains.", "Take an umbrella, please.", "The tram is late again this morning."]
    results = []
    tally = costs.count_products(
        watched._network,
        lambda: results.append(watched.encode_spans(segments, longest=2, language="en")),
    )
    assert tally
    np.testing.assert_array_equal(
        results[0], encoder.encode_spans(segments, longest=2, language="en")
    )


def run_benchmark(*arguments):
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, str(SCRIPTS / "benchmark.py"), *arguments],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_our_own_figures_on_the_bundled_article_are_written_and_printed(tmp_path):
    done = run_benchmark(
        "--only", "align", "--sets", "corpus", "--languages", "fr", "--output", str(tmp_path)
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads((tmp_path / "benchmark.json").read_text(encoding="utf-8"))
    [(languages, pair)] = figures["sets"]["corpus"]["results"]["align"]["pairs"].items()
    assert languages == "en-fr"
    assert 0.5 < pair["strict"]["f1"] <= pair["lax"]["f1"] <= 1
    assert pair["alignment_seconds"] > 0
    assert pair["embedding_seconds"] > 0
    assert figures["sets"]["corpus"]["results"]["align"]["peak_mb"] > 10
    assert figures["machine"]["versions"]["numpy"] == np.__version__
    assert figures["signature"] in done.stdout
    assert f"| {pair['strict']['f1']:.3f} |" in done.stdout


@pytest.mark.parametrize("contestant", ["align", "galechurch"])
@pytest.mark.parametrize("workload", rates.WORKLOADS)
def test_all_pairs_of_a_workload_are_aligned(monkeypatch, workload, contestant):
    aligned = []

    def note(pair, vectors):
        aligned.append(pair)
        return [], ""

    pairs = [sets.long_document(*numbered_lines(), 40)] * 5
    monkeypatch.setattr(rates, "some_stories", lambda count: pairs[:count])
    monkeypatch.setattr(rates, "news_document", lambda size: pairs[0])
    monkeypatch.setattr(rates, "MANY", 5)
    monkeypatch.setitem(rates.CONTESTANTS, "galechurch", rates.Contestant(note, layers=0))
    measured = rates.rate(contestant, workload)
    assert measured["pairs"] == (5 if workload == "many short pairs" else 1)
    assert measured["segments"] == measured["pairs"] * 80
    assert measured["seconds"] > 0
    assert measured["processor"] > 0
    if contestant == "galechurch":
        assert len(aligned) == rates.WARM_UP + measured["pairs"]
    made = {"machine": {"error": ""}, "missing": {}, "sets": {}, "command": ""}
    made |= {"rates": {workload: {contestant: measured}}, "titles": {contestant: contestant}}
    measured |= {"seconds": 0.01, "processor": 3.0}
    row = f"| {contestant} | {measured['pairs'] * 100} | {measured['pairs'] / 3:.3g} | "
    assert row in tables.report(made)


def test_every_way_of_reading_a_line_is_timed_at_both_lengths(monkeypatch):
    monkeypatch.setattr(growth, "SIZES", (40, 80))
    monkeypatch.setattr(growth, "UNITS", (". ", "word "))
    monkeypatch.setattr(growth, "_STARTS", 1)
    figures = growth.growth()
    assert [row["title"] for row in figures["rows"]] == [
        "telling the language",
        *(f"segmenting, {language}" for language in ("en", "ja", "ar")),
        *(f"quantities, {language}" for language in ("en", "de", "ja")),
        "addresses",
        "items of lists",
        *(f"reading .{suffix}" for suffix in ("txt", "md", "html")),
    ]
    assert {len(row["seconds"]) for row in figures["rows"]} == {2}
    made = {"machine": {"error": ""}, "missing": {}, "sets": {}, "command": "", "growth": figures}
    assert "| s for 40 characters | s for 80 |" in tables.report(made)


def test_a_set_that_does_not_exist_is_refused():
    done = run_benchmark("--only", "align", "--sets", "bookshelf")
    assert done.returncode == 2
    assert "bookshelf: there are textberg, " in done.stderr


def test_a_peer_that_fails_is_shown_with_its_reason():
    entry = {"title": "a set", "results": {"sentweave": {"error": "no compiler | none found"}}}
    figures = {
        "command": "python scripts/benchmark.py",
        "threads": 2,
        "machine": {"error": "unknown"},
        "missing": {},
        "titles": {"sentweave": "Vecalign's program"},
        "sets": {"made": entry},
    }
    assert "| Vecalign's program | failed: no compiler \\| none found |" in tables.report(figures)


def test_warm_times_stand_in_one_table():
    figures = {
        "command": "python scripts/benchmark.py --sets warm",
        "machine": {"error": "unknown"},
        "missing": {},
        "sets": {},
        "titles": {},
        "warm": {"seconds": {"`align.terms`": 2.5, "`import align`": 0.04}},
    }
    text = tables.report(figures)
    assert "| `align.terms` | 2.50 |\n| `import align` | 0.04 |" in text
