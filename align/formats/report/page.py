"""What the pages of the report share: one file each, which loads nothing and trusts no text."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from align.formats.excerpts import cut

if TYPE_CHECKING:
    from pathlib import Path

_LINE = 80  # characters of a text that is named by its start
_QUOTED = re.compile("“([^”]*)”")


def write_page(path: Path | str, name: str, **content: Any) -> None:
    """Writes a page as one HTML file; see `page_of`.

    Args:
        path: The file; `-` is standard output.
        name: The name of the page.
        content: What the template shows.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align.formats.atomic import open_for_writing

    page = page_of(name, **content)
    with open_for_writing(path) as stream:
        stream.write(page)


def page_of(name: str, **content: Any) -> str:
    """A page as one HTML text that needs nothing else, not even a network.

    Its template is `NAME.html.jinja`, which extends `base.html.jinja`; its style and script are
    those of all pages and its own. Its security policy lets it load nothing and run no script but
    that one; text is escaped wherever the template puts it.

    Args:
        name: The name of the page.
        content: What the template shows.
    """
    import jinja2
    from markupsafe import Markup

    from align import __version__

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_resource),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["start"] = _start
    style = _resource("base.css") + _resource(f"{name}.css")
    script = _resource("common.js") + _resource(f"{name}.js")
    return environment.get_template(f"{name}.html.jinja").render(
        content,
        version=__version__,
        style=Markup(style),  # noqa: S704 - our own files, which hold no one's text
        script=Markup(script),  # noqa: S704
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def shown_language(tag: str) -> dict[str, str]:
    """What a page says of a language: `tag`, `name`, `autonym`, `direction`."""
    from align.languages import autonym, is_right_to_left, language_name

    return {
        "tag": tag,
        "name": language_name(tag),
        "autonym": autonym(tag),
        "direction": "rtl" if is_right_to_left(tag) else "ltr",
    }


def message_parts(message: str) -> tuple[str, ...]:
    """A finding's message in parts; every second one stands between quotation marks.

    What is quoted may run from right to left, which the sentence around it must not follow.

    >>> message_parts("“ميناء” stands for “port”.")
    ('', 'ميناء', ' stands for ', 'port', '.')
    """
    return tuple(_QUOTED.split(message))


def _start(text: str) -> str:
    """As much of a text as a line can show."""
    return cut(text, _LINE)


def _resource(name: str) -> str:
    return files("align.formats.report").joinpath(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """How a security policy names the one inline style or script that it allows."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
