"""Whatever ends a run, and however many run at once, nothing is lost and the next run works."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import align

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such signals")

QUICK = ("--encoder", "anchors", "--no-terms", "-q")
ROOT = Path(align.__file__).parent.parent
NAMES = ["ferry.alignment.json", "ferry.en-fr.tmx", "ferry.en-ja.tmx", "ferry.tmx", "report.html"]
LONG = 12


@pytest.fixture
def folder(article):
    """An article that takes a while to write."""
    for path in article.iterdir():
        path.write_text(path.read_text(encoding="utf-8") * LONG, encoding="utf-8")
    return article


def start(*arguments, **environment):
    environment = {"SOURCE_DATE_EPOCH": "1700000000", "PYTHONPATH": str(ROOT), **environment}
    return subprocess.Popen(
        [sys.executable, "-m", "align", *map(str, arguments)],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def finish(process):
    _, messages = process.communicate(timeout=300)
    return process.returncode, messages.decode()


def whole(out):
    """The files of a folder, none of them half written and nothing beside them."""
    found = sorted(path.name for path in out.iterdir())
    assert found == [".align-written.json", *NAMES]
    return {name: (out / name).read_bytes() for name in NAMES}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_run_after_a_kill_just_works(folder, tmp_path, number):
    out = tmp_path / "out"
    began = time.monotonic()
    assert finish(start("build", folder, "-o", out, *QUICK)) == (0, "")
    takes = time.monotonic() - began
    made, moments = whole(out), random.Random(int(number))
    for _ in range(4):
        # Other bytes each time, so that what is there and what comes are two states.
        options = ("--no-props",) if moments.random() < 0.5 else ()
        process = start("build", folder, "-o", out, *QUICK, *options)
        time.sleep(takes * moments.uniform(0.6, 1.0))
        process.send_signal(number)
        process.communicate(timeout=300)
    assert finish(start("build", folder, "-o", out, *QUICK)) == (0, "")
    assert whole(out) == made


def test_a_kill_at_every_step_of_writing_leaves_what_the_next_run_takes(article, tmp_path):
    out = tmp_path / "out"
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from align.cli import main\n"
        "steps, replace = int(sys.argv.pop(1)), Path.replace\n"
        "def stepping(path, target):\n"
        "    global steps\n"
        "    steps -= 1\n"
        "    if steps < 0:\n"
        "        os.kill(os.getpid(), 9)\n"
        "    return replace(path, target)\n"
        "Path.replace = stepping\n"
        "main()\n"
    )
    for step in range(len(NAMES)):
        for options in ((), ("--no-props", "--min-confidence", f"0.{step + 1}")):
            command = ["build", str(article), "-o", str(out), *QUICK, *options]
            done = subprocess.run(
                [sys.executable, "-c", program, str(step), *command],
                env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False,
            )  # fmt: skip
            assert done.returncode == -9, done.stderr
    assert finish(start("build", article, "-o", out, *QUICK)) == (0, "")
    whole(out)


def test_four_runs_at_once_on_one_output_and_one_cache(article, tmp_path):
    out, cache = tmp_path / "out", str(tmp_path / "cache")
    command = ("build", article, "-o", out, "--no-terms", "-q")
    runs = [start(*command, ALIGN_CACHE=cache) for _ in range(4)]
    assert [finish(run) for run in runs] == [(0, "")] * 4
    made = whole(out)
    assert finish(start(*command, ALIGN_CACHE=cache)) == (0, "")
    assert whole(out) == made


def test_a_cache_that_other_texts_filled_changes_no_byte(article, make_article, tmp_path):
    without_title = {
        path.stem: path.read_text(encoding="utf-8").split("\n\n", 1)[1]
        for path in article.iterdir()
    }
    other = make_article(**without_title)
    full, empty = ({"ALIGN_CACHE": str(tmp_path / name)} for name in ("full", "empty"))
    assert finish(start("build", other, "-o", tmp_path / "other", "-q", **full)) == (0, "")
    left = []
    for out, cache in ((tmp_path / "a" / "out", full), (tmp_path / "b" / "out", empty)):
        assert finish(start("build", article, "-o", out, "-q", **cache)) == (0, "")
        left.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert left[0] == left[1]


@pytest.mark.parametrize("cache", ["none", "a file", "no home", "broken"])
def test_a_cache_that_cannot_be_used_costs_no_result(article, tmp_path, cache):
    environment = {"ALIGN_CACHE": str(tmp_path / "cache")}
    if cache == "none":
        environment["ALIGN_CACHE"] = "/proc/nowhere"
    elif cache == "a file":
        (tmp_path / "cache").write_text("mine")
    elif cache == "broken":
        (tmp_path / "cache").mkdir()
        (tmp_path / "cache" / "vectors.sqlite").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    else:
        environment = {"ALIGN_CACHE": "", "HOME": "/nonexistent", "XDG_CACHE_HOME": ""}
    run = start("build", article, "-o", tmp_path / "out", "--no-terms", "-q", **environment)
    assert finish(run) == (0, "")
    whole(tmp_path / "out")
