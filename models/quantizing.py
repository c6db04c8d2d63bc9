"""Int8: matrices with a scale for every row, embeddings with one for every 32 weights of a row, as in GGUF's Q8_0.

ONNX Runtime multiplies bytes by bytes more than twice as fast as blocks with scales of their own, and a sum of bytes is
exact, so that a row comes out the same in any company. What makes one scale for a whole row enough is
`models.smoothing`. Embeddings are only looked up, and are as exact as the base has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 32  # weights of an embedding that share a scale
ZERO = 128  # the byte that stands for zero
STEPS = 127  # to the largest value of a row


def rounded(matrix: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Bytes of the shape of a matrix (out, in), and a scale for each row: (byte - ZERO) times that is a weight."""
    scales = np.asarray(np.abs(matrix).max(axis=1) / STEPS, np.float32)
    steps = np.divide(matrix, scales[:, None], out=np.zeros_like(matrix), where=scales[:, None] != 0)
    return (np.rint(steps) + ZERO).astype(np.uint8), scales


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
