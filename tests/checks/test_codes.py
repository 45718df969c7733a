"""Inline codes: lost, added, moved and crossed ones, in the files that tools write."""

import pytest

from align.checking import check

OLD = (
    '<xliff version="1.2"><file original="a" source-language="en" target-language="{language}">'
    '<body><trans-unit id="1"><source>{source}</source><target>{target}</target></trans-unit>'
    "</body></file></xliff>"
)


@pytest.fixture
def found(tmp_path):
    def find(source, target, language="fr"):
        path = tmp_path / "job.xlf"
        path.write_text(OLD.format(language=language, source=source, target=target))
        report = check(path, only=["codes"])
        return [(each.severity, each.message) for each in report.findings]

    return find


X = '<x id="{0}"/>'
BOLD = '<bpt id="1">&lt;b&gt;</bpt>{0}<ept id="1">&lt;/b&gt;</ept>'


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (f"See {X.format(1)} now", f"Voir {X.format(1)} maintenant"),
        (f"a {BOLD.format('b')}", f"c {BOLD.format('d')}"),
        ('<g id="1">a</g> b', 'c <g id="1">d</g>'),
        ("See <ph>{n}</ph>", "Voir <ph>{n}</ph>"),
        ('<ph id="1">{n}</ph> ships', '<ph id="7">{n}</ph> navires'),
        ('<mrk mtype="term">ship</mrk>', "navire"),
        ("no codes", "sans codes"),
    ],
)
def test_codes_that_are_kept_are_right(found, source, target):
    assert found(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        (f"See {X.format(1)} now", "Voir maintenant", "the code “<x id=1>” is missing"),
        (f"a {BOLD.format('b')}", "c d", "the code “<b>” is missing"),
        ("{a} <ph>{n}</ph>", "{a}", "the code “{n}” is missing"),
        ('a <g id="3">b</g>', "c d", "the code “<g id=3>” is missing"),
        ("a", f"b {X.format(2)}", "the source has no code “<x id=2>”"),
        ("<ph>{n}</ph> a <ph>{n}</ph>", "b", "the code “{n}” is missing (2 times)"),
    ],
)
def test_lost_and_added_codes_are_warnings(found, source, target, message):
    assert found(source, target) == [("warning", message)]


def test_a_code_that_stands_for_another_is_both(found):
    messages = {message for _, message in found("<ph>{a}</ph> x", "<ph>{b}</ph> y")}
    assert messages == {"the code “{a}” is missing", "the source has no code “{b}”"} or not messages


def half(name, *, opens):
    element, slash = ("bpt", "") if opens else ("ept", "/")
    return f'<{element} id="{name}">&lt;{slash}{name}&gt;</{element}>'


def test_pairs_that_cross_are_a_warning(found):
    opening = half("i", opens=True) + half("b", opens=True)
    nested = opening + half("b", opens=False) + half("i", opens=False)
    crossed = opening + half("i", opens=False) + half("b", opens=False)
    [(severity, message)] = found(f"{nested}a", f"{crossed}b")
    assert severity == "warning"
    assert "cross those of another pair" in message


def test_a_pair_that_closes_before_it_opens_is_a_warning(found):
    first, last = half("b", opens=True), half("b", opens=False)
    [(severity, message)] = found(f"{first}a{last}", f"{last}b{first}")
    assert severity == "warning"
    assert "closes before it opens" in message


def test_another_order_is_a_note(found):
    assert found("<ph>{a}</ph> of <ph>{b}</ph>", "<ph>{b}</ph> : <ph>{a}</ph>") == [
        ("note", "the codes come in another order than in the source")
    ]


def test_a_code_that_stands_twice_is_a_note(found):
    one = X.format(1)
    assert found(f"a {one}", f"{one} b {one}") == [
        ("note", "the code “<x id=1>” stands once more than in the source")
    ]
