"""Termbases made up for tests, with all that trips formats up."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from align.termbases import STATUSES, Termbase, TermbaseEntry, TermbaseTerm

TRICKY = (
    "aB é漢字ーعر\u200f\u200d𝔞😀\u00a0 \t\n\r\u0085\u2028\x00\x1f\ufffe;|/\\\"'<>&,=+-@#_x0041_；／"
)

texts = st.text(st.sampled_from(TRICKY), max_size=12)
terms = texts.filter(lambda text: text.strip("\x00\x1f\ufffe \t\n\r\u0085\u2028\u00a0"))


def _as_kept(identifier):
    return TermbaseEntry(identifier, (TermbaseTerm("x", "en"),)).identifier


@st.composite
def _entries(draw, identifier, languages):
    used = [tag for tag in languages if draw(st.booleans())] or [languages[0]]
    made = [
        TermbaseTerm(draw(terms), tag, draw(st.sampled_from(STATUSES)), draw(texts))
        for tag in used
        for _ in range(draw(st.integers(1, 3)))
    ]
    return TermbaseEntry(
        identifier=identifier,
        terms=tuple(made),
        subject=draw(texts),
        definition=draw(texts),
        definitions={tag: draw(texts) for tag in used if draw(st.booleans())},
        note=draw(texts),
    )


@st.composite
def _termbases(draw, languages=("en", "ja", "zh-Hans", "ar", "id")):
    """A termbase whose first entry is in all its languages, which sets their order."""
    names = draw(st.lists(terms, min_size=1, max_size=4, unique_by=_as_kept))
    first = TermbaseEntry(
        names[0], tuple(TermbaseTerm(draw(terms), tag) for tag in languages), note=draw(texts)
    )
    return Termbase((first, *(draw(_entries(name, languages)) for name in names[1:])))


@pytest.fixture
def termbases():
    """Any termbase, to be drawn by hypothesis."""
    return _termbases()


@pytest.fixture
def termbase():
    """Two concepts with synonyms, a deprecated term, notes and definitions."""
    return Termbase(
        (
            TermbaseEntry(
                "c1",
                (
                    TermbaseTerm("rare earths", "en", "preferred"),
                    TermbaseTerm("REE", "en"),
                    TermbaseTerm("レアアース", "ja", "preferred"),
                    TermbaseTerm("希土", "ja", "deprecated", "old; not\nin use"),
                    TermbaseTerm("العناصر الأرضية النادرة", "ar"),
                ),
                subject="minerals",
                definition="seventeen metals",
                definitions={"ja": "十七種の金属"},
                note="R&D <since 1787>",
            ),
            TermbaseEntry(
                "2", (TermbaseTerm("plan B", "en"), TermbaseTerm("プランB", "ja", "preferred"))
            ),
        ),
        title="Minerals & plans",
    )
