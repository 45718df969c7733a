"""Parts of speech come from models that are pickles; what is in them is data and nothing else."""

import gzip
import os
import pickle

import pytest

from align.errors import AlignError
from align.languages.tagger_models import load_tagger


class Call:
    """What a tampered file would hold: a call that is made where the file is loaded."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


@pytest.mark.parametrize(
    ("model", "sentence", "tags"),
    [
        ("morphmodel_en.pgz", "Old ships carry cargo", ["AJ0", "NN2", "VVB", "NN1"]),
        ("morphmodel_ger.pgz", "Alte Schiffe tragen Fracht", ["ADJ(A)", "NN", "VV(FIN)", "NN"]),
    ],
)
def test_a_tagger_tells_parts_of_speech(model, sentence, tags):
    assert [tag for _, _, tag in load_tagger(model).tag_sent(sentence.split(" "))] == tags


@pytest.mark.parametrize("model", ["morphmodel_en.pgz", "morphmodel_ger.pgz"])
def test_it_tags_as_the_library_does_that_loads_the_model_itself(model):
    from HanTa.HanoverTagger import HanoverTagger

    words = ["Frigates", "Schiffe", "patrolled", "tragbare", "Kabel", "in", "2023", ",", "Solheim"]
    assert load_tagger(model).tag_sent(words) == HanoverTagger(model).tag_sent(words)


def test_a_model_that_would_call_something_is_refused_and_nothing_is_called(tmp_path):
    trace = tmp_path / "trace"
    model = tmp_path / "model.pgz"
    model.write_bytes(gzip.compress(pickle.dumps(Call(os.mkdir, str(trace)))))
    with pytest.raises(AlignError, match=r"calls \w+\.mkdir, so it is not data alone"):
        load_tagger(model)
    assert not trace.exists()


SET_DEFAULTS = b"\x80\x04c%s\nN}(X\x0c\x00\x00\x00__defaults__X\x01\x00\x00\x00x\x85u\x86b."
"""Sets an attribute of what stands for a name."""


@pytest.mark.parametrize("name", [b"numpy\ndtype", b"numpy.core.multiarray\nscalar"])
def test_a_model_can_change_nothing_of_what_reads_it(tmp_path, name):
    model = tmp_path / "model.pgz"
    model.write_bytes(gzip.compress(SET_DEFAULTS % name))
    with pytest.raises(AlignError, match="model cannot be read"):
        load_tagger(model)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"no model", id="not compressed"),
        pytest.param(gzip.compress(b"no model"), id="compressed text"),
        pytest.param(gzip.compress(pickle.dumps((1, 2))), id="another object"),
    ],
)
def test_a_broken_model_is_an_error_that_says_what_to_do(tmp_path, content):
    model = tmp_path / "model.pgz"
    model.write_bytes(content)
    with pytest.raises(AlignError, match="run: pip install --force-reinstall hanta"):
        load_tagger(model)
