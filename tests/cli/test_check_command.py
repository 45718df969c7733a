"""`align check`: a translation in, findings out, an exit code for faults."""

import json

import pytest

from align.checks.registry import CHECKS
from align.documentation import Documentation
from align.formats.tmx import write_tmx
from align.text import Span
from align.units import TranslationUnit, Variant

EN = "The Ferry\n\nThe ferry left at nine. Nobody saw the fog.\n"
FR = "Le bac\n\nLe bac partit à neuf heures. Personne ne vit la brume.\n"


class WordCheck:
    """Finds a word in the translation."""

    covers = ""
    documentation = Documentation("finds a word", "All words.", "Words matter.", "“bac”", "--skip")

    def __init__(self, name, word, severity):
        self.name = name
        self.word = word
        self.severity = severity

    def find(self, translation):
        for passage in translation.passages:
            start = passage.target.find(self.word)
            if start >= 0:
                span = Span(start, start + len(self.word))
                yield translation.finding(
                    self.name, self.severity, passage, f"there is a {self.name}", target_span=span
                )


@pytest.fixture
def words(monkeypatch):
    """Makes checks that find a word the only ones there are."""
    checks = (WordCheck("ferry", "bac", "error"), WordCheck("fog", "brume", "warning"))
    monkeypatch.setattr("align.checks.registry.CHECKS", checks)


@pytest.fixture
def files(tmp_path):
    paths = tmp_path / "en.txt", tmp_path / "fr.txt"
    for path, text in zip(paths, (EN, FR), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_each_finding_has_file_line_and_column(run, words, files):
    finished = run("check", *files)
    heads = [line for line in finished.out.splitlines() if line.endswith("]")]
    assert heads == [
        f"{files[1]}:1:4: error: there is a ferry [ferry]",
        f"{files[1]}:3:4: error: there is a ferry [ferry]",
        f"{files[1]}:3:49: warning: there is a fog [fog]",
    ]


def test_the_counts_stand_on_standard_error(run, words, files):
    assert run("check", *files).err == "align: 2 errors, 1 warning, 0 notes\n"
    assert run("check", *files, "--quiet").err == ""


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),
        (["--fail-on", "never"], 0),
        (["--only", "fog"], 0),
        (["--only", "fog", "--fail-on", "warning"], 1),
        (["--skip", "ferry", "--fail-on", "note"], 1),
    ],
)
def test_it_ends_as_the_gravest_finding_says(run, words, files, options, code):
    assert run("check", *files, *options).code == code


def test_what_did_not_run_is_said_with_the_reason(run, files):
    finished = run("check", *files, "--only", "memory", "--only", "spacing")
    assert finished.err.splitlines()[0] == "align: not run: memory (no memory was given)"


def test_a_faithful_translation_ends_with_0(run, files):
    finished = run("check", *files)
    assert finished.code == 0
    assert "align: 0 errors" in finished.err


def test_a_folder_is_checked_in_the_languages_asked_for(run, words, article):
    text = (article / "fr.txt").read_text(encoding="utf-8")
    (article / "fr.txt").write_text(text.replace("ferry", "bac"), encoding="utf-8")
    everything = run("check", article, "--only", "ferry")
    assert f"{article}/fr.txt:" in everything.out
    assert run("check", article, "--only", "ferry", "-t", "ja").out == ""


def test_a_memory_is_checked(run, words, tmp_path):
    units = [TranslationUnit((Variant("en", (), "Ferry."), Variant("fr", (), "Le bac.")))]
    write_tmx(tmp_path / "m.tmx", units, languages=["fr"], source="en")
    finished = run("check", tmp_path / "m.tmx")
    assert finished.code == 1
    assert f"{tmp_path}/m.tmx:" in finished.out


@pytest.mark.parametrize("option", ["--termbase", "--memory"])
def test_what_is_known_of_other_languages_only_is_said_to_be_of_no_use(
    run, words, files, tmp_path, option
):
    path = tmp_path / "terms.csv"
    path.write_text("de,it\nHafen,porto\n", encoding="utf-8")
    if option == "--memory":
        path = tmp_path / "memory.tmx"
        unit = TranslationUnit((Variant("de", (0,), "Hafen"), Variant("it", (0,), "porto")))
        write_tmx(path, [unit], languages=["de", "it"], source="de")
    finished = run("check", *files, option, path, "-q")
    assert f"{path}: has nothing in both en and fr, only de, it" in finished.err


def test_a_baseline_is_made_and_hides_what_it_accepts(run, words, files, tmp_path):
    baseline = tmp_path / "fr.baseline.json"
    made = run("check", *files, "--baseline", baseline, "--update-baseline")
    assert (made.code, made.out) == (0, "")
    assert made.err == f"align: {baseline}: 3 findings accepted, 3 new; 0 gone\n"
    again = run("check", *files, "--baseline", baseline)
    assert (again.code, again.out) == (0, "")
    assert again.err == "align: 0 errors, 0 warnings, 0 notes; 3 accepted by the baseline\n"


@pytest.mark.parametrize("linked", ["symlink_to", "hardlink_to"])
def test_a_baseline_never_replaces_a_text(refuses, words, files, tmp_path, linked):
    # What the text holds is a baseline, so that reading it is no hindrance.
    accepted = '{"format": "align-baseline", "version": 1, "accepted": []}'
    files[1].write_text(accepted, encoding="utf-8")
    baseline = tmp_path / "fr.baseline.json"
    getattr(baseline, linked)(files[1])
    for place in (baseline, files[1]):
        said = refuses("check", *files, "--baseline", place, "--update-baseline", "--force")
        assert "is a text to be read" in said
    assert files[1].read_text(encoding="utf-8") == accepted


def test_what_is_no_baseline_is_not_made_one(refuses, words, files, tmp_path):
    baseline = tmp_path / "notes.json"
    baseline.write_text('{"mine": 1}')
    refuses("check", *files, "--baseline", baseline, "--update-baseline", "--force")
    assert baseline.read_text() == '{"mine": 1}'


def test_a_baseline_that_the_user_edited_is_updated(run, words, files, tmp_path):
    baseline = tmp_path / "fr.baseline.json"
    run("check", *files, "--baseline", baseline, "--update-baseline")
    content = json.loads(baseline.read_text(encoding="utf-8"))
    del content["accepted"][0]
    baseline.write_text(json.dumps(content), encoding="utf-8")
    updated = run("check", *files, "--baseline", baseline, "--update-baseline")
    assert updated.err == f"align: {baseline}: 3 findings accepted, 1 new; 0 gone\n"


def test_a_baseline_is_updated_and_says_what_is_gone(run, words, files, tmp_path):
    baseline = tmp_path / "fr.baseline.json"
    run("check", *files, "--baseline", baseline, "--update-baseline")
    files[1].write_text(FR.replace("brume", "bac de brume"), encoding="utf-8")
    updated = run("check", *files, "--baseline", baseline, "--update-baseline")
    assert updated.err == f"align: {baseline}: 4 findings accepted, 2 new; 1 gone\n"
    accepted = json.loads(baseline.read_text(encoding="utf-8"))["accepted"]
    assert len(accepted) == 4


def test_the_checks_are_listed(run):
    finished = run("check", "--list")
    assert finished.code == 0
    assert [line.split()[0] for line in finished.out.splitlines() if line[0] != " "] == [
        check.name for check in CHECKS
    ]


@pytest.mark.parametrize("check", CHECKS, ids=[check.name for check in CHECKS])
def test_every_check_can_be_explained(run, check):
    finished = run("check", "--explain", check.name)
    assert finished.code == 0
    flat = "".join(finished.out.split())  # however it is wrapped
    for text in (check.documentation.summary, check.documentation.what, check.documentation.why):
        assert "".join(text.split()) in flat


def test_an_unknown_check_is_refused_with_a_suggestion(refuses, words, files):
    message = "unknown check 'ferri'; did you mean 'ferry'?"
    assert refuses("check", "--explain", "ferri") == message
    assert refuses("check", *files, "--only", "ferri") == message
    assert refuses("check", *files, "--skip", "ferri") == message


def test_what_cannot_be_used_is_refused(refuses, words, files, tmp_path):
    english, french = files
    assert refuses("check", english).startswith(f"{english}: is one text; give its translation too")
    assert (
        refuses("check", english, tmp_path / "no.txt")
        == f"{tmp_path}/no.txt: there is no such file"
    )
    assert refuses("check", tmp_path / "no") == f"{tmp_path}/no: there is no such folder"
    assert "unknown language" in refuses("check", english, french, "-t", "jp")
    assert "holds no text" in refuses("check", english, _written(tmp_path / "empty.txt", ""))
    assert "not TMX" in refuses("check", _written(tmp_path / "a.tmx", "<a/>"))


def test_a_text_in_another_language_than_its_name_says_is_warned_of(run, words, tmp_path):
    english = _written(tmp_path / "en.txt", EN * 10)
    french = _written(tmp_path / "fr.txt", "フェリーは九時に出た。誰も霧を見なかった。\n" * 20)
    finished = run("check", english, french)
    assert finished.err.splitlines()[0] == (
        f"align: warning: {french}: looks like Japanese, is taken for French; "
        "name its language (-s, -t) or rename the file"
    )


def test_an_unknown_check_without_a_likeness_is_told_which_there_are(refuses, words):
    assert refuses("check", "--explain", "xyz") == "unknown check 'xyz'; there are ferry, fog"


def test_options_that_make_no_sense_are_refused(refuses, words, files, tmp_path):
    baseline = tmp_path / "b.json"
    assert refuses("check", *files, "--update-baseline").startswith("--update-baseline writes")
    both = refuses("check", *files, "--baseline", baseline, "--update-baseline", "-o", "a.html")
    assert both == "--update-baseline writes the baseline alone; leave out -o"
    missing = refuses("check", *files, "--baseline", baseline)
    assert missing == f"{baseline}: no such baseline; --update-baseline makes it"
    assert "is a text to be read" in refuses("check", *files, "-o", files[1])
    assert "say --to" in refuses("check", *files, "-o", tmp_path / "out.pdf")
    memory = _written(tmp_path / "memory.odt", "a,b\n")
    assert "holds no pairs that are read" in refuses("check", *files, "--memory", memory)
    assert "no such file" in refuses("check", *files, "--termbase", tmp_path / "no.tbx")


def test_a_slip_in_a_termbase_is_known_before_a_folder_is_aligned(refuses, article, monkeypatch):
    monkeypatch.setattr("align.inputs.build", None)  # calling it would fail
    assert "no such file" in refuses("check", article, "--termbase", article.parent / "no.tbx")


def _written(path, text):
    path.write_text(text, encoding="utf-8")
    return path
