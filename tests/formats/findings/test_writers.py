"""The list of formats that findings are written in."""

import pytest

from align.errors import InputError
from align.formats import FINDING_WRITERS, write_check_report


def test_these_are_the_formats():
    assert list(FINDING_WRITERS) == ["html", "json", "junit", "sarif", "text", "xlsx"]


@pytest.mark.parametrize("to", FINDING_WRITERS)
@pytest.mark.parametrize("report", ["check_report", "empty_check_report", "hostile_check_report"])
def test_every_report_is_written_in_every_format(tmp_path, to, report, request):
    path = tmp_path / "out" / f"check.{to}"
    warnings = write_check_report(path, request.getfixturevalue(report), to=to)
    assert path.exists()
    assert all(isinstance(warning, str) for warning in warnings)


@pytest.mark.parametrize("to", FINDING_WRITERS)
def test_a_check_that_is_not_listed_and_a_finding_of_several_beads_are_no_error(
    tmp_path, to, check_report
):
    from dataclasses import replace

    from align.text import Span

    finding = replace(
        check_report.findings[0],
        check="of-our-own",
        source_segments=Span(1, 4),
        target_segments=Span(1, 3),
        source_text="",
        target_text="",
    )
    write_check_report(tmp_path / "out", replace(check_report, findings=(finding,)), to=to)
    assert (tmp_path / "out").stat().st_size


def test_an_unknown_format_is_refused_with_those_there_are(tmp_path, check_report):
    with pytest.raises(InputError, match=r"unknown format 'pdf'; there are html, json, junit"):
        write_check_report(tmp_path / "out", check_report, to="pdf")
