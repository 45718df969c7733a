"""Messages of a catalogue with a slip in them, found before it is parsed.

One broken message makes parsers refuse a whole catalogue, or cut its text without a word; and
polib, which copies a text for each of its lines, would take hours for a very long one. GNU gettext
manual (0.22), § 3 'The Format of PO Files'.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from align.skipped import Skipped

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d{1,3}\])?)\s*(?=\")")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"\s*')
_ESCAPE = re.compile(r"\\(?:[abfnrtv\\\"'?]|[0-7]{1,3}|x[0-9A-Fa-f]+|(.))")
_QUOTE_WITHIN = re.compile(r'(?<!^)(?<!\\)"(?=.)')
_MERGING = re.compile(r"[<=>|]{7}(?: .*)?")
_FORMS = re.compile(r"nplurals\s*=\s*(\d{1,3})")
_LONGEST = 200_000  # characters of the lines of a text, or of what is remarked of a message


@dataclass(slots=True)
class _Message:
    """The lines of one message.

    Attributes:
        parts: Its texts as they are written, by keyword, an empty one where a keyword stands twice.
        lines: The number of each line that is no comment, from 0.
        comments: The number of each line that is one.
        length: How many characters the lines of its last text have.
        commented: How many its comments have.
        wrong: What is wrong with it, and in which line.
    """

    parts: dict[str, str] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    comments: list[int] = field(default_factory=list)
    length: int = 0
    commented: int = 0
    wrong: dict[int, str] = field(default_factory=dict)

    @property
    def is_translated(self) -> bool:
        return any(keyword.startswith("msgstr") for keyword in self.parts)

    @property
    def is_header(self) -> bool:
        parts = self.parts
        return parts.get("msgid") == "" and parts.keys().isdisjoint(("msgctxt", "msgid_plural"))


def without_slips(text: str, path: Path | str, skipped: Skipped) -> str:
    r"""A catalogue in which lines of messages that gettext refuses, and obsolete ones, are empty.

    Args:
        text: The catalogue.
        path: What it is called in errors.
        skipped: Is told what is passed over.

    Raises:
        InputError: If it has no message that gettext takes, only such as it refuses.

    >>> from align.skipped import Skipped
    >>> skipped = Skipped()
    >>> without_slips('msgid "Fog\nmsgstr "Brume"\n\nmsgid "Sea"\nmsgstr "Mer"', "fr.po", skipped)
    '\n\n\nmsgid "Sea"\nmsgstr "Mer"'
    >>> skipped.messages("fr.po")
    ('fr.po:1: a message with a text that is not closed is passed over',)
    """
    lines = text.split("\n")
    seen: set[tuple[str | None, str]] = set()
    forms: int | None = None
    has_header, refused = False, None
    for message in _messages(lines, skipped):
        if message.is_header:
            has_header = True
            for number, what in message.wrong.items():
                skipped.add(what.replace("message", "header"), number + 1)
                lines[number] = ""
            found = _FORMS.search(message.parts.get("msgstr", ""))
            forms = int(found[1]) if found else None
            continue
        place, what = _slip(message, seen)
        if what:
            refused = place + 1 if refused is None else refused
            skipped.add(what, place + 1)
            for number in (*message.lines, *message.comments):
                lines[number] = ""
            continue
        seen.add((message.parts.get("msgctxt"), message.parts["msgid"]))
        _tell_of_oddities(message, forms, skipped)
    if refused is not None and not seen and not has_header:
        raise InputError(
            "is not a catalogue as gettext has it (msgfmt -c says more)", path=path, line=refused
        )
    return "\n".join(lines)


def _messages(lines: list[str], skipped: Skipped) -> Iterator[_Message]:
    """The messages, one after the other; what stands between them is emptied."""
    message = _Message()
    last, is_parted = "", False
    for number, line in enumerate(lines):
        bare = line.strip().removeprefix("\ufeff")
        if not bare:
            is_parted = message.is_translated
            continue
        is_comment = bare.startswith("#")
        if is_comment or _MERGING.fullmatch(bare):
            if message.is_translated:
                yield message
                message, is_parted = _Message(), False
            if is_comment:
                lines[number] = _within_limit(_comment(bare), number, message, skipped)
            else:
                skipped.add("a mark of a merge that was not finished", number + 1)
                lines[number] = ""
            continue
        keyword = _KEYWORD.match(bare)
        name = keyword[1] if keyword else ""
        is_begun = message.is_translated or not message.parts.keys().isdisjoint(("msgid", ""))
        is_next = is_parted and not name.startswith("msgstr[")
        if is_next or (name in ("msgctxt", "msgid") and is_begun):
            yield message
            message = _Message()
        is_parted = False
        message.lines.append(number)
        if keyword:  # gettext asks for no space here, its parsers in Python do
            lines[number] = f"{name} {bare[keyword.end() :]}"
        if name in message.parts:
            message.wrong.setdefault(number, f"a message with a second {name}")
        if keyword or len(message.lines) == 1:
            last, message.length = name, 0
        message.length += len(bare)
        string = bare[keyword.end() :] if keyword else bare
        if message.length > _LONGEST:
            message.wrong.setdefault(number, f"a message with more than {_LONGEST:,} characters")
            message.parts.setdefault(last, string)
            continue
        is_whole = _STRING.fullmatch(string)
        if not is_whole:
            message.wrong.setdefault(number, _what_is_wrong(string))
        text = string.strip()[1:-1] if is_whole else string
        message.parts[last] = message.parts.get(last, "") + text
    if message.lines:
        yield message


def _within_limit(comment: str, number: int, message: _Message, skipped: Skipped) -> str:
    """A comment of a message; empty where all its comments have too many characters."""
    before = message.commented
    message.commented += len(comment)
    message.comments.append(number)
    if message.commented <= _LONGEST:
        return comment
    if before <= _LONGEST:
        skipped.add(f"a comment with more than {_LONGEST:,} characters", number + 1,
                    taken_as="cut there")  # fmt: skip
    return ""


def _comment(line: str) -> str:
    """A comment as strict parsers take it; empty where it is obsolete, or broken."""
    if line.startswith("#~"):
        return ""
    if line.startswith("#|"):
        said = line[2:].strip()
        keyword = _KEYWORD.match(said)
        string = said[keyword.end() :] if keyword else said
        return f"#| {keyword[1] if keyword else ''} {string}" if _STRING.fullmatch(string) else ""
    mark = line[:2] if line[1:2] in tuple(",:.") else "#"
    said = line[len(mark) :].strip()
    return f"{mark} {said}" if said else ""


def _what_is_wrong(string: str) -> str:
    if not string.startswith('"'):
        return "a message with a line that is no text of it"
    if _QUOTE_WITHIN.search(string):
        return 'a message with a " that is not written \\"'
    return "a message with a text that is not closed"


def _slip(message: _Message, seen: set[tuple[str | None, str]]) -> tuple[int, str]:
    """What makes gettext refuse a message, and in which line; nothing where it does not."""
    if message.wrong:
        return next(iter(message.wrong.items()))
    first, parts = message.lines[0], message.parts
    if "msgid" not in parts:
        return first, "a text without msgid"
    if not message.is_translated:
        return first, "a message without msgstr"
    if ("msgid_plural" in parts) == ("msgstr" in parts):
        return first, "a message with plural forms for one of msgid and msgstr"
    if (parts.get("msgctxt"), parts["msgid"]) in seen:
        return first, "a message that is there already"
    return first, ""


def _tell_of_oddities(message: _Message, forms: int | None, skipped: Skipped) -> None:
    line = message.lines[0] + 1
    odd = next((found for text in message.parts.values() for found in _ESCAPE.finditer(text)
                if found[1]), None)  # fmt: skip
    if odd:
        skipped.add("a backslash before what is no escape", line, example=odd[0],
                    taken_as="read as it stands")  # fmt: skip
    count = sum(keyword.startswith("msgstr[") for keyword in message.parts)
    if count and forms is not None and count != forms:
        skipped.add(f"a message with {count} plural forms where the header says {forms}", line,
                    taken_as="read with those")  # fmt: skip
