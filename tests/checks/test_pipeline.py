"""`align.check`: what it takes, which checks run, what is held back and what was accepted."""

from dataclasses import replace

import pytest

import align
from align.beads import Alignment, Bead
from align.checks.base import CheckCannotRunError
from align.documentation import Documentation
from align.errors import InputError
from align.formats.alignment_json import write_alignment
from align.formats.tmx import write_tmx
from align.text import Span

ENGLISH = "The Ferry\n\nThe ferry left at nine. Nobody saw the fog.\n\nIt came back at noon.\n"
FRENCH = "Le bac\n\nLe bac partit à neuf heures. Personne ne vit la brume.\n\nIl revint à midi.\n"
JAPANESE = "渡し船\n\n渡し船は九時に出た。誰も霧に気づかなかった。\n\n正午に戻ってきた。\n"


class WordCheck:
    """Finds a word in the translation, or passages without one."""

    covers = ""
    documentation = Documentation("finds a word", "what", "why", "example", "silence")

    def __init__(self, name, word, severity="error"):
        self.name = name
        self.word = word
        self.severity = severity

    def find(self, translation):
        for passage in translation.passages:
            start = passage.target.find(self.word)
            if start >= 0:
                span = Span(start, start + len(self.word))
                yield translation.finding(
                    self.name, self.severity, passage, "a word", target_span=span
                )


class GapCheck(WordCheck):
    def find(self, translation):
        for passage in translation.passages:
            if not passage.target:
                yield translation.finding(self.name, "error", passage, "nothing here")


class UnableCheck(WordCheck):
    def find(self, translation):
        raise CheckCannotRunError("there is no memory")


@pytest.fixture
def use(monkeypatch):
    """Makes these checks the only ones there are."""

    def install(*checks):
        monkeypatch.setattr("align.checks.registry.CHECKS", checks)

    return install


@pytest.fixture
def ferry(use):
    use(WordCheck("ferry", "bac"), WordCheck("fog", "brume", "warning"))


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "ferry"
    made.mkdir()
    for language, text in (("en", ENGLISH), ("fr", FRENCH), ("ja", JAPANESE)):
        (made / f"{language}.txt").write_text(text, encoding="utf-8")
    return made


def found(report):
    return [(each.language, each.check, each.target_text[each.target_span.slice]) for each in
            report.findings]  # fmt: skip


EXPECTED = [("fr", "ferry", "bac"), ("fr", "ferry", "bac"), ("fr", "fog", "brume")]


def test_two_texts_are_checked(ferry):
    report = align.check(ENGLISH, FRENCH)
    assert found(report) == EXPECTED
    assert report.languages == ("fr",)
    assert report.checks == ("ferry", "fog")
    assert (report.count("error"), report.count("warning")) == (2, 1)
    assert report.signature.startswith("align:")


def test_two_files_are_checked_and_findings_have_their_places(ferry, folder):
    report = align.check(folder / "en.txt", folder / "fr.txt")
    assert found(report) == EXPECTED
    last = align.place_of(report, "fr", report.findings[-1])
    assert (last.file, last.line) == ((folder / "fr.txt").as_posix(), 3)


def test_two_documents_are_checked(ferry, folder):
    documents = [align.read_document(folder / f"{tag}.txt") for tag in ("en", "fr")]
    assert found(align.check(*documents)) == EXPECTED


def test_the_name_of_a_file_says_its_language(ferry, tmp_path):
    for name, text in (("a.en.txt", "Bac."), ("a.fr.txt", "Bac.")):
        (tmp_path / name).write_text(text)
    report = align.check(tmp_path / "a.en.txt", tmp_path / "a.fr.txt")
    assert (report.article.pivot, report.languages) == ("en", ("fr",))


def test_a_folder_is_checked_in_all_its_languages(ferry, folder):
    report = align.check(folder)
    assert report.languages == ("fr", "ja")
    assert found(report) == EXPECTED
    assert align.place_of(report, "fr", report.findings[0]).file == f"{folder.as_posix()}/fr.txt"


def test_some_languages_of_a_folder_are_checked(use, folder):
    use(WordCheck("mist", "霧"), WordCheck("ferry", "bac"))
    assert found(align.check(folder, languages=["ja"])) == [("ja", "mist", "霧")]
    with pytest.raises(InputError, match=r"has no translation in 'es'; there are fr, ja"):
        align.check(folder, languages=["es"])


def test_an_aligned_article_and_its_file_are_checked(ferry, folder, tmp_path):
    article = align.build(folder)
    write_alignment(tmp_path / "a.alignment.json", article)
    assert found(align.check(article, languages=["fr"])) == EXPECTED
    assert found(align.check(tmp_path / "a.alignment.json")) == EXPECTED
    with pytest.raises(InputError, match="has no translation in 'es'"):
        align.check(article, languages=["es"])


def test_a_single_translation_in_another_language_is_not_taken_instead(ferry):
    article = align.pair(ENGLISH, FRENCH)
    with pytest.raises(InputError, match=r"has no translation in 'ja'; there are fr"):
        align.check(article, languages=["ja"])


def test_a_memory_file_is_checked_pair_by_pair(ferry, folder, tmp_path):
    write_tmx(tmp_path / "m.tmx", align.build(folder).units, languages=["en", "fr"], source="en")
    report = align.check(tmp_path / "m.tmx")
    assert found(report) == EXPECTED
    assert report.article.pivot == "en"
    assert align.place_of(report, "fr", report.findings[0]).line > 1


def test_of_several_translations_in_a_memory_one_is_chosen(ferry, folder, tmp_path):
    write_tmx(tmp_path / "m.tmx", align.build(folder).units, languages=["fr", "ja"], source="en")
    with pytest.raises(InputError, match=r"m\.tmx: holds translations in fr, ja; choose one"):
        align.check(tmp_path / "m.tmx")
    assert found(align.check(tmp_path / "m.tmx", languages=["fr"])) == EXPECTED


def test_a_region_that_a_memory_writes_need_not_be_named(ferry, tmp_path):
    (tmp_path / "m.tmx").write_text(
        '<tmx version="1.4"><header srclang="en-GB"/><body><tu>'
        '<tuv xml:lang="en-GB"><seg>Ferry.</seg></tuv><tuv xml:lang="fr-CA"><seg>bac</seg></tuv>'
        "</tu></body></tmx>"
    )
    report = align.check(tmp_path / "m.tmx", source_language="en", languages=["fr"])
    assert found(report) == [("fr", "ferry", "bac")]


def test_a_segment_of_xliff_without_a_translation_is_a_bead_with_one_side(use, tmp_path):
    use(GapCheck("gap", ""))
    (tmp_path / "j.xlf").write_text(
        '<xliff version="1.2"><file source-language="en" target-language="fr"><body>'
        "<trans-unit><source>Ferry.</source><target>Bac.</target></trans-unit>"
        "<trans-unit><source>Fog.</source></trans-unit></body></file></xliff>"
    )
    (finding,) = align.check(tmp_path / "j.xlf").findings
    assert (finding.source_text, finding.target_segments) == ("Fog.", Span(1, 1))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "holds no pairs"),
        ('<tu><tuv xml:lang="en"><seg>Fog.</seg></tuv></tu>', "holds no pairs"),
    ],
)
def test_a_memory_without_pairs_is_refused(ferry, tmp_path, content, message):
    header = '<header srclang="en"/>'
    (tmp_path / "m.tmx").write_text(f'<tmx version="1.4">{header}<body>{content}</body></tmx>')
    with pytest.raises(InputError, match=message):
        align.check(tmp_path / "m.tmx")


def test_more_pairs_than_can_be_held_are_refused(ferry, monkeypatch, folder, tmp_path):
    write_tmx(tmp_path / "m.tmx", align.build(folder).units, languages=["en", "fr"], source="en")
    monkeypatch.setattr("align.paired.MOST_SEGMENTS", 2)
    with pytest.raises(InputError, match="has more than 2 pairs, the limit; check it in parts"):
        align.check(tmp_path / "m.tmx")


def test_one_text_alone_is_refused(ferry, folder):
    with pytest.raises(InputError, match=r"fr\.txt: is one text; give its translation too"):
        align.check(folder / "fr.txt")


@pytest.mark.parametrize("name", ["m.tmx", "j.xlf", "a.alignment.json"])
def test_a_file_that_holds_translations_takes_no_other(ferry, folder, name):
    with pytest.raises(InputError, match=f"{name}: holds texts with their translations"):
        align.check(folder / name, folder / "fr.txt")


def test_only_the_checks_asked_for_run(ferry):
    assert found(align.check(ENGLISH, FRENCH, only=["fog"])) == EXPECTED[2:]
    assert found(align.check(ENGLISH, FRENCH, skip=["fog"])) == EXPECTED[:2]


@pytest.mark.parametrize("option", ["only", "skip"])
def test_an_unknown_check_is_refused_with_what_there_is(ferry, option):
    message = "unknown check 'ferri'; did you mean 'ferry'?"
    with pytest.raises(InputError) as caught:
        align.check(ENGLISH, FRENCH, **{option: ["ferri"]})
    assert str(caught.value) == message


def test_some_check_has_to_be_left(ferry):
    with pytest.raises(InputError, match="no check is left"):
        align.check(ENGLISH, FRENCH, skip=["ferry", "fog"])


def test_a_check_that_lacks_something_is_named_with_the_reason(use):
    use(WordCheck("ferry", "bac"), UnableCheck("memory", ""))
    report = align.check(ENGLISH, FRENCH)
    assert report.not_run == {"memory": "there is no memory"}
    assert report.checks == ("ferry",)


def test_the_signature_says_what_was_known(ferry, folder):
    article = align.build(folder)
    assert align.check(article, memory=article.units).signature == (
        f"{article.signature}|checks:{align.__version__}|termbases:0|memory:{len(article.units)}"
    )


def doubtful(confidence, *, gap=False):
    """An article whose second bead is less sure than the others."""
    article = align.pair(ENGLISH, FRENCH)
    size = len(article.editions["fr"].segments)
    beads, place = [], 0
    for index in range(size):
        stop = place + (not (gap and index == 1))
        sure = confidence if index == 1 else 0.9
        beads.append(Bead(Span(index, index + 1), Span(place, stop), None, sure))
        place = stop
    if gap:
        beads.append(Bead(Span(size, size), Span(place, place + 1), None, 0.9))
    return replace(article, alignments={"fr": Alignment(tuple(beads), size, size)})


def test_findings_on_doubtful_beads_are_held_back_and_counted(ferry):
    report = align.check(doubtful(0.3))
    assert found(report) == [EXPECTED[0], EXPECTED[2]]
    assert report.held_back == {"ferry": 1}
    assert align.check(doubtful(0.5)).held_back == {}


def test_a_gap_is_as_sure_as_its_own_bead(use):
    use(GapCheck("gap", ""))
    assert len(align.check(doubtful(0.9, gap=True)).findings) == 1
    assert align.check(doubtful(0.3, gap=True)).held_back == {"gap": 1}


def test_a_finding_on_several_beads_is_as_doubtful_as_the_least_sure(use):
    class Across(WordCheck):
        def find(self, translation):
            first = translation.passages[0]
            finding = translation.finding(self.name, "error", first, "a run of segments")
            for stop in (1, 3):
                yield replace(finding, source_segments=Span(0, stop), target_segments=Span(0, 0))

    use(Across("across", ""))
    report = align.check(doubtful(0.3))
    assert [each.source_segments for each in report.findings] == [Span(0, 1)]
    assert report.held_back == {"across": 1}


def test_every_finding_has_a_fingerprint_of_its_own(ferry):
    report = align.check(ENGLISH, FRENCH)
    assert len({each.fingerprint for each in report.findings}) == 3
    assert align.check(ENGLISH, FRENCH).findings == report.findings


def test_what_a_baseline_accepts_is_not_shown_again(ferry):
    baseline = align.baseline_of(align.check(ENGLISH, FRENCH))
    again = align.check(ENGLISH, FRENCH, baseline=baseline)
    assert (again.findings, again.accepted) == ((), 3)
    edited = FRENCH.replace("Il revint", "Le bac revint")
    new = align.check(ENGLISH, edited, baseline=baseline)
    assert [each.target_text for each in new.findings] == ["Le bac revint à midi."]
    assert new.accepted == 3


def test_a_baseline_forgets_what_is_gone_and_keeps_what_was_not_looked_at(ferry, folder):
    everything = align.baseline_of(align.check(folder))
    assert len(everything.accepted) == 3
    mended = FRENCH.replace("brume", "buée")
    gone = align.baseline_of(align.check(ENGLISH, mended), everything)
    assert [each.check for each in gone.accepted] == ["ferry", "ferry"]
    only_ferry = align.check(ENGLISH, mended, only=["ferry"])
    assert align.baseline_of(only_ferry, everything) == everything
    only_japanese = align.check(folder, languages=["ja"])
    assert align.baseline_of(only_japanese, everything) == everything


def test_a_baseline_forgets_checks_that_are_no_more(ferry, use):
    everything = align.baseline_of(align.check(ENGLISH, FRENCH))
    use(WordCheck("ferry", "bac"))
    left = align.baseline_of(align.check(ENGLISH, FRENCH), everything)
    assert {each.check for each in left.accepted} == {"ferry"}


def test_progress_is_told(ferry):
    told = []

    def start(what, steps):
        told.append([what, steps, 0])

        def advance(done):
            told[-1][2] += done

        return advance

    align.check(ENGLISH, FRENCH, progress=start)
    assert told[-1] == ["checking", 2, 2]


def test_a_language_that_the_encoder_lacks_is_checked_all_the_same(ferry, tmp_path):
    (tmp_path / "m.tmx").write_text(
        '<tmx version="1.4"><header srclang="en"/><body><tu>'
        '<tuv xml:lang="en"><seg>Ferry.</seg></tuv><tuv xml:lang="sv"><seg>bac</seg></tuv>'
        "</tu></body></tmx>"
    )
    assert found(align.check(tmp_path / "m.tmx")) == [("sv", "ferry", "bac")]


def test_the_leverage_of_a_memory_is_counted(ferry, folder):
    memory = align.build(folder).units
    report = align.check(folder, memory=iter(memory))
    assert report.leverage["fr"].bands["exact"][0] == 4
    assert report.leverage["ja"].bands["exact"][0] == 4
    assert align.check(ENGLISH, FRENCH).leverage == {}


def test_the_bundled_draft_is_checked_with_all_checks():
    from align.resources import data_folder

    folder = data_folder("corpora") / "japan-europe-sea-lanes"
    report = align.check(folder / "en.md", folder / "draft" / "fr.md")
    assert report.languages == ("fr",)
    for finding in report.findings:
        assert align.place_of(report, "fr", finding).column is not None
