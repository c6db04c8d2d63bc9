"""Where the work of a run is done: what the run needs of it, and the processes of this machine."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from summarize.batch import work, workers

if TYPE_CHECKING:
    from summarize.batch.options import Options
    from summarize.batch.work import OpenTranslator


class Pool(Protocol):
    """Where tasks are done: processes here, or actors on a cluster."""

    @property
    def free(self) -> int:
        """How many tasks can be submitted now."""

    @property
    def busy(self) -> int:
        """How many tasks are being worked on."""

    def submit(self, ticket: workers.Ticket, task: workers.Task, seconds: float) -> None:
        """Start a task."""

    def answers(self) -> Iterator[workers.Answer]:
        """Take what has come in, without waiting."""


class Pools(Protocol):
    """The pools of a run; `size` is the number of translators."""

    @property
    def readers(self) -> Pool:
        """Bytes → Article and Claims."""

    @property
    def translators(self) -> Pool:
        """Articles → reports."""

    @property
    def size(self) -> int:
        """How many translators there are."""

    def wait(self, seconds: float) -> None:
        """Sleep until a pool has an answer, `seconds` at the most."""


Runner = Callable[["OpenTranslator", "Options"], AbstractContextManager[Pools]]


@dataclass(slots=True)
class LocalPools:
    """Processes of this machine."""

    readers: workers.Pool
    translators: workers.Pool
    size: int

    def wait(self, seconds: float) -> None:
        """Sleep until a process has something to say."""
        workers.wait_for([self.readers, self.translators], seconds)


@contextmanager
def local(open_translator: OpenTranslator, options: Options) -> Iterator[LocalPools]:
    """Run on this machine."""
    workers.preload("summarize.batch.warm")
    make = functools.partial(work.TranslatingHandler, open_translator, options.form, options.glossary)
    translators = workers.Pool(make, options.translators)
    try:
        readers = workers.Pool(work.reader, options.readers, memory=options.memory, quiet=True)
        try:
            yield LocalPools(readers, translators, options.translators)
        finally:
            readers.close()
    finally:
        translators.close()
