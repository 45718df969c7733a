"""Catalogues of gettext (PO): messages of programs and their translations."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.errors import InputError
from align.formats.pairs.po_slips import without_slips
from align.formats.registry import PAIR_READERS, PairFile, memory_writer
from align.formats.states import state_of
from align.languages import is_known_tag, language_named
from align.text import clean_text
from align.units import Remark, TranslationUnit, Variant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from align.formats.memory import Memory, Pair

_WRITTEN_IN = "en"
"""What messages are in by custom, where nothing says it."""

_PLURAL_COUNT = re.compile(r"nplurals\s*=\s*([1-9]\d?)")
_PLURAL_RULE = re.compile(r"plural\s*=\s*([^;]{1,500})")
_MILLIONS = re.compile(r"n != 0 && n % 1000000 == 0 \? 1 : 2")  # as Babel writes CLDR's rule
_MOST_NUMBERS = 200  # looked at to tell what a plural form is for
_ERROR = re.compile(r"\(line (\d+)\)")


@PAIR_READERS.register("gettext PO", endings=(".po",), shows_places=True)
def read_po(file: PairFile) -> Iterator[TranslationUnit]:
    """Reads the messages of a catalogue.

    The language of the translations is that of the header (`Language`), else as the caller says,
    else that of the file's name (`fr.po`) or its folder (`fr/LC_MESSAGES/app.po`); that of the
    messages is `X-Source-Language`, as the caller says, or English. Each plural form is a unit:
    the one for 1 with the singular message, the others with the plural one. What is fuzzy has that
    state, what is obsolete is left out. A message that gettext refuses is passed over, and so is
    one with a text of more than 200,000 characters.

    Yields:
        Each message, with its context, comments, flags and places as remarks.

    Raises:
        InputError: If the file cannot be read or is no catalogue, or its language is not known.
    """
    import polib

    # The text ends a line so that polib never takes it for the name of a file.
    text = file.text()
    text = without_slips(text, file.path, file.skipped) + "\n"
    try:
        catalogue = polib.pofile(_Lines(text), check_for_duplicates=False)
    except (OSError, ValueError, IndexError, KeyError, UnicodeError) as error:
        found = _ERROR.search(str(error))
        raise InputError(
            "is not a catalogue as gettext has it (msgfmt -c says more)",
            path=file.path,
            line=int(found[1]) if found else None,
        ) from None
    header = {name.casefold(): value for name, value in catalogue.metadata.items()}
    source = _first_known(header.get("x-source-language"), file.source, _WRITTEN_IN)
    target = _first_known(header.get("language"), file.target, *_tags_in_name(file.path))
    if not target:
        raise InputError(
            "does not say its language; name it (-t of the command) or add the header 'Language:'",
            path=file.path,
        )
    plurals = header.get("plural-forms", "")
    for entry in catalogue:
        if not entry.obsolete:
            yield from _units(entry, source, target, plurals)


class _Lines(str):
    """A catalogue whose lines end where gettext ends them, not at U+2028 or U+0085 in a text."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        """The lines, which polib asks for so."""
        del keepends
        return self.split("\n")


def _first_known(*tags: str | None) -> str:
    return next((language_named(tag) for tag in tags if tag and is_known_tag(tag)), "")


def _tags_in_name(path: Path | str) -> Iterator[str]:
    path = Path(path)
    yield path.stem
    yield path.stem.rpartition(".")[2]
    yield path.stem.rpartition("-")[2]
    if path.parent.name == "LC_MESSAGES":
        yield path.parent.parent.name
    yield path.parent.name


def _form_for_one(plural_forms: str) -> int | None:
    """Which plural form is that for 1 and few other numbers; None where one form serves all."""
    found = _PLURAL_RULE.search(plural_forms)
    try:
        rule: Callable[[int], int] = gettext.c2py(found[1].strip() if found else "n != 1")
        forms = [rule(number) for number in range(_MOST_NUMBERS)]
    except (ValueError, RecursionError, ArithmeticError):
        return 0
    return None if len(set(forms)) == 1 else forms[1]


def _units(entry: Any, source: str, target: str, plurals: str) -> Iterator[TranslationUnit]:
    state = "fuzzy" if "fuzzy" in entry.flags else ""
    remarks = tuple(_remarks(entry))
    # Of a language with one form no unit has the singular message; of others not the first.
    of_plural = (
        ("plural-forms", plurals),
        ("msgid", entry.msgid),
        ("msgid-plural", entry.msgid_plural),
    )

    def unit(message: str, translation: str, form: str = "") -> TranslationUnit:
        variants = [Variant(source, (), message, line=entry.linenum)]
        if translation.strip():
            variants.append(Variant(target, (), translation, line=entry.linenum))
        attributes = (("plural-form", form), *of_plural) if form else ()
        return TranslationUnit(
            tuple(variants), state=state, into=target, attributes=attributes, remarks=remarks
        )

    if not entry.msgid.strip():
        return
    if not entry.msgid_plural:
        yield unit(entry.msgid, entry.msgstr)
        return
    forms: Mapping[int, str] = entry.msgstr_plural or {0: ""}
    singular = _form_for_one(plurals)
    for number in sorted(forms):
        message = entry.msgid if number == singular else entry.msgid_plural
        yield unit(message, forms[number], str(number))


def _remarks(entry: Any) -> Iterator[Remark]:
    if entry.msgctxt:
        yield Remark(entry.msgctxt, "msgctxt")
    if entry.tcomment:
        yield Remark(entry.tcomment)
    if entry.comment:
        yield Remark(entry.comment, "extracted-comment")
    for place, line in entry.occurrences:
        yield Remark(f"{place}:{line}" if line else place, "reference")
    for flag in entry.flags:
        if flag != "fuzzy":
            yield Remark(flag, "flag")
    if entry.previous_msgid:
        yield Remark(entry.previous_msgid, "previous-msgid")


# Writing


@memory_writer("po", "a catalogue of gettext", endings=(".po",))
def write_po(path: Path | str, memory: Memory) -> None:
    """Writes a memory of two languages as a catalogue that `msgfmt -c` takes.

    A text that comes twice gets a context that tells the two apart. Where one side alone begins or
    ends with a line feed, so does the other, for gettext wants it.

    Carries: untranslated units; plural forms; drafts, as fuzzy; contexts; notes, as comments;
    properties, as comments that were extracted.
    Does not carry: inline codes, other states, files within the file.

    Raises:
        InputError: If there are several translations.
        OutputError: If the file cannot be written.
    """
    import polib

    from align import __version__
    from align.formats.atomic import open_for_writing
    from align.formats.dates import creation_date

    target = memory.only_target("po")
    tags = memory.tags()
    pairs = [*memory.pairs("po")]
    forms, rule = _plural_forms(pairs, target)
    date = creation_date().strftime("%Y-%m-%d %H:%M+0000")
    # Wrapped, a comment would come back with line feeds that it did not have.
    catalogue = polib.POFile(wrapwidth=0, check_for_duplicates=False)
    catalogue.metadata = {
        "Project-Id-Version": " ".join(memory.title.split()) or "memory",
        "POT-Creation-Date": date,
        "PO-Revision-Date": date,
        "Last-Translator": f"align {__version__}",
        "Language-Team": "none",
        "Language": tags[target].replace("-", "_"),
        "X-Source-Language": tags[memory.source].replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": f"nplurals={forms}; plural={rule};",
    }
    seen: set[tuple[str | None, str]] = set()
    for message in _messages(pairs, forms):
        entry = _entry(message, forms)
        context, number = entry.msgctxt, 1
        while (entry.msgctxt, entry.msgid) in seen:
            number += 1
            entry.msgctxt = f"{context} {number}" if context else str(number)
        seen.add((entry.msgctxt, entry.msgid))
        catalogue.append(entry)
    with open_for_writing(path) as stream:
        stream.write(str(catalogue) + "\n")


def _plural_forms(pairs: Sequence[Pair], language: str) -> tuple[int, str]:
    """How many plural forms there are, and which number has which: as the file said, else CLDR.

    For French, Spanish and others CLDR has a form for whole millions, which few catalogues have.
    """
    from babel.messages.plurals import get_plural

    said = (dict(pair.unit.attributes).get("plural-forms", "") for pair in pairs)
    stated = next(filter(None, said), "")
    count, found = _PLURAL_COUNT.search(stated), _PLURAL_RULE.search(stated)
    if count and found and _is_rule(found[1].strip()):
        return int(count[1]), found[1].strip()
    forms, rule = get_plural(language.replace("-", "_"))
    without, is_without = _MILLIONS.subn("1", str(rule))
    if is_without and not any(_plural_form(pair.unit) == "2" for pair in pairs):
        return 2, without
    return int(forms), str(rule)


def _is_rule(rule: str) -> bool:
    try:
        gettext.c2py(rule)
    except (ValueError, RecursionError):
        return False
    return True


def _plural_form(unit: TranslationUnit) -> str | None:
    return dict(unit.attributes).get("plural-form")


def _messages(pairs: Iterable[Pair], forms: int) -> Iterator[Sequence[Pair]]:
    """What goes into one message each: units of plural forms that make up all of them, or one."""
    held: list[Pair] = []
    for pair in pairs:
        number = _plural_form(pair.unit)
        if held and number != str(len(held)):
            yield from ([each] for each in held)
            held = []
        if number != str(len(held)) or forms < 1:
            yield [pair]
            continue
        held.append(pair)
        if len(held) == forms:
            yield held
            held = []
    yield from ([each] for each in held)


def _entry(pairs: Sequence[Pair], forms: int) -> Any:
    import polib

    first = pairs[0]
    own = dict(first.unit.attributes)
    is_plural = len(pairs) > 1 or (forms == 1 and "msgid-plural" in own)
    source = _clean(own["msgid"] if is_plural and "msgid" in own else first.source.text)
    entry = polib.POEntry(msgid=source)
    if is_plural:
        plural = own.get("msgid-plural", pairs[-1].source.text)
        entry.msgid_plural = _like(_clean(plural), source)
        entry.msgstr_plural = {
            number: _like(_clean(pair.target.text), source) if pair.target else ""
            for number, pair in enumerate(pairs)
        }
    elif first.target:
        entry.msgstr = _like(_clean(first.target.text), source)
    if first.target and state_of(first.unit) == "draft":
        entry.flags.append("fuzzy")
    entry.tcomment = "\n".join(map(_clean, first.notes))
    extracted = []
    for remark in first.named:
        text = _clean(remark.text)
        if remark.name == "msgctxt":
            entry.msgctxt = text
        elif remark.name == "flag":
            entry.flags.append(text)
        elif remark.name == "reference":
            place, _, line = text.rpartition(":")
            entry.occurrences.append((place, line) if place and line.isdecimal() else (text, ""))
        elif remark.name == "previous-msgid":
            entry.previous_msgid = text
        elif remark.name == "extracted-comment":
            extracted.append(text)
        else:
            extracted.append(f"{remark.name}: {text}")
    entry.comment = "\n".join(extracted)
    return entry


def _clean(text: str) -> str:
    return clean_text(text).replace("\r\n", "\n").replace("\r", "\n")


def _like(translation: str, source: str) -> str:
    """A translation that begins and ends with a line feed where its source does."""
    inner = translation.strip("\n")
    if not inner:
        return ""
    before = len(source) - len(source.lstrip("\n"))
    after = len(source) - len(source.rstrip("\n"))
    return "\n" * before + inner + "\n" * after
