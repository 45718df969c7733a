"""Every target of the fuzzer runs for a moment, and on all that once was a failure."""

import pytest
from fuzz.targets import FILE_TARGETS, LANGUAGES, TEXT_TARGETS, files, texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CHECKING = ("names", "checks")  # which take a second and more for the longest of the kept texts
LOOKING = [name for name in TEXT_TARGETS if name not in CHECKING]

MOMENT = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

KEPT_TEXTS = (
    "1-1-" * 1500, "1 " * 2500, "€1" * 2500, "9" * 5000, "1," * 2500, "½" * 2000, "兆" * 500,
    "zwei" * 800, " \n" * 20_000, "a" * 50_000 + "@", "a." * 20_000, "橋\ud800 12", "\udfff1/2",
    "It is " + "a, " * 3000 + "and b.", "F-" + "9" * 5000, "(" * 3000, "www." + "(" * 3000,
)  # fmt: skip

KEPT_PAIRS = ("", "\x1e", "It is old.", "\x1eIl est vieux.", "\udc85\x1e\udc85")

KEPT_FILES = (
    b"a = " + b"9" * 5000, b"a = " + b"[" * 5000, b'{"format": ' + b"9" * 5000 + b"}",
    b"PK\x03\x04" + b"\0" * 50, b"\0" * 100, b'"\n' * 50, b"en,fr" + b",x" * 10_000,
    b"<tmx>" * 3000, b"\xff\xfe<\0", b"ferry\t" * 10_000,
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LOOKING)
def test_what_was_a_failure_in_a_text(name, language):
    for text in KEPT_TEXTS:
        TEXT_TARGETS[name](text, language)


@pytest.mark.parametrize("language", ["fr", "ja", "ar"])
@pytest.mark.parametrize("name", CHECKING)
def test_what_was_a_failure_in_a_text_and_its_translation(name, language):
    for text in KEPT_PAIRS:
        TEXT_TARGETS[name](text, language)


@pytest.mark.parametrize("content", KEPT_FILES)
@pytest.mark.parametrize("name", FILE_TARGETS)
def test_what_was_a_failure_in_a_file(name, content):
    FILE_TARGETS[name](content)


@pytest.mark.parametrize("name", LOOKING)
@MOMENT
@given(text=texts(), language=st.sampled_from(LANGUAGES))
def test_any_text(name, text, language):
    TEXT_TARGETS[name](text, language)


@settings(MOMENT, max_examples=10)
@given(source=texts(), target=texts(), language=st.sampled_from(LANGUAGES))
def test_any_text_and_translation(source, target, language):
    TEXT_TARGETS["checks"](f"{source}\x1e{target}", language)


@pytest.mark.parametrize("name", FILE_TARGETS)
@MOMENT
@given(content=files())
def test_any_file(name, content):
    FILE_TARGETS[name](content)
