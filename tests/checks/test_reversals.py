"""Translations that say the opposite, and their neighbours that do not."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.checks.reversals.check import ReversedMeaningCheck
from align.checks.reversals.cues import cues_of
from align.checks.reversals.evidence import evidence
from align.languages.profile import profile


@pytest.fixture
def found(translated):
    def find(source, target, language):
        translation = translated([source], [target], target_language=language)
        return list(ReversedMeaningCheck().find(translation))

    return find


class TestCues:
    @pytest.mark.parametrize(
        ("text", "language", "kind", "turned"),
        [
            ("The crew did not sleep.", "en", "negation", "The crew sleep."),
            ("We can’t sail.", "en", "negation", "We can sail."),
            ("More than ten sank.", "en", "bounds", "Less than ten sank."),
            ("Exports grew.", "en", "direction", "Exports shrank."),
            ("Il n’est pas parti.", "fr", "negation", "Il est parti."),
            ("Порт не открыт.", "ru", "negation", "Порт открыт."),
            ("لم يصل القارب.", "ar", "negation", "يصل القارب."),
            ("港口不會關閉", "zh-Hant", "negation", "港口会關閉"),
            ("橋は開かない。", "ja", "negation", "橋は開かる。"),
        ],
    )
    def test_a_text_is_turned_round(self, text, language, kind, turned):
        assert [cue.turned for cue in cues_of(text, language, kind)] == [turned]

    @pytest.mark.parametrize(
        ("text", "language", "kind"),
        [
            ("Not only the ferry sank.", "en", "negation"),
            ("It may rain, unless it snows.", "en", "negation"),
            ("彼だけでなく船も来た。", "ja", "negation"),
            ("他不仅来了。", "zh-Hans", "negation"),
        ],
    )
    def test_what_may_say_either_accuses_nobody(self, text, language, kind):
        assert [(cue.pole, cue.turned) for cue in cues_of(text, language, kind)] == [(0, "")]

    @pytest.mark.parametrize(
        ("text", "language", "kind"),
        [
            ("名前は長い。", "ja", "time"),
            ("目前一切正常", "zh-Hans", "time"),
            ("An important port", "en", "trade"),
            ("Note the knot.", "en", "negation"),
            ("Hello", "de", "negation"),
        ],
    )
    def test_letters_within_other_words_are_none(self, text, language, kind):
        assert cues_of(text, language, kind) == []


REVERSED = {
    "The port is not open this week.": {
        "fr": "Le port est ouvert cette semaine.",
        "es": "El puerto está abierto esta semana.",
        "ar": "الميناء مفتوح هذا الأسبوع.",
        "ru": "Порт открыт на этой неделе.",
        "zh-Hans": "港口本周开放。",
        "zh-Hant": "港口本週開放。",
        "ja": "港は今週開いています。",
    },
    "The bridge is safe for trucks.": {"fr": "Le pont n’est pas sûr pour les camions."},
    "The new ships use more fuel than the old ones.": {
        "es": "Los barcos nuevos consumen menos combustible que los viejos.",
        "ar": "تستهلك السفن الجديدة وقودا أقل من القديمة.",
        "ru": "Новые суда потребляют меньше топлива, чем старые.",
        "zh-Hans": "新船比旧船消耗更少的燃料。",
        "zh-Hant": "新船比舊船消耗更少的燃料。",
        "ja": "新しい船は古い船より少なく燃料を使う。",
    },
    "Exports increased in the second quarter.": {
        "fr": "Les exportations ont diminué au deuxième trimestre.",
        "es": "Las exportaciones disminuyeron en el segundo trimestre.",
        "ar": "انخفضت الصادرات في الربع الثاني.",
        "ru": "Экспорт уменьшился во втором квартале.",
        "zh-Hans": "第二季度出口减少。",
        "zh-Hant": "第二季度出口減少。",
        "ja": "第2四半期に輸出は減少した。",
    },
    "The convoy had at least twelve ships.": {
        "fr": "Le convoi comptait au plus douze navires.",
        "es": "El convoy tenía como máximo doce barcos.",
        "ar": "ضمت القافلة اثنتي عشرة سفينة على الأكثر.",
        "ru": "В конвое было не более двенадцати кораблей.",
        "zh-Hans": "船队最多有十二艘船。",
        "zh-Hant": "船隊最多有十二艘船。",
        "ja": "船団は多くとも12隻だった。",
    },
    "They repaired the engine before the storm.": {
        "fr": "Ils ont réparé le moteur après la tempête.",
        "es": "Repararon el motor después de la tormenta.",
        "ar": "أصلحوا المحرك بعد العاصفة.",
        "ru": "Они починили двигатель после шторма.",
        "zh-Hans": "他们在风暴之后修理了发动机。",
        "zh-Hant": "他們在風暴之後修理了發動機。",
        "ja": "彼らは嵐の後にエンジンを修理した。",
    },
    "The price includes the port fee.": {
        "fr": "Le prix exclut la taxe portuaire.",
        "es": "El precio excluye la tasa portuaria.",
        "ar": "السعر يستثني رسوم الميناء.",
        "ru": "Цена исключает портовый сбор.",
        "zh-Hans": "价格排除港口费。",
        "zh-Hant": "價格排除港口費。",
        "ja": "価格は港湾料金を除く。",
    },
    "Japan imports coal from Australia.": {
        "fr": "Le Japon exporte du charbon d’Australie.",
        "es": "Japón exporta carbón de Australia.",
        "ar": "تقوم اليابان بتصدير الفحم من أستراليا.",
        "ru": "Япония экспортирует уголь из Австралии.",
        "zh-Hans": "日本从澳大利亚出口煤炭。",
        "zh-Hant": "日本從澳洲出口煤炭。",
        "ja": "日本はオーストラリアから石炭を輸出する。",
    },
    "Our team won the regatta.": {
        "fr": "Notre équipe a perdu la régate.",
        "es": "Nuestro equipo perdió la regata.",
        "ar": "خسر فريقنا السباق.",
        "ru": "Наша команда проиграла регату.",
        "zh-Hans": "我们队输了赛船会。",
        "zh-Hant": "我們隊輸了賽船會。",
        "ja": "私たちのチームはレガッタで負けた。",
    },
    "The wind came from the north.": {
        "fr": "Le vent venait du sud.",
        "es": "El viento venía del sur.",
        "ar": "جاءت الرياح من الجنوب.",
        "ru": "Ветер дул с юга.",
        "zh-Hans": "风从南方吹来。",
        "zh-Hant": "風從南方吹來。",
        "ja": "風は南から吹いた。",
    },
}

FAITHFUL = {
    "Not only the captain but also the crew stayed.": {
        "fr": "Non seulement le capitaine mais aussi l’équipage est resté.",
        "es": "No solo el capitán, sino también la tripulación se quedó.",
        "ar": "لم يبق القبطان فقط بل الطاقم أيضا.",
        "ru": "Остался не только капитан, но и экипаж.",
        "zh-Hans": "不仅船长，船员也留下了。",
        "zh-Hant": "不僅船長，船員也留下了。",
        "ja": "船長だけでなく乗組員も残った。",
    },
    "The ferry no longer stops here.": {
        "fr": "Le ferry ne s’arrête plus ici.",
        "es": "El ferry ya no para aquí.",
        "ar": "لم تعد العبارة تتوقف هنا.",
        "ru": "Паром больше не останавливается здесь.",
        "zh-Hans": "渡轮不再停靠这里。",
        "ja": "フェリーはもうここに止まらない。",
    },
    "Such delays are not uncommon.": {
        "fr": "De tels retards sont fréquents.",
        "es": "Estos retrasos son frecuentes.",
        "ar": "هذه التأخيرات شائعة.",
        "ru": "Такие задержки — обычное дело.",
        "zh-Hans": "这种延误很常见。",
        "ja": "このような遅れはよくある。",
    },
    "Why not take the train?": {
        "fr": "Pourquoi ne pas prendre le train ?",
        "es": "¿Por qué no tomar el tren?",
        "ru": "Почему бы не поехать на поезде?",
        "zh-Hans": "为什么不坐火车？",
        "ja": "電車に乗ってはどうですか。",
    },
    "He wanted nothing but sleep.": {
        "fr": "Il ne voulait que dormir.",
        "es": "Solo quería dormir.",
        "ar": "لم يرد سوى النوم.",
        "ru": "Он хотел только спать.",
        "zh-Hans": "他只想睡觉。",
        "ja": "彼は眠りたいだけだった。",
    },
    "You must report the loss.": {
        "zh-Hans": "你不得不报告损失。",
        "ja": "損失を報告しなければならない。",
    },
    "The storm may come tonight.": {"ja": "嵐は今夜来るかもしれない。"},
    "Remember to lock the door.": {
        "fr": "N’oubliez pas de fermer la porte à clé.",
        "es": "No olvide cerrar la puerta con llave.",
        "ar": "لا تنس إغلاق الباب.",
        "ru": "Не забудьте запереть дверь.",
        "zh-Hans": "别忘了锁门。",
        "ja": "ドアの鍵を忘れないでください。",
    },
    "The harbour is without doubt the largest.": {
        "fr": "Le port est sans aucun doute le plus grand.",
        "es": "El puerto es sin duda el más grande.",
        "ar": "الميناء هو بلا شك الأكبر.",
        "ru": "Гавань, без сомнения, самая большая.",
        "zh-Hans": "这个港口无疑是最大的。",
        "ja": "この港は間違いなく最大だ。",
    },
    "It will not open before Monday.": {
        "es": "No abrirá antes del lunes.",
        "ar": "لن يفتح قبل يوم الاثنين.",
        "ru": "Он не откроется до понедельника.",
        "zh-Hant": "星期一之前不會開放。",
        "ja": "月曜日まで開かない。",
    },
    "Prices rose after the strike.": {
        "fr": "Les prix ont augmenté après la grève.",
        "es": "Los precios subieron tras la huelga.",
        "ar": "ارتفعت الأسعار بعد الإضراب.",
        "ru": "После забастовки цены выросли.",
        "zh-Hant": "罷工後價格上漲。",
        "ja": "ストライキの後、価格が上昇した。",
    },
}


def _cases(texts):
    return [
        pytest.param(source, language, target, id=f"{language}: {source}")
        for source, targets in texts.items()
        for language, target in targets.items()
    ]


class TestMeanings:
    @pytest.mark.parametrize(("source", "language", "target"), _cases(REVERSED))
    def test_a_reversed_one_is_found(self, found, source, language, target):
        [finding] = found(source, target, language)
        assert finding.severity in {"warning", "note"}
        assert "meaning seems reversed" in finding.message

    @pytest.mark.parametrize(("source", "language", "target"), _cases(FAITHFUL))
    def test_a_faithful_one_is_right(self, found, source, language, target):
        assert found(source, target, language) == []

    def test_it_is_a_warning_where_that_was_shown_to_be_right(self, found):
        [finding] = found(
            "Exports increased in the second quarter.",
            "Экспорт уменьшился во втором квартале.",
            "ru",
        )
        assert finding.severity == "warning"
        assert finding.source_text[finding.source_span.slice] == "increased"
        assert finding.target_text[finding.target_span.slice] == "уменьшился"

    def test_a_language_without_measurement_is_left_alone(self, found):
        assert found("The port is not open.", "Der Hafen ist geöffnet.", "de") == []


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "ru", "ja", "zh-Hans", "zh-Hant"])
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.data())
def test_a_text_with_itself_is_right(encoder, language, words):
    listed = profile(language).opposites
    forms = [form.strip("* \n") for each in listed.values() for form in re.split("[,/]", each)]
    text = " ".join(words.draw(st.lists(st.sampled_from(forms), min_size=1, max_size=8)))
    for kind in listed:
        found, _ = evidence([(text, text)], (language, language), kind, encoder)
        assert found == []
