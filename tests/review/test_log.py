"""The log: what is done is on the disk, whatever stops the program; logs of two people are one."""

from __future__ import annotations

import json
import multiprocessing
import os
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import InputError, OutputError
from align.review.log import Entry, Log, LogFile, fingerprint_of, merged, read_log, write_log
from align.review.operations import Drop, Edit, Merge, Undo

ENTRIES = [
    Entry("a1", "2030-01-01T10:00:00Z", Merge("ja", "source", "3"), "Ito"),
    Entry("b2", "2030-01-01T10:00:01.25Z", Edit("ja", "target", "1", "行\u2028\ud800 \n")),
    Entry("c3", "2030-01-01T10:00:02Z", Undo("a1")),
]


@pytest.fixture
def log(tmp_path):
    return LogFile(tmp_path / "review.jsonl", "f00d")


def test_entries_are_read_as_they_were_added(log):
    for entry in ENTRIES:
        log.append([entry])
    assert read_log(log.path) == Log("f00d", tuple(ENTRIES))
    assert LogFile(log.path, "f00d").entries == ENTRIES


def test_nothing_is_written_before_something_is_done(log):
    assert not log.path.exists()


@pytest.mark.parametrize("cut", [1, 7, 40])
def test_a_last_line_that_is_not_whole_is_left_out_and_written_over(log, cut):
    log.append(ENTRIES[:2])
    log.path.write_bytes(log.path.read_bytes()[:-cut])
    again = LogFile(log.path, "f00d")
    assert again.entries == ENTRIES[:1]
    again.append(ENTRIES[2:])
    assert read_log(log.path).entries == (ENTRIES[0], ENTRIES[2])


def test_a_first_line_that_is_not_whole_is_written_over_too(log):
    log.append(ENTRIES[:1])
    log.path.write_bytes(log.path.read_bytes()[:20])
    again = LogFile(log.path, "f00d")
    again.append(ENTRIES[1:2])
    assert read_log(log.path).entries == (ENTRIES[1],)


def test_what_another_program_added_is_read_before_more_is_added(log):
    other = LogFile(log.path, "f00d")
    log.append(ENTRIES[:1])
    other.append(ENTRIES[1:2])
    assert log.refresh() == [ENTRIES[1]]
    assert read_log(log.path).entries == tuple(ENTRIES[:2])


def _add(path, name, count):
    log = LogFile(path, "f00d")
    for number in range(count):
        log.append([replace(ENTRIES[0], id=f"{name}-{number}")])
    os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="takes processes that begin as copies")
def test_programs_that_add_at_once_lose_nothing_of_each_other(log):
    fork = multiprocessing.get_context("fork")
    adding = [fork.Process(target=_add, args=(log.path, name, 25)) for name in "abcd"]
    for process in adding:
        process.start()
    for process in adding:
        process.join()
    assert [process.exitcode for process in adding] == [0] * 4
    kept = {entry.id for entry in read_log(log.path).entries}
    assert kept == {f"{name}-{number}" for name in "abcd" for number in range(25)}


def test_what_could_not_be_added_is_not_in_the_log_and_can_be_added_later(log):
    log.append(ENTRIES[:1])
    elsewhere = log.path.rename(log.path.with_name("elsewhere.jsonl"))
    log.path.mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        log.append(ENTRIES[1:2])
    log.path.rmdir()
    elsewhere.rename(log.path)
    assert log.entries == ENTRIES[:1]
    log.append(ENTRIES[1:2])
    assert read_log(log.path).entries == tuple(ENTRIES[:2])


@pytest.mark.parametrize("written", [0, 1, 30, 50, 60])
def test_a_log_whose_first_line_was_not_written_to_its_end_has_no_entries(log, written):
    log.append([])
    log.path.write_bytes(log.path.read_bytes().rstrip(b"\n")[:written])
    assert read_log(log.path).entries == ()


def test_a_review_of_another_alignment_is_refused(log):
    log.append(ENTRIES[:1])
    with pytest.raises(InputError, match="the review of another alignment"):
        LogFile(log.path, "beef")


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        LogFile(tmp_path / "missing" / "review.jsonl", "f00d").append(ENTRIES)


HEAD = '{"format":"align-review","version":1,"alignment":"f00d"}\n'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The harbour\n", "not JSON"),
        ("The harbour", "holds no review"),
        ("{}\n", 'lacks "format"'),
        (HEAD.replace("1", "2"), "another version"),
        (HEAD + "nonsense\n", ":2: not JSON"),
        (HEAD + "[" * 100_000 + "\n", ":2: not JSON"),
        (HEAD + '{"id":"a","time":"yesterday","operation":{}}\n', ":2: an entry needs an id"),
        (
            HEAD + '{"id":"a","time":"2030-01-01T00:00:00Z","operation":{}}\n',
            ":2: not an operation",
        ),
        (HEAD + '{"id":7,"time":"2030-01-01T00:00:00Z","operation":{}}\n', ":2: id, time and by"),
    ],
)
def test_what_is_no_review_is_refused_with_its_line(tmp_path, text, reason):
    path = tmp_path / "review.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        read_log(path)


def test_logs_are_merged_by_time_and_what_both_have_is_there_once():
    mine, theirs = ENTRIES, [ENTRIES[0], Entry("d4", "2030-01-01T10:00:01Z", Undo("x"))]
    assert [entry.id for entry in merged([mine, theirs])] == ["a1", "d4", "b2", "c3"]


@given(st.lists(st.integers(0, 9), max_size=8), st.lists(st.integers(0, 9), max_size=8))
def test_each_log_keeps_its_order_whatever_its_clock_said(ours, theirs):
    logs = [
        [Entry(f"{who}{n}", f"2030-01-01T10:00:0{second}Z", Drop("ja", "source", "0", True))
         for n, second in enumerate(seconds)]
        for who, seconds in (("a", ours), ("b", theirs))
    ]  # fmt: skip
    both = merged(logs)
    assert len(both) == len(ours) + len(theirs)
    for log in logs:
        assert [entry for entry in both if entry in log] == log


def test_a_log_is_written_whole(tmp_path):
    write_log(tmp_path / "review.jsonl", Log("f00d", tuple(ENTRIES)))
    assert read_log(tmp_path / "review.jsonl") == Log("f00d", tuple(ENTRIES))
    lines = (tmp_path / "review.jsonl").read_bytes().splitlines()
    assert all(json.loads(line) for line in lines) and len(lines) == 4


def test_a_fingerprint_tells_texts_and_beads_apart(article):
    assert fingerprint_of(article) == fingerprint_of(replace(article, title="Other"))
    only = {"ja": article.alignments["ja"]}
    assert fingerprint_of(article) != fingerprint_of(replace(article, alignments=only))


def test_a_pipe_in_its_place_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "review.jsonl")
    with pytest.raises(InputError, match="is a pipe or a device"):
        LogFile(tmp_path / "review.jsonl", "f00d")
