"""`align terms` on translation memories, and on several files at once."""

import json

import pytest

import align

SOURCE = [
    "The export controls came first.",
    "Nobody liked the export controls.",
    "The harbour is calm.",
    "The export controls hit the harbour.",
]
FRENCH = [
    "Les contrôles à l’exportation vinrent d’abord.",
    "Personne n’aimait les contrôles à l’exportation.",
    "Le port est calme.",
    "Les contrôles à l’exportation frappèrent le port.",
]


def memory(path, pairs):
    units = "".join(
        f'<tu><tuv xml:lang="en"><seg>{one}</seg></tuv>'
        f'<tuv xml:lang="fr"><seg>{other}</seg></tuv></tu>'
        for one, other in pairs
    )
    path.write_text(
        '<tmx version="1.4"><header srclang="en" segtype="sentence" datatype="plaintext" '
        'adminlang="en" creationtool="x" creationtoolversion="1" o-tmf="x"/>'
        f"<body>{units}</body></tmx>",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def terms_in(run, tmp_path):
    def found(*files):
        output = tmp_path / "terms.json"
        run("terms", *files, "--fail-on", "never", "-o", output, "-q")
        return json.loads(output.read_text(encoding="utf-8"))

    return found


def test_terms_of_a_memory_are_followed_as_those_of_an_article(terms_in, tmp_path):
    content = terms_in(memory(tmp_path / "one.tmx", zip(SOURCE, FRENCH, strict=True)))
    [controls] = [term for term in content["terms"] if term["term"] == "export controls"]
    assert [place["segment"] for place in controls["mentions"]] == [0, 1, 3]
    assert controls["renderings"]["fr"][0]["rendering"] == "contrôles à l’exportation"


def test_terms_of_several_files_are_followed_together(terms_in, tmp_path):
    pairs = list(zip(SOURCE, FRENCH, strict=True))
    files = memory(tmp_path / "one.tmx", pairs[:3]), memory(tmp_path / "two.tmx", pairs[3:])
    content = terms_in(*files)
    assert content["parts"] == [{"file": "one.tmx", "first": 0}, {"file": "two.tmx", "first": 3}]
    [controls] = [term for term in content["terms"] if term["term"] == "export controls"]
    assert len(controls["mentions"]) == 3


def test_a_segment_of_several_files_is_named_by_its_file(tmp_path):
    pairs = list(zip(SOURCE, FRENCH, strict=True))
    report = align.terms(
        [memory(tmp_path / "one.tmx", pairs[:3]), memory(tmp_path / "two.tmx", pairs[3:])]
    )
    assert report.place_of(2) == "one.tmx segment 2"
    assert report.place_of(3) == "two.tmx segment 0"


def test_a_memory_without_translations_is_refused(refuses, tmp_path):
    path = tmp_path / "one.tmx"
    memory(path, [("The harbour is calm.", "")])
    assert refuses("terms", path) == f"{path}: holds no translations"
