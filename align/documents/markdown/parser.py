"""The parser of Markdown, with the marks that sites and programs have added to it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from align.documents.markdown.templates import SIGN

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

# Attributes as kramdown `{: #id .class}`, Pandoc and Hugo `{#id .class key="value"}` write them.
_ITEM = r"""(?:\#[^\s{}.\#]++|\.[^\W\d][\w:-]*+|-|[\w:-]++=(?:"[^"\n]*+"|'[^'\n]*+'|[^\s"'{}]++))"""
_ATTRIBUTES = re.compile(
    rf"\{{(?:[ ]*+(?P<marked>(?=[\#.])){_ITEM}(?:[ ]*+{_ITEM})*+"
    rf"|(?P<colon>:)(?=[ .\#\w])(?![.#]?\d|[a-z]\}})[^{{}}\n]*+"
    rf"|[ ]*+{_ITEM}(?:[ ]*+{_ITEM})*+)[ ]*+\}}"
)
_ABBREVIATION = re.compile(r"\*\[[^\]\n]+\]:.*")
_AFTER_MARK = frozenset(')]*_`>~"')

_CONTAINER = re.compile(r"(?P<colons>:{3,})[ \t]*(?P<info>.*?)[ \t:]*")
_CONTAINER_KIND = re.compile(r"(?:\{(?=[\w:+-]+\}))?(?P<kind>[\w:+-]*)\}?[ \t]*")
_OPTION = re.compile(r"[ \t]*:[a-zA-Z][\w-]*:(?:\s|$)")
_NAMED = re.compile(r"""(?P<key>[\w-]+)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|\S+)""")
_CODE_CONTAINERS = re.compile(
    r"code|code-block|code-cell|math|raw|mermaid|toctree|include|literalinclude"
)
_TABS = re.compile(r"={3}[!+]?[ \t]+\"(?P<title>[^\"\n]+)\"[ \t]*")
_PRIVATE = re.compile(r"%%(?![%\s{])[^%\n]{1,2000}?%%(?![\w%])|%%\s[^%\n]{1,2000}?\s%%(?![\w%])")
_WIKI_LINK = re.compile(r"(?P<embed>!?)\[\[(?P<target>[^\[\]|\n]+)(?:\|(?P<text>[^\[\]\n]+))?\]\]")

DEEPEST = 100
"""How deep the parser follows lists and quotations, each item a level; it drops what is deeper."""

_INTERRUPTING: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


# A directive, a target, or a role, as MyST alone writes them.
_MYST = re.compile(
    r"^[ \t]*(?:`{3,}|~{3,}|:{3,})\{[\w:+-]+\}|^\([\w .:-]+\)=[ \t]*$"
    r"|(?<![{`])\{[A-Za-z][\w:+-]*\}`[^`\n]+`",
    re.MULTILINE,
)


def is_myst(text: str) -> bool:
    """Whether a text has what only MyST has.

    >>> is_myst("Read {doc}`the map <map>`."), is_myst("`{x}` is a set of one.")
    (True, False)
    """
    return _MYST.search(text) is not None


@lru_cache(maxsize=4)
def parser(*, is_mdx: bool, is_myst: bool = False) -> MarkdownIt:
    """The parser; in MDX indented lines are no code, and in MyST lines with `%` are comments."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.admon import admon_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.myst_blocks import myst_block_plugin
    from mdit_py_plugins.myst_role import myst_role_plugin
    from mdit_py_plugins.tasklists import tasklists_plugin

    markdown = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    footnote_plugin(markdown, move_to_end=False)
    deflist_plugin(markdown)
    tasklists_plugin(markdown)
    admon_plugin(markdown)
    dollarmath_plugin(markdown, allow_space=False, allow_digits=False, allow_blank_lines=False)
    block, inline = markdown.block.ruler, markdown.inline.ruler
    block.before("table", "template_line", _template_line, _INTERRUPTING)
    block.before("fence", "attribute_line", _attribute_line, _INTERRUPTING)
    block.before("fence", "container_line", _container_line, _INTERRUPTING)
    block.before("fence", "tab", _tab, _INTERRUPTING)
    inline.before("link", "attributes", _attributes)
    inline.after("image", "wiki_link", _wiki_link)
    inline.before("link", "private", _private)
    markdown.inline.add_terminator_char("%")
    if is_myst:
        myst_block_plugin(markdown)
        myst_role_plugin(markdown)
    if is_mdx:
        markdown.disable("code")
    return markdown


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _take_line(state: StateBlock, start: int, kind: str, line: str) -> None:
    """Makes a line a piece by itself and goes on after it."""
    token = state.push(kind, "", 0)
    token.content = line
    token.map = [start, start + 1]
    state.line = start + 1


def _template_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line of nothing but templates; what it means is told where pieces are made of it."""
    line = _line(state, start)
    if not line.startswith("\ufdd0") or SIGN.sub("", line).strip():
        return False
    templates = state.env["masked"].templates(line)
    if any(template.shown.is_inline for template in templates):
        return False
    if not silent:
        _take_line(state, start, "template_line", line)
    return True


def _attribute_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line of attributes, or one that says what an abbreviation stands for: not shown."""
    line = _line(state, start).rstrip()
    if not (_ATTRIBUTES if line.startswith("{") else _ABBREVIATION).fullmatch(line):
        return False
    if not silent:
        _take_line(state, start, "attribute_line", line)
    return True


def _container_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that begins or ends a container: `::: tip Title`, `:::{note}`, `:::`.

    What stands between the two is Markdown like any other, so they need not be matched, but for a
    container of code.
    """
    if state.is_code_block(start):
        return False
    line = _line(state, start)
    match = _CONTAINER.fullmatch(line) if line.startswith(":::") else None
    if match is None:
        return False
    if silent:
        return True
    info = match["info"]
    kind = _CONTAINER_KIND.match(info)
    name = kind["kind"].casefold() if kind else ""
    next_line = start + 1
    if _CODE_CONTAINERS.fullmatch(name) and not line.rstrip().endswith(":::"):
        while next_line < end and not _line(state, next_line).startswith(match["colons"]):
            next_line += 1
        next_line += 1
    elif info:
        while next_line < end and _OPTION.match(_line(state, next_line)):
            next_line += 1
        _push_title(state, *_title_of_container(name, info[kind.end() if kind else 0 :]), start)
    state.line = min(next_line, end)
    return True


def _title_of_container(kind: str, rest: str) -> tuple[str, str]:
    """The type of token for what a container's first line shows, and the text."""
    named = {
        match["key"].casefold(): match["double"] or match["single"] or ""
        for match in _NAMED.finditer(rest)
    }
    if kind == "image":
        return "container_picture", named.get("alt-text", "")
    rest = _NAMED.sub("", re.sub(r"\{[^{}]*\}", "", rest)).strip("{} \t")
    if rest.startswith("[") and rest.endswith("]"):
        rest = rest[1:-1]
    return "container_title", rest or named.get("title", "")


def _push_title(state: StateBlock, kind: str, title: str, line: int) -> None:
    if not title.strip():
        return
    state.push(f"{kind}_open", "p", 1)
    token = state.push("inline", "", 0)
    token.content = title.strip()
    token.map = [line, line + 1]
    token.children = []
    state.push(f"{kind}_close", "p", -1)


def _tab(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""A tab of MkDocs: `=== "Title"`, and what belongs to it indented."""
    match = _TABS.fullmatch(_line(state, start)) if not state.is_code_block(start) else None
    if match is None:
        return False
    if silent:
        return True
    _push_title(state, "container_title", match["title"], start)
    indent, last = state.blkIndent, state.lineMax
    state.blkIndent += 4
    stop = start + 1
    while stop < end and (state.isEmpty(stop) or state.sCount[stop] >= state.blkIndent):
        stop += 1
    state.lineMax = stop
    state.md.block.tokenize(state, start + 1, stop)
    state.blkIndent, state.lineMax = indent, last
    state.line = stop
    return True


def _attributes(state: StateInline, silent: bool) -> bool:
    """Attributes after a mark, at an item's beginning or at the end of a line."""
    at = state.pos
    if state.src[at] != "{":
        return False
    match = _ATTRIBUTES.match(state.src, at, state.posMax)
    if match is None:
        return False
    before = state.src[at - 1] if at else ""
    ends_line = state.src[match.end() : state.posMax].lstrip(" \t")[:1] in ("", "\n")
    told = match["marked"] is not None or match["colon"]
    if not (before in _AFTER_MARK or (told and (not before or ends_line))):
        return False
    if not silent:
        state.push("attributes", "", 0)
    state.pos = match.end()
    return True


def _private(state: StateInline, silent: bool) -> bool:
    """`%%…%%`, a remark of Obsidian's that nobody else sees."""
    before = state.src[max(state.pos - 2, 0) : state.pos]
    if before[-1:].isalnum() or before.rstrip()[-1:] == "%" or before.rstrip()[-1:].isdigit():
        return False  # of a number
    match = _PRIVATE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("attributes", "", 0)
    state.pos = match.end()
    return True


def _wiki_link(state: StateInline, silent: bool) -> bool:
    """`[[Page|text]]`; `![[Page]]` shows another page, whose text is not here."""
    match = _WIKI_LINK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        is_text = not match["embed"] and match["target"].strip("_").casefold() != "toc"
        token = state.push("text" if is_text else "attributes", "", 0)
        token.content = match["text"] or match["target"]
    state.pos = match.end()
    return True
