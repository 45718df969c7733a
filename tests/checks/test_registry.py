"""Every check says what it does; no two have one name."""

import re

import pytest

from align.checks.base import CheckCannotRunError
from align.checks.registry import CHECKS

NAMES = [check.name for check in CHECKS]


def test_names_are_unique_lower_case_words_with_hyphens():
    assert len(set(NAMES)) == len(NAMES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in NAMES)


@pytest.mark.parametrize("check", CHECKS, ids=NAMES)
def test_every_check_has_complete_documentation(check):
    documentation = check.documentation
    for field in ("summary", "what", "why", "example", "silence"):
        assert getattr(documentation, field).strip(), field
    assert len(documentation.summary) <= 80
    assert "\n" not in documentation.summary
    assert not documentation.summary.endswith(".")


def findings_of(check, translation):
    """What a check finds; nothing where it lacks what it compares with."""
    try:
        return list(check.find(translation))
    except CheckCannotRunError:
        return []


@pytest.mark.parametrize("check", CHECKS, ids=NAMES)
def test_every_check_is_silent_on_a_faithful_translation(check, translated):
    translation = translated(
        "The ferry left the harbour at noon.\nNobody saw the fog.",
        "Le ferry quitta le port à midi.\nPersonne ne vit le brouillard.",
    )
    assert [each for each in findings_of(check, translation) if each.severity != "note"] == []


@pytest.mark.parametrize("check", CHECKS, ids=NAMES)
def test_every_check_bears_beads_with_one_side(check, translated):
    translation = translated("The ferry left.\n\nRain fell.", "Le ferry partit.\nOui.\n")
    for finding in findings_of(check, translation):
        assert finding.check == check.name
        assert finding.language == "fr"
