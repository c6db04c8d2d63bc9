"""A forward pass of Gemma 3 in numpy, slow and plain: what the converted model has to compute."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.converting import GLOBAL_EVERY, LOCAL_ROTARY_BASE
from models.quantizing import dequantized

Array = NDArray[np.float32]
EPSILON = 1e-6


class Reference:
    """The network over one sequence."""

    def __init__(self, header: Mapping[str, Any], weight: Callable[[str], Array]) -> None:
        self.heads: int = header["gemma3.attention.head_count"]
        self.width: int = header["gemma3.attention.key_length"]
        self.layers: int = header["gemma3.block_count"]
        self.base: float = header["gemma3.rope.freq_base"]
        self.window: int = header["gemma3.attention.sliding_window"]
        self._weight = weight

    def log_probabilities(self, ids: Sequence[int]) -> Array:
        """Of every token after each of the sequence, shape (tokens, vocabulary)."""
        logits = self._hidden(ids) @ self._tensor("token_embd").T
        logits = logits - logits.max(axis=1, keepdims=True)
        return np.asarray(logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)))

    def _hidden(self, ids: Sequence[int]) -> Array:
        embedding = self._tensor("token_embd")
        hidden: Array = embedding[list(ids)] * np.float32(np.sqrt(embedding.shape[1]))
        for layer in range(self.layers):
            block = f"blk.{layer}"
            attended = self._attention(layer, self._norm(block, "attn_norm", hidden))
            hidden = hidden + self._norm(block, "post_attention_norm", attended)
            inner = self._norm(block, "ffn_norm", hidden)
            gated = gelu(inner @ self._tensor(f"{block}.ffn_gate").T) * (inner @ self._tensor(f"{block}.ffn_up").T)
            hidden = hidden + self._norm(block, "post_ffw_norm", gated @ self._tensor(f"{block}.ffn_down").T)
        return scaled(hidden, self._tensor("output_norm"))

    def _attention(self, layer: int, rows: Array) -> Array:
        block, count = f"blk.{layer}", len(rows)
        everything = (layer + 1) % GLOBAL_EVERY == 0
        turn = rotation(count, self.width, self.base if everything else LOCAL_ROTARY_BASE)
        query = (rows @ self._tensor(f"{block}.attn_q").T).reshape(count, self.heads, self.width)
        key = (rows @ self._tensor(f"{block}.attn_k").T).reshape(count, 1, self.width)
        value = rows @ self._tensor(f"{block}.attn_v").T
        query = turned(self._norm(block, "attn_q_norm", query), turn)
        key = turned(self._norm(block, "attn_k_norm", key), turn)[:, 0]
        scores = np.einsum("qhd,kd->hqk", query, key) / np.sqrt(self.width)
        seen = np.tri(count, dtype=bool)
        if not everything:
            seen &= ~np.tri(count, k=-self.window, dtype=bool)
        scores = np.where(seen, scores, -np.inf)
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed = np.einsum("hqk,kd->qhd", scores, value).reshape(count, -1)
        return np.asarray(mixed @ self._tensor(f"{block}.attn_output").T, np.float32)

    def _norm(self, block: str, name: str, rows: Array) -> Array:
        return scaled(rows, self._tensor(f"{block}.{name}"))

    def _tensor(self, name: str) -> Array:
        return self._weight(f"{name}.weight")


def restored_rows(values: NDArray[np.uint8], scales: Array) -> Array:
    """A matrix as `models.quantizing.rounded` left it: a row is one block."""
    return dequantized(values[:, None], scales[:, None])


def scaled(rows: Array, gain: Array) -> Array:
    """RMSNorm."""
    return np.asarray(rows / np.sqrt(np.mean(rows**2, axis=-1, keepdims=True) + np.float32(EPSILON)) * gain)


def gelu(rows: Array) -> Array:
    """The tanh form of GELU."""
    return np.asarray(0.5 * rows * (1 + np.tanh(np.float32(np.sqrt(2 / np.pi)) * (rows + 0.044715 * rows**3))))


def rotation(count: int, width: int, base: float) -> tuple[Array, Array]:
    """Cosine and sine of the rotary embedding, shape (count, 1, width); the two halves of a head turn together."""
    half = np.arange(count)[:, None] / base ** (np.arange(0, width, 2) / width)
    angles = np.concatenate([half, half], axis=1)[:, None]
    return np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)


def turned(rows: Array, turn: tuple[Array, Array]) -> Array:
    """Rows of shape (count, heads, width), rotated by their place."""
    left, right = np.split(rows, 2, axis=-1)
    return np.asarray(rows * turn[0] + np.concatenate([-right, left], axis=-1) * turn[1], np.float32)
