"""What a person sees of long work: a bar on a terminal; elsewhere a line for a build, nothing for a translation."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.building import Watch

ABOUT_SECONDS = 20  # of a build on two cores


@contextmanager
def building() -> Iterator[Watch]:
    """Give a `Watch` to build with; nothing shows unless something is built, and the terminal is left tidy."""
    if sys.stderr.isatty():
        with _bar() as watch:
            yield watch
    else:
        yield _line()


def _line() -> Watch:
    told = False

    def watch(_stage: str, _done: float) -> None:
        nonlocal told
        if not told:
            click.echo(f"sunto: building the translator (once, about {ABOUT_SECONDS} s)", err=True)
        told = True

    return watch


@contextmanager
def _bar() -> Iterator[Watch]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("building the translator (once)"), BarColumn(), TextColumn("{task.description}"))
    progress = Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
    task = progress.add_task("", total=1.0)

    def watch(stage: str, done: float) -> None:
        progress.start()
        progress.update(task, description=stage, completed=done)
        if done >= 1:
            progress.stop()

    try:
        yield watch
    finally:
        progress.stop()


@contextmanager
def translating() -> Iterator[Callable[[int], None] | None]:
    """Give what counts translated sentences on a terminal; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("translating: {task.completed:.0f} sentences"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda count: progress.advance(task, count)
