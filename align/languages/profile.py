"""What is known of each language: a profile, read from the one file that the language has.

Names, directions and likely scripts come from CLDR through Babel and langcodes; what stands in
`data/` is only what those do not say. A file is named by the language's code (`ja.toml`). It says
what sets the language apart: what it leaves out is as in most languages of Europe, which is also
how a language without a file is taken. With `like = "zh"` all is as in another language but for
what stands beside. So to add a language is to add its file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).with_name("data")
"""Where the files are, one a language."""

# Every pair that a careful text may have where its language is not known to be stricter.
_QUOTATION_MARKS = ("“”", "«»", "‹›", "「」", "『』", "„“", "„”", '""')

# Titles that texts of many languages leave before foreigners' names.
_TITLES = frozenset(
    ["mr", "mrs", "ms", "dr", "prof", "sir", "lord", "mme", "mm", "sr", "sra", "herr", "frau"]
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What sets a language apart.

    In the files words are listed in one string, with white space between them.

    Attributes:
        language: Its code, the primary subtag of its BCP 47 tags.
        spaced: Whether spaces part its words.
        joiner: What stands between two sentences of running text.
        spelling: Whose everyday spelling parts from a careful one, by the script or the language
            that `orthography.py` has a function for.
        stemmer: Snowball's name of the algorithm that stems its words.
        plurals: What a plural ends in, as patterns, and what the singular has instead; the first
            that fits tells. Where it is known, a term is told by its singular, not by stems.
        plural_ending: What is mostly added to a noun in the plural.
        spellings: Endings that stems have in one of two ways of spelling, and in the other one.
        lemmatiser: What makes forms of phrases basic: one of `base_forms.py`.
        number_endings: Endings of the singular and of the plural in its place, parted by a stroke,
            accents left out: where a rendering stands in both, the singular is shown.
        genders: Endings of nouns that surely have a gender, as patterns.
        genitives: Stems whose s is the genitive's and not the plural's, as a pattern.
        edge_particles: Particles, as a pattern, that belong to no phrase which ends with one.
        fleeting_vowel: What is left out of a stem but for its group, as a pattern: a vowel that
            goes where an ending comes (порядок, порядка).
        clitics: What tells a word from what is written on to it: one of `clitics.py`.
        analyser: What cuts its words, where spaces do not do: one of `terminology/words.py`.
        analyser_tags: The beginnings of the analyser's tags, by what such words are or do:
            `mark` is no word; `weak` is at neither edge of a term, `never_first` and `never_last`
            at one; `functional` words are all of grammar, `reduplicated` ones may stand twice;
            `name` is a proper noun; `prefix`, `suffix`, `nominal` and `proper` are parts of
            compounds, and of two tags joined by `+` in `name_pair` the words may be one name that
            was cut.
        light_words: Words that are at neither edge of a term, whatever the analyser calls them.
        pointing: What words begin with that point at something, and are as light.
        term_openers: Words of grammar that a term may begin with all the same.
        numerals: Characters that make a word a numeral.
        fewest_doubled: Characters of several words that stand twice by mistake, at least.
        longest_term: Words of the longest rendering, function words in it included; analysers cut
            finer than spaces do.
        tagger: HanTa's model that tells its parts of speech.
        tags: The beginnings of the tagger's tags, and the part of speech that each stands for.
        capital_nouns: Whether all nouns are written with a capital.
        compounding: Whether words are written together as one.
        agglutinating: Whether particles are written on to a noun.
        comma_in_terms: Whether a comma comes before a participle ("порядок, основанный на
            правилах").
        elided: Words that lose their vowel and are written on to the next, with an apostrophe.
        vowels_written: Whether its script has vowels.
        names_heard: Whether it writes foreign names so that their sound can be told again.
        names_inflected: Whether names take endings.
        name_endings: What is added to a name, as a pattern, where it is known.
        particles_in_names: Words that stand in names between words with capitals, in lower case:
            those of languages whose names are met in others, too.
        conjunctions_in_names: The same, where they join two things that have one name.
        titles_before_names: Titles that come before a name and belong to no term, likewise.
        titles_after_names: Titles that follow a name and belong to no term.
        han_charset: The character set that has all the Han characters which the language writes.
        to_traditional: OpenCC's conversion of its Han characters to traditional Chinese ones,
            where they are neither these nor simplified ones.
        simplified: Whether its texts are compared in simplified Han characters, in whichever they
            are written.
        function_words: Words of the closed classes, in lower case, which hold sentences together
            and begin and end no term: articles, prepositions, conjunctions, pronouns, auxiliaries,
            the commonest particles and adverbs of degree; and titles before names. Libraries of
            stop words serve search and list words of content besides ("acuerdo", "estado",
            "system"), which terms do begin with. Where a morphological analyser cuts the language
            its tags tell.
        conjunctions: Words that stand before the last item of a list: "A, B and C".
        related: Codes of languages in which a term is expected to mean the same as in this one; a
            pair stands with one of the two.
        words_within_names: Function words that stand in names of things, and not only in clauses.
        no_item_openers: Words that begin no item of a list: an indefinite article after a comma
            says what the thing before it is.
        clause_openers: Words that open a clause which may be left out as a whole: conjunctions,
            relative pronouns, prepositions that begin adverbials. Chinese and Japanese put a comma
            there.
        quotation_marks: Pairs of quotation marks, the opening one first. CLDR names one pair and
            one inside it; texts use more, so this is every pair that a careful text may have.
        foreign_letters: Letters and digits of its script that belong to other languages.
        twice: Words, in lower case, that stand twice in a row in good text.
        reduplicates: Whether it repeats words for plural or emphasis as a matter of grammar.
        inverted_marks: Whether a mark turned upside down opens questions and exclamations.
        question_marks: Marks that a question may end with.
        question_particles: Words that end a question without any mark.
        spaced_marks: Marks before which a no-break space may stand.
        marks: Marks of another script, and its own that stand for them between its letters.
        opposites: Words that turn a meaning round, by class (`negation`, `time`, …): forms
            separated by commas, `before/after`, as `checks/reversals/cues.py` reads them.
        quantities: How it writes numbers, dates, money and measures, as far as CLDR does not say:
            lists of forms, separated by commas, by what they mean; `quantities/notation.py` reads
            them.
    """

    language: str = ""
    spaced: bool = True
    joiner: str = " "
    spelling: str = ""
    stemmer: str = ""
    plurals: Mapping[str, str] = field(default_factory=dict)
    plural_ending: str = ""
    spellings: Mapping[str, str] = field(default_factory=dict)
    lemmatiser: str = ""
    number_endings: tuple[str, ...] = ()
    genders: Mapping[str, str] = field(default_factory=dict)
    genitives: str = ""
    edge_particles: str = ""
    fleeting_vowel: str = ""
    clitics: str = ""
    analyser: str = ""
    analyser_tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    light_words: frozenset[str] = frozenset()
    pointing: tuple[str, ...] = ()
    term_openers: frozenset[str] = frozenset()
    numerals: frozenset[str] = frozenset()
    fewest_doubled: int = 1
    longest_term: int = 7
    tagger: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    capital_nouns: bool = False
    compounding: bool = False
    agglutinating: bool = False
    comma_in_terms: bool = False
    elided: frozenset[str] = frozenset()
    vowels_written: bool = True
    names_heard: bool = True
    names_inflected: bool = True
    name_endings: str = ""
    particles_in_names: frozenset[str] = frozenset({"of", "de", "du", "des", "della"})
    conjunctions_in_names: frozenset[str] = frozenset({"and"})
    titles_before_names: frozenset[str] = _TITLES
    titles_after_names: frozenset[str] = frozenset()
    han_charset: str = ""
    to_traditional: str = ""
    simplified: bool = False
    function_words: frozenset[str] = frozenset()
    conjunctions: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    words_within_names: frozenset[str] = frozenset()
    no_item_openers: frozenset[str] = frozenset()
    clause_openers: frozenset[str] = frozenset()
    quotation_marks: tuple[str, ...] = _QUOTATION_MARKS
    foreign_letters: frozenset[str] = frozenset()
    twice: frozenset[str] = frozenset()
    reduplicates: bool = False
    inverted_marks: bool = False
    question_marks: frozenset[str] = frozenset("?？؟⁇⁈⁉")
    question_particles: tuple[str, ...] = ()
    spaced_marks: frozenset[str] = frozenset()
    marks: Mapping[str, str] = field(default_factory=dict)
    opposites: Mapping[str, str] = field(default_factory=dict)
    quantities: Mapping[str, Any] = field(default_factory=dict)


# Lists of characters, which stand in the files in one string without white space.
_CHARACTERS = frozenset({"foreign_letters", "numerals", "question_marks", "spaced_marks"})


def base_language(tag: str) -> str:
    """The primary subtag of a language tag, in small letters.

    >>> base_language("zh-Hant"), base_language("EN_us"), base_language("yue")
    ('zh', 'en', 'yue')
    """
    return tag.replace("_", "-").partition("-")[0].lower()


@lru_cache(maxsize=1024)
def profile(tag: str) -> Profile:
    """The profile of a language, by its BCP 47 tag.

    >>> profile("zh-Hant").spaced, profile("zh-Hant").marks[","], profile("grc").spaced
    (False, '，', True)
    >>> profile("nan").spaced, profile("nan-Latn").spaced
    (False, True)
    """
    language = base_language(tag)
    rows = _rows(language)
    if not rows.get("spaced", True) and "latn" in tag.replace("_", "-").lower().split("-"):
        rows = {}  # Latin letters make it a language with spaces, and nothing is known of it
    kinds = {one.name: str(one.type) for one in fields(Profile)}
    return Profile(language, **{key: _read(key, kinds[key], rows[key]) for key in rows})


def _rows(language: str) -> dict[str, Any]:
    """What the language's file says, and that of a language which it is like."""
    # A tag that was never checked must not lead out of the folder.
    file = FOLDER / f"{language}.toml"
    if not language.isalpha() or not file.is_file():
        return {}
    rows = tomllib.loads(file.read_text(encoding="utf-8"))
    like = rows.pop("like", None)
    return _rows(like) | rows if like else rows


def _read(key: str, kind: str, value: Any) -> Any:
    """A value of a file as the profile's attribute has it: strings are lists of words."""
    if kind.startswith("Mapping[str, tuple"):
        return MappingProxyType({name: tuple(words.split()) for name, words in value.items()})
    if not kind.startswith(("frozenset", "tuple")):
        return MappingProxyType(value) if isinstance(value, dict) else value
    if isinstance(value, str):
        value = value if key in _CHARACTERS else value.split()
    return frozenset(value) if kind.startswith("frozenset") else tuple(value)
