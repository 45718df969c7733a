"""Whether JSON fits a schema, in a tenth of the time that jsonschema takes.

Of an alignment of a book, jsonschema looks at half a million values, each with some thirty calls.
Here a schema becomes nested functions once. They say yes or no; what is wrong and where, jsonschema
says then. Only keywords that our schemas use are known; any other is an error, so that none is
passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Test = Callable[[Any], bool]

_TYPES: Mapping[str, Test] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    # To JSON Schema 1.0 is an integer; it is none that can number a segment.
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}
_SAY_NOTHING = frozenset({"$schema", "$defs", "title", "description"})
_OF_OBJECTS = frozenset(
    {"properties", "required", "additionalProperties", "propertyNames", "minProperties"}
)
_OF_ARRAYS = frozenset({"items", "prefixItems", "minItems", "maxItems"})
_OF_STRINGS = frozenset({"pattern", "minLength"})
_OF_NUMBERS = frozenset({"minimum", "maximum"})
_OF_ANY = frozenset({"type", "const", "enum", "$ref", "anyOf", "oneOf"})
_KNOWN = _SAY_NOTHING | _OF_OBJECTS | _OF_ARRAYS | _OF_STRINGS | _OF_NUMBERS | _OF_ANY


def shape_of(schema: Mapping[str, Any]) -> Test:
    """What says whether a value fits a schema.

    Args:
        schema: JSON Schema, draft 2020-12; integers are those of Python, so that 1.0 is none.

    Raises:
        ValueError: If the schema uses a keyword that is not known here.

    >>> fits = shape_of({"type": "array", "items": {"minimum": 1}, "maxItems": 2})
    >>> fits([1, 2.5]), fits([0]), fits([1, 1, 1]), fits({})
    (True, False, False, False)
    """
    return _Shapes(schema).of(schema)


class _Shapes:
    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root
        self._referred: dict[str, Test] = {}

    def of(self, schema: Mapping[str, Any] | bool) -> Test:
        if isinstance(schema, bool):
            return lambda _: schema
        unknown = schema.keys() - _KNOWN
        if unknown:
            raise ValueError(f"keywords of schemas that are not known: {sorted(unknown)}")
        return _all_of([*self._of_any(schema), *self._of_kinds(schema)])

    def _of_any(self, schema: Mapping[str, Any]) -> list[Test]:
        tests: list[Test] = []
        if "type" in schema:
            named = schema["type"]
            types = [_TYPES[name] for name in ([named] if isinstance(named, str) else named)]
            tests.append(types[0] if len(types) == 1 else _any_of(types))
        if "const" in schema:
            tests.append(_is_one_of([schema["const"]]))
        if "enum" in schema:
            tests.append(_is_one_of(schema["enum"]))
        if "$ref" in schema:
            tests.append(self._reference(schema["$ref"]))
        if "anyOf" in schema:
            tests.append(_any_of([self.of(each) for each in schema["anyOf"]]))
        if "oneOf" in schema:
            ways = [self.of(each) for each in schema["oneOf"]]
            tests.append(lambda value: sum(way(value) for way in ways) == 1)
        return tests

    def _of_kinds(self, schema: Mapping[str, Any]) -> list[Test]:
        """Tests of keywords that say something of values of one type alone."""
        tests: list[Test] = []
        for keywords, name, test in (
            (_OF_OBJECTS, "object", self._of_object),
            (_OF_ARRAYS, "array", self._of_array),
            (_OF_STRINGS, "string", _of_string),
            (_OF_NUMBERS, "number", _of_number),
        ):
            if keywords & schema.keys():
                tests.append(_only_of(_TYPES[name], test(schema)))
        return tests

    def _reference(self, name: str) -> Test:
        prefix = "#/$defs/"
        if not name.startswith(prefix):
            raise ValueError(f"a reference that is not known: {name}")
        if name not in self._referred:
            self._referred[name] = self.of(self._root["$defs"][name.removeprefix(prefix)])
        return self._referred[name]

    def _of_object(self, schema: Mapping[str, Any]) -> Test:
        known = {name: self.of(part) for name, part in schema.get("properties", {}).items()}
        required = frozenset(schema.get("required", ()))
        others = self.of(schema.get("additionalProperties", True))
        names = self.of(schema.get("propertyNames", True))
        least = schema.get("minProperties", 0)

        def test(value: dict[str, Any]) -> bool:
            return (
                len(value) >= least
                and required <= value.keys()
                and all(known.get(name, others)(each) for name, each in value.items())
                and all(map(names, value))
            )

        return test

    def _of_array(self, schema: Mapping[str, Any]) -> Test:
        first = [self.of(each) for each in schema.get("prefixItems", ())]
        rest = self.of(schema.get("items", True))
        least, most = schema.get("minItems", 0), schema.get("maxItems", float("inf"))

        def test(value: list[Any]) -> bool:
            return (
                least <= len(value) <= most
                and all(test(each) for test, each in zip(first, value, strict=False))
                and all(map(rest, value[len(first) :] if first else value))
            )

        return test


def _of_string(schema: Mapping[str, Any]) -> Test:
    pattern = re.compile(schema.get("pattern", ""))
    least = schema.get("minLength", 0)
    return lambda value: len(value) >= least and pattern.search(value) is not None


def _of_number(schema: Mapping[str, Any]) -> Test:
    least, most = schema.get("minimum", float("-inf")), schema.get("maximum", float("inf"))
    return lambda value: bool(least <= value <= most)


def _is_one_of(values: list[Any]) -> Test:
    """Whether a value is one of some simple ones; true is not 1."""
    kept = frozenset((isinstance(value, bool), value) for value in values)
    return lambda value: (
        not isinstance(value, dict | list) and (isinstance(value, bool), value) in kept
    )


def _only_of(is_of_kind: Test, test: Test) -> Test:
    return lambda value: not is_of_kind(value) or test(value)


def _any_of(tests: list[Test]) -> Test:
    return lambda value: any(test(value) for test in tests)


def _all_of(tests: list[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]
    return lambda value: all(test(value) for test in tests)
