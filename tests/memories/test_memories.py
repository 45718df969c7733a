"""What is done to memories as files."""

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.errors import InputError
from align.formats.tmx import read_tmx, write_tmx
from align.memories import (
    MemoryIndex,
    Wanted,
    clean_tmx,
    dedupe_tmx,
    diff_tmx,
    filter_tmx,
    merge_tmx,
    split_tmx,
    tmx_statistics,
    validate_tmx,
)
from align.memories.stream import TmxStream
from align.units import TranslationUnit, Variant

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header creationtool="x" '
    'creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" '
    'datatype="plaintext"/>\n<body>\n'
)
TAIL = "</body>\n</tmx>\n"


def tu(*sides, inside="", **attributes):
    own = "".join(f' {name}="{value}"' for name, value in attributes.items())
    variants = "".join(
        f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>'
        for tag, text in zip(("en", "fr", "de"), sides, strict=False)
        if text
    )
    return f"<tu{own}>{inside}{variants}</tu>\n"


@pytest.fixture
def memory(tmp_path):
    def write(*units, name="memory.tmx", head=HEAD):
        path = tmp_path / name
        path.write_text(head + "".join(units) + TAIL, encoding="utf-8")
        return path

    return write


def texts(path):
    return [tuple(variant.text for variant in unit.variants) for unit in read_tmx(path)]


def is_valid(path):
    return {fault.message for fault in validate_tmx(path)} <= {
        "more than two languages, and many tools take two"
    }


CODES = 'A <bpt i="1" x="1">&lt;b&gt;</bpt>red<ept i="1">&lt;/b&gt;</ept> sail'


def test_units_pass_through_as_they_are(memory, tmp_path):
    unit = tu(
        CODES, CODES.replace("red", "rouge"), inside='<note>n</note><prop type="x-a">b</prop>'
    )
    out = tmp_path / "out.tmx"
    assert merge_tmx([memory(unit)], out) == 1
    assert unit.strip() in out.read_text()
    assert is_valid(out)


def test_a_merged_memory_knows_the_source_of_each_unit(memory, tmp_path):
    french = HEAD.replace('srclang="en"', 'srclang="fr"')
    other = memory(tu("Fog.", "Brume."), name="b.tmx", head=french)
    out = tmp_path / "out.tmx"
    assert merge_tmx([memory(tu("Sea.", "Mer.")), other], out) == 2
    assert [entry.source for entry in TmxStream(out)] == ["en", "fr"]
    assert texts(out)[1] == ("Brume.", "Fog.")


def test_a_memory_is_split_by_language_property_and_number(memory, tmp_path):
    path = memory(
        tu("Fog.", "Brume.", "Nebel."), tu("Sea.", "Mer.", inside='<prop type="x-job">1/2</prop>')
    )
    by_language = split_tmx(path, tmp_path / "a", by_language=True)
    assert {each.name: count for each, count in by_language.items()} == {
        "memory.en-fr.tmx": 2, "memory.en-de.tmx": 1,
    }  # fmt: skip
    assert texts(tmp_path / "a" / "memory.en-de.tmx") == [("Fog.", "Nebel.")]
    assert len(split_tmx(path, tmp_path / "b", by_property="x-job")) == 2
    assert [*split_tmx(path, tmp_path / "c", every=1).values()] == [1, 1]
    assert all(is_valid(each) for each in tmp_path.glob("*/*.tmx"))
    with pytest.raises(InputError, match="one way to split"):
        split_tmx(path, tmp_path / "d")


def test_many_parts_have_each_unit_once(memory, tmp_path):
    path = memory(*(tu(f"Boat {number}.", "x") for number in range(230)))
    parts = split_tmx(path, tmp_path / "parts", every=2)
    assert [*parts.values()] == [2] * 115
    assert [source for part in parts for source, _ in texts(part)] == [
        f"Boat {number}." for number in range(230)
    ]
    path = memory(*(tu(f"Boat {number}.", "x") for number in range(501)))
    with pytest.raises(InputError, match="more than 500"):
        split_tmx(path, tmp_path / "d", every=1)
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize("by", ["newest", "best"])
def test_the_earlier_of_equal_units_stays_where_they_are_worth_the_same(memory, tmp_path, by):
    def dated(date, confidence, tuid):
        inside = f'<prop type="x-confidence">{confidence}</prop>'
        return tu("Fog.", "Brume.", inside=inside, changedate=date, tuid=tuid)

    path = memory(
        dated("20230505T000000Z", 0.5, "a"), dated("20240505T000000Z", 0.75, "b"),
        dated("20240505T000000Z", 0.75, "c"), dated("20240505T000000Z", 0.7499, "d"),
    )  # fmt: skip
    assert dedupe_tmx(path, tmp_path / "out.tmx", keep=by) == (1, 4)
    assert 'tuid="b"' in (tmp_path / "out.tmx").read_text()


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        (Wanted(languages=("en", "de")), ["Fog."]),
        (Wanted(shortest=5), ["The sea."]),
        (Wanted(longest=7), ["Fog."]),
        (Wanted(min_confidence=0.5), ["Fog."]),
        (Wanted(since="2024-01-01"), ["The sea."]),
        (Wanted(until="20231231"), ["Fog."]),
        (Wanted(properties={"x-job": "7"}), ["The sea."]),
        (Wanted(pattern="mer"), ["The sea."]),
        (Wanted(without="(?i)FOG"), ["The sea."]),
    ],
)
def test_units_are_filtered(memory, tmp_path, wanted, left):
    doubtful = '<prop type="x-confidence">0.4000</prop><prop type="x-job">7</prop>'
    path = memory(
        tu("Fog.", "Brume.", "Nebel.", changedate="20230505T000000Z"),
        tu("The sea.", "La mer.", inside=doubtful, changedate="20240505T000000Z"),
    )
    out = tmp_path / "out.tmx"
    assert filter_tmx(path, out, wanted) == (1, 2)
    assert [unit.variants[0].text for unit in read_tmx(out)] == left
    assert is_valid(out)


def test_a_pattern_that_never_ends_is_stopped(memory, tmp_path):
    path = memory(tu("a" * 5000, "b"))
    with pytest.raises(InputError, match="takes too long"):
        filter_tmx(path, tmp_path / "out.tmx", Wanted(pattern="(a|a)*$x|(a+)+c"))
    with pytest.raises(InputError, match="no regular expression"):
        Wanted(pattern="(")


def test_equal_units_stand_once_and_other_translations_stay(memory, tmp_path):
    path = memory(
        tu("Fog.", "Brume.", changedate="20230505T000000Z", tuid="old"),
        tu("Fog.", "Brouillard."),
        tu("Fog.", "Brume.", changedate="20240505T000000Z", tuid="new"),
        tu("fog", "brume!"),
    )
    out = tmp_path / "out.tmx"
    assert dedupe_tmx(path, out) == (3, 4)
    assert 'tuid="old"' in out.read_text()
    assert dedupe_tmx(path, out, keep="newest") == (3, 4)
    assert 'tuid="new"' in out.read_text()
    assert dedupe_tmx(path, out, near=True) == (2, 4)
    assert [text for _, text in texts(out)] == ["Brume.", "Brouillard."]


SECOND = '<tu><tuv xml:lang="en"><seg>Fog.</seg></tuv>%s</tu>\n'


@pytest.mark.parametrize(
    "further",
    ['<tuv xml:lang="fr"><seg>Brouillard.</seg></tuv>', "<tuv><seg>Brouillard.</seg></tuv>"],
    ids=["a second one", "one without a language"],
)
def test_units_that_differ_in_a_further_variant_are_not_equal(memory, tmp_path, further):
    first = '<tuv xml:lang="fr"><seg>Brume.</seg></tuv>'
    path = memory(SECOND % first, SECOND % (first + further))
    assert dedupe_tmx(path, tmp_path / "once.tmx") == (2, 2)
    assert clean_tmx(path, tmp_path / "clean.tmx", tmp_path / "dropped.tmx").kept == 2
    other = memory(SECOND % first, name="other.tmx")
    assert diff_tmx(other, path).count("changed") == 1


def test_a_filter_looks_at_all_variants_of_a_language(memory, tmp_path):
    path = memory(
        SECOND % '<tuv xml:lang="fr"><seg>Brume.</seg></tuv><tuv xml:lang="fr"><seg>?</seg></tuv>'
    )
    for wanted in (Wanted(without="[?]"), Wanted(pattern="[?]"), Wanted(shortest=2)):
        written, _ = filter_tmx(path, tmp_path / "filtered.tmx", wanted)
        assert written == bool(wanted.pattern)


def test_an_element_of_thousands_of_attributes_is_refused_in_a_line(memory, tmp_path):
    crowd = " ".join(f'a{number}="1"' for number in range(1_001))
    path = memory(tu("Fog.", "Brume.", inside=f"<note {crowd}>x</note>"))
    with pytest.raises(InputError, match=r"memory.tmx:5: an element has more than 1,000 attr"):
        dedupe_tmx(path, tmp_path / "once.tmx")


def test_what_is_in_a_memory_is_counted(memory):
    path = memory(tu("The fog.", "La brume.", inside='<prop type="x-a">1</prop>'), tu("Alone.", ""))
    found = tmx_statistics(path)
    assert (found.units, found.incomplete, found.source) == (2, 1, "en")
    assert (found.languages["en"].words, found.languages["fr"].characters) == (3, 9)
    assert found.properties == {"x-a": 1}


def test_two_memories_are_compared_whatever_their_order(memory):
    old = memory(tu("Fog.", "Brume."), tu("Sea.", "Mer."), tu("Sail.", "Voile."), name="a.tmx")
    new = memory(tu("Sea.", "Mer."), tu("Fog.", "Brouillard."), tu("Net.", "Filet."), name="b.tmx")
    found = diff_tmx(old, new)
    assert found.same == 1
    assert [(change.kind, change.texts["en"]) for change in found.changes] == [
        ("changed", "Fog."), ("added", "Net."), ("removed", "Sail."),
    ]  # fmt: skip
    assert diff_tmx(old, old).changes == ()


def test_a_clean_memory_and_what_was_dropped_make_up_the_whole(memory, tmp_path):
    path = memory(
        tu("The boat left at nine.", "Le bateau est parti à neuf heures."),
        tu("The boat left at nine.", "Le bateau est parti à neuf heures."),
        tu("Its sail was red and wide.", "Its sail was red and wide."),
        tu("12:30", "12:30"),
        tu("Alone.", ""),
        tu("Fog.", "Le brouillard est arrivé avant midi, et personne ne voyait plus rien."),
        tu("A quay", "Un quai \ufffd"),
        tu(CODES, "Une voile rouge"),
    )
    out, dropped = tmp_path / "out.tmx", tmp_path / "dropped.tmx"
    found = clean_tmx(path, out, dropped)
    assert found.kept == 1
    assert found.dropped == {
        "duplicate": 1, "copy": 1, "no-words": 1, "incomplete": 1, "uneven": 1, "garbled": 1,
        "codes": 1,
    }  # fmt: skip
    said = [entry.properties()["x-dropped"] for entry in TmxStream(dropped)]
    assert sorted(said) == sorted(found.dropped)
    assert is_valid(out)
    assert not [fault for fault in validate_tmx(dropped) if fault.severity == "error"]


PAIRS = [
    ("The ferry leaves the harbour at nine.", "Le bac quitte le port à neuf heures."),
    ("The ferry leaves the harbour at nine.", "Le traversier quitte le port à neuf heures."),
    ("The ferry leaves the harbour at ten.", "Le bac quitte le port à dix heures."),
    ("Nobody has seen the captain.", "Personne n’a vu le capitaine."),
]


def units(pairs, source="en", target="fr"):
    return [
        TranslationUnit((Variant(source, (), one), Variant(target, (), two))) for one, two in pairs
    ]


def test_matches_are_exact_first_and_all_translations_are_offered():
    found = MemoryIndex(units(PAIRS), "en", "fr").lookup(PAIRS[0][0])
    assert [(match.score, match.target) for match in found] == [
        (100, PAIRS[0][1]), (100, PAIRS[1][1]), (87, PAIRS[2][1]),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "!!!", "Quite another thing.", "x" * 3000])
def test_what_is_like_nothing_matches_nothing(text):
    assert MemoryIndex(units(PAIRS), "en", "fr").lookup(text) == []


def test_texts_without_spaces_match_by_characters():
    index = MemoryIndex(units([("渡し船は九時に港を出る。", "x")], "ja"), "ja", "fr")
    assert [match.score for match in index.lookup("渡し船は十時に港を出る。")] == [91]


def test_a_region_is_never_offered_as_the_translation_of_another():
    pairs = units([("colour", "color")], "en-GB", "en-US")
    index = MemoryIndex(pairs, "en-GB", "en-US")
    assert [match.target for match in index.lookup("colour")] == ["color"]
    assert len(MemoryIndex(units([("a", "b")], "en-GB", "fr"), "en-GB", "en-US")) == 0


def test_a_concordance_shows_where_a_phrase_stands():
    index = MemoryIndex(units(PAIRS), "en", "fr")
    assert len(index.concordance("THE HARBOUR")) == 3
    assert [match.target for match in index.concordance("le bac", in_target=True)] == [
        PAIRS[0][1], PAIRS[2][1],
    ]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6), least=st.integers(1, 100), most=st.integers(1, 80))
def test_a_look_up_finds_what_comparing_with_each_unit_finds(seed, least, most):
    from rapidfuzz.distance import Levenshtein

    rng = random.Random(seed)
    words = [letter * 3 for letter in "abcdefghijkl"]
    texts = [" ".join(rng.choices(words, k=rng.randint(1, 12))) for _ in range(60)]
    texts += [text.upper() for text in texts[:20]]  # the same words, and not the same text
    pairs = [(text, f"{text} {n % 3}") for n, text in enumerate(texts + texts[:30])]
    wanted = rng.choice([" ".join(rng.choices(words, k=8)), texts[0]])
    expected = []
    for place, (text, other) in enumerate(dict.fromkeys(pairs)):
        one, two = wanted.casefold().split(), text.casefold().split()
        longest = max(len(one), len(two))
        alike = 100 * (longest - Levenshtein.distance(one, two)) // longest
        score = 100 if text == wanted else min(alike, 99)
        if score >= least:
            expected.append((-score, place, other))
    found = MemoryIndex(units(pairs), "en", "fr").lookup(wanted, least=least, most=most)
    assert [(-match.score, match.target) for match in found] == [
        (score, other) for score, _, other in sorted(expected)[:most]
    ]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cn", "Co", "Cc"]),
                min_size=1, max_size=20).filter(str.strip)  # fmt: skip


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(pairs=st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
def test_what_we_write_is_always_valid(pairs):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.tmx"
        write_tmx(path, units(pairs), languages=["fr"], source="en")
        assert is_valid(path)
        merge_tmx([path, path], Path(folder) / "merged.tmx")
        assert is_valid(Path(folder) / "merged.tmx")
