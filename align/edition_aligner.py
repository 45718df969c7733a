"""Aligns editions by the encoders of the settings, and says what the result depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from align import __version__
from align.beads import Alignment, Bead
from align.edition import Edition
from align.encoders import encoders_for, warm_encoder
from align.encoders.cards import knows
from align.errors import InputError
from align.languages import language_name
from align.progress import Advance
from align.resources import data_folder
from align.segmentation import Segment
from align.settings import Settings
from align.text import Span

if TYPE_CHECKING:
    from align.aligner.second_look import SecondEncoder
    from align.aligner.side import Side
    from align.encoders.base import Encoder

_DIGITS = 7


class EditionAligner:
    """Aligns editions, encoding each once, each pair by an encoder that knows both languages.

    Args:
        settings: Encoders, and how far the aligner looks.
        languages: Those of all editions.

    Raises:
        InputError: If an encoder cannot be had, both are one, or the first lacks a language.
        MissingExtraError: If an encoder needs packages that are not installed.
    """

    def __init__(self, settings: Settings, languages: list[str]) -> None:
        self._settings = settings
        self._encoder = self._load(settings.encoder)
        self._second = self._load(settings.second_encoder) if settings.second_encoder else None
        if self._second and self._second.fingerprint == self._encoder.fingerprint:
            raise InputError(
                f"the second encoder is the first one, {self._encoder.card.name}; choose another"
            )
        self._looked_again = self._anchors_used = False
        self._sides: dict[tuple[str, str], Side] = {}
        self._uncovered = {language for language in languages if not self._covers(language)}
        if self._uncovered and not settings.allow_uncovered:
            raise _uncovered_error(sorted(self._uncovered)[0], self._encoder)

    def align(self, source: Edition, target: Edition, advance: Advance | None) -> Alignment:
        """Aligns two editions.

        Args:
            source: The one.
            target: The other.
            advance: Told how many target segments are finished.

        Returns:
            Their alignment, doubtful beads looked at twice where the settings ask for it. Lines
            without text say nothing of what corresponds: they are left out of account, and stand
            alone or within a bead of the lines around them.
        """
        from align.aligner.aligner import align_sides
        from align.aligner.parameters import shipped_parameters

        encoder = self._encoder_of(source, target)
        source_side = self._side(source, encoder)
        target_side = self._side(target, encoder)
        alignment = align_sides(
            source_side,
            target_side,
            shipped_parameters(encoder.card.parameters),
            settings=self._settings.aligner,
            second=self._second_look(source, target) if encoder is self._encoder else None,
        )
        if advance:
            advance(len(target.segments))
        return _with_blank_lines(rounded(alignment), source, target)

    def signature(self, segmentation: str) -> str:
        """What the result depends on, in the manner of sacreBLEU's signatures."""
        options = self._settings.aligner
        parts = [
            f"align:{__version__}",
            f"encoder:{self._encoder.fingerprint}",
            f"model:{_fitted(self._encoder)}",
            segmentation,
            f"beads:{options.longest_side}/{options.largest_bead}",
            f"moves:{'yes' if options.moves else 'no'}",
            f"min-confidence:{self._settings.min_confidence:g}",
        ]
        if self._second and self._looked_again:
            parts.append(f"effort:best({self._second.fingerprint})")
        if self._uncovered:
            parts.append(f"by-anchors:{','.join(sorted(self._uncovered))}")
            if self._anchors_used:
                parts.append(f"model:{_fitted(_anchors())}")
        return "|".join(parts)

    def _encoder_of(self, source: Edition, target: Edition) -> Encoder:
        if self._uncovered & {source.language, target.language}:
            self._anchors_used = True
            return _anchors()
        return self._encoder

    def _side(self, edition: Edition, encoder: Encoder) -> Side:
        key = (edition.language, encoder.fingerprint)
        if key not in self._sides:
            (self._sides[key],) = _sides([edition], encoder, self._settings)
        return self._sides[key]

    def _second_look(self, source: Edition, target: Edition) -> SecondEncoder | None:
        """What encodes doubtful stretches of two editions again, if it knows their languages."""
        from align.aligner.second_look import SecondEncoder
        from align.sides import run_encoder

        second = self._second
        editions = source, target
        if not second or not all(knows(second.card, each.language) for each in editions):
            return None
        self._looked_again = True
        return SecondEncoder(
            *(
                run_encoder(
                    [segment.text for segment in _with_text(edition)],
                    second,
                    language=edition.language,
                    longest=self._settings.aligner.longest_side,
                )
                for edition in editions
            )
        )

    def _covers(self, language: str) -> bool:

        return knows(self._encoder.card, language)

    def _load(self, encoder: str | Encoder) -> Encoder:
        if not isinstance(encoder, str):
            return encoder
        return warm_encoder(encoder, cached=self._settings.cached, device=self._settings.device)


def encode_at_once(pairs: Iterable[tuple[EditionAligner, Edition, Edition]]) -> None:
    """Encodes the editions of many pairs in one pass, each for its aligner, which aligns it next.

    Args:
        pairs: Aligners of the same settings, each with the two editions that it is for.
    """
    waiting: dict[str, tuple[Encoder, list[tuple[EditionAligner, Edition]]]] = {}
    for aligner, source, target in pairs:
        encoder = aligner._encoder_of(source, target)
        of_encoder = waiting.setdefault(encoder.fingerprint, (encoder, []))[1]
        of_encoder += [(aligner, source), (aligner, target)]
    for encoder, editions in waiting.values():
        # Texts of one language share most of their tokens, and what is worked out of each token.
        editions.sort(key=lambda pair: pair[1].language)
        sides = _sides([edition for _, edition in editions], encoder, editions[0][0]._settings)
        for (aligner, edition), side in zip(editions, sides, strict=True):
            aligner._sides[edition.language, encoder.fingerprint] = side


def _sides(editions: Sequence[Edition], encoder: Encoder, settings: Settings) -> list[Side]:
    from align.sides import sides_of

    return sides_of(
        [
            (
                [segment.text for segment in _with_text(edition)],
                [segment.block for segment in _with_text(edition)],
                edition.language,
            )
            for edition in editions
        ],
        encoder,
        longest=settings.aligner.longest_side,
    )


def rounded(alignment: Alignment) -> Alignment:
    """An alignment without the last digits of its figures, which processors and threads decide."""

    def figure(value: float | None) -> float | None:
        return None if value is None else round(value, _DIGITS)

    beads = (
        replace(bead, score=figure(bead.score), confidence=figure(bead.confidence))
        for bead in alignment
    )
    return Alignment(tuple(beads), alignment.source_size, alignment.target_size)


def _with_text(edition: Edition) -> list[Segment]:
    return [segment for segment in edition.segments if segment.text]


def _with_blank_lines(alignment: Alignment, source: Edition, target: Edition) -> Alignment:
    """An alignment of the segments with text, numbered as all are, the others put back."""
    sizes = len(source.segments), len(target.segments)
    if sizes == (alignment.source_size, alignment.target_size):
        return alignment
    numbers = [
        [number for number, segment in enumerate(edition.segments) if segment.text]
        for edition in (source, target)
    ]
    spans = [
        (_renumbered(bead.source, numbers[0]), _renumbered(bead.target, numbers[1]))
        for bead in alignment
    ]
    blank = [
        iter(sorted({*range(size)} - {number for pair in spans for number in pair[side]}))
        for side, size in enumerate(sizes)
    ]
    waiting = [next(some, size) for some, size in zip(blank, sizes, strict=True)]
    reached = [0, 0]
    beads: list[Bead] = []

    def put_back(side: int, stop: int) -> None:
        """Adds the lines without text that stand before a place in one text."""
        while waiting[side] < stop:
            line = Span(waiting[side], waiting[side] + 1)
            beside = Span(reached[1 - side], reached[1 - side])
            beads.append(Bead(*((beside, line) if side else (line, beside)), None, 1.0))
            reached[side] = line.stop
            waiting[side] = next(blank[side], sizes[side])

    for bead, pair in zip(alignment, spans, strict=True):
        follows = [bool(pair[0]), bool(pair[1]) and not bead.moved]
        for side in (0, 1):
            if follows[side]:
                put_back(side, pair[side].start)
        placed = [span or Span(place, place) for span, place in zip(pair, reached, strict=True)]
        beads.append(replace(bead, source=placed[0], target=placed[1]))
        for side in (0, 1):
            if follows[side]:
                reached[side] = pair[side].stop
    for side in (0, 1):
        put_back(side, sizes[side])
    return Alignment(tuple(beads), *sizes)


def _renumbered(span: Span, numbers: Sequence[int]) -> Span:
    return Span(numbers[span.start], numbers[span.stop - 1] + 1) if span else span


def _fitted(encoder: Encoder) -> str:
    """The fitted parameters that go with an encoder, and which version of them."""
    return _version_of(encoder.card.parameters)


@cache
def _version_of(parameters: str) -> str:
    fitted = (data_folder("models") / "aligner" / f"{parameters}.toml").read_bytes()
    return f"{parameters}@{hashlib.sha256(fitted).hexdigest()[:8]}"


def _anchors() -> Encoder:
    return warm_encoder("anchors")


def _uncovered_error(language: str, encoder: Encoder) -> InputError:
    shown = f"{language} ({language_name(language)})"
    others = [name for name in encoders_for(language) if name != encoder.card.name]
    others_know_it = f"these do: {', '.join(others)} (--encoder); or " if others else ""
    return InputError(
        f"the encoder {encoder.card.name} does not know {shown}; {others_know_it}go on with "
        "--allow-uncovered: aligned by length, numbers and names, which is less reliable. If that "
        "is not the text's language, name it (-s, -t)"
    )
