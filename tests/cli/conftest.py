"""Runs the command as a user does: in this process for speed, in another where it matters."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import align

PROGRAM = [sys.executable, "-m", "align"]
IMPORTABLE = {"PYTHONPATH": str(Path(align.__file__).parents[1])}

TEXTS = {
    "en": "The Ferry\n\nThe ferry left at 9:15 with 42 passengers. Nobody saw the fog. "
    "Captain Ida Holm turned back.\n\nAt noon the harbour was closed. It opened again in 1998.\n",
    "fr": "Le ferry\n\nLe ferry partit à 9:15 avec 42 passagers. Personne ne vit le brouillard. "
    "La capitaine Ida Holm fit demi-tour.\n\nÀ midi le port fut fermé. Il rouvrit en 1998.\n",
    "ja": "フェリー\n\nフェリーは42人の乗客を乗せて9:15に出た。誰も霧に気づかなかった。"
    "船長のIda Holmは引き返した。\n\n正午に港は閉鎖された。再開したのは1998年だった。\n",
    "sv": "Färjan\n\nFärjan gick 9:15 med 42 passagerare. Ingen såg dimman. "
    "Kapten Ida Holm vände om.\n\nVid tolvtiden stängdes hamnen. Den öppnade igen 1998.\n",
}


@pytest.fixture
def refuses(run, tmp_path):
    """Runs a command that must be refused in one line, leaving all files as they were."""

    def run_and_return_message(*arguments):
        before = _contents(tmp_path)
        finished = run(*arguments)
        assert finished.code == 2
        assert finished.out == ""
        assert finished.err.startswith("align: ")
        assert finished.err.count("\n") == 1 and finished.err.endswith("\n")
        assert _contents(tmp_path) == before
        return finished.err.removeprefix("align: ").rstrip("\n")

    return run_and_return_message


@pytest.fixture
def run_program():
    """Runs `python -m align` in a process of its own."""

    def run_process(*arguments, **options):
        return subprocess.run(
            [*PROGRAM, *map(str, arguments)],
            env=os.environ | IMPORTABLE,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            **options,
        )

    return run_process


@pytest.fixture(scope="session", autouse=True)
def ctrl_c():
    """Lets programs that tests start hear Ctrl-C, though the tests may run in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def open_program():
    """Starts `python -m align`, its output to be read as it comes."""

    def open_process(*arguments):
        return subprocess.Popen(
            [*PROGRAM, *map(str, arguments)],
            env=os.environ | IMPORTABLE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    return open_process


@pytest.fixture
def article(tmp_path):
    """A folder with one short article in English, French and Japanese."""
    return write_article(tmp_path / "ferry", "en", "fr", "ja")


@pytest.fixture
def make_article(tmp_path):
    """Writes an article in the languages named, or in the texts given for them."""

    def make(*languages, **texts):
        return write_article(tmp_path / "article", *languages, **texts)

    return make


def write_article(folder, *languages, **texts):
    folder.mkdir()
    for language, text in {**{each: TEXTS[each] for each in languages}, **texts}.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / f"{language}.txt").write_bytes(data)
    return folder


def _contents(folder):
    return {
        path: path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))
    }
