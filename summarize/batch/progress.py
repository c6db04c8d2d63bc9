"""How far the run is: a bar on a terminal, a plain line every half minute elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    from summarize.batch.options import Tally

EVERY = 30.0  # seconds


class Progress(Protocol):
    """Told the tally as often as there is news."""

    def __call__(self, tally: Tally) -> None:
        """Show it, or not yet."""


def silent(tally: Tally) -> None:
    """Show nothing."""


@contextmanager
def on(stream: TextIO) -> Iterator[Progress]:
    """Show progress on a stream, in the manner that suits it."""
    if not stream.isatty():
        yield PlainLines(lambda line: print(line, file=stream, flush=True))
        return
    from rich.console import Console  # noqa: PLC0415 — start-up counts
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Bars(*columns, console=Console(file=stream), transient=True) as bars:
        task = bars.add_task("opening the translator")
        pace = Pace()

        def show(tally: Tally) -> None:
            bars.update(task, total=tally.total, completed=tally.total - tally.left, description=pace.told(tally))

        yield show


class PlainLines:
    """A line every `EVERY` seconds.

    Args:
        write: takes one line.
        clock: seconds that only ever grow.

    """

    def __init__(self, write: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._write = write
        self._clock = clock
        self._pace = Pace(clock)
        self._next = clock() + EVERY

    def __call__(self, tally: Tally) -> None:
        """Write a line if it is time."""
        if self._clock() < self._next:
            return
        self._next = self._clock() + EVERY
        self._write(f"sunto: {tally.total - tally.left} of {tally.total}, {self._pace.told(tally)}")


class Pace:
    """Articles a minute since the run began, without those that only had to be skipped."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._started = clock()

    def told(self, tally: Tally) -> str:
        """Rate, time left and failures in words."""
        worked = tally.done + tally.failed
        minutes = (self._clock() - self._started) / 60
        parts = []
        if worked and minutes:
            rate = worked / minutes
            parts = [f"{rate:.1f} a minute", f"about {_duration(tally.left / rate * 60)} left"]
        if tally.skipped:
            parts.append(f"{tally.skipped} done before")
        if tally.failed:
            parts.append(f"{tally.failed} failed")
        return ", ".join(parts) or "reading"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
