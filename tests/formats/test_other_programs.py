"""What is written, opened by programs that people work with: LibreOffice, lttoolbox, gettext.

OmegaT is in test_omegat.py; Python libraries are where the formats are.
"""

import csv
import gettext
import re
import subprocess

import openpyxl
import pytest

from align.formats import write_check_report, write_term_report
from align.formats.memory import Memory
from align.formats.registry import MEMORY_WRITERS
from align.formats.termbases import write_termbase
from align.formats.tmx import PROFILES, write_tmx
from align.termbases import Termbase, TermbaseEntry, TermbaseTerm
from align.units import Remark, TranslationUnit, Variant

pytestmark = pytest.mark.integration

SENTENCES = {
    "en": [
        "The bakery opens before sunrise.", "R&D costs fell below 5 < 6 percent.",
        "She said: “We close.”",
    ],
    "fr": [
        "La boulangerie ouvre avant l’aube.", "Les coûts de R&D sont tombés sous 5 < 6 pour cent.",
        "« Nous fermons », dit-elle.",
    ],
    "ja": [
        "そのパン屋は日の出前に開く。", "R&Dの費用は5 < 6パーセントを下回った。",
        "「閉めます」と彼女は言った。",
    ],
    "ar": ["يفتح المخبز قبل شروق الشمس.", "انخفضت تكاليف R&D\u200f إلى 5 < 6.", "قالت: «نغلق»."],
    "ru": [
        "Пекарня открывается до рассвета.", "Расходы на R&D упали ниже 5 < 6 процентов.",
        "«Закрываемся», — сказала она.",
    ],
    "zh-Hant": ["這家麵包店在日出前開門。", "R&D費用降到5 < 6個百分點以下。", "她說：「關門。」"],
}  # fmt: skip


def units(*languages):
    rows = zip(*(SENTENCES[tag] for tag in languages), strict=True)
    return [
        TranslationUnit(
            tuple(Variant(tag, (), text) for tag, text in zip(languages, row, strict=True))
        )
        for row in rows
    ]


# LibreOffice

_SHEETS_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
_PLAIN_TEXT = "txt:Text (encoded):UTF8"


@pytest.fixture(scope="module")
def libreoffice(program, tmp_path_factory):
    """Converts files with LibreOffice; returns by their names those that it made.

    Without a window it asks nobody whether it should repair a file: what is damaged is not opened.
    """
    profile = tmp_path_factory.mktemp("libreoffice").as_uri()

    def convert(path, to):
        folder = path.parent / "converted"
        command = [program("soffice"), f"-env:UserInstallation={profile}", "--headless"]
        subprocess.run(
            [*command, "--convert-to", to, "--outdir", folder, path],
            check=False, capture_output=True,
        )  # fmt: skip
        return {each.name: each.read_text(encoding="utf-8-sig") for each in folder.glob("*")}

    return convert


def must_show_every_cell(path, libreoffice):
    sheets = libreoffice(path, _SHEETS_AS_CSV)
    book = openpyxl.load_workbook(path)
    assert set(sheets) == {f"{path.stem}-{name}.csv" for name in book.sheetnames}
    for name in book.sheetnames:
        rows = list(csv.reader(sheets[f"{path.stem}-{name}.csv"].splitlines(keepends=True)))
        for row in book[name].iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    assert rows[cell.row - 1][cell.column - 1] == cell.value, cell.coordinate


@pytest.mark.opened_by("LibreOffice", memory="xlsx")
def test_libreoffice_shows_the_workbook_of_a_review(tmp_path, libreoffice):
    wild = TranslationUnit(
        (Variant("en", (), '=1+1 "so",\nand @so'), Variant("ar", (), "+1؛ (1931)")),
        remarks=(Remark("a note"), Remark("0012", "x-own")), state="draft",
    )  # fmt: skip
    path = tmp_path / "review.xlsx"
    written = Memory([*units("en", "ar"), wild], "en", ("ar",))
    MEMORY_WRITERS.write(path, written, to="xlsx")
    must_show_every_cell(path, libreoffice)


@pytest.mark.opened_by("LibreOffice", terms="xlsx")
def test_libreoffice_shows_the_workbook_of_terms(tmp_path, libreoffice, term_report):
    path = tmp_path / "terms.xlsx"
    write_term_report(path, term_report, to="xlsx")
    must_show_every_cell(path, libreoffice)


@pytest.mark.opened_by("LibreOffice", termbase="xlsx")
def test_libreoffice_shows_a_termbase(tmp_path, libreoffice):
    terms = (TermbaseTerm("quay", "en"), TermbaseTerm("رصيف", "ar"), TermbaseTerm("=quai", "fr"))
    path = tmp_path / "termbase.xlsx"
    write_termbase(path, Termbase((TermbaseEntry("1", terms),)), to="xlsx")
    must_show_every_cell(path, libreoffice)


@pytest.mark.opened_by("LibreOffice", findings="xlsx")
@pytest.mark.parametrize("report", ["check_report", "hostile_check_report"])
def test_libreoffice_shows_the_workbook_of_findings(tmp_path, libreoffice, report, request):
    path = tmp_path / "findings.xlsx"
    write_check_report(path, request.getfixturevalue(report), to="xlsx")
    must_show_every_cell(path, libreoffice)


@pytest.mark.opened_by("LibreOffice", memory="docx")
def test_libreoffice_shows_the_document(tmp_path, libreoffice):
    languages = tuple(SENTENCES)
    path = tmp_path / "book.docx"
    written = Memory(units(*languages), "en", languages[1:], title="Bread & fog")
    MEMORY_WRITERS.write(path, written, to="docx")
    said = libreoffice(path, _PLAIN_TEXT)["book.txt"].splitlines()
    assert said[0] == "Bread & fog"
    rows = zip(*SENTENCES.values(), strict=True)
    assert said[1 + len(languages) :] == [text for row in rows for text in row] + [""]


@pytest.mark.parametrize(("to", "other"), [("docx", _PLAIN_TEXT), ("xlsx", _SHEETS_AS_CSV)])
def test_libreoffice_does_not_repair_what_is_cut_off(tmp_path, libreoffice, to, other):
    path = tmp_path / f"cut.{to}"
    MEMORY_WRITERS.write(path, Memory(units("en", "ar"), "en", ("ar",)), to=to)
    path.write_bytes(path.read_bytes()[:-600])
    assert libreoffice(path, other) == {}


# lttoolbox


def sentences_of_a_stream(sentences):
    """As Apertium's own programs give text to a translation memory: a full stop after each end."""
    return "".join(re.sub(r"([][\\/@<>^${}])", r"\\\1", each) + ".[][\n]" for each in sentences)


@pytest.mark.opened_by("lttoolbox", memory="tmx")
@pytest.mark.parametrize(
    ("languages", "profile", "tags"),
    [
        (("en", "fr"), "default", "en-fr"),
        (("en", "ja"), "omegat", "en-ja"),
        (("en", "ar"), "trados", "en-ar"),
        (("en", "ru"), "matecat", "en-ru"),
        (("en", "zh-Hant"), "memoq", "en-zh-TW"),
        (("en", "zh-Hant"), "lokalize", "en-zh_TW"),
        (("en", "zh-Hant"), "bcp47", "en-zh-Hant"),
        (("ja", "fr"), "default", "ja-fr"),
    ],
)
def test_a_memory_that_lttoolbox_compiled_translates_every_sentence(
    tmp_path, program, languages, profile, tags
):
    # What is noted of the whole stands in a property for it: it knows no note in the header, which
    # is where the profiles without properties have it.
    memory, compiled = tmp_path / "memory.tmx", tmp_path / "memory.bin"
    source, target = languages
    write_tmx(
        memory, units(source, target), languages=languages, source=source, profile=profile,
        context=True, note="Two lines,\nand R&D." if PROFILES[profile].properties else None,
    )  # fmt: skip
    subprocess.run([program("lt-tmxcomp"), tags, memory, compiled], check=True)
    finished = subprocess.run(
        [program("lt-tmxproc"), compiled], input=sentences_of_a_stream(SENTENCES[source]).encode(),
        capture_output=True, check=True,
    )  # fmt: skip
    expected = (re.sub(r"([<>])", r"\\\1", each) for each in SENTENCES[target])
    assert finished.stdout.decode() == "".join(f"[{each}].[][\n]" for each in expected)


# gettext


@pytest.fixture
def compiled(tmp_path, program):
    """Writes a catalogue, compiles it and reads it as programs do at run time."""

    def compile_catalogue(target, messages):
        catalogue, result = tmp_path / f"{target}.po", tmp_path / f"{target}.mo"
        MEMORY_WRITERS.write(catalogue, Memory(messages, "en", (target,)), to="po")
        command = [program("msgfmt"), "--check", "-o", result, catalogue]
        finished = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (finished.returncode, finished.stderr) == (0, "")
        with result.open("rb") as stream:
            return gettext.GNUTranslations(stream)

    return compile_catalogue


def message(target, source, translation, **options):
    variants = (Variant("en", (), source), Variant(target, (), translation))
    return TranslationUnit(variants, into=target, **options)


@pytest.mark.opened_by("gettext", memory="po")
def test_a_program_finds_the_translations_of_a_catalogue(compiled):
    texts = ['Say "fog"', "C:\\new\\table", "\nOne\n\ttwo\n", "100 % = {all}", "“R&D” < 6"]
    messages = [message("fr", text, text.swapcase()) for text in texts]
    messages.append(message("fr", "Open", "Ouvert", remarks=(Remark("door", "msgctxt"),)))
    messages.append(message("fr", "Later", "Plus tard", state="fuzzy"))
    catalogue = compiled("fr", messages)
    assert [catalogue.gettext(text) for text in texts] == [text.swapcase() for text in texts]
    assert catalogue.pgettext("door", "Open") == "Ouvert"
    assert catalogue.gettext("Later") == "Later"  # a draft is not shown


@pytest.mark.parametrize(
    ("target", "forms", "by_number"),
    [
        ("fr", ["bateau", "bateaux"], {0: 0, 1: 0, 2: 1, 1_000_000: 1}),
        ("fr", ["bateau", "de bateaux", "bateaux"], {0: 0, 1: 0, 2: 2, 1_000_000: 1}),
        ("ru", ["корабль", "корабля", "кораблей"], {1: 0, 3: 1, 5: 2, 21: 0}),
        ("ar", ["صفر", "سفينة", "سفينتان", "سفن", "سفينةً", "سفينةٍ"],
         {0: 0, 1: 1, 2: 2, 5: 3, 11: 4, 100: 5}),
    ],
)  # fmt: skip
def test_a_program_finds_the_plural_form_for_a_number(compiled, target, forms, by_number):
    messages = [
        message(target, "ship" if number == 0 else "ships", form,
                attributes=(("plural-form", str(number)),))
        for number, form in enumerate(forms)
    ]  # fmt: skip
    catalogue = compiled(target, messages)
    found = {number: catalogue.ngettext("ship", "ships", number) for number in by_number}
    assert found == {number: forms[form] for number, form in by_number.items()}
