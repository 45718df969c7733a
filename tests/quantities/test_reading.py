"""What each language's notation is read as."""

from fractions import Fraction

import pytest

from align.quantities import Certainty, Clock, Day, quantities_of

NUMBERS = [
    ("en", "3,600 containers", 3600),
    ("en", "3½ turns", Fraction(7, 2)),
    ("en", "one hundred and five ships", 105),
    ("en", "two dozen eggs", 24),
    ("fr", "26 434 passages", 26434),
    ("fr", "26\u202f434 passages", 26434),
    ("fr", "26\u00a0434 passages", 26434),
    ("fr", "soixante-dix-sept pays", 77),
    ("fr", "quatre-vingt-onze pays", 91),
    ("fr", "vingt et un mille pays", 21_000),
    ("fr-CH", "1’234’567 passages", 1_234_567),
    ("es", "26.434 pasos", 26434),
    ("es", "veintiún países", 21),
    ("es", "mil millones", 10**9),
    ("es", "33.900 millones", 33_900_000_000),
    ("es", "43 billones", 43 * 10**12),
    ("es", "trigésimo sexta reunión", 36),
    ("ru", "26 434 прохода", 26434),
    ("ru", "4 млрд 300 млн", 4_300_000_000),
    ("ru", "двадцати одного судна", 21),
    ("ru", "в двенадцати странах", 12),
    ("ar", "٤٫٥ مليون", 4_500_000),
    ("ar", "13,213 سفينة", 13213),
    ("ar", "خمسة وعشرون سفينة", 25),
    ("ar", "خمس وعشرون دولة", 25),
    ("ar", "مئة وخمسة وعشرون", 125),
    ("ar", "ثلاثمائة سفينة", 300),
    ("ar", "30،000 كوري", 30_000),
    ("ja", "3万7,000人", 37_000),
    ("ja", "三十五隻", 35),
    ("ja", "８兆７０００億", 8_700_000_000_000),
    ("ja", "1 億 4 千万", 140_000_000),
    ("zh-Hans", "8.7万亿", 8_700_000_000_000),
    ("zh-Hans", "550多万人", 5_500_000),
    ("zh-Hans", "一百二十艘", 120),
    ("zh-Hant", "8兆7000億", 8_700_000_000_000),
    ("zh-Hant", "3萬7千", 37_000),
    ("de", "1.234,5 Meter", Fraction("1234.5")),
    ("de", "zweihunderteinundzwanzigtausendfünfzig", 221_050),
    ("de", "1,5 Mio. Menschen", 1_500_000),
    ("ko", "3600개", 3600),
    ("en", "half a million people", 500_000),
    ("en", "two and a half million people", 2_500_000),
    ("fr", "un demi-million d’habitants", 500_000),
    ("fr", "deux millions et demi", 2_500_000),
    ("es", "medio millón de personas", 500_000),
    ("es", "un millón y medio", 1_500_000),
    ("ru", "полмиллиона человек", 500_000),
    ("ru", "полтора миллиона человек", 1_500_000),
    ("ar", "نصف مليون شخص", 500_000),
    ("ar", "مليون ونصف", 1_500_000),
    ("en", "eleven hundred ships", 1100),
    ("en", "two thousand twenty-five ships", 2025),
    ("en", "1,234,567 ships", 1_234_567),
    ("en", "1,234.5 ships", Fraction("1234.5")),
    ("en", "1.234.567 ships", 1_234_567),
    ("en", "0.125 of it", Fraction(1, 8)),
    ("fr", "mille neuf cents pays", 1900),
    ("es", "mil millones doscientos", 1_000_000_200),
    ("ar", "خمسون ألفا", 50_000),
    ("ja", "1.2億", 120_000_000),
    ("zh-Hans", "两千零五艘", 2005),
    ("zh-Hans", "三点一四", Fraction("3.14")),
    ("zh-Hans", "一万二", 12_000),
    ("zh-Hant", "兩百五", 250),
    ("zh-Hans", "一万零二", 10_002),
    ("ru", "пятитысячная толпа", 5000),
    ("it", "duemilaquattrocento navi", 2400),
    ("en", "1/4", Fraction(1, 4)),
    ("en", "2 1/2 turns", Fraction(5, 2)),
]

OF_TWO_READINGS = [
    ("fr", "1.234", (1234, Fraction("1.234"))),
    ("en", "100m people", (100, 100_000_000)),
]

FRACTIONS = [
    ("en", "one in eight", (1, 8)),
    ("en", "two out of five", (2, 5)),
    ("en", "three quarters", (3, 4)),
    ("fr", "une sur huit", (1, 8)),
    ("en", "two-thirds", (2, 3)),
    ("fr", "trois quarts", (3, 4)),
    ("fr", "deux tiers", (2, 3)),
    ("ru", "две трети", (2, 3)),
    ("es", "uno de cada ocho", (1, 8)),
    ("es", "tres cuartas partes", (3, 4)),
    ("ru", "одна из восьми", (1, 8)),
    ("ru", "три четверти", (3, 4)),
    ("ar", "واحدة من كل ثمانٍ", (1, 8)),
    ("ar", "ثلاثة أرباع", (3, 4)),
    ("ja", "8社に1社", (1, 8)),
    ("ja", "5分の2", (2, 5)),
    ("zh-Hans", "八分之一", (1, 8)),
    ("zh-Hant", "五分之二", (2, 5)),
]

DATES = [
    ("en", "19 February 2024", Day(2024, 2, 19)),
    ("en", "February 19, 2024", Day(2024, 2, 19)),
    ("en", "the 19th of February", Day(None, 2, 19)),
    ("en", "2024-02-19", Day(2024, 2, 19)),
    ("en", "December 2022", Day(2022, 12)),
    ("fr", "le 1er février 2024", Day(2024, 2, 1)),
    ("fr", "19 févr. 2024", Day(2024, 2, 19)),
    ("fr", "19/02/2024", Day(2024, 2, 19)),
    ("es", "el 19 de febrero de 2024", Day(2024, 2, 19)),
    ("ru", "19 февраля 2024 года", Day(2024, 2, 19)),
    ("ru", "в сентябре 2022 года", Day(2022, 9)),
    ("ru", "19.02.2024", Day(2024, 2, 19)),
    ("ar", "19 نوفمبر 2023", Day(2023, 11, 19)),
    ("ar", "١٩ تشرين الثاني ٢٠٢٣", Day(2023, 11, 19)),
    ("ar", "19 آذار 2023", Day(2023, 3, 19)),
    ("ja", "令和7年3月19日", Day(2025, 3, 19)),
    ("ja", "二〇二五年三月十九日", Day(2025, 3, 19)),
    ("zh-Hans", "2024年2月19日", Day(2024, 2, 19)),
    ("zh-Hant", "民國113年2月19日", Day(2024, 2, 19)),
    ("ja", "令和7年度", Fraction(2025)),
    ("ja", "平成元年", Fraction(1989)),
    ("en", "fiscal 2024", Fraction(2024)),
    ("en", "Monday", Day(weekday=1)),
    ("ja", "9月", Day(None, 9)),
    ("zh-Hans", "九月", Day(None, 9)),
]

PERIODS = [
    ("en", "the 1970s", "decade", 1970),
    ("fr", "les années 1970", "decade", 1970),
    ("fr", "les années 70", "decade", 1970),
    ("es", "la década de 1970", "decade", 1970),
    ("es", "los setenta", "decade", 1970),
    ("ru", "в 1970-х годах", "decade", 1970),
    ("ar", "السبعينيات", "decade", 1970),
    ("ja", "1970年代", "decade", 1970),
    ("zh-Hans", "20世纪70年代", "decade", 1970),
    ("zh-Hant", "上世紀八十年代", "decade", 1980),
    ("en", "the 19th century", "century", 19),
    ("en", "the twenty-first century", "century", 21),
    ("fr", "au XIXe siècle", "century", 19),
    ("fr", "au XIXᵉ siècle", "century", 19),
    ("es", "el siglo XIX", "century", 19),
    ("ru", "XIX век", "century", 19),
    ("ru", "в девятнадцатом веке", "century", 19),
    ("ar", "القرن التاسع عشر", "century", 19),
    ("ar", "القرن الحادي والعشرين", "century", 21),
    ("ja", "十九世紀", "century", 19),
    ("zh-Hans", "19世纪", "century", 19),
]

TIMES = [
    ("en", "5:30 p.m."),
    ("en", "5.30pm"),
    ("en", "17:30"),
    ("fr", "17 h 30"),
    ("fr", "17h30"),
    ("fr", "17 h. 30"),
    ("de", "17.30 Uhr"),
    ("es", "5:30 p. m."),
    ("ru", "17:30"),
    ("ar", "5:30 مساءً"),
    ("ja", "午後5時30分"),
    ("ja", "午後5時半"),
    ("zh-Hans", "下午5点半"),
    ("zh-Hant", "下午5點30分"),
]

TIMES_IN_WORDS = [
    ("en", "half past five", [Clock(5, 30), Clock(17, 30)]),
    ("en", "five o'clock", [Clock(5, 0), Clock(17, 0)]),
    ("en", "five p.m.", [Clock(17, 0)]),
    ("en", "at five in the evening", [Clock(17, 0)]),
    ("es", "las cinco de la tarde", [Clock(17, 0)]),
]

MONEY = [
    ("en", "33.9 billion yen", "JPY", 33_900_000_000),
    ("en", "$5m", "USD", 5_000_000),
    ("en", "£3.2bn", "GBP", 3_200_000_000),
    ("en", "USD 5", "USD", 5),
    ("en", "$5 dollars", "USD", 5),
    ("en", "16 cents", "USD/100", 16),
    ("fr", "33,9 milliards de yens", "JPY", 33_900_000_000),
    ("fr", "1,5 million d’euros", "EUR", 1_500_000),
    ("es", "33.900 millones de yenes", "JPY", 33_900_000_000),
    ("ru", "8,7 трлн иен", "JPY", 8_700_000_000_000),
    ("ru", "5,86 доллара", "USD", Fraction("5.86")),
    ("ar", "8.7 تريليون ين", "JPY", 8_700_000_000_000),
    ("ja", "43兆円", "JPY", 43 * 10**12),
    ("ja", "16セント", "USD/100", 16),
    ("zh-Hans", "约10亿欧元", "EUR", 10**9),
    ("zh-Hant", "8兆7000億日圓", "JPY", 8_700_000_000_000),
]

PERCENTAGES = [
    ("en", "35 per cent"),
    ("en", "thirty-five percent"),
    ("fr", "35 %"),
    ("fr", "trente-cinq pour cent"),
    ("es", "35 por ciento"),
    ("ru", "35 процентов"),
    ("ar", "35 في المئة"),
    ("ar", "٣٥٪"),
    ("ja", "3割5分"),
    ("ja", "35パーセント"),
    ("zh-Hans", "百分之三十五"),
]

MEASURES = [
    ("en", "400 metres", "meter", 400),
    ("en", "three knots", "knot", 3),
    ("en", "2.8 million square kilometres", "square-kilometer", 2_800_000),
    ("en", "6-foot-6", "foot", Fraction(13, 2)),
    ("en", "5 feet 11 inches", "foot", Fraction(71, 12)),
    ("en", "a century and a half", "century", Fraction(3, 2)),
    ("en", "half a century", "century", Fraction(1, 2)),
    ("fr", "20 pieds", "foot", 20),
    ("fr", "un siècle et demi", "century", Fraction(3, 2)),
    ("es", "30 grados Celsius", "celsius", 30),
    ("es", "medio siglo", "century", Fraction(1, 2)),
    ("ru", "трёх узлов", "knot", 3),
    ("ru", "полтора года", "year", Fraction(3, 2)),
    ("ar", "سنتان", "year", 2),
    ("ar", "أسبوعين", "week", 2),
    ("ja", "2.8海里", "nautical-mile", Fraction("2.8")),
    ("ja", "1年半", "year", Fraction(3, 2)),
    ("zh-Hans", "一个半小时", "hour", Fraction(3, 2)),
    ("zh-Hans", "100千米", "kilometer", 100),
    ("zh-Hant", "128公尺", "meter", 128),
]


def only(text, language):
    """The one quantity of a text; words that may state one aside."""
    found = quantities_of(text, language)
    sure = [each for each in found if each.certainty] or list(found)
    assert len(sure) == 1, found
    return sure[0]


@pytest.mark.parametrize(("language", "text", "value"), NUMBERS)
def test_numbers_are_read_as_values(language, text, value):
    assert only(text, language).value == value


@pytest.mark.parametrize(("language", "text", "parts"), FRACTIONS)
def test_fractions_are_read_whole(language, text, parts):
    quantity = only(text, language)
    assert (quantity.value, quantity.parts) == (Fraction(*parts), parts)


@pytest.mark.parametrize(("language", "text", "day"), DATES)
def test_dates_are_read_in_any_order_and_notation(language, text, day):
    quantity = only(text, language)
    assert (quantity.kind, quantity.value) == ("date", day)


@pytest.mark.parametrize(("language", "text", "unit", "value"), PERIODS)
def test_decades_and_centuries_are_dates(language, text, unit, value):
    quantity = quantities_of(text, language)[-1]
    assert (quantity.kind, quantity.units, quantity.value) == ("date", (unit,), value)


@pytest.mark.parametrize(("language", "text"), TIMES)
def test_times_are_read_in_both_halves_of_the_day(language, text):
    quantity = only(text, language)
    assert (quantity.kind, quantity.value) == ("time", Clock(17, 30))


@pytest.mark.parametrize(("language", "text", "times"), TIMES_IN_WORDS)
def test_times_in_words_are_likely_times(language, text, times):
    quantity = only(text, language)
    assert (quantity.kind, [*quantity.values]) == ("time", times)
    assert quantity.certainty == Certainty.LIKELY


@pytest.mark.parametrize(("language", "text", "values"), OF_TWO_READINGS)
def test_what_can_be_read_in_two_ways_has_both_values(language, text, values):
    assert only(text, language).values == values


@pytest.mark.parametrize(("language", "text", "currency", "value"), MONEY)
def test_sums_have_a_currency(language, text, currency, value):
    quantity = only(text, language)
    assert (quantity.kind, quantity.units[0], quantity.value) == ("money", currency, value)


@pytest.mark.parametrize(("language", "text"), PERCENTAGES)
def test_percentages_are_in_percent(language, text):
    quantity = only(text, language)
    assert (quantity.units, quantity.value) == (("percent",), 35)


@pytest.mark.parametrize(("language", "text", "unit", "value"), MEASURES)
def test_measures_have_a_unit(language, text, unit, value):
    quantity = quantities_of(text, language)[-1]
    assert (quantity.kind, quantity.units[0], quantity.value) == ("measure", unit, value)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "minus 30 degrees Celsius"),
        ("en", "-30 °C"),
        ("fr", "−30 °C"),
        ("es", "30 grados bajo cero"),
        ("ru", "минус 30 градусов"),
        ("ar", "30 درجة تحت الصفر"),
        ("ja", "マイナス30度"),
        ("zh-Hans", "零下30摄氏度"),
    ],
)
def test_temperatures_may_be_below_zero(language, text):
    assert only(text, language).value < 0


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The second may march on; both of us, none of them."),
        ("en", "I said so."),
        ("fr", "L’un d’eux, le second, est double."),
        ("ja", "一部は九州で一緒に。二酸化炭素。"),
        ("zh-Hans", "十分重要，一直一样。"),
        ("en", "Write to desk42@example.org or see https://example.org/2024/5"),
    ],
)
def test_idioms_and_addresses_state_no_quantity_for_sure(language, text):
    assert not any(quantity.certainty for quantity in quantities_of(text, language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "billions of dollars, hundreds of thousands of people, dozens of ships"),
        ("fr", "des milliards de dollars, des centaines de milliers de personnes"),
        ("es", "miles de millones de dólares, cientos de miles de personas"),
        ("ru", "миллиарды долларов, сотни тысяч человек"),
        ("ar", "مليارات الدولارات، مئات الآلاف من الناس"),
        ("ja", "数十億ドル、数十万人"),
        ("zh-Hans", "数十亿美元，几十万人"),
    ],
)
def test_vague_amounts_state_no_quantity_for_sure(language, text):
    found = [q for q in quantities_of(text, language) if q.certainty >= Certainty.CERTAIN]
    assert found == []


def test_names_keep_their_numbers():
    names = [q.name for q in quantities_of("F-35s, COVID-19, the G7 and 5G", "en")]
    assert names == ["F-35s", "COVID-19", "G7", "5G"]


def test_a_range_shares_its_scale_and_unit():
    first, second = quantities_of("10 to 15 million dollars", "en")
    assert 10_000_000 in first.values
    assert first.units == second.units


def test_both_ends_of_a_range_of_years_are_years():
    assert [1953 in q.values for q in quantities_of("1950-53", "en")] == [False, True]


def test_spans_lead_back_to_the_text_as_it_stands():
    text = "قال إنّ ٤٫٥ مليونِ شخص"
    quantity = quantities_of(text, "ar")[0]
    assert text[quantity.span.slice].startswith("٤٫٥ مليون")


def test_spelled_out_numbers_are_less_certain_than_figures():
    sure = [q.certainty for q in quantities_of("one, seven, 7", "en")]
    assert sure == [Certainty.POSSIBLE, Certainty.LIKELY, Certainty.CERTAIN]


def test_a_language_without_a_table_is_read_by_cldr():
    day = only("19 februari 2024", "sv")
    assert day.value == Day(2024, 2, 19)
    assert only("2,5 miljoner", "sv").value == 2_500_000


def test_no_text_has_no_quantities():
    assert quantities_of("", "en") == ()


@pytest.mark.parametrize(
    ("language", "text", "stated"),
    [
        ("en", "Fog came on 3 May. It stayed.", "3 May"),
        ("fr", "Il est venu le 4 mai.", "4 mai"),
        ("de", "Nebel am 4. Mai. Er blieb.", "4. Mai"),
        ("en", "It came on 3 Jan. at last.", "3 Jan."),
        ("en", "It came on 3 Jan. 2024.", "3 Jan. 2024"),
        ("en", "It came on 3 May. 2024.", "3 May. 2024"),
    ],
)
def test_the_full_stop_behind_a_month_is_the_dates_where_it_abbreviates(language, text, stated):
    (quantity,) = quantities_of(text, language)
    assert text[quantity.span.slice] == stated
