"""When renderings are forms of one another."""

import pytest

from align.terminology.forms import form_key, is_shorter_form, same_form


def same(one, other, language):
    return same_form(form_key(one, language), form_key(other, language))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ru", "стратегической автономии", "стратегическая автономия"),
        ("ru", "порядка, основанного на правилах", "Порядок, основанный на правилах"),
        ("ru", "ремонтные суда", "ремонтное судно"),
        ("fr", "Câbles sous-marins", "câble sous-marin"),
        ("es", "cadenas de suministro", "cadena de suministro"),
        ("ar", "سلاسل الإمداد", "سلسلة الإمداد"),
        ("ar", "المعايير التقنية", "معيارًا تقنيًّا"),
        ("ja", "ＧＣＡＰ", "GCAP"),
        ("zh-Hant", "供應鏈", "供应链"),
    ],
)
def test_inflection_article_width_and_script_make_no_other_rendering(language, one, other):
    assert same(one, other, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ja", "輸出管理", "輸入管理"),
        ("ja", "戦略的自律", "戦略的自立"),
        ("ru", "Хирабаяси", "Хирабаяши"),
        ("fr", "Hirabayashi", "Hirayabashi"),
        ("fr", "sécurité maritime", "sûreté maritime"),
        ("es", "fusión nuclear", "fisión nuclear"),
        ("ar", "الردع", "الدفاع"),
    ],
)
def test_another_word_is_another_rendering(language, one, other):
    assert not same(one, other, language)


@pytest.mark.parametrize(
    ("one", "other"), [("أمنها الاقتصادي", "الأمن الاقتصادي"), ("معاهدته", "المعاهدة")]
)
def test_an_arabic_possessive_is_no_other_word(one, other):
    assert same(one, other, "ar")


def test_a_head_noun_or_a_surname_is_a_shorter_form():
    long = form_key("accord de partenariat économique", "fr")
    assert is_shorter_form(form_key("l’accord", "fr"), long)
    assert is_shorter_form(form_key("平林", "ja"), form_key("平林直子", "ja"))
    assert not is_shorter_form(form_key("traité", "fr"), long)
    assert not is_shorter_form(long, long)
