"""What the commands say of files of pairs, memories and termbases that tools wrote."""

from __future__ import annotations

import json

import pytest

HEAD = '<?xml version="1.0"?>\n<xliff version="1.2">\n'


def xliff_file(language, *units):
    inner = "\n".join(
        f"<trans-unit id='{number}'>\n<source>{source}</source>{target}</trans-unit>"
        for number, (source, target) in enumerate(units)
    )
    return (
        f'<file original="{language}.txt" source-language="en" target-language="{language}">'
        f"<body>\n{inner}\n</body></file>\n"
    )


def target(text, state=None):
    return f"<target{f' state={state!r}' if state else ''}>{text}</target>"


@pytest.fixture
def job(tmp_path):
    def write(*files, name="job.xlf"):
        path = tmp_path / name
        path.write_text(f"{HEAD}{''.join(files)}</xliff>", encoding="utf-8")
        return path

    return write


def findings(finished):
    return json.loads(finished.out)["findings"]


FOG = ("Nobody saw the fog.", target("Personne ne vit la brume."))
HARBOUR = "The harbour was closed."


def test_what_is_not_translated_is_reported_on_its_own_line(run, job):
    path = job(xliff_file("fr", FOG, (HARBOUR, ""), ("It rained.", target("Il plut."))))
    finished = run("check", path, "--only", "omission", "--to", "json")
    [finding] = findings(finished)
    assert finding["line"] == 7
    assert path.read_text().split("\n")[6].startswith(f"<source>{HARBOUR}")


def test_what_is_not_translated_is_reported_for_its_own_file_alone(run, job):
    german = xliff_file("de", ("It rained.", target("Es regnete.")))
    path = job(german, xliff_file("fr", FOG, (HARBOUR, "")))
    assert findings(run("check", path, "-t", "de", "--only", "omission", "--to", "json")) == []
    assert len(findings(run("check", path, "-t", "fr", "--only", "omission", "--to", "json"))) == 1


def test_units_are_chosen_by_their_state(run, job):
    path = job(
        xliff_file(
            "fr",
            ("It has 9 masts.", target("Il a 8 mâts.", "needs-l10n")),
            ("It has 5 sails.", target("Il a 4 voiles.", "final")),
        )
    )

    def numbers(*options):
        found = findings(run("check", path, "--only", "numbers", "--to", "json", *options))
        return [finding["source_text"] for finding in found]

    assert numbers() == ["It has 9 masts.", "It has 5 sails."]
    assert numbers("--state", "final") == ["It has 5 sails."]
    assert numbers("--state", "needs-l10n") == ["It has 9 masts."]
    assert numbers("--state", "final", "--state", "draft") == numbers()


def test_an_odd_unit_of_a_memory_is_said_once_and_costs_nothing(run, job, tmp_path):
    units = (
        '<tu><tuv xml:lang="en"><seg>Nobody saw the fog.</seg></tuv><tuv><seg>x</seg></tuv>\n'
        '<tuv xml:lang="fr"><seg>Nul ne vit le brouillard.</seg></tuv></tu>'
    ) * 2
    memory = tmp_path / "memory.tmx"
    memory.write_text(f'<tmx version="1.4"><header srclang="en"/><body>{units}</body></tmx>')
    finished = run("check", job(xliff_file("fr", FOG)), "--memory", memory, "--to", "json")
    assert "memory" in {finding["check"] for finding in findings(finished)}
    said = [line for line in finished.err.splitlines() if "memory.tmx:" in line]
    assert said == [
        f"align: warning: {memory}:1: a <tuv> without xml:lang is passed over; there are 2, "
        "this is the first"
    ]


def test_a_catalogue_serves_as_a_memory(run, job, tmp_path):
    memory = tmp_path / "fr.po"
    memory.write_text('msgid "Nobody saw the fog."\nmsgstr "Nul ne vit le brouillard."\n')
    finished = run("check", job(xliff_file("fr", FOG)), "--memory", memory, "--to", "json")
    assert "memory" in {finding["check"] for finding in findings(finished)}


def test_terms_are_followed_in_a_table(run, tmp_path):
    rows = [f"The ferry has {number} masts.\tLe bac a {number} mâts." for number in range(6)]
    table = tmp_path / "ferry.en-fr.tsv"
    table.write_text("source\ttarget\n" + "\n".join(rows), encoding="utf-8")
    finished = run("terms", table, "--to", "json")
    assert finished.code == 0
    assert any(each["term"] == "ferry" for each in json.loads(finished.out)["terms"])


def test_a_memory_made_of_a_copied_page_is_empty_and_says_so(run, tmp_path):
    folder = tmp_path / "boat"
    folder.mkdir()
    text = "The boat was built of oak. Its sail was red.\n\nThe keeper mended it every spring.\n"
    for name in ("en.txt", "fr.txt"):
        (folder / name).write_text(text)
    finished = run("build", folder, "-o", tmp_path / "out", "--no-terms")
    assert "Its sail" not in (tmp_path / "out" / "boat.en-fr.tmx").read_text()
    assert "3 of 3 units held back, for they are not translated" in finished.err


def test_one_warning_says_where_name_and_page_and_text_disagree(run, tmp_path):
    page = "<html lang='en'><body>" + "<p>The boat was built of oak and stood on a hill.</p>" * 9
    (tmp_path / "fr.html").write_text(page + "</body></html>")
    (tmp_path / "de.txt").write_text("Das Boot war aus Eiche gebaut. " * 9)
    finished = run("pair", tmp_path / "de.txt", tmp_path / "fr.html")
    said = [line for line in finished.err.splitlines() if "fr.html" in line]
    assert len(said) == 1
    assert "declares English and looks like English, is taken for French" in said[0]
