"""A folder of editions becomes a corpus, or an error that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.documents import read_corpus
from align.documents.corpus import language_of_name
from align.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    "en": "The Bridge\n\nThe bridge is old. Nobody knows why it still stands.\n",
    "fr": "Le pont\n\nLe pont est vieux. Personne ne sait pourquoi il tient encore.\n",
    "ja": "橋\n\n橋は古い。なぜ今も立っているのか、誰も知らない。\n",
    "ru": "Мост\n\nМост старый. Никто не знает, почему он ещё стоит.\n",
    "zh-Hans": "桥\n\n桥很旧。没有人知道它为什么还在。\n",
    "zh-Hant": "橋\n\n橋很舊。沒有人知道它為什麼還在。\n",
}


def write(folder: Path, **files: str) -> Path:
    """Writes files whose names are given with `__` for a dot."""
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def write_listed(folder: Path, listing: str) -> Path:
    write(folder, en__txt=TEXTS["en"], ja__txt=TEXTS["ja"], fr__txt=TEXTS["fr"])
    (folder / "corpus.toml").write_text(listing, encoding="utf-8")
    return folder


def languages(folder: Path, pivot: str | None = None) -> list[str]:
    return [edition.language for edition in read_corpus(folder, pivot=pivot).editions]


def message(folder: Path, pivot: str | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read_corpus(folder, pivot=pivot)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("ja.txt", "ja"),
        ("JA.txt", "ja"),
        ("zh-TW.md", "zh-Hant"),
        ("zh_CN.md", "zh-Hans"),
        ("zh-CHT.md", "zh-Hant"),
        ("article.zh_chs.md", "zh-Hans"),
        ("en-KR.md", "en-KR"),
        ("article.es-419.md", "es-419"),
        ("article.sr-Latn.md", "sr-Latn"),
        ("pt-BR.html", "pt-BR"),
        ("eng.txt", "en"),
        ("grc.txt", "grc"),
        ("it.md", "it"),
        ("article.ja.txt", "ja"),
        ("article.zh-Hant.html", "zh-Hant"),
        ("article_fr.md", "fr"),
        ("article-ja.txt", "ja"),
        ("my-article_zh_TW.md", "zh-Hant"),
        ("my.article.pt-BR.md", "pt-BR"),
        ("trade-uk-fr.md", "fr"),
        ("article.md", None),
        ("the-bridge.txt", None),
        ("notes.src.txt", None),
        ("src.txt", None),
        ("tgt.txt", None),
        ("2025.txt", None),
        ("jp.txt", None),
        ("kr.txt", None),
        ("a.b.c.txt", None),
    ],
)
def test_a_name_states_its_language(tmp_path, name, language):
    assert language_of_name(tmp_path / name) == language


@settings(deadline=None)  # the first call loads a library
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzJA-_. 0é橋", min_size=1, max_size=20))
def test_any_name_states_a_language_or_none(name):
    from pathlib import Path

    language = language_of_name(Path(f"{name}x.txt"))
    assert language is None or language


def test_languages_are_taken_from_the_names(tmp_path):
    write(tmp_path, en__txt=TEXTS["en"], article__ja__md=f"# {TEXTS['ja']}", x_fr__txt=TEXTS["fr"])
    assert languages(tmp_path) == ["en", "fr", "ja"]


def test_folders_named_by_a_language_are_looked_into(tmp_path):
    for language in ("en", "fr", "zh-Hant"):
        (tmp_path / language).mkdir()
        write(tmp_path / language, article__txt=TEXTS[language])
    (tmp_path / "drafts").mkdir()
    write(tmp_path / "drafts", ru__txt=TEXTS["ru"])
    assert languages(tmp_path) == ["en", "fr", "zh-Hant"]


def test_a_page_may_declare_its_language(tmp_path):
    page = '<html lang="fr"><body><p>Ok ok ok ok ok ok.</p></body></html>'
    assert languages(write(tmp_path, page__html=page, en__txt=TEXTS["en"])) == ["en", "fr"]


def test_a_name_goes_before_what_the_page_declares(tmp_path):
    page = '<html lang="en"><body><p>Le pont est vieux.</p></body></html>'
    assert languages(write(tmp_path, fr__html=page, en__txt=TEXTS["en"])) == ["en", "fr"]


def test_other_names_leave_the_text_to_tell(tmp_path):
    files = {f"text{index}__txt": text for index, text in enumerate(TEXTS.values())}
    assert languages(write(tmp_path, **files)) == list(TEXTS)


def test_what_is_no_edition_is_passed_over(tmp_path):
    write(
        tmp_path, en__txt=TEXTS["en"], ja__txt=TEXTS["ja"], README__md="About.", LICENSE__txt="MIT"
    )
    write(tmp_path, __hidden__txt="x", notes__csv="a,b", readme_fr__md="À propos.")
    assert languages(tmp_path) == ["en", "ja"]


def test_the_pivot_comes_first_and_the_others_by_tag(tmp_path):
    files = {f"{language}__txt": text for language, text in TEXTS.items()}
    write(tmp_path, **files)
    assert languages(tmp_path, "ja") == ["ja", "en", "fr", "ru", "zh-Hans", "zh-Hant"]


def test_the_pivot_may_leave_out_the_region(tmp_path):
    write(tmp_path, **{"en-US__txt": TEXTS["en"], "ja__txt": TEXTS["ja"]})
    assert read_corpus(tmp_path, pivot="en").pivot == "en-US"


def test_name_and_title(tmp_path):
    folder = tmp_path / "old-bridge"
    folder.mkdir()
    corpus = read_corpus(write(folder, en__txt=TEXTS["en"], ja__txt=TEXTS["ja"]), pivot="ja")
    assert (corpus.name, corpus.title, corpus.licence) == ("old-bridge", "橋", None)


def test_without_a_title_the_folder_gives_its_name(tmp_path):
    folder = tmp_path / "old-bridge"
    folder.mkdir()
    write(folder, en__txt="The bridge is old.", ja__txt="橋は古い。")
    assert read_corpus(folder).title == "old-bridge"


def test_a_corpus_file_lists_the_editions(tmp_path):
    listing = """
title = "The old bridge"
pivot = "ja"
licence = "CC BY 4.0"

[[editions]]
language = "en-GB"
file = "en.txt"
address = "https://example.org/en"

[[editions]]
language = "ja"
file = "ja.txt"
"""
    corpus = read_corpus(write_listed(tmp_path, listing))
    assert (corpus.title, corpus.licence, corpus.pivot) == ("The old bridge", "CC BY 4.0", "ja")
    assert [(each.language, each.address) for each in corpus.editions] == [
        ("ja", None),
        ("en-GB", "https://example.org/en"),
    ]
    assert corpus.editions[0].path == tmp_path / "ja.txt"


def test_an_argument_goes_before_the_corpus_files_pivot(tmp_path):
    assert languages(write_listed(tmp_path, 'pivot = "ja"\n'), "fr")[0] == "fr"


def test_a_corpus_file_without_editions_leaves_them_to_be_found(tmp_path):
    folder = write_listed(tmp_path, 'title = "The old bridge"\npivot = "ja"\n')
    assert languages(folder) == ["ja", "en", "fr"]


EDITION = '[[editions]]\nlanguage = "en"\nfile = "en.txt"\n'


@pytest.mark.parametrize(
    ("listing", "line", "reason"),
    [
        ('title = "x"\npivott = "en"\n', 2, "unknown key 'pivott'; did you mean 'pivot'?"),
        ('license = "MIT"\n', 1, "unknown key 'license'; did you mean 'licence'?"),
        ("zzz = 1\n", 1, "unknown key 'zzz'; known are title, pivot, licence, editions"),
        (f'{EDITION}lang = "en"\n', 4, "unknown key 'lang'; did you mean 'language'?"),
        ("\ntitle = 7\n", 2, "'title' is a text in quotation marks"),
        ('title = ""\n', 1, "'title' is a text in quotation marks"),
        ('pivot = "jp"\n', 1, "unknown language 'jp'; did you mean 'ja'?"),
        (
            f'{EDITION}\n[[editions]]\nlanguage = "jp"\nfile = "ja.txt"\n',
            6,
            "unknown language 'jp'; did you mean 'ja'?",
        ),
        (
            f'{EDITION}\n[[editions]]\nlanguage = "ja"\nfile = "jp.txt"\n',
            7,
            "there is no file 'jp.txt' in the folder",
        ),
        (f'{EDITION}\n[[editions]]\nlanguage = "ja"\n', 5, "an edition needs a 'file'"),
        (f'{EDITION}\n[[editions]]\nfile = "ja.txt"\n', 5, "an edition needs a 'language'"),
        (
            f'{EDITION}[[editions]]\nlanguage = "eng"\nfile = "ja.txt"\n',
            5,
            "language 'en' has two editions; one is read",
        ),
        (
            '[[editions]]\nlanguage = "en"\nfile = "../en.txt"\n',
            3,
            "file '../en.txt' is outside the folder; editions lie inside it",
        ),
        (
            f'{EDITION}date = "yesterday"\n',
            4,
            "'date' is a date, such as 2026-03-01, without quotation marks",
        ),
        (f"{EDITION}date = 12:30:00\n", 4, "'date' is a date, such as 2026-03-01"),
        (f'{EDITION}encoding = "latin-99"\n', 4, "unknown encoding 'latin-99'"),
        (f'{EDITION}encoding = "base64"\n', 4, "unknown encoding 'base64'"),
        ('editions = "en"\n', 1, "'editions' are tables: write [[editions]] above each"),
        ('title = "x\npivot = "en"\n', 1, "is not TOML: Illegal character"),
        ('title = "x"\ntitle = "y"\n', 2, "is not TOML: Cannot overwrite a value"),
    ],
)
def test_a_mistake_in_the_corpus_file_is_shown_with_its_line(tmp_path, listing, line, reason):
    shown = message(write_listed(tmp_path, listing))
    assert shown.startswith(f"{tmp_path / 'corpus.toml'}:{line}: {reason}")


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    write(tmp_path, secret__txt="A secret.")
    (folder / "ja2.txt").symlink_to(tmp_path / "secret.txt")
    listing = f'{EDITION}[[editions]]\nlanguage = "ja"\nfile = "ja2.txt"\n'
    assert "is outside the folder" in message(write_listed(folder, listing))


def test_a_folder_of_a_language_that_is_a_link_out_of_the_folder_is_refused(tmp_path):
    folder, elsewhere = tmp_path / "corpus", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    write(folder, en__txt=TEXTS["en"])
    write(elsewhere, secret__txt=TEXTS["ja"])
    (folder / "ja").symlink_to(elsewhere)
    assert "ja/secret.txt: is out of the folder by a link" in message(folder)


def test_an_absolute_path_is_refused(tmp_path):
    listing = '[[editions]]\nlanguage = "en"\nfile = "/etc/hostname"\n'
    assert "is outside the folder" in message(write_listed(tmp_path, listing))


def test_two_files_for_one_language_are_both_named(tmp_path):
    write(tmp_path, en__txt=TEXTS["en"], article__en__md=TEXTS["en"])
    shown = message(tmp_path)
    assert "'article.en.md' and 'en.txt' are both in 'en'" in shown
    assert "corpus.toml" in shown


def test_a_missing_folder(tmp_path):
    assert message(tmp_path / "none").endswith("none: there is no such folder")


def test_a_file_is_no_folder(tmp_path):
    assert "is not a folder" in message(write(tmp_path, en__txt="x") / "en.txt")


def test_an_empty_folder_says_which_kinds_are_read(tmp_path):
    shown = message(tmp_path)
    assert "holds no editions; " in shown and "Markdown (.md), " in shown


def test_one_edition_is_not_enough(tmp_path):
    shown = message(write(tmp_path, ja__txt=TEXTS["ja"]))
    assert "one edition, 'ja.txt' (ja); an alignment needs two" in shown


def test_a_corpus_file_that_lists_one_edition_says_that_others_are_not_looked_for(tmp_path):
    shown = message(write_listed(tmp_path, '[[editions]]\nlanguage = "ja"\nfile = "ja.txt"\n'))
    assert "corpus.toml: lists one edition, 'ja.txt' (ja); list all that are" in shown


def test_a_pivot_that_is_not_there_lists_what_is(tmp_path):
    write(tmp_path, fr__txt=TEXTS["fr"], ja__txt=TEXTS["ja"])
    assert "has no edition in 'en' to be the pivot; it has fr, ja" in message(tmp_path)


def test_an_unknown_pivot_is_refused(tmp_path):
    write(tmp_path, en__txt=TEXTS["en"], ja__txt=TEXTS["ja"])
    assert message(tmp_path, "jp") == "unknown language 'jp'; did you mean 'ja'?"


def test_an_edition_without_text_is_named(tmp_path):
    write(tmp_path, en__txt=TEXTS["en"], ja__txt=" \n")
    assert message(tmp_path).endswith("ja.txt: holds no text")


def test_an_edition_without_letters_and_name_is_named(tmp_path):
    write(tmp_path, en__txt=TEXTS["en"], table__txt="42 % (2025)\n")
    assert "table.txt: cannot tell the language" in message(tmp_path)
