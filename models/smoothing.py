"""Scale moved from activations into weights, where rounding both to int8 then costs least.

A row of activations is rounded by its largest value, and some channels of Gemma's activations are a hundred times the
others. Each channel is divided by a factor and the weights that read it are multiplied by it; the division goes into
what made the channel: the gain of the norm before, the value projection, or the up projection. In exact arithmetic
nothing changes. The idea is SmoothQuant's (Xiao et al. 2023, arXiv 2211.10438), whose factors weigh the largest
activation of a channel against its largest weight; `best` looks for those that make the expected error least.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.building import SMOOTHING
from models.errors import BuildFailed

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Array = NDArray[np.float32]
    Weight = Callable[[str], Array]

ROUNDS, PACE = 60, 0.5  # of the search for factors; further rounds gain less than a hundredth
LEAST = 0.05  # what each channel weighs at least in a round, as a share of the mean: none may run away


@dataclass(frozen=True, slots=True)
class Junction:
    """A place where activations meet weights.

    Attributes:
        name: of the activation.
        makers: what makes the channels, and is divided: norm gains, or rows of a projection.
        readers: the matrices whose columns are multiplied.

    """

    name: str
    makers: tuple[str, ...]
    readers: tuple[str, ...]


JUNCTIONS = (
    Junction("attn_norm", ("attn_norm",), ("attn_q", "attn_k", "attn_v")),
    Junction("attn_values", ("attn_v",), ("attn_output",)),
    Junction("ffn_norm", ("ffn_norm",), ("ffn_gate", "ffn_up")),
    Junction("ffn_inner", ("ffn_up",), ("ffn_down",)),
    Junction("output_norm", ("output_norm",), ("output",)),
)


def read(folder: Path) -> dict[str, Array]:
    """The factors of an adapter's channels by `blk.N.NAME` or `NAME` of a junction; none where it has no such file.

    Raises:
        BuildFailed: the file cannot be read.

    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    path = folder / SMOOTHING
    if not path.exists():
        return {}
    try:
        return {name: values.astype(np.float32) for name, values in load_file(path).items()}
    except (OSError, SafetensorError) as error:
        raise BuildFailed(f"{path} cannot be read: {error}") from error


def smoothed(weight: Weight, factors: Mapping[str, Array]) -> Weight:
    """The same model with the scale of its activations moved into its weights.

    Args:
        weight: gives a tensor by its GGUF name, the output layer as `output.weight`.
        factors: as `read` gives them; heads that share a value share its factor.

    """

    def adapted(name: str) -> Array:
        block, _, part = name.removesuffix(".weight").rpartition(".")
        tensor = weight(name)
        for junction in JUNCTIONS:
            factor = factors.get(f"{block}.{junction.name}".lstrip("."))
            if factor is None:
                continue
            if part in junction.makers:
                tensor = tensor / (factor if tensor.ndim == 1 else factor[:, None])
            if part in junction.readers:
                tensor = tensor * np.tile(factor, tensor.shape[1] // len(factor))
        return tensor

    return adapted


def best(activations: Array, weights: Array) -> Array:
    """The factors that make the error of rounding least, of geometric mean 1.

    The error that comes of rounding activations grows with the mean square of the largest of a row and with the sum
    of all weights' squares; the error that comes of rounding weights likewise, the other way round. At the least error
    each channel has the same share in what makes both grow as in what makes them shrink, which is what is sought.

    Args:
        activations: shape (rows, channels), from texts of the kind that the model will read.
        weights: shape (out, channels).

    """
    values, readers = np.abs(activations), np.abs(weights)
    squares, energy = (values**2).mean(axis=0), (readers**2).sum(axis=0)
    factor = np.sqrt(np.maximum(values.max(axis=0), 1e-5)) / np.maximum(energy, 1e-12) ** 0.25
    found, least = factor, np.inf
    for turn in range(ROUNDS):
        tops, rough = _largest(values / factor) / len(values), energy * factor**2
        spread, steps = squares / factor**2, _largest(readers * factor)
        of_values, of_weights = tops.sum() * rough.sum(), spread.sum() * steps.sum()
        if of_values + of_weights < least:
            found, least = factor, of_values + of_weights
        raising = tops * rough.sum() + spread * steps.sum()
        lowering = rough * tops.sum() + steps * spread.sum()
        floor = LEAST * (of_values + of_weights) / len(factor)
        factor = factor * ((raising + floor) / (lowering + floor)) ** (PACE / 2 / (1 + turn / 30))
    return np.asarray(found / np.exp(np.log(found).mean()), np.float32)


def _largest(rows: Array) -> NDArray[np.float64]:
    """For each column, the squares of the rows' largest values that stand in it, summed."""
    columns = rows.argmax(axis=1)
    tops = rows[np.arange(len(rows)), columns] ** 2
    return np.asarray(np.bincount(columns, tops, minlength=rows.shape[1]), np.float64)
