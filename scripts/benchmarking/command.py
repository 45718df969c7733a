"""Runs our aligner beside those that a user would pick instead, on the same texts and vectors.

    python scripts/benchmark.py                              # everything; see its Markdown tables
    python scripts/benchmark.py --quick --output figures     # a small part; also JSON and plots
    python scripts/benchmark.py --sets warm --only align     # terms, checks and starting
    python scripts/benchmark.py --limits                     # how near encoding is to the machine
    python scripts/benchmark.py --sets book --only align     # a whole book, stage by stage
    python scripts/benchmark.py --only align --sets corpus   # needs nothing but align

Peers are installed into a virtual environment of their own. Every aligner runs, for every set, in
a process of its own in that environment, and every one that embeds is given the vectors of our
default encoder. A peer that fails is shown with its reason.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from evaluation.dev_data import dev_folder

from benchmarking import peers
from benchmarking.book import CHARACTERS, LANGUAGES
from benchmarking.doubling import inputs_of_kinds
from benchmarking.processes import LONGEST_RUN, Workers, last_line
from benchmarking.rates import WORKLOADS
from benchmarking.sets import LENGTHS, SETS, news_book
from benchmarking.tables import report

TITLES = {
    "align": "**align**",
    "galechurch": "Gale–Church (`galechurch`)",
    "sentweave": "Vecalign's program (`sentweave`)",
    "bertalign": "Bertalign (`bertalign`)",
    "transformer": "LaBSE's shape (`torch`)",
    "plots": "plots (`matplotlib`)",
}
ALIGNERS = tuple(TITLES)[:4]
CONTESTANTS = tuple(TITLES)[:5]
COSTS = ("rates", "lengths", "book", "encoding", "limits", "warm", "growth")
_LONGEST_INPUT = 60  # seconds for an input and one of twice the size, tried three times
BATCHES = 8  # of sentences, and of spans, that a transformer encodes
QUICK = {"sets": ["textberg", "ntrex-long", "lengths"], "languages": ["fr"], "lengths": [500, 2000]}

BEGUN = time.perf_counter()

Figures = dict[str, Any]


class Benchmark:
    """Runs the workers of one benchmark and gathers their figures.

    Args:
        options: The command line.
        scratch: A folder for what workers write.
    """

    def __init__(self, options: argparse.Namespace, scratch: Path) -> None:
        self._options = options
        self._scratch = scratch
        self._python = Path(sys.executable)
        self._missing: dict[str, str] = {}
        self._uses_peers = set(options.only) != {"align"}

    def run(self) -> Figures:
        """Measures everything that was asked for."""
        options = self._options
        if self._uses_peers:
            wanted = [name for name in options.only if name != "align"]
            self._missing = peers.prepare(options.peers, [*wanted, "plots"], python=options.python)
            self._python = peers.python_of(options.peers)
        figures: Figures = {
            "command": shlex.join(["python", "scripts/benchmark.py", *sys.argv[1:]]),
            "signature": "",
            "threads": options.threads,
            "machine": self._work("machine"),
            "missing": self._missing,
            "titles": TITLES,
            "sets": {name: self._set(name) for name in options.sets if name in SETS},
        }
        if "rates" in options.sets and not _no_development_sets():
            figures["rates"] = self._rates()
        if "lengths" in options.sets and not _no_development_sets():
            figures["lengths"] = self._lengths()
        if "book" in options.sets and not _no_development_sets():
            figures["book"] = self._book()
        if "encoding" in options.sets:
            figures["encoding"] = self._encoding()
        if "limits" in options.sets:
            _say("limits")
            figures["limits"] = self._work("limits")
        if "warm" in options.sets:
            _say("terms, checks and starting")
            figures["warm"] = self._work("warm_times", repetitions=options.repetitions)
        if "growth" in options.sets:
            _say("growth")
            figures["growth"] = self._work("growth")
            figures["doubled"] = self._doubled()
        figures["signature"] = _signature(figures)
        return figures

    def _doubled(self) -> list[Figures]:
        """A row for each kind of reading, measured in a process of its own."""
        rows = []
        for kind, inputs in inputs_of_kinds().items():
            _say(f"growth: {inputs} of {kind}")
            longest = max(LONGEST_RUN, _LONGEST_INPUT * inputs)
            rows.append({"kind": kind} | self._work("kind_doubled", kind=kind, longest=longest))
        return rows

    def draw(self, file: Path, folder: Path) -> str:
        """Draws the plots; returns where they are, or why there are none."""
        if not self._uses_peers or "plots" in self._missing:
            return f"no plots: {self._missing.get('plots', 'they are drawn beside peers')}"
        command = [str(self._python), "-m", "benchmarking.plots", str(file), str(folder)]
        done = subprocess.run(
            command,
            env=Workers(self._python, self._scratch, self._options.threads).environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout if done.returncode == 0 else f"no plots: {last_line(done.stderr)}"

    @property
    def _aligners(self) -> list[str]:
        return [name for name in ALIGNERS if name in self._options.only]

    def _set(self, name: str) -> Figures:
        entry: Figures = {"title": SETS[name].title}
        reason = None if SETS[name].bundled else _no_development_sets()
        if reason:
            return entry | {"skipped": reason}
        task = {"set_name": name, "languages": self._options.languages}
        stored: dict[str, str] = {}
        if SETS[name].composed and set(self._aligners) & {"sentweave", "bertalign"}:
            stored = {"stored": self._store(name, "store_set", task)}
        task["repetitions"] = self._options.repetitions
        results = {}
        for aligner in self._aligners:
            _say(f"{name}: {aligner}")
            of_peer = {} if aligner == "align" else stored
            results[aligner] = self._contest(aligner, "align_set", task | of_peer)
        return entry | {"results": results}

    def _rates(self) -> Figures:
        results: Figures = {}
        for workload in WORKLOADS:
            results[workload] = {}
            for aligner in self._aligners:
                _say(f"{workload}: {aligner}")
                results[workload][aligner] = self._contest(aligner, "rate", {"workload": workload})
        return results

    def _lengths(self) -> Figures:
        sizes = self._options.lengths
        stored = self._store("lengths", "store_document", {"size": max(sizes)})
        results: dict[str, Figures] = {name: {} for name in self._aligners}
        for size in sizes:
            for aligner, by_size in results.items():
                last = list(by_size.values())[-1:]
                if last and not self._goes_on(last[0]):
                    continue
                _say(f"{size:,} segments: {aligner}")
                task = {"size": size, "stored": stored}
                by_size[str(size)] = self._contest(aligner, "align_document", task)
        return {"sizes": sizes, "limit": self._options.limit, "results": results}

    def _goes_on(self, last: Figures) -> bool:
        """Whether an aligner that measured this is given a longer document."""
        if "error" in last:
            return False
        [pair] = last["pairs"].values()
        return bool(pair["alignment_seconds"] <= self._options.limit)

    def _book(self) -> Figures:
        """Writes a book's two editions and has the commands align them."""
        folder = self._scratch / "book"
        folder.mkdir()
        texts = news_book(CHARACTERS, LANGUAGES)
        files = [folder / f"{language}.txt" for language in LANGUAGES]
        for file, text in zip(files, texts, strict=True):
            file.write_text(text, encoding="utf-8")
        out = self._scratch / "book-out"
        commands = {
            "align build": ["build", str(folder), "-o", str(out), "--quiet"],
            "align pair": ["pair", *map(str, files), "-o", str(out / "book.tsv"), "--quiet"],
        }
        results = {}
        for title, arguments in commands.items():
            _say(f"book: {title}")
            results[title] = self._work("book_command", arguments=arguments)
        sizes = {path.name: path.stat().st_size for path in sorted(out.glob("[!.]*"))}
        return {
            "characters": [len(text) for text in texts],
            "languages": LANGUAGES,
            "results": results,
            "bytes": sizes,
            "signature": _signature_in(out / "book.alignment.json"),
        }

    def _encoding(self) -> Figures:
        _say("encoding: align")
        figures = {"align": self._work("our_speed", batches=BATCHES)}
        if "transformer" in self._options.only:
            _say("encoding: transformer")
            figures["transformer"] = self._contest(
                "transformer",
                "transformer_speed",
                {"batches": BATCHES, "threads": self._options.threads},
            )
        return figures

    def _store(self, name: str, job: str, task: Figures) -> str:
        """Has vectors composed and written; returns their folder."""
        _say(f"{name}: composing vectors")
        folder = self._scratch / name
        folder.mkdir()
        outcome = self._work(job, **task, stored=str(folder))
        if "error" in outcome:
            sys.exit(f"vectors of {name}: {outcome['error']}")
        return str(folder)

    def _contest(self, name: str, job: str, task: Figures) -> Figures:
        if name in self._missing:
            return {"error": self._missing[name]}
        return self._work(job, **(task if name == "transformer" else task | {"contestant": name}))

    def _work(self, job: str, **task: Any) -> Figures:
        """Runs a worker; what it measured, or the reason of its failure as `error`."""
        measured = Workers(self._python, self._scratch, self._options.threads).run(job, **task)
        if "error" in measured:
            _say(f"  failed: {measured['error']}")
        return measured


def _signature(figures: Figures) -> str:
    """The signature of our own results: of alignments where there are any, else of vectors."""
    series = figures.get("lengths", {}).get("results", {}).get("align", {})
    ours = [
        *(entry.get("results", {}).get("align", {}) for entry in figures["sets"].values()),
        *series.values(),
        figures.get("book", {}),
        figures.get("encoding", {}).get("align", {}),
        figures.get("limits", {}),
        figures.get("warm", {}),
    ]
    return next((str(result["signature"]) for result in ours if result.get("signature")), "")


def _signature_in(alignment: Path) -> str:
    """The signature of a written alignment; empty where none was written."""
    if not alignment.is_file():
        return ""
    return str(json.loads(alignment.read_text(encoding="utf-8"))["signature"])


def _no_development_sets() -> str | None:
    """Why there are no development sets, if so."""
    try:
        dev_folder()
    except SystemExit as reason:
        return str(reason)
    return None


def _say(text: str) -> None:
    print(f"{time.perf_counter() - BEGUN:5.0f} s  {text}", file=sys.stderr, flush=True)


def read_command_line(arguments: list[str] | None = None) -> argparse.Namespace:
    """The options, with lists for what is separated by commas."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parts = [*SETS, *COSTS]

    def names(known: tuple[str, ...] | list[str]) -> Any:
        def split(value: str) -> list[str]:
            chosen = value.split(",")
            unknown = set(chosen) - set(known)
            if unknown:
                raise argparse.ArgumentTypeError(
                    f"{', '.join(sorted(unknown))}: there are {', '.join(known)}"
                )
            return [name for name in known if name in chosen]

        return split

    def numbers(value: str) -> list[int]:
        return sorted(int(number) for number in value.split(","))

    folder = Path(__file__).resolve().parents[2] / ".venv" / "peers"
    add = parser.add_argument
    add("--sets", type=names(parts), metavar="A,B", help=f"some of {', '.join(parts)}")
    add("--limits", action="store_true", help="the same as --sets limits --only align")
    add("--only", type=names(CONTESTANTS), default=list(CONTESTANTS), metavar="A,B",
        help=f"some of {', '.join(CONTESTANTS)}")  # fmt: skip
    add("--languages", type=lambda value: value.split(","), default=[], metavar="A,B",
        help="target languages of the sets that have several")  # fmt: skip
    add("--lengths", type=numbers, metavar="N,M", help="lengths of the series of documents")
    add("--limit", type=float, default=60, metavar="SECONDS",
        help="an aligner that takes longer is given no longer documents (%(default)s)")  # fmt: skip
    add("--repetitions", type=int, default=3, help="of short runs (%(default)s)")
    add("--threads", type=int, default=2, help="of every contestant (%(default)s)")
    add("--quick", action="store_true", help="two documents, lengths up to 2,000, no repetitions")
    add("--peers", type=Path, default=folder, metavar="FOLDER",
        help="virtual environment of the peers (.venv/peers)")  # fmt: skip
    add("--python", help="Python to make it with (this one)")
    add("--output", type=Path, metavar="FOLDER", help="write benchmark.json and the plots here")
    options = parser.parse_args(arguments)
    if options.limits:
        options.sets, options.only = ["limits"], ["align"]
    if options.quick:
        options.repetitions = 1
        for name, value in QUICK.items():
            setattr(options, name, getattr(options, name) or value)
    options.sets = options.sets or parts
    options.lengths = options.lengths or list(LENGTHS)
    options.peers = options.peers.resolve()
    return options


def main() -> None:
    """Runs the benchmark and prints its tables."""
    options = read_command_line()
    with tempfile.TemporaryDirectory(prefix="align-benchmark-") as scratch:
        benchmark = Benchmark(options, Path(scratch))
        try:
            figures = benchmark.run()
        except peers.PeersError as error:
            sys.exit(str(error))
        print(report(figures))
        if options.output:
            options.output.mkdir(parents=True, exist_ok=True)
            file = options.output / "benchmark.json"
            text = json.dumps(figures, ensure_ascii=False, indent=1)
            file.write_text(text + "\n", encoding="utf-8")
            _say(f"{file}\n{benchmark.draw(file, options.output)}".rstrip())
