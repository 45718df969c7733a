"""What speaks for and against each rendering: of itself, of the edition, of the other editions.

The evidence is a row of numbers a mention (`FEATURES`), the same for one translation alone and for
many together; what is not known is NaN. The judge learns what it is worth.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import regex

from align.languages.chinese import han_alike
from align.languages.profile import profile
from align.languages.scripts import scripts_of
from align.terminology.forms import form_key, is_shorter_form, same_form
from align.terminology.tagging import general_frequency, is_transcribed
from align.terminology.toponyms import place_names, places_called, places_in
from align.terminology.usual import Standing, usual_renderings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from align.encoders.base import FloatArray
    from align.terminology.hits import Hit, Rows
    from align.terminology.model import Term
    from align.terminology.usual import Usual

_PEERS = 3
"""How many other languages judge a rendering: those that agree best, for some may be wrong."""

_FEWEST_PEERS = 2
_NEARBY = 20  # mentions before and after one
_FEWEST_LETTERS = 4  # of a word that another is a misspelling of
_USUALLY = 0.5  # share of passages from which on a rendering is the usual one
_LATIN, _LETTER = regex.compile(r"\p{Latin}"), regex.compile(r"\p{L}")
_LATIN_WORD = regex.compile(r"\p{Latin}[\p{Latin}\p{M}\p{N}’'-]*")
_HAN = regex.compile(r"\p{Han}{2,}")


@dataclass(frozen=True, slots=True)
class LanguageEvidence:
    """All that one language says of itself.

    Attributes:
        language: BCP 47 tag.
        pivot: BCP 47 tag of the pivot.
        rows: For each term, what is found for its mentions.
        usual: Likewise, what usually renders the term.
        own: Shape (mentions, features of its own), float64; the mentions term by term.
        earlier: For each term, what is found for its mentions in a memory, if there is one.
    """

    language: str
    pivot: str
    rows: Rows
    usual: list[list[Usual | None]]
    own: FloatArray
    earlier: Rows = ()


OWN = (
    "found", "similarity", "inside", "outside", "links", "support", "share", "known", "lacking",
    "cover_least", "cover_mean", "words", "words_found", "mentions", "everyday", "name",
    "abbreviation", "phrase", "coinage", "segments", "passage_words", "copied", "verbatim",
    "latin", "run", "bracket", "capital", "heard", "heard_elsewhere", "place", "other_place",
    "usual_share", "usual_passages", "usual_stands", "usual_common", "usual_near",
    "usual_letters", "usual_form", "usual_partly", "near_miss", "part_stands", "own_sound",
    "alike", "other_term", "copied_elsewhere", "length",
)  # fmt: skip
ACROSS = (
    "others", "peers", "shortfall", "outlying", "uncovered", "uncovered_mean", "unheard",
    "others_heard", "others_similarity", "others_least", "others_stand", "others_usual",
    "others_copied", "han", "letter_by_letter",
)  # fmt: skip
FEATURES = OWN + ACROSS


def own_evidence(
    rows: Rows, terms: Sequence[Term], language: str, pivot: str, earlier: Rows = ()
) -> LanguageEvidence:
    """What one edition says of the renderings in it.

    Args:
        rows: What was found for the terms' mentions.
        terms: The terms.
        language: BCP 47 tag of the edition.
        pivot: BCP 47 tag of the pivot.
        earlier: What was found for the same terms in a memory, if there is one.
    """
    stand = Standing(language)
    usual = usual_renderings(rows, stand, earlier)
    parts = _renderings_of_parts(rows, usual, terms, pivot)
    kept = _kept_for(rows, terms)
    latin = _is_latin(rows)
    lengths = [
        len(hit.passage.target) / max(len(hit.passage.source), 1)
        for row in rows for hit in row if hit.passage.target
    ]  # fmt: skip
    usual_length = float(np.median(lengths)) if lengths else 1.0
    everyday = [_everyday(term, pivot) for term in terms]
    data = []
    for term, row, usuals, frequency in zip(terms, rows, usual, everyday, strict=True):
        copied = [bool(hit.copied) for hit in row]
        heard = [
            float(hit.heard.min()) if hit.heard is not None and len(hit.heard) else math.nan
            for hit in row
        ]
        alike = _alike(row)
        for at, (hit, habit) in enumerate(zip(row, usuals, strict=True)):
            data.append(
                [
                    *_of_itself(hit, term, frequency, latin, language, pivot),
                    heard[at],
                    _usually_heard(heard, at),
                    *_places(hit, language, pivot),
                    *_against_usual(hit, habit),
                    _near_miss(hit) if hit.is_name else math.nan,
                    _part_stands(hit, parts, stand),
                    float(profile(language).names_heard),
                    alike[hit.short, hit.key],
                    _other_term(hit, kept, terms),
                    (sum(copied) - copied[at]) / (len(row) - 1) if len(row) > 1 else math.nan,
                    math.log(
                        max(len(hit.passage.target), 1)
                        / max(len(hit.passage.source), 1)
                        / usual_length
                    ),
                ]
            )
    own = np.array(data, dtype=np.float64).reshape(-1, len(OWN))
    return LanguageEvidence(language, pivot, rows, usual, own, earlier)


def _alike(row: Sequence[Hit]) -> dict[tuple[bool, tuple[str, ...]], float]:
    """For each rendering, the share of the term's other mentions that are rendered so."""
    counts = Counter((hit.short, hit.key) for hit in row if hit.text)
    sizes = Counter(hit.short for hit in row if hit.text)
    result = {
        (short, key): (
            sum(
                count
                for (other_short, other), count in counts.items()
                if other_short == short and same_form(key, other)
            )
            - 1
        )
        / (sizes[short] - 1)
        if sizes[short] > 1
        else math.nan
        for short, key in counts
    }
    return defaultdict(lambda: math.nan, result)


def _usually_heard(heard: Sequence[float], but: int) -> float:
    """How well a name is heard at a few of its other mentions, in the middle."""
    nearby = [*heard[max(but - _NEARBY, 0) : but], *heard[but + 1 : but + 1 + _NEARBY]]
    known = [value for value in nearby if not math.isnan(value)]
    return float(np.median(known)) if known else math.nan


def _share(values: object) -> float:
    found = [float(value) for value in values]  # type: ignore[attr-defined]
    return sum(found) / len(found) if found else math.nan


def _of_itself(
    hit: Hit, term: Term, frequency: float, latin: bool, language: str, pivot: str
) -> list[float]:
    cover = hit.cover if hit.cover is not None and len(hit.cover) else np.full(1, math.nan)
    mention = hit.mention.text
    words = mention.split()
    return [
        float(hit.target_span is not None),
        hit.similarity,
        hit.inside,
        hit.outside,
        hit.links / max(len(hit.key), 1),
        hit.support,
        hit.share,
        hit.known,
        hit.lacking,
        float(cover.min()),
        float(cover.mean()),
        len(words),
        len(hit.text.split()) if profile(language).spaced else len(hit.text) / 2,
        math.log(len(term.mentions)),
        frequency,
        float(term.kind == "name"),
        float(term.kind == "abbreviation" or hit.short),
        float(term.kind == "phrase"),
        float(term.kind == "coinage"),
        len(hit.passage.bead.source),
        math.log(max(len(hit.passage.source_words), 1)),
        len(hit.copied) / max(len(words), 1),
        float(mention.casefold() in hit.passage.target.casefold()),
        float(latin),
        _run(hit),
        float(_is_in_brackets(hit)),
        float(mention[:1].isupper()),
    ]


def _run(hit: Hit) -> float:
    """How many words of the source stand in a row around a rendering, letter by letter."""
    if not hit.copied or hit.target_span is None:
        return 0.0
    source = {word.casefold() for word in _LATIN_WORD.findall(hit.passage.source)}
    target = hit.passage.target
    words = list(_LATIN_WORD.finditer(target))
    inside = [
        i for i, word in enumerate(words)
        if word.start() < hit.target_span.stop and word.end() > hit.target_span.start
    ]  # fmt: skip
    if not inside:
        return 0.0
    first, last = inside[0], inside[-1]
    while first and words[first - 1][0].casefold() in source:
        first -= 1
    while last + 1 < len(words) and words[last + 1][0].casefold() in source:
        last += 1
    return math.log(last - first + 1)


def _is_in_brackets(hit: Hit) -> bool:
    span = hit.target_span
    return span is not None and hit.passage.target[: span.start].rstrip().endswith(("(", "（"))


def _places(hit: Hit, language: str, pivot: str) -> tuple[float, float]:
    """Whether a place of the mention stands there by its name, and whether another does."""
    if not hit.is_name or not hit.passage.target:
        return math.nan, math.nan
    meant = places_called(pivot).get(form_key(hit.mention.text, pivot))
    named = place_names(language)
    if not meant or not any(place in named for place in meant):
        return math.nan, math.nan
    passage = hit.passage
    there = [places for _, places in places_in(passage.target, passage.target_words, language)]
    said = {
        place
        for _, places in places_in(passage.source, passage.source_words, pivot)
        for place in places
    } | set(meant)
    return (
        float(any(places & meant for places in there)),
        float(any(not places & said for places in there)),
    )


def _against_usual(hit: Hit, usual: Usual | None) -> list[float]:
    if usual is None:
        return [math.nan] * 8
    near = math.nan
    if hit.vector is not None and usual.hit.vector is not None:
        near = float(hit.vector @ usual.hit.vector)
    return [
        usual.share,
        math.log(usual.passages),
        usual.stands,
        usual.common,
        near,
        _letters(hit.text, usual.hit.text) if hit.text else math.nan,
        float(
            same_form(hit.key, usual.hit.key)
            or is_shorter_form(hit.key, usual.hit.key)
            or is_shorter_form(usual.hit.key, hit.key)
        ),
        1.0 if usual.stands >= 1 else _partly(usual.hit.text, hit),
    ]


def _near_miss(hit: Hit) -> float:
    """How like a name's word that is not there some word is that only the translation has, 0 to 1.

    A name in the pivot's letters with one of them off.
    """
    there = set(_LATIN_WORD.findall(hit.passage.target))
    lost = [word for word in _LATIN_WORD.findall(hit.mention.text) if word not in there]
    strange = there - set(_LATIN_WORD.findall(hit.passage.source))
    alike = [
        _letters(word, other)
        for word in lost
        for other in strange
        if word[0].isupper() and other[0].isupper() and len(word) >= _FEWEST_LETTERS
    ]
    return max(alike, default=0.0)


def _partly(text: str, hit: Hit) -> float:
    """How much of a text's letters stand in a row in the translation, 0 to 1."""
    from rapidfuzz.fuzz import partial_ratio

    return partial_ratio(text, hit.passage.target) / 100


def _renderings_of_parts(
    rows: Rows, usual: Sequence[Sequence[Usual | None]], terms: Sequence[Term], pivot: str
) -> dict[str, Hit]:
    """For each name of one word, what usually renders it: the surname within full names."""
    found: dict[str, Hit] = {}
    for term, row, usuals in zip(terms, rows, usual, strict=True):
        if term.kind != "name" or " " in term.text or not is_transcribed(term.text, pivot):
            continue
        habits = [habit for habit in usuals if habit is not None and habit.share >= _USUALLY]
        best = habits[0].hit if habits else next((hit for hit in row if hit.text), None)
        if best is not None:
            found[term.text] = best
    return found


def _part_stands(hit: Hit, parts: Mapping[str, Hit], stand: Callable[[str, str], bool]) -> float:
    """Whether what renders a part of a name elsewhere stands here; NaN where none is known."""
    words = hit.mention.text.split()
    within = [parts[word] for word in words if word in parts] if len(words) > 1 else []
    return (
        float(all(stand(each.text, hit.passage.target) for each in within)) if within else math.nan
    )


def _letters(one: str, other: str) -> float:
    """The share of letters that two texts have in common, in their order."""
    from rapidfuzz.distance import DamerauLevenshtein

    return float(DamerauLevenshtein.normalized_similarity(one.casefold(), other.casefold()))


def _kept_for(rows: Rows, terms: Sequence[Term]) -> dict[tuple[str, ...], set[int]]:
    """Which terms each rendering stands for, by its key."""
    kept: dict[tuple[str, ...], dict[int, int]] = {}
    for row in rows:
        for hit in row:
            if hit.text:
                counts = kept.setdefault(hit.key, {})
                counts[hit.term] = counts.get(hit.term, 0) + 1
    return {key: {t for t, n in counts.items() if n > 1} for key, counts in kept.items()}


def _other_term(hit: Hit, kept: Mapping[tuple[str, ...], set[int]], terms: Sequence[Term]) -> float:
    """Whether the rendering is that of another term, which the passage does not speak of."""
    others = kept.get(hit.key, set()) - {hit.term}
    source = hit.passage.source.casefold()
    return float(any(terms[t].text.casefold() not in source for t in others))


def _everyday(term: Term, pivot: str) -> float:
    functional = profile(pivot).function_words
    words = [word for word in term.text.split() if word.lower() not in functional]
    return sum(general_frequency(word, pivot) for word in words) / max(len(words), 1)


def _is_latin(rows: Rows) -> bool:
    """Whether an edition is in the Latin script: most of its letters are."""
    text = "".join(dict.fromkeys(hit.passage.target for row in rows for hit in row))
    return len(_LATIN.findall(text)) > 0.6 * len(_LETTER.findall(text))


def evidence_of(editions: Mapping[str, LanguageEvidence]) -> dict[str, FloatArray]:
    """The whole evidence of each language: its own, and what the others say.

    Returns:
        For each language an array of shape (mentions, len(FEATURES)), float64.
    """
    across = {
        language: np.full((len(known.own), len(ACROSS)), math.nan)
        for language, known in editions.items()
    }
    for array in across.values():
        array[:, 0] = 0.0
    every = {
        language: [
            (hit, usual)
            for row, usuals in zip(known.rows, known.usual, strict=True)
            for hit, usual in zip(row, usuals, strict=True)
        ]
        for language, known in editions.items()
    }
    latin = {
        language: bool(len(known.own) and known.own[0, OWN.index("latin")])
        for language, known in editions.items()
    }
    if len(editions) > 1:
        for place, of_mention in enumerate(zip(*every.values(), strict=True)):
            with_text = {
                language: pair
                for language, pair in zip(every, of_mention, strict=True)
                if pair[0].passage.target
            }
            for language, values in _across(with_text, latin, editions).items():
                across[language][place] = values
    for array in across.values():
        # What a language mostly lacks against the others says nothing of any one term.
        for name in ("shortfall", "unheard"):
            column = array[:, ACROSS.index(name)]
            known = column[~np.isnan(column)]
            if len(known) >= 8:
                column -= np.median(known)
    return {
        language: np.hstack((known.own, across[language])) for language, known in editions.items()
    }


def _across(
    seen: Mapping[str, tuple[Hit, Usual | None]],
    latin: Mapping[str, bool],
    editions: Mapping[str, LanguageEvidence],
) -> dict[str, list[float]]:
    """What the editions say of one another's rendering of one mention."""
    languages = [language for language, (hit, _) in seen.items() if hit.vector is not None]
    vectors = np.array([seen[language][0].vector for language in languages])
    result: dict[str, list[float]] = {}
    near = vectors @ vectors.T if len(languages) else np.zeros((0, 0))
    for language, (hit, _) in seen.items():
        others = [other for other in languages if other != language]
        peers = shortfall = outlying = uncovered = uncovered_mean = math.nan
        similarity = least = math.nan
        if others:
            rows = [languages.index(other) for other in others]
            similarities = np.array([seen[other][0].similarity for other in others])
            similarity = float(np.median(similarities))
            least = float(np.quantile(similarities, 0.25))
            shortfall = _best(similarities) - hit.similarity
            if hit.vector is not None:
                mine = near[languages.index(language), rows]
                peers = _best(mine) - hit.similarity
                if len(others) >= _FEWEST_PEERS:
                    mutual = [_best(near[row, [r for r in rows if r != row]]) for row in rows]
                    outlying = float(np.median(mutual)) - _best(mine)
            covers = np.array([seen[other][0].cover for other in others])
            if covers.ndim == 2 and covers.shape[1] and hit.cover is not None:
                lost = np.median(covers, axis=0) - hit.cover
                uncovered, uncovered_mean = float(lost.max()), float(lost.mean())
        unheard = others_heard = math.nan
        sounds = [
            seen[other][0].heard
            for other in seen
            if other != language and seen[other][0].heard is not None
        ]
        if sounds and hit.names:
            usual = np.median(np.array(sounds), axis=0)
            others_heard = float(usual.min()) if len(usual) else math.nan
            if hit.heard is not None and len(hit.heard) == len(usual) and len(usual):
                unheard = float((usual - hit.heard).max())
        habits = [
            usual
            for other, (_, usual) in seen.items()
            if other != language and usual is not None and usual.share >= _USUALLY
        ]
        alike = [other for other in seen if other != language and latin[other] == latin[language]]
        result[language] = [
            len(others),
            peers,
            shortfall,
            outlying,
            uncovered,
            uncovered_mean,
            unheard,
            others_heard,
            similarity,
            least,
            _share(usual.stands for usual in habits),
            _share(
                usual.share
                for other, (_, usual) in seen.items()
                if other != language and usual is not None
            ),
            _share(bool(seen[other][0].copied) for other in alike),
            _han(language, seen),
            _share(seen[other][0].mention.text in seen[other][0].passage.target for other in alike),
        ]
    return result


def _best(values: FloatArray) -> float:
    """The mean of the highest few values."""
    return float(np.sort(values)[::-1][:_PEERS].mean()) if len(values) else math.nan


def _han(language: str, seen: Mapping[str, tuple[Hit, Usual | None]]) -> float:
    """How many of the characters that others have in common for a name are here, 0 to 1."""
    hit = seen[language][0]
    if not hit.is_name or "Han" not in scripts_of(language):
        return math.nan
    others = [
        han_alike(other.text, at)
        for at, (other, _) in seen.items()
        if at != language and "Han" in scripts_of(at) and _HAN.search(other.text)
    ]
    if len(others) < 1:
        return math.nan
    here = set(han_alike(hit.passage.target, language))
    agreed = set.intersection(*map(set, others))
    return sum(letter in here for letter in agreed) / len(agreed) if agreed else math.nan
