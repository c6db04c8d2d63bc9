"""What a run trains on, in tokens: straight from a corpus, or as it was packed for another machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

import numpy as np

from models.training import corpus
from models.training.batching import Encoded, PairEncoder, Vocabulary
from models.training.corpus import Pair
from models.training.recipe import Recipe

HELD_OUT = "held_out"


class Passes(Protocol):
    """The pairs of a run.

    Attributes:
        shared: tokens that every prompt begins with.
        vocabulary: the tokens that targets are made of.
        watched: pairs by name whose loss is looked at and that are never trained on; `HELD_OUT` among them.

    """

    @property
    def shared(self) -> Sequence[int]:
        """See above."""

    @property
    def vocabulary(self) -> Vocabulary:
        """See above."""

    @property
    def watched(self) -> Mapping[str, Sequence[Encoded]]:
        """See above."""

    def pairs(self, number: int, first: int = 0) -> Iterable[Encoded | None]:
        """Those of pass `number` from the given one on; None stands for one that is too long."""


class CorpusPasses:
    """Passes over a corpus as a recipe orders them: put into tokens as they are asked for."""

    def __init__(
        self,
        pairs: corpus.Corpus,
        recipe: Recipe,
        encode: PairEncoder,
        watched: Mapping[str, Sequence[Pair]] | None = None,
    ) -> None:
        """Take also other pairs to watch, by name; where the recipe has hints they get all of them, as in use."""
        self._corpus, self._recipe, self._encode = pairs, recipe, encode
        self.shared: Sequence[int] = encode.shared
        sets = {HELD_OUT: pairs.held_out} | dict(watched or {})
        if recipe.hints.share:
            asked = {f"{HELD_OUT}_hinted": pairs.held_out} | dict(watched or {})
            sets |= {name: [corpus.with_hints(pair, pairs.lexicon) for pair in some] for name, some in asked.items()}
        everything = chain(*pairs.sources.values(), *sets.values())
        targets = encode.targets(pair.target for pair in everything)
        self.vocabulary = Vocabulary(np.fromiter(chain.from_iterable(targets), np.int64))
        self.watched: Mapping[str, Sequence[Encoded]] = {
            name: [encoded for pair in some if (encoded := encode(pair))] for name, some in sets.items()
        }

    def pairs(self, number: int, first: int = 0) -> Iterable[Encoded | None]:
        """See `Passes`."""
        return map(self._encode, corpus.order(self._corpus, self._recipe, number)[first:])


@dataclass(frozen=True)
class PackedPasses:
    """One pass, whose pairs are in tokens already; it begins anew when it is over."""

    shared: Sequence[int]
    watched: Mapping[str, Sequence[Encoded]]
    trained: Sequence[Encoded]

    @property
    def vocabulary(self) -> Vocabulary:
        """See `Passes`."""
        everything = chain(self.trained, *self.watched.values())
        return Vocabulary(np.concatenate([pair.target for pair in everything]))

    def pairs(self, number: int, first: int = 0) -> Iterable[Encoded | None]:
        """See `Passes`."""
        return self.trained[first:]
