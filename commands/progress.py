"""What a person sees while a translator is built: a bar on a terminal, one line elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
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
