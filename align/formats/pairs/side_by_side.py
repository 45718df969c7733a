"""Texts side by side on a page to read, with nothing loaded from elsewhere and no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.formats.registry import memory_writer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lxml import etree

    from align.formats.memory import Memory
    from align.units import Variant

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
    from align.languages import is_known_tag, language_name
    from align.text import clean_text

    title = clean_text(memory.title) or "Texts side by side"
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
                    heads = (
                        language_name(tag) if is_known_tag(tag) else tag for tag in memory.languages
                    )
                    page.write(E.thead(E.tr(*(E.th(head) for head in heads))))
                    with page.element("tbody"):
                        for unit in memory.units:
                            variants = [unit.variant(tag) for tag in memory.languages]
                            if variants[0] is not None:
                                notes = [r.text for r in unit.remarks if not r.name]
                                page.write("\n", _row(memory.languages, variants, notes))


def _row(
    languages: Sequence[str], variants: Sequence[Variant | None], notes: Sequence[str]
) -> etree._Element:
    from lxml.builder import E

    from align.languages import is_known_tag, is_right_to_left
    from align.text import clean_text

    cells = []
    for language, variant in zip(languages, variants, strict=True):
        right = is_known_tag(language) and is_right_to_left(language)
        cell = E.td(clean_text(variant.text) if variant else "")
        cell.set("lang", language)
        cell.set("dir", "rtl" if right else "ltr")
        cells.append(cell)
    cells[-1].extend(E.small(clean_text(note)) for note in notes)
    row: etree._Element = E.tr(*cells)
    return row
