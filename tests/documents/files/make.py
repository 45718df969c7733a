"""Makes the files of this folder with LibreOffice, from the flat files and the text beside it.

python tests/documents/files/make.py    writes them anew (needs `soffice`, hyphen-en-us, DejaVu)

The texts are our own. The program writes dates and identifiers into its files, so that two runs
differ in bytes, but never in what is read.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent

# Tagged as office programs tag what they export: running heads are artifacts.
_TAGGED_PDF = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'

KINDS = {
    "lamp.fodt": ("docx", "odt", "rtf", _TAGGED_PDF),
    "harbour.fodt": ("pdf",),
    "lamp.fodp": ("pptx",),
    "fares.fods": ("xlsx",),
    "market.txt": ("pdf",),
}
"""What is made of each source."""


def make(folder: Path) -> None:
    """Writes every file into a folder."""
    with tempfile.TemporaryDirectory() as profile:
        program = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless"]
        for name, kinds in KINDS.items():
            for kind in kinds:
                command = [
                    *program,
                    "--convert-to",
                    kind,
                    "--outdir",
                    str(folder),
                    str(HERE / name),
                ]
                subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    make(HERE)
