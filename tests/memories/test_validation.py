"""The validator: what it refuses, on which line, and what it lets pass."""

import pytest

from align.memories import validate_tmx

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
        return [(fault.line, fault.severity, fault.message) for fault in validate_tmx(path)]

    return of


def test_a_valid_file_has_no_faults(faults):
    assert faults(GOOD) == []


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
    ],
)
def test_what_tools_trip_over_is_a_warning(faults, good, bad, line, message):
    found = faults(GOOD.replace(good, bad, 1))
    assert {severity for _, severity, _ in found} == {"warning"}
    assert any(at == line and said.startswith(message) for at, _, said in found), found


@pytest.mark.parametrize("content", [b"", b"<xliff/>", b"\xef\xbb\xbf" + GOOD.encode(), b"\0\1"])
def test_what_is_no_tmx_or_begins_oddly_is_told(faults, content):
    assert faults(content)


def test_entities_are_not_expanded(faults):
    bomb = GOOD.replace("<tmx ", '<!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<tmx ')
    assert "aaaa" not in str(faults(bomb.replace("Une voile", "&b;")))
