"""How the package hangs together: what may import what, and who may print."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import align

PACKAGE = Path(align.__file__).parent


def _module_name(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    _module_name(path): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}
COMMAND = {name for name in MODULES if f"{name}.".startswith("align.cli.")}
TERMINAL = COMMAND | {"align.terminal", "align.__main__"}


def _imported(nodes):
    """Modules of the package that import statements among the nodes name."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from inner & MODULES.keys()
            # `from package import submodule` needs nothing of the package's own names.
            if node.module in MODULES and len(inner & MODULES.keys()) < len(inner):
                yield node.module


def _when_loaded(tree):
    """The statements that run when the module is imported, conditional ones for typing aside."""
    for node in tree.body:
        is_for_typing = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        if not is_for_typing:
            yield node


def test_no_imports_go_in_circles():
    graph = {name: set(_imported(_when_loaded(tree))) - {name} for name, tree in MODULES.items()}
    for name in graph:
        # The package itself loads its modules only when they are used.
        graph[name].discard("align")
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("name", MODULES)
def test_only_the_command_knows_the_command(name):
    imported = set(_imported(ast.walk(MODULES[name])))
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


def test_importing_the_package_takes_no_time():
    program = "import time; t = time.perf_counter(); import align; print(time.perf_counter() - t)"
    times = [
        float(
            subprocess.run(
                [sys.executable, "-c", program],
                cwd=PACKAGE.parent,
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        for _ in range(3)
    ]
    assert min(times) < 0.15
