"""Parts register themselves: a module each, found by a walk over its package."""

import pytest

from align.errors import InputError
from align.registry import Readers, Registry, Writers


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Makes a package of modules, each of which registers one format of texts."""
    name = "shelf_of_formats"
    folder = tmp_path / name
    (folder / "inner").mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "inner" / "__init__.py").touch()
    (folder / "registry.py").write_text(
        "from align.registry import Readers, Writers\n"
        f"WRITERS = Writers('{name}')\nREADERS = Readers('{name}')\n"
    )
    (folder / "shout.py").write_text(
        f"from pathlib import Path\nfrom {name}.registry import READERS, WRITERS\n"
        "@WRITERS.register('shout', 'in capitals', endings=('.loud',))\n"
        "def write(path, text):\n    Path(path).write_text(text.upper())\n"
        "@READERS.register('shout', endings=('.loud',), recognises=lambda s: s.isupper())\n"
        "def read(path):\n    return Path(path).read_text().lower()\n"
    )
    (folder / "inner" / "plain.py").write_text(
        f"from pathlib import Path\nfrom {name}.registry import READERS, WRITERS\n"
        "@WRITERS.register('plain', 'as it is', endings=('.txt', '.text'))\n"
        "def write(path, text):\n    Path(path).write_text(text)\n    return ('as it is',)\n"
        "@READERS.register('plain', endings=('.txt',))\n"
        "def read(path):\n    return Path(path).read_text()\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    import importlib
    import sys

    yield importlib.import_module(f"{name}.registry")
    for module in [each for each in sys.modules if each.startswith(name)]:
        del sys.modules[module]


def test_the_modules_of_a_package_are_found_at_any_depth_in_the_order_of_names(package):
    assert list(package.WRITERS) == ["plain", "shout"]
    assert package.WRITERS.help == "plain: as it is; shout: in capitals"


def test_nothing_is_imported_before_somebody_looks(package):
    import sys

    assert "shelf_of_formats.shout" not in sys.modules
    assert "shout" in package.WRITERS
    assert "shelf_of_formats.shout" in sys.modules


def test_two_parts_of_one_name_are_refused():
    parts = Registry("align.formats")
    parts.add("one", 1)
    with pytest.raises(ValueError, match=r"two parts of align\.formats are called 'one'"):
        parts.add("one", 2)


def test_a_value_is_written_in_the_format_asked_for(package, tmp_path):
    assert package.WRITERS.write(tmp_path / "out", "fog", to="shout") == ()
    assert (tmp_path / "out").read_text() == "FOG"
    assert package.WRITERS.write(tmp_path / "out", "fog", to="plain") == ("as it is",)


def test_an_unknown_format_is_refused_with_those_there_are(package, tmp_path):
    with pytest.raises(InputError, match="unknown format 'pdf'; there are plain, shout"):
        package.WRITERS.write(tmp_path / "out", "fog", to="pdf")


@pytest.mark.parametrize(("ending", "name"), [(".TXT", "plain"), (".loud", "shout")])
def test_an_ending_stands_for_a_format_in_capitals_too(package, ending, name):
    assert package.WRITERS.of_ending(ending).name == name
    assert package.READERS.of_ending(ending).name == name


def test_an_ending_that_no_format_has_stands_for_none(package):
    assert package.WRITERS.of_ending(".pdf") is None
    assert package.READERS.of_ending(".pdf") is None


@pytest.mark.parametrize(
    ("file", "content", "name"),
    [
        ("a.loud", "FOG", "shout"),
        ("a.other", "FOG", "shout"),  # what it begins like tells more than its name
        ("a.txt", "FOG", "shout"),
        ("a.txt", "fog", "plain"),
        ("a.loud", "fog", "shout"),
    ],
)
def test_a_file_is_told_by_what_it_begins_like_else_by_its_name(
    package, tmp_path, file, content, name
):
    (tmp_path / file).write_text(content)
    assert package.READERS.of_file(tmp_path / file).name == name


def test_a_file_that_cannot_be_read_is_told_by_its_name(package, tmp_path):
    assert package.READERS.of_file(tmp_path / "absent.txt").name == "plain"
    assert package.READERS.of_file(tmp_path / "absent") is None


@pytest.mark.parametrize("kind", [Readers, Writers])
def test_a_package_that_registers_nothing_has_no_parts(kind):
    parts = kind("align.languages")
    assert (list(parts), len(parts)) == ([], 0)
