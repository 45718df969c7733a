"""Texts side by side on a page to read, with nothing loaded from elsewhere and no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.formats.registry import memory_writer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lxml import etree

    from align.formats.memory import Memory
    from align.formats.pairs.columns import Column, Row

_STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; }
th, td { padding: .4rem .8rem; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
tr + tr > td { border-top: 1px solid #8884; }
th { position: sticky; top: 0; background: Canvas; }
td { white-space: pre-line; }
td > small { display: block; opacity: .7; }
@media print { th { position: static; } }
"""


@memory_writer("html", "both texts side by side, a page to read", endings=(".html", ".htm"))
def write_side_by_side(path: Path | str, memory: Memory) -> None:
    """Writes the texts of a memory as a table, a column a language.

    Carries: untranslated units; any number of languages; notes.
    Does not carry: inline codes, properties, states.

    Raises:
        OutputError: If the file cannot be written.
    """
    from lxml import etree
    from lxml.builder import E

    from align.formats.atomic import open_for_writing
    from align.formats.pairs.columns import columns_of, rows_of, title_of
    from align.text import clean_text

    title, columns = title_of(memory), columns_of(memory)
    with (
        open_for_writing(path, "wb") as stream,
        etree.htmlfile(stream, encoding="UTF-8") as page,
    ):
        page.write_doctype("<!DOCTYPE html>")
        with page.element("html", lang="en"):
            page.write(
                E.head(
                    E.meta(charset="utf-8"),
                    E.meta(name="viewport", content="width=device-width"),
                    E.title(title),
                    E.style(_STYLE),
                )
            )
            with page.element("body"):
                page.write(E.h1(title))
                if memory.note:
                    page.write(E.p(clean_text(memory.note)))
                with page.element("table"):
                    page.write(E.thead(E.tr(*(E.th(column.name) for column in columns))))
                    with page.element("tbody"):
                        for row in rows_of(memory):
                            page.write("\n", _row(columns, row))


def _row(columns: Sequence[Column], row: Row) -> etree._Element:
    from lxml.builder import E

    cells = [
        E.td(text, lang=column.tag, dir=column.direction)
        for column, text in zip(columns, row.texts, strict=True)
    ]
    cells[-1].extend(E.small(note) for note in row.notes)
    made: etree._Element = E.tr(*cells)
    return made
