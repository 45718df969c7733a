"""A `corpus.toml` that is written reads back as it was."""

from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from align.documents.corpus_file import ListedEdition, Listing, read_listing, write_listing

TEXTS = st.none() | st.text(min_size=1, max_size=20).map(str.strip).filter(
    lambda text: text and "\0" not in text and text.isprintable()
)


def written(listing):
    stream = StringIO()
    write_listing(stream, listing)
    return stream.getvalue()


@given(title=TEXTS, licence=TEXTS, edition_title=TEXTS, address=TEXTS)
def test_any_text_survives(tmp_path_factory, title, licence, edition_title, address):
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "en.html").write_text("<p>text")
    edition = ListedEdition(
        "en",
        folder / "en.html",
        address=address,
        date="2026-03-01T10:20:30+00:00",
        title=edition_title,
        encoding="koi8-r",
    )
    listing = Listing(title=title, pivot="en", licence=licence, editions=(edition,))
    path = folder / "corpus.toml"
    path.write_text(written(listing), encoding="utf-8")
    assert read_listing(path) == listing


def test_a_title_with_characters_that_no_file_can_hold_is_written_without_them():
    assert written(Listing(title="a\0b\ud800c")) == 'title = "a\ufffdb?c"\n'


def test_what_is_not_known_is_left_out():
    assert written(Listing(title="The bridge")) == 'title = "The bridge"\n'
