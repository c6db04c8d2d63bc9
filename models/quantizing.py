"""Int8 that costs next to nothing: a scale for every 32 weights of a row, as in GGUF's Q8_0.

ONNX Runtime multiplies such blocks as they are (`MatMulNBits`) and rounds activations in blocks of 32 too, so that the
few channels of Gemma's activations that are a hundred times the others spoil only their own block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 32  # weights that share a scale
ZERO = 128  # the byte that stands for no weight


def quantized(matrix: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Bytes of shape (out, in / BLOCK, BLOCK) and scales of shape (out, in / BLOCK) for a matrix (out, in).

    The largest weight of a block, whatever its sign, becomes byte 0: the side that has one value more.
    """
    blocks = matrix.reshape(len(matrix), -1, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=-1)[..., None], axis=-1)
    scales = np.asarray(largest / -ZERO, np.float32)
    steps = np.divide(blocks, scales, out=np.zeros_like(blocks), where=scales != 0)
    return (np.clip(np.rint(steps), -ZERO, ZERO - 1) + ZERO).astype(np.uint8), scales[..., 0]


def dequantized(values: NDArray[np.uint8], scales: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows of a matrix, from bytes (rows, in / BLOCK, BLOCK) and scales (rows, in / BLOCK)."""
    weights = (values.astype(np.float32) - ZERO) * scales[..., None]
    return weights.reshape(len(values), -1)
