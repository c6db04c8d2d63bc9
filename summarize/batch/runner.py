"""Drive a batch: inputs to the readers, articles to the translators, reports to the disk, each step in the journal."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from summarize.batch import failures, index, naming, outputs, progress, signature
from summarize.batch.errors import BatchError
from summarize.batch.failures import Failure
from summarize.batch.journal import Entry, Journal
from summarize.batch.options import BATCH, Options, Tally
from summarize.batch.pools import local
from summarize.batch.work import Finished, Prepared, Reading, Unchanged

if TYPE_CHECKING:
    from summarize.batch.inputs import Found, Input
    from summarize.batch.pools import Pools, Runner
    from summarize.batch.progress import Progress
    from summarize.batch.work import OpenTranslator

AHEAD = 2  # batches that may be read while others are translated
TICK = 0.5  # seconds after which deadlines and Ctrl-C are looked at, whatever happens


def run(  # noqa: PLR0913 — each has its default or is what a run is about
    found: Found,
    out: Path,
    open_translator: OpenTranslator,
    options: Options,
    *,
    runner: Runner = local,
    show: Progress = progress.silent,
    stop: Callable[[], bool] = lambda: False,
) -> Tally:
    """Make a report of every input that has none yet, and the tables over all of them.

    Args:
        found: what `inputs.find` found.
        out: the output folder; made where it is missing.
        options: how to run.
        open_translator: picklable; called in the process that holds the model.
        runner: opens the pools.
        show: told how far the run is.
        stop: whether to finish what is in hand and end; asked twice a second.

    Raises:
        BatchError: the run cannot go on; what it finished is kept.
        ModelError: never here: a translator that does not open is a `BatchError` with its words.

    """
    outputs.make(out)
    journal = Journal(out)  # before anything is touched: another run may be at work here
    try:
        outputs.prepare(out)
        with runner(open_translator, options) as pools:
            batch = _Batch(found, out, journal, options, pools)
            batch.work_through(show, stop)
        if batch.signature:
            index.write(out, journal, [*found.inputs, *found.refused], batch.signature, found.passed)
    finally:
        journal.close()
        outputs.sweep(out)
    return batch.tally


@dataclass(slots=True)
class _Together:
    """Articles that are translated in one call, while they are being read."""

    waiting: int
    ready: list[Prepared] = field(default_factory=list)


class _Batch:
    """One run on its way."""

    def __init__(self, found: Found, out: Path, journal: Journal, options: Options, pools: Pools) -> None:
        self._out, self._journal, self._options, self._pools = out, journal, options, pools
        self._refused = found.refused
        self._names = naming.outputs(found.inputs, options.form)
        ordered = [found.inputs[name] for name in sorted(found.inputs)]
        self._groups = [ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH)]
        self._unread = deque((number, item) for number, group in enumerate(self._groups) for item in group)
        self._open: dict[int, _Together] = {}
        self._queue: deque[list[Prepared]] = deque()
        self._stopping = False
        self.tally = Tally(total=len(found.inputs) + len(found.refused))
        self.translator = ""
        self.signature = ""

    def work_through(self, show: Progress, stop: Callable[[], bool]) -> None:
        """Do all the work, or as much as `stop` leaves time for."""
        self._ask_signature(stop)
        if not self.signature:
            self.tally.stopped = True
            return
        self._journal.retry_failures()
        for name, failure in self._refused.items():
            self._fail(name, failure)
        while not self._over():
            self._stopping = self._stopping or stop()
            if not self._stopping:
                self._feed_readers()
                self._feed_translators()
            self._pools.wait(TICK)
            for answer in self._pools.readers.answers():
                self._take_read(answer.ticket, answer.value)
            for batch, results in self._keep_translated():
                self._write(batch, results)
            show(self.tally)
        self.tally.stopped = self.tally.left > 0

    def _over(self) -> bool:
        if self._stopping:
            return not self._pools.translators.busy
        return not (self._unread or self._open or self._queue or self._pools.translators.busy)

    def _ask_signature(self, stop: Callable[[], bool]) -> None:
        """Wait for the translator: what is done already depends on which one it is. Empty if `stop` comes first."""
        pool = self._pools.translators
        asked = False
        while not self.signature and not stop():
            if not asked and pool.free:
                pool.submit("signature", (), float("inf"))
                asked = True
            self._pools.wait(TICK)
            for answer in pool.answers():
                if isinstance(answer.value, Failure):
                    raise BatchError(answer.value.reason)
                self.translator = answer.value
                self.signature = signature.of(answer.value, self._options)

    def _feed_readers(self) -> None:
        """Read ahead of the translators, but not without end: memory stays flat."""
        most = self._pools.size * 2 + AHEAD
        while self._unread and self._pools.readers.free:
            number, item = self._unread[0]
            if number not in self._open:
                if len(self._open) + len(self._queue) >= most:
                    return
                self._open[number] = _Together(len(self._groups[number]))
            self._unread.popleft()
            task = Reading(item.name, item.path, self._known(item), self._options.force)
            self._pools.readers.submit((number, item.name), task, self._options.timeout)

    def _known(self, item: Input) -> bytes | None:
        """The content hash under which this input is done, if its output is there as it was written."""
        entry = self._journal.entry(item.name)
        if entry is None or entry.signature != self.signature or entry.output != self._names[item.name]:
            return None
        try:
            written = hashlib.sha256((self._out / entry.output).read_bytes()).digest()
        except OSError:
            return None
        return entry.content if written == entry.output_hash else None

    def _take_read(self, ticket: tuple[int, str], value: Unchanged | Prepared | Failure) -> None:
        number, name = ticket
        together = self._open[number]
        together.waiting -= 1
        if isinstance(value, Failure):
            self._fail(name, value)
        elif isinstance(value, Unchanged):
            self.tally.skipped += 1
        else:
            together.ready.append(value)
        if not together.waiting:
            del self._open[number]
            if together.ready:
                self._queue.append(sorted(together.ready, key=lambda prepared: prepared.name))

    def _feed_translators(self) -> None:
        while self._queue and self._pools.translators.free:
            batch = [replace(p, notes=self._notes(p)) for p in self._queue.popleft()]
            sentences = sum(len(prepared.article.sentences) for prepared in batch)
            self._pools.translators.submit(batch, batch, self._options.timeout * (1 + sentences / 5))

    def _notes(self, prepared: Prepared) -> str | None:
        return self._journal.memo(prepared.name, prepared.content, self.translator)

    def _keep_translated(self) -> list[tuple[Sequence[Prepared], list[Finished | Failure]]]:
        """Put what was translated in the journal, and give the translators more before its reports are written."""
        kept = []
        for answer in self._pools.translators.answers():
            batch, value = answer.ticket, answer.value
            if not isinstance(value, Failure):
                notes = {each.name: (each.content, each.notes) for each in value if isinstance(each, Finished)}
                self._journal.keep(self.translator, notes)
                kept.append((batch, value))
            elif len(batch) == 1:
                self._fail(batch[0].name, value, batch[0].content)
            else:  # one of them brought the process down: each on its own now, so that the others do not pay
                self._queue.extendleft([prepared] for prepared in reversed(batch))
        if not self._stopping and not self._options.strict:
            self._feed_translators()
        return kept

    def _write(self, batch: Sequence[Prepared], results: list[Finished | Failure]) -> None:
        for prepared, result in zip(batch, results, strict=True):
            if isinstance(result, Failure):
                self._fail(prepared.name, result, prepared.content)
            else:
                self._finish(result)

    def _finish(self, finished: Finished) -> None:
        output = self._names[finished.name]
        try:
            outputs.write(self._out, output, finished.data)
        except OSError as error:
            reason = f"its report cannot be written: {error.strerror}"
            self._fail(finished.name, Failure("cannot-write", reason), finished.content)
            return
        known = self._journal.entry(finished.name)
        written = hashlib.sha256(finished.data).digest()
        entry = Entry("done", finished.content, self.signature, output, written, finished.seconds, finished.row)
        self._journal.record(finished.name, entry)
        if known is not None and known.status != "done" and known.output is not None:
            outputs.remove(self._out, known.output)
        self.tally.done += 1

    def _fail(self, name: str, failure: Failure, content: bytes | None = None) -> None:
        known = self._journal.entry(name)
        earlier = None if known is None or known.output is None else outputs.set_aside(self._out, known.output)
        row = {"kind": failure.kind, "reason": failures.one_line(failure.reason)}
        self._journal.record(name, Entry("failed", content, self.signature, earlier, None, 0.0, row))
        self.tally.failed += 1
        self._stopping = self._stopping or self._options.strict
