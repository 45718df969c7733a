"""Writes `docs/api.md`: what `import align` offers, from the signatures and docstrings.

    python scripts/api_reference.py

Nothing of `align` is run for it but the list of its public names; a test says when the file is
out of date.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import griffe

import align

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(align.__file__).parents[1]
REFERENCE = ROOT / "docs" / "api.md"

_OPENING = """\
# Reference

What `import align` offers. Made from the docstrings by `python scripts/api_reference.py`; the
[README](../README.md) shows how the parts go together. Everything else is not public and may change
from one version to the next. Examples take the names as `from align import …` gives them.
"""

_ERRORS = ("AlignError", "InputError", "OutputError", "MissingExtraError")
_WIDTH = 96  # of a signature in one line


def reference() -> str:
    """The text of the reference."""
    package = griffe.load("align", search_paths=[str(ROOT)])
    public = {
        name: _resolved(package[name]) for name in sorted(align.__all__) if name != "__version__"
    }
    errors = [name for name in public if name in _ERRORS]
    parts = {
        "Functions": [name for name, each in public.items() if each.is_function],
        "Objects": [
            name for name, each in public.items() if not each.is_function and name not in errors
        ],
        "Errors": errors,
    }
    lines = [_OPENING]
    seen: Counter[str] = Counter()
    for title, names in parts.items():
        links = ", ".join(f"[`{name}`](#{_anchor(name, seen)})" for name in names)
        lines.append(f"**{title}**: {links}\n")
    for title, names in parts.items():
        lines.append(f"## {title}\n")
        for name in names:
            lines.extend(_entry(name, public[name]))
    return "\n".join(lines).rstrip() + "\n"


def _anchor(name: str, seen: Counter[str]) -> str:
    """Where a heading is found; the second that differs by capitals alone is numbered."""
    lower = name.lower()
    seen[lower] += 1
    return lower if seen[lower] == 1 else f"{lower}-{seen[lower] - 1}"


def _resolved(found: griffe.Object | griffe.Alias) -> griffe.Object:
    return found.final_target if isinstance(found, griffe.Alias) else found


def _entry(name: str, found: griffe.Object) -> Iterator[str]:
    yield f"### {name}\n"
    yield from _signature(name, found)
    yield from _documentation(found)
    if isinstance(found, griffe.Class):
        for member, inner in found.members.items():
            if not member.startswith("_") and inner.docstring and _is_of_class(inner):
                yield from _member(name, member, inner)


def _is_of_class(inner: griffe.Object | griffe.Alias) -> bool:
    return inner.is_function or "property" in inner.labels


def _member(name: str, member: str, inner: griffe.Object | griffe.Alias) -> Iterator[str]:
    yield f"#### {name}.{member}\n"
    if inner.is_function:
        yield from _signature(member, inner)
    elif isinstance(inner, griffe.Attribute):
        yield f"`{inner.annotation}`\n"
    yield from _documentation(inner)


def _signature(name: str, found: griffe.Object | griffe.Alias) -> Iterator[str]:
    """How it is called, in a block of code; nothing for what is not called."""
    if not isinstance(found, griffe.Function | griffe.Class):
        return
    parameters = [each for each in found.parameters if each.name not in ("self", "cls")]
    arguments = list(_arguments(parameters))
    returns = ""
    if isinstance(found, griffe.Function) and found.returns is not None:
        returns = f" -> {found.returns}"
    line = f"{name}({', '.join(arguments)}){returns}"
    if len(line) > _WIDTH:
        inside = "".join(f"    {argument},\n" for argument in arguments)
        line = f"{name}(\n{inside}){returns}"
    yield f"```python\n{line}\n```\n"


def _arguments(parameters: Iterable[griffe.Parameter]) -> Iterator[str]:
    keyword_only = False
    for each in parameters:
        if each.kind is griffe.ParameterKind.keyword_only and not keyword_only:
            keyword_only = True
            yield "*"
        star = "*" if each.kind is griffe.ParameterKind.var_positional else ""
        keyword_only = keyword_only or bool(star)
        annotation = f": {each.annotation}" if each.annotation is not None else ""
        default = f" = {each.default}" if each.default is not None and not star else ""
        yield f"{star}{each.name}{annotation}{default}"


def _documentation(found: griffe.Object | griffe.Alias) -> Iterator[str]:
    if found.docstring is None:
        return
    sections = found.docstring.parse(
        "google", returns_multiple_items=False, returns_named_value=False, warnings=False
    )
    for section in sections:
        kind = section.kind.value
        if kind == "text":
            yield _text(section.value)
        elif kind == "examples":
            for part, text in section.value:
                yield _text(text) if part.value == "text" else f"```pycon\n{text}\n```\n"
        elif kind == "admonition":  # `Example:` of one example
            yield f"**{section.title}**\n\n```pycon\n{section.value.description}\n```\n"
        elif kind in ("parameters", "attributes"):
            yield from _listed(f"`{each.name}`: {_one_line(each)}" for each in section.value)
        elif kind == "raises":
            yield "**Raises**\n"
            yield from _listed(f"`{each.annotation}`: {_one_line(each)}" for each in section.value)
        elif kind in ("returns", "yields"):
            said = " ".join(_one_line(each) for each in section.value)
            yield f"**{kind.capitalize()}** {said}\n"


def _one_line(each: griffe.DocstringElement) -> str:
    return " ".join(each.description.split())


def _listed(items: Iterable[str]) -> Iterator[str]:
    yield "".join(f"- {item}\n" for item in items)


_EXAMPLE = re.compile(r"^>>> .*?(?=\n\n(?!>>>)|\Z)", re.DOTALL | re.MULTILINE)


def _text(text: str) -> str:
    """Running text as it is, its examples as blocks of code."""
    return _EXAMPLE.sub(lambda found: f"```pycon\n{found[0]}\n```", text) + "\n"


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
