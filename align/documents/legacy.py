"""Which older encoding a text is in, where its script tells: by how common its characters are.

The bytes of one encoding are mostly valid in several others: a Japanese text in EUC-JP is Chinese
in GB18030, Korean in CP949. What comes out is text in one of them, and rare characters in the rest.
Latin texts are not told here, for few of their bytes say anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# The characters that make up most of any text of a language or script.
_HAN = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种"
    "事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公"
    "此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特"
    "代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活更别打女变四神总何电数安"
    "少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光"
    "放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运"
    "桥船河湖港春夏秋冬雨雪风花木车站店市场校友早晚夜左右青红黑食饭茶读写买卖每州村町谁岸丘票投议镇墙米奇怪始建造停"
)
_HANGUL = frozenset(
    "이다는의에을가하고은로를한사지기도서리대어인자그시나해일아들제정수과부보으전있라스장것상주원화선만여성구었국공적조동위비"
    "요경우니관연분생무신용중모마했방내소미개았당등안유산영문발계치진게세재물행면학실년오명되와터회간트데였각현남야차통합배바"
    "거드호양단결민설금품번반감레피르입건저월교력특때본강식타두석형체담권급직집않없같많람래말더른까예업운질역속점색복후살열"
)
_KANA = re.compile("[ぁ-ゖァ-ヺー]")
_HAN_OR_KANA = re.compile("[\u3005\u3400-\u9fff\uf900-\ufaffぁ-ゖァ-ヺー]")
_LEAST_KANA = 0.15  # of what a Japanese text has but marks; prose has half

_LETTERS = {
    "Cyrillic": frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюіїєў"),
    "Arabic": frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهويةأإىءپچگکیےںہ"),
    "Greek": frozenset("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώ"),
    "Hebrew": frozenset("אבגדהוזחטיכלמנסעפצקרשתםןךףץ"),
    "Thai": frozenset("กขคงจชซญฐณดตถทธนบปผฝพฟภมยรลวศษสหอะาำเแโใไัิีึืุู่้๊๋์็"),
}
_MOST_COMMON = {
    "Cyrillic": frozenset("оеаинтсрвлкмдпу"),
    "Arabic": frozenset("اليمنروتبةعدسفهقكأحی"),
    "Greek": frozenset("αετιονσρςκπυμλήόίέά"),
    "Hebrew": frozenset("יוהלאתרבשמנדעחם"),
    "Thai": frozenset("านรอกเงมยลวดทสตะปบค่้ัิีืห์ไ"),
}
# The encodings, what they write, and where in their tables the characters in everyday use stand.
_WIDE = {
    "cp932": ("kana", range(0)),
    "euc_jp": ("kana", range(0)),
    "iso2022_jp": ("kana", range(0)),
    "gb18030": ("Han", range(0xB0, 0xD8)),
    "cp950": ("Han", range(0xA4, 0xC7)),
    "big5hkscs": ("Han", range(0xA4, 0xC7)),
    "cp949": ("Hangul", range(0xB0, 0xC9)),
}
_NARROW = {
    "cp1251": "Cyrillic", "koi8_r": "Cyrillic", "koi8_u": "Cyrillic", "cp866": "Cyrillic",
    "iso8859_5": "Cyrillic", "mac_cyrillic": "Cyrillic", "cp1256": "Arabic", "iso8859_6": "Arabic",
    "cp1253": "Greek", "iso8859_7": "Greek", "cp1255": "Hebrew", "iso8859_8": "Hebrew",
    "cp874": "Thai",
}  # fmt: skip
_SEAM = re.compile(r"[A-Za-z](?=([^\x00-\x7f]))|[^\x00-\x7f][A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000  # characters
_ALL, _SOME, _SURER = 0.95, 0.3, 0.15  # pairs of bytes are rarely all in everyday use by chance
_LEAST_WIDE = 0.5
_LEAST_NARROW = 0.6
_CAPITALS = 0.9  # of its likelihood has a text of capitals
_MARKS = frozenset("«»‹›“”„‘’‚–—…•№°§©®™·،؛؟\u00a0\u200c\u200d\u200e\u200f")
_MOST_MIXED = 0.2  # words of two scripts: é in a French word would be й


def legacy_encoding(data: bytes) -> str | None:
    """The encoding in which bytes are a text of a script other than Latin.

    Returns:
        Python's name of it; None where there is none, such as for a Latin text.

    >>> legacy_encoding("海は青い。".encode("euc_jp"))
    'euc_jp'
    >>> legacy_encoding("L’été".encode("cp1252")) is None
    True
    """
    return max(_likely(data), default=(0.0, None))[1]


def _likely(data: bytes) -> Iterator[tuple[float, str]]:
    """Encodings that make a text of the bytes, each with how common its characters are."""
    for encoding in (*_WIDE, *_NARROW):
        try:
            text = data.decode(encoding)[:_SAMPLE]
        except UnicodeDecodeError:
            continue
        is_wide = encoding in _WIDE
        share = _of_wide(text, encoding) if is_wide else _of_narrow(text, _NARROW[encoding])
        if share >= (_LEAST_WIDE if is_wide else _LEAST_NARROW):
            yield share, encoding


def _of_wide(text: str, encoding: str) -> float:
    """The share of common characters among those that are neither ASCII nor marks."""
    told = "".join(each for each in text if each > "\x7f" and each.isalpha())
    if not told:
        return 0.0
    script, everyday = _WIDE[encoding]
    if script == "kana":
        kana = len(_KANA.findall(told))
        written = len(_HAN_OR_KANA.findall(told))
        return written / len(told) if kana >= _LEAST_KANA * len(told) else 0.0
    usual = sum(
        len(code) == 2 and code[0] in everyday and (code[1] > 0xA0 or encoding != "gb18030")
        for code in (each.encode(encoding) for each in told)
    )
    if script == "Hangul":
        common = sum(map(_HANGUL.__contains__, told))
    else:
        from align.languages.chinese import to_simplified

        common = sum(map(_HAN.__contains__, to_simplified(told)))
    share = (usual + common) / (2 * len(told))
    is_sure = usual >= _ALL * len(told) and common >= _SOME * len(told)
    return share + _SURER if is_sure else share


def _of_narrow(text: str, script: str) -> float:
    """The same for an alphabet: the most common letters count whole, its others half."""
    told = [each for each in text if each > "\x7f" and each not in _MARKS]
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    mixed = sum(_MARKS.isdisjoint(match[0] + (match[1] or "")) for match in _SEAM.finditer(text))
    odd = sum(not (word[1:] == word[1:].lower() or word == word.upper()) for word in words)
    if not words or mixed > _MOST_MIXED * len(words):
        return 0.0
    letters = "".join(told).lower()
    common = sum(map(_MOST_COMMON[script].__contains__, letters))
    known = sum(map(_LETTERS[script].__contains__, letters))
    share = (common + known) / (2 * len(letters)) * (1 - odd / len(words))
    return share * (_CAPITALS if all(word == word.upper() != word.lower() for word in words) else 1)
