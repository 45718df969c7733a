"""What checks of one run share, and runs at the same time do not."""

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import align
from align.checks.sharing import SharedWork

ENGLISH = """The Ferry

The ferry carried 240 people to Setouchi. Ruth Castellani left it on 3 May.

In Setouchi she sold 1,250 lamps. Nobody asked Castellani for the price.
"""
FRENCH = """Le bac

Le bac transporta 420 personnes à Setouchi. Ruth Castellani le quitta le 3 mai.

À Setouchi, elle vendit 1 250 lampes. Personne ne demanda le prix à Castelani.
"""
SPANISH = """El transbordador

El transbordador llevó a 240 personas a Setouchi. Ruth Castellani lo dejó el 3 de mayo.

En Setouchi vendió 1.520 lámparas. Nadie preguntó el precio a Castellani.
"""


class Counted:
    def __init__(self):
        self.calls = 0

    def __call__(self, *things):
        self.calls += 1
        return [self.calls]


def test_what_is_asked_twice_of_the_same_objects_is_worked_out_once():
    work, function, text = SharedWork(), Counted(), ["a text"]
    assert work.of(function, text) is work.of(function, text)
    assert function.calls == 1


def test_an_equal_object_is_another_object():
    work, function = SharedWork(), Counted()
    assert work.of(function, ["a text"]) != work.of(function, ["a text"])


def test_two_runs_share_nothing():
    function, text = Counted(), ["a text"]
    assert SharedWork().of(function, text) != SharedWork().of(function, text)


def test_only_what_was_asked_last_is_kept():
    class Text:
        pass

    work, first = SharedWork(), Text()
    gone = weakref.ref(first)
    work.of(id, first)
    work.of(id, Text())
    del first
    gc.collect()
    assert gone() is None


def test_nothing_of_a_run_is_left_when_it_is_done(encoder):
    gone = weakref.ref(encoder_of_its_own := Wrapped(encoder))
    align.check(
        ENGLISH,
        FRENCH,
        source_language="en",
        languages=["fr"],
        settings=align.Settings(encoder=encoder_of_its_own),
    )
    del encoder_of_its_own
    gc.collect()
    assert gone() is None


class Wrapped:
    """An encoder that can be told from all others."""

    def __init__(self, encoder):
        self._encoder = encoder

    def __getattr__(self, name):
        return getattr(self._encoder, name)


def test_two_threads_that_check_two_texts_find_what_one_does(encoder):
    settings = align.Settings(encoder=encoder)
    texts = [("fr", FRENCH), ("es", SPANISH)]
    start = Barrier(len(texts))

    def findings(language, text):
        report = align.check(
            ENGLISH, text, source_language="en", languages=[language], settings=settings
        )
        return report.findings

    def together(language, text):
        start.wait()
        return [findings(language, text) for _ in range(3)]

    expected = [findings(*each) for each in texts]
    assert all(expected)
    with ThreadPoolExecutor(len(texts)) as pool:
        found = list(pool.map(lambda each: together(*each), texts))
    assert found == [[each] * 3 for each in expected]
