"""OmegaT's glossaries: source, target and comment, as far as they go."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.errors import InputError
from align.formats.termbases import read_termbase
from align.formats.termbases.glossary import read_glossary, write_glossary
from align.skipped import Skipped
from align.termbases import Termbase, TermbaseEntry, TermbaseTerm


def test_a_glossary_has_a_line_for_each_permitted_rendering(tmp_path, termbase):
    path = tmp_path / "terms.txt"
    assert write_glossary(path, termbase, source="en", target="ja") == ()
    assert path.read_text(encoding="utf-8").splitlines() == [
        "# Glossary in tab-separated format -*- coding: utf-8 -*-",
        "rare earths\tレアアース\tR&D <since 1787>",
        "REE\tレアアース\tR&D <since 1787>",
        "plan B\tプランB",
    ]


def test_the_preferred_rendering_comes_first(tmp_path):
    terms = (
        TermbaseTerm("sea", "en"),
        TermbaseTerm("b", "fr"),
        TermbaseTerm("a", "fr", "preferred"),
    )
    path = tmp_path / "terms.txt"
    write_glossary(path, Termbase((TermbaseEntry("1", terms),)), source="en", target="fr")
    assert path.read_text().splitlines()[1:] == ["sea\ta", "sea\tb"]


@given(data=st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_pairs_of_permitted_terms_survive_a_round_trip(tmp_path, termbases, data):
    termbase = data.draw(termbases)
    path = tmp_path / "terms.txt"
    write_glossary(path, termbase, source="en", target="ja")
    expected = {
        (source.text.casefold(), target.text)
        for entry in termbase.entries
        for source in entry.of("en")
        for target in entry.of("ja")
        if source.is_permitted and target.is_permitted and not source.text.startswith("#")
    }
    read = read_glossary(path, languages=("en", "ja"))
    assert expected == {
        (source.text.casefold(), target.text)
        for entry in read.entries
        for source in entry.of("en")
        for target in entry.of("ja")
    }


def test_a_glossary_of_omegat_is_known_by_its_form(tmp_path):
    path = tmp_path / "glossary.en-ja.txt"
    path.write_text('# comment\n\nsay "yes"; no\tはい\nalliance\t同盟\ta pact\n', encoding="utf-8")
    termbase = read_termbase(path)
    assert [[term.text for term in entry.terms] for entry in termbase.entries] == [
        ['say "yes"; no', "はい"],
        ["alliance", "同盟"],
    ]
    assert termbase.entries[1].of("ja")[0].note == "a pact"


def test_what_a_glossary_would_take_for_a_comment_is_left_out_and_said(tmp_path):
    entry = TermbaseEntry("1", (TermbaseTerm("#tag", "en"), TermbaseTerm("étiquette", "fr")))
    path = tmp_path / "terms.txt"
    [warning] = write_glossary(path, Termbase((entry,)), source="en", target="fr")
    assert "'#tag'" in warning
    assert len(path.read_text().splitlines()) == 1


def test_a_line_without_target_is_passed_over_and_said(tmp_path):
    path = tmp_path / "g.en-ja.txt"
    path.write_text("sea\t海\nland\nair\n", encoding="utf-8")
    skipped = Skipped()
    assert [entry.of("ja")[0].text for entry in read_glossary(path, skipped=skipped).entries] == [
        "海"
    ]
    [said] = skipped.messages("g.txt")
    assert said.startswith("g.txt:2: a line without source and target")
    assert said.endswith("there are 2, this is the first")


def test_a_file_of_such_lines_alone_is_refused(tmp_path):
    path = tmp_path / "g.en-ja.txt"
    path.write_text("sea\nland\n", encoding="utf-8")
    with pytest.raises(InputError, match="holds no terms"):
        read_glossary(path)
