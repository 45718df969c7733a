"""Units of XLIFF with several segments: read one by one, written as segments of one unit again."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from align.codes import Code
from align.converting import convert
from align.formats.xliff import read_xliff

OLD = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" '
    'datatype="plaintext" source-language="en" target-language="fr"><body>{}</body></file></xliff>'
)
NEW = (
    '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="fr">'
    '<file id="f">{}</file></xliff>'
)
SEGMENTED = (
    '<trans-unit id="t7"><source><g id="1">Fog. <x id="2"/>Rain.</g> Sun.</source>'
    '<seg-source><g id="1"><mrk mtype="seg" mid="0">Fog.</mrk> <x id="2"/><mrk mtype="seg" '
    'mid="1">Rain.</mrk></g> <mrk mtype="seg" mid="2">Sun.</mrk></seg-source>'
    '<target><g id="1"><mrk mtype="seg" mid="0">Brume.</mrk> <x id="2"/><mrk mtype="seg" '
    'mid="1">Pluie.</mrk></g> <mrk mtype="seg" mid="2">Soleil.</mrk></target></trans-unit>'
    '<trans-unit id="t8"><source>Sea.</source><target>Mer.</target></trans-unit>'
)
PARTED = (
    '<unit id="u1"><originalData><data id="d1">&lt;b></data></originalData>'
    '<segment id="s1" state="final"><source>Fog<sc id="1" dataRef="d1"/>.</source>'
    '<target>Brume<sc id="1" dataRef="d1"/>.</target></segment>'
    "<ignorable><source> </source></ignorable>"
    '<segment id="s2"><source>Rain<ec startRef="1"/>.</source></segment></unit>'
)


def converted(tmp_path, text, to, suffix=".xlf"):
    path, output = tmp_path / f"job{suffix}", tmp_path / f"out.{to}"
    path.write_text(text)
    convert(path, output, to=to)
    return output


def units(path):
    return [
        (dict(unit.attributes).get("id"), unit.within.segment if unit.within else "",
         [(variant.text, content(variant)) for variant in unit.variants])
        for unit in read_xliff(path)
    ]  # fmt: skip


def shape(path):
    """What a file says, in its elements' names and texts, without the codes' attributes."""
    root = etree.parse(path).getroot()
    return [
        "".join(side.itertext()) for side in root.iter("{*}source", "{*}seg-source", "{*}target")
    ]


def test_segments_of_version_1_are_segments_of_one_unit_again(tmp_path):
    output = converted(tmp_path, OLD.format(SEGMENTED), "xliff")
    assert units(output) == units(tmp_path / "job.xlf")
    assert shape(output) == shape(tmp_path / "job.xlf")
    marks = etree.parse(output).getroot().findall(".//{*}target//{*}mrk")
    assert [(mark.get("mtype"), mark.get("mid")) for mark in marks] == [
        ("seg", "0"), ("seg", "1"), ("seg", "2")]  # fmt: skip


def test_what_stands_between_segments_is_kept_in_version_2(tmp_path):
    output = converted(tmp_path, OLD.format(SEGMENTED), "xliff2")
    unit = etree.parse(output).getroot().find(".//{*}unit")
    assert [etree.QName(part).localname for part in unit] == [
        "ignorable", "segment", "ignorable", "segment", "ignorable", "segment"]  # fmt: skip
    assert "".join(unit.itertext()) == "Fog.Brume.  Rain.Pluie.  Sun.Soleil."
    opened, closed = unit.find(".//{*}source/{*}sc"), unit.find(".//{*}source/{*}ec")
    assert closed.get("startRef") == opened.get("id") and opened.get("isolated") is None


def test_segments_of_version_2_are_parts_of_one_unit_again(tmp_path):
    output = converted(tmp_path, NEW.format(PARTED), "xliff2", ".xliff2")
    unit = etree.parse(output).getroot().find(".//{*}unit")
    assert unit.get("id") == "u1"
    assert [part.get("id") for part in unit.findall("{*}segment")] == ["s1", "s2"]
    assert [part.get("state") for part in unit.findall("{*}segment")] == ["final", None]
    assert unit.find("{*}ignorable/{*}source").text == " "
    assert unit.find(".//{*}source/{*}ec").get("startRef") == "1"
    assert units(output) == units(tmp_path / "job.xliff2")


def test_segments_of_version_2_are_marked_in_version_1(tmp_path):
    output = converted(tmp_path, NEW.format(PARTED), "xliff", ".xliff2")
    unit = etree.parse(output).getroot().find(".//{*}trans-unit")
    assert "".join(unit.find("{*}source").itertext()) == "Fog<b>. Rain."
    assert [mark.text for mark in unit.findall("{*}seg-source/{*}mrk")] == ["Fog", "Rain"]
    assert [mark.get("mid") for mark in unit.findall("{*}target/{*}mrk")] == ["s1"]
    assert len(list(read_xliff(output))) == 2


@pytest.mark.parametrize("to", ["xliff", "xliff2"])
def test_a_translation_in_another_order_keeps_it(tmp_path, to):
    body = (
        '<unit id="u"><segment id="a"><source>One.</source><target order="3">Un.</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment id="b"><source>Two.</source><target order="1">Deux.</target></segment></unit>'
    )
    output = converted(tmp_path, NEW.format(body), to, ".xliff2")
    root = etree.parse(output).getroot()
    if to == "xliff":
        assert "".join(root.find(".//{*}target").itertext()).split() == ["Deux.", "Un."]
    else:
        assert [each.get("order") for each in root.iterfind(".//{*}segment/{*}target")] == [
            "3",
            "1",
        ]
    pairs = [[variant.text for variant in unit.variants] for unit in read_xliff(output)]
    assert pairs == [["One.", "Un."], ["Two.", "Deux."]]


def test_neighbours_that_are_no_segments_of_one_unit_stay_apart(tmp_path):
    output = converted(tmp_path, OLD.format(SEGMENTED.replace("t8", "t7")), "xliff")
    found = etree.parse(output).getroot().findall(".//{*}trans-unit")
    assert len(found) == 2 and found[0].get("id") == "t7"


texts = st.sampled_from(["Fog.", "R&D < 6", "שלום", "灯台。", "a b"])
gaps = st.sampled_from(["", " ", "\n", '<x id="9"/>', ' <x id="8"/> '])
inner = st.sampled_from(["{}", '<g id="5">{}</g>', '{}<x id="6"/>', '<bx id="4" rid="4"/>{}'])


@st.composite
def segmented(draw):
    """Units of version 1.2 with any number of segments, some of them translated."""
    made = []
    for number in range(draw(st.integers(1, 3))):
        sides = ["", ""]
        count = draw(st.integers(1, 4))
        is_translated = [draw(st.booleans()) for _ in range(count)]
        wrapped = draw(st.booleans())
        for segment in range(count):
            gap, form = draw(gaps), draw(inner)
            for side in (0, 1):
                if side == 0 or is_translated[segment]:
                    text = form.format(draw(texts).replace("&", "&amp;").replace("<", "&lt;"))
                    sides[side] += f'{gap}<mrk mtype="seg" mid="{segment}">{text}</mrk>'
        if wrapped:
            sides = [f'<g id="1">{side}</g>' for side in sides]
        target = f"<target>{sides[1]}</target>" if any(is_translated) else ""
        plain = "".join(etree.fromstring(f"<a>{sides[0]}</a>").itertext())
        plain = plain.replace("&", "&amp;").replace("<", "&lt;")
        made.append(
            f'<trans-unit id="u{number}"><source>{plain}</source>'
            f"<seg-source>{sides[0]}</seg-source>{target}</trans-unit>"
        )
    return OLD.format("".join(made))


def content(variant):
    """What a variant says and its codes, by what each does."""
    return [
        (piece.role, piece.key) if isinstance(piece, Code) else piece
        for piece in variant.content or (variant.text,)
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(segmented(), st.sampled_from(["xliff", "xliff2"]))
def test_any_segments_come_back(tmp_path, text, to):
    output = converted(tmp_path, text, to)
    before, after = list(read_xliff(tmp_path / "job.xlf")), list(read_xliff(output))
    for one, other in zip(before, after, strict=True):
        assert dict(one.attributes)["id"] == dict(other.attributes)["id"]
        assert [variant.text for variant in one.variants] == [v.text for v in other.variants]
        for first, second in zip(one.variants, other.variants, strict=True):
            assert [p if isinstance(p, str) else p[0] for p in content(first)] == [
                p if isinstance(p, str) else p[0] for p in content(second)]  # fmt: skip
    root = etree.parse(output).getroot()
    identifiers = [unit.get("id") for unit in root.iter("{*}trans-unit", "{*}unit")]
    assert len(identifiers) == len(set(identifiers)) == text.count("<trans-unit")
