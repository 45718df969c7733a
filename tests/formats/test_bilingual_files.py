"""What translators and researchers have, read as the same units: PO, tables, JSONL, corpora."""

import gzip
import json
import shutil
import subprocess

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from translate.storage.po import pofile

from align.converting import convert
from align.errors import InputError
from align.formats import read_pairs
from align.formats.pairs.po import read_po
from align.formats.registry import PairFile
from align.formats.states import in_states, state_of
from align.inputs import article_of
from align.settings import Settings
from align.skipped import Skipped
from align.units import Remark


@pytest.fixture
def read(tmp_path):
    def read_file(name, content, **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_pairs(path, **options))

    return read_file


def texts(units):
    return [tuple(variant.text for variant in unit.variants) for unit in units]


def languages(units):
    return {variant.language for unit in units for variant in unit.variants}


PO = """# heading
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: {plural};\\n"

{body}
"""
GERMANIC = "nplurals=2; plural=(n != 1)"
SLAVIC = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14)"
    " ? 1 : 2)"
)


def po(body, language="fr", plural=GERMANIC):
    return PO.format(language=language, plural=plural, body=body)


def test_a_catalogue_has_a_unit_a_message(read):
    units = read("app.po", po('msgid "Anchor"\nmsgstr "Ancre"\n\nmsgid "Quay"\nmsgstr ""'))
    assert texts(units) == [("Anchor", "Ancre"), ("Quay",)]
    assert units[0].variants[1].line == 8
    assert units[1].into == "fr"


def test_what_a_catalogue_says_of_a_message_is_kept(read):
    body = (
        "# mine\n#. on a button\n#: a.c:12\n#, fuzzy, c-format\n"
        'msgctxt "menu"\nmsgid "Open %s"\nmsgstr "Ouvrir %s"'
    )
    (unit,) = read("app.po", po(body))
    assert state_of(unit) == "draft"
    assert set(unit.remarks) == {
        Remark("menu", "msgctxt"), Remark("mine"), Remark("on a button", "extracted-comment"),
        Remark("a.c:12", "reference"), Remark("c-format", "flag"),
    }  # fmt: skip


def test_each_plural_form_has_the_message_it_is_for(read):
    body = 'msgid "a ship"\nmsgid_plural "%d ships"\n' + "\n".join(
        f'msgstr[{number}] "{word}"'
        for number, word in enumerate(["корабль", "корабля", "кораблей"])
    )
    assert texts(read("app.po", po(body, "ru", SLAVIC))) == [
        ("a ship", "корабль"), ("%d ships", "корабля"), ("%d ships", "кораблей"),
    ]  # fmt: skip
    one = 'msgid "a ship"\nmsgid_plural "%d ships"\nmsgstr[0] "%d隻"'
    assert texts(read("app.po", po(one, "ja", "nplurals=1; plural=0"))) == [("%d ships", "%d隻")]


@pytest.mark.parametrize("rule", ["plural=__import__('os')", "plural=n" + "+n" * 400, "nonsense"])
def test_a_rule_of_plurals_that_is_none_is_harmless(read, rule):
    body = 'msgid "a ship"\nmsgid_plural "%d ships"\nmsgstr[0] "x"\nmsgstr[1] "y"'
    assert len(read("app.po", po(body, "fr", rule))) == 2


@pytest.mark.parametrize(
    ("name", "language", "known"),
    [("fr.po", "", "fr"), ("app.po", "sr@latin", "sr-Latn"), ("app.po", "pt_BR", "pt-BR")],
)
def test_the_language_of_a_catalogue(read, name, language, known):
    units = read(name, po('msgid "Anchor"\nmsgstr "x"', language))
    assert languages(units) == {"en", known}


def test_what_is_obsolete_is_left_out(read):
    assert read("app.po", po('#~ msgid "old"\n#~ msgstr "vieux"')) == []


@pytest.mark.parametrize("content", ["hello\n", 'msgid "a\nmsgstr', "/etc/hostname"])
def test_what_is_no_catalogue_is_refused(read, content):
    with pytest.raises(InputError):
        read("fr.po", content)


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ('msgid "Anchor\nmsgstr "Ancre"', "1: a message with a text that is not closed"),
        ('msgid "Anchor"\nmsgstr "Ancre', "2: a message with a text that is not closed"),
        ('msgid "An "old" anchor"\nmsgstr ""', '1: a message with a " that is not written \\"'),
        ('msgid "Anchor"\nmsgstr ""\nAncre"', "3: a message with a line that is no text of it"),
        ("hello", "1: a message with a line that is no text of it"),
        ('msgid "Anchor"', "1: a message without msgstr"),
        ('msgstr "Ancre"', "1: a text without msgid"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr "x"', "1: a message with plural forms for one of"),
        ('msgid "a"\nmsgstr "x"\nmsgstr "y"', "3: a message with a second msgstr"),
        ('msgid "Fog"\nmsgstr "Brouillard"', "1: a message that is there already"),
        ("<<<<<<< HEAD", "1: a mark of a merge that was not finished"),
    ],
)
def test_a_message_with_a_slip_is_passed_over_and_the_others_are_read(tmp_path, slip, said):
    path, skipped = tmp_path / "fr.po", Skipped()
    path.write_text(po(f'msgid "Fog"\nmsgstr "Brume"\n\n{slip}\n\nmsgid "Quay"\nmsgstr "Quai"'))
    assert texts(read_pairs(path, skipped=skipped)) == [("Fog", "Brume"), ("Quay", "Quai")]
    line, _, what = said.partition(": ")
    (message,) = skipped.messages("fr.po")
    assert message.startswith(f"fr.po:{int(line) + 10}: {what}") and skipped.count == 1


@given(data=st.data())
def test_what_happens_to_one_message_costs_no_other(data):
    message = '#: a.c:1\n#, fuzzy\nmsgctxt "m"\nmsgid "Fog \\"x\\"\\n"\n"more"\nmsgstr "Brume"'
    at = data.draw(st.integers(0, len(message)))
    put = data.draw(st.text('"\\\nmsgid[]0 #:|', max_size=3))
    damaged = message[:at] + put + message[at + data.draw(st.integers(0, 3)) :]
    around = 'msgid "Quay"\nmsgstr "Quai"', 'msgid "Mast"\nmsgstr "Mât"'
    body = f"{around[0]}\n\n{damaged}\n\n{around[1]}"
    units = texts(read_po(PairFile("fr.po", data=po(body).encode())))
    assert units[0] == ("Quay", "Quai") and units[-1] == ("Mast", "Mât")


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ('msgid "C:\\quay"\nmsgstr "C:\\quai"', "no escape, '\\\\q', is read as it stands"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"', "1 plural forms where the header says 2"),
    ],
)
def test_what_is_odd_but_can_be_read_is_read_and_said(tmp_path, odd, said):
    path, skipped = tmp_path / "fr.po", Skipped()
    path.write_text(po(odd))
    assert len(list(read_pairs(path, skipped=skipped))) == 1
    assert said in skipped.messages(path)[0]


def test_a_broken_line_of_the_header_costs_that_line(tmp_path):
    path, skipped = tmp_path / "app.po", Skipped()
    path.write_text(po('msgid "Fog"\nmsgstr "Brume"').replace('UTF-8\\n"', "UTF-8"))
    (unit,) = read_pairs(path, skipped=skipped)
    assert unit.variants[1].language == "fr"
    assert "5: a header with a text that is not closed" in skipped.messages(path)[0]


def test_what_a_toolkit_writes_is_read(tmp_path):
    store = pofile()
    store.updateheader(add=True, language="de")
    store.addsourceunit('Say "fog"\nand wait').target = 'Sag "Nebel"\nund warte'
    path = tmp_path / "de.po"
    store.savefile(str(path))
    assert texts(read_pairs(path)) == [('Say "fog"\nand wait', 'Sag "Nebel"\nund warte')]


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
def test_our_example_is_one_that_gettext_takes(tmp_path):
    path = tmp_path / "fr.po"
    path.write_text(po('msgid "Anchor"\nmsgstr "Ancre"'))
    subprocess.run(["msgfmt", "-c", "-o", tmp_path / "fr.mo", path], check=True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_headed_by_its_languages(read, encoding):
    table = "id;English;French (fr-CA);state;note\n1;Fog;Brume;draft;x\n2;Rain;;;\n;;Seul;;\n"
    skipped = Skipped()
    units = read("t.csv", table.encode(encoding), skipped=skipped)
    assert texts(units) == [("Fog", "Brume"), ("Rain",)]
    assert languages(units) == {"en", "fr-CA"}
    assert (units[0].state, units[0].remarks) == ("draft", (Remark("1", "id"), Remark("x")))
    assert [unit.variants[0].line for unit in units] == [2, 3]
    assert skipped.messages("t") == ("t:4: a row without a source text is passed over",)


def test_source_and_target_are_what_the_name_or_the_caller_says(read):
    table = "source\ttarget\nFog\tBrume\n"
    assert languages(read("t.en-fr.tsv", table)) == {"en", "fr"}
    assert languages(read("t.tsv", table, source="en", target="de")) == {"en", "de"}
    assert texts(read("t.en-fr.csv", "Fog,Brume\n")) == [("Fog", "Brume")]
    with pytest.raises(InputError, match="does not say which languages it is in"):
        read("t.tsv", table)


def test_a_workbook_is_a_table(tmp_path):
    book = openpyxl.Workbook()
    for row in (("en", "ja"), ("Fog", "霧"), (None, None), ("Rain", "雨")):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    units = list(read_pairs(tmp_path / "t.xlsx"))
    assert texts(units) == [("Fog", "霧"), ("Rain", "雨")]
    assert units[1].variants[0].line == 4


@pytest.mark.parametrize(
    "line",
    [
        {"translation": {"en": "Fog", "fr": "Brume"}},
        {"en": "Fog", "fr": "Brume", "id": 3},
        {"source": "Fog", "target": "Brume", "source_lang": "en", "target_lang": "fr"},
        {"src": "Fog", "tgt": "Brume"},
    ],
)
def test_json_lines_in_their_forms(read, line):
    units = read("t.jsonl", json.dumps(line) + "\n", source="en", target="fr")
    assert texts(units) == [("Fog", "Brume")]
    assert languages(units) == {"en", "fr"}


def test_lines_that_hold_no_unit_are_passed_over(read):
    good = json.dumps({"en": "Fog", "fr": "Brume"})
    skipped = Skipped()
    deep = "[" * 100_000
    assert len(read("t.jsonl", f"{good}\n{deep}\n7\n{good}\n", skipped=skipped)) == 2
    assert skipped.count == 2
    with pytest.raises(InputError, match="holds no lines like"):
        read("t.jsonl", "7\n")


def test_moses_pairs_lie_side_by_side(tmp_path, read):
    (tmp_path / "t.en-fr.fr").write_text("Brume.\n\nPluie.\n")
    units = read("t.en-fr.en", "Fog.\nSun.\nRain.\n")
    assert texts(units) == [("Fog.", "Brume."), ("Sun.",), ("Rain.", "Pluie.")]
    (tmp_path / "t.en-fr.fr").write_text("Brume.\n")
    with pytest.raises(InputError, match=r"t\.en-fr\.fr: has 1 lines and its other half more"):
        list(read_pairs(tmp_path / "t.en-fr.en"))


@pytest.fixture
def beside(tmp_path):
    (tmp_path / "t.en").write_text("Fog.\nRain.\nSun.\n")
    (tmp_path / "t.ja.txt").write_text("霧。雨。\n晴れ。\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.en-ja.ladder", "0\t0\t0.4\n2\t1\t0.9\n3\t2\t0\n"),
        ("t.en-ja.vecalign", "[0, 1]:[0]:0.31\n[2]:[1]:0.2\n"),
        ("t.en-ja.txt", "# gold\n[0, 1]:[0]\n[2]:[1]\n"),
        ("u.en-ja.ladder", "Fog. ~~~ Rain.\t霧。雨。\t0.4\nSun.\t晴れ。\t1\n"),
    ],
)
def test_numbers_of_lines_are_read_with_their_texts(read, beside, name, content):
    assert texts(read(name, content)) == [("Fog. Rain.", "霧。雨。"), ("Sun.", "晴れ。")]


def test_a_bead_of_lines_that_are_not_there_is_passed_over(read, beside):
    skipped = Skipped()
    assert len(read("t.en-ja.vecalign", "[0]:[0]:1\n[99]:[1]:1\n", skipped=skipped)) == 1
    assert skipped.messages("t")[0].startswith("t:2: a bead of lines that the text does not have")


def test_numbers_without_their_texts_say_where_to_put_them(read):
    with pytest.raises(InputError, match="put the text they are of beside it"):
        read("lone.en-ja.ladder", "0\t0\n1\t1\n")


LINKS = (
    '<?xml version="1.0"?><!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">'
    '<cesAlign><linkGrp fromDoc="{0}" toDoc="fr/1.xml">'
    '<link xtargets="s1 s2;s1"/>\n<link xtargets="s9;s1"/></linkGrp></cesAlign>'
)


def test_an_alignment_of_opus_is_read_with_its_documents(tmp_path, read):
    for tag in ("en", "fr"):
        (tmp_path / "xml" / tag).mkdir(parents=True)
    words = '<t><s id="s1"><w>Fog</w><w>.</w></s><s id="s2">Rain.</s></t>'
    (tmp_path / "xml/en/1.xml.gz").write_bytes(gzip.compress(words.encode()))
    (tmp_path / "xml/fr/1.xml").write_text('<t><s id="s1">Brume. Pluie.</s></t>')
    skipped = Skipped()
    units = read("a.xml", LINKS.format("en/1.xml.gz"), skipped=skipped)
    assert texts(units) == [("Fog. Rain.", "Brume. Pluie.")]
    assert languages(units) == {"en", "fr"}
    assert skipped.messages("a")[0].startswith("a:2: a link to a sentence that is not there")


@pytest.mark.parametrize("document", ["../../etc/passwd", "/etc/passwd", "en/../../x", "..\\x"])
def test_an_alignment_names_no_document_outside_its_folder(read, document):
    with pytest.raises(InputError, match="outside its folder"):
        read("a.xml", LINKS.format(document), source="en")


def test_states_are_wanted_by_their_names_or_the_files_words(read):
    units = read("t.csv", "en,fr,state\na b,c,draft\nd e,f,signed-off\ng h,,\n")
    assert texts(in_states(units, ["final"])) == [("d e", "f")]
    assert texts(in_states(units, ["Draft"])) == [("a b", "c")]
    assert texts(in_states(units, ["untranslated", "draft"])) == [("a b", "c"), ("g h",)]
    assert len(list(in_states(units, []))) == 3
    with pytest.raises(InputError, match="no unit is in the state 'finl'; there are untranslated"):
        list(in_states(units, ["finl"]))


@pytest.mark.parametrize("name", ["t.csv", "t.en-fr.tsv", "t.jsonl", "fr.po"])
def test_any_of_them_can_be_checked(tmp_path, name):
    contents = {
        "t.csv": "en,fr\nFog,Brume\n", "t.en-fr.tsv": "Fog\tBrume\n",
        "t.jsonl": '{"en": "Fog", "fr": "Brume"}\n', "fr.po": po('msgid "Fog"\nmsgstr "Brume"'),
    }  # fmt: skip
    (tmp_path / name).write_text(contents[name])
    article = article_of(
        tmp_path / name,
        None,
        source_language=None,
        languages=(),
        settings=Settings(),
        progress=None,
    )
    assert [segment.text for segment in article.editions["fr"].segments] == ["Brume"]


def _without(characters):
    return st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters=characters),
        min_size=1,
        max_size=20,
    ).map(str.strip).filter(bool)  # fmt: skip


@given(st.lists(st.tuples(_without(""), _without("")), min_size=1, max_size=4))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
def test_any_texts_are_read_as_they_were_written(tmp_path, pairs):
    path = tmp_path / "t.jsonl"
    path.write_text(
        "".join(json.dumps({"en": a, "fr": b}, ensure_ascii=False) + "\n" for a, b in pairs),
        encoding="utf-8",
    )
    assert texts(read_pairs(path)) == pairs
    store = pofile()
    store.updateheader(add=True, language="fr")
    for source, target in dict(pairs).items():
        store.addsourceunit(source).target = target
    store.savefile(str(tmp_path / "fr.po"))
    assert texts(read_pairs(tmp_path / "fr.po")) == list(dict(pairs).items())


def test_a_row_with_a_stray_quotation_mark_costs_that_row(tmp_path):
    path, skipped = tmp_path / "t.csv", Skipped()
    path.write_text('en,fr\nFog,Brume\n"Pin" x,Pin\nElm,"Orme\nAsh,Frêne\n')
    assert texts(read_pairs(path, skipped=skipped)) == [("Fog", "Brume"), ("Ash", "Frêne")]
    (message,) = skipped.messages("t.csv")
    assert message.startswith("t.csv:3: a row with a stray quotation mark is passed over; there")


def test_columns_without_a_head_are_kept_by_their_number(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(",en,,fr,\nx,Fog,y,Brume,z\n")
    (unit,) = read_pairs(path)
    assert [(remark.name, remark.text) for remark in unit.remarks] == [
        ("column 1", "x"), ("column 3", "y"), ("column 5", "z"),
    ]  # fmt: skip


def test_rows_of_too_few_or_too_many_cells_are_read(tmp_path):
    path, skipped = tmp_path / "t.csv", Skipped()
    path.write_text("en,fr\nFog\nAsh,Frêne,more\n")
    assert texts(read_pairs(path, skipped=skipped)) == [("Fog",), ("Ash", "Frêne")]
    assert "t.csv:3: what stands behind the last column" in skipped.messages("t.csv")[0]


def test_an_object_that_does_not_say_its_languages_costs_no_other(tmp_path):
    path, skipped = tmp_path / "t.jsonl", Skipped()
    path.write_text('{"source": "a", "target": "b"}\n{"en": "Fog", "fr": "Brume"}\n[1\n')
    assert texts(read_pairs(path, skipped=skipped)) == [("Fog", "Brume")]
    assert skipped.count == 2


def test_a_catalogue_keeps_its_own_plural_forms(tmp_path):
    path, again = tmp_path / "es.po", tmp_path / "again.po"
    body = 'msgid "a ship"\nmsgid_plural "%d ships"\nmsgstr[0] "un barco"\nmsgstr[1] "%d barcos"'
    path.write_text(po(body, "es"))
    convert(path, again, to="po")
    assert "nplurals=2; plural=(n != 1);" in again.read_text()
    assert texts(read_pairs(again)) == texts(read_pairs(path))
    assert "msgctxt" not in again.read_text()


def test_a_long_comment_stays_one_line(tmp_path):
    path, again = tmp_path / "fr.po", tmp_path / "again.po"
    comment = "seen above the table of tides " * 8
    path.write_text(po(f'#. {comment}\nmsgid "Tides"\nmsgstr "Marées"'))
    convert(path, again, to="po")
    (unit,) = read_pairs(again)
    assert unit.remarks == (Remark(comment.strip(), "extracted-comment"),)


@pytest.mark.parametrize(
    ("language", "rule"),
    [("ja", "nplurals=1; plural=0"), ("lv", "nplurals=2; plural=(n == 1 ? 1 : 0)")],
)
def test_a_catalogue_keeps_both_messages_whatever_their_forms(tmp_path, language, rule):
    path, again = tmp_path / "app.po", tmp_path / "again.po"
    forms = range(int(rule[9]))
    body = 'msgid "a ship"\nmsgid_plural "%d ships"\n'
    path.write_text(po(body + "\n".join(f'msgstr[{n}] "x{n}"' for n in forms), language, rule))
    convert(path, again, to="po")
    assert 'msgid "a ship"\nmsgid_plural "%d ships"\nmsgstr[0] "x0"' in again.read_text()


VERY_MANY = '"a"\n' * 70_000


@pytest.mark.parametrize(
    ("long", "line"),
    [
        (f'msgid ""\n{VERY_MANY}msgstr "x"', 66_676),
        (f'msgid "a"\nmsgstr ""\n{VERY_MANY}', 66_676),
        (f'msgid "{"a" * 200_000}"\nmsgstr "x"', 11),
    ],
)
def test_a_very_long_message_is_passed_over_and_the_others_are_read(tmp_path, long, line):
    path, skipped = tmp_path / "fr.po", Skipped()
    path.write_text(po(f'msgid "Fog"\nmsgstr "Brume"\n\n{long}\n\nmsgid "Quay"\nmsgstr "Quai"'))
    assert texts(read_pairs(path, skipped=skipped)) == [("Fog", "Brume"), ("Quay", "Quai")]
    assert skipped.messages("fr.po") == (
        f"fr.po:{line}: a message with more than 200,000 characters is passed over",
    )


@pytest.mark.parametrize("line", ["# mine", "#. of the programmer", '#| "before"'])
def test_a_very_long_comment_is_cut_and_its_message_is_read(tmp_path, line):
    path, skipped = tmp_path / "fr.po", Skipped()
    comment = '#| msgid ""\n' + f"{line}\n" * 100_000
    path.write_text(po(f'{comment}msgid "Fog"\nmsgstr "Brume"'))
    assert texts(read_pairs(path, skipped=skipped)) == [("Fog", "Brume")]
    (message,) = skipped.messages("fr.po")
    assert message.endswith(": a comment with more than 200,000 characters is cut there")


def test_what_is_remarked_of_a_message_that_is_passed_over_goes_with_it(tmp_path):
    path = tmp_path / "fr.po"
    path.write_text(po('# of the fog\nmsgid "Fog"\n\nmsgid "Quay"\nmsgstr "Quai"'))
    (unit,) = read_pairs(path)
    assert unit.remarks == ()


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\x0c"])
def test_what_unicode_calls_a_line_end_is_none_in_a_catalogue(read, mark):
    text = po(f'msgid "Fog{mark}and"\n" salt"\nmsgstr "Brume{mark}et sel"\n')
    assert texts(read("fr.po", text)) == [(f"Fog{mark}and salt", f"Brume{mark}et sel")]


def test_a_further_sheet_of_a_workbook_is_told_where_it_holds_something(tmp_path):
    path, skipped = tmp_path / "t.xlsx", Skipped()
    book = openpyxl.Workbook()
    for row in (("en", "fr"), ("Fog.", "Brume.")):
        book.active.append(row)
    book.create_sheet("Empty")
    book.create_sheet("Chapter 2").append(("Salt.", "Sel."))
    book.save(path)
    assert texts(read_pairs(path, skipped=skipped)) == [("Fog.", "Brume.")]
    assert skipped.messages("t.xlsx") == ("t.xlsx: a further sheet, 'Chapter 2', is passed over",)


def test_lines_of_a_table_that_a_quotation_mark_runs_together_are_told_and_the_rest_is_read(
    tmp_path,
):
    path, skipped = tmp_path / "t.tsv", Skipped()
    path.write_text('en\tfr\n"Fog.\tBrume.\nSalt."\tSel.\nQuay.\tQuai.\nBarn.\tGrange.\n')
    assert texts(read_pairs(path, skipped=skipped))[-2:] == [
        ("Quay.", "Quai."),
        ("Barn.", "Grange."),
    ]
    (message,) = skipped.messages("t.tsv")
    assert message.startswith("t.tsv:2: a row with a stray quotation mark is passed over")
