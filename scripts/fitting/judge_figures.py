"""How well the judge of terms judges texts of a source that it has not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fitting.judge_examples import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from fitting.judge_examples import Examples

    Chances = Mapping[str, NDArray[np.float64]]

_BINS = 10
_SOUND: Mapping[str, frozenset[str]] = {
    "missing": frozenset({"missing"}),
    "misnamed": frozenset({"misnamed", "missing", "untranslated"}),
    "replaced": frozenset({"replaced", "missing"}),
    "untranslated": frozenset({"untranslated"}),
}
"""What may be told of an error of each kind: nothing renders a term that is rendered wrongly."""


def verdicts_of(chances: Chances) -> tuple[NDArray[np.str_], NDArray[np.float64]]:
    """The likeliest kind of each example, and the probability that anything is wrong."""
    table = np.stack([chances[kind] for kind in KINDS], axis=1)
    return np.array(KINDS)[table.argmax(axis=1)], np.minimum(table.sum(axis=1), 1.0)


def print_figures(
    examples: Examples, chances: Chances, notes: float, most_alarms: Mapping[str, float]
) -> dict[str, tuple[float, float]]:
    """Prints recall, precision, calibration and alarms; chooses from where on there is a warning.

    Args:
        examples: The examples.
        chances: Of each kind the probability for each example, by models that saw nothing of its
            source.
        notes: The probability from which there is a note.
        most_alarms: For some sources, how many warnings there may be per 100 segments.

    Returns:
        Of each kind the probability from which it is a warning, and from which a note.
    """
    told, chance = verdicts_of(chances)
    together = examples.is_clean & (examples.editions == "all")
    warns = notes
    for source, most in most_alarms.items():
        here = together & (examples.source == source)
        size = len(np.unique(examples.place[here]))
        surest = np.sort(chance[here])[::-1]
        warns = max(warns, float(surest[min(int(most * size / 100), len(surest) - 1)]))
    tells = {kind: (round(warns, 3), notes) for kind in KINDS}
    print("from which probability it is a warning, a note:", tells)
    warned = chance >= np.array([tells[kind][0] for kind in told])
    noted = chance >= np.array([tells[kind][1] for kind in told])
    sound = np.array([one in _SOUND.get(kind, ()) for one, kind in zip(told, examples.kind,
                                                                      strict=True)])  # fmt: skip
    for editions in ("all", "few", "one"):
        among = examples.is_fitted & (examples.editions == editions)
        print(f"\n{editions:10}" + "".join(f"{kind:>14}" for kind in KINDS)
              + f"{'precision':>12}{'ECE':>7}{'notes: R':>10}{'P':>6}{'alarms':>8}")  # fmt: skip
        for name, column in (("source", examples.source), ("language", examples.language)):
            for value in ("", *sorted(set(column))) if name == "source" else sorted(set(column)):
                here = among & (column == value) if value else among
                if here.any():
                    _print_row(value or "all", here, examples, warned, noted, sound, chance)
        print("by way: " + ", ".join(
            f"{way} {(warned & sound)[here].mean():.2f}" for way in sorted(set(examples.way))
            if way and (here := among & (examples.way == way)).any()
        ))  # fmt: skip
    return tells


def _print_row(
    title: str,
    here: NDArray[np.bool_],
    examples: Examples,
    warned: NDArray[np.bool_],
    noted: NDArray[np.bool_],
    sound: NDArray[np.bool_],
    chance: NDArray[np.float64],
) -> None:
    recalls = ""
    for kind in KINDS:
        some = here & (examples.kind == kind)
        found = (warned & sound)[some].mean() if some.any() else np.nan
        recalls += f"{found:8.2f}/{int(some.sum()):<5}"
    wrong = examples.kind != "ok"
    precision = wrong[here & warned].mean() if (here & warned).any() else np.nan
    recall_noted = (noted & sound)[here & wrong].mean() if (here & wrong).any() else np.nan
    precision_noted = wrong[here & noted].mean() if (here & noted).any() else np.nan
    clean = examples.is_clean & np.isin(
        np.char.add(examples.place, examples.editions),
        np.unique(np.char.add(examples.place[here], examples.editions[here])),
    )
    segments = len(np.unique(examples.place[clean]))
    alarms = 100 * warned[clean].sum() / max(segments, 1)
    print(f"{title:10}{recalls}{precision:12.2f}{calibration_error(chance[here], wrong[here]):7.3f}"
          f"{recall_noted:10.2f}{precision_noted:6.2f}{alarms:8.2f}")  # fmt: skip


def calibration_error(chance: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Expected calibration error in ten bins of equal width (Naeini et al. 2015)."""
    bins = np.minimum((chance * _BINS).astype(int), _BINS - 1)
    return float(
        sum(
            abs(chance[bins == at].mean() - right[bins == at].mean()) * (bins == at).mean()
            for at in range(_BINS)
            if (bins == at).any()
        )
    )
