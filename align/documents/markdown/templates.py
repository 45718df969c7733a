"""Templates in Markdown: what a site's generator puts in the place of marks that it knows.

Hugo's `{{< >}}` and `{{% %}}`, the `{% %}` and `{{ }}` of Liquid and Jinja, MDN's macros and the
components, expressions and modules of MDX are run before or with Markdown. So each is taken out
before Markdown is parsed, and a sign without meaning stands where it stood.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from align.documents.markdown import mdx
from align.documents.markdown.showing import (
    HELD,
    NOTHING,
    Shown,
    shown_by_expression,
    shown_by_parameters,
)

# Noncharacters, which no cleaned text has: a sign's two ends, its digits, and what shows nothing.
_OPEN, _CLOSE, _ZERO = "\ufdd0", "\ufdd1", 0xFDD2
GONE = "\ufddc"
"""Stands in a text where something was that shows nothing."""

SIGN = re.compile(f"{_OPEN}([{chr(_ZERO)}-{chr(_ZERO + 9)}]+){_CLOSE}")
"""What stands in the masked text where a template stood."""

_DIGITS = {ord(str(digit)): _ZERO + digit for digit in range(10)}

# What is looked at: code and comments, which are left as they are, and what may begin a template.
_TELLING = re.compile(r"[`\\<{\n]")
_FENCE = re.compile(
    r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})", re.M
)
_RAW = re.compile(r"<(?P<tag>script|style|pre|code|kbd|samp|textarea)\b")
_BLANK = re.compile(r"\n[ \t]*\n")
_TICKS = re.compile(r"`+")

_NAME = re.compile(r"\s*(?P<mark>/?)\s*(?P<name>[A-Za-z_][\w./:-]*)?")
_ENDS = re.compile(r"\{\{[<%]-?\s*/\s*(?P<hugo>[\w./-]+)|\{%-?\s*end_?(?P<liquid>[\w-]+)")

# Templates around what is no text. `raw` keeps what looks like templates from being run.
_CODE = re.compile(
    r"highlight|raw|verbatim|comment|\w*code(?:-?block|-?tabs?|-?example|sample)?|prism|listing"
    r"|mermaid|plantuml|graphviz|dot|diagram|chart|math|katex|latex|mathjax|javascript|stylesheet"
    r"|style|script|schema|css|json|yaml|toml|sh|bash|console|terminal|command|raw-?html|html|svg",
    re.IGNORECASE,
)
_FENCED_INSIDE = re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
_FORMULA_BEFORE = re.compile(r"(?:[\^_]|\\[A-Za-z]+|(?<!\})\})\Z")
_LONGEST = 4000  # characters of one template
_LONGEST_CODE = 200_000
_MOST_UNCLOSED = 100  # tags and expressions without an end, after which none is looked for


@dataclass(frozen=True, slots=True)
class Template:
    """A template: how it is written and what it shows."""

    source: str
    shown: Shown


class Masked:
    """A text with signs in the place of its templates.

    Attributes:
        text: The text with the signs.
        is_mdx: Whether it has what only MDX has: then indented lines are no code.
    """

    def __init__(self, text: str, templates: list[Template], cuts: list[int], is_mdx: bool) -> None:
        self.text = text
        self.is_mdx = is_mdx
        self._templates = templates
        self._cuts = cuts  # for each line end that a sign has swallowed, the sign's line, from 0

    def line(self, number: int) -> int:
        """The line of the file, from 1, of a line of the masked text, from 0."""
        return number + 1 + bisect_left(self._cuts, number)

    def templates(self, text: str) -> list[Template]:
        """The templates whose signs stand in a text."""
        return [self._template(match) for match in SIGN.finditer(text)]

    def as_written(self, text: str) -> str:
        """A text with its templates as they are written, as code is read."""
        return SIGN.sub(lambda match: self._template(match).source, text)

    def as_shown(self, text: str) -> str:
        """A text with what its templates show, and `GONE` where that is nothing."""
        return SIGN.sub(lambda match: self._template(match).shown.inline or GONE, text)

    def _template(self, match: re.Match[str]) -> Template:
        return self._templates[int("".join(chr(ord(each) - _ZERO + 48) for each in match[1]))]


def masked(text: str, *, is_mdx: bool = False) -> Masked:
    """Puts signs in the place of the templates of a text, outside its code and comments.

    Args:
        text: The text, clean and without front matter.
        is_mdx: Whether its file says that it is MDX; it is told by what it holds otherwise.
    """
    is_mdx = is_mdx or mdx.is_mdx(text)
    scanner = _Scanner(text, is_mdx)
    parts: list[str] = []
    templates: list[Template] = []
    cuts: list[int] = []
    at = lines = 0
    for start, stop, shown in scanner.found():
        before = text[at:start]
        lines += before.count("\n")
        parts += [before, _OPEN, str(len(templates)).translate(_DIGITS), _CLOSE]
        templates.append(Template(text[start:stop], shown))
        cuts += [lines] * text.count("\n", start, stop)
        at = stop
    parts.append(text[at:])
    return Masked("".join(parts), templates, cuts, is_mdx)


class _Scanner:
    """Finds the templates of a text in one pass."""

    def __init__(self, text: str, is_mdx: bool) -> None:
        self._text = text
        self._is_mdx = is_mdx
        self._paired = {
            (match["hugo"] or match["liquid"]).casefold() for match in _ENDS.finditer(text)
        }
        self._ticks: dict[int, list[int]] = {}
        for run in _TICKS.finditer(text):
            self._ticks.setdefault(len(run[0]), []).append(run.start())
        self._unclosed = 0
        self._blank = -1  # the first blank line not before where the pass is
        self._nowhere: set[str] = set()  # what was looked for and does not stand further on

    def found(self) -> Iterator[tuple[int, int, Shown]]:
        """Where templates start and stop, and what they show."""
        text = self._text
        at = 0
        at_line = True
        while at < len(text):
            if at_line:
                at_line = False
                fence = _FENCE.match(text, at)
                if fence:
                    at = self._after_fence(fence)
                    at_line = True
                    continue
                module = mdx.module_at(text, at)
                if module is not None:
                    yield at, module, NOTHING
                    at = module
                    continue
            telling = _TELLING.search(text, at)
            if telling is None:
                return
            at = telling.start()
            character = telling[0]
            if character == "\n":
                at, at_line = at + 1, True
            elif character == "\\":
                at += 1 if text[at + 1 : at + 2] == "\n" else 2
            elif character == "`":
                at = self._after_code(at)
            else:
                one = self._tag(at) if character == "<" else self._brace(at)
                if isinstance(one, int):
                    at = one
                else:
                    yield at, *one
                    at = one[0]

    def _after_fence(self, fence: re.Match[str]) -> int:
        mark = fence["fence"]
        end = re.compile(rf"^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$", re.MULTILINE)
        line_end = self._text.find("\n", fence.end())
        close = end.search(self._text, line_end) if line_end >= 0 else None
        if close is None:
            return len(self._text)
        return min(close.end() + 1, len(self._text))

    def _after_code(self, at: int) -> int:
        """Where inline code ends that begins here, or the ticks, which then are no code."""
        run = _TICKS.match(self._text, at)
        length = len(run[0]) if run else 1
        if self._blank < at:
            blank = _BLANK.search(self._text, at)
            self._blank = blank.start() if blank else len(self._text)
        others = self._ticks.get(length, [])
        index = bisect_right(others, at)
        if index < len(others) and others[index] < self._blank:
            return others[index] + length
        return at + length

    def _find(self, wanted: str, at: int, longest: int = _LONGEST) -> int:
        """Where something stands further on; -1 where it does not, or too far."""
        if wanted in self._nowhere:
            return -1
        place = self._text.find(wanted, at, at + longest)
        if place < 0 and self._text.find(wanted, at + longest) < 0:
            self._nowhere.add(wanted)
        return place

    def _tag(self, at: int) -> int | tuple[int, Shown]:
        text = self._text
        if text.startswith("<!--", at):
            end = self._find("-->", at + 4, len(text))
            return end + 3 if end >= 0 else at + 4
        raw = _RAW.match(text, at)
        if raw:
            end = self._find(f"</{raw['tag']}>", raw.end(), len(text))
            return end if end >= 0 else raw.end()
        if not self._is_mdx and text.startswith(("<>", "</>"), at):
            return at + 1
        tag = mdx.tag_at(text, at) if self._unclosed < _MOST_UNCLOSED else None
        if tag is None:
            return at + 1
        stop, attributes = tag
        if stop == mdx.UNCLOSED:
            self._unclosed += 1
            return at + 1
        shown = shown_by_parameters(attributes, called="", is_paired=False)
        return stop, Shown(alone=shown.alone)  # within a sentence a component shows what it holds

    def _brace(self, at: int) -> int | tuple[int, Shown]:
        text = self._text
        for opening, closing, read in _KINDS:
            if text.startswith(opening, at):
                end = self._find(closing, at + len(opening))
                inner = text[at + len(opening) : end] if end >= 0 else ""
                if end >= 0 and not _BLANK.search(inner):
                    one = read(self, at, end + len(closing), inner)
                    if one is not None:
                        return one
                break
        is_expression = self._is_mdx or text.startswith(("{/*", '{" "', "{' '"), at)
        if is_expression and self._unclosed < _MOST_UNCLOSED:
            stop, value = mdx.expression_at(text, at) or (at + 1, "")
            self._unclosed += stop == mdx.UNCLOSED
            if stop > at + 1:
                return stop, Shown(value, is_inline=bool(value) or stop - at < 60)
        return at + 1

    def shortcode(self, at: int, stop: int, inner: str) -> tuple[int, Shown] | None:
        """Hugo's: `{{< name … >}}` or `{{% name … %}}`."""
        name = _NAME.match(inner)
        if name is None or name["mark"] or not name["name"]:
            return stop, NOTHING
        called = name["name"].casefold()
        is_paired = called in self._paired
        if is_paired and _CODE.fullmatch(called):
            ends = re.compile(r"\{\{[<%]\s*/\s*" + re.escape(name["name"]) + r"\s*[%>]\}\}")
            return self._code(stop, ends)
        return stop, shown_by_parameters(
            inner[name.end() :].rstrip("/ "), called=called, is_paired=is_paired
        )

    def tag(self, at: int, stop: int, inner: str) -> tuple[int, Shown] | None:
        """Liquid's and Jinja's: `{% name … %}`."""
        name = _NAME.match(inner.strip("-+ \t\n"))
        called = (name["name"] or "").casefold() if name else ""
        if called in self._paired and _CODE.fullmatch(called):
            ends = re.compile(r"\{%-?\s*end_?" + re.escape(called) + r"\s*-?%\}", re.IGNORECASE)
            return self._code(stop, ends, is_raw=called in ("raw", "verbatim"))
        arguments = inner.strip("-+ \t\n")[name.end() :] if name else ""
        return stop, shown_by_parameters(arguments, called=called, is_paired=called in self._paired)

    def _code(self, stop: int, ends: re.Pattern[str], *, is_raw: bool = False) -> tuple[int, Shown]:
        """What stands between a template and its end is code.

        Within a line, what is kept raw is seen as it is. Of a whole text that is kept raw, its
        fences are its code.
        """
        end = ends.search(self._text, stop, stop + _LONGEST_CODE)
        if end is None:
            return stop, NOTHING
        inner = self._text[stop : end.start()]
        if is_raw and "\n" not in inner:
            return end.end(), Shown(inner.strip("`"), is_inline=True)
        if is_raw and _FENCED_INSIDE.search(inner):
            return stop, NOTHING
        return end.end(), NOTHING

    def expression(self, at: int, stop: int, inner: str) -> tuple[int, Shown] | None:
        """`{{ … }}`: a variable, a macro; in a formula two braces are no more than that."""
        if _FORMULA_BEFORE.search(self._text, max(0, at - 40), at):
            return None
        if "{{" in inner:
            return None
        return stop, shown_by_expression(inner)

    def held(self, at: int, stop: int, inner: str) -> tuple[int, Shown] | None:
        """What shows something unknown."""
        return stop, HELD

    def comment(self, at: int, stop: int, inner: str) -> tuple[int, Shown] | None:
        """What shows nothing."""
        return stop, NOTHING

    def jinja_comment(self, at: int, stop: int, inner: str) -> tuple[int, Shown] | None:
        """`{# … #}`, which is no `{#id}`."""
        return None if "}" in inner else (stop, NOTHING)

    def kramdown(self, at: int, stop: int, inner: str) -> tuple[int, Shown] | None:
        """`{::name …}`, and with `{::comment}` all up to its end."""
        if inner.strip() in ("comment", "nomarkdown"):
            return self._code(stop, re.compile(r"\{:/(?:" + re.escape(inner.strip()) + r")?\}"))
        return stop, NOTHING


_Read = Callable[[_Scanner, int, int, str], tuple[int, Shown] | None]

# How templates begin and end, the longer first.
_KINDS: tuple[tuple[str, str, _Read], ...] = (
    ("{{!--", "--}}", _Scanner.comment),
    ("{{/*", "*/}}", _Scanner.comment),
    ("{{<", ">}}", _Scanner.shortcode),
    ("{{%", "%}}", _Scanner.shortcode),
    ("{{{", "}}}", _Scanner.held),
    ("{{", "}}", _Scanner.expression),
    ("{%", "%}", _Scanner.tag),
    ("{::", "}", _Scanner.kramdown),
    ("{:/", "}", _Scanner.kramdown),
    ("{#", "#}", _Scanner.jinja_comment),
)
