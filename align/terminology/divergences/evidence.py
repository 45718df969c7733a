"""What speaks for a divergence at a mention, as a row of numbers that the judge reads.

What the single checks say is evidence beside the measurements: a check knows what its kind looks
like, and the judge has learnt from real translations how far to believe it. What is not known (the
other editions of a single translation, the sound of a word with a meaning) is NaN.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from align.terminology.divergences.context import GROUNDS, stands_in
from align.terminology.divergences.limits import word_frequencies
from align.terminology.tagging import general_frequency

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from align.findings import Severity
    from align.terminology.cut_passages import CutPassage
    from align.terminology.divergences.context import Context, Divergence
    from align.terminology.hits import Group, Hit
    from align.terminology.model import Term

_LOUDNESS: Mapping[Severity, float] = {"error": 3.0, "warning": 2.0, "note": 1.0}
_JUDGED = ("missing", "mistranslated", "inconsistent", "conflated", "untranslated")
_MEASURED = (
    "similarity", "inside", "outside", "links", "support", "outlying", "uncovered", "unheard",
    "known", "lacking", "present", "right",
)  # fmt: skip

FEATURES = (
    *(f"said by {ground}" for ground in GROUNDS),
    *(f"sure_{kind}" for kind in _JUDGED),
    *_MEASURED,
    # The rendering and the mention.
    "found", "nothing", "peers", "expected", "shortfall", "heard", "cover_least", "cover_mean",
    "contrast", "contrast_gain", "contrast_apart", "copied", "letters",
    # The term.
    "name", "abbreviation", "word", "phrase", "short", "words", "mentions", "everyday",
    "everyday_least", "vague", "name_within", "keeps_names", "other_term",
    # Its other mentions in this edition.
    "renderings", "rendered", "alike", "usual", "usual_share", "usual_fit", "usual_near",
    "usual_letters", "usual_stands", "usual_covers", "is_usual", "has_rival", "others_fit",
    "others_present", "others_similarity", "longer",
    # The other editions.
    "editions", "kept_elsewhere", "elsewhere_fit", "elsewhere_present", "elsewhere_present_least",
    "elsewhere_rank", "elsewhere_copied",
    # The passage.
    "bead", "bead_source", "bead_target", "length", "source_length", "lacking_beside",
)  # fmt: skip
"""Names of the columns, in their order."""


def evidence_of(
    contexts: Sequence[Context], said: Sequence[Sequence[Divergence]]
) -> NDArray[np.float64]:
    """What speaks for divergences at the mentions in one language.

    Args:
        contexts: The mentions.
        said: What the checks say of each.

    Returns:
        Shape (mentions, `FEATURES`).
    """
    lacking = _lacking_beside(contexts)
    lengths = [_length(context.hit) for context in contexts]
    known = [length for length in lengths if not math.isnan(length)]
    usual_length = float(np.median(known)) if known else 0.0
    standing = _Standing()
    terms = {id(each.term): each for each in contexts}
    everyday = {key: _everyday(each.term, each.pivot) for key, each in terms.items()}
    rows = [
        [
            *_of_checks(divergences),
            *(float(getattr(context.hit, name)) for name in _MEASURED),
            *_of_rendering(context),
            *_of_term(context, *everyday[id(context.term)]),
            *_of_others(context, standing),
            *_of_editions(context),
            *_of_passage(context.hit, length - usual_length),
            beside,
        ]
        for context, divergences, length, beside in zip(
            contexts, said, lengths, lacking, strict=True
        )
    ]
    return np.array(rows, dtype=np.float64).reshape(-1, len(FEATURES))


class _Standing:
    """In which passages the usual renderings stand, in any form; asked often, looked up once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bool] = {}
        self._of_term: dict[int, tuple[frozenset[int], int]] = {}

    def stands(self, group: Group, passage: CutPassage, language: str) -> bool:
        """Whether a rendering stands anywhere in a passage."""
        place = id(group), id(passage)
        if place not in self._known:
            self._known[place] = stands_in(group.key, passage, language)
        return self._known[place]

    def share(self, group: Group, groups: Sequence[Group], but: CutPassage, language: str) -> float:
        """In which share of the other passages with any of a term's renderings one stands."""
        if id(group) not in self._of_term:
            passages = {
                id(hit.passage): hit.passage
                for of_group in groups
                for hit in of_group.hits
                if hit.passage.target
            }
            count = sum(self.stands(group, passage, language) for passage in passages.values())
            self._of_term[id(group)] = frozenset(passages), count
        of_term, standing = self._of_term[id(group)]
        is_one = id(but) in of_term
        others = len(of_term) - is_one
        if not others:
            return math.nan
        return (standing - (is_one and self.stands(group, but, language))) / others


def _of_checks(divergences: Sequence[Divergence]) -> list[float]:
    said = {divergence.ground: _LOUDNESS[divergence.severity] for divergence in divergences}
    sure = {divergence.kind: divergence.confidence for divergence in reversed(divergences)}
    return [
        *(said.get(ground, 0.0) for ground in GROUNDS),
        *(sure.get(kind, 0.0) for kind in _JUDGED),
    ]


def _of_rendering(context: Context) -> list[float]:
    hit, contrast = context.hit, context.hit.contrast
    heard = hit.heard if hit.heard is not None and len(hit.heard) else None
    cover = hit.cover if hit.cover is not None and len(hit.cover) else None
    return [
        float(hit.target_span is not None),
        float(hit.vector is None),
        _known(hit.peers),
        _known(hit.expected),
        math.nan if hit.expected is None else hit.expected - hit.similarity,
        math.nan if heard is None else float(heard.min()),
        math.nan if cover is None else float(cover.min()),
        math.nan if cover is None else float(cover.mean()),
        math.nan if contrast is None else contrast.strength,
        math.nan if contrast is None else contrast.gain,
        math.nan if contrast is None else contrast.apart,
        len(hit.copied) / max(len(hit.mention.text.split()), 1),
        _letters(hit.mention.text, hit.text),
    ]


def _of_term(context: Context, everyday: float, everyday_least: float) -> list[float]:
    term, hit = context.term, context.hit
    return [
        float(hit.is_name),
        float(term.kind == "abbreviation"),
        float(term.kind == "word"),
        float(term.kind == "phrase"),
        float(hit.short),
        float(len(hit.mention.text.split())),
        float(len(term.mentions)),
        everyday,
        everyday_least,
        float(context.is_vague),
        float(context.name_within is not None),
        float(context.keeps_names),
        float(context.other_terms.get(hit.key) not in (None, term)),
    ]


def _of_others(context: Context, standing: _Standing) -> list[float]:
    """What the term's other mentions in this edition say."""
    hit, main, group, language = context.hit, context.main, context.group, context.language
    siblings = context.siblings
    rendered = sum(len(each.hits) for each in context.groups)
    near = letters = stands = covers = math.nan
    if main is not None:
        stands = float(standing.stands(main, hit.passage, language))
        covers = standing.share(main, context.groups, hit.passage, language)
        if main is not group and hit.vector is not None:
            vectors = [each.vector for each in main.hits if each.vector is not None]
            near = max((float(hit.vector @ vector) for vector in vectors), default=math.nan)
            letters = _letters(main.text, hit.text)
    length = len(hit.text)
    usual_length = float(np.mean([len(each.text) for each in siblings])) if siblings else math.nan
    return [
        float(len(context.groups)),
        float(rendered),
        float(len(group.hits)) if group else 0.0,
        float(len(main.hits)) if main else 0.0,
        len(main.hits) / rendered if main and rendered else math.nan,
        float(np.mean([each.fit for each in main.hits])) if main else math.nan,
        near,
        letters,
        stands,
        covers,
        float(context.is_main),
        float(context.has_rival),
        float(np.mean([each.fit for each in siblings])) if siblings else math.nan,
        float(np.mean([each.present for each in siblings])) if siblings else math.nan,
        float(np.mean([each.similarity for each in siblings])) if siblings else math.nan,
        length / usual_length if siblings and usual_length else math.nan,
    ]


def _of_editions(context: Context) -> list[float]:
    """What the other editions say."""
    others = [hit for hit in context.elsewhere.values() if hit.vector is not None]
    if not others:
        return [0.0, *[math.nan] * 6]
    fits = [hit.fit for hit in others]
    present = [hit.present for hit in others]
    return [
        float(len(others)),
        _known(context.consistency),
        float(np.median(fits)),
        float(np.median(present)),
        min(present),
        sum(fit < context.hit.fit for fit in fits) / len(fits),
        sum(bool(hit.copied) for hit in others) / len(others),
    ]


def _of_passage(hit: Hit, length: float) -> list[float]:
    bead = hit.passage.bead
    return [
        _known(bead.confidence),
        float(len(bead.source)),
        float(len(bead.target)),
        length,
        float(len(hit.passage.source)),
    ]


def _lacking_beside(contexts: Sequence[Context]) -> list[float]:
    """Share of the other mentions in the same passage that nothing seems to render."""
    lacks: dict[int, list[int]] = {}
    for context in contexts:
        of_passage = lacks.setdefault(id(context.hit.passage), [0, 0])
        of_passage[0] += context.lacks
        of_passage[1] += 1
    result = []
    for context in contexts:
        lacking, mentions = lacks[id(context.hit.passage)]
        others = mentions - 1
        result.append((lacking - context.lacks) / others if others else math.nan)
    return result


def _length(hit: Hit) -> float:
    """The translation's length against the source's, as a logarithm."""
    if not hit.passage.target or not hit.passage.source:
        return math.nan
    return math.log(len(hit.passage.target) / len(hit.passage.source))


def _everyday(term: Term, pivot: str) -> tuple[float, float]:
    """How often a term's words stand in everyday language, in the mean and at least."""
    frequencies = word_frequencies(term, pivot) or [
        general_frequency(word, pivot) for word in term.text.split()
    ]
    return sum(frequencies) / len(frequencies), min(frequencies)


def _letters(one: str, other: str) -> float:
    """The share of letters that two texts have in common."""
    from rapidfuzz.distance import DamerauLevenshtein

    return float(DamerauLevenshtein.normalized_similarity(one.casefold(), other.casefold()))


def _known(value: float | None) -> float:
    return math.nan if value is None else float(value)
