"""CSV, TSV and Excel workbooks: read as people write them, written so that they read back."""

import csv
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.errors import InputError, OutputError
from align.formats.termbases import TERMBASE_WRITERS, read_termbase, write_termbase
from align.formats.termbases.alternatives import alternatives, as_one
from align.formats.termbases.xlsx import read_xlsx, write_xlsx
from align.skipped import Skipped
from align.termbases import Termbase, TermbaseEntry, TermbaseTerm


@pytest.fixture
def read(tmp_path):
    def read_text(text, name="terms.csv", **options):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_termbase(path, **options)

    return read_text


def described(termbase):
    """The terms of each entry, with what is said of them."""
    return [
        [
            " ".join(filter(None, (t.language, t.text, t.status[:3], t.note and f"({t.note})")))
            for t in entry.terms
        ]
        for entry in termbase.entries
    ]


@pytest.mark.parametrize("form", sorted({*TERMBASE_WRITERS} - {"omegat"}))
def test_what_is_written_reads_back_whatever_the_format(tmp_path, termbase, form):
    path = tmp_path / f"terms.{form}"
    write_termbase(path, termbase, to=form)
    assert read_termbase(path).entries == termbase.entries


@pytest.mark.parametrize("form", ["csv", "tsv", "xlsx"])
@given(data=st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_termbase_survives_a_round_trip(tmp_path, termbases, form, data):
    termbase = data.draw(termbases)
    path = tmp_path / "terms"
    write_termbase(path, termbase, to=form)
    assert read_termbase(path).entries == termbase.entries


def test_an_unknown_format_is_refused(tmp_path, termbase):
    with pytest.raises(InputError, match="unknown format 'doc'; there are csv, omegat, tbx, tbx2"):
        write_termbase(tmp_path / "x", termbase, to="doc")


# What people write


def test_columns_are_named_by_languages(read):
    termbase = read("en,Japanese,zh_TW,project\nalliance,同盟,同盟,X\nrare earths,レアアース,,\n")
    assert described(termbase) == [
        ["en alliance adm", "ja 同盟 adm", "zh-Hant 同盟 adm"],
        ["en rare earths adm", "ja レアアース adm"],
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_source_and_target_with_status_and_note_take_languages_from_the_name(read, delimiter):
    text = (
        "Source,Target,Status,Note\nalliance,同盟,preferred,\nAlliance,連盟,Forbidden,League"
    ).replace(",", delimiter)
    assert described(read(text, "our terms.en-ja.csv")) == [
        ["en alliance adm", "en Alliance adm", "ja 同盟 pre", "ja 連盟 dep (League)"]
    ]


def test_the_line_with_which_excel_is_told_the_delimiter_is_no_row(read):
    text = "sep=|\nen|fr\nquay, jetty|quai\n"
    assert described(read(text)) == [["en quay, jetty adm", "fr quai adm"]]


def test_rows_without_a_header_are_source_target_status_note(read):
    termbase = read("alliance,同盟,preferred,x\nallies,同盟国\n", "en_ja.csv")
    assert described(termbase) == [
        ["en alliance adm", "ja 同盟 pre (x)"],
        ["en allies adm", "ja 同盟国 adm"],
    ]


def test_a_third_column_that_holds_no_statuses_holds_notes(read):
    assert described(read("alliance,同盟,a pact\n", "t.en.ja.csv"))[0][1] == "ja 同盟 adm (a pact)"


def test_languages_can_be_given(read):
    termbase = read("source,target\nalliance,同盟\n", languages=("en", "ja"))
    assert termbase.languages == ("en", "ja")


def test_the_name_of_the_file_is_believed_first(read):
    termbase = read("source,target\na,b\n", "terms-zh-Hans-pt-BR.csv", languages=("en", "ja"))
    assert termbase.languages == ("zh-Hans", "pt-BR")


def test_rows_of_one_entry_are_joined(read):
    text = "entry,en,ja,ja status,definition\n7,alliance,同盟,preferred,pact\n7,,連盟,deprecated,\n"
    [entry] = read(text).entries
    assert (entry.identifier, entry.definition) == ("7", "pact")
    assert [(term.text, term.status) for term in entry.of("ja")] == [
        ("同盟", "preferred"),
        ("連盟", "deprecated"),
    ]


def test_synonyms_in_rows_of_their_own_are_one_entry(read):
    termbase = read("en,fr\nsea lanes,voies maritimes\nsea lanes,routes maritimes\n")
    assert described(termbase) == [
        ["en sea lanes adm", "fr voies maritimes adm", "fr routes maritimes adm"]
    ]


def test_id_is_indonesian_unless_it_numbers_entries(read):
    assert read("id,en\nlaut,sea\n").languages == ("id", "en")
    assert read("id,en,fr\n1,sea,mer\n").entries[0].identifier == "1"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("a | b|c", ["a", "b", "c"]),
        ("norme; standard ;", ["norme", "standard"]),
        ("colour/color", ["colour", "color"]),
        ("colour / color", ["colour", "color"]),
        ("規範／標準；基準", ["規範", "標準", "基準"]),
        ("規範/標準", ["規範", "標準"]),
        ("TCP/IP", ["TCP/IP"]),
        ("km/h", ["km/h"]),
        ("and/or", ["and/or"]),
        ("24/7", ["24/7"]),
        (r"either\; or", ["either; or"]),
        (r"C:\dir", [r"C:\dir"]),
        ("", []),
    ],
)
def test_a_cell_may_hold_alternatives(cell, expected):
    assert alternatives(cell) == expected


@given(st.text(st.sampled_from("abcABC日本é12 \\|;/；／"), max_size=12).map(str.strip).filter(bool))
def test_a_term_written_as_one_stays_one(term):
    assert alternatives(as_one(term)) == [term]


# Bad input


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds no terms"),
        ("just one\ncolumn\n", ":1: has one column"),
        ("source,target\na,b\n", ":1: does not say which languages it is in"),
        ("a,b\n", ":1: does not say which languages it is in"),
        ('en,ja\na,"b', ":2: not a table"),
    ],
)
def test_bad_tables_are_refused_with_their_place(read, text, message):
    with pytest.raises(InputError) as caught:
        read(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "en,ja,status\na,b,\nc,d,preffered\n",
            "t.csv:3: a status that is none of preferred, admitted, deprecated, 'preffered', is "
            "taken as admitted",
        ),
        (
            "entry,en,ja,ja definition\n1,a,,x\n",
            "t.csv:2: a definition without a term of its language is passed over",
        ),
    ],
)
def test_one_odd_cell_does_not_cost_the_table(tmp_path, text, said):
    (tmp_path / "t.csv").write_text(text)
    skipped = Skipped()
    assert read_termbase(tmp_path / "t.csv", skipped=skipped).entries
    assert skipped.messages("t.csv") == (said,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_tables_are_read_in_the_encodings_that_excel_writes(tmp_path, encoding, line_end):
    lines = ["en;fr", "harbour;port abrité où l’on dort", "lighthouse keeper;gardien très âgé", ""]
    (tmp_path / "t.csv").write_bytes(line_end.join(lines).encode(encoding))
    terms = [entry.of("fr")[0].text for entry in read_termbase(tmp_path / "t.csv").entries]
    assert terms == ["port abrité où l’on dort", "gardien très âgé"]


def test_no_cell_written_is_a_formula(tmp_path):
    texts = ["=1+1", "+49", "-ness", "@home", "'-ness", "'=x", "plain"]
    entries = tuple(
        TermbaseEntry(text, (TermbaseTerm(text, "en"), TermbaseTerm("x", "fr")), note=text)
        for text in texts
    )
    for to, delimiter in (("csv", ","), ("tsv", "\t")):
        path = tmp_path / f"t.{to}"
        write_termbase(path, Termbase(entries), to=to)
        cells = [cell for row in csv.reader(path.open(), delimiter=delimiter) for cell in row]
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]
        assert read_termbase(path) == Termbase(entries)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_termbase(tmp_path / "t.csv")


# Workbooks


def sheet_of(path, **options):
    return openpyxl.load_workbook(path, **options).worksheets[0]


def test_a_workbook_of_someone_else_is_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["English", "ja", "Status"])
    book.active.append([None, None, None])
    book.active.append(["version 3", "第三版", None])
    book.active.append([3.0, "三", "forbidden"])
    book.save(tmp_path / "t.xlsx")
    assert described(read_termbase(tmp_path / "t.xlsx")) == [
        ["en version 3 adm", "ja 第三版 adm"],
        ["en 3 adm", "ja 三 dep"],
    ]


def test_no_cell_is_a_formula(tmp_path):
    texts = ["=1+1", "+1", "-1", "@SUM(A1)"]
    entries = tuple(
        TermbaseEntry(str(number), (TermbaseTerm(text, "en"), TermbaseTerm(text, "ja")))
        for number, text in enumerate(texts)
    )
    write_xlsx(tmp_path / "t.xlsx", Termbase(entries))
    sheet = sheet_of(tmp_path / "t.xlsx")
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    assert b"<f>" not in zipfile.ZipFile(tmp_path / "t.xlsx").read("xl/worksheets/sheet1.xml")


def test_a_workbook_is_made_to_be_read(tmp_path, termbase):
    write_xlsx(tmp_path / "t.xlsx", termbase)
    sheet = sheet_of(tmp_path / "t.xlsx")
    heads = {cell.value: cell for cell in sheet[1]}
    assert sheet.freeze_panes == "B2"
    assert all(cell.font.bold for cell in heads.values())
    assert sheet.column_dimensions[heads["ja"].column_letter].width > 20
    colours = {
        row[heads["ja"].column - 1].value: row[heads["ja"].column - 1].fill.fgColor.rgb
        for row in sheet.iter_rows(min_row=2)
    }
    assert colours["希土"] != colours["レアアース"]
    arabic = sheet.cell(row=2, column=heads["ar"].column)
    assert (arabic.alignment.horizontal, arabic.alignment.readingOrder) == ("right", 2)


def test_a_text_too_long_for_a_cell_is_not_cut(tmp_path):
    entry = TermbaseEntry("1", (TermbaseTerm("x", "en", note="n" * 40_000),))
    with pytest.raises(InputError, match="a cell of a workbook holds 32,767 characters"):
        write_xlsx(tmp_path / "t.xlsx", Termbase((entry,)))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"PK\x03\x04"])
def test_what_is_no_workbook_is_refused(tmp_path, content):
    (tmp_path / "t.xlsx").write_bytes(content)
    with pytest.raises(InputError, match=r"t\.xlsx: not an Excel workbook"):
        read_termbase(tmp_path / "t.xlsx")


def test_an_archive_of_other_things_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("a.txt", "hello")
    with pytest.raises(InputError, match="not an Excel workbook"):
        read_termbase(tmp_path / "t.zip")


def repacked(path, name, change):
    """Changes one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[name] = change(parts[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def test_entities_in_a_workbook_are_refused(tmp_path, termbase):
    path = tmp_path / "t.xlsx"
    write_xlsx(path, termbase)
    entity = b'<!DOCTYPE x [<!ENTITY boom "boom">]>'
    repacked(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: entity + xml.replace("希土".encode(), b"&boom;"),
    )
    with pytest.raises(InputError, match="not an Excel workbook"):
        read_termbase(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path, termbase, monkeypatch):
    monkeypatch.setattr("align.formats.termbases.xlsx.MOST_BYTES", 100_000)
    path = tmp_path / "t.xlsx"
    write_xlsx(path, termbase)
    assert read_xlsx(path).entries == termbase.entries
    repacked(path, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 200_000)
    with pytest.raises(InputError, match=r"unpacks to .* bytes, and more than 100,000 are not"):
        read_xlsx(path)


def test_a_workbook_that_cannot_be_written_says_so(tmp_path, termbase):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputError, match="cannot be written"):
        write_xlsx(tmp_path / "file" / "t.xlsx", termbase)


def test_marks_within_cells_are_not_taken_for_what_parts_them(tmp_path):
    path = tmp_path / "terms.tsv"
    path.write_text('en\tfr\tnote\nsea\tmer\t"salt;\nwide;\ndeep;\ncold;\nblue"\nsky\tciel\thigh\n')
    termbase = read_termbase(path)
    assert [entry.of("fr")[0].text for entry in termbase.entries] == ["mer", "ciel"]


@pytest.mark.parametrize(
    "head",
    ["ID,Term (EN),Term (FR),Owner", "id,English term,French term,x", "id,English (en),fr terms,x"],
)
def test_heads_name_languages_in_many_ways(read, head):
    termbase = read(f"{head}\n1,pier,jetée,me\n")
    assert [(t.language, t.text) for t in termbase.entries[0].terms] == [
        ("en", "pier"),
        ("fr", "jetée"),
    ]


def test_a_table_whose_columns_are_not_understood_is_refused(read):
    with pytest.raises(InputError, match="head them with tags"):
        read("Nr,Ausgangswort,Wort\n1,pier,jetée\n2,ship,navire\n", languages=("en", "fr"))
