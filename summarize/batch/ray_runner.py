"""The same run on a Ray cluster: actors read and translate on its nodes, journal and outputs stay with this process.

Plain actors rather than `ray.data`: the run must know which article brought a process down, and give up on it, where
a data pipeline would start the same block again for ever. The batches are those of a local run, and so are the bytes.
"""

from __future__ import annotations

import functools
import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarize.batch import failures, loading, work
from summarize.batch.errors import BatchError
from summarize.batch.failures import Failure
from summarize.batch.workers import Answer, Handler, Task, Ticket
from summarize.errors import InputError

if TYPE_CHECKING:
    from summarize.batch.options import Options
    from summarize.batch.work import OpenTranslator

ROOT = Path(__file__).parents[2]
CODE = ("summarize", "models", "commands")
TRIES = 3  # a task is lost with its node; one that is lost so often is itself the cause


class Worker:
    """The actor: makes its handler once, on its node.

    Args:
        make: a function without arguments that gives the handler.

    """

    def __init__(self, make: Callable[[], Handler]) -> None:
        self._broken: Failure | None = None
        try:
            self._handle = make()
        except Exception as error:
            self._broken = failures.of(error)

    def ready(self) -> Failure | None:
        """What keeps this actor from working."""
        return self._broken

    def work(self, task: Task) -> object:
        """Do a task; what an article raises is its failure."""
        try:
            return self._handle(task)
        except Exception as error:
            return failures.of(error)


@dataclass(slots=True)
class _Task:
    ticket: Ticket
    payload: Task
    seconds: float
    tries: int = 0


@dataclass(slots=True)
class _Slot:
    """An actor and what it is at: getting ready (no task), working, or nothing (no reference)."""

    actor: Any
    reference: Any
    task: _Task | None = None
    deadline: float = float("inf")
    usable: bool = False


@dataclass(slots=True)
class ActorPool:
    """A `Pool` of actors over the nodes of a cluster.

    Attributes:
        start: makes a new actor.
        size: how many there are; one that is lost is replaced where the cluster has room.

    """

    start: Callable[[], Any]
    size: int
    slots: list[_Slot] = field(default_factory=list)
    again: deque[_Task] = field(default_factory=deque)
    answered: deque[Answer] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.slots = [self._fresh() for _ in range(self.size)]

    @property
    def free(self) -> int:
        """How many tasks can be submitted now."""
        return max(0, len(self._idle()) - len(self.again))

    @property
    def busy(self) -> int:
        """How many tasks are being worked on."""
        return sum(slot.task is not None for slot in self.slots) + len(self.again) + len(self.answered)

    def submit(self, ticket: Ticket, task: Task, seconds: float) -> None:
        """Start a task on a free actor."""
        self._give(self._idle()[0], _Task(ticket, task, seconds))

    def references(self) -> list[Any]:
        """What `ray.wait` may wait on."""
        return [slot.reference for slot in self.slots if slot.reference is not None]

    def answers(self) -> Iterator[Answer]:
        """Take what has come in, without waiting; tasks of lost nodes go to other ones.

        Raises:
            BatchError: no actor of the cluster can work.

        """
        import ray  # noqa: PLC0415 — optional

        while self.answered:
            yield self.answered.popleft()
        waiting = self.references()
        done = set(ray.wait(waiting, num_returns=len(waiting), timeout=0)[0]) if waiting else set()
        for at, slot in enumerate(self.slots):
            if slot.reference in done:
                answer = self._take(at, slot)
            elif time.monotonic() > slot.deadline and slot.task is not None:
                answer = Answer(slot.task.ticket, failures.of_timeout(slot.task.seconds))
                ray.kill(slot.actor)
                self.slots[at] = self._fresh()
            else:
                continue
            if answer is not None:
                yield answer
        for slot in self._idle():
            if self.again:
                self._give(slot, self.again.popleft())

    def _take(self, at: int, slot: _Slot) -> Answer | None:
        import ray  # noqa: PLC0415

        task = slot.task
        try:
            value = ray.get(slot.reference)
        except ray.exceptions.RayError as error:
            self.slots[at] = self._fresh()
            if task is None:
                return None
            task.tries += 1
            if task.tries < TRIES:
                self.again.append(task)
                return None
            return Answer(task.ticket, Failure("crash", f"its worker was lost {TRIES} times ({type(error).__name__})"))
        slot.reference, slot.task, slot.deadline = None, None, float("inf")
        if task is not None:
            return Answer(task.ticket, value)
        if value is None:
            slot.usable = True
        elif not any(other.usable or other.reference is not None for other in self.slots):
            raise BatchError(value.reason)
        return None

    def _idle(self) -> list[_Slot]:
        return [slot for slot in self.slots if slot.usable and slot.reference is None]

    def _give(self, slot: _Slot, task: _Task) -> None:
        slot.task, slot.deadline = task, time.monotonic() + task.seconds
        slot.reference = slot.actor.work.remote(task.payload)

    def _fresh(self) -> _Slot:
        actor = self.start()
        return _Slot(actor, actor.ready.remote())


@dataclass(slots=True)
class ShippingPool(ActorPool):
    """A pool of readers that may have no access to the files: their bytes are read here and sent along."""

    def submit(self, ticket: Ticket, task: Task, seconds: float) -> None:
        """Read the file and start the task, or answer at once that it cannot be read."""
        try:
            shipped = replace(task, data=loading.load(task.path))
        except InputError as error:
            self.answered.append(Answer(ticket, failures.of(error)))
            return
        ActorPool.submit(self, ticket, shipped, seconds)


@dataclass(slots=True)
class RayPools:
    """The pools of a run on a cluster."""

    readers: ShippingPool
    translators: ActorPool
    size: int

    def wait(self, seconds: float) -> None:
        """Sleep until an actor has an answer."""
        import ray  # noqa: PLC0415

        if self.readers.answered:
            return
        waiting = self.readers.references() + self.translators.references()
        if waiting:
            ray.wait(waiting, timeout=seconds)
        else:
            time.sleep(min(seconds, 0.05))


@contextmanager
def cluster(address: str | None, open_translator: OpenTranslator, options: Options) -> Iterator[RayPools]:
    """Run on a Ray cluster: one translator for each of its processors, wherever they are.

    Args:
        address: of the cluster, as Ray takes it; None starts one on this machine.
        open_translator: called on each node.
        options: `memory` has no effect: Ray watches over the memory of its nodes itself.

    Raises:
        BatchError: Ray is not installed, or the cluster does not answer.

    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing goes out that nobody asked for
    try:
        import ray  # noqa: PLC0415
    except ImportError as error:
        raise BatchError("--runner ray needs Ray: pip install -r requirements-ray.txt") from error
    modules = [str(ROOT / name) for name in CODE]  # the same code on every node
    try:
        ray.init(address=address, runtime_env={"py_modules": modules}, log_to_driver=False, logging_level="ERROR")
    except Exception as error:  # a bare one, where a node of its own takes too long to start
        raise BatchError(
            f"the Ray cluster at {address or 'this machine'} does not answer: {failures.one_line(str(error))}"
        ) from error
    try:
        processors = max(1, int(ray.cluster_resources().get("CPU", 1)))
        actor = ray.remote(Worker)
        make = functools.partial(work.TranslatingHandler, open_translator, options.form, options.glossary)
        spread = {"scheduling_strategy": "SPREAD", "max_restarts": 0}
        translators = ActorPool(lambda: actor.options(num_cpus=1, **spread).remote(make), processors)
        readers = ShippingPool(lambda: actor.options(num_cpus=0, **spread).remote(work.reader), max(1, processors // 2))
        yield RayPools(readers, translators, processors)
    finally:
        ray.shutdown()
