"""Termbases of MultiTerm and memoQ."""

import pytest

from align.errors import InputError
from align.formats.termbases import read_termbase
from align.skipped import Skipped


def term(text, *fields):
    said = "".join(
        f'<descripGrp><descrip type="{name}">{value}</descrip></descripGrp>'
        for name, value in fields
    )
    return f"<termGrp><term>{text}</term>{said}</termGrp>"


def language(tag, name, *terms):
    return f'<languageGrp><language lang="{tag}" type="{name}"/>{"".join(terms)}</languageGrp>'


def multiterm(*concepts):
    inner = "".join(f"<conceptGrp>{concept}</conceptGrp>" for concept in concepts)
    return f'<?xml version="1.0" encoding="UTF-16"?><mtf>{inner}</mtf>'


QUAY = (
    "<concept>4</concept>"
    + language(
        "EN-GB", "English", term("quay", ("Note", "for ships")),
        term("warf", ("Status", "Forbidden")),
    )
    + language("ZH-TW", "Chinese", term("碼頭", ("Status", "preferred")))
    + language("QQ", "Martian", term("zork"))
)  # fmt: skip


def test_multiterm_is_read_in_utf_16(tmp_path):
    path = tmp_path / "terms.xml"
    path.write_bytes(multiterm(QUAY, QUAY).encode("utf-16"))
    skipped = Skipped()
    first, second = read_termbase(path, skipped=skipped).entries
    assert [(t.language, t.text, t.status, t.note) for t in first.terms] == [
        ("en-GB", "quay", "admitted", "for ships"),
        ("en-GB", "warf", "deprecated", ""),
        ("zh-Hant", "碼頭", "preferred", ""),
    ]
    assert (first.identifier, second.identifier) == ("4", "4-2")
    assert any("'QQ'" in said for said in skipped.messages(path))


def test_what_is_broken_is_refused(tmp_path):
    path = tmp_path / "terms.xml"
    path.write_text("<mtf><conceptGrp>")
    with pytest.raises(InputError, match="not well-formed XML"):
        read_termbase(path)


HEAD = (
    "Entry_ID;Entry_Subject;Entry_Note;English_United_Kingdom_Def;English_United_Kingdom;Term_Info;"
    "Term_Example;German;Term_Info;Term_Example;German;Term_Info;Term_Example;Martian"
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_memoq_has_several_terms_of_a_language(tmp_path, encoding):
    path = tmp_path / "terms.csv"
    row = (
        "7;sea;a note;where ships lie;quay;;;Kai für große Schiffe;;;"
        '"Mole";"CasePermissive;Forbidden";;'
    )
    path.write_bytes(f"{HEAD}\r\n{row}\r\n;;;;;;;;;;;;;\r\n".encode(encoding))
    skipped = Skipped()
    (entry,) = read_termbase(path, skipped=skipped).entries
    assert [(t.language, t.text, t.status) for t in entry.terms] == [
        ("en-GB", "quay", "admitted"),
        ("de", "Kai für große Schiffe", "admitted"),
        ("de", "Mole", "deprecated"),
    ]
    assert (entry.identifier, entry.subject, entry.note) == ("7", "sea", "a note")
    assert entry.definitions == {"en-GB": "where ships lie"}
    assert skipped.messages("t") == ("t:1: a column that is not known, 'Martian', is passed over",)
