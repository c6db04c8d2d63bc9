"""`models`: what translators there are, built or not, whole or not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands import pulling

if TYPE_CHECKING:
    from models.catalog import Entry

quantization_option = click.option(
    "--quantization", metavar="Q", help="How the weights are kept; the model's own choice unless given."
)


@click.group("models")
def command() -> None:
    """List, fetch, build, check and remove the translators.

    A translator is built once from its weights into the user's cache (SUNTO_CACHE chooses another folder) and then
    works without a network.
    """


@command.command("list")
def list_models() -> None:
    """Show each model: what it is, its licence, what is built of it."""
    from models.catalog import CATALOG, DEFAULT, PUBLISHED, QUANTIZATIONS

    for model in CATALOG.values():
        click.echo(f"{model.name}{' (default)' if model.name == DEFAULT else ''}: {model.about}")
        click.echo(f"  weights        {model.weights.package}, {model.weights.size / 1e6:.0f} MB")
        click.echo(f"  licence        {model.weights.licence}, {model.weights.terms}")
        click.echo(f"  quantizations  {', '.join(QUANTIZATIONS)}; its own: {model.quantization}")
        for line in pulling.scores(model.scores, "as measured"):
            click.echo(line)
        for part, _ in _parts(model):
            for line in _built(part) or ["not built yet"]:
                click.echo(f"  in the cache   {part.name}: {line}")
    for published in PUBLISHED.values():
        for line in pulling.describe(published):
            click.echo(line)


def _parts(model: Entry, quantization: str | None = None) -> list[tuple[Entry, str]]:
    """The model and what helps it, each with its quantization. Raises UnknownModel."""
    return [(each, model.chosen(quantization)) for each in (model, *model.helpers)]


def _built(model: Entry) -> list[str]:
    from models import cache
    from models.building import location
    from models.catalog import QUANTIZATIONS

    current = {location(model, quantization).folder for quantization in QUANTIZATIONS}
    folders = sorted(cache.models().glob(f"{model.name}-*")) if cache.models().is_dir() else []
    return [
        f"{folder}, {_size(folder) / 1e6:.0f} MB{'' if folder in current else ' (superseded, may be deleted)'}"
        for folder in folders
    ]


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir() if file.is_file())


@command.command("build")
@click.argument("name", default="embedded")
@quantization_option
@click.option("--force", is_flag=True, help="Build anew even where a whole one is there.")
def build_model(name: str, quantization: str | None, force: bool) -> None:
    """Build a translator now, so that the first article need not wait."""
    from commands.progress import building
    from models.building import build
    from models.catalog import entry
    from models.opening import is_marian

    if is_marian(name):
        click.echo(pulling.convert(name, quantization, force))
        return
    model = entry(name)
    with building() as watch:
        built = [build(part, kept, watch, force=force) for part, kept in _parts(model, quantization)]
    click.echo(built[0].folder)


@command.command("verify")
@click.argument("name", default="embedded")
@quantization_option
def verify_model(name: str, quantization: str | None) -> None:
    """Check a built translator: every file by its hash, then a sentence whose translation is known."""
    from models import cache
    from models.building import location
    from models.catalog import entry
    from models.embedded import Embedded
    from models.opening import is_marian

    if is_marian(name):
        pulling.verify(name, quantization)
        return
    model = entry(name)
    for part, kept in _parts(model, quantization):
        built = location(part, kept)
        if not built.folder.is_dir():
            click.echo(f"sunto: {built.folder}: not built yet; build it with: models build", err=True)
            sys.exit(1)
        broken = cache.broken_file(built.folder)
        if broken is not None:
            click.echo(f"sunto: {built.folder}: {broken} is missing or altered; the next run builds it anew", err=True)
            sys.exit(1)
        Embedded.load(built)
        click.echo(f"{built.folder}: every file is whole, and the model translates")


@command.command("path")
@click.argument("name", default="embedded")
@quantization_option
def model_path(name: str, quantization: str | None) -> None:
    """Print the folder of a translator in the cache, built or not."""
    from models.building import location
    from models.catalog import entry
    from models.opening import is_marian

    if is_marian(name):
        pulling.place(name)
        return
    model = entry(name)
    click.echo(location(model, model.chosen(quantization)).folder)


command.add_command(pulling.pull_model)
command.add_command(pulling.remove_model)
