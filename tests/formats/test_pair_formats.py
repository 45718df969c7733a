import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from align.errors import InputError, OutputError
from align.formats import PAIR_WRITERS, write_pair
from align.formats.alignment_json import read_alignment
from align.formats.indices import read_indices
from align.formats.registry import MEMORY_WRITERS
from align.formats.tmx import read_tmx
from align.formats.tsv import read_tsv


@pytest.fixture
def pair(article, make_article):
    editions = {tag: article.editions[tag] for tag in ("en", "ja")}
    return make_article(editions, {"ja": article.alignments["ja"]})


READERS = {"tsv": read_tsv, "json": read_alignment, "indices": read_indices, "tmx": read_tmx}


def test_every_format_of_articles_alone_can_be_read_again():
    # Formats of memories are read again in test_memory_formats.py.
    alone = set(PAIR_WRITERS) - set(MEMORY_WRITERS)
    assert alone < set(READERS) <= set(PAIR_WRITERS)


@pytest.mark.parametrize("name", ["tsv", "indices"])
def test_a_table_has_a_line_for_each_bead(tmp_path, pair, name):
    assert write_pair(tmp_path / "pair", pair, to=name) == ()
    assert len(READERS[name](tmp_path / "pair")) == len(pair.alignments["ja"])


def test_json_holds_the_pair_as_it_is(tmp_path, pair):
    write_pair(tmp_path / "pair", pair, to="json")
    assert read_alignment(tmp_path / "pair") == pair


def test_tmx_holds_the_beads_that_are_sure_enough(tmp_path, pair):
    assert write_pair(tmp_path / "pair", pair, to="tmx") == ()
    sure = [b for b in pair.alignments["ja"] if b.is_aligned and b.confidence >= 0.5]
    assert len(list(read_tmx(tmp_path / "pair"))) == len(sure)


SEVERAL_FILES = {"hunalign", "moses", "vecalign", "xces"}


@pytest.mark.parametrize("name", sorted({*PAIR_WRITERS} - SEVERAL_FILES))
def test_every_format_of_one_file_goes_to_standard_output(capsysbinary, pair, name):
    write_pair("-", pair, to=name)
    written = capsysbinary.readouterr().out
    if PAIR_WRITERS[name].is_binary:
        assert len(written) > 1000
    else:
        assert "渡し船".encode() in written or name == "indices"


def test_an_unknown_format_is_refused_with_those_there_are(tmp_path, pair):
    with pytest.raises(InputError, match=r"unknown format 'xyz'; there are csv, .*json"):
        write_pair(tmp_path / "pair", pair, to="xyz")


def test_more_than_a_pair_is_refused(tmp_path, article, pair):
    with pytest.raises(InputError, match="a pair has two editions, 'ferry' has 3"):
        write_pair(tmp_path / "pair", article, to="tsv")
    alone = dataclasses.replace(pair, alignments={})
    with pytest.raises(InputError, match="a pair has two editions"):
        write_pair(tmp_path / "pair", alone, to="tsv")


def test_the_formats_load_no_heavy_library_until_they_are_used():
    code = (
        "import sys, align.formats, align.formats.tsv, align.formats.indices, align.formats.tmx\n"
        "import align.formats.alignment_json, align.formats.report\n"
        "print(sorted({'lxml', 'jinja2', 'jsonschema', 'babel', 'numpy'} & set(sys.modules)))"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (output.stdout.strip(), output.stderr) == ("[]", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("name", sorted({*PAIR_WRITERS} - SEVERAL_FILES))
def test_every_format_reports_a_full_disk(pair, name):
    with pytest.raises(OutputError, match="/dev/full: cannot be written: No space left on device"):
        write_pair("/dev/full", pair, to=name)
