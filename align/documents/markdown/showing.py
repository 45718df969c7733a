"""What a template, a macro or a component of a site's Markdown shows its readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from align.documents.entities import unescape
from align.documents.model import BlockKind

_ARGUMENT = re.compile(
    r"(?:(?P<key>[A-Za-z_][\w:.-]*)\s*=\s*\{?\s*)?"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*+)\"|'(?P<single>(?:[^'\\]|\\.)*+)'|`(?P<tick>[^`]*+)`"
    r"|(?P<bare>[^\s\"'`,{}=]+))",
    re.DOTALL,
)
_MACRO = re.compile(r"\s*(?P<name>[A-Za-z][\w.-]*)\s*\((?P<arguments>.*)\)\s*", re.DOTALL)
_LITERAL = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)')\s*(?:\|(?P<filter>.*))?", re.DOTALL)

# The names of parameters whose values readers see, and as what.
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("title", "subtitle", "heading", "header", "summary", "label"), "heading"),
    **dict.fromkeys(("text", "content", "description", "message", "body"), "paragraph"),
    **dict.fromkeys(("caption", "attr"), "caption"),
}
_PICTURE = ("src", "image", "img", "file", "path")
_INLINE = ("text",)  # seen amid a sentence too
_NO_WORDS = re.compile(
    r"[\w./#@?&=%:+~-]*[/=]\S*|[\w-]+\.\w{1,5}|[^\W\d_]*\d[\w.-]*|#?[\da-fA-F]{3,8}"
)

# Macros and filters that give an address, a file, a menu or an example, and not a text.
_NO_TEXT = re.compile(
    r"(?:url|link|path|file|asset|static|image|img|include|import|config|env|var|param)s?"
    r"|ref|relref|\w*_(?:url|path|for|tag|file|header)|(?:url|path|asset|static|include|embed)\w*"
    r"|(?!webext)\w*(?<!x)ref|\w*(?:sidebar|example|sample|subpages\w*)|(?:previous|next)\w*"
    r"|compat\w*|specifications?|list\w+|quicklinks\w*|learn\w*|page|availableinworkers",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?。．！？؟۔।…][\"'”’»」』)\]）]*\s*$")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a template shows.

    Attributes:
        inline: What amid a text.
        alone: What where it stands for itself: kinds of blocks, and their texts in Markdown.
        is_inline: Whether it is part of the text around it even on a line of its own.
    """

    inline: str = ""
    alone: tuple[tuple[BlockKind, str], ...] = ()
    is_inline: bool = False


def title_kind(text: str) -> BlockKind:
    """What a title within a text is: a heading, or where it is sentences a paragraph.

    >>> title_kind("The pier"), title_kind("Bring a lantern. The pier is dark.")
    ('heading', 'paragraph')
    """
    return "paragraph" if _SENTENCE_END.search(text) else "heading"


NOTHING = Shown()
"""What shows nothing, such as a comment."""

HELD = Shown(is_inline=True)
"""What shows something that the text does not tell, such as a variable."""


def shown_by_parameters(arguments: str, *, called: str, is_paired: bool) -> Shown:
    """What the parameters of a shortcode, a tag or a component show.

    Args:
        arguments: Those written: named ones, and such without names.
        called: The name of what has them, in small letters.
        is_paired: Whether it has an end too; then one without a name may be its title.

    >>> shown_by_parameters('text="boats" term_id="boat"', called="term", is_paired=False).inline
    'boats'
    """
    named: dict[str, str] = {}
    alone: list[tuple[BlockKind, str]] = []
    for key, value, is_quoted in _arguments(arguments):
        if key:
            named.setdefault(key.casefold(), value)
        elif is_quoted and is_paired and _is_title(value):
            alone.append((title_kind(value), value))
    if called == "tab" and _has_words(named.get("name", "")):
        alone.append(("heading", named["name"]))
    is_picture = any(name in named for name in _PICTURE)
    for name, value in named.items():
        if name in _KINDS and _has_words(value):
            kind = _KINDS[name]
            alone.append(
                (
                    "caption" if is_picture else title_kind(value) if kind == "heading" else kind,
                    value,
                )
            )
    alternative = named.get("alt", "")
    if not alone and _has_words(alternative):
        alone.append(("caption", alternative))
    inline = next((named[name] for name in _INLINE if name in named), "")
    return Shown(inline, tuple(alone), is_inline=bool(inline))


def shown_by_expression(expression: str) -> Shown:
    """What `{{ … }}` shows: a macro its text, a text itself, a variable nobody knows what.

    >>> shown_by_expression('HTTPHeader("Accept")').inline
    'Accept'
    >>> shown_by_expression('domxref("Node.normalize", "its own method")').inline
    'its own method'
    """
    macro = _MACRO.fullmatch(expression)
    if macro is None:
        literal = _LITERAL.fullmatch(expression)
        if literal and not _NO_TEXT.fullmatch((literal["filter"] or "").partition(":")[0].strip()):
            return Shown(literal[1] or literal[2] or "", is_inline=True)
        return HELD
    name = macro["name"]
    if _NO_TEXT.fullmatch(name):
        return HELD
    values = [value for _, value, _ in _arguments(macro["arguments"])]
    first = values[0] if values else ""
    second = values[1] if len(values) > 1 else ""
    if name.casefold() == "rfc":
        text = f"RFC {first}" + (f": {second}" if second else "")
    elif second and not second.isdigit():
        text = second
    elif name.casefold().endswith("element"):  # of HTML, SVG, MathML
        text = f"<{first}>" if first.isalnum() else first
    else:
        text = first
    return Shown(unescape(text), is_inline=True)


def _arguments(written: str) -> Iterator[tuple[str, str, bool]]:
    """Names (or none), values, and whether these stand in quotation marks."""
    for match in _ARGUMENT.finditer(written):
        bare = match["bare"]
        quoted = next(
            (match[kind] for kind in ("double", "single", "tick") if match[kind] is not None), None
        )
        value = bare if quoted is None else re.sub(r"\\([\"'\\])", r"\1", quoted)
        yield match["key"] or "", value, quoted is not None


def _has_words(value: str) -> bool:
    """Whether a value is a text, and no address, file, number or colour."""
    return any(map(str.isalpha, value)) and not _NO_WORDS.fullmatch(value.strip())


def _is_title(value: str) -> bool:
    """Whether a value without a name is a text and no keyword such as `warning`."""
    telling = any(each.isspace() or each.isupper() or not each.isascii() for each in value.strip())
    return telling and _has_words(value)
