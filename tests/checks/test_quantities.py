"""What the checks on quantities say of a translation, and what they leave alone."""

import pytest

from align.checks.quantities.matching import match
from align.checks.quantities.wording import suggested
from align.quantities import quantities_of

WRONG = [
    ("numbers", "ja", "It carries 3,600 containers.", "コンテナ3万6000個を積む。"),
    ("numbers", "fr", "It has 860 members.", "Il compte 680 membres."),
    ("numbers", "fr", "Five of them are European.", "Dont six européennes."),
    ("numbers", "es", "It named eleven kinds of goods.", "Nombró doce clases de bienes."),
    ("numbers", "zh-Hans", "Two in five moved.", "五分之三搬走了。"),
    ("numbers", "ar", "Only one in eight trusted it.", "واحدة من كل تسع وثقت به."),
    ("numbers", "fr", "About three quarters of it.", "Environ deux tiers."),
    ("dates", "fr", "On 19 February 2024.", "Le 19 février 2023."),
    ("dates", "es", "On 23 March 2021.", "El 23 de mayo de 2021."),
    ("dates", "ja", "On 19 March 2025.", "令和5年3月19日。"),
    ("dates", "fr", "In the 19th century.", "Au XVIIIe siècle."),
    ("dates", "zh-Hans", "In the 1970s.", "在20世纪90年代。"),
    ("dates", "ru", "In December 2022.", "В сентябре 2022 года."),
    ("dates", "fr", "On 19 February 2024.", "Le 19 février."),
    ("dates", "ja", "On Saturday it rained.", "日曜日は雨だった。"),
    ("times", "ja", "At 5:30 p.m.", "午前5時30分に。"),
    ("times", "fr", "At 17:30.", "À 17 h 20."),
    ("money", "fr", "It costs 33.9 billion yen.", "Il coûte 33,9 millions de yens."),
    ("money", "es", "It costs 33.9 billion yen.", "Cuesta 33.900 millones de yuanes."),
    ("money", "ru", "From 5.86 dollars.", "С 5,86 фунта."),
    ("money", "ja", "Less than 16 cents.", "16ドル未満。"),
    ("money", "zh-Hant", "It is 8.7 trillion yen.", "是8億7000萬日圓。"),
    ("percentages", "fr", "No more than 35 percent.", "Pas plus de 53 %."),
    ("percentages", "ar", "For 70 percent of them.", "عن 7% منها."),
    ("measures", "ar", "It is 14,000 kilometres long.", "طوله 14 ألف ميل."),
    ("measures", "ru", "At a speed of three knots.", "На скорости три мили."),
    ("measures", "zh-Hans", "For 294 days.", "294小时。"),
    ("measures", "es", "At 30 degrees Celsius.", "A 30 grados Fahrenheit."),
    ("measures", "fr", "At minus 30 degrees Celsius.", "À 30 degrés Celsius."),
    ("measures", "es", "A century and a half ago.", "Hace medio siglo."),
    ("measures", "zh-Hans", "About 3.4 million square kilometres.", "约34万平方公里。"),
    ("measures", "fr", "It takes 40 minutes.", "Il faut 40 kilomètres."),
    ("percentages", "ru", "Prices rose by 20 percent.", "Цены выросли на 20 евро."),
    ("percentages", "zh-Hans", "It fell by 3 percentage points.", "下降了3%。"),
    ("percentages", "es", "It fell by 3 percent.", "Bajó 3 puntos porcentuales."),
    ("numbers", "fr", "It stands at −7.", "Il est à 7."),
    ("numbers", "ru", "It stands at 7.", "Он равен минус 7."),
    ("percentages", "zh-Hant", "Growth was −2.5 percent.", "成長率為2.5%。"),
    ("money", "zh-Hans", "It cost 50 million yen.", "耗资5000万元。"),
    ("money", "zh-Hant", "It cost 50 million dollars.", "耗資5000萬元。"),
]


@pytest.mark.parametrize(("check", "language", "source", "target"), WRONG)
def test_a_wrong_quantity_is_found(findings, check, language, source, target):
    (finding,) = findings(source, target, language)
    assert finding.check == check
    assert finding.severity in ("error", "warning")


RIGHT = [
    ("ja", "43 trillion yen", "43兆円"),
    ("ja", "37,000 people", "3万7,000人"),
    ("ja", "fiscal 2025", "令和7年度"),
    ("ja", "At 5:30 p.m.", "17時30分に"),
    ("ja", "one in eight companies", "8社に1社"),
    ("ja", "30 percent of them", "その3割"),
    ("fr", "8.7 trillion yen", "8 700 milliards de yens"),
    ("fr", "the 1970s", "les années 1970"),
    ("fr", "a dozen ships", "12 navires"),
    ("fr", "12 ships", "une douzaine de navires"),
    ("fr", "Both ships", "Les 2 navires"),
    ("fr", "a fortnight", "quinze jours"),
    ("fr", "World War II", "la Seconde Guerre mondiale"),
    ("fr", "half of them", "50 % d’entre eux"),
    ("fr", "June 5–7, 2018", "du 5 au 7 juin 2018"),
    ("fr", "At half past ten in the evening", "À 22 h 30"),
    ("fr", "COVID-19 in 2020", "le covid en 2020"),
    ("es", "8.7 trillion yen", "8,7 billones de yenes"),
    ("es", "10 to 15 million people", "entre 10 millones y 15 millones de personas"),
    ("es", "in his 40s", "de unos 40 años"),
    ("ru", "4 trillion yen", "4 трлн иен"),
    ("ru", "twenty-one countries", "двадцати одной страны"),
    ("ru", "In the 21st century the two lanes", "В XXI веке два пути"),
    ("ar", "two years and two weeks", "سنتان وأسبوعان"),
    ("ar", "the 19th century", "القرن التاسع عشر"),
    ("ar", "On 19 March 2023", "في ١٩ آذار ٢٠٢٣"),
    ("zh-Hans", "two decades", "20多年"),
    ("zh-Hans", "a 2-0 win", "2比0获胜"),
    ("zh-Hant", "1.5 billion", "15億"),
    ("fr", "385 miles away", "à 620 km"),
    ("fr", "20 feet", "20 pieds (6,1 m)"),
    ("fr", "about a mile away", "à environ 1,5 km"),
    ("fr", "It was 80 degrees.", "Il faisait 27 degrés."),
    ("fr", "It cost $5 million.", "Il a coûté 5 millions de dollars (4,4 millions d’euros)."),
    ("fr", "open 24/7", "ouvert jour et nuit"),
    ("fr", "the 9/11 attacks", "les attentats du 11 septembre"),
    ("ja", "at noon", "12時に"),
    ("fr", "at 0900 GMT", "à 9 h 00 GMT"),
    ("fr", "two-thirds", "les 2/3"),
    ("fr", "a third of them", "33 % d’entre eux"),
    ("fr", "a crore", "10 millions"),
    ("ja", "Henry VIII", "ヘンリー8世"),
    ("fr", "100 percent sure", "tout à fait sûr"),
    ("fr", "Read on Saturday", "Lu le 29 septembre"),
    ("fr", "In 2018 and in 2018 again", "En 2018, puis de nouveau"),
    ("es", "in the 1930s", "en los años 30 del siglo XX"),
    ("ja", "One creation a year", "1つの作品を1年に"),
    ("ja", "It fell by 0.5 percentage points.", "0.5ポイント下がった。"),
    ("zh-Hans", "Growth was −2.5 percent.", "增长率为−2.5%。"),
    ("fr", "at 7 of them", "au moins 7 d’entre eux"),
    ("es", "Its crew — 3,000 people — left.", "La tripulación –3.000 personas– se fue."),
    ("ja", "It won 14½–13½.", "14½-13½で勝った。"),
    ("zh-Hans", "It cost 50 million yuan.", "耗资5000万元。"),
    ("zh-Hant", "It cost NT$50 million.", "耗資5000萬元。"),
    ("zh-Hant", "It cost 50 million dollars.", "耗資5000萬港元。"),
]


@pytest.mark.parametrize(("language", "source", "target"), RIGHT)
def test_the_same_quantity_in_other_words_is_left_alone(findings, language, source, target):
    assert findings(source, target, language) == []


def test_a_figure_that_is_missing_is_an_error(findings):
    (finding,) = findings("It has 860 members.", "Il a des membres.")
    assert (finding.check, finding.severity) == ("numbers", "error")
    assert finding.message == "“860” is missing from the translation"
    assert finding.source_text[finding.source_span.slice] == "860"
    assert finding.target_span is None


def test_a_figure_that_was_added_is_an_error(findings):
    (finding,) = findings("It has members.", "Il a 860 membres.")
    assert (finding.check, finding.severity) == ("numbers", "error")
    assert finding.target_text[finding.target_span.slice] == "860"


def test_a_small_figure_that_was_added_is_a_note(findings):
    (finding,) = findings("Each country pays.", "3カ国が払う。", "ja")
    assert finding.severity == "note"


def test_small_spelled_out_numbers_are_never_missed(findings):
    assert findings("One of the two is three.", "L’un des leurs est ainsi.") == []


def test_both_places_are_told_and_what_could_stand_there(findings):
    (finding,) = findings("It costs 33.9 billion yen.", "Il coûte 33,9 millions de yens.")
    assert finding.source_text[finding.source_span.slice] == "33.9 billion yen"
    assert finding.target_text[finding.target_span.slice] == "33,9 millions de yens"
    assert finding.suggestion == "33,9 milliards de yens"
    assert finding.message == (
        "“33.9 billion yen” (33,900,000,000) in the source, "
        "“33,9 millions de yens” (33,900,000) in the translation"
    )


def test_another_unit_is_said_to_be_one(findings):
    (finding,) = findings("It is 400 metres long.", "Il mesure 400 miles.")
    assert finding.message.startswith("another unit: ")
    assert finding.suggestion == "400 mètres"


def test_a_unit_that_is_said_once_for_two_numbers_is_named(findings):
    found = findings("Lengths are 20 and 40 feet.", "Elles mesurent 20 et 40 mètres.")
    assert [each.message for each in found] == [
        "another unit: “20” (foot) in the source, “20” (meter) in the translation",
        "another unit: “40 feet” in the source, “40 mètres” in the translation",
    ]


def test_a_quantity_may_stand_in_the_neighbouring_passage(findings):
    source = "It left in 1956.\nIt had 58 containers."
    assert findings(source, "Il partit.\nEn 1956, il avait 58 conteneurs.") == []


def test_a_passage_without_translation_is_left_to_other_checks(findings):
    assert findings("It left in 1956.\nIt sank.", ["", "Il a sombré."]) == []


def test_several_errors_in_a_passage_are_each_told(findings):
    found = findings("From 26,434 to 13,213 in 2024.", "De 26 343 à 13 231 en 2023.")
    assert sorted(f.target_text[f.target_span.slice] for f in found) == [
        "13 231",
        "2023",
        "26 343",
    ]


def test_other_pairs_of_languages_are_compared_too(findings):
    assert findings("221.000 Menschen", "221 000 personnes", "fr", "de") == []
    assert len(findings("221.000 Menschen", "212 000 personnes", "fr", "de")) == 1
    assert findings("2,5 miljoner", "2,5 milioni", "it", "sv") == []


SUGGESTIONS = [
    ("ja", "8.7 trillion yen", "8700億円", "8兆7000億円"),
    ("zh-Hant", "8.7 trillion yen", "8億7000萬日圓", "8兆7000億日圓"),
    ("zh-Hans", "1 billion euros", "10亿美元", "10亿欧元"),
    ("zh-Hans", "128 metres", "128英尺", "128米"),
    ("es", "30 degrees Celsius", "30 grados Fahrenheit", "30 grados Celsius"),
    ("ru", "1 billion euros", "1 трлн евро", "1\xa0млрд евро"),
    ("ja", "1,270 trillion yen", "127兆円", "1270兆円"),
    ("ja", "1 January 2017", "2017年7月1日", "2017年1月1日"),
    ("fr", "19th century", "XVIIIe siècle", "XIXe siècle"),
    ("fr", "35 percent", "53 %", "35 %"),
    ("fr", "five", "six", "cinq"),
    ("zh-Hans", "1950", "一九六〇", "1950"),
    ("fr", "1843", "mille huit cent trente-quatre", "1843"),
    ("fr", "−12", "12", "-12"),
    ("fr", "−12.5", "−12,6", "−12,5"),
]


@pytest.mark.parametrize(("language", "source", "target", "suggestion"), SUGGESTIONS)
def test_suggestions_are_in_the_notation_of_the_translation(language, source, target, suggestion):
    expected, written = quantities_of(source, "en")[0], quantities_of(target, language)[0]
    assert suggested(expected, written, target, language) == suggestion


def test_nothing_is_suggested_that_would_read_as_something_else():
    expected, written = quantities_of("5:30 p.m.", "en")[0], quantities_of("17 h 20", "fr")[0]
    assert suggested(expected, written, "17 h 20", "fr") is None


def test_every_quantity_is_matched_at_most_once():
    sides = match(quantities_of("3 and 3 and 4", "en"), quantities_of("3 et 4 et 4", "fr"))
    assert [q.value for q in sides.source] == [3]
    assert [q.value for q in sides.target] == [4]


@pytest.mark.parametrize("digits", [22, 23, 24])
def test_nothing_is_suggested_for_a_number_that_is_too_long_to_be_written(digits):
    [expected], [written] = quantities_of("1" * digits, "en"), quantities_of("5", "fr")
    assert suggested(expected, written, "5", "fr") is None
