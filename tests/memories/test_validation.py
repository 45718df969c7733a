"""The validator: what it refuses, on which line, and what it lets pass."""

import pytest

from align.codes import Code
from align.formats.tmx import write_tmx
from align.formats.tmx.profiles import PROFILES
from align.memories import validate_tmx
from align.units import TranslationUnit, Variant

GOOD = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
 srclang="en" datatype="plaintext" creationdate="20240101T120000Z"><note>n</note></header>
<body>
<tu tuid="1" usagecount="3">
<note>n</note><prop type="x-a">b</prop>
<tuv xml:lang="en"><prop type="x-b">c</prop><seg>A <bpt i="1" x="1">{</bpt>red<ept i="1">}</ept>
 <hi type="b">sail</hi><ph x="2">{0}<sub>alt</sub></ph><it pos="begin" x="3">[</it></seg></tuv>
<tuv xml:lang="fr"><seg>Une voile</seg></tuv>
</tu>
</body>
</tmx>
"""


@pytest.fixture
def faults(tmp_path):
    def of(content):
        path = tmp_path / "a.tmx"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        found = validate_tmx(path)
        assert all(fault.remedy for fault in found)
        return [(fault.line, fault.severity, fault.message) for fault in found]

    return of


def test_a_valid_file_has_no_faults(faults):
    assert faults(GOOD) == []


def test_what_is_wrong_is_said_in_one_line(faults):
    ((_, _, message),) = faults(GOOD.replace("voile", "\0"))
    assert message.startswith("not well-formed XML: ")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("good", "bad", "line", "message"),
    [
        ('version="1.4"', 'version="1.4b"', 2, "the version is '1.4b', not '1.4'"),
        ("<tmx ", '<tmx xmlns="http://www.lisa.org/tmx14" ', 2, "<tmx> is in a namespace"),
        ("<tmx ", '<tmx encoding="UTF-8" ', 2, "<tmx> has no attribute encoding"),
        (' adminlang="en"', "", 4, "<header> without adminlang"),
        ('segtype="sentence"', 'segtype="line"', 4, "segtype is 'line'"),
        ("20240101T120000Z", "2024-01-01", 4, "creationdate is '2024-01-01'"),
        ("<seg>Une", '<seg xml:space="preserve">Une', 10, "<seg> has no attribute xml:space"),
        ('<tuv xml:lang="fr">', '<tuv xml:lang="fr" dir="ltr">', 10, "<tuv> has no attribute dir"),
        ('<tuv xml:lang="fr">', '<tuv lang="fr">', 10, "a <tuv> without xml:lang"),
        ("<tu tuid", '<tu xml:lang="en" tuid', 6, "<tu> has no attribute xml:lang"),
        ('<it pos="begin" ', "<it ", 9, "<it> without pos"),
        ('<ept i="1">', '<ept i="2">', 8, "an <ept> whose <bpt> with i='2' is not before it"),
        ("<seg>Une voile</seg>", "", 10, "a <tuv> with 0 <seg>"),
        ("</tu>", "<note>late</note></tu>", 6, "a note or property behind <tuv> in <tu>"),
        ("Une voile", "Une <b>voile</b>", 10, "an unknown element <b> in <seg>"),
        ("Une voile", "Une &#11; voile", 10, "not well-formed XML"),
        ("</tuv>\n</tu>", "</tu>", 10, "not well-formed XML"),
        ('version="1.4"', 'version="1.4."', 2, "the version is '1.4.', not '1.4'"),
        (' version="1.4"', "", 2, "<tmx> says no version"),
        (
            '<tuv xml:lang="fr">',
            '<tuv xml:lang="fr" segtype="block">',
            10,
            "<tuv> has no attribute segtype",
        ),
        (
            "</seg></tuv>\n</tu>",
            "</seg><note>n</note></tuv>\n</tu>",
            10,
            "a note or property behind <seg> in <tuv>",
        ),
        ("</seg></tuv>\n</tu>", "</seg><seg>x</seg></tuv>\n</tu>", 10, "a <tuv> with 2 <seg>"),
        ('<it pos="begin" ', '<it pos="middle" ', 9, "pos is 'middle'"),
        (' type="x-a"', "", 7, "<prop> without type"),
        ("<body>", "<body/><body>", 5, "a second <body>"),
        *(
            (f' {key}="{value}"', "", 4, f"<header> without {key}")
            for key, value in (
                ("creationtool", "x"),
                ("creationtoolversion", "1"),
                ("segtype", "sentence"),
                ("o-tmf", "x"),
                ("srclang", "en"),
                ("datatype", "plaintext"),
            )
        ),
    ],
)
def test_an_error_has_its_line(faults, good, bad, line, message):
    assert good in GOOD
    found = [(at, said) for at, severity, said in faults(GOOD.replace(good, bad, 1))
             if severity == "error"]  # fmt: skip
    assert any(at == line and said.startswith(message) for at, said in found), found


@pytest.mark.parametrize(
    ("good", "bad", "line", "message"),
    [
        ("<tmx ", '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx ', 2, "has a document type"),
        ('srclang="en"', 'srclang="en-US"', 6, "no variant is in the source language 'en-US'"),
        ('type="x-a"', 'type="id"', 7, "a property 'id' has a meaning of its own"),
        ('xml:lang="fr"', 'xml:lang="fr_FR"', 10, "xml:lang is 'fr_FR', with an underscore"),
        ('xml:lang="fr"', 'xml:lang="en"', 6, "two variants in 'en'"),
        ("Une voile", "", 10, "an empty <seg>"),
        ("Une voile", "v" * 2001, 10, "2,001 characters"),
        ('segtype="sentence"', 'segtype="paragraph"', 4, "segtype is paragraph"),
        ('srclang="en"', 'srclang="EN"', 6, "no variant is in the source language 'EN'"),
        ('srclang="en"', 'srclang="fr"', 6, "the variant in the source language 'fr' is not the"),
        (
            "</tu>",
            '<tuv xml:lang="fr-CA"><seg>x</seg></tuv></tu>',
            6,
            "variants in 'fr' and 'fr-CA': OmegaT takes both for one language",
        ),
        ("</tu>", '<tuv xml:lang="de"><seg>x</seg></tuv></tu>', 6, "more than two languages"),
        ('xml:lang="fr"', 'xml:lang="zh-Hans"', 6, "xml:lang is 'zh-Hans', which few tools know"),
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n", 1, "has no XML declaration"),
        *(
            ('type="x-a"', f'type="{name}"', 7, f"a property '{name}' has a meaning of its own")
            for name in ("file", "prev", "next", "path", "x-ice", "x-100pc", "x-auto")
        ),
    ],
)
def test_what_tools_trip_over_is_a_warning(faults, good, bad, line, message):
    found = faults(GOOD.replace(good, bad, 1))
    assert {severity for _, severity, _ in found} == {"warning"}
    assert any(at == line and said.startswith(message) for at, _, said in found), found


def test_variants_that_are_one_language_to_a_tool_are_told_once_with_how_many_units_have_them(
    faults,
):
    unit = GOOD[GOOD.index("<tu ") : GOOD.index("</body>")]
    canadian = unit.replace("</tu>", '<tuv xml:lang="fr-CA"><seg>x</seg></tuv></tu>')
    others = "".join(canadian.replace('tuid="1"', f'tuid="{number}"') for number in (2, 3))
    found = faults(GOOD.replace("</body>", f"{others}</body>"))
    assert [(line, said) for line, _, said in found if "fr-CA" in said] == [
        (12, "variants in 'fr' and 'fr-CA' in 2 units, this is the first: OmegaT takes both for "
         "one language")
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"<xliff/>", b"\xef\xbb\xbf" + GOOD.encode(), b"\0\1"])
def test_what_is_no_tmx_or_begins_oddly_is_told(faults, content):
    assert faults(content)


def test_entities_are_not_expanded(faults):
    bomb = GOOD.replace("<tmx ", '<!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<tmx ')
    assert "aaaa" not in str(faults(bomb.replace("Une voile", "&b;")))


# What other tools write, in their manner; none of it is an error.
OF_TOOLS = {
    "trados": """<?xml version="1.0" encoding="utf-8"?>
<tmx version="1.4">
<header creationtool="SDL Language Platform" creationtoolversion="8.1"
 o-tmf="SDL TM8 Format" datatype="xml" segtype="sentence" adminlang="en-US" srclang="en-US"
 creationdate="20230405T060708Z" creationid="HOST\\ann">
<prop type="x-Recognizers">All</prop></header>
<body><tu creationdate="20230405T060708Z" creationid="HOST\\ann" changedate="20230405T060708Z"
 changeid="HOST\\ann" lastusagedate="20230405T060708Z" usagecount="2">
<prop type="x-LastUsedBy">HOST\\ann</prop><prop type="x-Context">0, 0</prop>
<prop type="x-ConfirmationLevel">Translated</prop>
<tuv xml:lang="en-US"><seg>Turn <bpt i="1" type="b" x="1" />left<ept i="1" />.</seg></tuv>
<tuv xml:lang="fr-FR"><seg>Tournez <bpt i="1" type="b" x="1" />à gauche<ept i="1" />.</seg></tuv>
</tu></body></tmx>""",
    "memoq": """<?xml version="1.0" encoding="utf-8"?>
<tmx version="1.4"><header creationtool="MemoQ" creationtoolversion="9.1.2" segtype="sentence"
 adminlang="en-us" creationid="ann" srclang="en-gb" o-tmf="MemoQTM" datatype="unknown">
<prop type="defclient">c</prop><prop type="name">boats</prop></header>
<body><tu changedate="20230405T060708Z" creationdate="20230405T060708Z" creationid="ann"
 changeid="ann"><prop type="client">c</prop><prop type="x-document">a.docx</prop>
<tuv xml:lang="en-gb"><prop type="x-context-pre">&lt;seg&gt;Fog.&lt;/seg&gt;</prop>
<seg>Raise <ph type="fmt">{}</ph> the sail.</seg></tuv>
<tuv xml:lang="de"><seg>Hisst <ph type="fmt">{}</ph> das Segel.</seg></tuv></tu></body></tmx>""",
    "omegat": """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US"
 datatype="plaintext" creationtoolversion="6.0.0" segtype="sentence" srclang="en"/>
<body><!-- Default translations -->
<tu>
<tuv xml:lang="en"><seg><bpt i="0" x="0">&lt;f0&gt;</bpt>x<ept i="0">&lt;/f0&gt;</ept></seg></tuv>
<tuv xml:lang="fr" changeid="ann" changedate="20230405T060708Z" creationid="ann"
 creationdate="20230405T060708Z"><seg>Banc de brume</seg></tuv></tu>
<tu><note>Alternative</note><prop type="file">a.txt</prop><prop type="prev">Fog.</prop>
<tuv xml:lang="en"><seg>Bank</seg></tuv><tuv xml:lang="fr"><seg>Banc</seg></tuv></tu>
</body></tmx>""",
    "lokalize": """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="lokalize" creationtoolversion="23.08" segtype="paragraph"
 o-tmf="x" adminlang="en" srclang="en_US" datatype="rc"></header>
<body><tu tuid="12"><tuv xml:lang="en_US"><seg>&amp;Open</seg></tuv>
<tuv xml:lang="pt_BR"><prop type="x-file">a.po</prop><seg>A&amp;brir</seg></tuv></tu>
</body></tmx>""",
    "okapi": """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="Okapi.Utilities.TMXExport" creationtoolversion="1"
 segtype="sentence" o-tmf="ltmf" adminlang="en" srclang="en" datatype="x-okf"></header>
<body><tu tuid="a_s1"><prop type="Txt::FileName">a.html</prop>
<tuv xml:lang="en"><seg>See <ph x="1">{{0}}</ph> <it x="2" pos="begin">&lt;b></it></seg></tuv>
<tuv xml:lang="es"><seg>Véase <ph x="1">{{0}}</ph> <it x="2" pos="begin">&lt;b></it></seg></tuv>
</tu></body></tmx>""",
}


@pytest.mark.parametrize("tool", OF_TOOLS)
def test_what_other_tools_write_has_no_errors(faults, tool):
    found = faults(OF_TOOLS[tool])
    assert [each for each in found if each[1] == "error"] == []


@pytest.mark.parametrize("profile", PROFILES)
def test_what_is_written_for_each_tool_has_no_errors(tmp_path, profile):
    path = tmp_path / "a.tmx"
    content = ("A ", Code("g", "open", "1"), "red", Code("g", "close", "1"), " sail")
    units = [
        TranslationUnit((Variant("en", (0,), "A red sail", content=content),
                         Variant("zh-Hant", (0,), "紅帆", 0.9, 0.8))),
        TranslationUnit((Variant("en", (1,), "Fog"), Variant("zh-Hant", (1,), "霧"))),
    ]  # fmt: skip
    write_tmx(path, units, languages=["en", "zh-Hant"], source="en", profile=profile)
    severities = {fault.severity for fault in validate_tmx(path)}
    assert severities <= ({"warning"} if profile in ("bcp47", "lokalize") else set())
