"""The baseline file: a line a finding, sorted, read back exactly, refused where it is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.checks.baseline import AcceptedFinding, Baseline
from align.errors import InputError
from align.formats.baseline_json import read_baseline, write_baseline


def accepted(number, **more):
    known = {
        "language": "fr",
        "check": "numbers",
        "fingerprint": f"{number:016x}",
        "message": "42 became 24",
        "target_text": "Il a 24 places.",
    }
    return AcceptedFinding(**known | more)


def test_each_finding_takes_one_line(tmp_path):
    write_baseline(tmp_path / "b.json", Baseline((accepted(1), accepted(2))))
    lines = (tmp_path / "b.json").read_text(encoding="utf-8").splitlines()
    assert sum('"fingerprint"' in line for line in lines) == 2
    assert lines[-1] == "}"


@pytest.mark.parametrize(
    ("value", "said"),
    [("9" * 5_000, r"9… is too large$"), ("[" * 100_000 + "]" * 100_000, "is nested too deeply$")],
    ids=["digits", "arrays"],
)
def test_what_python_cannot_read_is_refused_in_words_for_users(tmp_path, value, said):
    (tmp_path / "b.json").write_text(f'{{"format": "align-baseline", "version": {value}}}')
    with pytest.raises(InputError, match=rf"b.json: not a baseline: .*{said}"):
        read_baseline(tmp_path / "b.json")


def test_lines_are_sorted_so_that_versions_differ_only_where_findings_do(tmp_path):
    some = [accepted(2), accepted(1), accepted(3, language="ar")]
    write_baseline(tmp_path / "a.json", Baseline(tuple(some)))
    write_baseline(tmp_path / "b.json", Baseline(tuple(reversed(some))))
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    write_baseline(tmp_path / "b.json", Baseline((*some, accepted(4))))
    before, after = (
        (tmp_path / name).read_text(encoding="utf-8").replace(",\n", "\n").splitlines()
        for name in ("a.json", "b.json")
    )
    assert len(set(after) - set(before)) == 1


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.builds(accepted, st.integers(0, 2**64 - 1), message=TEXT, target_text=TEXT)))
def test_a_baseline_written_is_read_back(tmp_path_factory, some):
    path = tmp_path_factory.mktemp("baseline") / "b.json"
    write_baseline(path, Baseline(tuple(some)))
    assert read_baseline(path) == Baseline(tuple(sorted(some)))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "not JSON"),
        ("[]", 'not a baseline: it lacks "format": "align-baseline"'),
        ('{"format": "align-baseline", "version": 2}', "is of version 2 of the format"),
        ('{"format": "align-baseline", "version": 1}', "'accepted' is a required property"),
        (
            '{"format": "align-baseline", "version": 1, "accepted": [{"check": "numbers"}]}',
            r"\$\.accepted\[0\]",
        ),
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path, content, message):
    (tmp_path / "b.json").write_text(content)
    with pytest.raises(InputError, match=message):
        read_baseline(tmp_path / "b.json")
