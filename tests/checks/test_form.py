"""The checks on form: marks, spaces, doubled words, corrupted characters, scripts."""

from __future__ import annotations

import pytest

from align.checks.chinese_variant import ChineseVariantCheck
from align.checks.form.brackets import BracketsCheck
from align.checks.form.doubled_words import DoubledWordsCheck
from align.checks.form.encoding import EncodingCheck
from align.checks.form.end_punctuation import EndPunctuationCheck
from align.checks.form.inverted_marks import InvertedMarksCheck
from align.checks.form.punctuation_forms import PunctuationFormsCheck
from align.checks.form.quotation_marks import QuotationMarksCheck
from align.checks.form.spacing import SpacingCheck
from align.checks.script import ScriptCheck


@pytest.fixture
def found(translated):
    """What a check says of one or more lines: severity and the words it points to."""

    def find(check, source, target, language):
        translation = translated(source, target, target_language=language)
        return [
            (
                finding.severity,
                finding.target_span and finding.target_text[finding.target_span.slice],
            )
            for finding in check.find(translation)
        ]

    return find


class TestBrackets:
    def test_a_bracket_that_is_not_closed_is_a_warning(self, found):
        source = "The organisation (IMO) says so."
        assert found(BracketsCheck(), source, "その組織（IMOによると", "ja") == [
            ("warning", "（IMOによると")
        ]

    def test_a_bracket_that_was_not_opened_is_a_warning(self, found):
        assert found(BracketsCheck(), "The body (IMO) says.", "L’organe IMO) le dit.", "fr") == [
            ("warning", "L’organe IMO)")
        ]

    def test_a_full_width_bracket_may_close_a_narrow_one(self, found):
        assert found(BracketsCheck(), "The body (IMO).", "机构(IMO）。", "zh-Hans") == []

    def test_the_letter_before_an_item_has_no_opening_bracket(self, found):
        assert found(BracketsCheck(), "a) ships; b) crews", "a) navires ; b) marins", "fr") == []

    def test_what_the_source_lacks_too_is_left_alone(self, found):
        assert found(BracketsCheck(), "The body (IMO says.", "L’organe (OMI le dit.", "fr") == []

    def test_brackets_around_several_sentences_are_one_pair(self, found):
        source = ["(It was late.", "It was cold.)"]
        target = ["(Il était tard.", "Il faisait froid.)"]
        assert found(BracketsCheck(), source, target, "fr") == []

    def test_the_closing_bracket_is_missed_where_the_source_has_it(self, translated):
        source, target = (
            ["(It was late.", "It was cold.)"],
            ["(Il était tard.", "Il faisait froid."],
        )
        [finding] = BracketsCheck().find(translated(source, target))
        assert finding.target_text == "Il faisait froid."


class TestQuotationMarks:
    @pytest.mark.parametrize(
        ("language", "target"),
        [
            ("ru", "Это «кабельная дипломатия, говорит она."),
            ("fr", "C’est la « diplomatie des câbles, dit-elle."),
            ("ja", "「ケーブル外交だと彼女は言う。"),
            ("de", "Das ist „Kabeldiplomatie, sagt sie."),
            ("es", 'Es "diplomacia de cables, dice.'),
        ],
    )
    def test_a_quotation_that_is_not_closed_is_a_warning(self, found, language, target):
        source = "This is “cable diplomacy”, she says."
        assert [s for s, _ in found(QuotationMarksCheck(), source, target, language)] == ["warning"]

    @pytest.mark.parametrize(
        ("language", "target"),
        [
            ("ru", "Это «„кабельная“ дипломатия», говорит она."),
            ("de", "Das ist »Kabeldiplomatie«, sagt sie."),
            ("sv", "Det är ”kabeldiplomati”, säger hon."),
            ("pl", "To „dyplomacja kablowa”, mówi."),
            ("zh-Hant", "她說這是「電纜外交」。"),
        ],
    )
    def test_national_pairs_are_pairs(self, found, language, target):
        source = "This is “cable diplomacy”, she says."
        assert found(QuotationMarksCheck(), source, target, language) == []

    def test_a_straight_mark_among_several_is_a_note(self, found):
        source = "“Once they say “yes”, we can begin,” she said."
        target = '"Una vez que digan "sí", podemos empezar, dijo.'
        assert [s for s, _ in found(QuotationMarksCheck(), source, target, "es")] == ["note"]

    def test_a_quotation_over_two_lines_is_left_alone(self, found):
        source = ['"We sail,', 'and we sail on."']
        target = ["« Nous naviguons,", "et nous naviguerons encore. »"]
        assert found(QuotationMarksCheck(), source, target, "fr") == []

    def test_a_mark_for_inches_is_none(self, found):
        assert found(QuotationMarksCheck(), 'A 10" pipe.', 'Un tuyau de 10".', "fr") == []


class TestEndPunctuation:
    def test_a_lost_question_mark_is_a_warning(self, found):
        assert found(EndPunctuationCheck(), "Is it enough?", "Est-ce suffisant.", "fr") == [
            ("warning", ".")
        ]

    @pytest.mark.parametrize(
        ("language", "target"),
        [("ja", "それで十分でしょうか。"), ("ar", "هل هذا كاف؟"), ("zh-Hans", "这够吗？")],
    )
    def test_each_language_asks_in_its_own_way(self, found, language, target):
        assert found(EndPunctuationCheck(), "Is it enough?", target, language) == []

    def test_a_full_stop_on_one_side_is_a_note(self, found):
        source = "The ship sailed from the harbour at dawn."
        target = "Le navire a quitté le port à l’aube"
        assert [s for s, _ in found(EndPunctuationCheck(), source, target, "fr")] == ["note"]


class TestInvertedMarks:
    def test_a_question_without_its_opening_mark_is_a_warning(self, found):
        target = "Es tarde. Está lista?"
        assert found(InvertedMarksCheck(), "It is late. Is it ready?", target, "es") == [
            ("warning", "Está lista?")
        ]

    def test_a_question_without_its_closing_mark_is_a_warning(self, found):
        assert len(found(InvertedMarksCheck(), "Is it ready?", "¿Está lista.", "es")) == 1

    @pytest.mark.parametrize("target", ["¿Está lista?", "¡Qué dices?", "Véase a.org/x?y=1 ahora."])
    def test_what_is_right_is_left_alone(self, found, target):
        assert found(InvertedMarksCheck(), "Is it?", target, "es") == []

    def test_a_foreign_title_keeps_its_marks(self, found):
        source, target = "He saw “Who Else?” twice.", "Vio «Who Else?» dos veces."
        assert found(InvertedMarksCheck(), source, target, "es") == []

    def test_other_languages_do_not_have_them(self, found):
        assert found(InvertedMarksCheck(), "Is it ready?", "È pronta?", "it") == []


class TestPunctuationForms:
    def test_a_latin_comma_in_arabic_is_a_warning(self, found):
        target = "في 23 مارس 2021, جنحت السفينة، ثم أبحرت."
        assert found(PunctuationFormsCheck(), "It ran aground.", target, "ar") == [("warning", ",")]

    def test_numbers_in_arabic_keep_their_commas(self, found):
        assert found(PunctuationFormsCheck(), "1,500 ships", "1,500 سفينة", "ar") == []

    def test_a_narrow_comma_between_chinese_characters_is_a_warning(self, found):
        target = "船很老,但还在航行。"
        assert found(PunctuationFormsCheck(), "The ship is old.", target, "zh-Hans") == [
            ("warning", ",")
        ]

    def test_a_narrow_colon_in_chinese_is_a_note(self, found):
        target = "他说:“船很老。”"
        assert found(PunctuationFormsCheck(), "He said: “The ship is old.”", target, "zh-Hans") == [
            ("note", ":")
        ]

    @pytest.mark.parametrize(
        ("language", "target", "said"),
        [
            ("fr", "Le Japon est loin..", ".."),
            ("zh-Hans", "共有的利益。。", "。。"),
            ("ar", "السفينة،، ثم أبحرت.", "،،"),
            ("fr", "Le Japon,, lui, est loin.", ",,"),
        ],
    )
    def test_a_doubled_mark_is_a_warning(self, found, language, target, said):
        source = "Japan is far away."
        assert found(PunctuationFormsCheck(), source, target, language) == [("warning", said)]

    @pytest.mark.parametrize("target", ["Le Japon…", "Le Japon...", "etc., puis a.org//x"])
    def test_an_ellipsis_is_none(self, found, target):
        assert found(PunctuationFormsCheck(), "Japan is far.", target, "fr") == []

    def test_a_habit_of_the_text_is_a_note(self, found):
        source, target = ["The ship is old."] * 4, ["船很老,但还在航行。"] * 4
        assert {s for s, _ in found(PunctuationFormsCheck(), source, target, "zh-Hans")} == {"note"}


class TestSpacing:
    def test_two_spaces_are_a_note(self, translated):
        [finding] = SpacingCheck().find(translated("The port sleeps.", "Le  port dort."))
        assert (finding.severity, finding.message) == ("note", "two spaces in a row")
        assert finding.target_span.start == len("Le")

    def test_a_space_before_a_comma_is_a_note(self, found):
        target = "Le port , lui, dort."
        assert found(SpacingCheck(), "The port sleeps.", target, "fr") == [("note", " ,")]

    def test_a_french_space_that_is_not_as_elsewhere_is_a_note(self, found):
        source, target = ["Why?"] * 10, ["Pourquoi\u202f?"] * 9 + ["Pourquoi?"]
        assert found(SpacingCheck(), source, target, "fr") == [("note", "?")]

    def test_a_french_text_without_no_break_spaces_has_its_own_style(self, found):
        source, target = ["Why?"] * 10, ["Pourquoi ?"] * 10
        assert found(SpacingCheck(), source, target, "fr") == []

    def test_a_space_between_chinese_characters_is_a_note(self, found):
        assert found(SpacingCheck(), "The port sleeps.", "港口 睡了。", "zh-Hans") == [
            ("note", " ")
        ]


class TestDoubledWords:
    @pytest.mark.parametrize(
        ("language", "target", "said"),
        [
            ("fr", "Ils s’entraînent avec avec des frégates.", "avec avec"),
            ("ru", "Судно сел на на мель.", "на на"),
            ("ar", "صارت السياسة السياسة حاجزا.", "السياسة السياسة"),
            ("ja", "氷よりもよりも政治が固い。", "よりもよりも"),
            ("zh-Hant", "與與歐洲巡防艦一起訓練。", "與與"),
        ],
    )
    def test_a_word_that_stands_twice_is_a_warning(self, found, language, target, said):
        assert found(DoubledWordsCheck(), "They train.", target, language) == [("warning", said)]

    @pytest.mark.parametrize(
        ("language", "target"),
        [
            ("fr", "Nous nous entraînons."),
            ("zh-Hans", "人人天天研究研究，一家一家地看看。"),
            ("ja", "人々は一つ一つ、ますます見る。"),
            ("ru", "Да, да, очень-очень."),
            ("ar", "هذا جيد جدا جدا."),
            ("fr", "Il vit à Bora Bora."),
            ("id", "orang orang"),
        ],
    )
    def test_what_is_repeated_on_purpose_is_left_alone(self, found, language, target):
        assert found(DoubledWordsCheck(), "They train.", target, language) == []

    def test_what_the_source_repeats_may_be_repeated(self, found):
        source, target = "It was very very cold.", "Il faisait froid froid."
        assert found(DoubledWordsCheck(), source, target, "fr") == []


class TestEncoding:
    def test_text_read_in_the_wrong_encoding_is_an_error_with_its_remedy(self, translated):
        [finding] = EncodingCheck().find(translated("The summer ends.", "L’Ã©tÃ© finit."))
        assert finding.severity == "error"
        assert finding.suggestion == "L'été" or finding.suggestion == "L’été"

    @pytest.mark.parametrize("character", ["\ufffd", "\ue000"])
    def test_a_character_that_is_none_is_an_error(self, found, character):
        assert found(EncodingCheck(), "Summer.", f"L’{character}té.", "fr") == [
            ("error", character)
        ]

    @pytest.mark.parametrize(
        "target", ["L’été à Évian : « Ça va ! »", "Søren på Åland", "SÃO PAULO"]
    )
    def test_letters_with_accents_are_right(self, found, target):
        assert found(EncodingCheck(), "Summer.", target, "fr") == []

    def test_joiners_and_marks_of_direction_are_text(self, found):
        assert found(EncodingCheck(), "Home", "می\u200cخواهم\u200f", "fa") == []


class TestScript:
    def test_latin_letters_within_a_russian_word_are_a_warning(self, found):
        assert found(ScriptCheck(), "shipping", "cyдоходство растёт", "ru") == [
            ("warning", "cyдоходство")
        ]

    def test_a_cyrillic_letter_within_a_latin_word_is_a_warning(self, found):
        assert found(ScriptCheck(), "the port", "le pоrt", "fr") == [("warning", "pоrt")]

    @pytest.mark.parametrize(
        ("language", "target", "letter"),
        [
            ("zh-Hant", "港口о已經關閉。", "о"),
            ("ja", "港はТ閉まった。", "Т"),
            ("fr", "Le port а fermé.", "а"),
            ("ko", "항구가 닫혔다с.", "с"),
            ("ru", "Порт закрыт, a суда ждут.", "a"),
        ],
    )
    def test_a_letter_alone_that_looks_like_another_is_a_warning(
        self, found, language, target, letter
    ):
        found_letters = found(ScriptCheck(), "It was a port.", target, language)
        assert [(severity, words[-1:]) for severity, words in found_letters] == [
            ("warning", letter)
        ]

    @pytest.mark.parametrize(
        ("language", "target"),
        [("zh-Hans", "α粒子、B计划和Δ值"), ("ru", "план B и ось y"), ("ar", "الخطة B")],
    )
    def test_letters_that_are_signs_stand_alone(self, found, language, target):
        assert found(ScriptCheck(), "the y axis", target, language) == []

    @pytest.mark.parametrize("target", ["SMS-сообщение", "на iPhone", "NATO и ЕС", "IMO’ва"])
    def test_whole_latin_words_are_right(self, found, target):
        assert found(ScriptCheck(), "x", target, "ru") == []

    def test_persian_letters_in_arabic_are_a_warning(self, found):
        assert found(ScriptCheck(), "Kenji", "کینجي موريساوا", "ar") == [("warning", "کینجي")]

    def test_a_chinese_form_in_japanese_is_a_warning(self, found):
        assert found(ScriptCheck(), "crew", "乗组员なら", "ja") == [("warning", "乗组员")]

    def test_old_japanese_forms_are_right(self, found):
        assert found(ScriptCheck(), "Mr Sawa", "齋藤と澤さん", "ja") == []


class TestChineseVariant:
    def test_simplified_in_traditional_is_a_warning_with_its_remedy(self, translated):
        translation = translated("a magnet factory", "這是磁铁工廠。", target_language="zh-Hant")
        [finding] = ChineseVariantCheck().find(translation)
        assert (finding.severity, finding.suggestion) == ("warning", "鐵")

    def test_traditional_in_simplified_is_a_warning(self, found):
        assert found(ChineseVariantCheck(), "a shipyard", "造船廠很大。", "zh-Hans") == [
            ("warning", "廠")
        ]

    @pytest.mark.parametrize(
        ("language", "target"),
        [("zh-Hant", "皇后在台北的公里數"), ("zh-Hans", "乾隆皇帝瞭望"), ("ja", "磁鉄工廠")],
    )
    def test_characters_that_both_have_are_right(self, found, language, target):
        assert found(ChineseVariantCheck(), "x", target, language) == []
