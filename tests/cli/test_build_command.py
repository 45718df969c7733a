"""`align build`: a folder in, memories, alignment file and report out."""

import re

import pytest
from lxml import html

from align.formats.tmx import read_tmx

QUICK = ("--encoder", "anchors", "--no-terms")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_it_writes_a_memory_a_pair_one_of_all_an_alignment_file_and_two_pages(
    run, article, tmp_path
):
    finished = run("build", article, "-o", tmp_path / "new" / "out")
    assert (finished.code, finished.err) == (0, "")
    assert names(tmp_path / "new" / "out") == [
        ".align-written.json",
        "ferry.alignment.json",
        "ferry.en-fr.tmx",
        "ferry.en-ja.tmx",
        "ferry.tmx",
        "report.html",
        "terms.html",
    ]


def test_the_pages_of_alignment_and_terms_link_to_each_other(run, article, tmp_path):
    out = tmp_path / "out"
    assert run("build", article, "-o", out).code == 0
    for page, other in (("report.html", "terms.html"), ("terms.html", "report.html")):
        links = html.parse(out / page).xpath("//header//a/@href")
        assert links == [other]


def test_without_terms_there_is_no_page_of_them_and_no_link_to_one(run, article, tmp_path):
    out = tmp_path / "out"
    assert run("build", article, "-o", out, "--no-terms").code == 0
    assert "terms.html" not in names(out)
    assert html.parse(out / "report.html").xpath("//header//a/@href") == []


def test_the_summary_is_a_plain_table_of_80_columns_with_whole_heads(run, article, tmp_path):
    lines = run("build", article, "-o", tmp_path / "out").out.splitlines()
    assert max(map(len, lines)) <= max(80, len(lines[-1]))
    assert lines[0] == "The Ferry"
    assert lines[1] == "aligned to en (English), 6 segments"
    heads = next(line for line in lines if line.split()[:1] == ["language"]).split()
    assert " ".join(heads) == "language segments 1-1 beads moved unaligned aligned units back"
    rows = {line.split()[0]: line for line in lines if re.match(r" (fr|ja) ", line)}
    assert rows["fr"].split() == ["fr", "6", "6", "0", "0", "0", "100%", "6", "0"]
    assert len(rows["fr"].rstrip()) == len(rows["ja"].rstrip())  # the numbers stand to the right
    pages = [str(tmp_path / "out" / page) for page in ("report.html", "terms.html")]
    assert lines[-1].endswith(f"to read: {', '.join(pages)}")
    assert "\x1b" not in "".join(lines)


def test_two_editions_are_summarised_too(run, make_article, tmp_path):
    finished = run("build", make_article("en", "fr"), "-o", tmp_path / "out", *QUICK)
    assert finished.code == 0
    assert "article.tmx joins all languages in" in finished.out


def test_quiet_says_nothing(run, article, tmp_path):
    finished = run("build", article, "-o", tmp_path / "out", "-q", *QUICK)
    assert (finished.code, finished.out, finished.err) == (0, "", "")
    assert "report.html" in names(tmp_path / "out")


def test_building_again_replaces_what_it_wrote(run, article, tmp_path):
    out = tmp_path / "out"
    assert run("build", article, "-o", out, *QUICK).code == 0
    before = names(out)
    (article / "fr.txt").write_text("Le bac\n\nLe bac partit à 9:15.\n")
    assert run("build", article, "-o", out, *QUICK).code == 0
    assert names(out) == before
    assert "Le bac partit" in (out / "report.html").read_text()


def test_a_memory_that_was_edited_is_not_overwritten(run, refuses, article, tmp_path):
    out = tmp_path / "out"
    run("build", article, "-o", out, *QUICK)
    memory = out / "ferry.en-fr.tmx"
    memory.write_text(memory.read_text().replace("</body>", "<!-- mended --></body>"))
    message = refuses("build", article, "-o", out, *QUICK)
    assert message.startswith(f"{memory}: ") and "--force" in message


def test_a_report_that_someone_else_wrote_is_not_overwritten(refuses, article, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "report.html").write_text("<p>mine</p>")
    assert "--force" in refuses("build", article, "-o", out, *QUICK)


def test_a_page_of_terms_that_was_edited_is_not_overwritten(run, refuses, article, tmp_path):
    out = tmp_path / "out"
    run("build", article, "-o", out)
    page = out / "terms.html"
    page.write_text(page.read_text().replace("</h1>", " (reviewed)</h1>"))
    message = refuses("build", article, "-o", out)
    assert message.startswith(f"{page}: ") and "--force" in message
    assert run("build", article, "-o", out, "--no-terms").code == 0


def test_force_overwrites_what_was_edited(run, article, tmp_path):
    out = tmp_path / "out"
    run("build", article, "-o", out, *QUICK)
    (out / "report.html").write_text("<p>mine</p>")
    assert run("build", article, "-o", out, "--force", *QUICK).code == 0
    assert "mine" not in (out / "report.html").read_text()
    assert run("build", article, "-o", out, *QUICK).code == 0


def test_other_files_in_the_folder_stay(run, article, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    run("build", article, "-o", out, *QUICK)
    assert (out / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("profile", ["default", "omegat", "trados", "lokalize"])
def test_a_profile_and_tags_of_ones_own_reach_the_memories(run, article, tmp_path, profile):
    out = tmp_path / "out"
    arguments = ["--tmx-profile", profile, "--tmx-lang", "en=en-GB", "--tmx-lang", "fr=fr-CA"]
    assert run("build", article, "-o", out, *arguments).code == 0
    memory = (out / "ferry.en-fr.tmx").read_text()
    assert 'xml:lang="en-GB"' in memory and 'xml:lang="fr-CA"' in memory
    assert ("x-confidence" in memory) == (profile in ("default", "omegat"))


def test_properties_can_be_left_out_and_context_added(run, article, tmp_path):
    out = tmp_path / "out"
    assert run("build", article, "-o", out, "--no-props", "--context").code == 0
    memory = (out / "ferry.en-fr.tmx").read_text()
    assert "x-confidence" not in memory
    assert "x-context-pre" in memory


def test_title_and_licence_stand_in_the_memories(run, article, tmp_path):
    (article / "corpus.toml").write_text('title = "Fog & Ferry"\nlicence = "CC0-1.0"\n')
    run("build", article, "-o", tmp_path / "out", *QUICK)
    memory = (tmp_path / "out" / "ferry.en-fr.tmx").read_text()
    assert "Fog &amp; Ferry\nLicence: CC0-1.0" in memory


def test_more_confidence_asked_for_means_fewer_units(run, article, tmp_path):
    run("build", article, "-o", tmp_path / "all", *QUICK, "--min-confidence", "0")
    run("build", article, "-o", tmp_path / "none", *QUICK, "--min-confidence", "1")
    every = list(read_tmx(tmp_path / "all" / "ferry.en-fr.tmx"))
    none = list(read_tmx(tmp_path / "none" / "ferry.en-fr.tmx"))
    assert len(every) > len(none) == 0


def test_a_language_the_encoder_does_not_know_is_aligned_when_asked(run, make_article, tmp_path):
    folder = make_article("en", "fr", "sv")
    finished = run("build", folder, "-o", tmp_path / "out", "--allow-uncovered")
    assert finished.code == 0
    assert "article.en-sv.tmx" in names(tmp_path / "out")
