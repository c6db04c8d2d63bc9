"""Batches of one shape for a GPU: whole sequences, and padding where there are fewer rows than the shape has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import torch

from models.training.attention import Grid
from models.training.batching import Encoded, Vocabulary, as_tensor, runs, worth
from models.training.gemma import Batch

if TYPE_CHECKING:
    from numpy.typing import NDArray

Number = TypeVar("Number", np.int64, np.float32)


def apart(pairs: Sequence[Encoded], shared: Sequence[int]) -> list[Encoded]:
    """Pairs that have the shared beginning each of their own."""
    return [replace(pair, prompt=np.concatenate((shared, pair.prompt))) for pair in pairs]


@dataclass(frozen=True)
class Shape:
    """Rows, target tokens, sequences of a batch, and rows of its longest sequence."""

    rows: int
    targets: int
    sequences: int
    longest: int

    @classmethod
    def of(cls, pairs: Sequence[Encoded]) -> Shape:
        """That of some pairs which share nothing."""
        rows = [pair.rows for pair in pairs]
        return cls(sum(rows), sum(len(pair.target) for pair in pairs), len(pairs), max(rows))

    def within(self, other: Shape) -> bool:
        """Whether a batch of this shape can be padded to another."""
        return all(mine <= its for mine, its in zip(astuple(self), astuple(other), strict=True))

    def larger(self, room: float, other: Shape) -> Shape:
        """So many times this shape, and no smaller than another."""
        return Shape(*(max(round(room * mine), its) for mine, its in zip(astuple(self), astuple(other), strict=True)))


def build_padded(pairs: Sequence[Encoded], vocabulary: Vocabulary, shape: Shape, device: torch.device) -> Batch:
    """The batch of some pairs that share nothing, padded to a shape.

    Rows too many stand in a sequence of their own, the last; targets too many are -1.
    """
    lengths = np.array([pair.rows for pair in pairs])
    start = np.arange(len(pairs)) * shape.longest
    tokens = np.concatenate([part for pair in pairs for part in pair.read])
    sizes = np.array([len(pair.target) for pair in pairs])
    targets = vocabulary.index(np.concatenate([pair.target for pair in pairs]))
    weights, drawn = (torch.from_numpy(_filled(some, shape.targets, 0)).to(device) for some in worth(pairs))
    outside = shape.sequences * shape.longest
    grid = Grid(
        as_tensor(_filled(runs(start, lengths), shape.rows, outside), device), (shape.sequences + 1, shape.longest)
    )
    return Batch(
        tokens=as_tensor(_filled(tokens, shape.rows, 0), device),
        lengths=(),
        positions=as_tensor(_filled(runs(np.zeros_like(lengths), lengths), shape.rows, 0), device),
        predict=as_tensor(_filled(runs(np.cumsum(lengths) - sizes, sizes), shape.targets, 0), device),
        targets=as_tensor(_filled(targets, shape.targets, -1), device),
        weights=weights,
        drawn=drawn,
        grid=grid,
    )


def _filled(values: NDArray[Number], size: int, value: int) -> NDArray[Number]:
    filled = np.full(size, value, values.dtype)
    filled[: len(values)] = values
    return filled
