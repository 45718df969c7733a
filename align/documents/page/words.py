"""The words by which pages name their parts, from `furniture.toml`, and what is named by them."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_BETWEEN_WORDS = re.compile(r"[-_:.]+")
# `has-sidebar` and `no-comments` speak of something else.
_ABOUT = frozenset(
    {"has", "no", "not", "non", "with", "without", "hide", "show", "is", "js", "open"}
)


class Names:
    """Words for parts of pages, each with what the part is.

    Args:
        kinds: The words of each kind: `share` is found in `post-share` and `shareButtons` too,
            `read-more` where its words stand together, `=page` only as a whole name.
    """

    def __init__(self, kinds: dict[str, list[str]]) -> None:
        self._whole: dict[str, str] = {}
        self._parts: dict[tuple[str, ...], str] = {}
        for kind, names in kinds.items():
            for name in names:
                if name.startswith("="):
                    self._whole[name[1:]] = kind
                else:
                    self._parts[tuple(name.split("-"))] = kind
        self._longest = max(map(len, self._parts), default=0)

    def why(self, names: str) -> str | None:
        """What one of some names, as in a `class`, says that the part is.

        >>> Names({"comments": ["comment"]}).why("entry postComment")
        'comments'
        """
        return next((kind for name in names.split() if (kind := self._of(name))), None)

    def _of(self, name: str) -> str | None:
        if name.lower() in self._whole:
            return self._whole[name.lower()]
        words = _words(name)
        if words[0] in _ABOUT:
            return None
        for size in range(min(self._longest, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                kind = self._parts.get(words[start : start + size])
                if kind:
                    return kind
        return None


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    parts = (part for part in _BETWEEN_WORDS.split(name) if part)
    words = (word.lower() for part in parts for word in (_WORDS.findall(part) or [part]))
    return tuple(words) or ("",)


def _table() -> dict[str, Any]:
    text = files("align.documents").joinpath("furniture.toml").read_text("utf-8")
    elements: dict[str, Any] = tomllib.loads(text)["elements"]
    return elements


_ELEMENTS = _table()

HIDDEN = Names({"hidden": _ELEMENTS["hidden"]})
"""Classes of what only programs that read aloud are given."""

INLINE_FURNITURE = Names({"navigation": _ELEMENTS["inline"]})
"""Classes of what stands within a line and is not of its text."""

FURNITURE = Names(_ELEMENTS["always"])
"""Classes and identifiers of what is no article, whatever it holds."""

DETAILS = Names(_ELEMENTS["without_prose"])
"""Those of what surrounds an article unless there is prose in it."""

VERSE = Names({"verse": _ELEMENTS["verse"]})
"""Classes of what is written in lines."""

TAGS: dict[str, str] = _ELEMENTS["tags"]
"""What elements are no article by their tag."""

ROLES: dict[str, str] = _ELEMENTS["roles"]
"""What elements are no article by their role (WAI-ARIA, DPUB-ARIA)."""

TYPES: dict[str, str] = _ELEMENTS["types"]
"""What elements are no article by the last part of their `itemtype` or by their `itemprop`."""
