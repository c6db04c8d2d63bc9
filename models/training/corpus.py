"""Pairs of sentences: reading them, leaving out what tests are made of, and the order a pass takes them in."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from models.hints import Lexicon, line
from models.training.hinted import hinted
from models.training.noise import worsen
from models.training.recipe import Recipe, Source

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Pair:
    """A sentence and its translation."""

    source: str
    target: str


@dataclass(frozen=True)
class Corpus:
    """The pairs of every source by name, those held out of training, and the lexicon that hints come from."""

    sources: dict[str, tuple[Pair, ...]]
    held_out: tuple[Pair, ...]
    lexicon: Lexicon


def read_pairs(path: Path) -> Iterator[Pair]:
    """The pairs of a tab-separated file, plain or ``.zst``: Italian, English, and columns that are ignored.

    A first line that names the columns is skipped, and so are lines where a side is missing.
    Raises OSError or UnicodeDecodeError.
    """
    for row in _text(path).split("\n"):
        columns = row.split("\t")
        if len(columns) < 2 or not columns[0].strip() or not columns[1].strip() or columns[0] == "italian":
            continue
        yield Pair(columns[0].strip(), columns[1].strip())


def read_excluded(paths: Iterable[Path]) -> frozenset[str]:
    """The Italian lines (first columns) of test files, as `load` compares them."""
    return frozenset(_key(row.split("\t")[0]) for path in paths for row in _text(path).split("\n"))


def load(folder: Path, recipe: Recipe, excluded: frozenset[str], lexicon: Lexicon) -> Corpus:
    """Read the recipe's sources, leave out what is in `excluded` and set the held-out pairs aside.

    Raises OSError, FileNotFoundError for a source without a file in the folder.
    """
    sources: dict[str, tuple[Pair, ...]] = {}
    held_out: tuple[Pair, ...] = ()
    for source in recipe.sources:
        read = (pair for path in _files(folder, source) for pair in read_pairs(path))
        pairs = [pair for pair in read if _key(pair.source) not in excluded]
        if recipe.backward:
            pairs = turned(pairs)
        if source.name == recipe.held_out.source:
            random.Random(f"held out {recipe.held_out.seed}").shuffle(pairs)
            held_out, pairs = tuple(pairs[: recipe.held_out.pairs]), pairs[recipe.held_out.pairs :]
        sources[source.name] = tuple(pairs)
    return Corpus(sources, held_out, lexicon)


def turned(pairs: Iterable[Pair]) -> list[Pair]:
    """The same from target to source."""
    return [Pair(pair.target, pair.source) for pair in pairs]


def order(corpus: Corpus, recipe: Recipe, number: int) -> list[Pair]:
    """The pairs of pass `number` in the order they are trained on, some of the sources made worse.

    The same recipe, corpus and number always give the same list.
    """
    placed: list[tuple[float, Pair]] = []
    for source in recipe.sources:
        rng = random.Random(f"{recipe.seed} {number} {source.name}")
        hinter = random.Random(f"{recipe.seed} {number} {source.name} hints")  # its own: no lexicon changes the order
        for done, pair in _taken(corpus.sources[source.name], source.share, rng):
            place = source.after + (source.by - source.after) * done
            text = pair.source
            if rng.random() < recipe.batch.noise:
                text = worsen(text, rng)
            if hinter.random() < recipe.hints.share:
                text = hinted(text, pair.target, corpus.lexicon, recipe.hints, hinter)
            placed.append((place, Pair(text, pair.target)))
    placed.sort(key=lambda item: item[0])
    return [pair for _, pair in placed]


def with_hints(pair: Pair, lexicon: Lexicon) -> Pair:
    """The pair with all that the lexicon proposes for it, as in use."""
    return Pair(pair.source + line(lexicon.hints(pair.source)), pair.target)


def _taken(pairs: Sequence[Pair], share: float, rng: random.Random) -> Iterator[tuple[float, Pair]]:
    """Each pair as often as the share says, and how much of the source's part of the pass is over by then, 0 to 1."""
    again = list(pairs)
    times = ceil(share)
    for time in range(times):
        rng.shuffle(again)
        for pair in again[: round(len(again) * min(1.0, share - time))]:
            yield (time + rng.random()) / max(1.0, share), pair


def _files(folder: Path, source: Source) -> list[Path]:
    """What holds a source: in the corpus folder, or written for the project and beside this module."""
    if found := sorted(folder.glob(source.file)) or sorted(HERE.glob(source.file)):
        return found
    raise FileNotFoundError(f"{folder / source.file}: no such file; the recipe names it")


def _key(italian: str) -> str:
    return " ".join(italian.split()).casefold()


def _text(path: Path) -> str:
    if path.suffix != ".zst":
        return path.read_text(encoding="utf-8")
    import zstandard

    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
        return stream.read().decode("utf-8")
