"""Find how large each channel of the model's activations grows: `python -m models.calibrating PAIRS.tsv -o FOLDER`.

A forward pass of Gemma 3 in numpy over Italian<TAB>English pairs in the adapter's own prompt; slow, and
needed only when the adapter changes.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.converting import GLOBAL_EVERY, LOCAL_ROTARY_BASE
from models.quantizing import ACTIVATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.quantizing import Array, Weight


class Network:
    """The layers of Gemma 3, keeping the largest absolute value of every channel at the junctions."""

    def __init__(self, header: Mapping[str, Any], weight: Weight) -> None:
        self.heads: int = header["gemma3.attention.head_count"]
        self.width: int = header["gemma3.attention.key_length"]
        self.layers: int = header["gemma3.block_count"]
        self.base: float = header["gemma3.rope.freq_base"]
        self.epsilon: float = header.get("gemma3.attention.layer_norm_rms_epsilon", 1e-6)
        self.largest: dict[str, Array] = {}
        self._weight = weight
        self._kept: dict[str, Array] = {}

    def run(self, ids: Sequence[int]) -> Array:
        """Hidden states after the last norm, one row a token."""
        embedding = self._tensor("token_embd")
        hidden: Array = embedding[list(ids)] * np.float32(np.sqrt(embedding.shape[1]))
        for layer in range(self.layers):
            block = f"blk.{layer}"
            attended = self._attention(block, self._seen(f"{block}.attn_norm", self._norm(block, "attn_norm", hidden)))
            hidden = hidden + self._norm(block, "post_attention_norm", attended)
            inner = self._seen(f"{block}.ffn_norm", self._norm(block, "ffn_norm", hidden))
            gated = gelu(inner @ self._tensor(f"{block}.ffn_gate").T) * (inner @ self._tensor(f"{block}.ffn_up").T)
            inner = self._seen(f"{block}.ffn_inner", gated) @ self._tensor(f"{block}.ffn_down").T
            hidden = hidden + self._norm(block, "post_ffw_norm", inner)
        return self._seen("output_norm", scaled(hidden, self._tensor("output_norm"), self.epsilon))

    def _attention(self, block: str, rows: Array) -> Array:
        count = len(rows)
        everything = (int(block.removeprefix("blk.")) + 1) % GLOBAL_EVERY == 0
        turn = rotation(count, self.width, self.base if everything else LOCAL_ROTARY_BASE)
        query = (rows @ self._tensor(f"{block}.attn_q").T).reshape(count, self.heads, self.width)
        key = (rows @ self._tensor(f"{block}.attn_k").T).reshape(count, 1, self.width)
        value = rows @ self._tensor(f"{block}.attn_v").T
        query = turned(self._norm(block, "attn_q_norm", query), turn)
        key = turned(self._norm(block, "attn_k_norm", key), turn)[:, 0]
        scores = np.einsum("qhd,kd->hqk", query, key) / np.sqrt(self.width)
        scores = np.where(np.tri(count, dtype=bool), scores, -np.inf)
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed = np.einsum("hqk,kd->qhd", scores, value).astype(np.float32)
        self._seen(f"{block}.attn_values", mixed.reshape(-1, self.width))
        attended: Array = mixed.reshape(count, -1) @ self._tensor(f"{block}.attn_output").T
        return attended

    def _norm(self, block: str, name: str, rows: Array) -> Array:
        return scaled(rows, self._tensor(f"{block}.{name}"), self.epsilon)

    def _tensor(self, name: str) -> Array:
        if name not in self._kept:
            self._kept[name] = self._weight(f"{name}.weight")
        return self._kept[name]

    def _seen(self, name: str, rows: Array) -> Array:
        largest = np.abs(rows).max(axis=0)
        self.largest[name] = np.maximum(self.largest.get(name, largest), largest)
        return rows


def scaled(rows: Array, gain: Array, epsilon: float) -> Array:
    """RMSNorm."""
    normed: Array = rows / np.sqrt(np.mean(rows**2, axis=-1, keepdims=True) + np.float32(epsilon)) * gain
    return normed


def gelu(rows: Array) -> Array:
    """The tanh form of GELU."""
    gated: Array = 0.5 * rows * (1 + np.tanh(np.float32(np.sqrt(2 / np.pi)) * (rows + 0.044715 * rows**3)))
    return gated


def rotation(count: int, width: int, base: float) -> tuple[Array, Array]:
    """Cosine and sine of the rotary embedding, shape (count, 1, width); the two halves of a head turn together."""
    half = np.arange(count)[:, None] / base ** (np.arange(0, width, 2) / width)
    angles = np.concatenate([half, half], axis=1)[:, None]
    cosine: Array = np.cos(angles).astype(np.float32)
    sine: Array = np.sin(angles).astype(np.float32)
    return cosine, sine


def turned(rows: Array, turn: tuple[Array, Array]) -> Array:
    """Rows of shape (count, heads, width), rotated by their place."""
    left, right = np.split(rows, 2, axis=-1)
    return np.asarray(rows * turn[0] + np.concatenate([-right, left], axis=-1) * turn[1], np.float32)


def main() -> None:
    """Run the pairs and write the largest values."""
    from dataclasses import replace

    import tokenizers
    from safetensors.numpy import save_file

    from models.building import merged_weights
    from models.catalog import CATALOG, DEFAULT
    from models.embedded import Prompt
    from models.vocabulary import BOS, tokenizer_json

    parser = argparse.ArgumentParser(description="Find how large each channel of the activations grows.")
    parser.add_argument("pairs", type=Path, help="Italian<TAB>English")
    parser.add_argument("-o", "--out", type=Path, required=True, help="folder of the adapter")
    parser.add_argument("--backward", action="store_true", help="the adapter translates English into Italian")
    arguments = parser.parse_args()
    parts = merged_weights(replace(CATALOG[DEFAULT], adapter=arguments.out))
    tokenizer = tokenizers.Tokenizer.from_str(tokenizer_json(parts.vocabulary, parts.kept))
    prompt = Prompt.read(arguments.out)
    bos = [parts.vocabulary.tokens[i] for i in parts.kept].index(BOS)
    network = Network(parts.header, parts.weight)
    for line in arguments.pairs.read_text(encoding="utf-8").splitlines():
        source, target = line.split("\t")[:: -1 if arguments.backward else 1]
        text = f"{prompt.around(source)} {target}{prompt.stop}"
        network.run([bos, *tokenizer.encode(text, add_special_tokens=False).ids])
    save_file({name: v.astype(np.float16) for name, v in network.largest.items()}, arguments.out / ACTIVATIONS)


if __name__ == "__main__":
    main()
