"""The article that a review makes: editions, alignments and units as the reviewers left them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from align.article import AlignedArticle
from align.beads import Alignment, Bead, Verdict
from align.documents.model import Block, Document
from align.edition import Edition
from align.review.log import entry_to_json
from align.segmentation.model import Segment
from align.text import Span
from align.units import join_units, pair_units

if TYPE_CHECKING:
    from align.review.alignment import ReviewedAlignment, ReviewedEdition, Row
    from align.review.history import Review


def reviewed_article(article: AlignedArticle, review: Review, *, of: str) -> AlignedArticle:
    """The article with all that was done to it.

    Rows that a reviewer made or accepted are beads of confidence 1 that say so; rows that are kept
    out of the memory are beads that join no unit. Texts that were edited, and segments that were
    cut or joined, are so in its editions; the files these were read from stay as they are.

    Args:
        article: The article before the review.
        review: The review.
        of: Name of the review, for `AlignedArticle.review`.
    """
    alignment = review.alignment
    editions = {
        language: _edition(edition, review.start.editions[language], alignment.editions[language])
        for language, edition in article.editions.items()
    }
    alignments = {language: _alignment(alignment, language) for language in article.alignments}
    if len(alignments) == 1 and all(len(unit.variants) > 1 for unit in article.units):
        (language,) = alignments  # a pair of texts, which has no unit of one language alone
        units = pair_units(
            editions[article.pivot],
            editions[language],
            alignments[language],
            min_confidence=article.min_confidence,
        )
    else:
        units = join_units(
            editions, alignments, pivot=article.pivot, min_confidence=article.min_confidence
        )
    return replace(
        article,
        editions=editions,
        alignments=alignments,
        units=tuple(units),
        signature=f"{article.signature}|review:{_digest(review)}",
        review=f"{of}: {summary_of(review)}",
    )


def summary_of(review: Review) -> str:
    """What reviewers did, in a few words, such as `3 rows corrected, 12 accepted, 1 dropped`."""
    verdicts = [verdict_of(row) for rows in review.alignment.pairs.values() for row in rows]
    corrected = verdicts.count("corrected")
    rows = f"{corrected} row{'' if corrected == 1 else 's'} corrected"
    parts = [f"{rows}, {verdicts.count('accepted')} accepted"]
    if dropped := verdicts.count("dropped"):
        parts.append(f"{dropped} dropped")
    marked = sum(row.status == "review" for rows in review.alignment.pairs.values() for row in rows)
    if marked:
        parts.append(f"{marked} to look at again")
    if review.conflicts:
        parts.append(f"{len(review.conflicts)} operations that could not be done")
    return ", ".join(parts)


def verdict_of(row: Row) -> Verdict | None:
    """What a reviewer made of a row; None where nobody decided on it."""
    if row.dropped:
        return "dropped"
    if not row.is_done:
        return None
    return "corrected" if row.by_hand else "accepted"


def _alignment(alignment: ReviewedAlignment, language: str) -> Alignment:
    source = alignment.editions[alignment.pivot].places
    target = alignment.editions[language].places
    beads = []
    reached = [0, 0]
    for row in alignment.pairs[language]:
        spans = [
            _span(keys, places, here)
            for keys, places, here in zip(
                (row.source, row.target), (source, target), reached, strict=True
            )
        ]
        if row.source:
            reached[0] = spans[0].stop
        if row.target and not row.moved:
            reached[1] = spans[1].stop
        verdict = verdict_of(row)
        sure = verdict in ("accepted", "corrected")
        beads.append(
            Bead(
                spans[0],
                spans[1],
                row.score,
                1.0 if sure else row.confidence,
                row.moved,
                verdict,
            )
        )
    return Alignment(tuple(beads), len(source), len(target))


def _span(keys: Sequence[str], places: Mapping[str, int], here: int) -> Span:
    return Span(places[keys[0]], places[keys[-1]] + 1) if keys else Span(here, here)


def _edition(edition: Edition, before: ReviewedEdition, after: ReviewedEdition) -> Edition:
    if after.segments == before.segments:
        return edition
    document = edition.document
    parts: list[str] = []
    segments: list[Segment] = []
    reached = 0
    for segment in after.segments:
        start = reached + len(segment.before)
        reached = start + len(segment.text)
        parts += [segment.before, segment.text]
        segments.append(Segment(segment.text, start, reached, segment.block))
    end = edition.segments[-1].stop if edition.segments else 0
    text = "".join(parts) + document.text[end:]
    blocks = _blocks(edition, segments, len(text))
    return replace(
        edition,
        document=Document(text, blocks, document.language),
        segments=tuple(segments),
    )


def _blocks(edition: Edition, segments: Sequence[Segment], size: int) -> tuple[Block, ...]:
    """The blocks of an edition in its changed text: each as far from its segments as it was."""
    old, new = _ends(edition.segments), _ends(segments)
    blocks = []
    shift = 0  # how much further what follows stands than it did
    for number, block in enumerate(edition.document.blocks):
        start, stop = block.start + shift, block.stop + shift
        if number in old:
            start = new[number][0] - (old[number][0] - block.start)
            stop = new[number][1] + (block.stop - old[number][1])
            shift = stop - block.stop
        blocks.append(replace(block, start=start, stop=min(stop, size)))
    return tuple(blocks)


def _ends(segments: Sequence[Segment]) -> dict[int, tuple[int, int]]:
    """Where the first segment of each block starts and the last stops."""
    ends: dict[int, tuple[int, int]] = {}
    for segment in segments:
        start, _ = ends.get(segment.block, (segment.start, 0))
        ends[segment.block] = (start, segment.stop)
    return ends


def _digest(review: Review) -> str:
    lines = [json.dumps(entry_to_json(entry)["operation"]) for entry in review.in_force]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]
