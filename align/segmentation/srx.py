"""SRX 2.0 files in: read safely, checked against the schema, made ready for `choppa`.

The format: LISA, Segmentation Rules eXchange 2.0, 2008. `choppa` has a reader of its own, which
trusts its input, knows no namespace prefixes and reports no lines; so the file is read here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, cast

import regex
from choppa import SRX_2_XSD, SrxDocument
from choppa.structures import LanguageRule, Rule
from choppa.utils import finitize
from lxml import etree

from align.errors import InputError

_SRX = "{http://www.lisa.org/srx20}"
_LONGEST_REPEAT = 100  # what * and + mean in a lookbehind, to choppa as to the tools in Java


def read_srx(data: bytes, *, path: str | Path, check: bool = True) -> SrxDocument:
    """Reads an SRX 2.0 file.

    Args:
        data: The file's content.
        path: Its name, for messages.
        check: Whether to test it against the schema and each of its expressions.

    Returns:
        The rules, ready for `choppa.SrxTextIterator`.

    Raises:
        InputError: If it is not well-formed XML, has a document type (which could declare
            entities), is not SRX 2.0, or has an expression that is none.
    """
    root = _parse(data, path)
    if check:
        _must_be_valid(root, path)
    rules = SrxDocument(cascade=next(root.iter(f"{_SRX}header")).get("cascade") == "yes")
    by_name = {}
    for element in root.iter(f"{_SRX}languagerule"):
        name = element.get("languagerulename", "")
        by_name[name] = LanguageRule(name, [_rule(child) for child in element])
        if check:
            for child in element:
                _must_compile(child, rules, path)
    for element in root.iter(f"{_SRX}languagemap"):
        name = element.get("languagerulename", "")
        if name not in by_name:
            message = f"there is no language rule {name!r} for this map; add it or mend its name"
            raise InputError(message, path=path, line=_line(element))
        try:
            rules.add_language_map(element.get("languagepattern", ""), by_name[name])
        except regex.error as error:
            raise _bad_expression(element, error, path) from error
    return rules


def _parse(data: bytes, path: str | Path) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        message = f"is not well-formed XML ({error.msg}); export it from your tool again"
        raise InputError(message, path=path, line=error.lineno or None) from error
    if root.getroottree().docinfo.internalDTD is not None:
        message = "has a document type, which SRX 2.0 has not; delete <!DOCTYPE …>"
        raise InputError(message, path=path)
    return root


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SRX_2_XSD))


def _must_be_valid(root: etree._Element, path: str | Path) -> None:
    if root.tag != f"{_SRX}srx" or root.get("version") != "2.0":
        message = "is not SRX 2.0; have your tool export its segmentation rules as SRX 2.0"
        raise InputError(message, path=path, line=_line(root))
    schema = _schema()
    if not schema.validate(root):
        log: Any = schema.error_log  # lxml-stubs leave out that it is a sequence
        first = log[0]
        message = f"is not valid SRX 2.0: {first.message.replace(_SRX, '')}"
        raise InputError(message, path=path, line=first.line)


def _rule(element: etree._Element) -> Rule:
    return Rule(
        is_break=element.get("break") != "no",
        before_pattern=element.findtext(f"{_SRX}beforebreak") or "",
        after_pattern=element.findtext(f"{_SRX}afterbreak") or "",
    )


def _must_compile(element: etree._Element, rules: SrxDocument, path: str | Path) -> None:
    rule = _rule(element)
    before = rule.before_pattern
    if not rule.is_break:
        before = f"(?<={finitize(before, _LONGEST_REPEAT)})"
    for part, pattern in zip(element, (before, rule.after_pattern), strict=False):
        try:
            rules.compile(pattern)
        except regex.error as error:
            raise _bad_expression(part, error, path) from error


def _bad_expression(element: etree._Element, error: regex.error, path: str | Path) -> InputError:
    name = etree.QName(element).localname
    message = f"<{name}> has no valid regular expression ({error.msg}); mend it"
    return InputError(message, path=path, line=_line(element))


def _line(element: etree._Element) -> int | None:
    return cast("int | None", element.sourceline)  # lxml-stubs have a wrong type for it
