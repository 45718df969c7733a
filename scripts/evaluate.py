"""Scores the aligner on every kind of text, on cases that are hard, and on unrelated texts.

    python scripts/evaluate.py                          # everything
    python scripts/evaluate.py novels guides            # some sets
    python scripts/evaluate.py --left-out FOLDER        # also by fits that left the kind out
    python scripts/evaluate.py --parameters FILE        # by other parameters than ours
    python scripts/evaluate.py --peers                  # beside other programs
    python scripts/evaluate.py --markdown               # as it stands in the documentation
    python scripts/evaluate.py --encoder anchors        # without a model
    python scripts/evaluate.py terms                    # key terms, their renderings, divergences
    python scripts/evaluate.py checks                   # checks: recall, false alarms, time
    python scripts/evaluate.py alarms                   # what is said of real translations
    python scripts/evaluate.py review                   # rows to look at until a memory is right

Each pair goes through `align.pair(..., segmented=True)`, which is `align pair --segmented`. With
`--left-out`, FOLDER has a `without-KIND.toml` for each kind that was learnt from; what such a fit
makes of the kind that it has not seen is what counts, and comes first. With `--peers`, others are
installed into an environment of their own, as `benchmark.py` does.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import plain_program
from evaluation.alarms import evaluate_alarms
from evaluation.checks import evaluate_checks
from evaluation.programs import LeftOut, Ours, align_plainly, settings_for
from evaluation.reviewer import evaluate_review
from evaluation.running import Evaluation, installed_peers
from evaluation.sets import IN_NO_FIT, SETS, kind_of
from evaluation.tables import guides_table, kinds_table, programs_table, unrelated_table
from evaluation.terms import evaluate_terms

import align
from align.aligner.parameters import read_parameters
from align.terminal import progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaluation.dev_data import GoldPair
    from evaluation.tables import Table

    from align.encoders.base import Encoder

PARTS = {
    "terms": evaluate_terms,
    "checks": evaluate_checks,
    "alarms": evaluate_alarms,
    "review": evaluate_review,
}
"""What is scored otherwise than by its beads."""

LEFT_OUT, IN_FIT, PLAIN = "left out", "in fit", "plain program"


def read_command_line(arguments: list[str] | None = None) -> argparse.Namespace:
    """The options, with everything that is to be scored as `sets` and `parts`."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    known = [*SETS, *PARTS]
    peers = Path(__file__).resolve().parents[1] / ".venv" / "peers"
    add = parser.add_argument
    add("names", nargs="*", metavar="SET", help=", ".join(known))
    add("--encoder", default="use-multilingual")
    add("--parameters", type=Path, metavar="FILE", help="what the aligner goes by")
    add("--left-out", type=Path, metavar="FOLDER", help="fits without a kind, without-KIND.toml")
    add("--peers", type=Path, nargs="?", const=peers, metavar="FOLDER",
        help="also other programs, in this virtual environment (.venv/peers)")  # fmt: skip
    add("--markdown", action="store_true")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(known)
    if unknown:
        parser.error(f"no set called {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    options.sets = [name for name in SETS if name in options.names or not options.names]
    options.parts = [name for name in PARTS if name in options.names or not options.names]
    return options


def evaluate(options: argparse.Namespace, encoder: Encoder) -> Evaluation:
    """Has all programs align all sets; says on standard error how far it is."""
    ours = Ours(read_parameters(options.parameters) if options.parameters else None)
    left_out = LeftOut(options.left_out, ours) if options.left_out else None
    fits: dict[str, Ours | LeftOut] = {LEFT_OUT: left_out} if left_out else {}
    fits[IN_FIT] = ours
    others = {PLAIN: align_plainly} if options.peers else {}
    longest = plain_program.LONGEST if options.peers else 0
    evaluation = Evaluation(encoder, fits, others, longest=longest)
    sets = {name: SETS[name]() for name in options.sets}
    if left_out:
        _need_fits(left_out, [pair for pairs in sets.values() for pair in pairs])
    if options.peers:
        python, present, missing = installed_peers(options.peers)
        evaluation.failures |= missing
    with progress(quiet=False) as start:
        for name, pairs in sets.items():
            started = time.perf_counter()
            evaluation.run(pairs, start(name, len(pairs)) if start else lambda _done: None)
            if options.peers and name != "unrelated":
                evaluation.run_peers(name, python, present)
            print(f"{name}: {time.perf_counter() - started:.1f} s", file=sys.stderr)
    return evaluation


def tables(evaluation: Evaluation) -> Iterator[Table]:
    """The tables of what was evaluated."""
    fits = {name: evaluation.rows[name] for name in evaluation.leftovers}
    first, *_ = fits
    if fits[first]:
        yield kinds_table(fits)
        for name, rows in fits.items():
            if "guides" in rows:
                yield guides_table(name, rows)
        if len(evaluation.rows) > len(fits):
            others = {name: of for name, of in evaluation.rows.items() if name not in fits}
            yield programs_table({f"align, {first}": fits[first], **others})
    if evaluation.leftovers[first]:
        yield unrelated_table(evaluation.leftovers)


def signature(encoder: Encoder, parameters: Path | None) -> str:
    """What the figures of a fit depend on."""
    article = align.pair(
        "Yes.\n",
        "Oui.\n",
        source_language="en",
        target_language="fr",
        segmented=True,
        settings=settings_for(encoder),
    )
    if parameters is None:
        return article.signature
    digest = hashlib.sha256(parameters.read_bytes()).hexdigest()[:8]
    return re.sub(r"model:[^|]*", f"model:{parameters.stem}@{digest}", article.signature)


def _need_fits(left_out: LeftOut, pairs: list[GoldPair]) -> None:
    kinds = sorted({kind_of(pair) for pair in pairs}.difference(IN_NO_FIT))
    missing = [str(left_out.file(kind)) for kind in kinds if not left_out.file(kind).is_file()]
    if missing:
        sys.exit(f"no such fits: {', '.join(missing)}")


def main() -> None:
    """Scores what the command line names."""
    options = read_command_line()
    encoder = align.load_encoder(options.encoder, cached=False)
    if options.sets:
        evaluation = evaluate(options, encoder)
        for table in tables(evaluation):
            if options.markdown:
                print(table.markdown(), end="\n\n")
            else:
                table.show()
                print()
        for name, reason in evaluation.failures.items():
            print(f"{name}: {reason}")
    for name in options.parts:
        print(PARTS[name](settings_for(encoder)))
    print(signature(encoder, options.parameters))


if __name__ == "__main__":
    main()
