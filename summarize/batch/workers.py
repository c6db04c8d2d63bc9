"""Worker processes that may hang, run out of memory or crash at the cost of the one task they hold.

`concurrent.futures` gives up on the whole pool when one process dies and cannot stop a task that hangs; here each
process has its own pipe and its own deadline, and is replaced when it is lost.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from summarize.batch import failures
from summarize.batch.errors import BatchError
from summarize.batch.failures import Failure

Ticket = Any  # whatever the caller tells its tasks apart by
Task = Any  # whatever the handler takes
Handler = Callable[[Task], Any]
# Not fork: a copy of this process would hold its journal, its pipes and its signal handlers.
_CONTEXT: Any = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
_FINE = "ready"
_PATIENCE = 5.0  # seconds for a killed process to go
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a task: the handler's value, or the failure of the article."""

    ticket: Ticket
    value: Any | Failure


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    ticket: Ticket = None
    deadline: float = float("inf")
    allowed: float = 0.0
    ready: bool = False

    @property
    def idle(self) -> bool:
        return self.ready and self.ticket is None


class Pool:
    """`size` processes, each of which calls `make()` once and the handler that it returns on every task.

    Args:
        make: a picklable function without arguments; a `Failure` it comes to ends the run, as no task could go on.
        memory: MiB of address space that a process may have; 0 for no limit. It has no effect on macOS or Windows.
        quiet: send what the processes print to nowhere.

    """

    def __init__(self, make: Callable[[], Handler], size: int, *, memory: int = 0, quiet: bool = False) -> None:
        self._arguments = (make, memory, quiet)
        self._workers = [self._start() for _ in range(size)]

    @property
    def free(self) -> int:
        """How many tasks can be submitted now."""
        return sum(worker.idle for worker in self._workers)

    @property
    def busy(self) -> int:
        """How many tasks are being worked on."""
        return sum(worker.ticket is not None for worker in self._workers)

    def submit(self, ticket: Ticket, task: Task, seconds: float) -> None:
        """Give a task to a free process; its answer comes back under `ticket`, after `seconds` at the latest."""
        worker = next(worker for worker in self._workers if worker.idle)
        worker.ticket, worker.allowed = ticket, seconds
        worker.deadline = time.monotonic() + seconds
        with contextlib.suppress(OSError):  # it died while idle: `answers` finds that out
            worker.pipe.send(task)

    def waitables(self) -> list[Connection]:
        """What `multiprocessing.connection.wait` may wait on."""
        return [worker.pipe for worker in self._workers]

    def answers(self) -> Iterator[Answer]:
        """Take what has come in, without waiting.

        Raises:
            BatchError: the processes cannot get ready.

        """
        for index, worker in enumerate(self._workers):
            if worker.pipe.poll():
                answer = self._receive(index, worker)
            elif time.monotonic() > worker.deadline:
                answer = Answer(worker.ticket, failures.of_timeout(worker.allowed))
                self._replace(index, worker)
            else:
                continue
            if answer is not None:
                yield answer

    def close(self) -> None:
        """End the processes, at once and whatever they do."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            _bury(worker)
        self._workers = []

    def _receive(self, index: int, worker: _Worker) -> Answer | None:
        try:
            value = worker.pipe.recv()
        except (EOFError, OSError):
            return self._lost(index, worker)
        if not worker.ready:
            if value != _FINE:
                raise BatchError(value.reason)
            worker.ready = True
            return None
        answer = Answer(worker.ticket, value)
        worker.ticket, worker.deadline = None, float("inf")
        if value == failures.OUT_OF_MEMORY:  # what it still holds is anybody's guess
            self._replace(index, worker)
        return answer

    def _lost(self, index: int, worker: _Worker) -> Answer | None:
        worker.process.join(_PATIENCE)
        failure = failures.of_exit(worker.process.exitcode)
        if not worker.ready:
            raise BatchError(f"a worker process does not start: {failure.reason}")
        ticket = worker.ticket
        self._replace(index, worker)
        return None if ticket is None else Answer(ticket, failure)

    def _replace(self, index: int, worker: _Worker) -> None:
        worker.process.kill()
        _bury(worker)
        self._workers[index] = self._start()

    def _start(self) -> _Worker:
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=_serve, args=(theirs, *self._arguments), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)


def _bury(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.join(_PATIENCE)
    if not worker.process.is_alive():  # a read that hangs in the kernel outlives even kill
        worker.process.close()


def preload(module: str) -> None:
    """Import a module once for all processes to come, where the system can fork."""
    if _CONTEXT.get_start_method() != "forkserver":
        return
    from multiprocessing import forkserver  # noqa: PLC0415 — POSIX only

    _CONTEXT.set_forkserver_preload([module])
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), before)))  # it starts with a bare sys.path
    try:
        forkserver.ensure_running()
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


def wait_for(pools: list[Pool], seconds: float) -> None:
    """Sleep until a process of one of the pools has something to say, `seconds` at the most."""
    wait([pipe for pool in pools for pipe in pool.waitables()], seconds)


def _serve(pipe: Connection, make: Callable[[], Handler], memory: int, quiet: bool) -> None:
    """The life of a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    threading.Thread(target=_die_with_parent, daemon=True).start()
    if quiet:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
    _limit_memory(memory)
    try:
        handle = make()
    except Exception as error:
        pipe.send(failures.of(error))
        return
    pipe.send(_FINE)
    while True:
        task = pipe.recv()
        try:
            answer = handle(task)
        except Exception as error:
            answer = failures.of(error)
        pipe.send(answer)


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _limit_memory(mebibytes: int) -> None:
    if not mebibytes:
        return
    try:
        import resource  # noqa: PLC0415 — POSIX only
    except ImportError:
        return
    limit = mebibytes * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
