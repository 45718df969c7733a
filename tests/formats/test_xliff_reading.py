"""XLIFF 1.2 and 2.x: what tools write is read, what is no translation is left out."""

import io
import resource
import sys
from zipfile import ZipFile

import pytest
from translate.storage.xliff import xlifffile
from translate.storage.xliff2 import Xliff2File

from align.errors import InputError
from align.formats import read_pairs
from align.formats.states import state_of
from align.formats.xliff import read_xliff
from align.skipped import Skipped
from align.units import TranslationUnit, Variant

OLD = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
NEW = (
    '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="fr">'
)


def old(body, *, languages='source-language="en" target-language="fr"'):
    file = f'<file original="a.txt" datatype="plaintext" {languages}>'
    return f"{OLD}{file}<body>{body}</body></file></xliff>"


def new(body, *, root=NEW):
    return f'{root}<file id="f1">{body}</file></xliff>'


def read(folder, content, **options):
    path = folder / "job.xlf"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_xliff(path, **options))


def pairs(units):
    return [tuple(variant.text for variant in unit.variants) for unit in units]


def trans_unit(source, target=None, *, unit="", state=""):
    inner = "" if target is None else f"<target{state}>{target}</target>"
    return f'<trans-unit id="1"{unit}><source>{source}</source>{inner}</trans-unit>'


def unit(source, target=None, *, state="", attribute=""):
    inner = "" if target is None else f"<target>{target}</target>"
    return (
        f'<unit id="u"{attribute}><segment{state}><source>{source}</source>{inner}</segment></unit>'
    )


def test_units_have_the_source_first_and_no_segments(tmp_path):
    (found,) = read(tmp_path, old(trans_unit("Fog.", "Brume.")))
    assert found == TranslationUnit((Variant("en", (), "Fog."), Variant("fr", (), "Brume.")))


@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_version_2_is_read(tmp_path, version):
    content = new(unit("Fog.", "Brume."), root=NEW.replace('"2.0"', f'"{version}"'))
    assert pairs(read(tmp_path, content)) == [("Fog.", "Brume.")]


def test_what_a_toolkit_writes_as_version_1_is_read(tmp_path):
    store = xlifffile(sourcelanguage="en", targetlanguage="zh-CN")
    for source, target in (("Fog & ferries.", "雾与渡轮。"), ("Not yet.", None)):
        made = store.addsourceunit(source)
        if target:
            made.target = target
    path = tmp_path / "toolkit.xlf"
    store.savefile(str(path))
    units = list(read_xliff(path))
    assert pairs(units) == [("Fog & ferries.", "雾与渡轮。"), ("Not yet.",)]
    assert [variant.language for variant in units[0].variants] == ["en", "zh-Hans"]


def test_what_a_toolkit_writes_as_version_2_is_read(tmp_path):
    store = Xliff2File(sourcelanguage="en", targetlanguage="fr")
    for source, target in (("Fog & ferries.", "Brume et bacs."), ("Rain.", "Pluie.")):
        store.addsourceunit(source).target = target
    path = tmp_path / "toolkit.xlf"
    store.savefile(str(path))
    assert pairs(read_xliff(path)) == [("Fog & ferries.", "Brume et bacs."), ("Rain.", "Pluie.")]


def test_lines_are_those_of_the_texts(tmp_path):
    body = "\n<trans-unit id='1'>\n<source>Fog.</source>\n<target>Brume.</target></trans-unit>"
    (found,) = read(tmp_path, old(body))
    assert [variant.line for variant in found.variants] == [3, 4]


def test_lines_beyond_sixteen_bits_are_right(tmp_path):
    body = "\n" * 70_000 + trans_unit("Fog.", "Brume.")
    (found,) = read(tmp_path, old(body))
    assert found.variants[1].line == 70_001


@pytest.mark.parametrize(
    "content",
    [
        old(trans_unit("Fog.", "Brume.", unit=' translate="no"')),
        old(f'<group translate="no">{trans_unit("Fog.", "Brume.")}</group>'),
        new(unit("Fog.", "Brume.", attribute=' translate="no"')),
        new(f'<group id="g" translate="no">{unit("Fog.", "Brume.")}</group>'),
        new(unit("Fog.", "Brume.")).replace('<file id="f1"', '<file id="f1" translate="no"'),
    ],
)
def test_what_is_not_to_be_translated_is_left_out(tmp_path, content):
    assert read(tmp_path, content) == []


def test_a_unit_may_be_translated_within_a_group_that_is_not(tmp_path):
    inner = trans_unit("Fog.", "Brume.", unit=' translate="yes"') + trans_unit("Code", "Code")
    body = f'<group translate="no">{inner}</group>{trans_unit("Rain.", "Pluie.")}'
    assert pairs(read(tmp_path, old(body))) == [("Fog.", "Brume."), ("Rain.", "Pluie.")]


@pytest.mark.parametrize("state", ["new", "needs-translation"])
def test_a_copy_of_the_source_that_is_said_to_be_new_is_no_translation(tmp_path, state):
    content = old(trans_unit("Fog.", "Fog.", state=f' state="{state}"'))
    assert pairs(read(tmp_path, content)) == [("Fog.",)]


@pytest.mark.parametrize("target", ["Fog.", "Brume.", None])
def test_the_default_state_of_version_2_changes_nothing_where_it_is_written(tmp_path, target):
    plain = read(tmp_path, new(unit("Fog.", target)))
    assert pairs(plain) == pairs(
        read(tmp_path, new(unit("Fog.", target, state=' state="initial"')))
    )


@pytest.mark.parametrize(
    "state",
    ["new", "needs-translation", "translated", "final", "needs-review-translation", "signed-off"],
)
def test_whatever_has_a_translation_is_one_and_keeps_its_state(tmp_path, state):
    content = old(trans_unit("Fog.", "Brume.", state=f' state="{state}"'))
    (found,) = read(tmp_path, content)
    assert pairs([found]) == [("Fog.", "Brume.")]
    assert found.state == state


@pytest.mark.parametrize(
    ("attribute", "word"),
    [(' approved="yes"', "approved"), (' m:confirmed="1"', "confirmed"), (' q:status="X"', "X")],
)
def test_states_are_read_where_the_tools_write_them(tmp_path, attribute, word):
    content = old(trans_unit("Fog.", "Brume.", unit=attribute)).replace(
        "<xliff ", '<xliff xmlns:m="urn:m" xmlns:q="urn:q" ', 1
    )
    assert [unit.state for unit in read(tmp_path, content)] == [word]


def marked(*texts):
    return " ".join(f'<mrk mtype="seg" mid="{n}">{t}</mrk>' for n, t in enumerate(texts))


def test_trados_says_the_state_of_each_segment(tmp_path):
    body = (
        f'<trans-unit id="1"><source>a. b.</source><seg-source>{marked("A.", "B.")}</seg-source>'
        f"<target>{marked('C.', 'D.')}</target><s:seg-defs xmlns:s='urn:s'>"
        "<s:seg id='0' conf='Draft'/><s:seg id='1' conf='ApprovedSignOff'/></s:seg-defs>"
        "</trans-unit>"
    )
    units = read(tmp_path, old(body))
    assert [unit.state for unit in units] == ["Draft", "ApprovedSignOff"]
    assert [state_of(unit) for unit in units] == ["draft", "final"]


def test_a_translation_in_one_piece_is_that_of_the_whole_unit(tmp_path):
    body = (
        f'<trans-unit id="1"><source>Fog. Rain.</source><seg-source>{marked("Fog.", "Rain.")}'
        "</seg-source><target>Brume. Pluie.</target></trans-unit>"
    )
    assert pairs(read(tmp_path, old(body))) == [("Fog. Rain.", "Brume. Pluie.")]


def test_tracked_changes_are_read_as_accepted(tmp_path):
    target = (
        'Le bac part <mrk mtype="x-sdl-deleted">à 8 h</mrk><mrk mtype="x-sdl-added">à 9 h</mrk>.'
    )
    (found,) = read(tmp_path, old(trans_unit("The ferry leaves at 9.", target)))
    assert found.variants[1].text == "Le bac part à 9 h."


def test_a_unit_says_what_it_is_to_be_translated_into(tmp_path):
    (found,) = read(tmp_path, old(trans_unit("Fog.")))
    assert (found.into, found.part) == ("fr", "a.txt")


def test_codes_are_kept_with_the_markup_they_stand_for(tmp_path):
    data = '<originalData><data id="d">&lt;br/&gt;</data></originalData>'
    segment = '<source>A<ph id="1" dataRef="d"/><pc id="2">b</pc></source>'
    (found,) = read(tmp_path, new(f'<unit id="u">{data}<segment>{segment}</segment></unit>'))
    first, second = found.variants[0].content[1:3]
    assert (first.native, first.role, second.role) == ("<br/>", "standalone", "open")
    assert found.variants[0].text == "A b"


def test_a_package_is_read(tmp_path):
    with ZipFile(tmp_path / "job.xlz", "w") as package:
        package.writestr("skeleton.skl", "x")
        package.writestr("content.xlf", old(trans_unit("Fog.", "Brume.")))
    assert pairs(read_pairs(tmp_path / "job.xlz")) == [("Fog.", "Brume.")]


def test_a_second_file_in_a_package_is_told_of(tmp_path):
    skipped = Skipped()
    with ZipFile(tmp_path / "job.xlz", "w") as package:
        package.writestr("a.xlf", old(trans_unit("Fog.", "Brume.")))
        package.writestr("b.xlf", old(trans_unit("Ash.", "Frêne.")))
    assert pairs(read_pairs(tmp_path / "job.xlz", skipped=skipped)) == [("Fog.", "Brume.")]
    (message,) = skipped.messages("job.xlz")
    assert message == "job.xlz: a further .xlf file in the package, 'b.xlf', is passed over"


@pytest.mark.parametrize("ending", ["xliff2", "txlf", "poxliff", "sdlxliff", "other"])
def test_it_is_known_by_its_content_under_any_name(tmp_path, ending):
    path = tmp_path / f"job.{ending}"
    path.write_text(old(trans_unit("Fog.", "Brume.")))
    assert pairs(read_pairs(path)) == [("Fog.", "Brume.")]


@pytest.mark.parametrize("target", [None, "", "  \n"])
def test_a_missing_or_empty_target_leaves_the_source_alone(tmp_path, target):
    assert pairs(read(tmp_path, old(trans_unit("Fog.", target)))) == [("Fog.",)]
    assert pairs(read(tmp_path, new(unit("Fog.", target)))) == [("Fog.",)]


def test_inline_codes_are_left_out_and_their_text_kept(tmp_path):
    bold = '<bpt id="3">&lt;b&gt;</bpt>!<ept id="3">&lt;/b&gt;</ept>'
    source = f'The <g id="1">old</g> <x id="2"/>ferry{bold}'
    assert pairs(read(tmp_path, old(trans_unit(source))))[0] == ("The old ferry!",)
    source = 'The <pc id="1">old</pc> <ph id="2"/>ferry<sc id="3"/>!<ec startRef="3"/>'
    assert pairs(read(tmp_path, new(unit(source))))[0] == ("The old ferry!",)


def test_text_within_a_native_code_is_kept(tmp_path):
    source = 'Fog<ph id="1">&lt;img alt="<sub>a ferry</sub>"&gt;</ph>.'
    assert pairs(read(tmp_path, old(trans_unit(source)))) == [("Fog a ferry.",)]


def test_proposals_are_no_translations(tmp_path):
    proposal = "<alt-trans><source>Frog.</source><target>Grenouille.</target></alt-trans>"
    body = f'<trans-unit id="1"><source>Fog.</source>{proposal}</trans-unit>'
    assert pairs(read(tmp_path, old(body))) == [("Fog.",)]
    matches = (
        '<mtc:matches xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><mtc:match ref="#1">'
        "<source>Frog.</source><target>Grenouille.</target></mtc:match></mtc:matches>"
    )
    body = f'<unit id="u">{matches}<segment><source>Fog.</source></segment></unit>'
    assert pairs(read(tmp_path, new(body))) == [("Fog.",)]


def test_a_unit_cut_into_segments_gives_one_for_each(tmp_path):
    body = (
        '<trans-unit id="1"><source>Fog. Rain. Sun.</source>'
        f"<seg-source>{marked('Fog.', 'Rain.', 'Sun.')}</seg-source>"
        f'<target><mrk mtype="seg" mid="1">Pluie.</mrk> <mrk mtype="seg" mid="0">Brume.</mrk>'
        "</target></trans-unit>"
    )
    assert pairs(read(tmp_path, old(body))) == [("Fog.", "Brume."), ("Rain.", "Pluie."), ("Sun.",)]


def test_a_unit_of_version_2_gives_its_segments(tmp_path):
    segments = "".join(
        f"<segment><source>{s}</source><target>{t}</target></segment><ignorable><source> </source>"
        "</ignorable>"
        for s, t in (("Fog.", "Brume."), ("Rain.", "Pluie."))
    )
    content = new(f'<unit id="u">{segments}</unit>')
    assert pairs(read(tmp_path, content)) == [("Fog.", "Brume."), ("Rain.", "Pluie.")]


def test_files_within_a_file_may_have_languages_of_their_own(tmp_path):
    first = old(trans_unit("Fog.", "Brume."))
    second = old(trans_unit("Fog.", "霧。"), languages='source-language="en" target-language="ja"')
    content = first.removesuffix("</xliff>") + second.removeprefix(OLD)
    assert [unit.variants[1].language for unit in read(tmp_path, content)] == ["fr", "ja"]


def test_a_target_language_that_the_file_lacks_can_be_named(tmp_path):
    content = old(trans_unit("Fog.", "Brume."), languages='source-language="en"')
    (found,) = read(tmp_path, content, target_language="fr")
    assert found.variants[1].language == "fr"
    with pytest.raises(InputError, match="does not say the target language; name it"):
        read(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<tmx/>", "not XLIFF: its root element is <tmx>"),
        ('<xliff version="3.0"/>', "is XLIFF 3.0; versions 1.2, 2.0 and 2.1 are read"),
        (OLD, "not well-formed XML"),
        ("", "is empty"),
        ("plain text", "not well-formed XML"),
    ],
)
def test_what_is_no_xliff_is_refused(tmp_path, content, message):
    with pytest.raises(InputError, match=message):
        read(tmp_path, content)


def test_entities_are_not_expanded(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden")
    doctype = f'<!DOCTYPE xliff [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y "yyy">]>'
    (found,) = read(tmp_path, doctype + old(trans_unit("Fog &x; and &y;.", "Brume.")))
    assert found.variants[0].text == "Fog &x; and &y;."


def test_entities_that_multiply_are_refused_before_they_fill_the_memory(tmp_path):
    layers = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE xliff [<!ENTITY l0 "boom">{layers}]>'
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(InputError, match="not well-formed XML"):
        read(tmp_path, bomb + old(trans_unit("&l11;", "Brume.")))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_deep_nesting_is_refused(tmp_path):
    with pytest.raises(InputError, match="has elements nested too deeply"):
        read(tmp_path, old("<group>" * 5000 + "</group>" * 5000))


def test_a_large_file_is_read_in_little_memory(tmp_path):
    path = tmp_path / "large.xlf"
    head, tail = old("|").split("|")
    one = trans_unit("The ferry left the harbour in the fog. " * 5, "Le bac quitta le port. " * 5)
    with path.open("w") as stream:
        stream.write(head)
        for _ in range(4000):
            stream.write(f"<group>{one * 25}</group>\n")
        stream.write(tail)
    scale = 1 if sys.platform == "darwin" else 1024
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale
    assert sum(1 for _ in read_xliff(path)) == 100_000
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale - before
    assert grown < path.stat().st_size / 2


def test_standard_input_is_read(monkeypatch):
    content = io.TextIOWrapper(io.BytesIO(old(trans_unit("Fog.", "Brume.")).encode()))
    monkeypatch.setattr("sys.stdin", content)
    assert pairs(read_xliff("-")) == [("Fog.", "Brume.")]


def test_a_file_within_the_file_that_does_not_say_its_languages_costs_no_other(tmp_path):
    path, skipped = tmp_path / "job.xlf", Skipped()
    unit = '<trans-unit id="1"><source>Fog</source><target>Brume</target></trans-unit>'
    path.write_text(
        '<xliff version="1.2">\n'
        f'<file original="a" source-language="en"><body>{unit}</body></file>\n'
        '<file original="b" source-language="en" target-language="fr"><body>'
        f'<trans-unit id="0"><target>Sel</target></trans-unit>{unit}</body></file></xliff>'
    )
    (found,) = read_xliff(path, skipped=skipped)
    assert found.part == "b"
    assert skipped.messages("job.xlf") == (
        "job.xlf:2: a unit in a language that the file does not say is passed over",
        "job.xlf:3: a unit without <source> is passed over",
    )
