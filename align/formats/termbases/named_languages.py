"""The languages of a table, as the heads of its columns or its file's name have them."""

from __future__ import annotations

import re
from pathlib import Path

from align.errors import InputError
from align.languages import normalise_tag, tag_if_known

_TAG = r"([A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?)"
# `zh-Hans-pt-BR` can be cut in two ways; a short first tag is tried before a long one.
_TWO_TAGS = [re.compile(rf"{_TAG[:-1]}{lazy})[-._ ]{_TAG}") for lazy in ("?", "")]
_BRACKETED = re.compile(r"[(\[]([^()\[\]]+)[)\]]\s*$")
_TERM = re.compile(r"\bterms?\b")
_PART = re.compile(r"^|(?<=[-._ ])")


def source_and_target(
    path: Path | str, languages: tuple[str, str] | None, line: int | None = None
) -> tuple[str, str]:
    """The languages of a file that does not name them: its name's, else the caller's.

    Raises:
        InputError: If neither says it.
    """
    named = languages_in_name(Path(path).stem)
    if named is None and languages is None:
        raise InputError(
            "does not say which languages it is in; head the columns with tags such as en and ja, "
            "or call the file like terms.en-ja.csv",
            path=path,
            line=line,
        )
    source, target = named or languages or ("", "")
    return normalise_tag(source), normalise_tag(target)


def language_of_head(name: str) -> str | None:
    """The language that a head names: `en`, `Term (EN)`, `English term`, `French (fr-CA)`."""
    bracketed = _BRACKETED.search(name)
    if bracketed and (whole := _tag(_TERM.sub(" ", name).strip())):
        return whole  # `English (United Kingdom)`
    plain = _TERM.sub(" ", name[: bracketed.start()] if bracketed else name)
    if bracketed and (not plain.strip() or _tag(plain)):
        return _tag(bracketed[1])
    return _tag(plain)


def _tag(name: str) -> str | None:
    return tag_if_known(name) if name.strip() else None


def languages_in_name(stem: str) -> tuple[str, str] | None:
    """The two tags that a file's name ends with: `terms.en-zh-Hans`, `en_ja`."""
    for place in _PART.finditer(stem):
        for pattern in _TWO_TAGS:
            found = pattern.fullmatch(stem, place.start())
            tags = (
                (language_of_head(found[1]), language_of_head(found[2])) if found else (None, None)
            )
            if tags[0] and tags[1]:
                return tags[0], tags[1]
    return None
