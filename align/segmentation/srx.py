"""SRX 2.0 files in: read safely, checked against the schema, made ready for `choppa`.

The format: LISA, Segmentation Rules eXchange 2.0, 2008. `choppa` has a reader of its own, which
trusts its input, knows no namespace prefixes and reports no lines; so the file is read here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any, cast

import regex
from choppa import SRX_2_XSD, SrxDocument
from choppa.structures import LanguageRule, Rule
from choppa.utils import finitize
from lxml import etree

from align.errors import InputError
from align.safe_xml import safe_parser

_SRX = "{http://www.lisa.org/srx20}"
_LONGEST_REPEAT = 100  # what * and + mean in a lookbehind, to choppa as to the tools in Java
_MOST_BYTES = 8 * 2**20
_LARGEST_PATTERN = 200_000  # parts, those that are repeated counted as often as they are copied
_SECONDS = 20.0  # that one expression may take in all
_REPEAT = regex.compile(r"[*+?]|\{(\d*)(,?)\d*\}")


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
            entities), is not SRX 2.0, is very large, or has an expression that is none. Those of a
            file that is checked raise it, too, when they take too long on a text.
    """
    if len(data) > _MOST_BYTES:
        limit = _MOST_BYTES // 2**20
        raise InputError(f"has more than {limit} MB, which rules have not", path=path)
    root = _parse(data, path)
    if check:
        _must_be_valid(root, path)
    cascade = next(root.iter(f"{_SRX}header")).get("cascade") == "yes"
    rules = _TimedRules(path, cascade=cascade) if check else SrxDocument(cascade=cascade)
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
    try:
        root = etree.fromstring(data, safe_parser())
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
        if _size(pattern) > _LARGEST_PATTERN:
            raise _bad_expression(part, "repetitions within repetitions, too many", path)
        try:
            compiled = rules.compile(pattern)
        except (regex.error, RecursionError) as error:
            raise _bad_expression(part, error, path) from error
        if isinstance(rules, _TimedRules):
            rules.parts.append((part, compiled))


def _bad_expression(
    element: etree._Element, reason: regex.error | RecursionError | str, path: str | Path
) -> InputError:
    name = etree.QName(element).localname
    if not isinstance(reason, str):
        reason = reason.msg if isinstance(reason, regex.error) else "groups in groups, too deep"
    message = f"<{name}> has no valid regular expression ({reason}); mend it"
    return InputError(message, path=path, line=_line(element))


def _size(pattern: str) -> int:
    """About how many parts an expression has when compiled: what is repeated is copied."""
    sizes, last, place = [0], 0, 0
    while place < len(pattern):
        character = pattern[place]
        repeat = _REPEAT.match(pattern, place)
        if repeat and last:
            copies = int(repeat[1][:9] or 0) if repeat[1] is not None else int(repeat[0] == "+")
            sizes[-1] += last * copies
            place, last = repeat.end(), last * (copies + 1)
            continue
        place += 2 if character == "\\" else 1
        if character == "(":
            sizes.append(0)
            last = 0
            continue
        last = sizes.pop() + 1 if character == ")" and len(sizes) > 1 else 1
        sizes[-1] += last
    return sum(sizes)


class _TimedRules(SrxDocument):
    """The rules of a user, whose expressions may take long without end on some text.

    Args:
        path: Their file, for messages.
        cascade: As for `SrxDocument`.
    """

    def __init__(self, path: str | Path, *, cascade: bool) -> None:
        super().__init__(cascade=cascade)
        self.path = path
        self.parts: list[tuple[etree._Element, _TimedPattern]] = []
        self._patterns: dict[str, _TimedPattern] = {}

    def compile(self, regex: str) -> _TimedPattern:
        """An expression that is given up after a time."""
        if regex not in self._patterns:
            self._patterns[regex] = _TimedPattern(super().compile(regex), self)
        return self._patterns[regex]

    def slow(self, text: str, position: int, pattern: _TimedPattern) -> InputError:
        """The error that names the rule which is slow at a place of a text.

        The expressions of all exceptions are one to choppa: that which is slow is looked for.
        """
        for part, each in self.parts:
            try:
                if each.compiled != pattern.compiled:
                    each.compiled.match(text, position, timeout=_SECONDS / 10)
                    continue
            except TimeoutError:
                pass
            name = etree.QName(part).localname
            shown = " ".join((part.text or "").split())
            message = (
                f"<{name}> takes too long on a text: {shown}; write it without nested repetition"
            )
            return InputError(message, path=self.path, line=_line(part))
        return InputError("a rule takes too long on a text; see nested repetitions", path=self.path)


class _TimedPattern:
    """A compiled expression with as much time as is left to it."""

    def __init__(self, compiled: Any, rules: _TimedRules) -> None:
        self.compiled = compiled
        self._rules = rules
        self._left = _SECONDS

    @property
    def pattern(self) -> str:
        """The expression."""
        return str(self.compiled.pattern)

    def search(self, text: str, position: int) -> Any:
        """As the expression searches."""
        return self._timed(self.compiled.search, text, position)

    def match(self, text: str, position: int) -> Any:
        """As the expression matches."""
        return self._timed(self.compiled.match, text, position)

    def _timed(self, look: Callable[..., Any], text: str, position: int) -> Any:
        started = monotonic()
        try:
            return look(text, position, timeout=max(self._left, 0.001))
        except TimeoutError:
            raise self._rules.slow(text, position, self) from None
        finally:
            self._left -= monotonic() - started


def _line(element: etree._Element) -> int | None:
    return cast("int | None", element.sourceline)  # lxml-stubs have a wrong type for it
