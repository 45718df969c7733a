"""The bundled article, aligned and written once for all tests here."""

from __future__ import annotations

import pytest

import align
from align.resources import data_folder


@pytest.fixture(scope="session")
def bundled(own_cache):
    """The bundled article in eight languages, aligned with the defaults."""
    return align.build(data_folder("corpora") / "japan-europe-cooperation")


@pytest.fixture(scope="session")
def written(bundled, tmp_path_factory):
    """The folder with all that is made of the bundled article."""
    folder = tmp_path_factory.mktemp("out")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        align.write_build(bundled, folder, terms=align.terms(bundled))
    return folder
