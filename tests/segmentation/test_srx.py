"""SRX files: our own is valid and portable, a user's is read, a bad one is refused."""

from __future__ import annotations

import re
from importlib.resources import as_file, files

import pytest
import xmlschema
from lxml import etree

from align.errors import InputError
from align.segmentation import Segmenter, default_rules
from align.segmentation.srx import read_srx

SRX = "{http://www.lisa.org/srx20}"

OWN_FILE = """<?xml version="1.0" encoding="UTF-8"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
  <header segmentsubflows="yes" cascade="yes"/>
  <body>
    <languagerules>
      <languagerule languagerulename="All">
        <rule break="no">
          <beforebreak>\\bDr\\.</beforebreak>
          <afterbreak>\\s</afterbreak>
        </rule>
        <rule break="yes">
          <beforebreak>[.|]+</beforebreak>
          <afterbreak>\\s</afterbreak>
        </rule>
      </languagerule>
    </languagerules>
    <maprules>
      <languagemap languagepattern="ZH[-_]CN" languagerulename="All"/>
      <languagemap languagepattern="EN.*" languagerulename="All"/>
    </maprules>
  </body>
</srx>
"""


@pytest.fixture
def srx(tmp_path):
    def write(text):
        path = tmp_path / "rules.srx"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


def test_our_rules_are_valid_srx_2():
    with as_file(files("choppa") / "data" / "xsd" / "srx20.xsd") as schema:
        xmlschema.XMLSchema(str(schema)).validate(etree.fromstring(default_rules().encode()))


def test_our_rules_pass_the_checks_of_a_users_file(srx):
    path = srx(default_rules())
    assert Segmenter(path).signature == Segmenter().signature
    assert Segmenter(path).split("Mr. Ito left. Why?", "en") == ["Mr. Ito left.", "Why?"]


def test_every_block_of_our_rules_is_mapped_and_the_default_comes_last():
    root = etree.fromstring(default_rules().encode())
    blocks = [e.get("languagerulename") for e in root.iter(f"{SRX}languagerule")]
    maps = [e.get("languagerulename") for e in root.iter(f"{SRX}languagemap")]
    assert maps == blocks
    assert next(root.iter(f"{SRX}header")).get("cascade") == "yes"
    assert list(root.iter(f"{SRX}languagemap"))[-1].get("languagepattern") == ".*"


@pytest.mark.parametrize(
    "construct",
    [
        pytest.param(r"\\[bBwWdDhvRXKAZzG]", id="classes that differ between engines"),
        pytest.param(r"\(\?P|\(\?[a-zA-Z]|\(\?\(|\(\?&|\(\?>", id="named groups and flags"),
        pytest.param(r"\\p\{(?!Lu\}|Ll\}|L\}|M\}|N\}|Nd\})", id="properties not in .NET"),
        pytest.param(r"\[[^\]]*(?:&&|--|\|\||~~)[^\]]*\]", id="operators in a class"),
        pytest.param(r"[*+?}]\+", id="possessive repeats"),
        pytest.param(r"\((?!\?)", id="capturing groups, which slow tools down"),
    ],
)
def test_our_rules_keep_to_what_every_engine_reads_alike(construct):
    root = etree.fromstring(default_rules().encode())
    for element in root.iter(f"{SRX}beforebreak", f"{SRX}afterbreak"):
        without_escapes_and_classes = re.sub(r"\[(?:\\.|[^\]\\])*\]|\\[^a-zA-Z]", "x", element.text)
        text = element.text if construct.startswith(r"\[") else without_escapes_and_classes
        assert not re.search(construct, text), element.text


def test_every_rule_has_both_its_parts_for_tools_that_need_them():
    for rule in etree.fromstring(default_rules().encode()).iter(f"{SRX}rule"):
        assert rule.findtext(f"{SRX}beforebreak")
        assert rule.findtext(f"{SRX}afterbreak")


def test_lookbehinds_of_our_rules_are_bounded():
    root = etree.fromstring(default_rules().encode())
    for element in root.iter(f"{SRX}beforebreak", f"{SRX}afterbreak"):
        for start in re.finditer(r"\(\?<[=!]", element.text):
            assert not re.search(r"(?<!\\)[*+]", group_at(element.text, start.start()))


def test_exceptions_of_our_rules_fit_into_a_lookbehind_of_java():
    root = etree.fromstring(default_rules().encode())
    for rule in root.iter(f"{SRX}rule"):
        before = rule.findtext(f"{SRX}beforebreak") or ""
        if rule.get("break") == "no":
            assert not re.search(r"\)[*+{]", group_at(f"({before})", 0)), before


def group_at(pattern, start):
    """The group that opens at an offset, character classes and escapes blanked out."""
    blanked = re.sub(
        r"\[(?:\\.|[^\]\\])*\]|\\.", lambda match: "x" * len(match.group()), pattern[start:]
    )
    depth = 0
    for offset, character in enumerate(blanked):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if not depth:
            return blanked[: offset + 1]
    raise AssertionError(f"unbalanced: {pattern}")


def test_users_own_rules_are_obeyed(srx):
    segmenter = Segmenter(srx(OWN_FILE))
    assert segmenter.split("Dr. Ito | left! Why? No.", "en-GB") == ["Dr. Ito |", "left! Why? No."]


def test_users_language_maps_are_found_in_their_tools_spelling(srx):
    assert Segmenter(srx(OWN_FILE)).split("One. Two.", "zh-Hans") == ["One.", "Two."]


def test_language_that_users_rules_leave_out_is_one_segment(srx):
    assert Segmenter(srx(OWN_FILE)).split(" One. Two. ", "fr") == ["One. Two."]


def test_prefixed_namespace_is_understood(srx):
    text = re.sub(r"<(/?)(?=[a-z])", r"<\1s:", OWN_FILE).replace("xmlns=", "xmlns:s=")
    assert Segmenter(srx(text)).split("Dr. Ito. Why.", "en") == ["Dr. Ito.", "Why."]


def test_comment_in_an_expression_is_no_part_of_it(srx):
    text = OWN_FILE.replace("[.|]+", "[.<!-- and the bar -->|]+")
    assert Segmenter(srx(text)).split("One | two.", "en") == ["One |", "two."]


def test_signature_of_users_rules_is_their_own(srx):
    assert Segmenter(srx(OWN_FILE)).signature != Segmenter().signature


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("not XML", r":1: is not well-formed XML", id="not XML"),
        pytest.param("", r"is not well-formed XML", id="empty"),
        pytest.param(OWN_FILE[:400], r":\d+: is not well-formed XML", id="cut off"),
        pytest.param(b"\xff\xfe\x00", r"is not well-formed XML", id="binary"),
        pytest.param("<tmx version='1.4'/>", r":1: is not SRX 2.0", id="other root"),
        pytest.param(
            OWN_FILE.replace('version="2.0"', 'version="1.0"'), r":2: is not SRX 2.0", id="SRX 1.0"
        ),
        pytest.param(
            OWN_FILE.replace(' xmlns="http://www.lisa.org/srx20"', ""),
            r":2: is not SRX 2.0",
            id="no namespace",
        ),
        pytest.param(
            OWN_FILE.replace('break="no"', 'break="maybe"'),
            r":7: is not valid SRX 2.0: .*break",
            id="bad attribute",
        ),
        pytest.param(
            OWN_FILE.replace("maprules>", "maps>"), r":17: is not valid SRX 2.0", id="bad element"
        ),
        pytest.param(
            OWN_FILE.replace("[.|]+", "[.|"),
            r":12: <beforebreak> has no valid regular expression",
            id="bad expression",
        ),
        pytest.param(
            OWN_FILE.replace("<afterbreak>\\s", "<afterbreak>(\\s", 1),
            r":9: <afterbreak> has no valid regular expression",
            id="bad exception",
        ),
        pytest.param(
            OWN_FILE.replace("EN.*", "*EN"),
            r":19: <languagemap> has no valid regular expression",
            id="bad language pattern",
        ),
        pytest.param(
            OWN_FILE.replace('"EN.*" languagerulename="All"', '"EN.*" languagerulename="English"'),
            r":19: there is no language rule 'English'",
            id="map without rules",
        ),
    ],
)
def test_bad_file_is_refused_with_its_name_and_line(srx, text, message):
    path = srx(text)
    with pytest.raises(InputError, match=message) as caught:
        Segmenter(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


BOMB = (
    "<!DOCTYPE srx [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(
        f"<!ENTITY {name} '{f'&{of};' * 10}'>"
        for of, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>\n<srx "
)


@pytest.mark.parametrize(
    "doctype",
    [
        pytest.param(BOMB, id="entity bomb"),
        pytest.param("<!DOCTYPE srx SYSTEM 'http://192.0.2.1/srx.dtd'>\n<srx ", id="network"),
        pytest.param(
            "<!DOCTYPE srx [<!ENTITY j SYSTEM 'file:///etc/hostname'>]>\n<srx ", id="local file"
        ),
    ],
)
def test_file_with_a_document_type_is_refused_unexpanded(srx, doctype):
    text = OWN_FILE.replace("<srx ", doctype, 1).replace("[.|]+", "[.|]+&j;")
    with pytest.raises(InputError, match=r"document type|well-formed"):
        Segmenter(srx(text))


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"gone\.srx"):
        Segmenter(tmp_path / "gone.srx")


def test_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="folder"):
        Segmenter(tmp_path)


def test_rules_are_read_once_however_many_segmenters_there_are():
    assert Segmenter()._rules is Segmenter()._rules


def test_unchecked_reading_gives_the_same_rules():
    data = default_rules().encode()
    checked, unchecked = (read_srx(data, path="x", check=check) for check in (True, False))
    for language in ("en", "ja", "und"):
        first, second = (
            [(block.name, block.rules) for block in rules.get_language_rule_list(language)]
            for rules in (checked, unchecked)
        )
        assert first == second


def with_rule(before, after="\\s", is_break="yes"):
    rule = (
        f'<rule break="{is_break}"><beforebreak>{before}</beforebreak>'
        f"<afterbreak>{after}</afterbreak></rule>"
    )
    return OWN_FILE.replace('<rule break="no">', rule + '<rule break="no">', 1)


@pytest.mark.parametrize(
    ("before", "after", "is_break"),
    [
        ("(a|aa)+b", "\\s", "yes"),
        ("\\.", "\\s(a|aa)+b", "yes"),
        ("b(a|aa)+\\.", "\\s", "no"),
    ],
    ids=["before", "after", "exception"],
)
def test_a_rule_that_takes_too_long_on_a_text_is_named(srx, monkeypatch, before, after, is_break):
    monkeypatch.setattr("align.segmentation.srx._SECONDS", 0.2)
    path = srx(with_rule(before, after, is_break))
    text = "It is " + "a" * 60 + ". " + "a" * 60 + ". "
    with pytest.raises(InputError, match=r"takes too long on a text: .*\(a\|aa\)\+") as error:
        Segmenter(path).split(text, "en")
    assert error.value.line == 7


@pytest.mark.parametrize(
    "before",
    ["(?:" * 40 + "a" + ")+" * 40, "((((((a{9}){9}){9}){9}){9}){9}){9}", "(" * 5000 + ")" * 5000],
)
def test_a_rule_that_would_fill_the_memory_is_refused(srx, before):
    with pytest.raises(InputError, match="has no valid regular expression") as error:
        Segmenter(srx(with_rule(before)))
    assert error.value.line == 7


def test_rules_as_tools_have_them_are_not_too_large(srx):
    abbreviations = "|".join(f"ab{number}" for number in range(3000))
    segmenter = Segmenter(srx(with_rule(rf"\b(?:{abbreviations})\.", is_break="no")))
    assert segmenter.split("See ab12. It is here. Look.", "en") == [
        "See ab12. It is here.",
        "Look.",
    ]


def test_rules_of_many_megabytes_are_refused(srx):
    with pytest.raises(InputError, match="more than 8 MB"):
        Segmenter(srx(OWN_FILE + " " * 9_000_000))
