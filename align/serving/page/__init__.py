"""The page at the root: what is loaded, what can be asked, and how."""

from __future__ import annotations

from importlib.resources import files
from shlex import quote
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from align.serving.answers import loaded
from align.serving.questions import QUESTIONS

if TYPE_CHECKING:
    from align.references import References

STYLE = "page.css"
"""The name of the page's style, beside it."""


def style() -> str:
    """The page's style."""
    return files(__name__).joinpath(STYLE).read_text(encoding="utf-8")


def page(references: References, address: str) -> str:
    """The page as HTML; it has no script, and loads nothing but its style.

    Args:
        references: What is served.
        address: What paths follow on.
    """
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    template = files(__name__).joinpath("page.html.jinja").read_text(encoding="utf-8")
    return environment.from_string(template).render(
        loaded=loaded(references),
        questions=[each for each in QUESTIONS if references.new or not each.sends],
        examples={each.name: curl(each.name, address) for each in QUESTIONS},
        queries={
            each.name: f"{each.path[1:]}?{urlencode(each.example())}".removesuffix("?")
            for each in QUESTIONS
        },
    )


def curl(name: str, address: str) -> str:
    """How a question is asked from a shell.

    >>> print(curl("loaded", "http://127.0.0.1:8765/TOKEN"))
    curl http://127.0.0.1:8765/TOKEN/loaded
    """
    import json

    question = next(each for each in QUESTIONS if each.name == name)
    url = quote(f"{address}{question.path}")
    example = question.example()
    if question.sends:
        return f"curl {url} --json {quote(json.dumps(example, ensure_ascii=False))}"
    if not example:
        return f"curl {url}"
    data = " ".join(f"--data-urlencode {quote(f'{key}={value}')}" for key, value in example.items())
    return f"curl -G {url} {data}"
