"""The pages that are made of what the modules say are up to date."""

import pages
import pytest

from align.checks.registry import CHECKS


@pytest.mark.parametrize("path", pages.pages(), ids=lambda path: path.name)
def test_it_is_up_to_date(path):
    if not path.exists():
        pytest.skip("the package is not run from its repository")
    assert path.read_text(encoding="utf-8") == pages.pages()[path], "run scripts/pages.py"


def test_the_page_of_checks_has_all_that_explain_says():
    page = pages.pages()[pages.ROOT / "docs/checks.md"].replace("\\", "")
    for check in CHECKS:
        said = check.documentation
        assert f"### {check.name}\n" in page
        assert f"--skip {check.name}`" in page
        assert all(text in page for text in (said.what, said.why, said.example, said.silence))
