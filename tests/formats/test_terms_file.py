"""The terms file: everything in, everything back, checked against its schema."""

import dataclasses
import json

import jsonschema
import pytest

from align.errors import InputError
from align.formats import TERM_WRITERS, write_term_report
from align.formats.terms_json import read_terms, terms_schema, write_terms


@pytest.fixture
def written(tmp_path, term_report):
    path = tmp_path / "mines.terms.json"
    write_terms(path, term_report)
    return path


def described(schema, path="$"):
    """Every place of a schema that says what may stand there, with whether it is described."""
    if isinstance(schema, dict):
        if {"type", "const", "enum", "$ref", "oneOf"} & schema.keys() and path.endswith("]"):
            yield path, "description" in schema
        for key, value in schema.items():
            names = key in ("properties", "$defs")
            for name, inner in value.items() if names else [(None, value)]:
                yield from described(inner, f"{path}.{key}[{name}]" if names else f"{path}.{key}")


def test_the_report_reads_back_exactly(written, term_report):
    assert read_terms(written) == term_report


def test_the_file_is_valid_against_its_schema(written):
    jsonschema.Draft202012Validator.check_schema(terms_schema())
    jsonschema.validate(json.loads(written.read_text(encoding="utf-8")), terms_schema())


def test_the_schema_describes_every_field():
    fields = dict(described(terms_schema()))
    assert len(fields) > 40
    assert [path for path, has_description in fields.items() if not has_description] == []


def test_renderings_and_occurrences_say_what_stands_where(written):
    content = json.loads(written.read_text(encoding="utf-8"))
    term = content["terms"][0]
    assert (term["term"], term["variants"]) == ("rare earths", ["rare earths", "Rare earths"])
    assert term["renderings"]["ja"] == [
        {"rendering": "レアアース", "forms": {"レアアース": 2}, "count": 2, "share": 2 / 3}
    ]
    # A mention whose sentence has no counterpart does not count: of two, one is rendered so.
    assert [each["share"] for each in term["renderings"]["ar"]] == [0.5, 0.5]
    first = term["occurrences"]["ar"][0]
    start, stop = first["target_span"]
    assert first["target_text"][start:stop] == first["form"] == first["rendering"]
    missing = term["occurrences"]["ja"][2]
    assert (missing["target_span"], missing["rendering"], missing["form"]) == (None, None, None)


def test_findings_come_with_their_place(written):
    [error, *_] = json.loads(written.read_text(encoding="utf-8"))["findings"]
    assert (error["kind"], error["severity"], error["language"]) == ("missing", "error", "ja")
    start, stop = error["source_span"]
    assert error["source_text"][start:stop] == "rare earths"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c.update(format="x"), 'lacks "format": "align-terms"'),
        (lambda c: c.update(version=2), "is of version 2 of the format"),
        (lambda c: c.pop("pivot"), "$: 'pivot' is a required property"),
        (
            lambda c: c["terms"][0]["occurrences"]["ja"][0].update(mention=9),
            "$.terms[0].occurrences.ja[0].mention: 'rare earths' has no such mention",
        ),
        (
            lambda c: c["terms"][0]["occurrences"]["ar"][1].update(target_span=[0, 999]),
            "$.terms[0].occurrences.ar[1].target_span: 0..999 is no span of a text of",
        ),
        (
            lambda c: c["findings"][1].update(source_span=[5, 2]),
            "$.findings[1].source_span: 5..2 is no span",
        ),
        (lambda c: c["findings"][0].update(severity="fatal"), "$.findings[0].severity"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(written, change, message):
    content = json.loads(written.read_text(encoding="utf-8"))
    change(content)
    written.write_text(json.dumps(content))
    with pytest.raises(InputError) as caught:
        read_terms(written)
    assert str(caught.value).startswith(f"{written}: ")
    assert message in str(caught.value)


@pytest.mark.parametrize("form", [form for form in TERM_WRITERS if form != "omegat"])
def test_a_report_is_written_in_every_format(tmp_path, term_report, form):
    assert write_term_report(tmp_path / "out", term_report, to=form) == ()
    assert (tmp_path / "out").stat().st_size > 0


def test_a_glossary_is_of_one_language(tmp_path, term_report):
    with pytest.raises(InputError, match="choose one of ja, ar with --language"):
        write_term_report(tmp_path / "out.txt", term_report, to="omegat")
    write_term_report(tmp_path / "out.txt", term_report.in_languages(["ja"]), to="omegat")
    assert "rare earths\tレアアース\n" in (tmp_path / "out.txt").read_text(encoding="utf-8")


def test_an_unknown_format_is_refused(tmp_path, term_report):
    with pytest.raises(InputError, match="unknown format 'pdf'"):
        write_term_report(tmp_path / "out", term_report, to="pdf")


def test_a_report_without_terms_reads_back(tmp_path, term_report):
    empty = dataclasses.replace(term_report, terms=(), findings=())
    write_terms(tmp_path / "t.json", empty)
    assert read_terms(tmp_path / "t.json") == empty
