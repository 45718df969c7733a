import gzip
import io
import resource
import sys

import pytest

from align.errors import InputError
from align.formats import read_pairs
from align.formats.tmx import read_tmx, write_tmx
from align.skipped import Skipped
from align.units import Remark, TranslationUnit, Variant

HEADER = '<header creationtool="other" srclang="en-US" segtype="sentence"/>'


def tmx(body, *, header=HEADER, root='<tmx version="1.4">', before=""):
    return f"{before}{root}{header}<body>{body}</body></tmx>"


def read(folder, content, encoding="utf-8"):
    path = folder / "memory.tmx"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return list(read_tmx(path))


def texts(units):
    return [{variant.language: variant.text for variant in unit.variants} for unit in units]


def tu(*variants, attribute="xml:lang"):
    made = (f'<tuv {attribute}="{tag}"><seg>{text}</seg></tuv>' for tag, text in variants)
    return f"<tu>{''.join(made)}</tu>"


def test_a_memory_written_is_read_back(tmp_path, article):
    write_tmx(tmp_path / "m.tmx", article.units, languages=["ja", "ar"], source="en")
    read = texts(read_tmx(tmp_path / "m.tmx"))
    written = [
        {v.language: v.text for v in unit.translated().variants}
        for unit in article.units
        if unit.translated()
    ]
    assert read == written


def test_units_read_have_text_and_language_and_no_segments(tmp_path):
    units = read(tmp_path, tmx(tu(("en", "Fog."), ("zh-CN", "雾。"))))
    assert units == [TranslationUnit((Variant("en", (), "Fog."), Variant("zh-Hans", (), "雾。")))]


@pytest.mark.parametrize(
    ("tag", "language"),
    [("EN-us", "en-US"), ("zh_TW", "zh-Hant"), ("FR", "fr"), ("xx-invented", "xx-invented")],
)
def test_tags_are_normalised_where_they_name_a_language(tmp_path, tag, language):
    (unit,) = read(tmp_path, tmx(tu((tag, "Fog."))))
    assert unit.variants[0].language == language


def test_the_source_language_comes_first(tmp_path):
    (unit,) = read(tmp_path, tmx(tu(("ja", "霧。"), ("fr", "Brume."), ("EN-US", "Fog."))))
    assert [variant.language for variant in unit.variants] == ["en-US", "ja", "fr"]


def test_a_unit_can_have_a_source_language_of_its_own(tmp_path):
    body = tu(("en-US", "Fog."), ("ja", "霧。")).replace("<tu>", '<tu srclang="ja">')
    (unit,) = read(tmp_path, tmx(body, header=HEADER.replace("en-US", "*all*")))
    assert unit.variants[0].language == "ja"


def test_several_variants_in_one_language_are_several_units(tmp_path):
    body = tu(("en-US", "Fog."), ("fr", "Brume."), ("ja", "霧。"), ("FR", "Brouillard."))
    units = read(tmp_path, tmx(body.replace("<tu>", '<tu tuid="7" usagecount="3">')))
    assert texts(units) == [
        {"en-US": "Fog.", "fr": "Brume.", "ja": "霧。"},
        {"en-US": "Fog.", "fr": "Brouillard."},
    ]
    assert [unit.attributes for unit in units] == [
        (("tuid", "7"), ("usagecount", "3")),
        (("usagecount", "3"),),
    ]


def test_a_second_source_stands_with_the_first_translation(tmp_path):
    body = tu(("en-US", "Fog."), ("en-US", "Mist."), ("fr", "Brume."))
    assert texts(read(tmp_path, tmx(body))) == [
        {"en-US": "Fog.", "fr": "Brume."},
        {"en-US": "Mist.", "fr": "Brume."},
    ]


def test_time_grows_with_the_attributes_of_an_element_and_not_with_their_square(tmp_path):
    crowd = " ".join(f'a{number}="{number}"' for number in range(200_000))
    body = tu(("en-US", "Fog."), ("fr", "Brume.")).replace("<tu>", f"<tu {crowd} tuid='7'>")
    (unit,) = read(tmp_path, tmx(body))  # took a quarter of an hour
    assert unit.attributes[199_999:] == (("a199999", "199999"), ("tuid", "7"))


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.3", "1.4", "1.4b"])
def test_old_versions_with_lang_are_read(tmp_path, version):
    content = tmx(tu(("en", "Fog."), attribute="lang"), root=f'<tmx version="{version}">')
    assert texts(read(tmp_path, content)) == [{"en": "Fog."}]


def test_a_namespace_is_read(tmp_path):
    content = tmx(tu(("en", "Fog.")), root='<tmx xmlns="http://www.lisa.org/tmx14">')
    assert texts(read(tmp_path, content)) == [{"en": "Fog."}]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", None), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-16", None),
     ("windows-1251", "windows-1251")],
)  # fmt: skip
def test_encodings_that_tools_write_are_read(tmp_path, encoding, declared):
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    content = tmx(tu(("ru", "Туман.")), before=declaration)
    assert texts(read(tmp_path, content, encoding)) == [{"ru": "Туман."}]


@pytest.mark.parametrize(
    ("seg", "text"),
    [
        ('Press <bpt i="1">&lt;b&gt;</bpt>OK<ept i="1">&lt;/b&gt;</ept> now.', "Press OK now."),
        ('A<ph x="1"/> b<ph>{0}</ph>c<it pos="begin">\\i</it>.', "A b c."),
        ("The <hi>red <hi>fox</hi></hi> ran.", "The red fox ran."),
        ('See<ph>[img alt="<sub> the quay</sub>"]</ph>.', "See the quay."),
        ("<ut>{\\b </ut>Bold<ut>}</ut>", "Bold"),
        ("a<!-- no --> b<?pi no?> <![CDATA[<c>]]> R&amp;D &#x1D504;", "a b <c> R&D 𝔄"),
        ("  kept  as\nit is ", "  kept  as\nit is "),
    ],
)
def test_segments_keep_their_text_and_leave_out_native_code(tmp_path, seg, text):
    assert texts(read(tmp_path, tmx(tu(("en", seg))))) == [{"en": text}]


def test_a_second_segment_of_a_variant_is_told_of(tmp_path):
    path = tmp_path / "memory.tmx"
    path.write_text(tmx(tu(("en", "Fog.</seg><seg>Mist."), ("ja", "霧。"))), encoding="utf-8")
    skipped = Skipped()
    assert texts(read_tmx(path, skipped=skipped)) == [{"en": "Fog.", "ja": "霧。"}]
    assert skipped.messages("m") == ("m:1: a second <seg> of a <tuv> is passed over",)


def test_a_variant_without_a_language_is_passed_over_and_said(tmp_path):
    path = tmp_path / "memory.tmx"
    lone = "<tuv><seg>Fog.</seg></tuv>"
    path.write_text(tmx(f"\n<tu>{lone}{tu(('en', 'Fog.'), ('ja', '霧。'))[4:]}"), encoding="utf-8")
    skipped = Skipped()
    assert texts(read_tmx(path, skipped=skipped)) == [{"en": "Fog.", "ja": "霧。"}]
    assert skipped.messages("m") == ("m:2: a <tuv> without xml:lang is passed over",)


def test_what_gzip_packed_is_read(tmp_path):
    path = tmp_path / "memory.tmx.gz"
    path.write_bytes(gzip.compress(tmx(tu(("en", "Fog."))).encode()))
    assert texts(read_tmx(path)) == [{"en": "Fog."}]
    assert texts(read_pairs(path)) == [{"en": "Fog."}]


def test_what_was_packed_to_fill_the_memory_is_refused(tmp_path):
    path = tmp_path / "memory.tmx.gz"
    nothing = b"<!--" + b" " * 2**20 + b"-->"
    with gzip.open(path, "wb") as stream:
        stream.write(tmx("|").split("|")[0].encode())
        for _ in range(70):
            stream.write(nothing)
    with pytest.raises(InputError, match="unpacks to more than 200 times its size"):
        list(read_tmx(path))


def test_a_broken_gzip_file_is_refused(tmp_path):
    path = tmp_path / "memory.tmx.gz"
    path.write_bytes(gzip.compress(tmx(tu(("en", "Fog."))).encode())[:-20])
    with pytest.raises(InputError, match="a broken gzip file"):
        list(read_tmx(path))


def test_all_that_a_unit_says_is_kept(tmp_path):
    body = (
        '<tu tuid="7" creationid="kato"><note>n</note><prop type="x-y">p</prop>'
        '<tuv xml:lang="en" changeid="ann"><prop type="x-z">q</prop>'
        '<seg>Fog <bpt i="1" x="4">&lt;b&gt;</bpt>x<ept i="1">&lt;/b&gt;</ept></seg></tuv></tu>'
    )
    (unit,) = read(tmp_path, tmx(body))
    assert dict(unit.attributes) == {"tuid": "7", "creationid": "kato"}
    assert unit.remarks == (Remark("n"), Remark("p", "x-y"))
    (variant,) = unit.variants
    assert ("changeid", "ann") in variant.attributes
    assert variant.remarks == (Remark("q", "x-z"),)
    text, opening, word, closing = variant.content
    assert (text, word) == ("Fog ", "x")
    assert (opening.native, opening.key, opening.role) == ("<b>", "4", "open")
    assert (closing.native, closing.key, closing.role) == ("</b>", "4", "close")


def test_notes_and_properties_are_no_text(tmp_path):
    body = (
        '<tu tuid="1"><note>n</note><prop type="x-y">p</prop>'
        '<tuv xml:lang="en"><note>n</note><prop type="x-y">p</prop><seg>Fog.</seg></tuv></tu>'
    )
    assert texts(read(tmp_path, tmx(body))) == [{"en": "Fog."}]


def test_empty_variants_and_units_are_passed_over(tmp_path):
    body = tu(("en", "Fog."), ("ja", " ")) + tu(("en", "")) + "<tu/>"
    assert texts(read(tmp_path, tmx(body))) == [{"en": "Fog."}]


def test_a_doctype_is_tolerated_and_not_loaded(tmp_path):
    (tmp_path / "tmx14.dtd").write_text("this is no DTD <<<")
    content = tmx(tu(("en", "Fog.")), before='<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
    assert texts(read(tmp_path, content)) == [{"en": "Fog."}]


def test_entities_of_files_are_not_read(tmp_path):
    (tmp_path / "secret.txt").write_text("the secret")
    address = (tmp_path / "secret.txt").as_uri()
    content = tmx(tu(("en", "a &x; b")), before=f'<!DOCTYPE tmx [<!ENTITY x SYSTEM "{address}">]>')
    assert texts(read(tmp_path, content)) == [{"en": "a &x; b"}]


@pytest.mark.parametrize("place", ["seg", "attribute"])
def test_entities_that_multiply_are_refused_before_they_fill_the_memory(tmp_path, place):
    entities = '<!ENTITY e0 "0123456789">' + "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)
    )
    body = tu(("en", "&e11;")) if place == "seg" else tu(("&e11;", "Fog."))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(InputError, match="not well-formed XML"):
        read(tmp_path, tmx(body, before=f"<!DOCTYPE tmx [{entities}]>"))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_units_come_one_at_a_time_from_a_file_larger_than_what_is_held(tmp_path):
    path = tmp_path / "large.tmx"
    with path.open("w", encoding="utf-8") as stream:
        stream.write(f'<tmx version="1.4">{HEADER}<body>')
        for number in range(30_000):
            stream.write(tu(("en", f"{number} " + "fog " * 150), ("ja", "霧" * 150)) + "\n")
        stream.write("</body></tmx>")
    assert path.stat().st_size > 30_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(1 for _ in read_tmx(path)) == 30_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 15_000


def test_standard_input_is_read(monkeypatch):
    content = tmx(tu(("en", "Fog."))).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert texts(read_tmx("-")) == [{"en": "Fog."}]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (tmx("\n\n<tu><tuv></tu>"), r"memory\.tmx:3: not well-formed XML: .*tuv"),
        (tmx("")[:-6], r"memory\.tmx:1: not well-formed XML"),
        ("", r"memory\.tmx: is empty"),
        ("\x00\x01\x02", r"memory\.tmx.*: not well-formed XML"),
        ("<html><body/></html>", r"memory\.tmx: not TMX: its root element is <html>"),
        ("<a>" * 5000, r"memory\.tmx: not TMX"),
        (tmx(tu(("en", "<hi>" * 5000))), r"memory\.tmx:1: has elements nested too deeply"),
        (
            tmx(tu(("en", "\udcff")), before="").encode("utf-8", "surrogateescape"),
            "not well-formed",
        ),
    ],
)
def test_a_file_that_is_no_memory_is_refused_in_one_line(tmp_path, content, message):
    with pytest.raises(InputError, match=message) as caught:
        read(tmp_path, content)
    assert "\n" not in str(caught.value)


def test_a_memory_that_is_not_there_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match=r"none\.tmx: no such file"):
        list(read_tmx(tmp_path / "none.tmx"))
    with pytest.raises(InputError, match="is a folder"):
        list(read_tmx(tmp_path))


def test_standard_input_has_the_limit_that_files_have(monkeypatch):
    content = tmx(tu(("en", "Fog."))).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    monkeypatch.setattr("align.formats.files.MOST_BYTES_STREAMED", len(content) - 1)
    with pytest.raises(InputError, match=r"^-: has more than 0 MB, the limit"):
        list(read_tmx("-"))


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_memory_in_a_wide_encoding_is_read_with_its_mark_or_without(tmp_path, encoding, mark):
    content = tmx(tu(("en", "Fog.")), before=f'{mark}<?xml version="1.0"?>')
    path = tmp_path / "memory.bin"  # told by what it holds
    path.write_bytes(content.encode(encoding))
    assert texts(read_pairs(path)) == [{"en": "Fog."}]
