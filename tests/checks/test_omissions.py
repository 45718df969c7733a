"""What is missing, added, or left as it was: segments, clauses, items, languages, lengths."""

from __future__ import annotations

import pytest

from align.checks.clauses.check import AddedClauseCheck, OmittedClauseCheck
from align.checks.clauses.parts import parts_of, pieces_of
from align.checks.items import OmittedItemCheck, listed_items
from align.checks.length import LengthCheck
from align.checks.lengths import length_ratios
from align.checks.unaligned import AdditionCheck, OmissionCheck
from align.checks.untranslated import SameAsSourceCheck, UntranslatedCheck
from align.terminology.words import words_of
from align.text import width_of


@pytest.fixture
def found(translated):
    def find(check, source, target, language="fr"):
        return list(check.find(translated(source, target, target_language=language)))

    return find


class TestSegments:
    def test_a_segment_without_counterpart_is_an_error(self, found):
        [finding] = found(OmissionCheck(), ["It rains.", "It snows."], ["Il pleut.", ""])
        assert (finding.severity, finding.source_text) == ("error", "It snows.")
        assert len(finding.target_segments) == 0

    def test_neighbouring_ones_of_a_paragraph_are_one_finding(self, found):
        source, target = ["One.", "Two.", "Three.", "Four."], ["Un.", "", "", "Quatre."]
        [finding] = found(OmissionCheck(), source, target)
        assert (finding.source_text, list(finding.source_segments)) == ("Two. Three.", [1, 2])

    def test_ones_apart_are_two_findings(self, found):
        source, target = ["One.", "Two.", "Three."], ["", "Deux.", ""]
        assert len(found(OmissionCheck(), source, target)) == 2

    def test_a_segment_without_letters_is_none(self, found):
        assert found(OmissionCheck(), ["It rains.", "* * *"], ["Il pleut.", ""]) == []

    def test_an_added_segment_is_a_warning(self, found):
        [finding] = found(AdditionCheck(), ["It rains.", ""], ["Il pleut.", "Il neige."])
        assert (finding.severity, finding.target_text) == ("warning", "Il neige.")


ENGLISH = "Marine fuel is still waiting for its standard."


class TestUntranslated:
    @pytest.mark.parametrize(
        ("language", "target"),
        [
            ("fr", ENGLISH),
            ("ja", ENGLISH),
            ("ru", f"Судно ждёт. {ENGLISH}"),
            ("fr", "Le carburant, marine fuel is still waiting for its standard, attend."),
            ("ar", f"{ENGLISH} السفينة"),
        ],
    )
    def test_words_of_the_source_language_are_an_error(self, found, language, target):
        [finding] = found(UntranslatedCheck(), ENGLISH, target, language)
        assert finding.severity == "error"
        assert "is still waiting" in finding.target_text[finding.target_span.slice]

    @pytest.mark.parametrize(
        ("language", "target"),
        [
            ("fr", "Elle a lu « Waiting for the Standard of the Sea » hier soir."),
            ("ru", "Газета The New York Times of the West Coast пишет."),
            ("fr", "Il vit à San Francisco, Los Angeles, San Diego et Portland."),
            ("ja", "IMO（International Maritime Organization of the UN）によると"),
            ("ru", "См. https://example.org/this-is-the-page-of-the-day"),
        ],
    )
    def test_titles_names_and_quotations_are_right(self, found, language, target):
        source = (
            "She read “Waiting for the Standard of the Sea” and The New York Times of the West "
            "Coast in San Francisco, Los Angeles, San Diego and Portland."
        )
        assert found(UntranslatedCheck(), source, target, language) == []

    @pytest.mark.parametrize(
        ("language", "target"),
        [
            ("ja", "海の基準を待って（Waiting for the standard of the sea in the port）を読んだ。"),
            ("fr", "Le livre ‘Waiting for the standard of the sea in the port’ est lu."),
            ("zh-Hans", "她读了*Waiting for the standard of the sea in the port*。"),
            (
                "ru",
                "Её труд Waiting for the standard of the sea in the port (Лондон, 2019) известен.",
            ),
            ("ja", "Okoye, A. (2019). Waiting for the standard of the sea in the port. 海事出版."),
            ("fr", "A. Okoye, Waiting for the standard of the sea in the port, p. 12."),
            ("zh-Hant", "執行 wait --for standard of the sea in the port 即可。"),
        ],
    )
    def test_what_is_kept_on_purpose_is_right(self, found, language, target):
        source = "She read Waiting for the standard of the sea in the port, by Okoye."
        assert found(UntranslatedCheck(), source, target, language) == []

    @pytest.mark.parametrize("language", ["fr", "ja", "zh-Hans", "ru", "ar", "de", "nl"])
    @pytest.mark.parametrize("heading", ["Hours of work", "Getting there", "For the crew"])
    def test_a_short_heading_left_in_the_source_language_is_a_warning(
        self, found, heading, language
    ):
        [finding] = found(SameAsSourceCheck(), heading, heading, language)
        assert finding.severity == "warning"

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("fr", "Menu du jour"),
            ("ja", "Rio de Janeiro"),
            ("zh-Hans", "Okoye, A. (2019). Waiting for the standard of the sea. Port Press."),
            ("de", "Apple iPhone"),
        ],
    )
    def test_what_is_called_so_in_both_languages_may_stay_the_same(self, found, language, text):
        assert found(SameAsSourceCheck(), text, text, language) == []

    def test_japanese_left_in_english_is_an_error(self, translated):
        translation = translated("船舶燃料は待っている。", "船舶燃料は待っている。", "ja", "en")
        assert [f.severity for f in UntranslatedCheck().find(translation)] == ["error"]

    def test_a_heading_that_stayed_the_same_is_a_warning(self, found):
        [finding] = found(SameAsSourceCheck(), "Further reading", "Further reading")
        assert finding.severity == "warning"

    @pytest.mark.parametrize(
        "text", ["Kobe", "Naoko Hirabayashi", "IMO 2024", "https://example.org/a", "12.5", "NATO"]
    )
    def test_names_numbers_and_addresses_may_stay_the_same(self, found, text):
        assert found(SameAsSourceCheck(), text, text) == []

    def test_what_is_untranslated_is_said_once(self, found):
        assert found(SameAsSourceCheck(), ENGLISH, ENGLISH) == []


class TestLength:
    SOURCE = "The strait narrows near the city, and every ship has to wait for the tide to turn."

    def test_a_passage_far_too_short_is_a_note(self, found):
        [finding] = found(LengthCheck(), self.SOURCE, "Oui.")
        assert finding.severity == "note"
        assert "shorter" in finding.message

    def test_a_passage_of_usual_length_is_right(self, found):
        target = "Le détroit se resserre près de la ville et chaque navire doit attendre la marée."
        assert found(LengthCheck(), self.SOURCE, target) == []

    def test_short_passages_may_vary(self, found):
        assert found(LengthCheck(), "Yes.", "Oui, en effet.") == []

    def test_wide_characters_take_two_columns(self):
        assert width_of("橋 ab") == 5

    def test_a_long_text_says_itself_what_is_usual(self):
        pairs = [("twenty letters of it", "x" * 40)] * 400
        assert length_ratios(pairs, "en", "fr").mean == pytest.approx(0.693, abs=0.05)

    @pytest.mark.parametrize(("source", "target"), [("en-KR", "fr"), ("en", "fr-XX")])
    def test_a_region_changes_nothing(self, source, target):
        assert length_ratios([], source, target) == length_ratios([], "en", "fr")

    def test_two_texts_in_one_language_are_measured_too(self, found, recwarn):
        lines = ["The strait narrows near the city.", "Every ship waits for the tide."]
        assert length_ratios(list(zip(lines, lines, strict=True)), "en-GB", "en-US").spread > 0
        assert not recwarn.list


class TestParts:
    def test_marks_brackets_and_dashes_part_pieces(self):
        text = "We sail (at last), says she — and why not?"
        assert [text[piece.slice].strip() for piece in pieces_of(text)] == [
            "We sail",
            "(at last),",
            "says she —",
            "and why not?",
        ]

    def test_a_part_is_never_all_of_a_text(self):
        text = "The rule, which began in July 2024, is strict, and nobody likes it at all."
        [words] = words_of([text], "en")
        parts = parts_of(text, words, "en")
        assert all(3 <= part.words <= len(words) - 3 for part in parts)
        assert ", which began in July 2024" in "".join(
            f", {text[part.span.slice].strip(' ,')}" for part in parts
        )

    @pytest.mark.parametrize("text", ["", "Yes.", "…", "((((", ",,,,"])
    def test_a_text_without_parts_has_none(self, text):
        [words] = words_of([text], "en")
        assert parts_of(text, words, "en") == []


RULE = "The rule, which began on 1 July 2024, makes the shipyards along the coast report fuel use."


class TestClauses:
    def test_a_clause_left_out_is_a_warning_that_names_it(self, found):
        target = "Cette règle oblige les chantiers navals de la côte à déclarer le carburant."
        [finding] = found(OmittedClauseCheck(), RULE, target)
        assert finding.severity == "warning"
        assert "which began on 1 July 2024" in finding.source_text[finding.source_span.slice]

    def test_a_whole_translation_is_right(self, found):
        target = (
            "Cette règle, entrée en vigueur le 1er juillet 2024, oblige les chantiers navals de "
            "la côte à déclarer le carburant."
        )
        assert found(OmittedClauseCheck(), RULE, target) == []
        assert found(AddedClauseCheck(), RULE, target) == []

    def test_a_clause_added_is_a_warning_that_names_it(self, found):
        source = "The rule makes the shipyards along the coast report their fuel use."
        target = (
            "Cette règle, entrée en vigueur le 1er juillet 2024 après dix ans de débats, oblige "
            "les chantiers navals de la côte à déclarer leur consommation de carburant."
        )
        [finding] = found(AddedClauseCheck(), source, target)
        assert "1er juillet 2024" in finding.target_text[finding.target_span.slice]

    def test_nothing_is_said_of_what_is_not_aligned(self, found):
        assert found(OmittedClauseCheck(), [RULE, "Yes."], ["", "Oui."]) == []


class TestItems:
    def test_inner_items_have_marks_or_a_conjunction_at_both_ends(self):
        items = listed_items("It carries oil, natural gas and ore to Kobe, say the crew.", "en")
        assert [item.text for item in items] == ["natural gas"]

    def test_the_first_and_the_last_of_a_longer_list_are_told_by_a_word_or_a_name(self):
        items = listed_items("It calls at Costa Rica, natural ports, Peru, and at Chile.", "en")
        assert [item.text for item in items] == ["Costa Rica", "natural ports", "Peru"]
        items = listed_items("Oil, natural gas, grain, and ore go to Kobe.", "en")
        assert [item.text for item in items] == ["Oil", "natural gas", "grain", "ore"]

    def test_what_begins_an_item_is_asked_of_the_language(self):
        items = listed_items("It names the navy, UN agencies, the guard, and a port.", "en")
        assert [item.text for item in items][1:] == ["UN agencies", "the guard"]

    @pytest.mark.parametrize("text", ["Oil and gas.", "She came, saw who won, and left.", ""])
    def test_two_items_and_clauses_are_no_list(self, text):
        assert listed_items(text, "en") == []

    def test_an_item_left_out_is_a_warning(self, found):
        source = "The port handles semiconductors, fertiliser and natural gas."
        [finding] = found(
            OmittedItemCheck(), source, "Le port traite les semi-conducteurs et le gaz naturel."
        )
        assert finding.source_text[finding.source_span.slice].strip() == "fertiliser"

    LISTED = "Ships from Japan, Greece, Norway and Egypt lay in the port."

    @pytest.mark.parametrize(
        ("language", "target", "omitted"),
        [
            ("fr", "Des navires du Japon, de Norvège et d’Égypte étaient au port.", "Greece"),
            ("de", "Schiffe aus Japan, Griechenland und Ägypten lagen im Hafen.", "Norway"),
            ("es", "En el puerto había barcos de Japón, Grecia y Noruega.", "Egypt"),
            ("it", "Nel porto c’erano navi di Grecia, Norvegia ed Egitto.", "Japan"),
            ("pt", "No porto estavam navios do Japão, da Noruega e do Egito.", "Greece"),
            ("nl", "In de haven lagen schepen uit Japan, Griekenland en Egypte.", "Norway"),
            ("pl", "W porcie stały statki z Japonii, Grecji i Egiptu.", "Norway"),
            ("ru", "В порту стояли суда из Японии, Норвегии и Египта.", "Greece"),
            ("ar", "رست في الميناء سفن من اليابان واليونان ومصر.", "Norway"),
            ("ja", "港には日本、ノルウェー、エジプトの船がいた。", "Greece"),
            ("zh-Hans", "港口停着来自日本、希腊和埃及的船。", "Norway"),
            ("zh-Hant", "港口停著來自日本、挪威和埃及的船。", "Greece"),
            ("ko", "항구에는 일본, 그리스, 이집트의 배가 있었다.", "Norway"),
        ],
    )
    def test_one_of_four_left_out_is_told_by_name(self, found, language, target, omitted):
        [finding] = found(OmittedItemCheck(), self.LISTED, target, language)
        assert finding.severity == "warning"
        assert finding.source_text[finding.source_span.slice].strip() == omitted

    @pytest.mark.parametrize(
        ("language", "target"),
        [
            ("fr", "Des navires de Grèce, du Japon, de Norvège et d’Égypte étaient au port."),
            ("de", "Japanische, griechische, norwegische und ägyptische Schiffe lagen im Hafen."),
            ("ar", "رست في الميناء سفن من اليابان واليونان والنرويج ومصر."),
            ("zh-Hans", "港口停着来自日本、希腊、挪威和埃及的船。"),
            ("ja", "港には日本とギリシャとノルウェーとエジプトの船がいた。"),
        ],
    )
    def test_four_of_four_are_right(self, found, language, target):
        assert found(OmittedItemCheck(), self.LISTED, target, language) == []

    def test_an_abbreviation_in_brackets_left_out_is_a_note(self, found):
        source = "The International Maritime Organization (IMO) has a rule."
        [finding] = found(OmittedItemCheck(), source, "المنظمة البحرية الدولية لديها قاعدة.", "ar")
        assert finding.source_text[finding.source_span.slice] == "(IMO)"
        assert finding.severity == "note"

    def test_a_bracket_with_numbers_left_out_is_a_warning(self, found):
        source = "It fixed the lengths of 20 and 40 feet (6.1 and 12.2 metres)."
        target = "Elle a fixé des longueurs de 20 et 40 pieds."
        [finding] = found(OmittedItemCheck(), source, target)
        assert finding.severity == "warning"
        assert finding.source_text[finding.source_span.slice] == "(6.1 and 12.2 metres)"

    @pytest.mark.parametrize(
        "target",
        [
            "Le port traite les semi-conducteurs, les engrais et le gaz naturel.",
            "Le port traite le gaz naturel, les engrais et les semi-conducteurs.",
        ],
    )
    def test_all_items_in_any_order_are_right(self, found, target):
        source = "The port handles semiconductors, fertiliser and natural gas."
        assert found(OmittedItemCheck(), source, target) == []
