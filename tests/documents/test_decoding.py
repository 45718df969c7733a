"""Bytes become text in whatever encoding they are, or are refused."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.documents import decode
from align.documents.decoding import read_file
from align.errors import InputError

TEXTS = {
    "ja": "川の水は毎年二メートル上がる。町の人々は市場を丘の上に移す。誰も不思議に思わない。\n\n"
    "一九九八年、町議会は壁を造ろうとした。投票は一票差で否決された。\n",
    "zh-Hans": "每年春天，河水都会上涨两米，镇上的人把集市搬到山坡上。没有人觉得奇怪。\n\n"
    "一九九八年，镇议会打算修一道墙，投票以一票之差没有通过。\n",
    "zh-Hant": "每年春天，河水都會上漲兩公尺，鎮上的人把市集搬到山坡上。沒有人覺得奇怪。\n\n"
    "一九九八年，鎮議會打算修一道牆，投票以一票之差沒有通過。\n",
    "ko": "봄마다 강물이 이 미터씩 불어나면 마을은 장터를 언덕 위로 옮긴다. "
    "아무도 이상해하지 않는다.\n",
    "ru": "Каждую весну река поднимается на два метра, и городок переносит рынок на холм.\n\n"
    "В 1998 году совет задумал построить стену. Не хватило одного голоса.\n",
    "ar": "في كل ربيع يرتفع النهر مترين، وتنقل البلدة سوقها إلى أعلى التل. لا أحد يستغرب ذلك.\n\n"
    "في عام 1998 خطط المجلس لبناء جدار.\n",
    "fr": "Chaque printemps, la rivière monte de deux mètres et la ville déplace son marché.\n\n"
    "En 1998, le conseil a voulu bâtir un mur. Il aurait coûté très cher, dit-on à l’école.\n",
    "pl": "Każdej wiosny rzeka podnosi się o dwa metry, a miasteczko przenosi targ na wzgórze.\n",
    "tr": "Her bahar nehir iki metre yükselir ve kasaba pazarını tepeye taşır. Kimse şaşırmaz.\n",
    "th": "ทุกฤดูใบไม้ผลิ แม่น้ำจะสูงขึ้นสองเมตร และเมืองก็ย้ายตลาดขึ้นไปบนเนินเขา\n",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("language", TEXTS)
def test_unicode_with_and_without_a_mark(language, encoding):
    assert decode(TEXTS[language].encode(encoding), path="a.txt") == TEXTS[language]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("language", ["ja", "fr", "ru"])
def test_wide_unicode_without_a_mark_is_told_by_its_bytes(language, encoding):
    assert decode(TEXTS[language].encode(encoding), path="a.txt") == TEXTS[language]


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("ja", "shift_jis"),
        ("ja", "euc_jp"),
        ("ja", "iso2022_jp"),
        ("zh-Hans", "gb18030"),
        ("zh-Hant", "big5"),
        ("ko", "euc_kr"),
        ("ru", "cp1251"),
        ("ru", "koi8_r"),
        ("ar", "cp1256"),
        ("fr", "cp1252"),
        ("pl", "cp1250"),
        ("tr", "cp1254"),
        ("th", "cp874"),
    ],
)
def test_older_encodings_are_told_by_their_letters(language, encoding):
    assert decode(TEXTS[language].encode(encoding), path="a.txt") == TEXTS[language]


SHORT = {
    "ja": ["川は深い。", "夜は静かだ。犬も眠った。", "コーヒーを飲んだ。", "町に店が三つある。"],
    "zh-Hans": ["河水很深。", "猫睡着了，狗还醒着。", "祖母种了三棵桃树。"],
    "zh-Hant": ["河水很深。", "貓睡著了，狗還醒著。", "祖母種了三棵桃樹。"],
    "ko": ["강은 깊다.", "고양이는 자고 개는 깨어 있다.", "할머니는 나무를 심었다."],
    "ru": ["Река глубока.", "Кот спит, а пёс нет.", "Бабушка посадила три яблони."],
    "uk": ["Річка глибока.", "Кіт спить, а пес ні."],
    "ar": ["النهر عميق.", "نامت القطة ولم ينم الكلب.", "غرست جدتي ثلاث شجرات."],
    "el": ["Το ποτάμι είναι βαθύ.", "Η γάτα κοιμάται."],
    "he": ["הנהר עמוק.", "החתול ישן והכלב ער."],
    "th": ["แม่น้ำลึก", "แมวหลับแต่หมายังตื่น"],
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("ja", "euc_jp"), ("ja", "cp932"), ("zh-Hans", "gb18030"), ("zh-Hant", "big5"),
        ("ko", "cp949"), ("ru", "cp1251"), ("ru", "koi8_r"), ("ru", "cp866"), ("ru", "iso8859_5"),
        ("uk", "cp1251"), ("uk", "koi8_u"), ("ar", "cp1256"), ("ar", "iso8859_6"),
        ("el", "cp1253"), ("he", "cp1255"), ("th", "cp874"),
    ],
)  # fmt: skip
def test_a_sentence_or_two_are_enough_where_the_script_tells(language, encoding):
    for text in SHORT[language]:
        assert decode(text.encode(encoding), path="a.txt") == text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("stray", [b"\n", b"\0", b"x"])
def test_a_byte_too_many_does_not_spoil_utf_16(encoding, stray):
    text = TEXTS["fr"]
    assert decode(text.encode(encoding) + stray, path="a.txt") == text


def test_a_declared_encoding_is_believed():
    text = "čeština"  # too short to tell by its letters
    assert decode(text.encode("cp1250"), path="a.html", declared="windows-1250") == text


def test_a_declared_encoding_means_what_browsers_take_it_for():
    assert decode("“quoted”".encode("cp1252"), path="a.html", declared="iso-8859-1") == "“quoted”"


@pytest.mark.parametrize("declared", ["shift_jis", "no-such-encoding", "utf-16", "rot13", "hex"])
def test_a_wrongly_declared_encoding_does_no_harm_to_utf_8(declared):
    assert decode(TEXTS["ru"].encode(), path="a.html", declared=declared) == TEXTS["ru"]


@pytest.mark.parametrize("declared", ["no-such-encoding", "utf-8", "rot13", "hex"])
def test_a_wrongly_declared_encoding_is_not_believed(declared):
    assert decode(TEXTS["ru"].encode("koi8_r"), path="a.html", declared=declared) == TEXTS["ru"]


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG picture"),
        (b"PK\x03\x04\x14\0\x06\0", "a ZIP archive"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
        (b"{\\rtf1\\ansi", "an RTF file"),
    ],
)
def test_other_kinds_of_files_are_named_and_refused(start, kind):
    with pytest.raises(InputError, match=rf"a\.txt: is {kind}.*Markdown"):
        decode(start + b"rest", path="a.txt")


def test_a_file_full_of_nul_bytes_is_no_text():
    with pytest.raises(InputError, match="is not a text file"):
        decode(bytes(range(32)) * 50, path="a.txt")


def test_noise_is_refused_with_a_remedy():
    noise = bytes((index * 89 + index // 7 * 13) % 255 + 1 for index in range(3000))
    with pytest.raises(InputError, match="save it as UTF-8"):
        decode(noise, path="a.txt")


def test_a_broken_character_in_utf_8_is_shown_not_guessed_at():
    data = TEXTS["ja"].encode().replace("壁".encode(), b"\xff")
    with pytest.raises(InputError, match=r"^a\.txt:3: .*broken"):
        decode(data, path="a.txt")


def test_a_false_mark_is_refused():
    with pytest.raises(InputError, match="UTF-16-LE"):
        decode(b"\xff\xfea", path="a.txt")


@settings(deadline=None)  # the first call loads a library
@given(st.text())
def test_utf_8_comes_back_as_it_was(text):
    data = text.encode()
    if b"\0" not in data and not data.startswith((b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"GIF8")):
        assert decode(data, path="a.txt") == text.removeprefix("\ufeff")


@settings(deadline=None)  # the first call loads a library
@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data):
    try:
        assert isinstance(decode(data, path="a.txt"), str)
    except InputError as error:
        assert "a.txt" in str(error)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"en\.txt: there is no such file"):
        read_file(tmp_path / "en.txt")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        read_file(tmp_path)


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(65 * 2**20)
    with pytest.raises(InputError, match=r"65 MB; the limit is 64 MB"):
        read_file(large)


def test_a_name_that_no_file_can_have_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_file(tmp_path / ("n" * 5000 + ".txt"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_refused_before_it_is_opened(tmp_path):
    path = tmp_path / "en.txt"
    os.mkfifo(path)  # nobody writes to it: whoever opened it would wait without end
    with pytest.raises(InputError, match="is a pipe or a device"):
        read_file(path)
