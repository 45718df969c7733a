"""Processes that align shards; a document that ends its process takes no other with it.

Each process says over a pipe of its own which row it is about to read. If it ends while the
process that began it lives, the rows it was at are tried one by one in a process to themselves,
while no other works. A row that ends each of these is given up; if none does, something else
was the cause, want of memory for several processes maybe, and all are aligned as if it had not
been. Nothing of this is kept on disk: a run that is itself killed makes no document fail.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path

from align.corpus.manifest import Manifest
from align.corpus.plan import Plan
from align.corpus.shards import Care, GivenUp, align_shard, try_rows
from align.errors import InputError
from align.progress import Advance
from align.warm import Aligner

ATTEMPTS = 2
"""Processes to itself that a row may end before it is given up."""

_SPARED = 2  # ends of processes at one shard that no row of it is the cause of


def align_shards(
    output: Path,
    plan: Plan,
    manifest: Manifest,
    shards: Sequence[int],
    aligner: Aligner,
    *,
    workers: int,
    advance: Advance | None = None,
) -> None:
    """Aligns shards by processes.

    Args:
        output: Folder of the corpus.
        plan: Its plan.
        manifest: Its manifest.
        shards: Numbers of the shards.
        aligner: What aligns; each process gets one like it.
        workers: How many processes there are at a time.
        advance: Told how many documents are finished.

    Raises:
        InputError: If processes end that no document is the cause of.
        AlignError: What `align_shard` raises in a process.
    """
    pool = _Pool(_Task(output, plan, manifest, aligner), advance)
    care = {shard: Care() for shard in shards}
    spared: Counter[int] = Counter()
    wanted = list(shards)
    while wanted:
        ends = pool.do([_Job(shard, care[shard]) for shard in wanted], workers)
        wanted = [end.job.shard for end in ends]
        for end in ends:
            shard, given_up = end.job.shard, _given_up(pool, end)
            spared[shard] += not given_up
            if spared[shard] > _SPARED:
                raise _stopped(output, end)
            known = {**care[shard].given_up, **given_up}
            care[shard] = Care(known, singly=spared[shard] == _SPARED)


def _given_up(pool: _Pool, end: _End) -> dict[int, GivenUp]:
    """Which of the rows that a process ended at are the cause of it."""
    rows, times = end.rows, Counter[int]()
    given_up: dict[int, GivenUp] = {}
    while rows:
        ends = pool.do([_Job(end.job.shard, Care(), rows)], workers=1)
        if not ends:
            break
        (again,) = ends
        if not again.rows:
            raise _stopped(pool.task.output, again)
        row = again.rows.start
        times[row] += 1
        if times[row] == ATTEMPTS:
            why = f"ended the process that aligned it, {ATTEMPTS + 1} times: {again.how}"
            given_up[row] = GivenUp(again.name, why)
            row += 1
        rows = range(row, rows.stop)
    return given_up


def _stopped(output: Path, end: _End) -> InputError:
    return InputError(
        f"a worker was stopped from outside ({end.how}); what is finished is kept: begin again "
        "with the same command, with fewer --workers",
        path=output,
    )


@dataclass(frozen=True, slots=True)
class _Task:
    output: Path
    plan: Plan
    manifest: Manifest
    aligner: Aligner


@dataclass(frozen=True, slots=True)
class _Job:
    """A shard to be aligned, or rows of it that are only tried, each by itself."""

    shard: int
    care: Care
    tried: range | None = None


@dataclass(frozen=True, slots=True)
class _End:
    """How a process ended before its job was done: which rows it was at, the last one's name."""

    job: _Job
    rows: range
    name: str
    how: str


_Message = tuple[int, str] | int | Exception | None
"""The row that is begun and its name, documents finished, what went wrong; None: it is done."""


@dataclass(slots=True)
class _Worker:
    process: multiprocessing.process.BaseProcess
    pipe: Connection
    job: _Job | None = None
    finished: int = 0
    begun: tuple[int, str] | None = None

    def give(self, job: _Job) -> None:
        self.job, self.finished, self.begun = job, 0, None
        try:
            self.pipe.send(job)
        except OSError:  # it is gone; its pipe says so when it is read
            return


@dataclass(slots=True)
class _Pool:
    """Does jobs by processes, as many at a time as there are workers."""

    task: _Task
    advance: Advance | None
    _workers: list[_Worker] = field(default_factory=list)

    def do(self, jobs: Iterable[_Job], workers: int) -> list[_End]:
        """Does jobs; returns the ends of processes that left theirs undone."""
        waiting, ends = deque(jobs), list[_End]()
        try:
            while True:
                while waiting and (worker := self._idle(workers)):
                    worker.give(waiting.popleft())
                busy = [(each, each.job) for each in self._workers if each.job is not None]
                if not busy:
                    return sorted(ends, key=lambda end: end.job.shard)
                ready = wait([worker.pipe for worker, _ in busy])
                for worker, job in busy:
                    if worker.pipe in ready:
                        ends += self._hear(worker, job)
        finally:
            for worker in self._workers:
                worker.process.terminate()
                worker.process.join()
                worker.pipe.close()
            self._workers.clear()

    def _idle(self, workers: int) -> _Worker | None:
        for worker in self._workers:
            if worker.job is None:
                return worker
        if len(self._workers) == workers:
            return None
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, self.task), daemon=True)
        process.start()
        there.close()  # so that it is closed when the process is gone
        self._workers.append(_Worker(process, here))
        return self._workers[-1]

    def _hear(self, worker: _Worker, job: _Job) -> list[_End]:
        try:
            message: _Message = worker.pipe.recv()
        except (EOFError, OSError):
            return [self._end(worker, job)]
        if isinstance(message, Exception):
            raise message
        if isinstance(message, tuple):
            worker.begun = message
        elif message is None:
            worker.job = None
        else:
            worker.finished += message
            self._tell(job, message)
        return []

    def _end(self, worker: _Worker, job: _Job) -> _End:
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)
        self._tell(job, -worker.finished)
        rows = job.tried or range(*self.task.plan.rows_of(job.shard))
        last, name = worker.begun or (rows.start - 1, "")
        at = range(rows.start + worker.finished, last + 1)
        return _End(job, at, name, _how(worker.process.exitcode or 0))

    def _tell(self, job: _Job, count: int) -> None:
        if self.advance and job.tried is None and count:
            self.advance(count)


def _how(code: int) -> str:
    if code >= 0:
        return f"it ended with code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    memory = ", as the system does for want of memory" if name == "SIGKILL" else ""
    return f"it was ended by {name}{memory}"


def _serve(pipe: Connection, task: _Task) -> None:
    """Does jobs, told over the pipe; it takes one core, for there are as many as cores."""
    from threadpoolctl import threadpool_limits

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that began this one ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    threadpool_limits(limits=1)

    def begun(row: int, name: str) -> None:
        pipe.send((row, name))

    while True:
        job: _Job = pipe.recv()
        with _Ending(pipe):
            if job.tried is None:
                align_shard(
                    task.output,
                    task.plan,
                    task.manifest,
                    job.shard,
                    task.aligner,
                    pipe.send,
                    begun=begun,
                    care=job.care,
                )
            else:
                try_rows(task.plan, task.manifest, job.tried, task.aligner, pipe.send, begun=begun)


@dataclass(frozen=True, slots=True)
class _Ending:
    """Tells over a pipe how a job ended: by nothing, or by the error that is raised there."""

    pipe: Connection

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if error is None or isinstance(error, Exception):
            self.pipe.send(error)
        return isinstance(error, Exception)


def _end_with_parent() -> None:
    """Ends this process when the one that began it is gone, killed maybe."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
