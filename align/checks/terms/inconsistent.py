"""One term, two renderings: told by what stands in most passages that have the term.

The rendering that `align.terms` finds at one mention may be cut amiss. What counts here is which
rendering stands, in any form, in how many of the passages that have the term: the one that covers
most of them is the usual one, and a passage that lacks it departs from it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from align.checks.base import Check, CheckCannotRunError, register
from align.checks.terms.lexicon import Lexicon
from align.checks.terms.rules import rules_of
from align.terminology.standing import StandingText
from align.checks.terms.usages import MOST_FOLLOWED, terms_of_text, usages
from align.languages.profile import profile
from align.terminology.divergences.limits import limits_of
from align.terminology.forms import form_key, is_shorter_form, same_form
from align.terminology.variants import is_abbreviation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from align.checks.base import Translation
    from align.checks.terms.usages import Usage
    from align.findings import Finding, Severity
    from align.passages import Passage
    from align.terminology.model import Occurrence

_LIKELY = 0.3  # probability of a rendering that is a candidate for the usual one
_NOT_BY_CHANCE = (
    0.8  # probability of another rendering of a single word, which may be one by chance
)
_FEWEST_PASSAGES = 3  # that have the term, for anything to be usual
_USUAL = 0.6  # share of them that the usual rendering covers,
_PREVAILING = 0.74  # and from which on departing from it is an error of the translator
_COMMON = 0.25  # share of the other passages in which a rendering is no rendering of this term
_LONGEST_FORM = 12  # characters of a form whose parts are candidates, too


@dataclass(frozen=True, slots=True)
class UsualRendering:
    """How a term is rendered in most passages.

    Attributes:
        text: The rendering.
        count: In how many passages that have the term it stands.
        passages: How many have the term.
    """

    text: str
    count: int
    passages: int

    @property
    def share(self) -> float:
        """In which share of the passages it stands."""
        return self.count / self.passages


@register
class InconsistentTermCheck(Check):
    """One term, two renderings that are no forms of one another.

    What:
        A term that the source, or the source and the memory, has in three sentences or more is
        followed through the translation. Where it is not rendered as it is in three quarters of
        them or more this is a warning; it is a note where three fifths agree, and where the term is
        a name or a single word.

    Why:
        A reader takes another name for another thing. Inflected forms, the head of a longer
        rendering and abbreviations are no second rendering. A term of the termbase is held to the
        termbase alone, and the terms of a source of more than 1,500 segments are not followed.

    Example:
        “container ship” is “porte-conteneurs” four times and “cargo à conteneurs” once

    Silence:
        Put both renderings into the termbase, or accept the finding in the baseline.
    """

    name = "term-inconsistent"
    subject = "terms"
    rank = 40

    def find(self, translation: Translation) -> Iterator[Finding]:
        """Departures from the usual rendering."""
        if terms_of_text(translation) is None:
            raise CheckCannotRunError(f"the source has more than {MOST_FOLLOWED:,} segments")
        texts = _Texts(translation)
        ruled = Lexicon(
            (
                (text, rule)
                for text, rule in rules_of(
                    translation.termbases, translation.source_language, translation.language
                )
                if rule.permitted
            ),
            translation.source_language,
        )
        for usage in usages(translation):
            if usage.term.kind != "abbreviation" and not ruled.find(usage.term.text):
                yield from self._of_term(translation, usage, texts)

    def _of_term(self, translation: Translation, usage: Usage, texts: _Texts) -> Iterator[Finding]:
        mentions = [
            each
            for each in (*usage.here, *usage.memory)
            if each.target_text and not is_abbreviation(each.mention.text)
        ]
        usual = usual_rendering(mentions, texts)
        if usual is None and len({each.target_text for each in mentions}) == 2:
            yield from self._of_two(translation, usage, mentions, texts)
        is_name = usage.term.kind == "name"
        if usual is None or usual.share < (_PREVAILING if is_name else _USUAL):
            return
        if not (is_name or limits_of(usage.term, translation.source_language).warns):
            return  # a word of everyday language has synonyms
        main = form_key(usual.text, translation.language)
        departing: dict[str, Occurrence] = {}
        for each in mentions:
            if not texts.of(each.target_text).find(usual.text):
                departing.setdefault(each.target_text, each)
        often = Counter(
            form_key(each.form, translation.language) for each in departing.values() if each.form
        )
        for each in departing.values():
            passage = texts.passages.get(each.mention.segment)
            if passage is None or passage.source != each.source_text:
                continue
            form = each.form
            if form is None or (is_name and form[0].islower()):
                continue  # an adjective made of a name
            key = form_key(form, translation.language)
            if same_form(key, main) or is_shorter_form(key, main):
                continue
            if each.probability < _LIKELY and not _share_words(key, main):
                continue
            yield translation.finding(
                self.name,
                self._severity(translation, usage, usual, again=often[key] > 1),
                passage,
                f"“{form}” stands for “{each.mention.text}” here; in {usual.count} of "
                f"{usual.passages} places it is “{usual.text}”",
                confidence=min(0.95, usual.share * (0.5 + each.probability / 2)),
                source_span=each.source_span,
                target_span=each.target_span,
                suggestion=usual.text,
            )

    def _of_two(
        self,
        translation: Translation,
        usage: Usage,
        mentions: Sequence[Occurrence],
        texts: _Texts,
    ) -> Iterator[Finding]:
        """A note on the less sure of two renderings that a phrase has, each once."""
        if not limits_of(usage.term, translation.source_language).warns:
            return
        if usage.term.kind != "phrase" or len(mentions) != 2:
            return
        if any(each.form is None or each.probability < _NOT_BY_CHANCE for each in mentions):
            return
        keys = [form_key(each.form or "", translation.language) for each in mentions]
        for one, other in ((0, 1), (1, 0)):
            if texts.of(mentions[one].target_text).find(mentions[other].form or ""):
                return
            if same_form(*keys) or is_shorter_form(keys[one], keys[other]):
                return
        first, second = mentions
        here, there = (first, second) if first.probability < second.probability else (second, first)
        passage = texts.passages.get(here.mention.segment)
        if passage is not None and passage.source == here.source_text:
            yield translation.finding(
                self.name,
                "note",
                passage,
                f"“{here.form}” stands for “{here.mention.text}” here, “{there.form}” in the only "
                "other place",
                confidence=0.5,
                source_span=here.source_span,
                target_span=here.target_span,
                suggestion=there.form,
            )

    def _severity(
        self,
        translation: Translation,
        usage: Usage,
        usual: UsualRendering,
        *,
        again: bool,
    ) -> Severity:
        sure = (
            usual.share >= _PREVAILING
            and usual.count >= _FEWEST_PASSAGES
            and usage.term.kind not in ("name", "word")
            and not again
        )
        return "warning" if sure else "note"


def usual_rendering(mentions: Iterable[Occurrence], texts: _Texts) -> UsualRendering | None:
    """What renders a term in most passages; None where there are too few to tell.

    Args:
        mentions: The mentions of the term that have a counterpart.
        texts: The texts of the translation.
    """
    mentions = list(mentions)
    passages = list(dict.fromkeys(each.target_text for each in mentions))
    if len(passages) < _FEWEST_PASSAGES:
        return None
    forms = [each.form for each in mentions if each.form and each.probability >= _LIKELY]
    found = {form: form_key(form, texts.language) for form in dict.fromkeys(forms)}
    elsewhere = [text for text in texts.all if text not in set(passages)]

    def covered(text: str) -> int:
        other = sum(bool(texts.of(passage).find(text)) for passage in elsewhere)
        if other > _COMMON * len(elsewhere):
            return 0
        return sum(bool(texts.of(passage).find(text)) for passage in passages)

    whole = {form: covered(form) for form in found}
    votes = {
        form: sum(same_form(key, found[other]) for other in forms) for form, key in found.items()
    }
    best = max(whole, key=lambda form: (whole[form] + votes[form] / 2, len(form)), default=None)
    if best is None or whole[best] < _USUAL * len(passages):
        # Where edges are hard to tell, the longest of what covers nearly as many as anything.
        parts = {part: covered(part) for part in _common_parts(forms, texts.language)}
        most = max(parts.values(), default=0)
        ample = [part for part, count in parts.items() if count >= max(most - 1, 2)]
        best = max(ample, key=lambda part: (len(part), parts[part]), default=None)
        whole = parts
    return None if best is None else UsualRendering(best, whole[best], len(passages))


class _Texts:
    """The texts of a translation, and what is looked for in them."""

    def __init__(self, translation: Translation) -> None:
        self.language = translation.language
        self.passages: Mapping[int, Passage] = {
            segment: passage
            for passage in translation.passages
            if passage.is_aligned and passage.source != passage.target
            for segment in passage.bead.source
        }
        self.all = list(dict.fromkeys(passage.target for passage in self.passages.values()))
        self._texts: dict[str, StandingText] = {}

    def of(self, text: str) -> StandingText:
        """A text made ready for looking things up in it."""
        if text not in self._texts:
            self._texts[text] = StandingText(text, self.language)
        return self._texts[text]


def _share_words(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two renderings have a word in common or, where there are no spaces, a stretch."""
    if len(one) == 1 and len(other) == 1:
        return any(pair in other[0] for pair in map("".join, pairwise(one[0])))
    return any(same_form((word,), (each,)) for word in one for each in other)


def _common_parts(forms: Iterable[str], language: str) -> set[str]:
    """What two forms have in common, in languages where a word's edges are hard to tell."""
    if profile(language).spaced:
        return set()
    from difflib import SequenceMatcher

    parts = set()
    for one, other in combinations([form for form in forms if len(form) <= _LONGEST_FORM], 2):
        match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
        common = one[match.a : match.a + match.size]
        parts |= {common[i:j] for i, j in combinations(range(len(common) + 1), 2) if j - i > 1}
    return parts
