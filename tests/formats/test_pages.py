"""What every page has to be: self-contained, inert, and without a link that leads nowhere."""

from __future__ import annotations

import base64
import hashlib

import pytest
from lxml import html

from align.formats.report import write_check_page, write_report, write_term_page

PAGES = {
    "alignment": (write_report, "article"),
    "findings": (write_check_page, "check_report"),
    "terms": (write_term_page, "term_report"),
}


@pytest.fixture(params=PAGES)
def text(request, tmp_path):
    write, content = PAGES[request.param]
    write(tmp_path / "page.html", request.getfixturevalue(content))
    return (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.fixture
def page(text):
    return html.document_fromstring(text)


def test_the_page_loads_nothing(text, page):
    assert not page.xpath("//link | //img | //iframe | //object | //embed | //base | //form")
    assert not page.xpath("//@src | //@style | //@srcset | //@*[starts-with(name(), 'on')]")
    assert "url(" not in text and "@import" not in text and "innerHTML" not in text


def test_its_policy_allows_its_own_style_and_script_and_nothing_else(page):
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(rule.split(maxsplit=1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    for rule, tag in (("style-src", "style"), ("script-src", "script")):
        (element,) = page.iter(tag)
        digest = hashlib.sha256(element.text.encode()).digest()
        assert rules[rule] == f"'sha256-{base64.b64encode(digest).decode()}'"


def test_identifiers_are_unique_and_every_link_inside_the_page_leads_somewhere(page):
    identifiers = page.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))
    assert {link[1:] for link in page.xpath("//@href[starts-with(., '#')]")} <= set(identifiers)
