"""Which release of a package counts as its last, and which packages stand out."""

from datetime import UTC, datetime

import pytest
from last_releases import LastRelease, last_release


def released(*days, yanked=False):
    return [{"upload_time_iso_8601": f"{day}T12:00:00.000000Z", "yanked": yanked} for day in days]


def test_the_last_release_is_the_newest_that_is_finished_and_was_not_taken_back():
    answer = {
        "releases": {
            "1.9": released("2024-01-10"),
            "1.10": released("2024-01-10", "2026-02-01"),
            "1.11": released("2025-01-01", yanked=True),
            "1.12": [],
            "2.0rc1": released("2025-06-01"),
            "2013-02-16": released("2013-02-16"),
        },
        "ownership": {"organization": None, "roles": [{"user": "ana"}]},
    }
    day = datetime(2024, 1, 10, 12, tzinfo=UTC)
    assert last_release(answer) == LastRelease("1.10", day, publishers=1)


def test_an_organisation_is_not_one_alone():
    ownership = {"organization": "pallets", "roles": [{"user": "ana"}]}
    answer = {"releases": {"1.0": released("2020-01-01")}, "ownership": ownership}
    assert last_release(answer).publishers is None


@pytest.mark.parametrize(
    ("day", "publishers", "verdict"),
    [
        ("2024-12-01", 1, ""),
        ("2024-11-01", 3, "old"),
        ("2024-11-01", None, "old"),
        ("2024-11-01", 1, "old, one alone"),
    ],
)
def test_a_package_stands_out_by_its_age_and_by_who_may_publish_it(day, publishers, verdict):
    last = LastRelease("1.0", datetime.fromisoformat(f"{day}T00:00+00:00"), publishers)
    assert last.verdict(datetime(2026, 11, 30, tzinfo=UTC), years=2) == verdict
