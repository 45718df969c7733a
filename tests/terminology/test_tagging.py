"""Parts of speech of a text that is too long to be one sentence."""

from align.terminology import tagging
from align.terminology.words import words_of


class CountingTagger:
    """A tagger that calls every word a noun and keeps what it was given."""

    def __init__(self):
        self.tokens = []

    def tag_sent(self, tokens, **_options):
        self.tokens += tokens
        return ["NN"] * len(tokens)


def test_each_word_and_mark_of_a_long_run_is_tagged_once(monkeypatch):
    tagger = CountingTagger()
    monkeypatch.setattr(tagging, "_tagger", lambda _language: (tagger, (("NN", "noun"),)))
    text = "A." * 2000
    (words,) = words_of([text], "en")
    assert tagging.parts_of_speech(text, words, "en") == ["noun"] * 2000
    assert "".join(tagger.tokens) == text
