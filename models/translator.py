"""The protocol between the pipeline and every engine that turns Italian sentences into English ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol


class Proposal(NamedTuple):
    """What a glossary has for words of a text.

    Attributes:
        source: the words as they stand in it.
        target: their English.
        firm: whether the translator must take it: the English is then put into the Italian.

    """

    source: str
    target: str
    firm: bool = False


MISSED = 2  # words that are left out before anybody is told: one may have been said freely

Proposals = Callable[[str], Sequence[Proposal]]
"""Tells what a glossary proposes for a text, or a part of one."""


@dataclass(frozen=True, slots=True)
class Translation:
    """One English sentence and how it came about.

    Attributes:
        text: the English sentence; empty only for an empty source.
        score: mean log-probability of a target token (natural logarithm, at most 0).
        flags: names of what went wrong in decoding and could not be mended: `repetition`, `too-long`, `empty`.
        left_out: Italian words that nothing in the English seems to say.
    """

    text: str
    score: float
    flags: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def misses(self) -> bool:
        """Whether so many words seem left out that a reader should be told."""
        return len(self.left_out) >= MISSED

    def row(self) -> list[Any]:
        """All of it, as JSON has it."""
        return [self.text, self.score, list(self.flags), list(self.left_out)]

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> Translation:
        """What `row` gave; rows of versions that knew of no words left out lack the last part."""
        text, score, flags, *left_out = row
        return cls(text, score, tuple(flags), tuple(*left_out))


@dataclass(frozen=True, slots=True)
class Signature:
    """What must be the same for an output to be reproducible, in the manner of sacrebleu's signatures."""

    model: str
    quantization: str
    adapter: str | None = None
    parts: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        fields = {"model": self.model, "adapter": self.adapter, "quantization": self.quantization, **self.parts}
        return "|".join(f"{name}:{value}" for name, value in fields.items() if value)


class Translator(Protocol):
    """Italian sentences in, English sentences out, same number, same order."""

    @property
    def signature(self) -> Signature:
        """Model, adapter and quantization behind the output."""

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        """Translate each sentence; nothing is ever cut, a blank sentence gives an empty translation.

        Args:
            sentences: Italian, one sentence each; any length.
            progress: called with the number of sentences finished since its last call.
        """

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        """Up to `count` different translations of each sentence, best first by score."""


class Advisable(Translator, Protocol):
    """A translator that reads hints; whether one does is asked by `advised`."""

    def advised(self, proposals: Proposals | None) -> Translator:
        """The same translator, which weighs these proposals before hints of its own; with None, without any hints."""


def advised(translator: Translator, proposals: Proposals | None) -> Translator:
    """The translator with a glossary's proposals at hand; the same one where it reads no hints."""
    advise: Callable[[Proposals | None], Translator] | None = getattr(translator, "advised", None)
    return advise(proposals) if advise else translator
