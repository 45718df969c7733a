"""Addresses, tags and placeholders: what counts as the same, what as altered."""

from __future__ import annotations

import pytest

from align.checks.addresses import AddressesCheck, addresses_in


@pytest.fixture
def found(translated):
    def find(source, target, language="fr"):
        translation = translated(source, target, target_language=language)
        return [
            (finding.severity, finding.suggestion) for finding in AddressesCheck().find(translation)
        ]

    return find


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Write to desk@example.org.", "Écrivez à desk@exemple.org."),
        ("Write to desk@example.org.", "Écrivez à desk.example.org."),
        ("See https://example.org/sea-lanes.", "Voir https://example.org/sealanes."),
        ("See https://example.org/a.", "Voir https://example.com/a."),
        ("Hello {name}", "Bonjour {nom}"),
        ("<b>now</b>", "<b>maintenant<b>"),
    ],
)
def test_an_altered_address_is_a_warning_with_the_right_one(found, source, target):
    [(severity, suggestion)] = found(source, target)
    assert severity == "warning"
    assert suggestion in source


def test_a_missing_address_is_a_warning(found):
    assert found("Write to desk@example.org.", "Écrivez-nous.") == [("warning", "desk@example.org")]


def test_an_added_address_is_a_warning(found):
    assert found("Write to us.", "Écrivez à desk@example.org.") == [("warning", None)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("See https://example.org/a%20b.", "Voir https://example.org/a%20b/"),
        ("See https://example.org/é.", "Voir https://example.org/%C3%A9."),
        ("See https://bücher.example/a.", "Voir https://xn--bcher-kva.example/a."),
        ("See https://en.example.org/wiki.", "Voir https://fr.example.org/wiki."),
        ("See https://example.org/en/a.", "Voir https://example.org/fr/a."),
        ("Ask DESK@example.org", "Demandez à desk@example.org"),
        ("She works at Amazon.com.", "Elle travaille chez Amazon."),
        ("It is 100% sure.", "C’est sûr à 100%."),
    ],
)
def test_what_is_the_same_address_is_left_alone(found, source, target):
    assert found(source, target) == []


@pytest.mark.parametrize(
    ("language", "target"),
    [
        ("fr", "Voir https://fr.wikipedia.org/wiki/Port_de_Kobe."),
        ("ja", "https://ja.wikipedia.org/wiki/神戸港を参照。"),
        ("ru", "См. https://ru.wikipedia.org/wiki/Порт_Кобе."),
        ("zh-Hant", "見https://zh.wikipedia.org/wiki/神戶港。"),
    ],
)
def test_a_page_in_the_reader_s_language_may_be_called_otherwise(found, language, target):
    assert found("See https://en.wikipedia.org/wiki/Port_of_Kobe.", target, language) == []


@pytest.mark.parametrize(
    "target",
    ["Voir https://de.wikipedia.org/wiki/Hafen.", "Voir https://fr.example.org/wiki/Port."],
)
def test_another_site_or_language_is_another_address(found, target):
    assert len(found("See https://en.wikipedia.org/wiki/Port.", target)) == 1


@pytest.mark.parametrize(
    "target",
    [
        "https://ja.wikipedia.org/wiki/神戸港を見よ。",
        "https://ja.wikipedia.org/wiki/%E7%A5%9E%E6%88%B8%E6%B8%AF を見よ。",
    ],
)
def test_a_step_of_a_path_may_be_written_without_spaces(found, target):
    assert found("See https://ja.wikipedia.org/wiki/神戸港.", target, "ja") == []


def test_an_address_is_not_cut_within_a_step_of_its_path():
    [address] = addresses_in("見よhttps://ja.wikipedia.org/wiki/コンテナの歴史 と")
    assert address.text == "https://ja.wikipedia.org/wiki/コンテナの歴史"
    [address] = addresses_in("詳細はhttps://example.org/aをご覧ください")
    assert address.text == "https://example.org/a"


def test_an_address_may_stand_in_the_next_passage(found):
    source = ["Write to desk@example.org now.", "We answer."]
    target = ["Écrivez.", "Nous répondons depuis desk@example.org."]
    assert found(source, target) == []


def test_an_address_among_characters_without_spaces_ends_where_they_begin():
    text = "请发邮件给jo@example.org，或访问https://example.org/a。谢谢"
    assert [address.text for address in addresses_in(text)] == [
        "jo@example.org",
        "https://example.org/a",
    ]


@pytest.mark.parametrize(
    "text",
    ["http://[", "https://[::1", "https://a%5Bb/", "https://a@b＃c", "www.", "a@b", "{", "<", "%"],
)  # fmt: skip
def test_broken_addresses_raise_nothing(text):
    assert isinstance(addresses_in(text), list)


def test_a_broken_address_is_to_be_kept_as_well(found):
    assert found("See https://a@b＃c.", "Voir https://a@b＃c.") == []
    assert found("See https://a@b＃c.", "Voir https://a@b＃d.")


@pytest.mark.parametrize(("labels", "addresses"), [(127, 1), (128, 0)])
def test_a_host_has_no_more_labels_than_the_standard_lets_it(labels, addresses):
    assert len(addresses_in("a." * (labels - 1) + "com")) == addresses
