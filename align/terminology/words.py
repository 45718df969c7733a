"""Cuts a text into words, the smallest pieces that a term or a rendering is made of.

Languages that write spaces go by Unicode's letters. Those that do not are cut by a morphological
analyser, which is loaded when the language is first met: their profiles name one of `_CUTTERS`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import regex

from align.languages.arabic import PROCLITICS, without_marks, without_proclitics
from align.languages.profile import profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from align.languages.profile import Profile

_LETTERS = r"\p{L}\p{M}\p{N}"
_WORD = regex.compile(
    rf"\d+(?:[.,٫٬\u00a0\u202f]\d+)+|[{_LETTERS}]+(?:[-‐‑'’][{_LETTERS}]+)*"
    r"|(?:\p{Lu}\.){2,}"
)
_CLITIC = regex.compile(r"['’]")
_MARK = regex.compile(r"[\s\p{P}\p{S}--[%％]]+", regex.V1)
_PART_OF_NAME = regex.compile(r"[^・＝]+")
_NUMBER = regex.compile(r"[\p{N}.,٫٬\u00a0\u202f]+")

# What may stand between two words of one term: nothing, spaces, a hyphen, an apostrophe, the
# points between the parts of a foreign name; a comma where it comes before a participle
# ("порядок, основанный на правилах").
_JOINT = regex.compile(r"[\s\u200b\u200c]*|[-‐‑–'’・·‧=＝.]| & ")
_JOINT_WITH_COMMA = regex.compile(rf"{_JOINT.pattern}|, ")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text.

    Attributes:
        start: Offset of its first character, clitics that are written on to it left out.
        stop: Offset after its last character.
        text: What stands there.
        opens: Whether a term may begin with it.
        closes: Whether a term may end with it.
        joined: Whether it may belong to one term with the word before it.
        tag: Its part of speech where the analyser tells (`ja`, `zh`), in the analyser's terms.
        reading: How it is read where its writing does not say (`ja`), in katakana.
    """

    start: int
    stop: int
    text: str
    opens: bool
    closes: bool
    joined: bool
    tag: str = ""
    reading: str = ""


def words_of(texts: Sequence[str], language: str) -> list[tuple[Word, ...]]:
    """Cuts the texts of one edition into words.

    Args:
        texts: The texts, all of one edition: what stands in one helps to cut another.
        language: BCP 47 tag.

    Returns:
        The words of each text, in its order.

    >>> [[word.text for word in words] for words in words_of(["d’autonomie stratégique"], "fr")]
    [['d', 'autonomie', 'stratégique']]
    """
    cutter = _CUTTERS.get(profile(language).analyser, _spaced)
    return cutter(texts, language)


def _spaced(texts: Sequence[str], language: str) -> list[tuple[Word, ...]]:
    functional = profile(language).function_words
    elided = profile(language).elided
    result = []
    for text in texts:
        words: list[Word] = []
        for start, stop in _spaced_pieces(text, elided):
            piece = text[start:stop]
            plain = piece.lower().replace("’", "'")
            edge = plain not in functional and not _NUMBER.fullmatch(piece)
            words.append(
                Word(start, stop, piece, edge, edge, _joined(text, words, start, language))
            )
        result.append(tuple(words))
    return result


def _spaced_pieces(text: str, elided: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The words' places: elided articles and the English genitive are words of their own."""
    for match in _WORD.finditer(text):
        start, stop = match.span()
        mark = _CLITIC.search(text, start, stop)
        if mark and text[start : mark.start()].lower() in elided:
            yield start, mark.start()
            start = mark.end()
        elif mark and text[mark.end() : stop].lower() == "s":
            stop = mark.start()
        if start < stop:
            yield start, stop


def _arabic(texts: Sequence[str], language: str) -> list[tuple[Word, ...]]:
    """As languages with spaces, but conjunctions and prepositions written on are left out."""
    functional = profile(language).function_words
    pieces = [[match.span() for match in _WORD.finditer(text)] for text in texts]
    seen = {
        without_marks(text[start:stop])
        for text, spans in zip(texts, pieces, strict=True)
        for start, stop in spans
    }
    known = seen | {"ال" + word for word in seen} | {word.removeprefix("ال") for word in seen}
    # What stands after two different letters of these is a word, too.
    after = Counter(word[1:] for word in seen if word.startswith(tuple(PROCLITICS)))
    known |= {rest for rest, often in after.items() if often > 1 and len(rest) > 2}
    result = []
    for text, spans in zip(texts, pieces, strict=True):
        words: list[Word] = []
        for start, stop in spans:
            piece = text[start:stop]
            bare = without_proclitics(piece, known)
            edge = not (
                piece in functional
                or bare in functional
                or _NUMBER.fullmatch(bare)
                or len(bare) < 2
            )
            place = stop - len(bare)
            words.append(Word(place, stop, bare, edge, edge, _joined(text, words, start, language)))
        result.append(tuple(words))
    return result


def _japanese(texts: Sequence[str], language: str) -> list[tuple[Word, ...]]:
    cut = _lindera()
    known = profile(language)
    tags = known.analyser_tags
    result = []
    for text in texts:
        words: list[Word] = []
        encoded = text.encode()
        reached = stop = 0
        for token in cut(text):
            start = stop + len(encoded[reached : token.byte_start].decode())
            stop = start + len(token.surface)
            reached = token.byte_end
            if _MARK.fullmatch(token.surface):
                continue
            tag, base, reading = _ipadic(token.details)
            number = _NUMBER.fullmatch(token.surface) is not None
            weak = number or tag.startswith(tags["weak"]) or base in known.light_words
            # A name that is not in the dictionary is one word, the points between its parts too.
            parts = [*_PART_OF_NAME.finditer(token.surface)]
            for part in parts:
                words.append(
                    Word(
                        start + part.start(),
                        start + part.end(),
                        part[0],
                        opens=not (weak or tag.startswith(tags["never_first"])),
                        closes=not (weak or tag.startswith(tags["never_last"]))
                        and part[0] not in known.titles_after_names,
                        joined=_joined(text, words, start + part.start(), language),
                        tag=tag,
                        reading=reading if len(parts) == 1 else "",
                    )
                )
        result.append(tuple(words))
    return result


def _ipadic(details: Sequence[str]) -> tuple[str, str, str]:
    """A word's part of speech with what kind of that it is, its dictionary form and its reading.

    Affixes are parts of speech of their own; counters ("年", "社") are nouns, as they are where
    no number stands before them.
    """
    kind, subkind, detail, _, _, _, base, reading, _ = details
    if kind == "接頭詞":
        kind = "接頭辞"
    elif (kind, subkind) == ("名詞", "接尾"):
        kind, subkind = ("名詞" if detail == "助数詞" else "接尾辞"), detail
    return f"{kind}-{subkind}", base, reading.strip("*")


@lru_cache(maxsize=1)
def _lindera() -> Callable[[str], Iterable[Any]]:
    from lindera import TokenizerBuilder

    builder = TokenizerBuilder()
    builder.set_dictionary("embedded://ipadic")
    tokenize: Callable[[str], Iterable[Any]] = builder.build().tokenize
    return tokenize


def _chinese(texts: Sequence[str], language: str) -> list[tuple[Word, ...]]:
    import rjieba

    from align.languages.chinese import characters_simplified

    known = profile(language)
    result = []
    for text in texts:
        words: list[Word] = []
        offset = 0
        for piece, tag in rjieba.tag(characters_simplified(text)):
            start, stop = offset, offset + len(piece)
            offset = stop
            if not _WORD.search(piece):
                continue
            weak = (
                _is_weak(piece, tag, known)
                or piece in known.light_words
                or piece.startswith(known.pointing)
                or all(_NUMBER.match(one) or one in known.numerals for one in piece)
            )
            words.append(
                Word(
                    start,
                    stop,
                    text[start:stop],
                    opens=not weak or piece in known.term_openers,
                    closes=not weak and piece not in known.titles_after_names,
                    joined=_joined(text, words, start, language),
                    tag=tag,
                )
            )
        result.append(tuple(words))
    return result


def _is_weak(piece: str, tag: str, known: Profile) -> bool:
    """Whether a Chinese word is one of grammar; "北方" is not, though its tag is of place."""
    if tag == "f" and len(piece) > 1:
        return piece in known.function_words
    # "AI" is a word like any other; its tag only begins as that of interjections does.
    return tag.startswith(known.analyser_tags["weak"]) and tag != "eng" and len(piece) < 3


def _joined(text: str, words: Sequence[Word], start: int, language: str) -> bool:
    joint = _JOINT_WITH_COMMA if profile(language).comma_in_terms else _JOINT
    return bool(words) and joint.fullmatch(text, words[-1].stop, start) is not None


_CUTTERS: dict[str, Callable[[Sequence[str], str], list[tuple[Word, ...]]]] = {
    "arabic": _arabic,
    "lindera": _japanese,
    "jieba": _chinese,
}
