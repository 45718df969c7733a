"""reStructuredText: what a reader sees, block by block; no file read, nothing raw, nothing run."""

import pytest

from align.documents import read_document
from align.documents.restructured_text import parse_restructured_text
from align.errors import InputError


def blocks(text):
    document = parse_restructured_text(text)
    return [(block.kind, document.text[block.start : block.stop]) for block in document.blocks]


def texts(text):
    return [shown for _, shown in blocks(text)]


def test_title_headings_paragraphs_lists_quotations():
    text = (
        "==========\nOld *Lamp*\n==========\n\nThe wick\n--------\n\nIt was\nof cotton.\n\n"
        "* one\n* two\n\n  more\n\n..\n\n   We lit it.\n\n   -- The keeper\n\nwick\n   It burns.\n"
    )
    assert blocks(text) == [
        ("title", "Old Lamp"),
        ("heading", "The wick"),
        ("paragraph", "It was of cotton."),
        ("list-item", "one"),
        ("list-item", "two"),
        ("list-item", "more"),
        ("quotation", "We lit it."),
        ("quotation", "The keeper"),
        ("heading", "wick"),
        ("list-item", "It burns."),
    ]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("See `the plan <https://example.org>`_ and ``code``.", "See the plan and code."),
        ("Смотри :ref:`план <plan>` и :doc:`это </x>`.", "Смотри план и это."),
        ("调用 :func:`~lamp.light` 和 :kbd:`Ctrl+C` 。", "调用 light 和 Ctrl+C 。"),
        ("La mèche [#a]_ brûlait [1]_.\n\n.. [#a] Coton.", "La mèche brûlait."),
        ("The |lamp| burnt.\n\n.. |lamp| replace:: old lamp", "The old lamp burnt."),
        ("An `unknown`_ target and *all* that.", "An unknown target and all that."),
        ("Escaped \\*stars\\* stay.", "Escaped *stars* stay."),
    ],
)
def test_marks_and_roles_go_and_the_text_stays(marked, plain):
    assert texts(f"{marked}\n")[0] == plain


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (".. note:: Nehmt Licht.\n   Es ist dunkel.", ["Nehmt Licht. Es ist dunkel."]),
        (".. warning::\n\n   暗いぞ。", ["暗いぞ。"]),
        (".. versionadded:: 3.2\n   Nouveau.", ["Nouveau."]),
        (".. versionchanged:: 3.2 Changé.", ["Changé."]),
        (".. tab:: Linux\n\n   Text.", ["Linux", "Text."]),
        (".. py:function:: light(x)\n\n   Lights it.\n\n   :param x: How long.",
         ["Lights it.", "How long."]),
        (".. only:: html\n\n   Text.", ["Text."]),
        (".. glossary::\n\n   wick\n      It burns.", ["wick", "It burns."]),
        (".. figure:: a.png\n   :alt: x\n\n   The quay.", ["The quay."]),
        (".. image:: a.png\n   :alt: The quay", ["The quay"]),
        ("| The lamp,\n| the oil.", ["The lamp,", "the oil."]),
        ("Code::\n\n   x = 1", ["Code:"]),
        (".. code-block:: python\n   :linenos:\n\n   # none", []),
        (".. toctree::\n   :maxdepth: 2\n\n   a\n   b", []),
        (".. math::\n\n   x = 1", []),
        (".. contents:: Contents\n\nA\n=\n\nText.\n\nB\n=\n\nMore.", ["A", "Text.", "B", "More."]),
        (".. a comment. here.", []),
        ("+---+---+\n| a | b |\n+---+---+", ["a", "b"]),
    ],
)  # fmt: skip
def test_directives(written, shown):
    assert texts(f"{written}\n") == shown


def test_no_file_is_read_and_nothing_raw_is_kept(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("A secret.")
    text = (
        f"Text.\n\n.. include:: {secret}\n\n.. raw:: html\n   :file: {secret}\n\n"
        f".. csv-table::\n   :file: {secret}\n\n.. raw:: html\n\n   <b>x</b>\n\n"
        f".. literalinclude:: {secret}\n"
    )
    assert texts(text) == ["Text."]


def test_substitutions_that_grow_without_end_do_no_harm():
    text = "|a0|\n\n.. |a20| replace:: x\n" + "".join(
        f".. |a{n}| replace:: " + f"|a{n + 1}| " * 9 + "\n" for n in range(20)
    )
    assert len(parse_restructured_text(f"Text.\n\n{text}").text) < 200_000


def test_long_lines_are_read():
    line = "灯は燃えた。" * 4000
    assert texts(f"{line}\n") == [line]


def test_a_file_is_read_by_its_ending_and_its_lines_are_known(tmp_path):
    path = tmp_path / "fr.rst"
    path.write_text("La lampe\n========\n\nElle brûle.\n", encoding="utf-8")
    document = read_document(path)
    assert [block.line for block in document.blocks] == [1, 4]
    assert [run.line for run in document.runs] == [1, 4]


def test_nothing_is_said_on_the_screen(capfd):
    parse_restructured_text("=\nbad\n\n.. unknown::\n\n:x:`y` `z`_ |w|\n\n* a\nb\n")
    assert capfd.readouterr() == ("", "")


def test_a_tab_in_a_very_long_line_costs_nothing(tmp_path):
    path = tmp_path / "a.rst"
    path.write_text("It was\tnew and " + "old and " * 2_000 + "red.\n")
    assert read_document(path).text.startswith("It was new and old")


def test_a_word_that_could_be_an_endless_address_is_refused(tmp_path):
    path = tmp_path / "a.rst"
    path.write_text("Lamps\n=====\n\nIt is " + "a-" * 5_000 + "\n")
    assert read_document(path).blocks
    path.write_text("Lamps\n=====\n\nIt is " + "a-" * 5_000 + "b\n")
    with pytest.raises(InputError, match=r"a\.rst:4: a word of more than 10,000 characters"):
        read_document(path)


def test_a_paragraph_of_very_many_marks_is_refused(tmp_path):
    path = tmp_path / "a.rst"
    path.write_text("Lamps\n=====\n\nIt is " + "*old* " * 10_001 + "now.\n")
    with pytest.raises(InputError, match=r"a\.rst:4: a paragraph with more than 20,000 marks"):
        read_document(path)
