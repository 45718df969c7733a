"""Where the data that ships with `align` lies: model cards, fitted parameters, corpora.

In an installed wheel they are folders of the package; in a checkout they stand beside it.
"""

from __future__ import annotations

from pathlib import Path


def data_folder(name: str) -> Path:
    """The folder of shipped data called `name` (`models` or `corpora`).

    Raises:
        FileNotFoundError: If the installation lacks it.
    """
    package = Path(__file__).parent
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"this installation of align lacks its {name!r} folder; reinstall it")
