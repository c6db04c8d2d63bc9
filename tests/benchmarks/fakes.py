"""A translator for the benchmarks' tests: it says what it was told to say, and counts what it decodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from models.translator import Signature, Translation


class Saying:
    """Answers from a table, and with the sentence itself where that has none; candidates are the table's second."""

    def __init__(self, table: Mapping[str, Sequence[str]], model: str = "embedded") -> None:
        self.table = table
        self.signature = Signature(model, "none")
        self.decoded: list[str] = []

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        self.decoded += sentences
        return [Translation(self.table.get(each, (each,))[0], -0.3) for each in sentences]

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        self.decoded += sentences
        return [[Translation(text, -0.4) for text in self.table.get(each, (each,))[:count]] for each in sentences]
