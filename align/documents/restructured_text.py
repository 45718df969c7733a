"""reStructuredText, by docutils: no file is read for it, nothing raw is kept, nothing is run.

What Sphinx and its extensions have added is known to docutils no more than any other name, so each
name that it does not know gets a directive or a role that keeps what readers see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from align.documents.assembly import Piece, assemble
from align.documents.captions import is_caption
from align.documents.cleaning import clean
from align.documents.decoding import decode
from align.documents.furniture import furniture_lines
from align.documents.locating import located
from align.documents.registry import READERS
from align.errors import InputError

if TYPE_CHECKING:
    from docutils.nodes import Element, Node

    from align.documents.model import BlockKind, Document

_DIRECTIVE = re.compile(r"^[ \t]*\.\. (?:\|[^|\n]+\| )?(?P<name>\w[\w:+.-]*?) ?::", re.MULTILINE)
_ROLE = re.compile(r":(?P<name>[A-Za-z][\w:+.-]*):`|`:(?P<after>[A-Za-z][\w:+.-]*):")
_TITLE_AND_TARGET = re.compile(r"(?P<title>.*?)\s*<[^<>]*>", re.DOTALL)
_VERSION = re.compile(r"\S+\s*")
_CALL = re.compile(r"\[[^\]\s]+\]_")  # of a note that is not there
_MOST_NAMES = 1000
_MOST_SUBSTITUTED = 1_000_000  # characters that substitutions put in
_TAB = 8  # spaces that docutils puts in for a tab at most
_DEEPEST = 5  # substitutions within one another
_MARKS = "*`|_"
_MOST_MARKS = 20_000  # in a paragraph: docutils takes a second for them, and four for twice as many

# What docutils takes for the start of an address of e-mail it looks for at every mark in a word.
_LONGEST_WORD = 10_000
_OF_ADDRESSES = r"[-_!~*'{|}/#?^`&=+$%.@a-zA-Z0-9]"
_LONG_WORD = re.compile(rf"(?<!{_OF_ADDRESSES}){_OF_ADDRESSES}{{{_LONGEST_WORD + 1}}}")

# Directives whose content is code, a list that a program makes, or for no reader.
_NO_TEXT = re.compile(
    r"(?:.+:)?(?:code-block|sourcecode|code-cell|literalinclude|toctree|index|highlight|language|auto.*"
    r"|graphviz|digraph|graph|inheritance-diagram|mermaid|plantuml|uml|math|productionlist|doctest"
    r"|test(?:code|setup|output|cleanup)|prompt|console|program-output|command-output|plot|plotly|ipython"
    r"|jupyter-.*|bibliography|tabularcolumns|todo|todolist|(?:current)?module|section-?author"
    r"|moduleauthor|module-author|default-domain|program|click|argparse|openapi|swagger.*|raw|include"
    r"|meta|contents|sectnum|date|class|role|default-role|youtube|vimeo|doxygen.*|literal.*|parsed-literal)"
)
# Directives whose argument names what the content describes, and is no text.
_OF_AN_OBJECT = re.compile(
    r".+:.+|function|method|attribute|data|exception|property|decorator|staticmethod|classmethod|envvar"
    r"|option|cmdoption|describe|object|confval|rst|setting|opcode|c\w+|only|ifconfig|versions?|container"
    r"|grid(?:-item)?|tabs|tab-set|hlist|glossary|acks|rst-class|cssclass|table|list-table|figure"
)
_OF_A_VERSION = re.compile(r"version(?:added|changed|removed)|deprecated(?:-removed)?|deprecated")
_NO_SHOWN_TARGET = frozenset({"ref", "numref", "doc", "eq", "cite", "cite:p", "cite:t", "footcite"})


@READERS.register("reStructuredText", endings=(".rst", ".rest"))
def read_restructured_text(data: bytes, path: Path) -> Document:
    """Makes what a file holds a document: it is reStructuredText."""
    text = decode(data, path=path)
    return located(parse_restructured_text(text), text, "markup")


def parse_restructured_text(text: str) -> Document:
    r"""Finds the blocks of a text in reStructuredText.

    Args:
        text: The text; it is cleaned first.

    Raises:
        InputError: If it is nested too deeply, or a paragraph has too many marks or too
            long a word.

    >>> document = parse_restructured_text("The *Wall*\n==========\n\nIt stands [1]_.\n")
    >>> document.text
    'The Wall\n\nIt stands.'
    """
    text = clean(text)
    try:
        pieces = list(_pieces(_tree(text)))
    except RecursionError as error:
        raise InputError("is nested too deeply to be a text; save its text instead") from error
    furniture = furniture_lines([piece.text for piece in pieces])
    return assemble(piece for index, piece in enumerate(pieces) if index not in furniture)


def _tree(text: str) -> Element:
    from docutils.core import publish_doctree
    from docutils.parsers.rst import Parser
    from docutils.parsers.rst.states import Inliner
    from docutils.readers.standalone import Reader
    from docutils.transforms.references import Substitutions

    class WithoutSubstitutions(Reader):  # type: ignore[type-arg]
        """Leaves substitutions, of which docutils lets a few lines grow without end."""

        def get_transforms(self) -> list[Any]:
            return [each for each in super().get_transforms() if each is not Substitutions]

    inliner = Inliner()
    unlimited = inliner.parse

    def limited(text: str, lineno: int, memo: Any, parent: Any) -> Any:
        if sum(map(text.count, _MARKS)) > _MOST_MARKS:
            marks = " ".join(_MARKS)
            what = f"a paragraph with more than {_MOST_MARKS:,} marks ({marks}), the limit"
            raise InputError(what, line=lineno)
        if _LONG_WORD.search(text):
            what = f"a word of more than {_LONGEST_WORD:,} characters, the limit"
            raise InputError(what, line=lineno)
        return unlimited(text, lineno, memo, parent)

    # Not by a class of ours: docutils looks for some of its patterns in the very class.
    inliner.parse = limited  # type: ignore[method-assign]
    _learn_names(text)
    longest = max(map(len, text.split("\n")))
    return publish_doctree(
        text,
        reader=WithoutSubstitutions(),
        parser=Parser(inliner=inliner),
        settings_overrides={
            "_disable_config": True,
            "file_insertion_enabled": False,
            "raw_enabled": False,
            "report_level": 5,
            "halt_level": 5,
            "smart_quotes": False,
            # A text with a longer line is dropped as a whole, its tabs being spaces by then.
            "line_length_limit": max(10_000, _TAB * longest),
        },
    )


def _learn_names(text: str) -> None:
    """Gives docutils something for each name in the text that it does not know."""
    from docutils.languages import get_language
    from docutils.parsers.rst import directives, roles
    from docutils.utils import Reporter, new_document

    english = get_language("en")
    document = new_document("")
    document.reporter = Reporter("", 5, 5)
    for name in _names(_DIRECTIVE, text):
        own = _NO_TEXT.fullmatch(name) and name not in ("role", "default-role", "class", "contents")
        if own or directives.directive(name, english, document)[0] is None:
            directives.register_directive(name, _directive())
    for name in _names(_ROLE, text):
        if roles.role(name, english, 0, document.reporter)[0] is None:
            roles.register_local_role(name, _role)  # type: ignore[arg-type]


def _names(pattern: re.Pattern[str], text: str) -> Sequence[str]:
    found = {}
    for match in pattern.finditer(text):
        found[next(filter(None, match.groups()))] = True
        if len(found) >= _MOST_NAMES:
            break
    return list(found)


@lru_cache(maxsize=1)
def _directive() -> type:
    """The class of directives that docutils does not know; made when it is first needed."""
    from docutils import nodes
    from docutils.parsers.rst import Directive, directives

    class AnyOptions(dict[str, Any]):
        """Takes every option for what it is."""

        def __missing__(self, name: str) -> Any:
            return directives.unchanged

    class Unknown(Directive):
        """Keeps what a reader sees of its argument and its content."""

        optional_arguments = 1
        final_argument_whitespace = True
        has_content = True
        option_spec = AnyOptions({"class": directives.unchanged})

        def run(self) -> list[Node]:
            """What stands in its place."""
            name = self.name.casefold()
            if _NO_TEXT.fullmatch(name):
                return []
            argument = self.arguments[0] if self.arguments else ""
            if _OF_A_VERSION.fullmatch(name):
                argument = _VERSION.sub("", argument, count=1)
            elif _OF_AN_OBJECT.fullmatch(name):
                argument = ""
            place = nodes.container()
            if argument:
                shown, _ = self.state.inline_text(argument, self.lineno)
                paragraph = nodes.paragraph(argument, "", *shown)
                paragraph.line = self.lineno
                place += paragraph
            self.state.nested_parse(self.content, self.content_offset, place)
            return [place]

    return Unknown


def _role(
    name: str, rawtext: str, text: str, lineno: int, inliner: Any, *_: Any, **__: Any
) -> tuple[list[Node], list[Node]]:
    """A role that docutils does not know: a reference shows its title, anything else its text."""
    from docutils import nodes
    from docutils.utils import unescape

    shown = unescape(text)
    titled = _TITLE_AND_TARGET.fullmatch(shown)
    if titled and titled["title"]:
        shown = titled["title"]
    elif name.casefold() in _NO_SHOWN_TARGET:
        shown = ""
    elif shown.startswith("~"):
        shown = shown.rpartition(".")[2].lstrip("~")
    return [nodes.inline(rawtext, shown.lstrip("!"))], []


def _pieces(tree: Element) -> Iterator[Piece]:
    from docutils import nodes

    unread = (
        nodes.literal_block, nodes.doctest_block, nodes.comment, nodes.math_block, nodes.raw,
        nodes.system_message, nodes.substitution_definition, nodes.docinfo, nodes.pending,
        nodes.decoration, nodes.field_name, nodes.option_group, nodes.label, nodes.meta,
    )  # fmt: skip

    shown = _Text(tree)

    def of(element: Element, kind: BlockKind) -> Iterator[Piece]:
        if isinstance(element, unread) or "contents" in element.get("classes", ()):
            return
        if isinstance(element, nodes.title | nodes.subtitle | nodes.rubric | nodes.term):
            is_title = isinstance(element, nodes.title) and isinstance(
                element.parent, nodes.document
            )
            yield from piece(element, "title" if is_title else "heading")
        elif isinstance(element, nodes.image):
            if not any(isinstance(each, nodes.caption) for each in element.parent.children):
                yield from caption(element)
        elif isinstance(element, nodes.line):
            yield from piece(element, kind)
        elif isinstance(element, nodes.caption):
            yield from piece(element, "caption")
        elif isinstance(element, nodes.TextElement):
            pictures = [each for each in element.children if isinstance(each, nodes.image)]
            if pictures and not shown.of(element).strip():
                for picture in pictures:
                    yield from caption(picture)
            else:
                yield from piece(element, kind)
        else:
            inner = kind
            if isinstance(element, nodes.list_item | nodes.definition | nodes.field_body):
                inner = "list-item"
            elif isinstance(element, nodes.block_quote):
                inner = "quotation"
            for child in element.children:
                if isinstance(child, nodes.Element):
                    yield from of(child, inner)

    def piece(element: Element, kind: BlockKind) -> Iterator[Piece]:
        text = shown.of(element)
        if text.strip():
            is_credit = kind == "paragraph" and is_caption(text)
            yield Piece("caption" if is_credit else kind, text, _line(element))

    def caption(picture: Element) -> Iterator[Piece]:
        if picture.get("alt"):
            yield Piece("caption", picture["alt"], _line(picture))

    yield from of(tree, "paragraph")


def _line(element: Element) -> int | None:
    from docutils import nodes

    at: Any = element
    while at is not None and at.line is None:
        at = at.parent
    line: int | None = None if at is None else at.line
    if line and isinstance(element, nodes.title | nodes.subtitle) and at is element:
        line -= 1  # docutils names the line below it
    return line if line and line > 0 else None


class _Text:
    """The texts of elements without what calls notes, substitutions put in, within limits."""

    def __init__(self, document: Any) -> None:
        self._definitions = document.substitution_defs
        self._names = document.substitution_names
        self._left = _MOST_SUBSTITUTED

    def of(self, element: Element, depth: int = 0) -> str:
        """The text of an element; of what docutils could not resolve, what is written there."""
        from docutils import nodes

        calls = nodes.footnote_reference | nodes.citation_reference | nodes.problematic
        unseen = nodes.image | nodes.raw | nodes.system_message
        parts: list[str] = []
        for child in element.children:
            if isinstance(child, nodes.Text):
                parts.append(child.astext())
            elif isinstance(child, nodes.problematic) and not _CALL.fullmatch(child.astext()):
                parts.append(_TITLE_AND_TARGET.sub(r"\g<title>", child.astext().strip("`_|*")))
            elif isinstance(child, calls):
                if parts:
                    parts[-1] = parts[-1].rstrip()
            elif isinstance(child, nodes.substitution_reference):
                parts.append(self._substituted(child, depth))
            elif not isinstance(child, unseen) and child.children:
                parts.append(self.of(cast("Element", child), depth))
        return "".join(parts)

    def _substituted(self, reference: Element, depth: int) -> str:
        name = reference["refname"]
        name = name if name in self._definitions else self._names.get(name.lower())
        if name is None or depth >= _DEEPEST or self._left <= 0:
            return ""
        text = self.of(self._definitions[name], depth + 1)
        self._left -= len(text) + 1
        return text
