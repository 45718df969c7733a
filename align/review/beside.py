"""The review that lies beside an alignment file, and what it makes of the alignment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import InputError
from align.review.alignment import alignment_of
from align.review.history import Review
from align.review.log import NAME, fingerprint_of, read_log
from align.review.outcome import reviewed_article

if TYPE_CHECKING:
    from align.article import AlignedArticle

ENDING = ".alignment.json"
"""How the names of alignment files end."""


def with_review(article: AlignedArticle, *folders: Path) -> AlignedArticle:
    """An article as its review left it.

    Args:
        article: The article as it was aligned.
        folders: Where a `review.jsonl` may lie; the first that is of this alignment is taken.

    Returns:
        The reviewed article, whose `review` says what reviewers did. Without a review the article
        itself, or, where there are only reviews of other alignments, one whose `review` says that.

    Raises:
        InputError: If a file of that name is no review.
    """
    passed_over: Path | None = None
    for folder in folders:
        path = folder / NAME
        if not path.is_file():
            continue
        log = read_log(path)
        if not log.entries:
            continue
        if log.alignment != fingerprint_of(article):
            passed_over = passed_over or path
            continue
        review = Review(alignment_of(article), log.entries)
        return reviewed_article(article, review, of=path.as_posix())
    if passed_over:
        said = f"{passed_over.as_posix()} is of another alignment, and is not used"
        return replace(article, review=said)
    return article


def alignment_file(path: Path) -> Path:
    """The alignment file that is meant: the file itself, or the one in a folder.

    Raises:
        InputError: If a folder has none, or several.
    """
    if not path.is_dir():
        if not path.exists():
            raise InputError("there is no such file or folder", path=path)
        return path
    found = sorted(path.glob(f"*{ENDING}"))
    if not found:
        raise InputError(
            f"holds no {ENDING}; `align build {path} -o OUT` makes one, then give OUT", path=path
        )
    if len(found) > 1:
        names = ", ".join(each.name for each in found)
        raise InputError(f"holds several alignments, name one: {names}", path=path)
    return found[0]
