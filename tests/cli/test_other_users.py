"""A user who has no home, or may not write to the cache, loses no result by it."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import align
from align.encoders.cache import VectorStore

NOBODY = 54_321  # who has no entry among the users either
ROOT = Path(align.__file__).parent.parent


def run_as_nobody(folder, *command, **environment):
    left_out = {"HOME", "XDG_CACHE_HOME", "ALIGN_CACHE", "TMPDIR"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return subprocess.run(
        [sys.executable, *map(str, command)],
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        user=NOBODY, group=NOBODY, extra_groups=[], cwd=folder,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def is_python_for_all(folder):
    try:
        return run_as_nobody(folder, "-c", "import align.cli").returncode == 0
    except PermissionError:
        return False


@pytest.fixture
def folder():
    """A folder of this user's, in which there is nothing but `out`, that nobody may write to."""
    if not hasattr(os, "geteuid") or os.geteuid():
        pytest.skip("only the superuser can run programs as others")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        (place / "out").mkdir()
        os.chown(place / "out", NOBODY, NOBODY)
        if not is_python_for_all(place):
            pytest.skip("others may not read what Python is made of")
        yield place


@pytest.mark.parametrize("cache", ["no home", "a home that is not there", "closed", "a file"])
def test_a_cache_that_a_user_may_not_write_costs_no_result(folder, article, cache):
    shutil.copytree(article, folder / "article")
    kept = folder / "cache"
    environment = {"HOME": "/nonexistent"} if cache == "a home that is not there" else {}
    if cache == "closed":
        VectorStore(kept / "vectors.sqlite").write({b"a": bytes(2048)})
        environment = {"ALIGN_CACHE": str(kept)}
    elif cache == "a file":
        kept.write_text("mine")
        environment = {"ALIGN_CACHE": str(kept)}
    before = sorted(folder.rglob("*"))
    command = ("-m", "align", "build", folder / "article", "-o", folder / "out", "--no-terms", "-q")
    done = run_as_nobody(folder, *command, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "out" / "report.html").exists()
    assert [path for path in sorted(folder.rglob("*")) if path.parent.name != "out"] == before
