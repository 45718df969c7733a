"""What commands take once all is warm: the process, the vectors of the bundled articles.

Times are of this process's processors, which others on the machine lengthen little; starting the
package and the command is timed in processes of their own, by the clock of those.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from functools import partial
from time import process_time
from typing import TYPE_CHECKING, Any

import align
from align.resources import data_folder
from align.terminology.as_termbase import termbase_of

if TYPE_CHECKING:
    from collections.abc import Callable

Result = dict[str, Any]

LANGUAGES = ("fr", "ja")
"""Of the drafts that are checked."""

_STARTS = {
    "`import align`": ["-c", "import align"],
    "`align --help`": ["-m", "align", "--help"],
}


def warm_times(repetitions: int) -> Result:
    """Seconds of processor time of each task, the best of some after one that is not counted.

    Args:
        repetitions: How often each is done after the first.
    """
    corpora = data_folder("corpora")
    article = align.build(corpora / "japan-europe-cooperation")
    draft = corpora / "japan-europe-sea-lanes"
    tasks: dict[str, Callable[[], object]] = {
        f"`align.terms`, {len(article.editions)} languages": partial(align.terms, article)
    }
    termbase = termbase_of(align.terms(article))
    for language in LANGUAGES:
        files = draft / "en.md", draft / "draft" / f"{language}.md"
        tasks[f"`align.check`, en–{language}"] = partial(align.check, *files)
        tasks[f"`align.check`, en–{language}, with termbase and memory"] = partial(
            align.check, *files, termbases=[termbase], memory=article.units
        )
    seconds = {title: _best(task, repetitions) for title, task in tasks.items()}
    seconds |= {title: _started(arguments, repetitions) for title, arguments in _STARTS.items()}
    return {"seconds": seconds, "signature": article.signature}


def _best(task: Callable[[], object], repetitions: int) -> float:
    task()
    times = []
    for _ in range(repetitions):
        begun = process_time()
        task()
        times.append(process_time() - begun)
    return min(times)


def _started(arguments: list[str], repetitions: int) -> float:
    """Processor time of a process that starts, does one thing and ends."""
    times = []
    for _ in range(repetitions + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times[1:])
