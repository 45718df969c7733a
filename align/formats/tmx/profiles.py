"""What each translation tool wants of a TMX file, as one table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from align.errors import InputError
from align.languages.table import CHINESE_BY_REGION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TAG = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class TmxProfile:
    """How a TMX file is written for one tool.

    Attributes:
        name: What the user calls the profile.
        tool: The tool it is for, in words.
        languages: The tags that are written otherwise than in BCP 47.
        separator: What stands between the parts of a tag.
        properties: Whether confidence, similarity and the like are written as properties.
        pairs_only: Whether the tool uses no more than two languages of a file.
    """

    name: str
    tool: str
    languages: Mapping[str, str] = field(default_factory=lambda: CHINESE_BY_REGION)
    separator: str = "-"
    properties: bool = True
    pairs_only: bool = False

    def tag(self, language: str) -> str:
        """The tag that the tool knows a language by.

        >>> PROFILES["default"].tag("zh-Hant"), PROFILES["lokalize"].tag("pt-BR")
        ('zh-TW', 'pt_BR')
        """
        return self.languages.get(language, language).replace("-", self.separator)


PROFILES: Mapping[str, TmxProfile] = {
    profile.name: profile
    for profile in (
        TmxProfile("default", "most tools"),
        TmxProfile("bcp47", "tools that read BCP 47 as it is", languages={}),
        TmxProfile("omegat", "OmegaT", pairs_only=True),
        TmxProfile("trados", "Trados Studio", properties=False, pairs_only=True),
        TmxProfile("memoq", "memoQ", pairs_only=True),
        TmxProfile("phrase", "Phrase", properties=False, pairs_only=True),
        TmxProfile("matecat", "Matecat", properties=False, pairs_only=True),
        TmxProfile("lokalize", "Lokalize", separator="_", properties=False, pairs_only=True),
    )
}


def profile_named(name: str) -> TmxProfile:
    """The profile of that name.

    Raises:
        InputError: If there is none.
    """
    try:
        return PROFILES[name]
    except KeyError:
        known = ", ".join(PROFILES)
        raise InputError(f"unknown TMX profile {name!r}; there are {known}") from None


def tags_for(
    languages: Sequence[str], profile: TmxProfile, languages_as: Mapping[str, str]
) -> dict[str, str]:
    """The tag each language is written as; `languages_as` goes before the profile.

    Raises:
        InputError: If a tag could not be one, or two languages would get the same.
    """
    from align.languages import normalise_tag

    wanted = {normalise_tag(language): tag for language, tag in languages_as.items()}
    tags: dict[str, str] = {}
    for language in languages:
        tag = wanted.get(language) or profile.tag(language)
        if not _TAG.fullmatch(tag):
            raise InputError(f"{language} cannot be written as {tag!r}: not a language tag")
        for other, others_tag in tags.items():
            if others_tag.lower() == tag.lower():
                raise InputError(
                    f"{other} and {language} would both be written as {tag!r} in one file; "
                    "give them different tags or files of their own"
                )
        tags[language] = tag
    return tags
