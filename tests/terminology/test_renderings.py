"""What is found to render a term, in small real texts."""

import pytest

EN = [
    "Strategic autonomy is a slogan.",
    "Few agree on the price of strategic autonomy.",
    "Elena Castellani studies undersea cables in Trieste.",
    "Undersea cables carry most data.",
]
EDITIONS = {
    "fr": [
        "L’autonomie stratégique est un slogan.",
        "Peu s’accordent sur le prix de l’autonomie stratégique.",
        "Elena Castellani étudie les câbles sous-marins à Trieste.",
        "Les câbles sous-marins acheminent la plupart des données.",
    ],
    "ja": [
        "戦略的自律はスローガンである。",
        "戦略的自律の代償について意見が一致する者は少ない。",
        "エレナ・カステラーニはトリエステで海底ケーブルを研究している。",
        "海底ケーブルは大半のデータを運ぶ。",
    ],
    "ar": [
        "الاستقلال الاستراتيجي شعار.",
        "قلة تتفق على كلفة الاستقلال الاستراتيجي.",
        "تدرس إيلينا كاستيلاني الكابلات البحرية في ترييستي.",
        "تنقل الكابلات البحرية معظم البيانات.",
    ],
    "ru": [
        "Стратегическая автономия — это лозунг.",
        "Мало кто согласен в том, чего стоит стратегическая автономия.",
        "Элена Кастеллани изучает подводные кабели в Триесте.",
        "По подводным кабелям идёт большая часть данных.",
    ],
    "zh-Hant": [
        "戰略自主是一句口號。",
        "對於戰略自主的代價，少有共識。",
        "艾蓮娜‧卡斯特拉尼在第里雅斯特研究海底電纜。",
        "海底電纜傳輸大部分資料。",
    ],
}
RENDERINGS = {
    "strategic autonomy": {
        "fr": "autonomie stratégique",
        "ja": "戦略的自律",
        "ar": "الاستقلال الاستراتيجي",
        "ru": "Стратегическая автономия",
        "zh-Hant": "戰略自主",
    },
    "undersea cables": {
        "fr": "câbles sous-marins",
        "ja": "海底ケーブル",
        "ar": "الكابلات البحرية",
        "ru": "подводные кабели",
        "zh-Hant": "海底電纜",
    },
    "Elena Castellani": {
        "fr": "Elena Castellani",
        "ja": "エレナ・カステラーニ",
        "ar": "إيلينا كاستيلاني",
        "ru": "Элена Кастеллани",
        "zh-Hant": "艾蓮娜‧卡斯特拉尼",
    },
    "Trieste": {"fr": "Trieste", "ja": "トリエステ", "ar": "ترييستي", "ru": "Триесте"},
}


@pytest.fixture(scope="module")
def report(terms_of):
    return terms_of({"en": EN, **EDITIONS})


def rendered(report, term):
    return next(found for found in report.terms if found.term.text.lower() == term.lower())


@pytest.mark.parametrize(
    ("term", "language", "form"),
    [(term, language, form) for term, row in RENDERINGS.items() for language, form in row.items()],
)
def test_the_rendering_is_found_without_a_dictionary(report, term, language, form):
    occurrence = rendered(report, term).occurrences[language][0]
    assert occurrence.form.lower() == form.lower()
    assert occurrence.target_text[occurrence.target_span.slice] == occurrence.form


def test_inflected_forms_are_one_rendering(report):
    [rendering] = rendered(report, "undersea cables").renderings["ru"]
    assert rendering.forms == {"подводные кабели": 1, "подводным кабелям": 1}
    assert rendering.count == 2


def test_a_clean_translation_gives_no_findings(report):
    assert [f for f in report.findings if f.severity != "note"] == []


def test_the_report_names_article_languages_and_model(report):
    assert (report.name, report.title, report.pivot) == ("small", "Small", "en")
    assert report.languages == tuple(EDITIONS)
    assert "encoder:use-multilingual@" in report.signature
    assert "terms:" in report.signature


def test_two_editions_are_enough(terms_of):
    found = terms_of({"en": EN, "fr": EDITIONS["fr"]})
    assert rendered(found, "strategic autonomy").renderings["fr"][0].text == "autonomie stratégique"


def test_a_mention_is_found_in_its_bead_whatever_its_shape(terms_of):
    found = terms_of(
        {"en": EN, "fr": [" ".join(EDITIONS["fr"][:2]), *EDITIONS["fr"][2:]]},
        beads={"fr": [((0, 2), (0, 1)), ((2, 3), (1, 2)), ((3, 4), (2, 3))]},
    )
    first, second = rendered(found, "strategic autonomy").occurrences["fr"]
    assert first.target_span < second.target_span
    assert {first.form, second.form} == {"autonomie stratégique"}
    assert first.source_text[second.source_span.slice] == "strategic autonomy"


def test_a_segment_without_counterpart_has_no_rendering(terms_of):
    found = terms_of(
        {"en": EN, "fr": EDITIONS["fr"][1:]},
        beads={"fr": [((0, 1), (0, 0)), *(((i, i + 1), (i - 1, i)) for i in (1, 2, 3))]},
    )
    occurrence = rendered(found, "strategic autonomy").occurrences["fr"][0]
    assert occurrence.target_span is None
    assert occurrence.target_text == ""
    assert not [finding for finding in found.findings if finding.segment == 0]


def test_spaces_that_joining_shortens_move_no_mention(terms_of):
    report = terms_of(
        {
            "en": ["The  undersea  cables end here.", "Nobody repairs  undersea\tcables."],
            "fr": ["Les câbles sous-marins finissent ici, et personne ne les répare."],
        },
        terms=("undersea cables",),
        beads={"fr": [((0, 2), (0, 1))]},
    )
    [term] = report.terms
    found = term.occurrences["fr"]
    assert [one.source_text[one.source_span.slice].split() for one in found] == [
        ["undersea", "cables"],
        ["undersea", "cables"],
    ]
