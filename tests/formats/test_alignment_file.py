import copy
import dataclasses
import json

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.article import AlignedArticle
from align.beads import Alignment, Bead
from align.documents.model import Block, Document
from align.edition import Edition
from align.errors import InputError
from align.formats.alignment_json import alignment_schema, read_alignment, write_alignment
from align.segmentation.model import Segment
from align.text import Span
from align.units import join_units


@pytest.fixture
def content(tmp_path, article):
    """The alignment file of the sample article, loaded."""
    write_alignment(tmp_path / "a.json", article)
    return json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))


def read(folder, content):
    path = folder / "changed.json"
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    return read_alignment(path)


def test_an_article_is_read_back_as_it_was(tmp_path, article):
    write_alignment(tmp_path / "a.json", article)
    assert read_alignment(tmp_path / "a.json") == article


def test_the_pivot_is_read_first_wherever_the_file_has_it(tmp_path, content):
    content["editions"] = dict(reversed(content["editions"].items()))
    assert next(iter(read(tmp_path, content).editions)) == "en"


def test_what_is_written_fits_the_schema(content):
    jsonschema.Draft202012Validator.check_schema(alignment_schema())
    jsonschema.validate(content, alignment_schema())


def test_every_field_of_the_schema_is_described():
    def undescribed(schema, place):
        for name, part in schema.get("properties", {}).items():
            yield from undescribed(part, f"{place}.{name}")
        for keyword in ("items", "additionalProperties", "propertyNames"):
            if isinstance(schema.get(keyword), dict):
                yield from undescribed(schema[keyword], f"{place}.{keyword}")
        for name, part in schema.get("$defs", {}).items():
            yield from undescribed(part, f"{place}#{name}")
        if len(schema.get("description", "")) < 10:
            yield place

    assert list(undescribed(alignment_schema(), "$")) == []


def test_offsets_count_code_points(content):
    edition = content["editions"]["en"]
    last = edition["segments"][-1]
    assert edition["text"][last["start"] : last["stop"]] == "The quay 𝔞t noon."


def test_each_bead_and_segment_takes_one_line(tmp_path, article):
    write_alignment(tmp_path / "a.json", article)
    lines = [line.strip() for line in (tmp_path / "a.json").read_text("utf-8").split("\n")]
    assert (
        '{"source": [1, 3], "target": [1, 2], "score": 0.86, "confidence": 0.93, "moved": false},'
        in lines
    )
    assert '{"start": 0, "stop": 19, "block": 0},' in lines
    assert '"title": "The ferry & the fog",' in lines


def test_the_date_can_be_fixed(tmp_path, article, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    write_alignment(tmp_path / "a.json", article)
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["created"] == "1970-01-01T00:00:00Z"


def test_a_number_that_is_none_is_never_written(tmp_path, article):
    broken = dataclasses.replace(article, min_confidence=float("nan"))
    with pytest.raises(ValueError, match="JSON compliant"):
        write_alignment(tmp_path / "a.json", broken)
    assert not list(tmp_path.iterdir())


def _remove(*keys):
    def change(content):
        for key in keys[:-1]:
            content = content[key]
        del content[keys[-1]]

    return change


def _put(value, *keys):
    def change(content):
        for key in keys[:-1]:
            content = content[key]
        content[keys[-1]] = value

    return change


SHAPE = [
    (_remove("signature"), r"\$: 'signature' is a required property"),
    (_put(1, "colour"), r"\$: Additional properties are not allowed"),
    (_put(None, "title"), r"\$\.title: None is not of type 'string'"),
    (_put(2, "min_confidence"), r"\$\.min_confidence: 2 is greater than the maximum of 1"),
    (_put({}, "editions"), r"\$\.editions: "),
    (_put(-1, "editions", "ja", "segments", 3, "start"), r"\$\.editions\.ja\.segments\[3\]\.start"),
    (_put(1.0, "editions", "ja", "segments", 0, "start"), "1.0 is not of type 'integer'"),
    (_put(True, "editions", "ja", "segments", 0, "start"), "True is not of type 'integer'"),
    (_put("verse", "editions", "en", "blocks", 0, "kind"), r"\$\.editions\.en\.blocks\[0\]\.kind"),
    (_put([1], "alignments", "ja", 0, "source"), r"\$\.alignments\.ja\[0\]\.source"),
    (_put(1.5, "alignments", "ja", 0, "score"), r"\$\.alignments\.ja\[0\]\.score"),
    (_put("1", "alignments", "ja", 0, "moved"), r"\$\.alignments\.ja\[0\]\.moved"),
    (_put([], "units", 0), r"\$\.units\[0\]"),
    (_remove("units", 0, 0, "complete"), r"\$\.units\[0\]\[0\]"),
    (_put("a b", "units", 0, 0, "language"), r"\$\.units\[0\]\[0\]\.language"),
]

SENSE = [
    (_put("fr", "pivot"), r"\$\.pivot: there is no edition in 'fr'"),
    (
        _put(9999, "editions", "ja", "segments", 0, "stop"),
        r"\$\.editions\.ja\.segments\[0\]: 0\.\.",
    ),
    (_put(0, "editions", "en", "blocks", 0, "stop"), r"\$\.editions\.en\.blocks\[0\]: 0\.\.0"),
    (_put(99, "editions", "ja", "segments", 0, "block"), "there is no block 99"),
    (_put([2, 1], "alignments", "ja", 0, "source"), r"\$\.alignments\.ja: not a span: 2\.\.1"),
    (_remove("alignments", "ja", 0), r"\$\.alignments\.ja: source segment 0 is in no bead"),
    (_put([], "alignments", "fr"), r"\$\.alignments\.fr: there is no edition"),
    (_put([99], "units", 0, 0, "segments"), r"\$\.units\[0\]\[0\]: has no such segments"),
]


@pytest.mark.parametrize(("change", "message"), SHAPE)
def test_the_schema_refuses_another_shape(tmp_path, content, change, message):
    changed = copy.deepcopy(content)
    change(changed)
    with pytest.raises(InputError, match=message) as caught:
        read(tmp_path, changed)
    assert "changed.json: $" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("change", "message"), SENSE)
def test_a_file_that_contradicts_itself_is_refused(tmp_path, content, change, message):
    change(content)
    with pytest.raises(InputError, match=message):
        read(tmp_path, content)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"changed\.json:1: not JSON"),
        ('{"format": "align-alignment",\n', r"changed\.json:2: not JSON"),
        ("[]", 'lacks "format": "align-alignment"'),
        ('{"format": "align-alignment", "version": 2}', "is of version 2 of the format"),
        ('{"format": "align-alignment", "version": NaN}', "NaN is not a number in JSON"),
        ('{"format": "align-alignment", "version": 1e999}', "1e999 is too large"),
        ('{"format": "align-alignment", "version": "\\ud800"}', "not an alignment file"),
        ("[" * 100_000, "not an alignment file"),
    ],
)
def test_another_file_is_refused_in_one_line(tmp_path, text, message):
    with pytest.raises(InputError, match=message) as caught:
        read(tmp_path, text)
    assert "\n" not in str(caught.value)


def test_a_long_value_does_not_fill_the_message(tmp_path, content):
    content["min_confidence"] = "x" * 10_000
    with pytest.raises(InputError) as caught:
        read(tmp_path, content)
    assert len(caught.value.message) < 300


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=8)
shares = st.none() | st.floats(0, 1)


@st.composite
def editions(draw, language):
    sentences = draw(st.lists(words, min_size=1, max_size=6))
    text, segments = "", []
    for sentence in sentences:
        segments.append(Segment(sentence, len(text), len(text) + len(sentence), 0))
        text += sentence + " "
    text = text.rstrip(" ")
    document = Document(text, (Block("paragraph", 0, len(text)),), draw(st.none() | st.just("en")))
    return Edition(language, document, tuple(segments), draw(st.none() | words), draw(st.none()))


@st.composite
def articles(draw):
    pivot, other = draw(editions("en")), draw(editions("ja"))
    sizes = len(pivot.segments), len(other.segments)
    beads, source, target = [], 0, 0
    while (source, target) != sizes:
        wide = draw(st.integers(0, sizes[0] - source))
        high = draw(st.integers(0 if wide else min(1, sizes[1] - target), sizes[1] - target))
        if not wide and not high:
            wide = 1
        measured = (draw(shares), draw(shares)) if wide and high else ()
        spans = Span(source, source + wide), Span(target, target + high)
        beads.append(Bead(*spans, *measured))
        source, target = source + wide, target + high
    all_editions = {"en": pivot, "ja": other}
    alignments = {"ja": Alignment(tuple(beads), *sizes)}
    units = tuple(join_units(all_editions, alignments, pivot="en"))
    return AlignedArticle(
        draw(words), draw(words), None, "en", all_editions, alignments, units, 0.0, "by hand"
    )


@settings(max_examples=50, deadline=None)
@given(articles())
def test_any_article_survives(tmp_path_factory, article):
    path = tmp_path_factory.mktemp("json") / "a.json"
    write_alignment(path, article)
    assert read_alignment(path) == article
