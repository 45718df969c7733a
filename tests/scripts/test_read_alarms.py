"""The verdicts on alarms: every row names a place and says why."""

from evaluation import alarms


def test_every_verdict_names_its_place_once():
    _, *lines = alarms.READ.read_text(encoding="utf-8").splitlines()
    assert len(alarms.verdicts()) == len(lines) >= 100


def test_a_verdict_is_real_or_false():
    assert set(alarms.verdicts().values()) == {"real", "false"}
