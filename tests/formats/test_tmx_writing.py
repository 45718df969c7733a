from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage import tmx as toolkit

import align
from align.errors import InputError, OutputError
from align.formats.tmx import PROFILES, TmxProfile, read_tmx, write_tmx
from align.units import TranslationUnit, Variant, pair_units

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RESERVED = {"file", "id", "prev", "next", "path", "x-ice", "x-100pc", "x-auto"}


@pytest.fixture(scope="module")
def schema():
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("tmx14.rng")))


def unit(*texts, languages=("en", "ja"), number=0, **of_target):
    source, *targets = zip(languages, texts, strict=True)
    return TranslationUnit(
        (
            Variant(source[0], (number,), source[1]),
            *(Variant(tag, (number,), text, **of_target) for tag, text in targets),
        )
    )


def write(folder, units, **options):
    path = folder / "memory.tmx"
    write_tmx(path, units, **({"languages": ["en", "ja"], "source": "en"} | options))
    return etree.parse(path)


def props(element):
    return {prop.get("type"): prop.text for prop in element.findall("prop")}


def test_every_profile_writes_valid_tmx(tmp_path, article, schema):
    for profile in PROFILES:
        tree = write(tmp_path, article.units, languages=["ja", "ar"], profile=profile, context=True)
        schema.assertValid(tree)
        assert len(tree.findall(".//tu")) > 5


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('version="1.4"', 'version="1.4b"'),
        ("<tmx ", '<tmx xmlns="http://www.lisa.org/tmx14" '),
        ("<tmx ", '<tmx encoding="UTF-8" '),
        (' adminlang="en"', ""),
        (' datatype="plaintext"', ""),
        ("<seg>", '<seg xml:space="preserve">'),
        ('<tuv xml:lang="en"', '<tuv segtype="sentence" xml:lang="en"'),
        ('<tuv xml:lang="en"', '<tuv lang="en"'),
        ("<tu ", '<tu xml:lang="en" '),
        ("<seg>Hello.</seg>", "<seg> </seg>"),
        ("<seg>Hello.</seg>", "<seg>Hello.</seg><seg>Hello.</seg>"),
        ("<seg>Hello.</seg>", '<seg><it i="1">x</it>Hello.</seg>'),
        ("</tuv>\n</tu>", '</tuv>\n<prop type="x-late">1</prop></tu>'),
    ],
)
def test_the_schema_of_these_tests_refuses_what_tools_refuse(tmp_path, schema, good, bad):
    text = etree.tostring(write(tmp_path, [unit("Hello.", "こんにちは。")]), encoding="unicode")
    assert schema.validate(etree.fromstring(text))
    assert good in text
    assert not schema.validate(etree.fromstring(text.replace(good, bad, 1)))


def test_header_names_align_and_the_source_as_its_variants_are_tagged(tmp_path):
    tree = write(
        tmp_path,
        [unit("雾。", "Fog.", languages=("zh-Hans", "en"))],
        languages=["zh-Hans", "en"],
        source="zh-Hans",
    )
    header = tree.find("header")
    assert (header.get("creationtool"), header.get("creationtoolversion")) == (
        "align",
        align.__version__,
    )
    assert header.get("srclang") == tree.find(".//tuv").get(XML_LANG) == "zh-CN"


def test_file_starts_with_the_declaration_and_has_neither_mark_nor_doctype(tmp_path):
    write(tmp_path, [unit("Fog.", "霧。")])
    data = (tmp_path / "memory.tmx").read_bytes()
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">')
    assert b"<!DOCTYPE" not in data


def test_the_source_comes_first_wherever_the_unit_has_it(tmp_path, article):
    tree = write(tmp_path, article.units, languages=["en", "ja"], source="ja")
    order = [[tuv.get(XML_LANG) for tuv in tu.findall("tuv")] for tu in tree.iter("tu")]
    assert order == [["ja", "en"]] * len(order)
    assert order


def test_only_the_languages_asked_for_are_written(tmp_path, article):
    tree = write(tmp_path, article.units, languages=["ar"], source="en")
    assert {tuv.get(XML_LANG) for tuv in tree.iter("tuv")} == {"en", "ar"}


def test_a_unit_without_the_source_or_without_another_language_is_left_out(tmp_path, article):
    summary = write_tmx(tmp_path / "m.tmx", article.units, languages=["en", "ja"], source="en")
    assert summary.units + summary.duplicates + summary.left_out == len(article.units)
    assert summary.left_out > 0
    assert summary.units == len(list(read_tmx(tmp_path / "m.tmx")))


def test_an_incomplete_variant_stays_out(tmp_path):
    whole = Variant("en", (0, 1), "One. Two.")
    part = Variant("ja", (0,), "一。", complete=False)
    other = Variant("fr", (0,), "Un. Deux.")
    tree = write(tmp_path, [TranslationUnit((whole, part, other))], languages=["en", "ja", "fr"])
    assert [tuv.get(XML_LANG) for tuv in tree.iter("tuv")] == ["en", "fr"]


@pytest.mark.parametrize("empty", ["", "  ", "\x00\x0b", "\ufffe"])
def test_no_segment_is_empty(tmp_path, empty):
    tree = write(tmp_path, [unit("Fog.", empty), unit(empty, "霧。"), unit("Rain.", "雨。")])
    assert [seg.text for seg in tree.iter("seg")] == ["Rain.", "雨。"]


def test_the_same_pair_is_written_once_and_counted(tmp_path):
    units = [unit("Yes.", "はい。", number=n) for n in range(3)] + [unit("Yes.", "ええ。")]
    tree = write(tmp_path, units)
    assert [props(tu).get("x-count") for tu in tree.iter("tu")] == ["3", None]
    summary = write_tmx(tmp_path / "m.tmx", units, languages=["ja"], source="en")
    assert (summary.units, summary.duplicates) == (2, 2)


def test_a_pair_carries_its_measures_and_segments(tmp_path):
    pair = TranslationUnit(
        (Variant("en", (3, 4), "A. B."), Variant("ja", (5,), "甲乙。", 0.83124, 0.9))
    )
    (element,) = write(tmp_path, [pair]).iter("tu")
    assert props(element) == {
        "x-confidence": "0.9000",
        "x-similarity": "0.8312",
        "x-segments": "[3, 4]:[5]",
    }


def test_a_pair_joined_through_the_pivot_is_as_sure_as_its_weaker_bead(tmp_path):
    joined = TranslationUnit(
        (
            Variant("en", (0,), "Fog."),
            Variant("ja", (0,), "霧。", 0.9, 0.95),
            Variant("fr", (0,), "Brume.", 0.7, 0.6),
        )
    )
    (element,) = write(tmp_path, [joined], languages=["ja", "fr"], source="ja").iter("tu")
    assert props(element)["x-confidence"] == "0.6000"
    assert props(element)["x-similarity"] == "0.7000"


def test_a_multilingual_memory_names_the_language_of_each_property(tmp_path):
    languages = ("en", "ja", "zh-Hant")
    units = [unit("Fog.", "霧。", "霧。", languages=languages, confidence=0.9)]
    (element,) = write(tmp_path, units, languages=languages).iter("tu")
    assert set(props(element)) == {
        "x-segments-en",
        "x-segments-ja",
        "x-confidence-ja",
        "x-segments-zh-TW",
        "x-confidence-zh-TW",
    }


def test_no_property_has_a_name_that_means_something_to_a_tool(tmp_path, article):
    tree = write(tmp_path, article.units, languages=["ja", "ar"], context=True)
    names = {prop.get("type") for prop in tree.iter("prop")}
    assert names
    assert not names & RESERVED


@pytest.mark.parametrize("options", [{"properties": False}, {"profile": "trados"}])
def test_properties_can_be_left_out(tmp_path, article, options):
    assert not list(write(tmp_path, article.units, **options).iter("prop"))


def test_context_is_the_source_text_on_either_side(tmp_path):
    units = [unit(f"Sentence {n}.", f"{n}番目。", number=n) for n in (0, 1, 2, 7)]
    tree = write(tmp_path, units, properties=False, context=True)
    assert [props(tu) for tu in tree.iter("tu")] == [
        {"x-context-post": "Sentence 1."},
        {"x-context-pre": "Sentence 0.", "x-context-post": "Sentence 2."},
        {"x-context-pre": "Sentence 1."},
        {},  # there are segments between the third unit and this one
    ]


def test_context_may_be_text_that_has_no_translation(tmp_path):
    alone = TranslationUnit((Variant("en", (0,), "Only here."),))
    tree = write(tmp_path, [alone, unit("Fog.", "霧。", number=1)], context=True)
    assert [props(tu)["x-context-pre"] for tu in tree.iter("tu")] == ["Only here."]


@pytest.mark.parametrize(
    ("profile", "tags"),
    [
        ("default", ["zh-CN", "zh-TW", "pt-BR"]),
        ("omegat", ["zh-CN", "zh-TW", "pt-BR"]),
        ("memoq", ["zh-CN", "zh-TW", "pt-BR"]),
        ("lokalize", ["zh_CN", "zh_TW", "pt_BR"]),
        ("bcp47", ["zh-Hans", "zh-Hant", "pt-BR"]),
    ],
)
def test_each_profile_writes_the_tags_its_tool_knows(tmp_path, profile, tags):
    languages = ["zh-Hans", "zh-Hant", "pt-BR"]
    units = [unit("雾。", "霧。", "Névoa.", languages=languages)]
    tree = write(tmp_path, units, languages=languages, source="zh-Hans", profile=profile)
    assert [tuv.get(XML_LANG) for tuv in tree.iter("tuv")] == tags


def test_tags_can_be_given_by_hand_under_any_spelling_of_the_language(tmp_path):
    tree = write(tmp_path, [unit("Fog.", "霧。")], languages_as={"EN": "en-GB", "ja": "ja-JP"})
    assert tree.find("header").get("srclang") == "en-GB"
    assert [tuv.get(XML_LANG) for tuv in tree.iter("tuv")] == ["en-GB", "ja-JP"]


def test_a_profile_of_ones_own_can_be_given(tmp_path):
    own = TmxProfile("own", "a tool of ours", languages={"ja": "ja-JP"}, properties=False)
    tree = write(tmp_path, [unit("Fog.", "霧。", confidence=1.0)], profile=own)
    assert tree.findall(".//tuv")[1].get(XML_LANG) == "ja-JP"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"profile": "wordfast"}, "unknown TMX profile 'wordfast'; there are default, bcp47"),
        ({"languages_as": {"ja": "EN"}}, "would both be written as 'EN'"),
        ({"languages_as": {"ja": "ja jp"}}, "not a language tag"),
        ({"languages_as": {"jp": "ja"}}, "unknown language 'jp'"),
        ({"languages": ["en"]}, "needs a language beside its source"),
    ],
)
def test_settings_that_do_not_do_are_refused_and_leave_no_file(tmp_path, options, message):
    with pytest.raises(InputError, match=message):
        write(tmp_path, [unit("Fog.", "霧。")], **options)
    assert not list(tmp_path.iterdir())


def test_a_folder_in_the_way_is_an_output_error(tmp_path):
    with pytest.raises(OutputError, match=r"memory\.tmx: cannot be written: it is a folder"):
        (tmp_path / "memory.tmx").mkdir()
        write(tmp_path, [unit("Fog.", "霧。")])


def test_sides_that_tools_skip_for_their_length_are_warned_of(tmp_path):
    units = [unit("a" * 2001, "短い。"), unit("b" * 2000, "短い。"), unit("c", "長" * 2500)]
    summary = write_tmx(tmp_path / "m.tmx", units, languages=["ja"], source="en")
    assert (summary.units, summary.too_long, len(summary.warnings)) == (3, 2, 2)
    assert "2,001 characters of en" in summary.warnings[0]
    assert "2,500 characters of ja" in summary.warnings[1]


def test_a_multilingual_file_for_a_tool_of_pairs_is_warned_of(tmp_path, article):
    summary = write_tmx(
        tmp_path / "m.tmx", article.units, languages=["ja", "ar"], source="en", profile="trados"
    )
    assert summary.warnings == (
        "Trados Studio takes two languages a file, this one has 3; write a file for each pair",
    )


def test_dates_are_utc_and_can_be_fixed(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    tree = write(tmp_path, [unit("Fog.", "霧。")])
    assert tree.find("header").get("creationdate") == "20010909T014640Z"
    assert tree.find(".//tu").get("creationdate") == "20010909T014640Z"


def test_the_same_input_gives_the_same_bytes(tmp_path, monkeypatch, article):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    for name in "ab":
        write_tmx(tmp_path / name, article.units, languages=["ja", "ar"], source="en")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("value", ["yesterday", "1e9", "99999999999999999999"])
def test_a_date_that_is_none_is_refused(tmp_path, monkeypatch, value):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH"):
        write(tmp_path, [unit("Fog.", "霧。")])


@pytest.mark.parametrize(("properties", "place"), [(True, "prop"), (False, "note")])
def test_the_note_says_whose_text_it_is(tmp_path, schema, properties, place):
    note = "R&D <b>\x00, CC BY 4.0"
    tree = write(tmp_path, [unit("Fog.", "霧。")], note=note, properties=properties)
    schema.assertValid(tree)
    assert tree.find(f"header/{place}").text == "R&D <b>, CC BY 4.0"
    assert len(tree.find("header")) == 1


def test_tmx_keeps_right_to_left_marks_joiners_and_astral_letters(tmp_path):
    text = "\u200fقال\u061c \u2067(R&D)\u2069 👩\u200d🔬 𝔞 می\u200cخواهم ]]>"
    tree = write(tmp_path, [unit("x", text, languages=("en", "ar"))], languages=["ar"])
    assert tree.findall(".//seg")[1].text == text


def test_control_characters_are_dropped_and_separating_ones_become_spaces(tmp_path):
    tree = write(tmp_path, [unit("a\x00b\x0bc\x0cd\ufffee\ud800f", "霧。")])
    assert tree.find(".//seg").text == "ab c def"


@pytest.mark.opened_by("translate-toolkit", memory="tmx")
def test_translate_toolkit_reads_the_memory(tmp_path, article):
    path = tmp_path / "memory.tmx"
    units = pair_units(
        article.editions["en"], article.editions["ja"], article.alignments["ja"], min_confidence=0.5
    )
    write_tmx(path, units, languages=["ja"], source="en")
    with path.open("rb") as stream:
        read = toolkit.tmxfile(stream, "en", "ja")
    pairs = [(str(u.source), str(u.target)) for u in read.units]
    assert pairs == [tuple(v.text for v in u.variants) for u in units]


# Control characters, bidirectional marks, XML's own signs, astral letters, and any other text.
difficult = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(
            "\x00\x0b\x1f\x7f\x85\u2028\ufffe\uffff\r\n\t &<>]]'\"\u200f\u061c\u2067👩𐍈"
        ),
    ),
    max_size=40,
)


@given(st.lists(st.tuples(difficult, difficult), max_size=5))
def test_any_text_survives_but_for_what_xml_cannot_hold(tmp_path_factory, pairs):
    path = tmp_path_factory.mktemp("tmx") / "memory.tmx"
    units = [unit(*pair, languages=("en", "ar"), number=n) for n, pair in enumerate(pairs)]
    write_tmx(path, units, languages=["ar"], source="en")
    read = [tuple(variant.text for variant in u.variants) for u in read_tmx(path)]

    def kept(text):
        spaced = "".join(" " if c in "\v\f\x1c\x1d\x1e\x1f" else c for c in text)
        return "".join(
            c
            for c in spaced
            if c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
        )

    expected = [tuple(map(kept, pair)) for pair in pairs]
    expected = [pair for pair in expected if all(text.strip() for text in pair)]
    assert read == list(dict.fromkeys(expected))
