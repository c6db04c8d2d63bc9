"""The translator of a run: opened once, and only when the first readable input asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import click

from models.catalog import BEAM

if TYPE_CHECKING:
    from models.translator import Proposals, Signature, Translation, Translator


engine_option = click.option(
    "--engine",
    "engine_name",
    type=click.Choice(("ctranslate2", "torch")),
    help="What runs a MarianMT model: ctranslate2 (the default), or torch, on the GPU where there is one.",
)
glossary_option = click.option(
    "--glossary", metavar="FILE", help="Your own terms (TSV: source, target, case, note) besides ours."
)
fast_option = click.option(
    "--fast",
    is_flag=True,
    help="Translate each sentence in one way, not several: six times as fast, less reliable.",
)


class Deferred:
    """A `Translator` that opens the one it stands for on first use.

    A missing file is then said before a model is built for minutes. Errors of opening (`ModelError`) come out of
    the call that needed it.
    """

    def __init__(
        self,
        name: str | None = None,
        quantization: str | None = None,
        beam: int = BEAM,
        engine_name: str | None = None,
        *,
        careful: bool = True,
    ) -> None:
        self.name = name
        self.quantization = quantization
        self.beam = beam
        self.engine_name = engine_name
        self.careful = careful

    @cached_property
    def engine(self) -> Translator:
        """The opened translator."""
        from commands.progress import building
        from models import catalog

        name = chosen(self.name)
        with building() as watch:
            return catalog.open_model(
                name,
                quantization=self.quantization,
                beam=self.beam,
                careful=self.careful,
                watch=watch,
                engine=self.engine_name,
            )

    @property
    def signature(self) -> Signature:
        """See `Translator`."""
        return self.engine.signature

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        """See `Translator`."""
        return self.engine.translate(sentences, progress)

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        """See `Translator`."""
        return self.engine.candidates(sentences, count)

    def advised(self, proposals: Proposals | None) -> Translator:
        """The opened translator with the proposals, where it takes any."""
        from models.translator import advised

        return advised(self.engine, proposals)


def chosen(name: str | None) -> str:
    """The model to use; where the user leaves the choice to sunto, what it chose is said once, on stderr."""
    from multiprocessing import parent_process

    from models.catalog import AUTO
    from models.opening import best_here

    if name is not None and name != AUTO:
        return name
    best = best_here()
    if parent_process() is None:  # not once for every worker
        click.echo(f"sunto: translating with {best}, the best model on this machine", err=True)
    return best
