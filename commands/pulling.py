"""`models pull` and `models remove`, and what `models` has to say of MarianMT models."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from models.building import Watch
    from models.catalog import Published


def published(name: str) -> Published:
    """Look up a model that a hub publishes.

    Raises:
        UnknownModel: there is none of that name.

    """
    from models.catalog import CATALOG, PUBLISHED
    from models.errors import UnknownModel

    if name in PUBLISHED:
        return PUBLISHED[name]
    why = "needs no fetching: its weights come with sunto" if name in CATALOG else "is no model of a hub"
    raise UnknownModel(f"{name!r} {why}; to be fetched there are: {', '.join(PUBLISHED)}")


@click.command("pull")
@click.argument("name")
@click.option("--revision", metavar="REV", help="Take this commit, branch or refs/pr/N of the hub's from now on.")
def pull_model(name: str, revision: str | None) -> None:
    """Fetch a model from the hub; a fetch that was broken off goes on where it was.

    The first fetch records the commit and the SHA-256 of every file, and a later one must give the same bytes.
    HF_HOME chooses the folder, HF_ENDPOINT another hub, HTTPS_PROXY a way out.
    """
    from models.pulling import pull

    model = published(name)
    with fetching(name) as watch:
        folder = pull(model, revision, watch)
    click.echo(folder)


@click.command("remove")
@click.argument("name")
def remove_model(name: str) -> None:
    """Delete a model: what was fetched of it (also for other programs that use it), and what was made of it."""
    import shutil

    from models import cache
    from models.catalog import PUBLISHED, entry
    from models.fetched import remove

    gone = remove(PUBLISHED[name]) if name in PUBLISHED else []
    if name not in PUBLISHED:
        entry(name)
    for folder in made_of(name):
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise cache.cannot_write(folder, error) from error
        gone.append(folder)
    for folder in gone:
        click.echo(folder)
    if not gone:
        click.echo(f"sunto: nothing of {name} is on this machine", err=True)


def made_of(name: str) -> list[Path]:
    """The folders in sunto's cache with what was built or converted of a model."""
    from models import cache
    from models.catalog import QUANTIZATIONS
    from models.opening import MARIAN_QUANTIZATIONS

    if not cache.models().is_dir():
        return []
    kinds = {*QUANTIZATIONS, *MARIAN_QUANTIZATIONS}
    return sorted(folder for kind in kinds for folder in cache.models().glob(f"{name}-{kind}-{'?' * 16}"))


def describe(model: Published) -> Iterator[str]:
    """The lines of `models list` on a model of a hub."""
    from models.fetched import installed
    from models.pins import find

    yield f"{model.name}: {model.about}"
    yield f"  weights        {model.repo}, {model.size / 1e6:.0f} MB"
    yield f"  licence        {model.licence}, {model.terms}"
    yield from scores(model.scores, "as published")
    folder, pin = installed(model), find(model.name)
    yield f"  fetched        {folder or f'no; models pull {model.name}'}"
    if pin:
        yield f"  commit         {pin.commit}"
    for made in made_of(model.name):
        yield f"  in the cache   {made}"


def scores(values: object, whose: str) -> Iterator[str]:
    """The line of `models list` on what a model is worth."""
    if isinstance(values, dict) and values:
        yield f"  scores         {', '.join(f'{name} {value:.1f}' for name, value in values.items())} ({whose})"


def convert(name: str, quantization: str | None, force: bool) -> Path:
    """Convert a MarianMT model for CTranslate2 now; errors as those of `models.marian.converted`."""
    from commands.progress import building
    from models.marian import QUANTIZATION, converted
    from models.opening import checkpoint, require_engine

    require_engine(name, None, quantization)
    model = checkpoint(name)
    with building() as watch:
        return converted(model, quantization or QUANTIZATION, watch, force=force)


def verify(name: str, quantization: str | None) -> None:
    """Check every file of a fetched model by its hash, then let it translate what is known."""
    from models.catalog import PUBLISHED, open_model
    from models.fetched import verify as verify_files
    from models.opening import checkpoint

    folder = verify_files(PUBLISHED[name]) if name in PUBLISHED else checkpoint(name).folder
    open_model(name, quantization=quantization)
    click.echo(f"{folder}: every file is whole, and the model translates")


def place(name: str) -> None:
    """Print the folder of a fetched model, or say that it was not fetched."""
    from models.catalog import PUBLISHED
    from models.fetched import installed
    from models.opening import checkpoint

    if name not in PUBLISHED:
        click.echo(checkpoint(name).folder)
        return
    folder = installed(PUBLISHED[name])
    if folder is None:
        click.echo(f"sunto: {name} is not on this machine; fetch it with: models pull {name}", err=True)
        sys.exit(1)
    click.echo(folder)


@contextmanager
def fetching(name: str) -> Iterator[Watch]:
    """Give a `Watch` to fetch with: a bar on a terminal, a line for each tenth elsewhere."""
    if not sys.stderr.isatty():
        yield _lines(name)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn(f"fetching {name}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, TextColumn("{task.description}"), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda stage, done: bar.update(task, description=stage, completed=done)


def _lines(name: str) -> Watch:
    told = -1

    def watch(_stage: str, done: float) -> None:
        nonlocal told
        if int(done * 10) > told:
            told = int(done * 10)
            click.echo(f"sunto: fetching {name}: {told * 10} %", err=True)

    return watch
