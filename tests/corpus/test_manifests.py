"""Manifests: what a corpus is made of, in files of several kinds and in folders."""

from __future__ import annotations

import csv
import json

import pytest

from align.corpus.entries import entry_of
from align.corpus.folders import editions_below
from align.corpus.manifest import open_manifest
from align.errors import InputError

ROWS = [
    {"id": "one", "source": "Fog,\nand rain.", "target": "Brouillard.", "note": "a; b"},
    {"id": "two", "source_path": "two.en.txt", "target": "Deux", "source_language": "en"},
    {"id": "three", "source": "Three\there", "target": "“Trois”"},
]


def written(folder, kind, rows=ROWS):
    """Rows as a manifest of a kind."""
    path = folder / f"documents.{kind}"
    names = ["id", "source", "source_path", "target", "source_language", "note"]
    if kind == "jsonl":
        path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n")
    elif kind == "parquet":
        arrow = pytest.importorskip("pyarrow")
        import pyarrow.parquet

        columns = {name: [row.get(name) for row in rows] for name in names}
        pyarrow.parquet.write_table(arrow.table(columns), path, row_group_size=2)
    else:
        with path.open("w", newline="") as stream:
            table = csv.DictWriter(stream, names, delimiter="," if kind == "csv" else "\t")
            table.writeheader()
            table.writerows(rows)
    return path


KINDS = ["jsonl", "csv", "tsv", "parquet"]


@pytest.mark.parametrize("kind", KINDS)
def test_all_kinds_have_the_same_rows(tmp_path, kind):
    manifest = open_manifest(written(tmp_path, kind))
    assert manifest.count == 3
    assert [dict(row) for row in manifest.rows(0, 3)] == ROWS
    assert manifest.columns == ("note",)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("start", "stop"), [(0, 1), (1, 3), (2, 3), (1, 1)])
def test_some_rows_can_be_read_alone(tmp_path, kind, start, stop):
    manifest = open_manifest(written(tmp_path, kind))
    assert [dict(row) for row in manifest.rows(start, stop)] == ROWS[start:stop]


@pytest.mark.parametrize("kind", KINDS)
def test_an_id_of_several_rows_is_noticed(tmp_path, kind):
    assert open_manifest(written(tmp_path, kind)).repeated == ()
    assert open_manifest(written(tmp_path, kind, [*ROWS, *ROWS[1:], ROWS[2]])).repeated == (
        "two",
        "three",
    )


@pytest.mark.parametrize(("kind", "mark"), [("csv", ","), ("tsv", "\t")])
def test_a_column_that_is_there_twice_is_refused(tmp_path, kind, mark):
    path = tmp_path / f"documents.{kind}"
    path.write_text("id,source,target,target\none,Fog.,Brume.,Brouillard.\n".replace(",", mark))
    with pytest.raises(InputError, match="has the column 'target' twice; rename one"):
        open_manifest(path)


def test_a_document_may_have_a_row_for_each_of_its_languages(tmp_path):
    path = tmp_path / "documents.jsonl"
    rows = [{"id": "one", "source_language": "en", "target_language": tag} for tag in ("fr", "de")]
    path.write_text("\n".join(map(json.dumps, rows)))
    assert open_manifest(path).repeated == ()


def test_a_changed_manifest_is_told_from_what_it_was(tmp_path):
    path = written(tmp_path, "jsonl")
    before = open_manifest(path).digest
    path.write_text(path.read_text().replace("Fog", "Dew"))
    assert open_manifest(path).digest != before


@pytest.mark.parametrize(
    ("line", "message"),
    [("{", "is not JSON"), ("[1]", "is no JSON object"), ("[" * 100_000, "is not JSON")],
)
def test_a_line_that_is_no_row_stops_no_other(tmp_path, line, message):
    path = tmp_path / "documents.jsonl"
    path.write_text(f'{{"id": "a"}}\n{line}\n{{"id": "b"}}\n')
    first, second, third = open_manifest(path).rows(0, 3)
    assert (first["id"], third["id"]) == ("a", "b")
    assert message in str(second)
    assert f"{path}:2" in str(second)


def test_a_row_of_too_few_cells_stops_no_other(tmp_path):
    path = tmp_path / "documents.csv"
    path.write_text("id,source,target\na,b\nc,d,e\n")
    first, second = open_manifest(path).rows(0, 2)
    assert "row 1 has 2 cells, the header 3" in str(first)
    assert second["target"] == "e"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("documents.jsonl", b"\n \n", "holds no documents"),
        ("documents.csv", b"", "has no header"),
        ("documents.csv", b"id\n\xff\xfe\n", "is no table in UTF-8"),
        ("documents.parquet", b"PAR2", "is not Parquet"),
        ("documents.txt", b"a", "is no manifest"),
    ],
)
def test_what_is_no_manifest_is_refused(tmp_path, name, content, message):
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        open_manifest(path)


def test_many_editions_are_pairs_with_the_pivot(tmp_path):
    row = {"id": "x", "editions": {"fr": "Un.", "en": "One.", "ja": {"path": "a.txt"}}}
    entry = entry_of(row, tmp_path, pivot="en", segmented=False)
    assert [(p.source, p.target, p.target_language) for p in entry.pairs] == [
        ("One.", "Un.", "fr"),
        ("One.", tmp_path / "a.txt", "ja"),
    ]
    columns = {"id": "x", "text_fr": "Un.", "text_en": "One.", "path_ja": "a.txt"}
    assert entry_of(columns, tmp_path, pivot="en", segmented=False) == entry


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"source": "a", "target": "b"}, "has no 'id'"),
        ({"id": "x", "source": "a"}, "neither of 'target' and 'target_path'"),
        ({"id": "x", "source": "a", "source_path": "b", "target": "c"}, "both of 'source'"),
        ({"id": "x", "source": 3, "target": "c"}, "'source' is 3, not text|source is 3"),
        ({"id": "x", "source": "a", "editions": {"en": "b"}}, "give one or the other"),
        ({"id": "x", "editions": {"en": "b"}}, "has one edition alone"),
        (
            {"id": "x", "editions": {"de": "b", "fr": "c"}},
            "no edition in 'en' .*, only in de, fr; .*--pivot",
        ),
        ({"id": "x", "editions": {"en": "a", "fr": "b"}, "text_fr": "c"}, "'fr' twice"),
        ({"id": "x", "editions": ["en"]}, "is no object of texts"),
        ({"id": "x", "source": "a", "target": "b", "target_language": "jp"}, "'jp'"),
        ({"id": "x", "source": "a", "target": "b", "text_words": 9}, "'text_words': unknown lang"),
    ],
)
def test_a_row_that_does_not_do_says_why(tmp_path, row, message):
    with pytest.raises(InputError, match=message):
        entry_of(row, tmp_path, pivot="en", segmented=False)


@pytest.mark.parametrize(
    ("files", "pattern"),
    [
        (["en/2024/harbour.txt", "fr/2024/harbour.txt"], ""),
        (["2024/harbour.en.txt", "2024/harbour.fr.txt"], ""),
        (["2024/harbour.en", "2024/harbour.fr"], ""),
        (["en/2024/harbour.txt", "2024/harbour.fr.txt"], ""),
        (["x/en/2024/harbour.html", "x/fr/2024/harbour.html"], "x/{lang}/{id}.html"),
        (["2024/harbour/text-en.md", "2024/harbour/text-fr.md"], "{id}/text-{lang}.md"),
    ],
)
def test_editions_are_found_by_their_paths(tmp_path, files, pattern):
    for name in [*files, "README.md", ".hidden/en/a.txt"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    folder, editions, passed_over = editions_below(tmp_path / pattern if pattern else tmp_path)
    assert passed_over == (() if pattern.startswith("x/") else ("README.md",))
    assert {name: sorted(paths) for name, paths in editions.items()} == {
        "2024/harbour": ["en", "fr"]
    }
    for paths in editions.values():
        assert all((folder / path).is_file() for path in paths.values())


def test_a_folder_named_by_a_language_goes_before_a_tag_within_a_name(tmp_path):
    for name in ("en/news.co.uk.17.txt", "fr/news.co.uk.17.txt", "en/port.fr.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert editions_below(tmp_path).by_document == {
        "news.co.uk.17": {"en": "en/news.co.uk.17.txt", "fr": "fr/news.co.uk.17.txt"},
        "en/port": {"fr": "en/port.fr.txt"},
    }


def test_two_editions_of_one_document_in_a_language_are_refused(tmp_path):
    for name in ("fr/a.txt", "fr/a.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    with pytest.raises(InputError, match="are both 'a' in 'fr'"):
        editions_below(tmp_path)


@pytest.mark.parametrize("kind", ["csv", "tsv", "parquet"])
def test_a_table_that_names_no_document_is_refused_at_once(tmp_path, kind):
    path = written(tmp_path, kind)
    if kind == "parquet":
        import pyarrow.parquet

        table = pyarrow.parquet.read_table(path)
        pyarrow.parquet.write_table(table.rename_columns(["name", *table.column_names[1:]]), path)
    else:
        path.write_text(path.read_text().replace("id", "name", 1))
    with pytest.raises(InputError, match=r"has no column 'id'; there are name, source"):
        open_manifest(path)


def test_a_quotation_mark_that_is_not_closed_swallows_no_rows_in_silence(tmp_path):
    path = tmp_path / "documents.csv"
    path.write_text('id,source,target\none,Fog.,Brume.\ntwo,"Rain.,Pluie.\nthree,Sun.,Soleil.\n')
    with pytest.raises(InputError, match=r"documents\.csv:3: is no table"):
        open_manifest(path)


def test_a_row_that_a_quotation_mark_made_of_several_is_told(tmp_path):
    path = tmp_path / "documents.tsv"
    path.write_text('id\tsource\ttarget\none\tFog.\t"Brume.\ntwo\tRain.\tPluie."\n')
    [row] = open_manifest(path).rows(0, 1)
    assert isinstance(row, InputError)
    assert "seems to be several rows" in str(row)
