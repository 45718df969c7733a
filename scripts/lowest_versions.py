"""Installs align with the lowest versions that pyproject.toml allows, and runs tests with them.

    python scripts/lowest_versions.py [--python python3.12] [--folder .venv/lowest] [TESTS...]

Of each dependency of align itself the first release of its lower bound is taken (`>=2.16` is
2.16.x); what these depend on is as new as they allow. Without TESTS, those that run the command
are run.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
TESTS = ("tests/cli/test_build_command.py", "tests/cli/test_check_command.py", "tests/quantities",
         "tests/terminology/test_words.py", "tests/formats/test_workbooks.py")  # fmt: skip


def lowest(requirement: str) -> str:
    """The lowest version that a requirement allows, as one that asks for it.

    >>> lowest("babel>=2.16"), lowest("lindera-python-ipadic>=2.2,<3")
    ('babel==2.16.*', 'lindera-python-ipadic==2.2.*')

    Raises:
        ValueError: If it has no lower bound.
    """
    wanted = Requirement(requirement)
    for each in wanted.specifier:
        if each.operator == ">=":
            return f"{wanted.name}=={each.version}.*"
    raise ValueError(f"{requirement} has no lower bound; give it one in pyproject.toml")


def main() -> None:
    """Makes an environment of its own, installs and tests; ends as the tests end."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--folder", type=Path, default=ROOT / ".venv" / "lowest")
    parser.add_argument("tests", nargs="*", default=TESTS)
    options = parser.parse_args()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as file:
        file.write("\n".join(map(lowest, project["dependencies"])))
    subprocess.run([options.python, "-m", "venv", "--clear", str(options.folder)], check=True)
    python = str(options.folder / "bin" / "python")
    install = [python, "-m", "pip", "install", "--quiet", "--constraint", file.name]
    subprocess.run([*install, "--editable", f"{ROOT}", "pytest", "hypothesis"], check=True)
    done = subprocess.run([python, "-m", "pytest", "-q", *options.tests], cwd=ROOT, check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
