"""Renderings are shown in their base form; where it is not sure, in their commonest one."""

import pytest

from align.languages.base_forms import base_form


def _forms(*forms):
    """Forms that stand once each, or as often as they are given."""
    return {form: forms.count(form) for form in forms}


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("книгу", "книга"),
        ("открытой библиотеки", "открытая библиотека"),
        ("ядерных реакторов", "ядерные реакторы"),
        ("особенно опасных веществ", "особенно опасные вещества"),
        ("договору о дружбе и границах", "договор о дружбе и границах"),
        ("плана, одобренного советом", "план, одобренный советом"),
        ("рабочего места", "рабочее место"),
        ("большим успехом", "большой успех"),
        ("Всемирного банка", "Всемирный банк"),
        ("Темзы", "Темза"),
        ("веб-страницу", "веб-страница"),
        ("Django-проектов", "Django-проекты"),
        ("версией PostgreSQL", "версия PostgreSQL"),
        ("хэштегом", "хэштег"),
        ("независимым", "независимый"),
    ],
)
def test_a_russian_phrase_is_in_the_nominative_of_its_number(form, base):
    assert base_form(_forms(form), "ru") == base


@pytest.mark.parametrize(
    "form",
    [
        "свобода слова",
        "ЮНЕСКО",
        "ВТО",
        "PostgreSQL",
        "Акира Куросава",
        "Джона Смита",
        "министра Иванова",  # a name in apposition takes endings as its noun does
        "прав и обязанностей",  # what is joined may belong to the head or to its complement
        "городов-побратимов",
        "двух сторон",
        "много новых книг",
        "проектов лицензия",
        "может быть",
        "хюгге",
        "заводы",
    ],
)
def test_a_russian_phrase_of_which_it_is_not_sure_stays(form):
    assert base_form(_forms(form), "ru") == form


def test_a_russian_word_that_may_be_a_plural_in_the_nominative_is_told_by_its_other_forms():
    assert base_form(_forms("границы"), "ru") == "границы"
    assert base_form(_forms("границы", "границы", "границу"), "ru") == "граница"
    assert base_form(_forms("границы", "границам", "границам"), "ru") == "границы"
    assert base_form(_forms("безопасности"), "ru") == "безопасность"


def test_a_russian_rendering_of_both_numbers_is_a_singular():
    assert base_form(_forms("большими заводами", "большого завода"), "ru") == "большой завод"


def test_what_russian_writes_without_its_dots_stays_without():
    assert base_form(_forms("зеленого чая"), "ru") == "зеленый чай"
    assert base_form(_forms("зелёного чая"), "ru") == "зелёный чай"


def test_a_capital_of_the_beginning_of_sentences_goes_where_others_do_without():
    assert base_form(_forms("Книгу", "книги", "книгу"), "ru") == "книга"
    assert base_form(_forms("Traité", "traités"), "fr") == "traité"
    assert base_form(_forms("ONU"), "fr") == "ONU"


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("كتابك", "كتاب"),
        ("مدرستهم", "مدرسة"),
        ("أصدقاؤنا", "أصدقاء"),
        ("مهندسيها", "مهندسين"),
        ("وبرنامجك", "برنامج"),
        ("بالسلام", "السلام"),
        ("والسلام الدائم", "السلام الدائم"),
        ("للمدارس", "المدارس"),
        ("برنامجها الجديد", "برنامج جديد"),
        ("قانونًا جديدًا", "قانون جديد"),
        ("مدرسةٌ كبيرةٌ", "مدرسة كبيرة"),
        ("وLinux", "Linux"),
    ],
)
def test_arabic_words_are_without_what_is_written_on_to_them(form, base):
    assert base_form(_forms(form), "ar") == base


@pytest.mark.parametrize(
    "form",
    # Letters that are particles and pronouns elsewhere are these words' own.
    [
        "فكرة",
        "كتاب",
        "بنك",
        "لجنة",
        "وزارة",
        "بكين",
        "لبنان",
        "مياه",
        "محرك",
        "اتجاه",
        "السلام",
        "رقميًا",
    ],
)
def test_an_arabic_word_keeps_its_own_letters(form):
    assert base_form(_forms(form), "ar") == form


def test_arabic_has_its_article_only_if_all_forms_have():
    assert base_form(_forms("السلام الدائم", "السلام الدائم", "سلام دائم"), "ar") == "سلام دائم"
    assert base_form(_forms("المدرسة", "المدرسة", "مدارس"), "ar") == "مدرسة"
    # A pronoun makes a word as definite as the article does.
    assert base_form(_forms("برنامجها الجديد", "البرنامج الجديد"), "ar") == "البرنامج الجديد"


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("Vertrages", "Vertrag"),
        ("Computers", "Computer"),
        ("Ländern", "Länder"),
        ("internationalen Sicherheit", "internationale Sicherheit"),
        ("guter Nachbarschaft", "gute Nachbarschaft"),
        ("neuen, strengeren Regelungen", "neue, strengere Regelungen"),
        ("Britischen Museums", "Britisches Museum"),
        ("Deutschen Bundesregierung", "Deutsche Bundesregierung"),
        ("neuesten Messungen", "neueste Messungen"),
    ],
)
def test_a_german_phrase_is_in_the_nominative_as_without_an_article(form, base):
    assert base_form(_forms(form), "de") == base


@pytest.mark.parametrize(
    "form",
    # Their gender or their number is not sure by their endings.
    [
        "neuen Vertrag",
        "großen Teams",
        "Teams",
        "Regeln",
        "neuen Ursprung",
        "EU",
        "Jürg Meier",
        "schnell",
    ],
)
def test_a_german_phrase_of_which_it_is_not_sure_stays(form):
    assert base_form(_forms(form), "de") == form


def test_a_german_adjective_alone_has_no_ending():
    assert base_form(_forms("portugiesischen"), "de") == "portugiesisch"
    assert base_form(_forms("neuer", "neues"), "de") == "neu"
    assert base_form(_forms("Gletscher"), "de") == "Gletscher"
    assert base_form(_forms("erste"), "de") == "erste"


def test_german_adjectives_are_as_the_forms_show_the_noun_to_be():
    assert (
        base_form(_forms("neuen Gesetzes", "neuen Gesetzes", "neues Gesetz"), "de")
        == "neues Gesetz"
    )
    assert base_form(_forms("alten Hafens", "alter Hafen"), "de") == "alter Hafen"


@pytest.mark.parametrize(
    ("language", "forms", "base"),
    [
        ("fr", _forms("canaux maritimes", "canaux maritimes", "canal maritime"), "canal maritime"),
        ("es", _forms("acciones", "acciones", "acción"), "acción"),
        ("pt", _forms("regiões", "regiões", "região"), "região"),
        ("it", _forms("banche centrali", "banche centrali", "banca centrale"), "banca centrale"),
        ("nl", _forms("havens", "havens", "haven"), "haven"),
    ],
)
def test_of_two_numbers_the_singular_is_shown(language, forms, base):
    assert base_form(forms, language) == base


@pytest.mark.parametrize(
    ("language", "form"),
    [
        ("fr", "canaux"),
        ("es", "acciones"),
        ("pl", "kablami"),
        ("ko", "조약의"),
        ("zh", "目的"),
        ("xx", "a"),
    ],
)
def test_one_number_alone_stays(language, form):
    assert base_form(_forms(form), language) == form


@pytest.mark.parametrize(
    ("language", "form", "base"),
    [
        ("fr", "l’énergie", "énergie"),
        ("it", "dell'energia", "energia"),
        ("fr", "L’Oréal", "L’Oréal"),
        ("ja", "条約の", "条約"),
        ("ja", "みかん", "みかん"),
    ],
)
def test_particles_and_words_without_their_vowel_belong_to_no_rendering(language, form, base):
    assert base_form(_forms(form), language) == base


def test_of_equally_common_forms_the_shortest_is_shown():
    assert base_form(_forms("sobre azul", "sobre amarillo"), "es") == "sobre azul"
