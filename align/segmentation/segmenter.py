"""The segmenter: cuts a document's blocks into segments as an SRX file says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from align.documents.model import Document
from align.languages.table import CHINESE_BY_REGION
from align.segmentation.items import items
from align.segmentation.model import Segment
from align.segmentation.quotation import directed

if TYPE_CHECKING:
    from choppa import SrxDocument


_RULES = "rules.srx"
_ALWAYS_ONE_SEGMENT = frozenset({"title", "heading"})


def default_rules() -> str:
    """The text of the SRX 2.0 file that `align` cuts texts by, for import into other tools."""
    return _default_bytes().decode()


class Segmenter:
    """Cuts texts into segments by SRX 2.0 rules.

    With the rules that `align` ships, what no rule can say is said beforehand: which straight
    quotation marks open (`quotation.py`), and where the items of a list in one line begin
    (`items.py`). A user's own rules are all that is applied.

    Args:
        srx: The user's own SRX file; None for the rules that `align` ships.

    Raises:
        InputError: If the file cannot be read or is not SRX 2.0; the message names the line.

    >>> Segmenter().split("Dr. Abe arrived at 3 p.m. today. “Sit down!” she said.", "en")
    ['Dr. Abe arrived at 3 p.m. today.', '“Sit down!” she said.']
    """

    def __init__(self, srx: Path | None = None) -> None:
        self._is_ours = srx is None
        if srx is None:
            data = _default_bytes()
            self._rules = _default_document()
        else:
            from align.documents.decoding import read_file
            from align.segmentation.srx import read_srx

            data = read_file(srx)
            self._rules = read_srx(data, path=srx)
        self._signature = f"srx:{hashlib.sha256(data).hexdigest()[:8]}"

    @property
    def signature(self) -> str:
        """`srx:` and the first eight hexadecimal digits of the SHA-256 of the SRX file."""
        return self._signature

    def segment(
        self, document: Document, language: str, *, most: int | None = None
    ) -> tuple[Segment, ...]:
        r"""Cuts the blocks of a document; a title or heading is one segment always.

        Args:
            document: The document.
            language: BCP 47 tag of its language; one without rules of its own gets the
                file's rules for all languages.
            most: After how many segments to stop; None for all of the document.

        Returns:
            The segments in the order of the blocks. None is empty, none crosses a block, and
            between two of them there is only white space or text outside the blocks.

        >>> from align.documents.model import Block, Document
        >>> text = "Is it far? No.\n\nIt is near. Look."
        >>> blocks = (Block("title", 0, 14), Block("paragraph", 16, 33))
        >>> for segment in Segmenter().segment(Document(text, blocks), "en"):
        ...     print(segment)
        Segment(text='Is it far? No.', start=0, stop=14, block=0)
        Segment(text='It is near.', start=16, stop=27, block=1)
        Segment(text='Look.', start=28, stop=33, block=1)
        """
        segments = (
            Segment(document.text[start:stop], start, stop, index)
            for index, block in enumerate(document.blocks)
            for start, stop in self._spans(
                document.text[block.start : block.stop],
                language,
                offset=block.start,
                whole=block.kind in _ALWAYS_ONE_SEGMENT,
            )
        )
        return tuple(islice(segments, most))

    def split(self, text: str, language: str) -> list[str]:
        """Cuts one text as one paragraph.

        Returns:
            The segments, white space at their ends removed; none is empty.

        >>> Segmenter().split("「もう遅い！」と彼は言った。雨がやんだ。", "ja")
        ['「もう遅い！」と彼は言った。', '雨がやんだ。']
        """
        return [text[start:stop] for start, stop in self._spans(text, language)]

    def _spans(
        self, text: str, language: str, *, offset: int = 0, whole: bool = False
    ) -> Iterator[tuple[int, int]]:
        for piece in [text] if whole else self._pieces(text, language):
            trimmed = piece.strip()
            if trimmed:
                start = offset + len(piece) - len(piece.lstrip())
                yield start, start + len(trimmed)
            offset += len(piece)

    def _pieces(self, text: str, language: str) -> Iterator[str]:
        from choppa import SrxTextIterator

        code = _code_in_file(self._rules, language)
        if not self._is_ours:
            yield from SrxTextIterator(self._rules, code, text)
            return
        start = 0
        for item in items(directed(text)):
            for piece in SrxTextIterator(self._rules, code, item):
                yield text[start : start + len(piece)]
                start += len(piece)


def _code_in_file(rules: SrxDocument, language: str) -> str:
    """The spelling of a tag that the most maps of the file know (tools write `ZH-CN`, `en_US`)."""
    spellings = [language, CHINESE_BY_REGION.get(language, language)]
    spellings += [spelling.replace("-", "_") for spelling in spellings]
    spellings += [spelling.upper() for spelling in spellings]
    return max(spellings, key=lambda spelling: len(rules.get_language_rule_list(spelling)))


@cache
def _default_bytes() -> bytes:
    return files("align.segmentation").joinpath(_RULES).read_bytes()


@cache
def _default_document() -> SrxDocument:
    from align.segmentation.srx import read_srx

    return read_srx(_default_bytes(), path=_RULES, check=False)
