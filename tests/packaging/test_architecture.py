"""How the package hangs together: what may import what, and who may print."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import align

PACKAGE = Path(align.__file__).parent
ROOT = PACKAGE.parent


def _module_name(path, root=ROOT):
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    _module_name(path): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}
COMMAND = {name for name in MODULES if f"{name}.".startswith("align.cli.")}
TERMINAL = COMMAND | {"align.terminal", "align.__main__"}


SCRIPTS = {
    _module_name(path, ROOT / "scripts"): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "scripts").rglob("*.py"))
}


def _imported(tree, modules=MODULES):
    """Those of some modules that a tree names in imports, wherever: in functions, for typing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from inner & modules.keys()
            # `from package import submodule` needs nothing of the package's own names.
            if node.module in modules and len(inner & modules.keys()) < len(inner):
                yield node.module


def _graph(modules):
    """What each of some modules imports of the others."""
    # The package itself offers names of all floors, and loads them only when they are used.
    return {name: {*_imported(tree, modules)} - {name, "align"} for name, tree in modules.items()}


def _floors(graph):
    """The same of the parts of the package: `align.checks`, `align.text`, …"""
    floors = {}
    for name, imported in graph.items():
        part = _part(name)
        floors.setdefault(part, set()).update({_part(other) for other in imported} - {part})
    return floors


def _part(name):
    return ".".join(name.split(".")[:2])


def test_imports_in_functions_and_for_typing_are_seen():
    tree = ast.parse(
        "if TYPE_CHECKING:\n    from align.article import AlignedArticle\n"
        "def f():\n    import align.units\n    from align import beads\n"
    )
    assert {*_imported(tree)} == {"align.article", "align.units", "align.beads"}


@pytest.mark.parametrize("modules", [MODULES, SCRIPTS], ids=["align", "scripts"])
def test_no_imports_go_in_circles(modules):
    # `static_order` raises a `CycleError` that names the circle.
    assert list(TopologicalSorter(_graph(modules)).static_order())


def test_every_part_stands_on_parts_below_it_only():
    assert list(TopologicalSorter(_floors(_graph(MODULES))).static_order())


@pytest.mark.parametrize(
    ("part", "below"),
    [
        ("align.text", {"align.languages"}),
        ("align.findings", {"align.text"}),
        ("align.beads", {"align.text"}),
        ("align.termbases", {"align.text", "align.languages"}),
        ("align.quantities", {"align.text", "align.languages", "align.resources", "align.marks"}),
    ],
)
def test_the_ground_floors_stand_on_nothing_else(part, below):
    assert _floors(_graph(MODULES))[part] <= below


@pytest.mark.parametrize("name", MODULES)
def test_only_the_command_knows_the_command(name):
    imported = set(_imported(MODULES[name]))
    allowed = {"align.__main__": {"align.cli"}} | dict.fromkeys(COMMAND, TERMINAL)
    assert imported & TERMINAL <= allowed.get(name, set())


@pytest.mark.parametrize("name", sorted(MODULES.keys() - TERMINAL))
def test_the_library_never_prints_nor_exits(name):
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in ("print", "click.echo", "sys.exit", "exit", "input"), called


@pytest.mark.parametrize("name", MODULES)
def test_nothing_catches_all_exceptions(name):
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            assert ast.unparse(node.type) not in ("Exception", "BaseException")


def test_importing_the_package_loads_none_of_its_modules():
    program = "import sys, align; print(sorted(m for m in sys.modules if m.startswith('align')))"
    loaded = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout == "['align']\n"
