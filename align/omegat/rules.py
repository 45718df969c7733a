"""Segmentation rules as each version of OmegaT keeps them in a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from align.safe_xml import safe_parser

if TYPE_CHECKING:
    from collections.abc import Iterator

_SRX = "{http://www.lisa.org/srx20}"
_PACKAGE = "org.omegat.core.segmentation"
# To a file of an older version OmegaT adds rules of its own.
_VERSION = "0.2.2"


def segmentation_conf(srx: bytes) -> bytes:
    """SRX 2.0 as the `segmentation.conf` of OmegaT before 6.0: JavaBeans in XML.

    Since 6.0 a project has the SRX itself, as `segmentation.srx`.

    Args:
        srx: The SRX file, of which the rules are known to be good.
    """
    root = etree.fromstring(srx, safe_parser())
    java = etree.Element("java", {"version": "1.8.0", "class": "java.beans.XMLDecoder"})
    rules = etree.SubElement(java, "object", {"class": f"{_PACKAGE}.SRX"})
    header = root.find(f"{_SRX}header")
    subflows = header is None or header.get("segmentsubflows") != "no"
    _property(rules, "segmentSubflows", "boolean", "true" if subflows else "false")
    _property(rules, "version", "string", _VERSION)
    maps = _list(rules, "mappingRules")
    by_name = {each.get("languagerulename", ""): each for each in root.iter(f"{_SRX}languagerule")}
    for each in root.iter(f"{_SRX}languagemap"):
        name = each.get("languagerulename", "")
        one = _added(maps, "MapRule")
        _property(one, "language", "string", name)
        _property(one, "pattern", "string", each.get("languagepattern", ""))
        inner = _list(one, "rules")
        for is_break, before, after in _rules(by_name[name]):
            rule = _added(inner, "Rule")
            _property(rule, "breakRule", "boolean", "true" if is_break else "false")
            _property(rule, "beforebreak", "string", before)
            _property(rule, "afterbreak", "string", after)
    return etree.tostring(java, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _rules(language: etree._Element) -> Iterator[tuple[bool, str, str]]:
    for rule in language.iter(f"{_SRX}rule"):
        yield (
            rule.get("break") != "no",
            rule.findtext(f"{_SRX}beforebreak") or "",
            rule.findtext(f"{_SRX}afterbreak") or "",
        )


def _list(parent: etree._Element, name: str) -> etree._Element:
    element = etree.SubElement(parent, "void", {"property": name})
    return etree.SubElement(element, "object", {"class": "java.util.ArrayList"})


def _added(parent: etree._Element, name: str) -> etree._Element:
    method = etree.SubElement(parent, "void", {"method": "add"})
    return etree.SubElement(method, "object", {"class": f"{_PACKAGE}.{name}"})


def _property(parent: etree._Element, name: str, sort: str, value: str) -> None:
    element = etree.SubElement(parent, "void", {"property": name})
    etree.SubElement(element, sort).text = value
