"""Aligns sets of pairs by several programs on the same vectors, and judges what they make of them.

Programs of this process are called pair by pair. Peers run in an environment and processes of their
own, on vectors that are stored for them.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarking import peers
from benchmarking.processes import Workers
from benchmarking.vectors import store_vectors

from align.formats.indices import IndexBead
from evaluation.kind_scores import KindFigures, figures_of, gather
from evaluation.programs import Remembering
from evaluation.sets import as_lines, has_counterparts
from evaluation.unrelated_texts import Leftovers, gather_leftovers, leftovers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from align.beads import Alignment
    from align.encoders.base import Encoder
    from evaluation.dev_data import GoldPair
    from evaluation.kind_scores import Figures
    from evaluation.programs import Program

PEERS = ("galechurch", "sentweave", "bertalign")


class Evaluation:
    """What several programs make of the texts that they are given.

    Args:
        encoder: What gives all of them their vectors.
        fits: Our aligner by name, each by parameters of its own.
        others: Programs of this process that know nothing of paragraphs and confidence.
        longest: Segments of the longest spans that a program asks for.
    """

    def __init__(
        self,
        encoder: Encoder,
        fits: Mapping[str, Callable[[GoldPair, Encoder], Alignment]],
        others: Mapping[str, Program],
        *,
        longest: int,
    ) -> None:
        self._memory = Remembering(encoder, longest)
        self._encoder, self._fits, self._others = encoder, fits, others
        self.rows: dict[str, dict[str, KindFigures]] = {name: {} for name in (*fits, *others)}
        """The figures of each program by kind of text."""
        self.leftovers: dict[str, dict[str, Leftovers]] = {name: {} for name in fits}
        """What each fit leaves aligned of texts that have nothing in common."""
        self.failures: dict[str, str] = {}
        """Why a peer has no figures of a set."""

    def run(self, pairs: Sequence[GoldPair], advance: Callable[[int], None]) -> None:
        """Has the programs of this process align pairs, and judges them."""
        judged: dict[str, list[tuple[GoldPair, Figures]]] = {name: [] for name in self.rows}
        left: dict[str, list[tuple[GoldPair, Leftovers]]] = {name: [] for name in self._fits}
        for pair in pairs:
            self._memory.keep(pair)
            for name, align_pair in self._fits.items():
                alignment = align_pair(pair, self._memory)
                if has_counterparts(pair):
                    judged[name].append((pair, figures_of(pair, alignment)))
                else:
                    left[name].append((pair, leftovers_of(pair, alignment)))
            if has_counterparts(pair) and not pair.kind.endswith("-paragraphs"):
                for name, program in self._others.items():
                    judged[name].append((pair, figures_of(pair, program(pair, self._memory))))
            advance(1)
        for name, of_program in judged.items():
            self.rows[name].update(gather(of_program))
        for name, of_fit in left.items():
            self.leftovers[name].update(gather_leftovers(of_fit))

    def run_peers(self, set_name: str, python: Path, wanted: Iterable[str]) -> None:
        """Has peers align a set, and judges them.

        Args:
            set_name: The set.
            python: The interpreter that they are installed for.
            wanted: Their names.
        """
        pairs = as_lines(set_name)
        with TemporaryDirectory(prefix="align-evaluation-") as folder:
            for index, pair in enumerate(pairs):
                store_vectors(pair, self._encoder, Path(folder) / str(index))
            workers = Workers(python, Path(folder), threads=2)
            for name in wanted:
                result = workers.run(
                    "align_lines", contestant=name, set_name=set_name, stored=folder
                )
                if "error" in result:
                    self.failures[f"{name} on {set_name}"] = result["error"]
                    continue
                judged = [
                    (pair, figures_of(pair, _beads(found)))
                    for pair, found in zip(pairs, result["beads"], strict=True)
                    if has_counterparts(pair)
                ]
                self.rows.setdefault(name, {}).update(gather(judged))


def installed_peers(folder: Path) -> tuple[Path, list[str], dict[str, str]]:
    """Installs the peers into an environment.

    Returns:
        Its interpreter, the names of those that are there, and why others are not.
    """
    missing = peers.prepare(folder, PEERS)
    return peers.python_of(folder), [name for name in PEERS if name not in missing], missing


def _beads(found: Iterable[tuple[list[int], list[int]]]) -> list[IndexBead]:
    return [IndexBead(tuple(source), tuple(target)) for source, target in found]
