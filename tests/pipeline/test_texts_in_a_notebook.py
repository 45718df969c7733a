"""Texts as strings: what someone who works in Python gets from `align.pair` and `align.segment`."""

import inspect

import pytest

import align

ENGLISH = "The old mill burned down in 1843. Nobody was hurt. It was rebuilt seven years later."
FRENCH = "Le vieux moulin brûla en 1843. Personne ne fut blessé. On le rebâtit sept ans plus tard."


@pytest.fixture(scope="module")
def result(own_cache):
    return align.pair(ENGLISH, FRENCH)


def test_two_strings_make_an_aligned_article(result):
    assert isinstance(result, align.AlignedArticle)
    assert (result.pivot, list(result.editions)) == ("en", ["en", "fr"])
    alignment = result.alignments["fr"]
    assert isinstance(alignment, align.Alignment)
    assert [bead.kind for bead in alignment] == ["1-1", "1-1", "1-1"]
    assert all(isinstance(bead, align.Bead) for bead in alignment)


def test_similarity_and_confidence_are_plain_numbers(result):
    for bead in result.alignments["fr"]:
        assert type(bead.score) is float and 0.3 < bead.score <= 1
        assert type(bead.confidence) is float and 0.5 < bead.confidence <= 1
        assert bead.moved is False


def test_units_hold_the_texts(result):
    [first, *_] = result.units
    assert isinstance(first, align.TranslationUnit)
    assert first.variant("en").text == "The old mill burned down in 1843."
    assert first.variant("fr").text == "Le vieux moulin brûla en 1843."
    assert first.variant("de") is None


def test_a_result_can_be_written_and_read_again(result, tmp_path):
    align.write_alignment(tmp_path / "pair.json", result)
    assert align.read_alignment(tmp_path / "pair.json") == result


def test_a_document_can_be_given_for_a_text(tmp_path):
    (tmp_path / "page.html").write_text(f"<html lang=en><body><p>{ENGLISH}</p></body></html>")
    result = align.pair(align.read_document(tmp_path / "page.html"), FRENCH)
    assert len(result.alignments["fr"]) == 3


def test_a_file_can_be_given_for_a_text(tmp_path, result):
    texts = tmp_path / "mill.en", tmp_path / "mill-fr.txt"
    for path, text in zip(texts, (ENGLISH, FRENCH), strict=True):
        path.write_text(text)
    from_files = align.pair(*texts)
    assert from_files.alignments == result.alignments
    assert from_files.editions["fr"].file == texts[1].as_posix()
    assert align.segment(texts[0]).segments == result.editions["en"].segments


@pytest.mark.parametrize("segmented", [False, True])
def test_a_file_says_its_language_by_its_name(tmp_path, segmented):
    """Which matters for what is too short for its letters to tell."""
    (tmp_path / "menu-es.txt").write_text("Gambas\n\nTortilla\n")
    (tmp_path / "menu.en").write_text("Prawns\n\nOmelette\n")
    result = align.pair(tmp_path / "menu.en", tmp_path / "menu-es.txt", segmented=segmented)
    assert list(result.editions) == ["en", "es"]


def test_lines_can_be_taken_as_segments():
    result = align.pair("One. Two.\n\nThree.", "Un. Deux.\nTrois.\n", source_language="en",
                        target_language="fr", segmented=True)  # fmt: skip
    assert [one.text for one in result.editions["en"].segments] == ["One. Two.", "", "Three."]
    assert len(result.editions["fr"].segments) == 2
    assert "segments:lines" in result.signature


def test_languages_are_normalised():
    result = align.pair(
        "一二三。",
        "One two three.",
        source_language="zh_TW",
        target_language="ENG",
        settings=align.Settings(encoder="anchors"),
    )
    assert list(result.editions) == ["zh-Hant", "en"]


def test_an_encoder_can_be_loaded_once_and_given():
    encoder = align.load_encoder("anchors")
    result = align.pair(ENGLISH, FRENCH, settings=align.Settings(encoder=encoder))
    assert "encoder:" + encoder.fingerprint in result.signature


def test_a_text_is_cut_into_segments():
    edition = align.segment(ENGLISH)
    assert isinstance(edition, align.Edition)
    assert edition.language == "en"
    assert [one.text for one in edition.segments][1] == "Nobody was hurt."


def test_rules_of_ones_own_may_be_named_by_a_string(tmp_path):
    from align.segmentation import default_rules

    (tmp_path / "rules.srx").write_text(default_rules(), encoding="utf-8")
    assert len(align.segment(ENGLISH, srx=str(tmp_path / "rules.srx")).segments) == 3


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"source": ""}, "the source text: holds no text to align"),
        ({"target": " \n "}, "the target text: holds no text to align"),
        ({"source": "\n\n", "segmented": True}, "the source text: holds no text to align"),
        ({"source": "123"}, "the source text: cannot tell the language"),
        ({"source_language": "jp"}, "unknown language 'jp'; did you mean 'ja'?"),
        ({"target": ENGLISH}, "both texts are in 'en'"),
        ({"source_language": "fr"}, "both texts are in 'fr'"),
        ({"settings": align.Settings(encoder="labs")}, "did you mean 'labse'?"),
        ({"settings": align.Settings(srx="gone.srx")}, "gone.srx: there is no such file"),
        ({"source_language": "sv"}, "does not know sv (Swedish)"),
    ],
)
def test_what_cannot_be_used_is_an_input_error(arguments, expected):
    with pytest.raises(align.InputError) as caught:
        align.pair(**{"source": ENGLISH, "target": FRENCH} | arguments)
    assert expected in str(caught.value)


def test_a_document_is_not_taken_for_segmented_lines(tmp_path):
    (tmp_path / "en.txt").write_text(ENGLISH)
    document = align.read_document(tmp_path / "en.txt")
    with pytest.raises(align.InputError, match="segmented texts are plain"):
        align.pair(document, FRENCH, segmented=True)


@pytest.mark.parametrize(
    "make",
    [
        lambda: align.Settings(min_confidence=1.5),
        lambda: align.AlignerSettings(longest_side=0),
        lambda: align.AlignerSettings(largest_bead=1),
        lambda: align.MemoryOptions(profile="tradoz"),
        lambda: align.MemoryOptions(languages_as={"jp": "ja"}),
        lambda: align.MemoryOptions(languages_as={"ja": "not a tag"}),
    ],
)
def test_settings_that_cannot_be_are_refused_when_made(make):
    with pytest.raises(align.InputError):
        make()


@pytest.mark.parametrize(
    "changed",
    [
        {"encoder": "anchors"},
        {"min_confidence": 0.6},
        {"aligner": align.AlignerSettings(longest_side=3)},
        {"aligner": align.AlignerSettings(largest_bead=6)},
        {"aligner": align.AlignerSettings(moves=False)},
    ],
)
def test_the_signature_changes_with_every_setting_that_counts(result, changed):
    other = align.pair(ENGLISH, FRENCH, settings=align.Settings(**changed))
    assert other.signature != result.signature


def test_the_signature_changes_with_the_rules(result, tmp_path):
    from align.segmentation import default_rules

    rules = tmp_path / "rules.srx"
    rules.write_text(default_rules().replace("</srx>", "<!-- mine --></srx>"), encoding="utf-8")
    other = align.pair(ENGLISH, FRENCH, settings=align.Settings(srx=rules))
    assert other.signature != result.signature


def test_the_signature_is_the_same_with_and_without_the_cache(result):
    fresh = align.pair(ENGLISH, FRENCH, settings=align.Settings(cached=False))
    assert fresh.signature == result.signature
    assert fresh.signature.startswith(f"align:{align.__version__}|encoder:")


def test_the_signature_tells_which_languages_the_encoder_did_not_know():
    swedish = "Den gamla kvarnen brann 1843. Ingen skadades."
    settings = align.Settings(allow_uncovered=True)
    article = align.pair(ENGLISH, swedish, target_language="sv", settings=settings)
    assert "by-anchors:sv" in article.signature


def test_every_public_name_loads_and_is_documented():
    for name in align.__all__:
        assert name == "__version__" or inspect.getdoc(getattr(align, name))
    assert set(align.__all__) == set(dir(align))


@pytest.mark.parametrize("blank", [1, 3, 8])
def test_lines_without_text_change_nothing_of_what_corresponds(result, blank):
    sentences = [[one.text for one in result.editions[tag].segments] for tag in ("en", "fr")]
    gap = "\n" * (blank + 1)
    texts = gap.join(sentences[0]) + gap + "\n", "\n\n" + "\n".join(sentences[1])
    lines = align.pair(*texts, source_language="en", target_language="fr", segmented=True)
    editions = lines.editions.values()
    aligned = [
        (bead.confidence, [[edition.segments[n].text for n in side] for edition, side in
                           zip(editions, (bead.source, bead.target), strict=True)])
        for bead in lines.alignments["fr"] if bead.is_aligned
    ]  # fmt: skip
    assert [texts for _, texts in aligned] == [
        [[one], [other]] for one, other in zip(*sentences, strict=True)
    ]
    assert all(confidence > 0.8 for confidence, _ in aligned)
    assert [bead.kind for bead in lines.alignments["fr"] if not bead.is_aligned].count("0-1") == 2


def test_a_bead_of_lines_holds_the_line_without_text_between_them():
    english = "The mill burned down in 1843, and nobody was hurt.\nIt rained.\n"
    french = "Le moulin brûla en 1843.\n\nPersonne ne fut blessé.\nIl pleuvait.\n"
    lines = align.pair(english, french, source_language="en", target_language="fr", segmented=True)
    assert [list(bead.target) for bead in lines.alignments["fr"]] == [[0, 1, 2], [3]]
    [unit, _] = lines.units
    assert unit.variant("fr").text == "Le moulin brûla en 1843. Personne ne fut blessé."
