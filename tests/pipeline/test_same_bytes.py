"""The same texts give the same bytes, whatever else differs between two runs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import align

ROOT = Path(align.__file__).parent.parent
EDITIONS = ("en.md", "ja.md", "ar.md")


def contents(folder):
    files = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    return {path.name: path.read_bytes() for path in files}


def build(folder, out, *, code=ROOT, **environment):
    program = [sys.executable, "-m", "align"]
    inherited = {
        name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ
    }
    environment = {
        **inherited, "PYTHONPATH": str(code), "SOURCE_DATE_EPOCH": "1700000000", **environment
    }  # fmt: skip
    for command in (
        ("build", folder, "-o", out, "-q"),
        ("check", folder, "-o", out / "findings.json", "-q", "--fail-on", "never"),
    ):
        done = subprocess.run(
            [*program, *map(str, command)],
            env=environment, cwd=out.parent, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    return contents(out)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """The first run, its cache empty before it."""
    home = tmp_path_factory.mktemp("first")
    folder = home / "sea"
    folder.mkdir()
    for name in EDITIONS:
        text = (ROOT / "corpora" / "japan-europe-cooperation" / name).read_text(encoding="utf-8")
        (folder / name).write_text("\n\n".join(text.split("\n\n")[:6]), encoding="utf-8")
    (home / "out").mkdir()
    made = build(
        folder, home / "out", ALIGN_CACHE=str(home / "cache"), PYTHONHASHSEED="1", TZ="UTC",
        OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", LC_ALL="C.UTF-8",
    )  # fmt: skip
    return home, made


@pytest.mark.parametrize("cache", ["warm", "cold"])
def test_two_runs_that_differ_in_all_give_the_same_bytes(first, tmp_path, cache):
    home, made = first
    other = tmp_path / "another place ü"
    shutil.copytree(home / "sea", other / "sea")
    (other / "out").mkdir()
    for part in ("align", "models", "corpora"):  # the checkout has another path too
        (tmp_path / part).symlink_to(ROOT / part)
    again = build(
        other / "sea", other / "out", code=tmp_path, PYTHONHASHSEED="77", TZ="Asia/Tokyo",
        ALIGN_CACHE=str(home / "cache" if cache == "warm" else tmp_path / "cache"),
        OMP_NUM_THREADS="2", OPENBLAS_NUM_THREADS="2", LC_ALL="C", PYTHONUTF8="0",
    )  # fmt: skip
    paths = [str(home).encode(), str(other).encode()]
    assert again.keys() == made.keys()
    for name, content in again.items():
        same = made[name].replace(paths[0], b""), content.replace(paths[1], b"")
        assert same[0].split(b"\n") == same[1].split(b"\n"), name
