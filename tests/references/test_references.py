"""What is found in memories and termbases that are loaded together, and how it is named."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from align.errors import InputError, OutputError
from align.formats.tmx import read_tmx
from align.memories import validate_tmx
from align.references import References, additions
from align.references.additions import ClosedMemoryError
from align.references.languages import nearest_pair


def memory(path, *units):
    """A TMX file; a unit is a text by language."""
    body = "".join(
        "<tu>"
        + "".join(f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in unit.items())
        + "</tu>"
        for unit in units
    )
    path.write_text(
        '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" '
        'o-tmf="x" adminlang="en" srclang="*all*" datatype="plaintext"/>'
        f"<body>{body}</body></tmx>",
        encoding="utf-8",
    )
    return path


def table(path, *rows):
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def found(matches):
    return [(match.score, match.source.text, match.target.text) for match in matches]


def terms(matches):
    return [(match.term.text, [term.text for term in match.renderings]) for match in matches]


@pytest.fixture
def sails(tmp_path):
    return memory(
        tmp_path / "sails.tmx",
        {"en": "The red sail.", "fr": "La voile rouge.", "ja": "赤い帆。"},
        {"en": "The red sails.", "fr": "Les voiles rouges."},
        {"en": "Fog.", "fr": "Brume."},
    )


def test_matches_of_all_memories_are_merged_the_likest_first(tmp_path, sails):
    other = memory(tmp_path / "other.tmx", {"en": "The blue sail.", "fr": "La voile bleue."})
    references = References([sails, other])
    matches = references.lookup("The blue sail.", source="en", target="fr")
    assert found(matches) == [
        (100, "The blue sail.", "La voile bleue."),
        (75, "The red sail.", "La voile rouge."),
    ]
    assert [match.memory for match in matches] == [str(other), str(sails)]


def test_what_two_memories_say_is_said_once_by_the_first(tmp_path, sails):
    again = memory(tmp_path / "again.tmx", {"en": "Fog.", "fr": "Brume."})
    for files in ([sails, again], [again, sails]):
        [match] = References(files).lookup("Fog.", source="en", target="fr")
        assert match.memory == str(files[0])


def test_a_memory_is_looked_up_in_either_direction_of_any_pair(sails):
    references = References([sails])
    assert found(references.lookup("赤い帆。", source="ja", target="fr")) == [
        (100, "赤い帆。", "La voile rouge.")
    ]
    assert found(references.lookup("Brume.", source="fr", target="en")) == [(100, "Brume.", "Fog.")]
    assert references.lookup("Fog.", source="en", target="de") == []


@pytest.mark.parametrize(
    ("asked", "there", "expected"),
    [
        (("en", "fr"), ["en", "fr"], ("en", "fr")),
        (("en-GB", "fr"), ["en-US", "en-GB", "fr-FR"], ("en-GB", "fr-FR")),
        (("en-AU", "fr"), ["en-US", "en-GB", "fr"], ("en-GB", "fr")),
        (("pt-PT", "pt-BR"), ["pt-BR", "pt-PT"], ("pt-PT", "pt-BR")),
        (("pt", "pt-BR"), ["pt-BR", "pt-PT"], ("pt-PT", "pt-BR")),
        (("pt-BR", "pt"), ["pt-BR", "pt-PT"], ("pt-BR", "pt-PT")),
        (("pt-BR", "pt"), ["pt-BR"], None),
        (("zh-Hans", "en"), ["zh-Hant", "en"], None),
        (("en", "fr"), ["en"], None),
    ],
)
def test_the_exact_tag_goes_first_then_the_nearest_region(asked, there, expected):
    assert nearest_pair(*asked, there) == expected


def test_a_source_s_other_variant_is_never_offered_as_its_translation(tmp_path):
    path = memory(tmp_path / "pt.tmx", {"pt-PT": "O autocarro.", "pt-BR": "O ônibus."},
                  {"pt-BR": "O trem.", "en": "The train."})  # fmt: skip
    references = References([path])
    assert references.lookup("O trem.", source="pt-BR", target="pt-PT") == []
    assert found(references.lookup("O autocarro.", source="pt", target="pt-BR")) == [
        (100, "O autocarro.", "O ônibus.")
    ]


def test_a_phrase_is_found_on_either_side_in_the_order_of_the_memories(sails):
    references = References([sails])
    asked = {"source": "en", "target": "fr"}
    assert len(references.concordance("RED SAIL", **asked)) == 2
    assert found(references.concordance("voiles", in_target=True, **asked)) == [
        (100, "The red sails.", "Les voiles rouges.")
    ]
    assert references.concordance("voiles", **asked) == []
    assert len(references.concordance("sail", most=1, **asked)) == 1


def test_terms_of_a_sentence_stand_in_whatever_form_the_longest_of_those_that_overlap(tmp_path):
    ships = table(tmp_path / "ships.csv", "en,fr,status", "ship,navire,",
                  "container ship,porte-conteneurs,preferred",
                  "container ship,cargo à boîtes,deprecated")  # fmt: skip
    more = table(tmp_path / "more.csv", "en,de", "ship,Schiff", "harbour,Hafen")
    references = References((), [ships, more])
    text = "Container ships left the harbour."
    matches = references.terms_in(text, source="en-US", target="fr")
    assert terms(matches) == [("container ship", ["porte-conteneurs", "cargo à boîtes"])]
    assert text[matches[0].span.slice] == "Container ships"
    both = references.terms_in(text, source="en")
    assert [match.termbase for match in both] == [str(ships), str(more), str(more)]


def test_a_word_is_looked_up_first_as_the_term_then_within_terms(tmp_path):
    path = table(tmp_path / "t.csv", "en,fr", "sail loft,voilerie", "mainsail,grand-voile",
                 "sail,voile", "fog,brume")  # fmt: skip
    references = References((), [path])
    matches = references.terms_with("Sails", source="en", target="fr")
    assert terms(matches) == [("sail", ["voile"])]
    matches = references.terms_with("sail", source="en", target="fr")
    assert [match.term.text for match in matches] == ["sail", "sail loft", "mainsail"]
    assert len(references.terms_with("sail", source="en", most=2)) == 2
    assert references.terms_with("sail loft and fog", source="en") == []


def test_a_word_of_a_language_without_spaces_is_looked_up(tmp_path):
    path = table(tmp_path / "t.csv", "ja,en", "帆船,sailing ship", "帆,sail")
    references = References((), [path])
    assert terms(references.terms_in("赤い帆船が来た。", source="ja", target="en")) == [
        ("帆船", ["sailing ship"])
    ]
    assert [m.term.text for m in references.terms_with("帆", source="ja")] == ["帆", "帆船"]


def test_a_rendering_is_not_in_the_language_that_is_looked_up(tmp_path):
    path = table(tmp_path / "t.csv", "en-US,en-GB,fr", "color,colour,couleur")
    references = References((), [path])
    assert terms(references.terms_in("A color.", source="en-US", target="en-GB")) == [
        ("color", ["colour"])
    ]
    assert terms(references.terms_in("A colour.", source="en")) == [("color", ["couleur"])]


def test_files_that_say_no_languages_are_told_them(tmp_path):
    path = table(tmp_path / "glossary.txt", "sail\tvoile")
    with pytest.raises(InputError):
        References((), [path])
    references = References((), [path], languages=("en", "fr"))
    assert terms(references.terms_in("A sail.", source="en", target="fr")) == [("sail", ["voile"])]


@pytest.mark.parametrize("asked", [("en", "en"), ("en", "jp"), ("", "fr")])
def test_languages_that_make_no_pair_are_refused(sails, asked):
    with pytest.raises(InputError):
        References([sails]).lookup("Fog.", source=asked[0], target=asked[1])


def test_nothing_to_look_things_up_in_is_refused(tmp_path):
    with pytest.raises(InputError, match="name a memory or a termbase"):
        References()
    with pytest.raises(InputError, match="holds no units"):
        References([memory(tmp_path / "empty.tmx")])


def test_a_unit_that_is_added_is_found_and_in_a_valid_file(tmp_path, sails):
    new = tmp_path / "new.tmx"
    references = References([sails], writable=new)
    assert not new.exists()
    added = references.add("EN-gb", "zh_TW", " Rope & \x00anchor. ", "繩與錨。", note="guide")
    assert added.is_new and added.units == 1
    references.add("fr", "en", "Le phare.", "The lighthouse.")
    [match] = references.lookup("Rope & anchor.", source="en", target="zh-Hant")
    assert (match.score, match.target.text, match.memory) == (100, "繩與錨。", str(new))
    units = list(read_tmx(new))
    assert [[v.language for v in unit.variants] for unit in units] == [
        ["en-GB", "zh-Hant"], ["fr", "en"]]  # fmt: skip
    assert units[0].variants[0].text == "Rope & anchor."
    assert [remark.text for remark in units[0].remarks] == ["guide"]
    assert [fault.message for fault in validate_tmx(new)] == [
        "more than two languages, and many tools take two"
    ]


def test_an_addition_goes_before_what_the_memories_say(tmp_path, sails):
    references = References([sails], writable=tmp_path / "new.tmx")
    references.add("en", "fr", "Fog.", "Brouillard.")
    matches = references.lookup("Fog.", source="en", target="fr")
    assert [match.target.text for match in matches] == ["Brouillard.", "Brume."]


def test_a_unit_is_added_once(tmp_path):
    references = References(writable=tmp_path / "new.tmx")
    first = references.add("en", "fr", "Fog.", "Brume.")
    again = references.add("en", "fr", "Fog. ", "Brume.")
    assert (first.is_new, again.is_new, again.units) == (True, False, 1)


def test_additions_past_a_block_are_found_as_the_first_is(tmp_path, monkeypatch):
    monkeypatch.setattr("align.references.memory._BLOCK", 3)
    references = References(writable=tmp_path / "new.tmx")
    for number in range(8):
        references.add("en", "fr", f"Buoy number {number}.", f"Bouée {number}.")
        matches = references.lookup(f"Buoy number {number}.", source="en", target="fr", least=100)
        assert [match.target.text for match in matches] == [f"Bouée {number}."]
    matches = references.lookup("Buoy number 0.", source="en", target="fr", most=4)
    assert [match.score for match in matches] == [100, 75, 75, 75]
    assert len(references.concordance("buoy", source="en", target="fr")) == 8


def test_a_file_that_is_there_is_never_added_to(tmp_path, sails):
    with pytest.raises(InputError, match="is there already"):
        References([sails], writable=sails)
    with pytest.raises(InputError, match=r"a new memory is a \.tmx"):
        References([sails], writable=tmp_path / "new.txt")


def test_a_file_that_another_program_made_or_changed_is_left_alone(tmp_path):
    new = tmp_path / "new.tmx"
    references = References(writable=new)
    new.write_text("somebody's", encoding="utf-8")
    with pytest.raises(ClosedMemoryError, match="changed by another program"):
        references.add("en", "fr", "Fog.", "Brume.")
    assert new.read_text(encoding="utf-8") == "somebody's"
    new.unlink()
    references.add("en", "fr", "Fog.", "Brume.")
    mended = new.read_bytes().replace(b"Brume", b"Brouillard")
    new.write_bytes(mended)
    with pytest.raises(ClosedMemoryError):
        references.add("en", "fr", "Rope.", "Corde.")
    assert new.read_bytes() == mended


def test_a_unit_that_cannot_be_written_is_not_found(tmp_path):
    references = References(writable=tmp_path / "folder" / "new.tmx")
    (tmp_path / "folder").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError):
        references.add("en", "fr", "Fog.", "Brume.")
    assert references.lookup("Fog.", source="en", target="fr") == []


def test_a_full_memory_takes_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr(additions, "MOST_UNITS", 2)
    references = References(writable=tmp_path / "new.tmx")
    for text in ("Fog.", "Rope."):
        references.add("en", "fr", text, text.upper())
    with pytest.raises(ClosedMemoryError, match="2 units, the limit"):
        references.add("en", "fr", "Mast.", "Mât.")


@pytest.mark.parametrize(
    ("text", "translation", "note", "message"),
    [
        ("", "Brume.", "", "the source has no text"),
        ("Fog.", " \x00\n", "", "the target has no text"),
        ("a" * 5001, "Brume.", "", "more than 5,000 characters"),
        ("Fog.", "Brume.", "a" * 5001, "the note has more than 5,000"),
    ],
)
def test_what_is_no_unit_is_refused(tmp_path, text, translation, note, message):
    references = References(writable=tmp_path / "new.tmx")
    with pytest.raises(InputError, match=message):
        references.add("en", "fr", text, translation, note=note)
    assert list(tmp_path.iterdir()) == []


def test_many_threads_ask_and_add_at_a_time(tmp_path, sails):
    ships = table(tmp_path / "t.csv", "en,fr", "sail,voile", "harbour,port")
    references = References([sails], [ships], writable=tmp_path / "new.tmx")

    def ask(number):
        if number % 5 == 0:
            references.add("en", "fr", f"Buoy {number}.", f"Bouée {number}.")
        text = f"The red sails of the harbours, {number}."
        return (
            found(references.lookup("Fog.", source="en", target="fr")),
            found(references.lookup("赤い帆。", source="ja", target="fr")),
            terms(references.terms_in(text, source="en", target="fr")),
            len(references.concordance("red", source="en", target="fr")),
        )

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, range(60)))
    assert (
        answers
        == [
            (
                [(100, "Fog.", "Brume.")],
                [(100, "赤い帆。", "La voile rouge.")],
                [("sail", ["voile"]), ("harbour", ["port"])],
                2,
            )
        ]
        * 60
    )
    assert len(list(read_tmx(Path(references.new.path)))) == 12
