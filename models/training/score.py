"""How well an adapter translates a test set: built like the product, run like the product, scored by sacrebleu."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from models.building import build
from models.catalog import CATALOG, DEFAULT, Entry
from models.embedded import Embedded

if TYPE_CHECKING:
    from models.building import Built


@dataclass(frozen=True)
class Test:
    """Sentences of a test set and, for each reference, as many translations."""

    source: tuple[str, ...]
    references: tuple[tuple[str, ...], ...]


def read_test(source: Path, references: Sequence[Path], most: int | None = None) -> Test:
    """Read a test set, or its first sentences; a line is a sentence.

    Raises:
        OSError: a file cannot be read.
        ValueError: the files differ in their number of lines.

    """
    lines = [path.read_text(encoding="utf-8").splitlines() for path in (source, *references)]
    if len({len(some) for some in lines}) != 1:
        raise ValueError(f"{source} and its references differ in length: {[len(some) for some in lines]}")
    italian, *english = [tuple(some[:most]) for some in lines]
    return Test(italian, tuple(english))


def candidate(adapter: Path) -> Entry:
    """The product's model with the adapter of a folder in the place of its own."""
    return replace(CATALOG[DEFAULT], name="candidate", adapter=adapter)


@contextmanager
def built(adapter: Path, quantization: str) -> Iterator[Built]:
    """The model built with the adapter of a folder; it is taken away afterwards. Raises ModelError."""
    model = build(candidate(adapter), quantization)
    try:
        yield model
    finally:
        shutil.rmtree(model.folder, ignore_errors=True)


def translate(model: Built, test: Test, beam: int) -> list[str]:
    """The test's sentences in English, one line each."""
    translations = Embedded.load(model, beam=beam).translate(test.source)
    return [" ".join(translation.text.split()) for translation in translations]


def scores(hypotheses: Sequence[str], test: Test) -> list[str]:
    """BLEU and chrF with their signatures, a line each."""
    from sacrebleu.metrics import BLEU, CHRF

    references = [list(some) for some in test.references]
    lines = []
    for metric in (BLEU(), CHRF()):
        score = metric.corpus_score(list(hypotheses), references)
        lines.append(f"{score} | {metric.get_signature()}")
    return lines
