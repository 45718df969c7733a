"""Which texts are captions: what stands under pictures, as data, and what runs below films."""

from __future__ import annotations

import re

# What a credit begins with, a colon following, and the words for picture inside brackets.
_PICTURE_WORDS = (
    r"(?:(?:banner|cover|header|main|top|title|lead)[ -])?(?:photo(?:graph)?s?|image|picture)s?"
    r"|(?:photo|image|picture)[ -]credits?|photo by|credits?|caption"
    r"|crédits?(?: photo)?|photographie|légende"
    r"|fotos?|fotografías?|imagen|imágenes|bild(?:er)?|fotografia|zdjęcie|fotoğraf|imagem"
    r"|фото(?:графия)?|снимок|изображение"
    r"|صورة|الصورة|صور|تصوير"
    r"|(?:バナー|タイトル|カバー|トップ|見出し|メイン)?(?:写真|画像)(?:提供|撮影)?|撮影"
    r"|(?:标题|標題|题图|題圖|封面|横幅|橫幅)?(?:图片|圖片|照片|图|圖|摄影|攝影)(?:来源|來源|提供)?"
    r"|사진|ภาพ|ภาพถ่าย"
)
_AGENCIES = (
    r"Getty Images|AFP|Reuters|JIJI|AP Photo|EPA|Alamy|Shutterstock|Kyodo|时事|時事|共同|アフロ"
)

_BRACKETS = r"[(\[（［【〔*_]*"
_CAPTION = re.compile(
    rf"{_BRACKETS}\s*(?:{_PICTURE_WORDS})\s*[:：].*"  # Photo: …
    rf"|{_BRACKETS}\s*©.*"  # © …
    rf"|[(（［【].*(?:[\W_](?:{_PICTURE_WORDS})|(?:写真|照片|图片|圖片))\s*[:：].*[)）］】]"
    rf"|.*[(（]\s*©[^()（）]*[)）]\W*"  # … (© somebody)
    rf"|(?:source|quelle|fuente|источник|المصدر|出典|来源|來源)\s*[:：].*(?:{_AGENCIES}).*",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 600


def is_caption(text: str) -> bool:
    """Whether a text says of itself that it is a picture's caption or credit.

    >>> is_caption("Photo: the old bridge at dusk."), is_caption("The photo shows a bridge.")
    (True, False)
    """
    return len(text) <= _LONGEST and _CAPTION.fullmatch(text.strip()) is not None


_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[,.]\d{1,3}"
_CUE = re.compile(
    rf"^[ \t]*(?:\d+[ \t]*\r?\n[ \t]*)?{_TIME}[ \t]*-->[ \t]*{_TIME}[^\r\n]*", re.MULTILINE
)
_HEAD = re.compile(r"\ufeff?WEBVTT\b[^\r\n]*+")
_FIRST_CUE = re.compile(rf"\ufeff?(?:{_HEAD.pattern})?\s*+{_CUE.pattern.removeprefix('^')}")


def subtitles_ending(text: str) -> str | None:
    r"""How a file of subtitles would be named that is named otherwise; None for other texts.

    >>> subtitles_ending("1\n00:00:01,000 --> 00:00:02,500\nThe boat left.\n")
    '.srt'
    >>> subtitles_ending("The boat left at 00:00:01,000 --> late.")
    """
    if _FIRST_CUE.match(text) is None:
        return None
    return ".vtt" if _HEAD.match(text) else ".srt"


def cues_blanked(text: str) -> str:
    """The text of subtitles without numbers and times of cues; its lines stay where they are."""
    return _CUE.sub(lambda cue: "\n" * cue[0].count("\n"), _HEAD.sub("", text, count=1))
