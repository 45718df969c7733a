"""Pairing documents: which translate one another, whatever they are called."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import align
from align.corpus.document_pairs import DocumentVectors, match_documents
from align.corpus.pairing import pair_documents
from align.errors import InputError

DIMENSION = 48


def sides(count, *, noise, seed, without=()):
    """Documents and translations of them: the same segments in the same order, but for noise."""
    random = np.random.default_rng(seed)
    documents = [
        random.standard_normal((int(random.integers(4, 12)), DIMENSION)) for _ in range(count)
    ]
    translations = [
        each + noise * random.standard_normal(each.shape)
        for number, each in enumerate(documents)
        if number not in without
    ]
    return vectors_of(documents), vectors_of(translations)


def vectors_of(documents):
    units = [each / np.linalg.norm(each, axis=1, keepdims=True) for each in documents]
    means = np.array([each.mean(axis=0) for each in units], dtype=np.float32)
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    return DocumentVectors(
        [each.astype(np.float16) for each in units],
        [np.full(len(each), 1 / len(each), dtype=np.float32) for each in units],
        np.array([100.0 * len(each) for each in units], dtype=np.float32),
        means,
    )


def test_documents_find_their_translations():
    source, target = sides(40, noise=0.3, seed=1)
    matches = match_documents(source, target)
    assert [(match.source, match.target) for match in matches] == [(n, n) for n in range(40)]
    assert all(match.confidence > 0.9 for match in matches)


def test_what_has_no_counterpart_is_left_alone():
    source, target = sides(40, noise=0.3, seed=2, without={3, 17, 30})
    matches = match_documents(source, target)
    assert {*range(40)} - {match.source for match in matches} == {3, 17, 30}


def test_near_duplicates_are_kept_apart():
    random = np.random.default_rng(3)
    one = [random.standard_normal((9, DIMENSION)) for _ in range(20)]
    # The last is the first one again, with another ending.
    one.append(np.concatenate((one[0][:-2], random.standard_normal((2, DIMENSION)))))
    other = [each + 0.3 * random.standard_normal(each.shape) for each in one]
    matches = match_documents(vectors_of(one), vectors_of(other))
    assert [(match.source, match.target) for match in matches] == [(n, n) for n in range(21)]


@given(
    st.integers(0, 12), st.integers(0, 12), st.integers(0, 1000), st.floats(0, 2), st.floats(0, 1)
)
def test_no_document_is_in_two_matches(sources, targets, seed, noise, least):
    source, _ = sides(sources, noise=noise, seed=seed) if sources else (empty(), None)
    target, _ = sides(targets, noise=noise, seed=seed) if targets else (empty(), None)
    matches = match_documents(source, target, min_confidence=least)
    assert len({match.source for match in matches}) == len(matches)
    assert len({match.target for match in matches}) == len(matches)


def empty():
    nothing = np.zeros((0,), dtype=np.float32)
    return DocumentVectors([], [], nothing, np.zeros((0, DIMENSION), dtype=np.float32))


@pytest.fixture
def folder(tmp_path):
    """Articles in two languages under names that say nothing; one has no counterpart."""
    english = [
        "Ida Holm came to Oslo in 1902. She sold 417 lamps.",
        "Nils Berg left Bergen in 1931. He had 88 sheep.",
        "Anna Lund built 12 bridges. The last one, in Narvik, fell in 1967.",
        "Karl Moe wrote to Hamar in 1885. Nobody answered his 230 letters.",
    ]
    french = [
        "Anna Lund bâtit 12 ponts. Le dernier, à Narvik, tomba en 1967.",
        "Ida Holm vint à Oslo en 1902. Elle vendit 417 lampes.",
        "Nils Berg quitta Bergen en 1931. Il avait 88 moutons.",
    ]
    for tag, texts in (("en", english), ("fr", french)):
        (tmp_path / "texts" / tag).mkdir(parents=True)
        for number, text in enumerate(texts):
            (tmp_path / "texts" / tag / f"{number}{tag}.txt").write_text(text)
    return tmp_path / "texts"


def test_files_are_paired_and_make_a_manifest(folder, tmp_path):
    settings = align.Settings(encoder="anchors")
    paired = pair_documents(folder, tmp_path / "out", settings=settings)
    rows = [json.loads(line) for line in paired.manifest.read_text().splitlines()]
    found = {(row["source_path"][-7:], row["target_path"][-7:]) for row in rows}
    assert found <= {("0en.txt", "1fr.txt"), ("1en.txt", "2fr.txt"), ("2en.txt", "0fr.txt")}
    assert paired.pairs == len(rows) >= 2
    assert all((paired.manifest.parent / row["source_path"]).is_file() for row in rows)
    assert all(0.5 <= row["pairing"] <= 1 for row in rows)
    again = pair_documents(folder, tmp_path / "out", settings=settings)
    assert again.pairs == paired.pairs


def test_only_languages_with_documents_alone_are_told_of():
    from align.cli.corpus import _alone

    assert list(_alone({"en": 0, "fr": 1, "ja": 1200})) == [
        "1 in 'fr' has no counterpart",
        "1,200 in 'ja' have no counterpart",
    ]


def test_pairs_of_another_folder_are_not_gone_on_with(folder, tmp_path):
    settings = align.Settings(encoder="anchors")
    pair_documents(folder, tmp_path / "out", settings=settings)
    for tag in ("en", "fr"):
        (tmp_path / "more" / tag).mkdir(parents=True)
        (tmp_path / "more" / tag / "a.txt").write_text("Fog.")
    with pytest.raises(InputError, match="pairs documents of another folder"):
        pair_documents(tmp_path / "more", tmp_path / "out", settings=settings)
    (tmp_path / "link").symlink_to(folder)
    assert pair_documents(tmp_path / "link", tmp_path / "out", settings=settings).pairs >= 2


def test_a_folder_of_other_files_is_left_alone(folder, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("Fog.")
    with pytest.raises(InputError, match="holds other files"):
        pair_documents(folder, tmp_path / "out", settings=align.Settings(encoder="anchors"))
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["notes.txt"]


def test_one_language_alone_is_refused(folder, tmp_path):
    with pytest.raises(InputError, match="takes 'de'"):
        pair_documents(folder, tmp_path / "out", pivot="de")
