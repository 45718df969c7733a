"""Filters: what each rule drops, and what it leaves alone."""

from __future__ import annotations

import json

import pytest

from align.corpus.filters import RULES, Filtered, keys_of
from align.corpus.running import CorpusOptions, align_corpus

GOOD = {
    "source": "The ferry left the harbour at six in the morning.",
    "target": "Le bac quitta le port à six heures du matin.",
    "source_language": "en",
    "target_language": "fr",
    "confidence": 0.97,
}


def rule_against(**changed):
    return Filtered(0.5).rule_against({**GOOD, **changed})


@pytest.mark.parametrize(
    ("language", "target"),
    [
        ("fr", GOOD["target"]),
        ("es", "El transbordador salió del puerto a las seis de la mañana."),
        ("ja", "フェリーは午前6時に港を出た。"),
        ("zh-Hans", "渡轮早上六点离开港口。"),
        ("zh-Hant", "渡輪早上六點離開港口。"),
        ("ar", "غادرت العبّارة الميناء في السادسة صباحًا."),
        ("ru", "Паром вышел из гавани в шесть часов утра."),
        ("de", "Die Fähre verließ den Hafen um sechs Uhr morgens."),
        ("ko", "연락선은 아침 여섯 시에 항구를 떠났다."),
        ("pl", "Prom opuścił port o szóstej rano."),
    ],
)
def test_a_good_pair_is_kept(language, target):
    assert rule_against(target=target, target_language=language) is None


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        ("unaligned", {"target": " "}),
        ("confidence", {"confidence": 0.49}),
        ("LengthFilter", {"source": "A", "target": "B"}),
        ("LengthFilter", {"source": GOOD["source"] * 50}),
        ("LengthRatioFilter", {"target": "Le bac."}),
        ("no_identical", {"target": GOOD["source"].upper()}),
        ("AlphabetRatioFilter", {"source": "+33 1 42 – 17:30 (a)", "target": "+33 1 42 (à)"}),
        ("CharacterScoreFilter", {"target": "Паром вышел из гавани в шесть часов утра."}),
        ("CharacterScoreFilter", {"source": "フェリーは午前六時に港を出た。"}),
        (
            "LanguageIDFilter",
            {"target": "Die Fähre verließ den Hafen um sechs Uhr morgens, und niemand sah sie."},
        ),
    ],
)
def test_a_bad_pair_is_dropped_by_the_rule_for_it(rule, changed):
    assert rule_against(**changed) == rule


@pytest.mark.parametrize(
    "changed",
    [
        {"source": "Stop!", "target": "Arrêtez !"},
        {"source": "Oslo", "target": "Osló"},
        {"source": "Anna Berg", "target": "Анна Берг", "target_language": "ru"},
        {"source": "Yes.", "target": "Oui."},
    ],
)
def test_short_texts_are_no_fault(changed):
    assert rule_against(**changed) is None


def test_counts_and_first_samples_are_kept():
    filtered = Filtered(0.5)
    for number in range(9):
        filtered.rule_against({**GOOD, "confidence": 0.1, "source": f"{GOOD['source']} {number}"})
    filtered.rule_against(GOOD)
    figures = filtered.figures()
    assert figures["kept"] == 1
    assert figures["rules"]["confidence"]["dropped"] == 9
    assert [pair[0][-1] for pair in figures["rules"]["confidence"]["sample"]] == [*"01234"]
    assert set(figures["rules"]) == {rule.name for rule in RULES}


def test_near_duplicates_differ_in_case_marks_and_digits_alone():
    exact, near = keys_of(GOOD)
    shouted = {**GOOD, "source": GOOD["source"].upper() + "!"}
    assert keys_of(shouted)[0] != exact
    assert keys_of(shouted)[1] == near
    assert keys_of({**GOOD, "source": "The ferry left."})[1] != near
    numbers = [keys_of({**GOOD, "source": n, "target": n})[1] for n in ("12", "13")]
    assert numbers[0] != numbers[1]


def test_a_pair_stands_once_in_a_clean_corpus(tmp_path, settings):
    texts = {
        "source": "Ida Holm came to Oslo in 1902.\nNils Berg left Oslo in 1904.",
        "target": "Ida Holm vint à Oslo en 1902.\nNils Berg quitta Oslo en 1904.",
        "source_language": "en",
        "target_language": "fr",
    }
    other = {**texts, "source": texts["source"].replace("1902", "1912")}
    path = tmp_path / "documents.jsonl"
    rows = [{"id": name, **each} for name, each in zip("abc", (texts, texts, other), strict=True)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    options = CorpusOptions(shards=3, segmented=True, filtered=True)
    figures = align_corpus(path, tmp_path / "out", settings=settings, options=options)
    clean = [
        json.loads(line)
        for part in sorted((tmp_path / "out" / "clean").iterdir())
        for line in part.read_text().splitlines()
    ]
    keys = [keys_of(row)[1] for row in clean]
    assert len(keys) == len(set(keys)) == figures.filter["kept"]
    assert {row["id"] for row in clean} == {"a"}
    assert "dropped" not in clean[0]
    assert figures.filter["rules"]["remove_duplicates"]["dropped"] > 0
    assert figures.filter["rules"]["near_duplicates"]["dropped"] > 0
    page = (tmp_path / "out" / "filter.html").read_text()
    assert "remove_duplicates" in page
    assert "Ida Holm vint à Oslo en 1902." in page
