"""The quick test of a schema says what jsonschema says."""

import copy
import json

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.errors import InputError
from align.formats.alignment_json import read_alignment, write_alignment
from align.formats.findings.check_json import write_findings
from align.formats.json_files import schema_named
from align.formats.json_shapes import shape_of

SCHEMAS = ("alignment", "baseline", "findings", "terms")
ODD = (
    None,
    True,
    False,
    0,
    1,
    -1,
    1.0,
    0.5,
    2,
    "",
    "a",
    "en",
    "x" * 30,
    "accepted",
    [],
    {},
    [0, 1],
)


def validator(schema):
    types = jsonschema.Draft202012Validator.TYPE_CHECKER.redefine(
        "integer", lambda _, value: isinstance(value, int) and not isinstance(value, bool)
    )
    kind = jsonschema.validators.extend(jsonschema.Draft202012Validator, type_checker=types)
    return kind(schema)


def places(value):
    """Every list and object in a value, with each of its keys or indices."""
    if isinstance(value, dict | list):
        keys = list(value) if isinstance(value, dict) else range(len(value))
        for key in keys:
            yield value, key
            yield from places(value[key])


WHOLE = {name: (shape_of(schema_named(name)), validator(schema_named(name))) for name in SCHEMAS}


@pytest.fixture
def contents(tmp_path, article, check_report):
    """A content of two schemas, as align writes it."""
    write_alignment(tmp_path / "a.json", article)
    write_findings(tmp_path / "b.json", check_report)
    names = {"alignment": "a.json", "findings": "b.json"}
    return {name: json.loads((tmp_path / file).read_text()) for name, file in names.items()}


@pytest.mark.parametrize("name", ["alignment", "findings"])
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_of_what_was_changed_in_a_file(contents, name, data):
    content = copy.deepcopy(contents[name])
    fits, whole = WHOLE[name]
    assert fits(content)
    for _ in range(data.draw(st.integers(1, 2))):
        holder, key = data.draw(st.sampled_from(list(places(content))))
        change = data.draw(st.sampled_from(("put", "drop", "add")))
        if change == "put":
            holder[key] = data.draw(st.sampled_from(ODD))
        elif change == "drop":
            del holder[key]
        elif isinstance(holder, dict):
            holder[data.draw(st.sampled_from(("", "more", "fr")))] = holder[key]
        else:
            holder.append(holder[key])
    assert fits(content) == whole.is_valid(content)


def parts_of(schema):
    for part in (*schema["properties"].values(), *schema.get("$defs", {}).values()):
        yield {**part, "$defs": schema.get("$defs", {})}


PARTS = [
    (shape_of(part), validator(part)) for name in SCHEMAS for part in parts_of(schema_named(name))
]


@given(value=st.recursive(st.sampled_from(ODD), lambda inner: st.lists(inner, max_size=3)))
def test_of_anything_in_any_part(value):
    for fits, whole in PARTS:
        assert fits(value) == whole.is_valid(value)


def test_a_keyword_that_is_not_known_is_an_error():
    with pytest.raises(ValueError, match="multipleOf"):
        shape_of({"type": "array", "items": {"multipleOf": 2}})


def test_a_long_file_is_read_in_few_calls(tmp_path, contents, calls_in):
    def calls(times):
        content = copy.deepcopy(contents["alignment"])
        content["units"] *= times
        path = tmp_path / f"{times}.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        return calls_in(lambda: read_alignment(path))

    units = len(contents["alignment"]["units"])
    assert calls(101) - calls(1) < 100 * units * 500


def test_what_is_wrong_is_still_said(tmp_path, contents):
    content = contents["alignment"]
    content["units"][0][0]["segments"] = [1.0]
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=r"units\[0\]\[0\]\.segments\[0\]: 1\.0 is not of type"):
        read_alignment(path)
