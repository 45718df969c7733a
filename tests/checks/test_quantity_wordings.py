"""Quantities as each language words them: which are the same, and which are not."""

import pytest

TIMES = [
    ("de", "We meet at 7:30.", "Wir treffen uns um halb acht."),
    ("de", "We meet at 8 p.m.", "Heute Abend um 8 Uhr treffen wir uns."),
    ("de", "At 10:10 it rang.", "Um zehn nach zehn läutete es."),
    ("de", "At 10:50 it rang.", "Um zehn vor elf läutete es."),
    ("fr", "We meet at 6:45.", "On se retrouve à sept heures moins le quart."),
    ("fr", "We meet at 6:15.", "On se retrouve à six heures et quart."),
    ("fr", "We meet at 5 p.m.", "On se retrouve à cinq heures du soir."),
    ("fr", "We meet at 5 p.m.", "On se retrouve à 17 heures."),
    ("fr", "We meet at 5:20 p.m.", "On se retrouve à cinq heures vingt."),
    ("fr", "It took 5 hours.", "Il a fallu cinq heures."),
    ("fr", "It took two and a half hours.", "Il a fallu deux heures et demie."),
    ("fr", "It took an hour and a half.", "Il a fallu une heure et demie."),
    ("fr", "The shop closes at 12 p.m.", "Le magasin ferme à midi."),
    ("es", "We meet at 5:30.", "Nos vemos a las cinco y media."),
    ("es", "We meet at 5:45.", "Nos vemos a las seis menos cuarto."),
    ("es", "We meet at 5:20.", "Nos vemos a las cinco y veinte."),
    ("es", "We meet at 9 p.m.", "Nos vemos a las nueve de la noche."),
    ("es", "We meet at 1:30.", "Nos vemos a la una y media."),
    ("es", "It lasted three and a half hours.", "Duró tres horas y media."),
    ("it", "We meet at 7:30.", "Ci vediamo alle sette e mezza."),
    ("it", "We meet at 7:30.", "Ci vediamo alle sette e mezzo."),
    ("it", "We meet at 9:45.", "Ci vediamo alle dieci meno un quarto."),
    ("it", "We meet at 9 p.m.", "Ci vediamo alle nove di sera."),
    ("pt", "We meet at 7:30.", "Encontramo-nos às sete e meia."),
    ("pt", "We meet at 9 p.m.", "Encontramo-nos às nove da noite."),
    ("nl", "We meet at 7:30.", "We zien elkaar om half acht."),
    ("nl", "We meet at 7:15.", "We zien elkaar om kwart over zeven."),
    ("nl", "We meet at 8 p.m.", "We zien elkaar om acht uur 's avonds."),
    ("pl", "We meet at 7:30.", "Spotykamy się o wpół do ósmej."),
    ("pl", "We meet at 8 p.m.", "Spotykamy się o ósmej wieczorem."),
    ("pl", "We meet at 8 p.m.", "Spotykamy się o godzinie 20."),
    ("ru", "We meet at 7:30.", "Встречаемся в половине восьмого."),
    ("ru", "We meet at 7:30.", "Встречаемся в полвосьмого."),
    ("ru", "We meet at 6:15.", "Встречаемся в четверть седьмого."),
    ("ru", "We meet at 7:50.", "Встречаемся без десяти восемь."),
    ("ru", "We meet at 7:10.", "Встречаемся в десять минут восьмого."),
    ("ru", "We meet at 5 p.m.", "Встречаемся в пять часов вечера."),
    ("ru", "We meet at 5 p.m.", "Встречаемся в пять вечера."),
    ("ru", "We meet at 1 p.m.", "Встречаемся в час дня."),
    ("ru", "We meet at 2 a.m.", "Встречаемся в два часа ночи."),
    ("ru", "It lasted 8 hours.", "Это длилось 8 часов."),
    ("ar", "We meet at 7:30.", "نلتقي في السابعة والنصف."),
    ("ar", "We meet at 7:15.", "نلتقي في الساعة السابعة والربع."),
    ("ar", "We meet at 7:45.", "نلتقي في الثامنة إلا الربع."),
    ("ar", "We meet at 7:45.", "نلتقي في الثامنة إلا ربعا."),
    ("ar", "We meet at 9 p.m.", "نلتقي في التاسعة مساء."),
    ("ar", "We meet at 9 p.m.", "نلتقي في الساعة التاسعة ليلا."),
    ("zh-Hans", "We meet at 7:45.", "我们7点三刻见面。"),
    ("zh-Hans", "We meet at 7:45 p.m.", "我们晚上7点45分见面。"),
    ("zh-Hans", "We meet at 7:50.", "我们差十分八点见面。"),
    ("zh-Hans", "We meet at 7:20.", "我们七点二十见面。"),
    ("zh-Hans", "We meet at 9 p.m.", "我们晚上九点见面。"),
    ("zh-Hant", "We meet at 9 p.m.", "我們晚上九點鐘見面。"),
    ("zh-Hans", "It is 3.14.", "是三点一四。"),
    ("ja", "We meet at 7:30 p.m.", "夜の7時半に会う。"),
    ("ja", "We meet at 7:30 p.m.", "午後七時半に会う。"),
    ("ja", "We meet at 9 a.m.", "朝9時に会う。"),
    ("ja", "We meet at 7:50.", "8時10分前に会う。"),
    ("ko", "We meet at 7:30 p.m.", "우리는 오후 7시 30분에 만난다."),
    ("ko", "We meet at 7:30 p.m.", "우리는 저녁 7시 반에 만난다."),
    ("fr", "From ten to five people came.", "De dix à cinq personnes sont venues."),
    ("es", "Between the two and four years.", "Entre los dos y cuatro años."),
    ("fr", "Act 3 is short.", "L'acte 3 est court."),
    ("fr", "In 1958 it is over.", "EN 1958 EST LA FIN."),
    ("fr", "Flight 915 is late.", "Le vol 915 EST en retard."),
    ("es", "At 0900 EST.", "A las 9:00 (hora del Este)."),
    ("de", "Kilometre 930 is closed.", "Kilometer 930 est gesperrt."),
]

TIMES_THAT_DIFFER = [
    ("de", "We meet at 7:30.", "Wir treffen uns um halb sieben."),
    ("fr", "We meet at 6:15.", "On se retrouve à sept heures et quart."),
    ("es", "We meet at 5:30.", "Nos vemos a las seis y media."),
    ("es", "We meet at 9 p.m.", "Nos vemos a las nueve de la mañana."),
    ("it", "We meet at 7:30.", "Ci vediamo alle otto e mezza."),
    ("it", "We meet at 9 a.m.", "Ci vediamo alle 21."),
    ("pt", "We meet at 9 a.m.", "Encontramo-nos às 21 horas."),
    ("nl", "We meet at 8 a.m.", "We zien elkaar om 20 uur."),
    ("ru", "We meet at 7:30.", "Встречаемся в половине седьмого."),
    ("ru", "We meet at 5 p.m.", "Встречаемся в пять часов утра."),
    ("ar", "We meet at 7:30.", "نلتقي في الثامنة والنصف."),
    ("ar", "We meet at 9 p.m.", "نلتقي في التاسعة صباحا."),
    ("zh-Hans", "We meet at 7:45.", "我们七点一刻见面。"),
    ("zh-Hans", "We meet at 9 a.m.", "我们21点见面。"),
    ("ja", "We meet at 7:30 p.m.", "午前7時半に会う。"),
    ("ko", "We meet at 9 a.m.", "우리는 21시에 만난다."),
    ("ko", "We meet at 9 a.m.", "우리는 오후 9시에 만난다."),
]

SHARES = [
    ("fr", "It has three and a half pages.", "Il a trois pages et demie."),
    ("es", "It has three and a half pages.", "Tiene tres páginas y media."),
    ("zh-Hans", "It has three and a half pages.", "有三页半。"),
    ("zh-Hans", "It took three and a half hours.", "花了三个半小时。"),
    ("de", "It took two and a half hours.", "Es dauerte zweieinhalb Stunden."),
    ("de", "It took 2.5 hours.", "Es dauerte zweieinhalb Stunden."),
    ("de", "It costs 2.5 million.", "Es kostet zweieinhalb Millionen."),
    ("de", "It costs 1.5 million.", "Es kostet eineinhalb Millionen."),
    ("de", "It costs 1.5 million.", "Es kostet anderthalb Millionen."),
    ("ar", "Two and a half years ago.", "قبل سنتين ونصف."),
    ("ar", "He paid 5.5 million.", "دفع 5 ملايين ونصف المليون."),
    ("ar", "Two and a half months.", "شهران ونصف الشهر."),
    ("ar", "Three and a half years.", "ثلاث سنوات ونصف السنة."),
    ("it", "Two and a half years.", "Due anni e mezzo."),
    ("pt", "Two and a half years.", "Dois anos e meio."),
    ("nl", "Two and a half years.", "Tweeënhalf jaar."),
    ("pl", "Two and a half years.", "Dwa i pół roku."),
    ("pl", "One and a half years.", "Półtora roku."),
    ("ru", "Two and a half years.", "Два с половиной года."),
    ("ja", "Two and a half years.", "2年半。"),
    ("fr", "A quarter of a century.", "Un quart de siècle."),
    ("es", "A quarter of a century.", "Un cuarto de siglo."),
    ("de", "A quarter of a century.", "Ein Vierteljahrhundert."),
    ("ja", "A quarter of a century.", "四半世紀。"),
    ("zh-Hans", "A quarter of a century.", "四分之一世纪。"),
    ("fr", "25 years.", "Un quart de siècle."),
    ("fr", "A quarter of a mile.", "400 mètres."),
    ("fr", "1/4 mile.", "400 mètres."),
    ("fr", "A 1/4 mile.", "Un quart de mile."),
    ("fr", "2 1/2 inches.", "6 centimètres."),
    ("de", "2 1/2 inches.", "zweieinhalb Zoll."),
    ("es", "He is 6'2\" tall.", "Mide 1,88 metros."),
    ("zh-Hans", "He is 6'2\" tall.", "他身高1.88米。"),
    ("fr", "Half an hour.", "Une demi-heure."),
    ("es", "Half an hour.", "Media hora."),
    ("es", "30 minutes.", "Media hora."),
    ("de", "30 minutes.", "Eine halbe Stunde."),
    ("fr", "Three quarters of an hour.", "Trois quarts d'heure."),
    ("fr", "45 minutes.", "Trois quarts d'heure."),
    ("ru", "A quarter of a century.", "Четверть века."),
    ("ru", "Half a century.", "Полвека."),
]

SHARES_THAT_DIFFER = [
    ("zh-Hans", "It took three and a half hours.", "花了两个半小时。"),
    ("ar", "Three and a half years.", "ثلاث سنوات."),
    ("ru", "A quarter of all cars.", "Треть автомобилей."),
    ("fr", "A quarter of all cars.", "Un tiers des voitures."),
    ("de", "A quarter of all cars.", "Ein Drittel der Autos."),
    ("es", "A third of all cars.", "Una cuarta parte de los coches."),
    ("ja", "A third of all cars.", "車の4分の1。"),
]

CONVERSIONS = [
    ("ja", "It was 95 degrees Fahrenheit.", "摂氏35度だった。"),
    ("ja", "It was 95 degrees Fahrenheit.", "華氏95度だった。"),
    ("zh-Hans", "It was 95 degrees Fahrenheit.", "气温达摄氏35度。"),
    ("zh-Hant", "It was 14 degrees Fahrenheit.", "氣溫為攝氏零下10度。"),
    ("fr", "It was 14 degrees Fahrenheit.", "Il faisait moins 10 degrés."),
    ("es", "It was 14 degrees Fahrenheit.", "Hacía 10 grados bajo cero."),
    ("de", "It was 95 °F.", "Es waren 35 Grad."),
    ("fr", "It rose by 9 degrees Fahrenheit.", "Elle a monté de 5 degrés Celsius."),
    ("es", "Warming of 3.6 degrees Fahrenheit.", "Un calentamiento de 2 grados."),
    ("ar", "It was 95 degrees Fahrenheit.", "كانت 35 درجة."),
    ("ko", "It was 95 degrees Fahrenheit.", "섭씨 35도였다."),
    ("pt", "It was 95 degrees Fahrenheit.", "Fazia 35 graus."),
    ("nl", "It was 95 degrees Fahrenheit.", "Het was 35 graden."),
    ("es", "Rain of 1 to 4 inches.", "Lluvia de entre 2 y 10 centímetros."),
    ("fr", "2 to 3 feet of snow.", "Entre 60 centimètres et 1 mètre de neige."),
    ("de", "About 3 to 5 miles.", "Etwa 5 bis 8 Kilometer."),
    ("ja", "At 60 mph.", "時速96キロで。"),
    ("zh-Hans", "At 60 mph.", "时速96公里。"),
]

CONVERSIONS_THAT_DIFFER = [
    ("ja", "It was 95 degrees Fahrenheit.", "摂氏95度だった。"),
    ("fr", "It was 14 degrees Fahrenheit.", "Il faisait 10 degrés."),
    ("de", "It was 95 °F.", "Es waren 95 Grad Celsius."),
    ("ru", "It was 95 °F.", "Было 45 градусов."),
    ("fr", "2 feet of snow.", "1 mètre de neige."),
    ("fr", "About 3 miles.", "Environ 3 kilomètres."),
    ("ja", "At 60 mph.", "時速60キロで。"),
]

UNITS = [
    ("ko", "700 litres of oil.", "기름 700리터가 있다."),
    ("pl", "At a depth of 700 metres.", "Na głębokości 700 metrów."),
    ("pl", "With 700 metres.", "Z 700 metrami."),
    ("de", "With 700 litres.", "Mit 700 Litern."),
    ("ko", "20 percentage points", "20퍼센트포인트"),
    ("nl", "20 percentage points", "20 procentpunt"),
    ("pl", "20 percentage points", "20 punktów procentowych"),
]

UNITS_THAT_DIFFER = [
    ("de", "700 litres of oil.", "700 Hektoliter Öl."),
    ("it", "700 litres of oil.", "700 tonnellate di olio."),
    ("nl", "700 litres of oil.", "700 ton olie."),
    ("pl", "700 litres of oil.", "700 ton oleju."),
    ("pt", "700 litres of oil.", "700 toneladas de óleo."),
    ("ko", "700 litres of oil.", "기름 700톤이 있다."),
    ("pl", "With 700 metres.", "Z 700 kilometrami."),
    ("de", "A tank of 700 litres.", "Mit 700 Tonnen."),
    ("de", "40 minutes.", "Mit 40 Kilometern."),
    ("es", "20 percent", "20 euros"),
    ("it", "20 percentage points", "20 per cento"),
    ("pt", "20 percentage points", "20 por cento"),
    ("nl", "20 percentage points", "20 procent"),
    ("pl", "20 percentage points", "20 procent"),
    ("ko", "20 percentage points", "20퍼센트"),
]

YEARS = [
    ("ja", "From 1914 to 1918.", "1914年から18年まで。"),
    (
        "ja",
        "War began in 1914 and ended in 1918.",
        "1914年の開戦から18年の終戦まで。",
    ),
    ("ja", "In 2025.", "2025（令和7）年に。"),
    ("ja", "In 2025.", "令和7（2025）年に。"),
    ("ja", "In March 2025.", "2025（令和7）年3月に。"),
    ("zh-Hans", "From 1914 to 1918.", "1914年至18年。"),
    ("zh-Hant", "In 2024.", "民國113（2024）年。"),
    ("de", "From 1914 to 1918.", "Von 1914 bis 18."),
    ("de", "In the 2014/15 season.", "In der Saison 2014/15."),
    ("fr", "In 1968.", "En '68."),
]

YEARS_THAT_DIFFER = [
    ("ja", "From 1914 to 1918.", "1914年から19年まで。"),
]

DECADES = [
    ("fr", "A thirty-something singer.", "Une chanteuse trentenaire."),
    ("es", "Two twenty-somethings.", "Dos veinteañeros."),
    ("de", "A singer in his thirties.", "Ein Sänger in den Dreißigern."),
    ("de", "A thirtysomething.", "Ein Mittdreißiger."),
    ("it", "A thirty-something singer.", "Una cantante trentenne."),
    ("pt", "A forty-something singer.", "Uma cantora quarentona."),
    ("ru", "A thirty-something singer.", "Тридцатилетняя певица."),
    ("ja", "Many are twenty-somethings.", "多くは20代だ。"),
    ("ja", "Many are twenty-somethings.", "多くは二十代だ。"),
    ("ar", "Many are thirty-somethings.", "كثير منهم ثلاثينيون."),
    ("zh-Hant", "Thirty-odd people came.", "來了三十多人。"),
    ("fr", "An octogenarian.", "Un homme de 80 ans."),
    ("de", "In the 1990s.", "In den Neunzigerjahren."),
    ("it", "In the 1990s.", "Negli anni Novanta."),
    ("it", "In the 1990s.", "Negli anni '90."),
    ("pt", "In the 1990s.", "Nos anos noventa."),
    ("pt", "In the 1990s.", "Na década de 90."),
    ("nl", "In the 1990s.", "In de jaren negentig."),
    ("nl", "In the 1990s.", "In de jaren 90."),
    ("pl", "In the 1990s.", "W latach dziewięćdziesiątych."),
    ("ar", "In the 1990s.", "في التسعينيات."),
    ("zh-Hant", "In the 1990s.", "在九十年代。"),
]

DECADES_THAT_DIFFER = [
    ("es", "The 20-year-old singer.", "El cantante de 30 años."),
    ("de", "In the 1990s.", "In den Achtzigerjahren."),
    ("it", "In the 1990s.", "Negli anni Ottanta."),
]

ALWAYS = [
    (
        "de",
        "Open 24 hours, seven days a week.",
        "Rund um die Uhr geöffnet, sieben Tage die Woche.",
    ),
    ("fr", "Open 24 hours a day.", "Ouvert jour et nuit."),
    ("it", "Open 24/7.", "Aperto 24 ore su 24, sette giorni su sette."),
    ("pt", "Open 24/7.", "Aberto 24 horas por dia, 7 dias por semana."),
    ("nl", "Open 24/7.", "24 uur per dag, 7 dagen per week open."),
    ("pl", "Open 24/7.", "Czynne całą dobę, siedem dni w tygodniu."),
    ("ar", "Open 24/7.", "مفتوح 24 ساعة في اليوم وسبعة أيام في الأسبوع."),
    ("ru", "Open around the clock.", "Открыто 24 часа в сутки."),
    ("zh-Hans", "Open 24/7.", "每周7天、每天24小时开放。"),
    ("ko", "Open 24/7.", "연중무휴 24시간 운영한다."),
    ("es", "The 9/11 attacks.", "Los atentados del 11-S."),
    ("zh-Hans", "The 9/11 attacks.", "911事件。"),
    ("zh-Hans", "The September 11 attacks.", "911恐怖袭击。"),
    ("ja", "The 9/11 attacks.", "9・11テロ。"),
    ("de", "The 9/11 attacks.", "Die Anschläge vom 11. September."),
    ("zh-Hans", "Since 9/11.", "自9·11以来。"),
]

ALWAYS_THAT_DIFFER = [
    ("fr", "Open 24/7.", "Ouvert 12 heures par jour."),
]

COMPOUNDS = [
    ("ru", "A 5,000-strong crowd.", "Пятитысячная толпа."),
    ("ru", "A crowd of 25,000.", "Двадцатипятитысячная толпа."),
    ("ru", "Three days later.", "Трое суток спустя."),
    ("ru", "24 hours later.", "Через сутки."),
    ("ru", "1,500 roubles.", "Полторы тысячи рублей."),
    ("ru", "A three-day visit.", "Трёхдневный визит."),
    ("ru", "A six-week course.", "Шестинедельный курс."),
    ("ru", "A 90-minute film.", "Полуторачасовой фильм."),
    ("ru", "A 25-year-old.", "Двадцатипятилетний мужчина."),
    ("ru", "The 300th anniversary.", "Трёхсотлетие."),
    ("ru", "The children are five.", "Детей пятеро."),
    ("de", "A three-day visit.", "Ein dreitägiger Besuch."),
    ("nl", "A 25-year-old.", "Een vijfentwintigjarige man."),
    ("pl", "A twenty-year war.", "Dwudziestoletnia wojna."),
]

COMPOUNDS_THAT_DIFFER = [
    ("ru", "A three-day visit.", "Четырёхдневный визит."),
    ("ru", "A 40-metre wall.", "Пятидесятиметровая стена."),
    ("de", "A three-day visit.", "Ein viertägiger Besuch."),
]


@pytest.mark.parametrize(("language", "source", "target"), TIMES)
def test_a_time_of_day_may_be_spoken(findings, language, source, target):
    assert findings(source, target, language) == []


@pytest.mark.parametrize(("language", "source", "target"), TIMES_THAT_DIFFER)
def test_another_time_of_day_is_found(findings, language, source, target):
    assert findings(source, target, language)


@pytest.mark.parametrize(("language", "source", "target"), SHARES)
def test_halves_and_shares_belong_to_their_number_or_unit(findings, language, source, target):
    assert findings(source, target, language) == []


@pytest.mark.parametrize(("language", "source", "target"), SHARES_THAT_DIFFER)
def test_another_half_or_share_is_found(findings, language, source, target):
    assert findings(source, target, language)


@pytest.mark.parametrize(("language", "source", "target"), CONVERSIONS)
def test_conversions_are_rounded_and_need_no_thermometer(findings, language, source, target):
    assert findings(source, target, language) == []


@pytest.mark.parametrize(("language", "source", "target"), CONVERSIONS_THAT_DIFFER)
def test_a_wrong_conversion_is_found(findings, language, source, target):
    assert findings(source, target, language)


@pytest.mark.parametrize(("language", "source", "target"), UNITS)
def test_a_unit_may_be_inflected(findings, language, source, target):
    assert findings(source, target, language) == []


@pytest.mark.parametrize(("language", "source", "target"), UNITS_THAT_DIFFER)
def test_a_unit_of_another_kind_is_found(findings, language, source, target):
    assert findings(source, target, language)


@pytest.mark.parametrize(("language", "source", "target"), YEARS)
def test_a_short_year_has_the_century_of_the_one_before(findings, language, source, target):
    assert findings(source, target, language) == []


@pytest.mark.parametrize(("language", "source", "target"), YEARS_THAT_DIFFER)
def test_another_short_year_is_found(findings, language, source, target):
    assert findings(source, target, language)


@pytest.mark.parametrize(("language", "source", "target"), DECADES)
def test_decades_and_ages_may_be_told_in_words(findings, language, source, target):
    assert findings(source, target, language) == []


@pytest.mark.parametrize(("language", "source", "target"), DECADES_THAT_DIFFER)
def test_another_decade_or_age_is_found(findings, language, source, target):
    assert findings(source, target, language)


@pytest.mark.parametrize(("language", "source", "target"), ALWAYS)
def test_round_the_clock_and_days_of_events_have_idioms(findings, language, source, target):
    assert findings(source, target, language) == []


@pytest.mark.parametrize(("language", "source", "target"), ALWAYS_THAT_DIFFER)
def test_other_hours_than_all_are_found(findings, language, source, target):
    assert findings(source, target, language)


@pytest.mark.parametrize(("language", "source", "target"), COMPOUNDS)
def test_a_number_may_be_one_word_with_what_it_counts(findings, language, source, target):
    assert findings(source, target, language) == []


@pytest.mark.parametrize(("language", "source", "target"), COMPOUNDS_THAT_DIFFER)
def test_another_number_in_a_word_is_found(findings, language, source, target):
    assert findings(source, target, language)
