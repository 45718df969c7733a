import pytest

from align.errors import InputError
from align.termbases import Termbase, TermbaseEntry, TermbaseTerm

A_TERM = TermbaseTerm("alliance", "en")


def test_terms_are_one_line_of_text_that_any_format_holds():
    assert TermbaseTerm(" strategic\r\n\tautonomy\x00 ", "en").text == "strategic autonomy"


def test_terms_keep_no_break_spaces_and_marks_that_steer_direction():
    assert TermbaseTerm("200\u00a0€ \u200fعربي", "ar").text == "200\u00a0€ \u200fعربي"


def test_notes_keep_their_lines():
    assert TermbaseTerm("x", "en", note=" see\r\n  there\u2028too\n").note == "see\nthere\ntoo"


def test_languages_are_normalised():
    assert TermbaseTerm("同盟", "zh_TW").language == "zh-Hant"
    entry = TermbaseEntry("1", (TermbaseTerm("同盟", "ja"),), definitions={"jpn": "二国の約束"})
    assert entry.definitions == {"ja": "二国の約束"}


def test_a_term_of_which_nothing_is_said_may_be_used():
    assert A_TERM.status == "admitted"
    assert A_TERM.is_permitted
    assert not TermbaseTerm("x", "en", "deprecated").is_permitted


def test_terms_of_one_language_stand_together():
    terms = (TermbaseTerm("b", "fr"), A_TERM, TermbaseTerm("a", "fr"))
    entry = TermbaseEntry("1", terms)
    assert [term.text for term in entry.terms] == ["b", "a", "alliance"]
    assert entry.languages == ("fr", "en")


def test_languages_of_a_termbase_come_in_the_order_of_its_entries():
    entries = (TermbaseEntry("1", (A_TERM,)), TermbaseEntry("2", (TermbaseTerm("x", "fr"), A_TERM)))
    assert Termbase(entries).languages == ("en", "fr")


@pytest.mark.parametrize(
    "make",
    [
        lambda: TermbaseTerm(" \x00 ", "en"),
        lambda: TermbaseTerm("x", "en", "forbidden"),
        lambda: TermbaseEntry("", (A_TERM,)),
        lambda: TermbaseEntry("1", ()),
        lambda: TermbaseEntry("1", (A_TERM,), definitions={"fr": "of nothing"}),
        lambda: Termbase((TermbaseEntry("1", (A_TERM,)), TermbaseEntry(" 1", (A_TERM,)))),
    ],
)
def test_what_makes_no_sense_is_refused(make):
    with pytest.raises(ValueError):
        make()


def test_an_unknown_language_is_refused():
    with pytest.raises(InputError, match="did you mean 'ja'"):
        TermbaseTerm("x", "jp")
