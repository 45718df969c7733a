"""Counts what OmegaT fills of an article's sentences from the project that `align omegat` makes.

python scripts/omegat_filled.py           of the bundled article
python scripts/omegat_filled.py FOLDER    of the editions in a folder

A line a language: how many sentences of the pivot one sentence translates (beads of kind 1-1), and
the share of them whose translation stands in the text that OmegaT wrote. Needs `omegat`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import align
from align.omegat import write_omegat
from align.resources import data_folder

if TYPE_CHECKING:
    from align.article import AlignedArticle

ARTICLE = "japan-europe-cooperation"


def filled(article: AlignedArticle, language: str) -> tuple[int, int]:
    """How many sentences of the pivot OmegaT fills, and how many one sentence translates."""
    edition = article.editions[language]
    beads = [bead for bead in article.alignments[language] if bead.kind == "1-1"]
    with tempfile.TemporaryDirectory() as folder:
        project = write_omegat(article, Path(folder) / "project", language=language).folder
        translated = _translated(project, Path(folder))
    found = [edition.segments[bead.target.start].text in translated for bead in beads]
    return sum(found), len(found)


def _translated(project: Path, home: Path) -> str:
    """The texts that OmegaT writes for a project as it stands."""
    finished = subprocess.run(
        ["omegat", "--mode=console-translate", f"--config-dir={home}", str(project)],
        env=os.environ | {"HOME": str(home), "JAVA_TOOL_OPTIONS": f"-Duser.home={home}"},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    written = sorted(path for path in (project / "target").rglob("*") if path.is_file())
    if not written:
        sys.exit(finished.stdout + finished.stderr)
    return "\n".join(path.read_text(encoding="utf-8") for path in written)


def main() -> None:
    """Prints a line a language."""
    if shutil.which("omegat") is None:
        sys.exit("omegat is not installed")
    folder = Path(sys.argv[1]) if sys.argv[1:] else data_folder("corpora") / ARTICLE
    article = align.build(folder)
    for language in article.alignments:
        there, of = filled(article, language)
        print(f"{language:8} {there:4} of {of:4}  {there / of if of else 0:.3f}", flush=True)


if __name__ == "__main__":
    main()
