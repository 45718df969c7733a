"""`align pair`: two files of any kind in, a table, indices, JSON or a memory out."""

import json

import pytest

from align.formats.alignment_json import read_alignment
from align.formats.indices import read_indices
from align.formats.tmx import read_tmx
from align.formats.tsv import read_tsv

QUICK = ("--encoder", "anchors")


@pytest.fixture
def texts(article):
    return article / "en.txt", article / "fr.txt"


def lines_of(count, word):
    return "".join(f"{word} {number}.\n" for number in range(count))


def test_the_table_goes_to_the_screen(run, texts, tmp_path):
    finished = run("pair", *texts)
    assert (finished.code, finished.err) == (0, "")
    (tmp_path / "screen.tsv").write_text(finished.out)
    rows = read_tsv(tmp_path / "screen.tsv")
    assert [row.kind for row in rows] == ["1-1"] * 6
    assert (rows[0].source, rows[0].target) == ("The Ferry", "Le ferry")


@pytest.mark.parametrize("form", ["tsv", "json", "indices", "tmx"])
def test_every_format_is_the_same_on_the_screen_and_in_a_file(
    run, texts, tmp_path, monkeypatch, form
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    path = tmp_path / "new" / f"pair.{form}"
    screen = run("pair", *texts, *QUICK, "--to", form)
    written = run("pair", *texts, *QUICK, "--to", form, "-o", path, "-q")
    assert (written.code, written.out, written.err) == (0, "", "")
    assert path.read_text(encoding="utf-8") == screen.out != ""


@pytest.mark.parametrize(
    ("name", "start"),
    [("pair.tmx", b"<?xml"), ("pair.epub", b"PK"), ("pair.docx", b"PK"), ("pair", b"source\t")],
)
def test_the_ending_says_the_format(run, texts, tmp_path, name, start):
    assert run("pair", *texts, *QUICK, "-o", tmp_path / name).code == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_json_holds_everything(run, texts, tmp_path):
    path = tmp_path / "pair.json"
    run("pair", *texts, "--to", "json", "-o", path)
    article = read_alignment(path)
    assert (article.name, article.title, article.pivot) == ("en", "The Ferry", "en")
    assert len(article.alignments["fr"]) == 6


def test_tmx_holds_the_units(run, texts, tmp_path):
    run("pair", *texts, "--to", "tmx", "-o", tmp_path / "pair.tmx")
    units = list(read_tmx(tmp_path / "pair.tmx"))
    assert units[0].variant("fr").text == "Le ferry"


@pytest.mark.parametrize("names", [("dev.de", "dev.fr"), ("x.src", "x.tgt"), ("one", "two.TXT")])
@pytest.mark.parametrize("options", [[], ["--segmented"]])
def test_files_with_any_ending_are_plain_text(run, texts, tmp_path, names, options):
    renamed = [text.rename(tmp_path / name) for text, name in zip(texts, names, strict=True)]
    finished = run("pair", *renamed, *options, *QUICK)
    assert finished.code == 0
    assert "Nobody saw the fog." in finished.out


def test_pages_are_read_as_pages(run, texts, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        "<html lang=fr><body><nav>Accueil</nav><article><h1>Le ferry</h1>"
        "<p>Le ferry partit à 9:15 avec 42 passagers. Personne ne vit le brouillard.</p>"
        "<p>À midi le port fut fermé. Il rouvrit en 1998.</p></article></body></html>"
    )
    finished = run("pair", texts[0], page, *QUICK)
    assert "Le ferry partit à 9:15 avec 42 passagers." in finished.out
    assert "<p>" not in finished.out and "Accueil" not in finished.out


def test_entities_that_a_page_declares_are_not_expanded(run, texts, tmp_path):
    levels = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "boom">' for n in range(12)
    )
    page = tmp_path / "bomb.xhtml"
    page.write_text(
        f"<!DOCTYPE html [{levels}]><html lang='fr'><body><article><p>Personne ne vit &l11; le "
        "brouillard.</p></article></body></html>"
    )
    finished = run("pair", texts[0], page, *QUICK)
    assert finished.code == 0
    assert "boom" not in finished.out


def test_segmented_cuts_and_merges_no_line_and_counts_empty_ones(run, tmp_path):
    source, target = tmp_path / "a.src", tmp_path / "a.tgt"
    source.write_bytes(b"Title\r\n\r\nOne. Two! Three?\r\n  \r\nand the end\r\n")
    target.write_text("Titre\n\nUn. Deux ! Trois ?\n\net la\nfin", encoding="utf-16")
    finished = run(
        "pair", source, target, "-s", "en", "-t", "fr", "--segmented", "--to", "indices", *QUICK
    )
    assert finished.code == 0
    path = tmp_path / "beads.txt"
    path.write_text(finished.out)
    beads = read_indices(path)
    assert sorted(index for bead in beads for index in bead.source) == list(range(5))
    assert sorted(index for bead in beads for index in bead.target) == list(range(6))


def test_segmented_reads_pages_as_lines_too(run, tmp_path):
    for name, word in (("a.html", "Line"), ("b.md", "Ligne")):
        (tmp_path / name).write_text(lines_of(3, f"# <p>{word}"))
    finished = run(
        "pair", tmp_path / "a.html", tmp_path / "b.md", "-s", "en", "-t", "fr", "--segmented",
        *QUICK,
    )  # fmt: skip
    assert "# <p>Line 0." in finished.out


def test_segmented_lines_that_were_empty_survive_as_json(run, tmp_path):
    (tmp_path / "a.src").write_text("One 1.\n\nTwo 2.\n")
    (tmp_path / "a.tgt").write_text("Un 1.\n\nDeux 2.\n")
    path = tmp_path / "pair.json"
    arguments = [tmp_path / "a.src", tmp_path / "a.tgt", "-s", "en", "-t", "fr"]
    run("pair", *arguments, "--segmented", "--to", "json", "-o", path, *QUICK)
    segments = read_alignment(path).editions["en"].segments
    assert [segment.text for segment in segments] == ["One 1.", "", "Two 2."]


def test_what_it_writes_as_indices_scores_1_against_itself(run, texts, tmp_path):
    path = tmp_path / "beads.txt"
    run("pair", *texts, "--to", "indices", "-o", path)
    figures = json.loads(run("score", path, path, "--json").out)
    assert figures["strict"]["f1"] == figures["lax"]["f1"] == 1.0


def test_one_sentence_against_a_long_text_leaves_nearly_all_unaligned(run, tmp_path):
    (tmp_path / "short.txt").write_text("The museum bought a painting by Goya in 1901.")
    (tmp_path / "long.txt").write_text(
        "\n\n".join(f"Le train numéro {n} arriva en retard. Il pleuvait à Lyon." for n in range(40))
    )
    finished = run("pair", tmp_path / "short.txt", tmp_path / "long.txt")
    assert finished.code == 0
    kinds = [line.split("\t")[4] for line in finished.out.splitlines()[1:]]
    assert kinds.count("0-1") >= 75


def mean_confidence(table):
    rows = [line.split("\t") for line in table.splitlines()[1:]]
    confidences = [float(row[3]) for row in rows if row[0] and row[1]]
    return sum(confidences) / len(confidences)


def test_in_a_language_the_encoder_does_not_know_another_text_gets_less_confidence(run, tmp_path):
    (tmp_path / "en.txt").write_text(
        "The old mill stood by the river. Every morning the miller opened its door. His cat slept "
        "on the warm sacks. One night a storm broke the great wheel. Nobody could mend it, so he "
        "sold the place. Today it is a quiet museum."
    )
    (tmp_path / "translation.txt").write_text(
        "Den gamla kvarnen stod vid floden. Varje morgon öppnade mjölnaren dörren. Hans katt sov "
        "på de varma säckarna. En natt slog en storm sönder det stora hjulet. Ingen kunde laga "
        "det, så han sålde stället. I dag är det ett stilla museum."
    )
    (tmp_path / "other.txt").write_text(
        "Vår granne har köpt en ny bil. Den är röd och ganska liten. På söndag kör de till "
        "fjällen för att åka skidor, om vädret tillåter. Barnen längtar. Tyvärr glömde de hunden "
        "hemma förra året och fick vända efter tio mil. Det gör de nog aldrig om igen."
    )
    translation, other = (
        run("pair", tmp_path / "en.txt", tmp_path / name, "--allow-uncovered").out
        for name in ("translation.txt", "other.txt")
    )
    assert mean_confidence(other) < mean_confidence(translation) - 0.1


def test_the_name_of_a_language_will_do_for_its_tag(run, texts):
    finished = run("pair", *texts, "-s", "English", "-t", "fra", "--to", "json", *QUICK)
    assert list(json.loads(finished.out)["editions"]) == ["en", "fr"]


def test_a_language_told_wrongly_can_be_named(run, tmp_path):
    """What is said of a language that no encoder knows says how to name another."""
    (tmp_path / "one.txt").write_text("Jerin dukkan kayan abinci a kasuwa. Ina son ruwa.\n")
    (tmp_path / "two.txt").write_text("A list of all that is sold at the market. Water, please.\n")
    finished = run("pair", tmp_path / "one.txt", tmp_path / "two.txt")
    assert finished.code == 2
    assert "If that is not the text's language, name it (-s, -t)" in finished.err


def test_smaller_beads_can_be_asked_for(run, tmp_path):
    (tmp_path / "a.txt").write_text("It rained for 40 days. The river rose. The bridge fell.")
    (tmp_path / "b.txt").write_text("Il plut 40 jours, le fleuve monta et le pont tomba.")
    finished = run("pair", tmp_path / "a.txt", tmp_path / "b.txt", "--longest", "1")
    kinds = {line.split("\t")[4] for line in finished.out.splitlines()[1:]}
    assert kinds <= {"1-1", "1-0", "0-1"}


def test_a_reader_that_leaves_early_ends_it_quietly(open_program, tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(lines_of(3000, "Some words that go on and on for number"))
    for arguments in (
        ["srx"],
        ["segment", tmp_path / "a.txt", "-l", "en"],
    ):
        with open_program(*arguments) as process:
            assert process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait() in (0, 1)
