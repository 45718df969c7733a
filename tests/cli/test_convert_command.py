"""`align convert` and `align import`: any format to any other, and edits back."""

import openpyxl
import pytest

from align.formats import read_pairs
from align.formats.termbases import read_termbase

XLIFF = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.md" source-language="en" target-language="fr" datatype="plaintext"><body>
<trans-unit id="1"><source>The <g id="1">red</g> sail.</source>
<target>La voile <g id="1">rouge</g>.</target></trans-unit>
<trans-unit id="2"><source>Fog.</source><target>Brune.</target></trans-unit>
<trans-unit id="3"><source>Fog.</source></trans-unit>
</body></file></xliff>"""


@pytest.fixture
def job(tmp_path):
    path = tmp_path / "job.xlf"
    path.write_text(XLIFF)
    return path


def texts(path):
    return [tuple(variant.text for variant in unit.variants) for unit in read_pairs(path)]


@pytest.mark.parametrize("name", ["a.tmx", "a.po", "a.csv", "a.xlsx", "a.jsonl", "a.xliff2"])
def test_the_ending_says_the_format(run, job, tmp_path, name):
    assert run("convert", job, "-o", tmp_path / name).code == 0
    assert ("The red sail.", "La voile rouge.") in texts(tmp_path / name)


def test_a_memory_of_several_languages_is_cut_to_the_one_that_is_named(run, tmp_path):
    table = tmp_path / "a.csv"
    table.write_text("en,fr,de\nFog.,Brume.,Nebel.\n")
    assert run("convert", table, "--to", "po").code == 2
    shown = run("convert", table, "--to", "tmx", "-t", "de")
    assert "Nebel." in shown.out
    assert "Brume." not in shown.out


def test_the_tool_decides_the_tags(run, tmp_path):
    table = tmp_path / "a.csv"
    table.write_text("en,zh-Hans\nFog.,雾。\n")
    assert 'xml:lang="zh_CN"' in run("convert", table, "--to", "tmx", "--profile", "lokalize").out
    assert 'target-language="zh-CN"' in run("convert", table, "--to", "xliff").out


def test_what_does_not_go_into_the_format_is_said(run, job):
    shown = run("convert", job, "--to", "tmx")
    assert "units without a source or a translation, which are not in the memory: 1" in shown.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--to", "quill"], "'quill' is none of"),
        (["-o", "a.xyz"], "does not show by its ending"),
        (["--to", "tmx", "-t", "ja"], "has nothing in 'ja'; there are fr"),
        (["--to", "tmx", "--profile", "quill"], "unknown TMX profile 'quill'"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(run, job, options, said):
    shown = run("convert", job, *options)
    assert shown.code == 2
    assert said in " ".join(shown.err.split())


@pytest.mark.parametrize("name", ["gone", "gone.html", "gone.tmx"])
def test_a_file_that_is_not_there_is_told_as_that(run, tmp_path, name):
    shown = run("convert", tmp_path / name, "-o", tmp_path / "a.tmx")
    assert (shown.code, shown.err) == (2, f"align: {tmp_path / name}: no such file\n")


@pytest.mark.parametrize("to", ["docx", "epub", "html", "tei"])
def test_a_text_to_read_does_not_become_a_memory(run, job, tmp_path, to):
    text = tmp_path / f"a.{to}"
    run("convert", job, "--to", to, "-o", text)
    shown = run("convert", text, "-o", tmp_path / "a.tmx")
    assert shown.code == 2
    assert shown.err.startswith(f"align: {text}: holds no pairs that are read; .csv, .tsv,")


TERMS = "en,fr,fr status\nbreakwater,brise-lames,preferred\nquay,quai,\n"


@pytest.mark.parametrize("to", ["tbx", "tbx2", "xlsx", "tsv", "csv"])
def test_a_termbase_goes_from_any_format_to_any_other(run, tmp_path, to):
    first, second = tmp_path / "a.csv", tmp_path / "a.tbx"
    first.write_text(TERMS)
    assert run("convert", first, "--termbase", "-o", second).code == 0
    third = tmp_path / f"b.{to.rstrip('2')}"
    assert run("convert", second, "--to", to, "-o", third).code == 0
    assert read_termbase(third).entries == read_termbase(second).entries


def test_a_glossary_is_of_the_two_languages_that_are_named(run, tmp_path):
    terms = tmp_path / "a.csv"
    terms.write_text("en,fr,de\nquay,quai,Kai\n")
    shown = run("convert", terms, "--to", "omegat")
    assert shown.code == 2
    assert "-s and -t" in shown.err
    shown = run("convert", terms, "--to", "omegat", "-s", "de", "-t", "en")
    assert shown.out.splitlines()[-1] == "Kai\tquay"


def edit(path, changes):
    book = openpyxl.load_workbook(path)
    heads = [cell.value for cell in book.active[1]]
    for (row, head), value in changes.items():
        book.active.cell(row=row + 1, column=heads.index(head) + 1).value = value
    book.save(path)


def test_edits_of_a_workbook_come_back_into_the_file(run, job, tmp_path):
    book, edited = tmp_path / "job.xlsx", tmp_path / "edited.xlf"
    assert run("convert", job, "-o", book).code == 0
    edit(book, {(2, "fr"): "Brume.", (2, "note"): "a typo", (3, "fr"): "Du brouillard.",
                (1, "state"): "reviewed"})  # fmt: skip
    shown = run("import", book, "--into", job, "-o", edited)
    assert shown.code == 0
    assert "1 translations changed, 1 added, 1 states" in shown.err
    first, second, third = read_pairs(edited)
    assert first.variants[1].content[1].key == "1"
    assert first.state == "approved"
    assert second.variants[1].text == "Brume."
    assert [remark.text for remark in second.remarks] == ["a typo"]
    assert third.variants[1].text == "Du brouillard."


def test_an_import_into_one_language_keeps_the_others(run, tmp_path):
    memory, table = tmp_path / "m.csv", tmp_path / "edited.csv"
    memory.write_text("en,fr,ja\nFog.,Brume.,霧。\n", encoding="utf-8")
    run("convert", memory, "-o", tmp_path / "m.tmx")
    table.write_text("en,fr\nFog.,Brouillard.\n")
    edited = tmp_path / "edited.tmx"
    assert run("import", table, "--into", tmp_path / "m.tmx", "-t", "fr", "-o", edited).code == 0
    assert texts(edited) == [("Fog.", "Brouillard.", "霧。")]
    shown = run("import", table, "--into", memory, "-t", "fr", "-o", tmp_path / "edited.po")
    assert f"{memory}: translations in ja are not in what is written; write .tmx" in shown.err


def test_units_of_another_source_are_told_of_and_not_lost_in_silence(run, tmp_path):
    units = (
        f'<tu><tuv xml:lang="{tag}"><seg>{text}</seg></tuv>'
        '<tuv xml:lang="fr"><seg>Brume.</seg></tuv></tu>'
        for tag, text in (("en", "Fog."), ("de", "Nebel."))
    )
    memory, table = tmp_path / "m.tmx", tmp_path / "a.csv"
    memory.write_text(
        f'<tmx version="1.4"><header srclang="*all*"/><body>{"".join(units)}</body></tmx>'
    )
    table.write_text("en,fr\nFog.,Brouillard.\n")
    said = f"{memory}:1: a unit without a text in 'en' is passed over"
    assert said in run("convert", memory, "-t", "fr", "-o", tmp_path / "b.csv").err
    assert said in run("import", table, "--into", memory, "-t", "fr", "-o", tmp_path / "c.po").err
    assert said in run("check", memory, "-t", "fr").err
    assert "without a text" not in run("convert", memory, "-s", "de", "-t", "fr").err


def test_an_import_without_edits_changes_nothing(run, job, tmp_path):
    book, edited, again = (tmp_path / name for name in ("job.xlsx", "edited.xlf", "again.xlf"))
    run("convert", job, "-o", book)
    run("import", book, "--into", job, "-o", edited)
    run("convert", job, "-o", again)
    written = again.read_text().replace("job.xlf", "a.md")
    assert edited.read_text() == written


def test_rows_in_another_order_find_their_units(run, job, tmp_path):
    table, edited = tmp_path / "edited.csv", tmp_path / "edited.xlf"
    table.write_text("en,fr\nFog.,Brume.\nElsewhere.,Ailleurs.\nThe red sail.,Une voile.\n")
    shown = run("import", table, "--into", job, "-o", edited)
    assert shown.code == 1
    assert "row 3: no unit has this number and source text" in shown.err
    assert "row 4: inline codes are lacking" in shown.err
    assert texts(edited)[:2] == [("The red sail.", "Une voile."), ("Fog.", "Brume.")]


def test_inline_codes_stay_beside_the_same_words(run, job, tmp_path):
    book, edited = tmp_path / "job.xlsx", tmp_path / "edited.xlf"
    run("convert", job, "-o", book)
    edit(book, {(1, "fr"): "Cette voile est rouge."})
    shown = run("import", book, "--into", job, "-o", edited)
    assert "1 translations changed, the codes of 1 kept" in shown.err
    content = next(iter(read_pairs(edited))).variants[1].content
    assert [piece if isinstance(piece, str) else piece.role for piece in content] == [
        "Cette voile est ", "open", "rouge", "close", "."]  # fmt: skip


def test_rows_of_one_text_that_could_be_either_are_named(run, job, tmp_path):
    table, edited = tmp_path / "edited.csv", tmp_path / "edited.xlf"
    table.write_text("unit,en,fr\n7,Fog.,Brume.\n")
    shown = run("import", table, "--into", job, "-o", edited)
    assert shown.code == 1 and "row 2: no unit has this number" in shown.err


def test_a_dry_run_of_an_import_writes_nothing(run, job, tmp_path):
    table = tmp_path / "edited.csv"
    table.write_text("en,fr\nFog.,Brume.\n")
    shown = run("import", table, "--into", job, "--dry-run")
    assert shown.code == 0 and "1 translations changed" in shown.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["edited.csv", "job.xlf"]


def test_units_without_a_translation_that_a_format_has_no_place_for_are_counted(run, job, tmp_path):
    shown = run("convert", job, "--to", "moses", "-o", tmp_path / "job")
    assert "units without a translation, which are not written: 1\n" in shown.err
    shown = run("convert", job, "-o", tmp_path / "job.tmx")
    assert "which are not in the memory: 1\n" in shown.err


def test_units_that_a_memory_has_once_are_counted(run, tmp_path):
    table = tmp_path / "a.csv"
    table.write_text("en,fr,note\nFog.,Brume.,first\nFog.,Brume.,second\nFog.,Brouillard.,\n")
    shown = run("convert", table, "-o", tmp_path / "a.tmx")
    assert shown.err == (
        "align: warning: units that say what one before them says, which is written once, with "
        "the notes and properties of the first: 1\n"
    )
