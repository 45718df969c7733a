"""`align score`: predicted beads and gold in, figures out."""

from __future__ import annotations

from functools import reduce
from operator import add
from pathlib import Path

import click

from align.cli.options import PATH
from align.errors import InputError
from align.scoring import score_files
from align.terminal import show_scores, show_scores_as_json


@click.command(short_help="Scores beads against gold: precision, recall, F1.")
@click.argument("gold", type=PATH)
@click.argument("predicted", type=PATH)
@click.option("--each", is_flag=True, help="Show the figures of each file as well.")
@click.option("--json", "as_json", is_flag=True, help="Show the figures and counts as JSON.")
def score(gold: Path, predicted: Path, *, each: bool, as_json: bool) -> None:
    """Scores PREDICTED beads against GOLD: strict and lax precision, recall and F1.

    Both are files of lines like [0, 1]:[2]:0.83 (the score may be missing), as
    `align pair --to indices` writes them, or folders of such files with the same names, whatever
    their endings; where GOLD has files that end in .gold, only those count. Counts are summed
    over files.

    Strict: a bead is right if gold has exactly it. Lax: if it overlaps a bead of gold on both
    sides. Segments left unaligned count for precision and not for recall.
    """
    pairs = _matching_files(gold, predicted)
    of_files = {name: score_files([files]) for name, files in pairs.items()}
    total = reduce(add, of_files.values())
    single = of_files if each else {}
    if as_json:
        show_scores_as_json(total, single)
        return
    show_scores(single | {"all" if len(pairs) > 1 or each else gold.name: total})
    click.echo(total.signature)


def _matching_files(gold: Path, predicted: Path) -> dict[str, tuple[Path, Path]]:
    """The gold files by name, each with the prediction to be scored against it."""
    for path in (gold, predicted):
        if not path.exists():
            raise InputError("there is no such file or folder", path=path)
    if gold.is_dir() != predicted.is_dir():
        file, folder = (predicted, gold) if gold.is_dir() else (gold, predicted)
        raise InputError(f"is a file, but {folder} is a folder; give two of a kind", path=file)
    if not gold.is_dir():
        return {gold.name: (gold, predicted)}
    guesses: dict[Path, list[Path]] = {}
    for path in _files_in(predicted):
        guesses.setdefault(path.relative_to(predicted).with_suffix(""), []).append(path)
    rights = _files_in(gold)
    rights = [path for path in rights if path.suffix == ".gold"] or rights
    if not rights:
        raise InputError("holds no gold files", path=gold)
    pairs = {}
    for right in rights:
        name = right.relative_to(gold)
        found = guesses.get(name.with_suffix(""), [])
        if len(found) != 1:
            what = "has no counterpart" if not found else f"has {len(found)} counterparts"
            remedy = f"it should have one, called '{name.with_suffix('')}' with any ending"
            raise InputError(f"{what} in {predicted}; {remedy}", path=right)
        pairs[name.as_posix()] = (right, found[0])
    return pairs


def _files_in(folder: Path) -> list[Path]:
    paths = (path for path in folder.rglob("*") if not path.name.startswith("."))
    return sorted(path for path in paths if path.is_file())
