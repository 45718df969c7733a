"""Memories written in each format and read again: what comes back, and what others make of it."""

import json
import re
import subprocess
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from translate.storage import factory

from align.codes import Code, codes_of, text_of
from align.errors import InputError, MissingExtraError
from align.formats import read_pairs
from align.formats.memory import Memory
from align.formats.registry import MEMORY_WRITERS
from align.formats.states import state_of
from align.units import Remark, TranslationUnit, Variant

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]),
    min_size=1,
    max_size=12,
).filter(str.strip)
TEXTS = st.one_of(
    WORDS,
    st.sampled_from(["R&D < 6", "=SUM(1)", "'-ness", "שלום, عالم", "𝔰 ‏و", '"so"', "a; b,c"]),
).map(lambda text: " ".join(text.split()) or "x")


@st.composite
def contents(draw):
    """A text whose codes open and close without crossing."""
    pieces, depth = [draw(TEXTS)], []
    for key in range(1, draw(st.integers(1, 5))):
        native = draw(st.sampled_from(["<b>", "", "{0}", "&x;"]))
        kind = draw(st.sampled_from(["", "bold", "lb", "x-own"]))
        sort = draw(st.sampled_from(["pair", "alone", "close"]))
        if sort == "pair":
            pieces.append(Code("bpt", "open", str(key), native, kind))
            depth.append(key)
        elif sort == "close" and depth:
            pieces.append(Code("ept", "close", str(depth.pop()), native, ""))
        else:
            pieces.append(Code("ph", "standalone", str(key), native, kind))
        pieces.append(draw(TEXTS))
    pieces += [Code("ept", "close", str(each)) for each in reversed(depth)]
    return tuple(pieces)


def variant(language, content):
    has_codes = any(isinstance(piece, Code) for piece in content)
    return Variant(language, (), text_of(content), content=content if has_codes else ())


@st.composite
def memories(draw, *, codes=True, targets=("fr",), untranslated=True):
    """A memory from English into some languages."""
    texts = contents() if codes else TEXTS.map(lambda text: (text,))
    units = []
    for _ in range(draw(st.integers(1, 5))):
        variants = [variant("en", draw(texts))]
        if not untranslated or draw(st.booleans()):
            variants += [variant(tag, draw(texts)) for tag in targets]
        notes = draw(st.lists(TEXTS.map(Remark), max_size=1))
        named = draw(st.lists(st.builds(Remark, TEXTS, st.just("x-own")), max_size=1))
        units.append(
            TranslationUnit(
                tuple(variants), into=targets[0], remarks=(*notes, *named),
                state=draw(st.sampled_from(["", "translated", "fuzzy"])),
            )
        )  # fmt: skip
    return Memory(units, "en", tuple(targets))


NAMES = {
    "csv": "memory.csv", "hunalign": "memory.en-fr.ladder", "jsonl": "memory.jsonl",
    "moses": "memory.en-fr.en", "po": "memory.po", "tmx": "memory.tmx", "tsv": "memory.tsv",
    "vecalign": "memory.en-fr.vecalign", "xces": "memory.xml", "xliff": "memory.xlf",
    "xliff2": "memory.xliff2", "xlsx": "memory.xlsx",
}  # fmt: skip
CARRY_CODES = ["tmx", "xliff", "xliff2"]
CARRY_ALL_UNITS = ["csv", "tsv", "jsonl", "po", "xliff", "xliff2", "xlsx"]
CARRY_NOTES = ["csv", "tsv", "jsonl", "xliff", "xliff2", "xlsx", "tmx"]
FEW = settings(max_examples=12, suppress_health_check=list(HealthCheck))


def written_and_read(memory, to):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAMES[to]
        MEMORY_WRITERS.write(path, memory, to=to)
        return list(read_pairs(path, source="en", target="fr"))


def texts(units):
    return [tuple(variant.text for variant in unit.variants) for unit in units]


def pair(source, target, **options):
    variants = [Variant("en", (), source)] + ([Variant("fr", (), target)] if target else [])
    return TranslationUnit(tuple(variants), into="fr", **options)


def memory(*units, **options):
    return Memory(units, "en", ("fr",), **options)


@pytest.mark.parametrize("to", NAMES)
@FEW
@given(data=st.data())
def test_translated_texts_come_back(to, data):
    written = data.draw(memories(codes=False, untranslated=False))
    # A memory has what says the same once.
    expected = dict.fromkeys(texts(written.units)) if to == "tmx" else texts(written.units)
    assert texts(written_and_read(written, to)) == list(expected)


@pytest.mark.parametrize("to", CARRY_CODES)
@FEW
@given(data=st.data())
def test_codes_come_back(to, data):
    def said(variant):
        return [
            (code.role, code.native, code.key) for code in codes_of(variant.content)
        ]  # fmt: skip

    written = data.draw(memories(untranslated=False))
    back = written_and_read(written, to)
    if to == "tmx":
        assert set(texts(back)) == set(texts(written.units))
        return
    assert texts(back) == texts(written.units)
    for before, after in zip(written.units, back, strict=True):
        assert [*map(said, before.variants)] == [*map(said, after.variants)]


@pytest.mark.parametrize("to", CARRY_ALL_UNITS)
@FEW
@given(data=st.data())
def test_untranslated_units_and_drafts_come_back(to, data):
    written = data.draw(memories(codes=False))
    back = written_and_read(written, to)
    assert texts(back) == texts(written.units)
    assert [*map(state_of, back)] == [*map(state_of, written.units)]


@pytest.mark.parametrize("to", CARRY_NOTES)
@FEW
@given(text=TEXTS, note=TEXTS, value=TEXTS)
def test_notes_and_properties_come_back(to, text, note, value):
    remarks = (Remark(note), Remark(value, "x-own"))
    (back,) = written_and_read(memory(pair(text, "mot", remarks=remarks)), to)
    assert {(r.text, r.name) for r in back.remarks} >= {(note, ""), (value, "x-own")}


@pytest.mark.opened_by("translate-toolkit", memory="tmx xliff po")
def test_a_toolkit_reads_what_is_written(tmp_path):
    units = memory(pair("Tom & Ann < 3", "Tom et Ann < 3"), pair("Fog.", "Brume."))
    for to in ("tmx", "xliff", "po"):
        path = tmp_path / NAMES[to]
        MEMORY_WRITERS.write(path, units, to=to)
        store = factory.getobject(str(path))
        found = [(str(unit.source), str(unit.target)) for unit in store.units if unit.source]
        assert found == [("Tom & Ann < 3", "Tom et Ann < 3"), ("Fog.", "Brume.")]


def test_states_are_written_as_each_version_of_xliff_calls_them(tmp_path):
    states = ["", "needs-l10n", "approved", "final", "fuzzy"]
    units = memory(*(pair(f"Fog {n}.", "Brume.", state=word) for n, word in enumerate(states)))
    MEMORY_WRITERS.write(tmp_path / "a.xlf", units, to="xliff")
    found = etree.parse(tmp_path / "a.xlf").iterfind(".//{*}target")
    assert [target.get("state") for target in found] == [
        None, "needs-l10n", None, "final", "needs-review-translation",
    ]  # fmt: skip
    MEMORY_WRITERS.write(tmp_path / "a.xliff2", units, to="xliff2")
    found = etree.parse(tmp_path / "a.xliff2").iterfind(".//{*}segment")
    assert [segment.get("state") for segment in found] == [
        None, "initial", "reviewed", "final", "initial",
    ]  # fmt: skip


def test_units_of_several_files_stay_apart_in_xliff(tmp_path):
    units = memory(pair("Fog.", "Brume.", part="a.md"), pair("Sea.", "Mer.", part="b.md"))
    for to in ("xliff", "xliff2"):
        back = written_and_read(units, to)
        assert [unit.part for unit in back] == ["a.md", "b.md"]


@pytest.mark.integration
@pytest.mark.opened_by("gettext", memory="po")
def test_gettext_accepts_the_catalogue(tmp_path, program):
    remarks = (Remark("a.c:3", "reference"), Remark("menu", "msgctxt"))
    units = memory(
        pair("Open", "Ouvrir", remarks=remarks),
        pair("Open", "Ouvert"),
        pair("Open", "Ouverte"),
        pair("\nLines\n", "Lignes"),
        pair("Later", ""),
        pair("a ship", "un bateau", attributes=(("plural-form", "0"),)),
        pair("ships", "bateaux", attributes=(("plural-form", "1"),)),
    )
    MEMORY_WRITERS.write(tmp_path / "fr.po", units, to="po")
    command = [program("msgfmt"), "-c", "-o", str(tmp_path / "fr.mo"), str(tmp_path / "fr.po")]
    finished = subprocess.run(command, capture_output=True, text=True)
    assert (finished.returncode, finished.stderr) == (0, "")
    assert texts(read_pairs(tmp_path / "fr.po"))[-2:] == [
        ("a ship", "un bateau"), ("ships", "bateaux"),
    ]  # fmt: skip


def test_plural_forms_that_are_not_all_there_are_messages_of_their_own():
    unit = pair("a ship", "un bateau", attributes=(("plural-form", "0"),))
    assert texts(written_and_read(memory(unit, pair("Fog", "Brume")), "po")) == [
        ("a ship", "un bateau"), ("Fog", "Brume"),
    ]  # fmt: skip


def test_lines_of_data_sets_all_have_the_same_keys(tmp_path):
    units = memory(pair("Fog.", "Brume.", state="final", remarks=(Remark("so"),)), pair("Sea", ""))
    MEMORY_WRITERS.write(tmp_path / "a.jsonl", units, to="jsonl")
    rows = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert rows[0]["translation"] == {"en": "Fog.", "fr": "Brume."}
    assert rows[1]["translation"] == {"en": "Sea", "fr": None}
    assert [*rows[0]] == [*rows[1]]


@pytest.mark.opened_by("datasets", memory="parquet jsonl")
@pytest.mark.parametrize("to", ["parquet", "jsonl"])
def test_data_sets_read_the_rows(tmp_path, package, to):
    datasets = package("datasets")
    units = memory(pair("Fog.", "Brume.", remarks=(Remark("so"),)), pair("Sea", ""))
    path = tmp_path / f"a.{to}"
    MEMORY_WRITERS.write(path, units, to=to)
    read = {"parquet": datasets.Dataset.from_parquet, "jsonl": datasets.Dataset.from_json}[to]
    table = read(str(path), cache_dir=str(tmp_path / "cache"))
    assert [row["fr"] for row in table["translation"]] == ["Brume.", None]
    assert table[0]["notes"] == ["so"]


def test_parquet_says_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"\[parquet\]"):
        MEMORY_WRITERS.write(tmp_path / "a.parquet", memory(pair("a", "b")), to="parquet")


def test_tei_links_sentences_that_are_there(tmp_path):
    units = memory(pair("Fog & mist.", "Brume."), pair("Alone.", ""), pair("Sea.", "Mer."))
    MEMORY_WRITERS.write(tmp_path / "a.xml", units, to="tei")
    tree = etree.parse(tmp_path / "a.xml")
    said = {s.get("{http://www.w3.org/XML/1998/namespace}id"): s.text for s in tree.iter("{*}s")}
    links = [link.get("target").split() for link in tree.iter("{*}link")]
    assert [[said[name[1:]] for name in names] for names in links] == [
        ["Fog & mist.", "Brume."], ["Sea.", "Mer."],
    ]  # fmt: skip


def test_the_page_shows_text_as_text_and_each_language_from_its_side(tmp_path):
    variants = (Variant("en", (), "<script>x</script>"), Variant("ar", (), "ضباب"))
    written = Memory([TranslationUnit(variants)], "en", ("ar",), title="</title><b>")
    MEMORY_WRITERS.write(tmp_path / "a.html", written, to="html")
    page = html.parse(tmp_path / "a.html")
    cells = [(cell.get("lang"), cell.get("dir"), cell.text) for cell in page.iter("td")]
    assert cells == [("en", "ltr", "<script>x</script>"), ("ar", "rtl", "ضباب")]
    assert not [*page.iter("script"), *page.iter("b")]


@pytest.mark.parametrize("to", ["csv", "tsv", "xlsx"])
def test_no_cell_is_a_formula_and_all_read_back(tmp_path, to):
    wild = ["=1+1", "+1", "-1", "@x", "'=1", "' quoted", '"a"', "a\nb"]
    units = memory(*(pair(text, text[::-1] + "x") for text in wild))
    path = tmp_path / NAMES[to]
    MEMORY_WRITERS.write(path, units, to=to)
    assert [unit.variants[0].text for unit in read_pairs(path)] == wild
    if to == "xlsx":
        cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
    else:
        assert not re.search(r"(?m)^[=+@-]", path.read_text())


@pytest.mark.parametrize("to", ["po", "xliff", "xliff2", "csv", "jsonl", "moses", "xlsx"])
def test_a_format_of_two_languages_asks_which(tmp_path, to):
    variants = tuple(Variant(tag, (), tag) for tag in ("en", "fr", "de"))
    written = Memory([TranslationUnit(variants)], "en", ("fr", "de"))
    with pytest.raises(InputError, match="fr, de"):
        MEMORY_WRITERS.write(tmp_path / "a", written, to=to)


@pytest.mark.parametrize("to", ["moses", "hunalign", "vecalign", "xces"])
def test_several_files_do_not_go_to_standard_output(to):
    with pytest.raises(InputError, match="several files"):
        MEMORY_WRITERS.write("-", memory(pair("a", "b")), to=to)


def test_every_format_says_what_it_carries():
    for writer in MEMORY_WRITERS.values():
        assert "Does not carry:" in writer.write.__doc__, writer.name


def test_beads_of_several_sentences_come_back_from_formats_of_corpora(tmp_path, article,
                                                                      make_article):  # fmt: skip
    from align.formats import write_pair

    editions = {tag: article.editions[tag] for tag in ("en", "ja")}
    two = make_article(editions, {"ja": article.alignments["ja"]})
    aligned = [bead for bead in two.alignments["ja"] if bead.is_aligned and not bead.moved]
    for to, name in (("vecalign", "a.en-ja.vecalign"), ("xces", "a.xml"),
                     ("hunalign", "a.en-ja.ladder")):  # fmt: skip
        write_pair(tmp_path / name, two, to=to)
        units = [u for u in read_pairs(tmp_path / name) if len(u.variants) == 2]
        english = [unit.variants[0].text for unit in units]
        for bead in aligned:
            assert editions["en"].text_of(tuple(bead.source)) in english, (to, bead)
