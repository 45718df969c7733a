"""What the tests of Markdown share."""

from __future__ import annotations

import pytest

from align.documents.markdown import parse_markdown


@pytest.fixture(scope="session")
def read():
    """Reads Markdown; gives the texts of its blocks."""

    def texts(text: str, **options: bool) -> list[str]:
        document = parse_markdown(text, **options)
        return [document.text[block.start : block.stop] for block in document.blocks]

    return texts


@pytest.fixture(scope="session")
def blocks():
    """Reads Markdown; gives the kinds and texts of its blocks."""

    def found(text: str, **options: bool) -> list[tuple[str, str]]:
        document = parse_markdown(text, **options)
        return [(block.kind, document.text[block.start : block.stop]) for block in document.blocks]

    return found
