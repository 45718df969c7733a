"""TBX of both versions: valid, read back exactly, read as other tools write it, never trusted."""

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage.tbx import tbxfile

from align.errors import InputError
from align.formats.termbases import read_termbase
from align.formats.termbases.tbx import read_tbx, write_tbx
from align.skipped import Skipped
from align.termbases import Termbase, TermbaseEntry, TermbaseTerm

V3 = """<?xml version="1.0" encoding="UTF-8"?>
<tbx style="{style}" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
<text><body>{body}</body></text></tbx>"""
V2 = """<?xml version='1.0'?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader><fileDesc><titleStmt><title>T</title>
</titleStmt><sourceDesc><p/></sourceDesc></fileDesc></martifHeader>
<text><body>{body}</body></text></martif>"""


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        path = tmp_path / "terms.tbx"
        path.write_text(text, encoding="utf-8")
        return read_termbase(path)

    return read_text


def schema(version):
    return etree.RelaxNG(etree.parse(Path(__file__).with_name(f"tbx{version}.rng")))


@pytest.mark.parametrize("version", [2, 3])
def test_what_is_written_is_valid_and_reads_back(tmp_path, termbase, version):
    path = tmp_path / "terms.tbx"
    write_tbx(path, termbase, version=version)
    schema(version).assertValid(etree.parse(path))
    assert read_tbx(path) == read_termbase(path) == termbase


@pytest.mark.parametrize("version", [2, 3])
@given(data=st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_termbase_survives_a_round_trip(tmp_path, termbases, version, data):
    termbase = data.draw(termbases)
    path = tmp_path / "terms.tbx"
    write_tbx(path, termbase, version=version)
    schema(version).assertValid(etree.parse(path))
    assert read_tbx(path) == termbase


@pytest.mark.opened_by("translate-toolkit", termbase="tbx2")
def test_another_reader_finds_terms_and_statuses_in_version_2(tmp_path, termbase):
    path = tmp_path / "terms.tbx"
    write_tbx(path, termbase, version=2)
    store = tbxfile(io.BytesIO(path.read_bytes()), sourcelanguage="en", targetlanguage="ja")
    first, second = store.units
    assert (first.source, first.target) == ("rare earths", "レアアース")
    assert (second.source, second.target) == ("plan B", "プランB")


def test_both_styles_of_version_3_say_the_same(read):
    by_tag = read(
        V3.format(
            style="dct",
            body='<conceptEntry id="c1"><min:subjectField>law</min:subjectField><descripGrp>'
            "<basic:definition>a pact</basic:definition><basic:source>me</basic:source>"
            '</descripGrp><langSec xml:lang="en-US"><termSec><term>alliance</term>'
            "<min:partOfSpeech>noun</min:partOfSpeech><min:administrativeStatus>"
            "preferredTerm-admn-sts</min:administrativeStatus><note>n</note></termSec></langSec>"
            "</conceptEntry>",
        )
    )
    by_attribute = read(
        V3.format(
            style="dca",
            body='<conceptEntry id="c1"><descrip type="subjectField">law</descrip><descripGrp>'
            '<descrip type="definition">a pact</descrip><admin type="source">me</admin>'
            '</descripGrp><langSec xml:lang="en-US"><termSec><term>alliance</term>'
            '<termNote type="partOfSpeech">noun</termNote><termNote type="administrativeStatus">'
            "preferredTerm-admn-sts</termNote><note>n</note></termSec></langSec></conceptEntry>",
        )
    )
    [entry] = by_tag.entries
    assert by_tag == by_attribute
    assert (entry.subject, entry.definition) == ("law", "a pact")
    assert entry.terms == (TermbaseTerm("alliance", "en-US", "preferred", "n"),)


def test_nested_terms_of_version_2_are_read(read):
    termbase = read(
        V2.format(
            body='<termEntry><langSet xml:lang="fr"><ntig><termGrp><term>Société <hi>des</hi> '
            'nations</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote>'
            "</termGrp></ntig></langSet></termEntry>"
        )
    )
    assert termbase == Termbase(
        (TermbaseEntry("c1", (TermbaseTerm("Société des nations", "fr"),)),), "T"
    )


@pytest.mark.parametrize(
    ("category", "value", "status"),
    [
        ("administrativeStatus", "deprecatedTerm-admn-sts", "deprecated"),
        ("administrativeStatus", "supersededTerm-admn-sts", "deprecated"),
        ("administrativeStatus", "supersededTerm", "deprecated"),
        ("administrativeStatus", "obsoleteTerm", "deprecated"),
        ("administrativeStatus", "Forbidden", "deprecated"),
        ("administrativeStatus", "notRecommended", "deprecated"),
        ("administrativeStatus", "preferredTerm", "preferred"),
        ("administrativeStatus", "standardizedTerm-admn-sts", "preferred"),
        ("administrativeStatus", "admittedTerm-admn-sts", "admitted"),
        ("administrativeStatus", "legalTerm-admn-sts", "admitted"),
        ("administrativeStatus", "something else", "admitted"),
        ("normativeAuthorization", "deprecatedTerm", "deprecated"),
        ("normativeAuthorization", "preferredTerm-norm-auth", "preferred"),
        ("temporalQualifier", "obsoleteTerm", "deprecated"),
        ("forbidden", "true", "deprecated"),
        ("forbidden", "false", "admitted"),
        ("partOfSpeech", "forbidden", "admitted"),
    ],
)
def test_statuses_are_understood_in_all_their_spellings(read, category, value, status):
    termbase = read(
        V2.format(
            body='<termEntry><langSet xml:lang="en"><tig><term>x</term>'
            f'<termNote type="{category}">{value}</termNote></tig></langSet></termEntry>'
        )
    )
    assert termbase.entries[0].terms[0].status == status


def test_a_ban_counts_more_than_praise(read):
    termbase = read(
        V2.format(
            body='<termEntry><langSet xml:lang="en"><tig><term>x</term>'
            '<termNote type="normativeAuthorization">preferredTerm</termNote>'
            '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>'
            "</tig></langSet></termEntry>"
        )
    )
    assert termbase.entries[0].terms[0].status == "deprecated"


def test_lines_that_the_file_wraps_are_joined(read):
    termbase = read(
        V2.format(
            body="<termEntry><note>one\n\t\tline</note><note>two</note>"
            '<langSet xml:lang="en"><note>of en</note><tig><term>free\n  trade</term></tig>'
            "</langSet></termEntry>"
        )
    )
    assert termbase.entries[0].note == "one line\ntwo\nen: of en"
    assert termbase.entries[0].terms[0].text == "free trade"


def test_entries_without_a_term_are_passed_over(read):
    body = '<termEntry><langSet xml:lang="en"><tig><term> </term></tig></langSet></termEntry>'
    assert read(V2.format(body=body)).entries == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<tbx><a></tbx>", "not well-formed XML"),
        ("<tmx/>", "not TBX: its root element is <tmx>"),
    ],
)
def test_bad_files_are_refused_with_their_place(read, text, message):
    with pytest.raises(InputError, match=r"terms\.tbx") as caught:
        read(text)
    assert message in str(caught.value)


def test_entities_are_never_expanded(read):
    bomb = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "boom">' for n in range(3)
    )
    body = '<termEntry><langSet xml:lang="en"><tig><term>a &l2;b</term></tig></langSet></termEntry>'
    text = V2.format(body=body).replace('SYSTEM "TBXBasiccoreStructV02.dtd"', f"[{bomb}]")
    assert "boom" not in str(read(text))


def test_files_outside_are_never_read(read, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    body = '<termEntry><langSet xml:lang="en"><tig><term>a &x;</term></tig></langSet></termEntry>'
    text = V2.format(body=body).replace(
        'SYSTEM "TBXBasiccoreStructV02.dtd"', f'[<!ENTITY x SYSTEM "{secret.as_uri()}">]'
    )
    assert "secret" not in str(read(text))


def test_an_empty_termbase_cannot_be_written(tmp_path):
    with pytest.raises(InputError, match="empty"):
        write_tbx(tmp_path / "terms.tbx", Termbase(()))
    assert not list(tmp_path.iterdir())


def _set(tag, term):
    language = f' xml:lang="{tag}"' if tag else ""
    return f"<langSet{language}><tig><term>{term}</term></tig></langSet>"


@pytest.mark.parametrize("tag", ["", "jp", "mul", "und", "C"])
def test_terms_in_a_language_that_is_none_are_passed_over_and_said(tmp_path, tag):
    body = f"<termEntry>{_set('en', 'quay')}\n{_set(tag, 'x')}{_set('fr', 'quai')}</termEntry>"
    path = tmp_path / "terms.tbx"
    path.write_text(V2.format(body=body), encoding="utf-8")
    skipped = Skipped()
    termbase = read_tbx(path, skipped=skipped)
    assert [term.text for term in termbase.entries[0].terms] == ["quay", "quai"]
    [said] = skipped.messages("t.tbx")
    assert said.startswith("t.tbx:6: a <langSet> ")


def test_of_entries_with_one_name_each_keeps_its_terms(tmp_path):
    body = "".join(f'<termEntry id="a">{_set("en", word)}</termEntry>\n' for word in "xyz")
    path = tmp_path / "terms.tbx"
    path.write_text(V2.format(body=body), encoding="utf-8")
    skipped = Skipped()
    entries = read_tbx(path, skipped=skipped).entries
    assert [entry.identifier for entry in entries] == ["a", "a-2", "a-3"]
    assert skipped.count == 2
