"""The translator of a run: opened once, and only when the first readable input asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.translator import Signature, Translation, Translator


class Deferred:
    """A `Translator` that opens the one it stands for on first use.

    A missing file is then said before a model is built for minutes. Errors of opening (`ModelError`) come out of
    the call that needed it.
    """

    def __init__(self, name: str | None = None, quantization: str | None = None, beam: int = 1) -> None:
        self.name = name
        self.quantization = quantization
        self.beam = beam

    @cached_property
    def engine(self) -> Translator:
        """The opened translator."""
        from commands.progress import building
        from models import catalog

        with building() as watch:
            return catalog.open_model(
                self.name or catalog.DEFAULT, quantization=self.quantization, beam=self.beam, watch=watch
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
