"""The figures of an alignment, for tables and reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from align.article import AlignedArticle
from align.beads import Alignment, Bead
from align.documents.model import OUTSIDE
from align.languages import (
    is_known_tag,
    language_name,
    normalise_tag,
    other_language,
    same_language,
)
from align.units import is_accepted

if TYPE_CHECKING:
    from align.documents.model import Document
    from align.edition import Edition
    from align.settings import Settings

DOUBTFUL_BELOW = 0.75
"""An aligned bead less sure than this deserves a person's look."""

NOT_FOLLOWED = "whose terms were not followed"
"""What becomes of passages that are too long, where terms are followed; for `too_long`."""

_APART_BELOW = 0.4  # texts that do translate one another have well over a half
_MUCH_OUTSIDE = 0.25  # of an article's length: what stands beside it and is no known furniture
_LEAST_SEGMENTS = 5  # fewer of true translations are warned of too, one in ten


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one translation.

    Attributes:
        source_segments: Segments of the pivot.
        target_segments: Segments of the translation.
        beads: Beads of any kind, unaligned segments included.
        kinds: Beads by kind, as `Alignment.kinds` counts them.
        source_aligned: Share of the pivot's segments that have a counterpart; None without any.
        target_aligned: Share of the translation's segments that have one.
        units: Beads sure enough for a translation memory.
        held_back: Aligned beads that are not.
        doubtful: Aligned beads that a person should look at.
        unaligned: Segments without a counterpart, on either side.
        mean_confidence: Mean confidence of the aligned beads; None where none has one.
    """

    source_segments: int
    target_segments: int
    beads: int
    kinds: Mapping[str, int]
    source_aligned: float | None
    target_aligned: float | None
    units: int
    held_back: int
    doubtful: int
    unaligned: int
    mean_confidence: float | None


def summarise(alignment: Alignment, *, min_confidence: float) -> Summary:
    """Counts what an alignment holds."""
    beads = list(alignment)
    aligned = [bead for bead in beads if bead.is_aligned]
    confidences = [bead.confidence for bead in aligned if bead.confidence is not None]
    units = sum(is_accepted(bead, min_confidence) for bead in aligned)
    return Summary(
        source_segments=alignment.source_size,
        target_segments=alignment.target_size,
        beads=len(beads),
        kinds=alignment.kinds(),
        source_aligned=_share(sum(len(bead.source) for bead in aligned), alignment.source_size),
        target_aligned=_share(sum(len(bead.target) for bead in aligned), alignment.target_size),
        units=units,
        held_back=len(aligned) - units,
        doubtful=sum(is_doubtful(bead, min_confidence) for bead in aligned),
        unaligned=len(beads) - len(aligned),
        mean_confidence=fmean(confidences) if confidences else None,
    )


def is_doubtful(bead: Bead, min_confidence: float) -> bool:
    """Whether a bead is aligned but not sure enough to go unseen."""
    if not bead.is_aligned or bead.confidence is None:
        return False
    return bead.confidence < max(DOUBTFUL_BELOW, min_confidence)


def texts_apart(article: AlignedArticle) -> tuple[str, ...]:
    """What to tell a user of editions that do not seem to translate the pivot.

    Returns:
        A warning for each edition of which less than two fifths are in sure beads, on the side that
        has more of it in them: an edition that leaves out most of the text is none.
    """
    warnings = []
    for language, alignment in article.alignments.items():
        sizes = alignment.source_size, alignment.target_size
        sure = [bead for bead in alignment if is_accepted(bead, article.min_confidence)]
        shares = (
            sum(len(bead.source) for bead in sure) / max(sizes[0], 1),
            sum(len(bead.target) for bead in sure) / max(sizes[1], 1),
        )
        if min(sizes) >= _LEAST_SEGMENTS and max(shares) < _APART_BELOW:
            warnings.append(
                f"{language}: only {max(shares):.0%} of the segments have a sure counterpart in "
                f"{article.pivot}; are these texts translations of each other?"
            )
    return tuple(warnings)


def misnamed(article: AlignedArticle, languages: Sequence[str] | None = None) -> tuple[str, ...]:
    """What to tell a user of editions whose name, declaration and text disagree on the language.

    That is, where the name of a file, what it declares (`lang`) and its text disagree.

    Args:
        article: The article.
        languages: The translations to look at, beside the pivot; all where not given.

    Returns:
        One warning for each.
    """
    warnings = []
    for tag in (article.pivot, *(article.alignments if languages is None else languages)):
        document = article.editions[tag].document
        doubts = []
        declared = document.language
        if declared and is_known_tag(declared) and not same_language(declared, tag):
            doubts.append(f"declares {language_name(normalise_tag(declared))}")
        if looks := other_language(document.text, tag):
            doubts.append(f"looks like {language_name(looks)}")
        if doubts:
            warnings.append(
                f"{article.editions[tag].file or f'the text in {tag}'}: {' and '.join(doubts)}, is "
                f"taken for {language_name(tag)}; name its language (-s, -t) or rename the file"
            )
    return tuple(warnings)


def too_long(
    article: AlignedArticle, languages: Sequence[str] | None = None, *, left_out: str
) -> tuple[str, ...]:
    """What to tell a user of passages that are too long to be looked at word by word.

    Args:
        article: The article.
        languages: Of its translations; all of them if not given.
        left_out: What became of the passages, as "which were not checked".

    Returns:
        One warning for each translation that has such passages.
    """
    from align.passages import LONGEST_PASSAGE, passages_of

    source = article.editions[article.pivot]
    warnings = []
    for tag in article.alignments if languages is None else languages:
        passages = passages_of(source, article.editions[tag], article.alignments[tag])
        if count := sum(passage.is_too_long for passage in passages):
            warnings.append(
                f"{tag}: passages of more than {LONGEST_PASSAGE:,} characters, the limit, "
                f"{left_out}: {count}; cut the texts into sentences"
            )
    return tuple(warnings)


def left_to_first_encoder(languages: Sequence[str], settings: Settings) -> tuple[str, ...]:
    """What to tell a user of languages that the second encoder does not know.

    Args:
        languages: Those of all editions, the pivot first.
        settings: By which they were aligned.

    Returns:
        One warning where there are any, none without a second encoder.
    """
    from align.encoders import find_card
    from align.encoders.cards import knows

    second = settings.second_encoder
    if second is None:
        return ()
    card = find_card(second) if isinstance(second, str) else second.card
    unknown = [tag for tag in languages if not knows(card, tag)]
    if not unknown:
        return ()
    named = ", ".join(f"{tag} ({language_name(tag)})" for tag in unknown)
    return (f"the second encoder {card.name} does not know {named}; the first alone judges there",)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def left_out_by_reason(document: Document) -> dict[str, int]:
    """How many texts of a file are not in its document, by what they are, the most first."""
    return dict(Counter(each.why for each in document.left_out).most_common())


def left_out_lines(edition: Edition) -> Iterator[str]:
    """A line for each text of an edition's file that was left out: where, why, what."""
    for each in edition.document.left_out:
        place = ":".join(str(part) for part in (edition.file, each.line) if part is not None)
        yield f"{place or edition.language}: left out ({each.why}): {each.text}"


def read_with_doubt(editions: Iterable[Edition]) -> list[str]:
    """Warns of files of which their readers know that they may be read wrongly."""
    return [
        f"{each.file or each.language}: {each.document.doubt}"
        for each in editions
        if each.document.doubt
    ]


def much_left_out(editions: Iterable[Edition]) -> list[str]:
    """Warns of pages of which much was left out that is known to be nothing but outside."""
    warnings = []
    for edition in editions:
        outside = [each.text for each in edition.document.left_out if each.why == OUTSIDE]
        if sum(map(len, outside)) > _MUCH_OUTSIDE * len(edition.document.text):
            share = f"{len(outside)} texts of {sum(map(len, outside)):,} characters"
            name = edition.file or edition.language
            warnings.append(
                f"{name}: {share} were left out as not the article's; --show-dropped shows them"
            )
    return warnings
