"""The translator of a run: opened once, and only when the first readable input asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from models.translator import Signature, Translation, Translator


class Deferred:
    """A `Translator` that opens the one it stands for on first use.

    A missing file is then said before a model is built for minutes. Errors of opening (`ModelError`) come out of
    the call that needed it.
    """

    def __init__(self, name: str | None = None, quantization: str | None = None) -> None:
        self.name = name
        self.quantization = quantization

    @cached_property
    def engine(self) -> Translator:
        """The opened translator."""
        from models import catalog

        return catalog.open_model(
            self.name or catalog.DEFAULT,
            quantization=self.quantization,
            watch=lambda stage, *_: click.echo(f"sunto: {stage}", err=True),
        )

    @property
    def signature(self) -> Signature:
        """See `Translator`."""
        return self.engine.signature

    def translate(
        self, sentences: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> list[Translation]:
        """See `Translator`."""
        return self.engine.translate(sentences, progress)

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        """See `Translator`."""
        return self.engine.candidates(sentences, count)
