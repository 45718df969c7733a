"""MDX: modules, components and expressions of JavaScript in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

_IMPORT = re.compile(
    r"import\s+(?:type\s+)?(?:[\w$*{}, \t\n]{1,2000}?\s+from\s+)?"
    r"(?P<quote>['\"])[^'\"\n]+(?P=quote)[ \t]*;?[ \t]*(?=\n|\Z)"
)
_EXPORT = re.compile(
    r"export\s+(?:(?:const|let|var)\s+[\w$\[{]|(?:async\s+)?function\b\s*[\w$*(]|class\s+[\w$]+[^.\n]*\{"
    r"|\{|\*\s+(?:from|as)\s|(?:type|interface)\s+\w+\s*[={<]"
    r"|default\s+(?:[({\[]|(?:async\s+)?function\b|class\b|[\w$.]+\s*(?:\(|;?\s*$)))",
    re.MULTILINE,
)
_COMPONENT = re.compile(r"<(?:/?[A-Z][\w$.]*(?=[\s/>])|/?>)")
_ELEMENT = re.compile(r"<[a-z][\w.-]*(?=\s)")
# A component on a line of its own, which says that the text is MDX and not about HTML.
_LINE_OF_COMPONENT = re.compile(
    r"^[ \t]*</?(?P<name>[A-Z][\w$.]*)(?:\s[^<>\n]*)?/?>[ \t]*$", re.MULTILINE
)
_CODE_LINE = re.compile(r"(?:^|\n)(?:import\s|export\s)")
_FENCE_LINE = re.compile(
    r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<mark>`{3,}|~{3,})(?P<rest>.*)"
)

_IN_TAG = re.compile(
    r"(?P<plain>[^\"'`{}<>/=]+)|(?P<string>\"[^\"]*\"|'[^']*')|(?P<other>.)", re.DOTALL
)
_IN_BRACES = re.compile(
    r"(?P<plain>[^\"'`{}/]+)|(?P<string>\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'"
    r"|`(?:[^`\\]|\\.)*+`)|(?P<comment>/\*.*?\*/)|(?P<other>.)",
    re.DOTALL,
)
_VALUE = re.compile(r"\s*(?:\"([^\"\\]*)\"|'([^'\\]*)'|`([^`\\$]*)`)\s*")
_PROSE = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}\s+[^\W\d_]{2,}")
_LONGEST = 2000  # characters of a tag or an expression

UNCLOSED = -1
"""Stands for the end of what begins like a tag or an expression and does not end soon."""

# What is written like a component and is an element of HTML, in the capitals of old pages.
_CAPITALS = frozenset({
    "A", "ABBR", "B", "BIG", "BLOCKQUOTE", "BODY", "BR", "CAPTION", "CENTER", "CITE", "CODE", "DD",
    "DEL", "DIV", "DL", "DT", "EM", "FIGURE", "FONT", "H1", "H2", "H3", "H4", "H5", "H6", "HEAD",
    "HR", "HTML", "I", "IMG", "INS", "KBD", "LI", "LINK", "META", "OL", "P", "PRE", "Q", "S",
    "SAMP", "SCRIPT", "SMALL", "SPAN", "STRONG", "STYLE", "SUB", "SUP", "TABLE", "TBODY", "TD",
    "TFOOT", "TH", "THEAD", "TITLE", "TR", "TT", "U", "UL", "VAR",
})  # fmt: skip


def is_mdx(text: str) -> bool:
    r"""Whether a text has a module or components of its own, whatever its file is called.

    What its blocks of code have is not its own: a text about JavaScript shows such.

    >>> is_mdx("import Map from './map'"), is_mdx("```js\\nimport Map from './map'\\n```")
    (True, False)
    """
    text = "\n".join(_without_fences(text))
    if any(each["name"] not in _CAPITALS for each in _LINE_OF_COMPONENT.finditer(text)):
        return True
    for line in _CODE_LINE.finditer(text):
        at = line.end() - 7
        if module_at(text, at) is not None:
            return True
    return False


def _without_fences(text: str) -> Iterator[str]:
    """The lines of a text, those of its blocks of code empty."""
    fence = ""
    for line in text.split("\n"):
        match = _FENCE_LINE.match(line)
        yield "" if fence or match else line
        if match is None:
            continue
        mark = match["mark"]
        if not fence and not ("`" in mark and "`" in match["rest"]):
            fence = mark
        elif mark.startswith(fence) and not match["rest"].strip():
            fence = ""


def module_at(text: str, at: int) -> int | None:
    """Where `import` or `export` ends that begins here; None where the line is a text.

    >>> module_at("import Map from './map'", 0), module_at("import duties rose from 'low'.", 0)
    (23, None)
    """
    if not text.startswith(("import", "export"), at) or (at and text[at - 1] != "\n"):
        return None
    match = _IMPORT.match(text, at)
    if match:
        return match.end()
    match = _EXPORT.match(text, at)
    return _end_of_block(text, at) if match else None


def _end_of_block(text: str, at: int) -> int:
    """A blank line where all braces are closed ends a module."""
    depth = 0
    start = at
    while start < len(text) and start < at + 20 * _LONGEST:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        if depth <= 0 and not line.strip():
            return start - 1
        for part in _IN_BRACES.finditer(line):
            depth += (part[0] in "{([") - (part[0] in "})]")
            if part["plain"]:
                depth += sum(map(part[0].count, "([")) - sum(map(part[0].count, ")]"))
        start = end + 1
    return min(start, len(text))


def tag_at(text: str, at: int) -> tuple[int, str] | None:
    """Where the tag of a component ends (or `UNCLOSED`), and its attributes; None if it is none.

    An element of HTML with braces among its attributes is none that a browser knows either.
    """
    component = _COMPONENT.match(text, at)
    if component and component[0].endswith(">"):
        return component.end(), ""
    if component and component[0].strip("</") in _CAPITALS:
        return None
    start = component or _ELEMENT.match(text, at)
    if start is None:
        return None
    depth = 0
    has_braces = False
    place = start.end()
    while place < min(len(text), at + _LONGEST):
        part = (_IN_BRACES if depth else _IN_TAG).match(text, place)
        if part is None:
            return None
        character = part["other"]
        if character == "{":
            depth += 1
            has_braces = True
        elif character == "}":
            depth -= 1
        elif character == ">" and not depth:
            if component or has_braces:
                return part.end(), text[start.end() : part.start()]
            return None
        elif character in ("<", "`") and not depth:
            return None
        if depth < 0 or (not depth and "\n\n" in part[0]):
            return None
        place = part.end()
    return UNCLOSED, ""


def expression_at(text: str, at: int) -> tuple[int, str] | None:
    """Where an expression in braces ends (or `UNCLOSED`), and the text that it is, if it is one."""
    depth = 0
    place = at
    while place < min(len(text), at + _LONGEST):
        part = _IN_BRACES.match(text, place)
        if part is None:
            return None
        depth += (part["other"] == "{") - (part["other"] == "}")
        place = part.end()
        if not depth:
            inner = text[at + 1 : place - 1]
            value = _VALUE.fullmatch(inner)
            return place, next(filter(None, value.groups()), "") if value else ""
    return UNCLOSED, ""
