"""Aligns what a reviewer has not decided anew, between what is fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from align.aligner.parameters import shipped_parameters
from align.aligner.realigning import Realigner
from align.beads import Bead
from align.encoders import load_encoder
from align.encoders.cards import knows
from align.review.arranging import rows_of
from align.review.operations import NewRow, OperationError, Realign
from align.settings import Settings
from align.sides import side_of
from align.text import Span

if TYPE_CHECKING:
    from align.aligner.side import Side
    from align.encoders.base import Encoder
    from align.review.alignment import ReviewedAlignment, Row

_AS_SURE = 0.005  # a row whose confidence changes by less stays as it is


class Realigning:
    """Aligns rows of an article anew, encoding only texts that changed.

    Args:
        settings: The encoder, and how far the aligner looks.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._encoders: dict[str, Encoder] = {}
        self._sides: dict[tuple[str, str], tuple[object, Side]] = {}
        self._ready: dict[str, tuple[Side, Side, Realigner]] = {}

    def realign(self, alignment: ReviewedAlignment, language: str) -> Realign:
        """Works out what the aligner makes of the rows that nobody decided on.

        Rows that a reviewer made, accepted, pinned or dropped are fixed, and so are rows out of
        order and lines without text.

        Args:
            alignment: The alignment under review.
            language: The translation.

        Returns:
            The operation that puts the new rows in the place of those that change.

        Raises:
            OperationError: If nothing would change.
            InputError: If the encoder cannot be had.
        """
        rows = rows_of(alignment, language)
        realigner = self._realigner(alignment, language)
        sides = alignment.editions[alignment.pivot], alignment.editions[language]
        keys = [list(side.places) for side in sides]
        places = [side.places for side in sides]
        blank = [{s.key for s in side.segments if not s.text.strip()} for side in sides]
        fixed: list[Bead] = []
        free: dict[tuple[tuple[str, ...], tuple[str, ...]], Row] = {}
        for row in rows:
            without_text = not (blank[0].isdisjoint(row.source) and blank[1].isdisjoint(row.target))
            if row.is_done or row.moved or without_text:
                spans = (_span(row.source, places[0]), _span(row.target, places[1]))
                fixed.append(Bead(*spans, moved=row.moved))
            else:
                free[row.source, row.target] = row
        new = [
            NewRow(
                tuple(keys[0][place] for place in bead.source),
                tuple(keys[1][place] for place in bead.target),
                bead.score,
                bead.confidence,
            )
            for bead in realigner.align(fixed)
        ]
        changed = [row for row in new if not _is_as(free.get((row.source, row.target)), row)]
        if not changed:
            raise OperationError("nothing changes: what is not decided is aligned as it was")
        return Realign(language, tuple(changed))

    def prepare(self, alignment: ReviewedAlignment, language: str) -> None:
        """Encodes the texts of a pair, so that the first re-alignment is as quick as the others."""
        self._realigner(alignment, language)

    def _realigner(self, alignment: ReviewedAlignment, language: str) -> Realigner:
        names = (alignment.pivot, language)
        encoder = self._encoder(names)
        source, target = (self._side(alignment, name, encoder) for name in names)
        ready = self._ready.get(language)
        if ready is None or ready[0] is not source or ready[1] is not target:
            parameters = shipped_parameters(encoder.card.parameters)
            realigner = Realigner(source, target, parameters, self._settings.aligner)
            ready = self._ready[language] = (source, target, realigner)
        return ready[2]

    def _side(self, alignment: ReviewedAlignment, language: str, encoder: Encoder) -> Side:
        edition = alignment.editions[language]
        key = language, encoder.fingerprint
        if key not in self._sides or self._sides[key][0] is not edition:
            side = side_of(
                [segment.text for segment in edition.segments],
                [segment.block for segment in edition.segments],
                encoder,
                language=language,
                longest=self._settings.aligner.longest_side,
            )
            self._sides[key] = edition, side
        return self._sides[key][1]

    def _encoder(self, languages: Sequence[str]) -> Encoder:
        named = self._settings.encoder
        encoder = self._loaded(named) if isinstance(named, str) else named
        if all(knows(encoder.card, language) for language in languages):
            return encoder
        return self._loaded("anchors")

    def _loaded(self, name: str) -> Encoder:
        if name not in self._encoders:
            self._encoders[name] = load_encoder(
                name, cached=self._settings.cached, device=self._settings.device
            )
        return self._encoders[name]


def _span(keys: Sequence[str], places: Mapping[str, int]) -> Span:
    return Span(places[keys[0]], places[keys[-1]] + 1) if keys else Span(0, 0)


def _is_as(old: Row | None, new: NewRow) -> bool:
    if old is None or old.confidence is None or new.confidence is None:
        return False
    return abs(old.confidence - new.confidence) < _AS_SURE
