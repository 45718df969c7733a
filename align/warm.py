"""An aligner kept warm: models are loaded once, many short documents encoded together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from align.article import AlignedArticle
from align.edition_aligner import EditionAligner, encode_at_once
from align.encoders import warm_encoder
from align.errors import AlignError
from align.pipeline import SEGMENTED, PreparedPair, Text, TextPair, build, pair, prepare_pair
from align.progress import StartProgress
from align.settings import Settings

SEGMENTS_AT_ONCE = 1_500
"""Segments of both sides from which on waiting pairs are encoded: some 12 MB of vectors."""


class Aligner:
    """Aligns with one choice of settings, its encoders loaded and kept.

    Threads may share one; processes get one each by pickling, which takes the settings along and
    loads the encoders where it arrives. Results are those of `align.pair` and `align.build`, whose
    vectors may differ in the seventh digit where many documents are encoded at once.

    Args:
        settings: Encoder, segmentation rules and the like.

    Raises:
        InputError: If an encoder cannot be had.
        MissingExtraError: If an encoder needs packages that are not installed.

    Example:
        >>> aligner = Aligner()
        >>> texts = TextPair("rain", "It rains. Take a coat.", "Il pleut. Prends un manteau.")
        >>> [len(result.units) for result in aligner.pairs([texts])]
        [2]
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        usual = self.settings
        encoder, second = usual.encoder, usual.second_encoder
        if isinstance(encoder, str):
            encoder = warm_encoder(encoder, cached=usual.cached, device=usual.device)
        if isinstance(second, str):
            second = warm_encoder(second, cached=usual.cached, device=usual.device)
        self._settings = replace(usual, encoder=encoder, second_encoder=second)

    def __reduce__(self) -> tuple[type[Aligner], tuple[Settings]]:
        return type(self), (self.settings,)

    @property
    def signature(self) -> str:
        """What results depend on, whatever the languages; that of a result may say more."""
        return self.signature_of(segmented=False)

    def signature_of(self, *, segmented: bool) -> str:
        """The signature of texts that have a segment a line, or of those that are cut."""
        from align.segmentation import Segmenter

        segmentation = SEGMENTED
        if not segmented:
            srx = self.settings.srx
            segmentation = Segmenter(None if srx is None else Path(srx)).signature
        return EditionAligner(self._settings, []).signature(segmentation)

    def pair(
        self,
        source: Text,
        target: Text,
        *,
        source_language: str | None = None,
        target_language: str | None = None,
        segmented: bool = False,
        progress: StartProgress | None = None,
        name: str = "pair",
    ) -> AlignedArticle:
        """Aligns two texts; arguments, result and errors are those of `align.pair`."""
        return pair(
            source,
            target,
            source_language=source_language,
            target_language=target_language,
            segmented=segmented,
            settings=self._settings,
            progress=progress,
            name=name,
        )

    def build(
        self,
        folder: Path | str,
        *,
        pivot: str | None = None,
        progress: StartProgress | None = None,
    ) -> AlignedArticle:
        """Aligns a folder's editions; arguments, result and errors are those of `align.build`."""
        return build(folder, pivot=pivot, settings=self._settings, progress=progress)

    def pairs(self, texts: Iterable[TextPair]) -> Iterator[AlignedArticle]:
        """Aligns many pairs of texts, encoding short ones together.

        Args:
            texts: The pairs; they are taken as they are needed, so there may be any number.

        Yields:
            The result of each, in order.

        Raises:
            InputError: When the turn of a pair comes that cannot be aligned.
        """
        for outcome in self.outcomes(texts):
            if isinstance(outcome, AlignError):
                raise outcome
            yield outcome

    def outcomes(self, texts: Iterable[TextPair]) -> Iterator[AlignedArticle | AlignError]:
        """Aligns many pairs of texts as `pairs` does, and goes on after one that it cannot align.

        Yields:
            For each pair, in order, its result, or the error that says why there is none.
        """
        waiting: list[PreparedPair | AlignError] = []
        segments = 0
        for each in texts:
            prepared = self._prepared(each)
            size = 0
            if isinstance(prepared, PreparedPair):
                size = len(prepared.source.segments) + len(prepared.target.segments)
            if waiting and segments + size > SEGMENTS_AT_ONCE:
                yield from self._aligned(waiting)
                waiting, segments = [], 0
            waiting.append(prepared)
            segments += size
        yield from self._aligned(waiting)

    def _prepared(self, texts: TextPair) -> PreparedPair | AlignError:
        try:
            return prepare_pair(texts, self._settings)
        except AlignError as error:
            return error

    def _aligned(
        self, waiting: list[PreparedPair | AlignError]
    ) -> Iterator[AlignedArticle | AlignError]:
        aligners: dict[int, EditionAligner] = {}
        outcomes: dict[int, AlignError] = {}
        for index, each in enumerate(waiting):
            if isinstance(each, AlignError):
                outcomes[index] = each
                continue
            try:
                aligners[index] = each.aligner(self._settings)
            except AlignError as error:
                outcomes[index] = error
        prepared = [(aligner, waiting[index]) for index, aligner in aligners.items()]
        encode_at_once(
            (aligner, each.source, each.target)
            for aligner, each in prepared
            if isinstance(each, PreparedPair)
        )
        for index, each in enumerate(waiting):
            # Taken out, so that the vectors of what is done are not held any longer.
            aligner = aligners.pop(index, None)
            if aligner is None or isinstance(each, AlignError):
                yield outcomes[index]
            else:
                yield each.aligned(aligner, self._settings)
