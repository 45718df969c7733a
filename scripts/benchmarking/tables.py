"""The figures of a benchmark as Markdown, ready for a README."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Figures = dict[str, Any]

_EMBEDDING = {
    "none": "",
    "spans": "all spans composed",
    "texts": "every text it asks for",
    "stored": "vectors given",
}


def report(figures: Figures) -> str:
    """The whole benchmark: a heading and a table for each part, then how it was made."""
    parts = [*_accuracy(figures)]
    parts += [
        _rate(workload, results, figures["titles"])
        for workload, results in figures.get("rates", {}).items()
    ]
    if figures.get("lengths"):
        parts.append(_lengths(figures))
    if figures.get("book"):
        parts.append(_book(figures["book"]))
    if figures.get("encoding"):
        parts.append(_encoding(figures["encoding"]))
    if figures.get("limits"):
        parts.append(_limits(figures["limits"]))
    if figures.get("warm"):
        parts.append(_warm(figures["warm"]))
    if figures.get("growth"):
        parts.append(_growth(figures["growth"]))
    if figures.get("doubled"):
        parts.append(_doubled(figures["doubled"]))
    parts.append(_made_with(figures))
    return "\n\n".join(parts)


def summary(result: Figures) -> Figures:
    """One contestant on one set: means over languages, the worst one, times in all.

    Args:
        result: What a worker measured.
    """
    pairs = result["pairs"]
    worst = min(pairs, key=lambda key: pairs[key]["strict"]["f1"])
    means = {
        f"{kind} {what}": fmean(pair[kind][what] for pair in pairs.values())
        for kind in ("strict", "lax")
        for what in ("precision", "recall", "f1")
    }
    embedding = sum(pair["embedding_seconds"] for pair in pairs.values())
    alignment = sum(pair["alignment_seconds"] for pair in pairs.values())
    segments = sum(pair["segments"] for pair in pairs.values())
    return {
        **means,
        "worst": pairs[worst]["strict"]["f1"],
        "worst pair": worst,
        "embedding": embedding,
        "alignment": alignment,
        "segments": segments,
        "seconds per 1000": (embedding + alignment) / segments * 1000,
    }


def _accuracy(figures: Figures) -> Iterator[str]:
    for entry in figures["sets"].values():
        if "skipped" in entry:
            yield f"### {entry['title']}\n\nLeft out: {entry['skipped']}."
            continue
        results = entry["results"]
        measured = [result for result in results.values() if "pairs" in result]
        several = any(len(result["pairs"]) > 1 for result in measured)
        head = ["aligner", "strict P", "R", "F1", *(["worst"] if several else []), "lax P", "R",
                "F1", "embedding, s", "alignment, s", "memory, MB (before the texts)"]  # fmt: skip
        rows = [
            _accuracy_row(figures["titles"][name], result, len(head), several=several)
            for name, result in results.items()
        ]
        title = entry["title"]
        if measured:
            pairs = measured[0]["pairs"]
            segments = sum(pair["segments"] for pair in pairs.values())
            languages = f"mean of {len(pairs)} languages, " if several else ""
            title += f": {languages}{segments:,} segments"
        notes = [
            f"{figures['titles'][name]}: {_EMBEDDING[result['embedding']]}"
            for name, result in results.items()
            if _EMBEDDING.get(result.get("embedding", "none"))
        ]
        note = f"\n\nEmbedding: {'; '.join(notes)}." if notes else ""
        yield f"### {title}\n\n{_table(head, rows)}{note}"


def _accuracy_row(title: str, result: Figures, columns: int, *, several: bool) -> list[str]:
    if "error" in result:
        return [title, f"failed: {_cell(result['error'])}", *[""] * (columns - 2)]
    means = summary(result)
    strict, lax = (
        [f"{means[f'{kind} {what}']:.3f}" for what in ("precision", "recall", "f1")]
        for kind in ("strict", "lax")
    )
    worst = [f"{means['worst']:.3f} ({means['worst pair']})"] if several else []
    timed = result["embedding"] in ("spans", "texts")
    embedding = _seconds(means["embedding"]) if timed else "–"
    memory = f"{result['peak_mb']:,.0f} ({result['loaded_mb']:,.0f})"
    return [title, *strict, *worst, *lax, embedding, _seconds(means["alignment"]), memory]


def _rate(workload: str, results: Figures, titles: Mapping[str, str]) -> str:
    """How many pairs and segments a second each gets through, encoding included."""
    head = ["aligner", "pairs/s", "pairs/s and core", "segments/s", "segments/s and core",
            "memory, MB"]  # fmt: skip
    rows = []
    for name, result in results.items():
        if "error" in result:
            failed = f"failed: {_cell(result['error'])}"
            rows.append([titles[name], failed, *[""] * (len(head) - 2)])
            continue
        rates = [
            _number(result[what] / result[time])
            for what in ("pairs", "segments")
            for time in ("seconds", "processor")
        ]
        rows.append([titles[name], *rates, f"{result['peak_mb']:,.0f}"])
    measured = [result for result in results.values() if "error" not in result]
    title = workload.capitalize()
    if measured:
        title += f": {measured[0]['pairs']}, {measured[0]['segments']:,} segments"
    return (
        f"### {title}\n\n{_table(head, rows)}\n\n"
        "Encoding included, nothing cached. A core is a second of processor time, of all threads."
    )


def _lengths(figures: Figures) -> str:
    series: Mapping[str, Figures] = figures["lengths"]["results"]
    sizes = figures["lengths"]["sizes"]
    head = ["aligner", *(f"{size:,}" for size in sizes)]
    rows = [
        [figures["titles"][name], *(_length_cell(by_size.get(str(size))) for size in sizes)]
        for name, by_size in series.items()
    ]
    errors = "".join(
        f"\n\n{figures['titles'][name]}, {int(size):,} segments: {_cell(result['error'])}."
        for name, by_size in series.items()
        for size, result in by_size.items()
        if "error" in result
    )
    return (
        "### Alignment alone, by segments of the source: seconds, MB\n\n"
        f"{_table(head, rows)}{errors}\n\nVectors given. – : not run, for the length before took "
        f"more than {figures['lengths']['limit']:g} s."
    )


def _length_cell(result: Figures | None) -> str:
    if result is None:
        return "–"
    if "error" in result:
        return "failed"
    [pair] = result["pairs"].values()
    return f"{_seconds(pair['alignment_seconds'])} s, {result['peak_mb']:,.0f}"


def _book(book: Figures) -> str:
    """What the commands take for a whole book, stage by stage."""
    results: Mapping[str, Figures] = book["results"]
    stages = dict.fromkeys(
        stage for result in results.values() for stage in result.get("seconds", {})
    )
    rows = [
        [stage, *(_stage_cell(result, stage) for result in results.values())] for stage in stages
    ]
    measured = [result for result in results.values() if "error" not in result]
    for title, name in (("**in all, s**", "total_seconds"), ("memory, MB", "peak_mb")):
        cells = [
            f"{result[name]:,.0f}" if result in measured else "failed"
            for result in results.values()
        ]
        rows.append([title, *cells])
    errors = "".join(
        f"\n\n{title}: {_cell(result['error'])}."
        for title, result in results.items()
        if "error" in result
    )
    lengths = " and ".join(f"{length:,}" for length in book["characters"])
    written = ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in book["bytes"].items())
    return (
        f"### A whole book: seconds a stage\n\n"
        f"{_table(['stage', *(f'`{title}`' for title in results)], rows)}{errors}\n\n"
        f"Two plain texts ({', '.join(book['languages'])}) of {lengths} characters. "
        f"Written: {written}."
    )


def _stage_cell(result: Figures, stage: str) -> str:
    seconds = result.get("seconds", {}).get(stage)
    return _seconds(seconds) if seconds is not None else "–"


def _encoding(encoding: Figures) -> str:
    """How fast our encoder and a transformer are on the same texts."""
    ours, transformer = encoding["align"], encoding.get("transformer", {})
    if "error" in ours:
        return f"### Encoding\n\nfailed: {_cell(ours['error'])}"
    head = ["encoder", "sentences/s", "texts of spans/s", "spans for an aligner/s"]
    rows = [
        ["ours", *(f"{ours[name]:,.0f}" for name in (
            "sentences_per_second", "span_texts_per_second", "spans_per_second"))],
    ]  # fmt: skip
    note = "Spans: runs of one to four neighbouring sentences; ours composes them in one pass."
    if "error" in transformer:
        rows.append(["LaBSE's shape", f"failed: {_cell(transformer['error'])}", "", ""])
    elif transformer:
        sentences = transformer["sentences_per_second"]
        spans = transformer["span_texts_per_second"]
        rows.append(["LaBSE's shape", f"{sentences:.1f}", f"{spans:.1f}", f"{spans:.1f}"])
        rows.append(
            [
                "ours is faster by",
                f"{ours['sentences_per_second'] / sentences:,.0f}×",
                f"{ours['span_texts_per_second'] / spans:,.0f}×",
                f"{ours['spans_per_second'] / spans:,.0f}×",
            ]
        )
        note += (
            f" LaBSE's shape: a transformer of {transformer['parameters'] / 1e6:,.0f} million "
            "random weights (12 layers, 768 wide, a vocabulary of 501,153), in float32, given as "
            "many tokens as our tokenizer makes of each text."
        )
    return f"### Encoding\n\n{_table(head, rows)}\n\n{note}"


def _limits(limits: Figures) -> str:
    """How near encoding comes to the machine's matrix product."""
    if "error" in limits:
        return f"### Encoding and the limit of the machine\n\nfailed: {_cell(limits['error'])}"
    head = ["matrix product", "GFLOP", "share", "GFLOP/s measured", "s"]
    rows = [
        [
            " × ".join(f"{size:,}" for size in row["shape"]),
            f"{row['gigaflop']:.1f}",
            f"{row['gigaflop'] / limits['gigaflop']:.0%}",
            f"{row['gigaflop_per_second']:.0f}",
            f"{row['seconds']:.3f}",
        ]
        for row in limits["products"]
    ]
    size, rate = limits["square"]["size"], limits["square"]["gigaflop_per_second"]
    totals = [
        ["all of them, at these speeds", f"{limits['gigaflop']:.1f}", "100%",
         f"{limits['gigaflop'] / limits['seconds_at_shapes']:.0f}",
         f"{limits['seconds_at_shapes']:.3f}"],
        [f"all of them, at the speed of {size:,} × {size:,} × {size:,}",
         f"{limits['gigaflop']:.1f}", "100%", f"{rate:.0f}", f"{limits['seconds_at_square']:.3f}"],
        ["**encoding, measured**", "", "", "", f"**{limits['seconds_measured']:.3f}**"],
    ]  # fmt: skip
    return (
        "### Encoding and the limit of the machine\n\n"
        f"{_table(head, rows + totals)}\n\n"
        f"{limits['segments']:,} segments of {limits['tokens']:,} tokens, with all "
        f"{limits['spans']:,} spans of one to four: **{limits['times_shapes']:.1f} times** what "
        "the matrix products alone would take in these shapes, "
        f"{limits['times_square']:.1f} times what they would in a large square one. Products are "
        "counted as executed; a shape is shown with the most rows it had."
    )


def _growth(growth: Figures) -> str:
    """How long starting takes, and how time grows with a line."""
    if "error" in growth:
        return f"### Starting, and long lines\n\nfailed: {_cell(growth['error'])}"
    starting = ", ".join(
        f"{title} {seconds:.2f} s" for title, seconds in growth["starting"].items()
    )
    short, long = (f"{size:,}" for size in growth["sizes"])
    rows = [
        [
            row["title"],
            f"`{_cell(row['unit'])}`",
            *map(_seconds, row["seconds"]),
            f"{row['seconds'][1] / row['seconds'][0]:.1f}×",
        ]
        for row in growth["rows"]
    ]
    head = ["one line", "slowest of", f"s for {short} characters", f"s for {long}", "longer by"]
    return (
        f"### Starting, and long lines\n\nStarting: {starting}.\n\n{_table(head, rows)}\n\n"
        "Each line repeats one thing; the table has that which took the longest."
    )


def _doubled(kinds: Sequence[Figures]) -> str:
    """How time grows when an input is doubled, and what is refused."""
    measured = [kind for kind in kinds if "error" not in kind]
    rows = [
        [
            kind["kind"],
            str(kind["inputs"]),
            _cell(kind["worst"]) if kind["ratio"] else "all in a moment",
            *(map(_seconds, kind["seconds"]) if kind["ratio"] else ("", "")),
            f"{kind['ratio']:.2f}×" if kind["ratio"] else "",
            str(kind["too long"]),
            f"{kind['peak_mb']:,.0f}",
        ]
        for kind in measured
    ]
    head = ["read", "inputs", "that which grew most", "s", "s for twice as much", "longer by",
            "inputs that took over 2.5×", "MB, at most"]  # fmt: skip
    refused = [
        f"- {kind['kind']}, {what}: {_cell(why)}"
        for kind in measured
        for why, what in kind["refused"].items()
    ]
    failed = [
        f"- {kind['kind']} failed: {_cell(kind['error'])}" for kind in kinds if "error" in kind
    ]
    return (
        f"### Inputs of twice the size\n\n{_table(head, rows)}\n\n"
        "Seconds of the processor; memory is all that the process held. What is refused:\n\n"
        + "\n".join([*refused, *failed])
    )


def _warm(warm: Figures) -> str:
    """What terms and checks take, and starting."""
    if "error" in warm:
        return f"### Terms, checks and starting\n\nfailed: {_cell(warm['error'])}"
    rows = [[title, _seconds(seconds)] for title, seconds in warm["seconds"].items()]
    return (
        f"### Terms, checks and starting\n\n{_table(['', 's of processor time'], rows)}\n\n"
        "On the bundled articles, in a process that did the same before, all vectors cached; "
        "starting in a process of its own."
    )


def _made_with(figures: Figures) -> str:
    made_on = figures["machine"]
    lines = [f"`{figures['command']}`", ""]
    if figures.get("signature"):
        lines.append(f"signature: `{figures['signature']}`  ")
    if "error" not in made_on:
        versions = ", ".join(f"{name} {it}" for name, it in made_on["versions"].items())
        lines.append(
            f"machine: {made_on['processor']}, {made_on['cores']} cores, {figures['threads']} "
            f"threads; {made_on['system']}, Python {made_on['python']}, {made_on['blas']}  "
        )
        lines.append(f"versions: {versions}  ")
    lines.append(
        "Segments count both sides. Times leave out loading and compiling; memory is the most a "
        "process of its own held, libraries and model included. Every aligner that embeds gets "
        "the vectors of our default encoder."
    )
    missing = [f"{figures['titles'][name]}: {why}" for name, why in figures["missing"].items()]
    return "\n".join([*lines, *missing])


def _seconds(seconds: float) -> str:
    if seconds >= 100:
        return f"{seconds:,.0f}"
    return f"{seconds:.1f}" if seconds >= 10 else f"{seconds:.2f}"


def _number(number: float) -> str:
    """A number in three digits, or all that a large one has."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
