"""Fixtures that more than one folder of tests uses."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def require_program(name: str) -> str:
    """The path of a program; without it the test is skipped, or fails where it has to run."""
    found = shutil.which(name)
    if found:
        return found
    reason = f"{name} is not installed"
    if os.environ.get("ALIGN_REQUIRE_INTEGRATION") == "1":
        pytest.fail(f"{reason}, and ALIGN_REQUIRE_INTEGRATION=1 asks for it")
    pytest.skip(reason)


@pytest.fixture
def omegat(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path, str, str], str]:
    """Translates text with OmegaT and nothing but a memory, as a translator's project would.

    Called with the source text, the TMX file, and the two languages as the memory writes them,
    it returns the target text: what the memory holds is replaced, the rest stays as it was.
    A blank line ends a paragraph; a mere line break does not end a sentence for OmegaT.
    """
    program = require_program("omegat")

    def translate(source_text: str, tmx: Path, source_lang: str, target_lang: str) -> str:
        home = tmp_path_factory.mktemp("omegat")
        project = home / "project"
        for folder in ("source", "target", "tm/auto", "omegat", "glossary", "dictionary"):
            (project / folder).mkdir(parents=True)
        (project / "omegat.project").write_bytes(_project_file(source_lang, target_lang))
        # OmegaT reads and writes files named .utf8 as UTF-8, whatever the system's encoding.
        (project / "source" / "article.utf8").write_text(source_text, encoding="utf-8")
        shutil.copy(tmx, project / "tm" / "auto" / "memory.tmx")
        finished = subprocess.run(
            [program, "--mode=console-translate", f"--config-dir={home}", str(project)],
            env=os.environ | {"HOME": str(home), "JAVA_TOOL_OPTIONS": f"-Duser.home={home}"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        translated = project / "target" / "article.utf8"
        assert translated.exists(), finished.stdout + finished.stderr
        return translated.read_text(encoding="utf-8")

    return translate


def _project_file(source_lang: str, target_lang: str) -> bytes:
    root = etree.Element("omegat")
    project = etree.SubElement(root, "project", version="1.0")
    for name, value in {
        "source_dir": "__DEFAULT__",
        "target_dir": "__DEFAULT__",
        "tm_dir": "__DEFAULT__",
        "glossary_dir": "__DEFAULT__",
        "dictionary_dir": "__DEFAULT__",
        "source_lang": source_lang,
        "target_lang": target_lang,
        "sentence_seg": "true",
        "support_default_translations": "true",
        "remove_tags": "false",
    }.items():
        etree.SubElement(project, name).text = value
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
