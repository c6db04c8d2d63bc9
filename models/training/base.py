"""The base model for training: the product's weights and tokenizer as torch takes them.

Only the kept rows of the embedding are read and the tokens are numbered as in the built model, so a sentence is cut
in training exactly as it will be in use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import tokenizers
import torch
from torch import Tensor

from models.building import MODULES
from models.converting import GLOBAL_EVERY, LOCAL_ROTARY_BASE
from models.weights import dequantized

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from models.catalog import Entry

EMBEDDING = "token_embd.weight"
KEYS = (
    "block_count",
    "attention.head_count",
    "attention.head_count_kv",
    "attention.key_length",
    "attention.layer_norm_rms_epsilon",
    "rope.freq_base",
)
GAINS = {
    "attn_norm": "input_layernorm",
    "post_attention_norm": "post_attention_layernorm",
    "ffn_norm": "pre_feedforward_layernorm",
    "post_ffw_norm": "post_feedforward_layernorm",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
}


@dataclass(frozen=True)
class Base:
    """A frozen Gemma 3 text model.

    Attributes:
        tensors: matrices (out, in) and norm gains (the 1 already added) by names like `layers.0.mlp.up_proj`, beside
            them `embedding` (kept tokens, d) and `norm`.
        heads: query heads; there is one head of keys and values, and each is `width` wide.
        epsilon: added to the mean square in norms.
        score_scale: factor of a query's product with a key.
        thetas: rotary base of each layer.

    """

    tensors: dict[str, Tensor]
    heads: int
    width: int
    epsilon: float
    score_scale: float
    thetas: tuple[float, ...]


@dataclass(frozen=True)
class Packed:
    """The same as the weights' packages hold it: small enough to be sent to another machine.

    Attributes:
        blocks: rows of quantization blocks by the names of `Base.tensors`.
        kinds: how each is quantized, as a number of GGML.
        header: those of the GGUF file's keys that say what the model looks like.
        tokenizer: as the library `tokenizers` reads it.

    """

    blocks: dict[str, NDArray[np.uint8]]
    kinds: dict[str, int]
    header: dict[str, Any]
    tokenizer: str


def read(entry: Entry) -> tuple[Packed, tokenizers.Tokenizer]:
    """The weights and the tokenizer that the entry's built model would have.

    Raises:
        WeightsMissing, WeightsAltered, BuildFailed.

    """
    from models.vocabulary import base_vocabulary, read_kept, tokenizer_json
    from models.weights import read_base

    base = read_base(entry.weights)
    vocabulary = base_vocabulary(base)
    kept = read_kept(entry.adapter, len(vocabulary.tokens))
    names = {"norm": "output_norm.weight"}
    for layer in range(base.metadata["gemma3.block_count"]):
        names |= {f"layers.{layer}.{name}": f"blk.{layer}.{part}.weight" for part, name in (MODULES | GAINS).items()}
    blocks = {name: base.blocks(part) for name, part in names.items()}
    kinds = {name: base.tensors[part].kind for name, part in names.items()}
    blocks["embedding"] = base.blocks(EMBEDDING)[kept]
    kinds["embedding"] = base.tensors[EMBEDDING].kind
    text = tokenizer_json(vocabulary, kept)
    packed = Packed(blocks, kinds, {key: base.metadata[f"gemma3.{key}"] for key in KEYS}, text)
    return packed, tokenizers.Tokenizer.from_str(text)


def unpack(packed: Packed, device: torch.device) -> Base:
    """The model on a device: in float32, but for what a GPU computes with in bfloat16 and never trains."""
    header = packed.header
    if header["attention.head_count_kv"] != 1:
        raise ValueError("only one head of keys and values is supported")
    kind = torch.float32 if device.type == "cpu" else torch.bfloat16
    tensors = {}
    for name, blocks in packed.blocks.items():
        tensor = torch.tensor(dequantized(blocks, packed.kinds[name])).to(device)
        if "norm" in name:
            tensor = tensor.flatten()
        # A matrix gets its adapter added in float32 before it is rounded.
        tensors[name] = tensor if name.endswith("_proj") else tensor.to(kind)
    width = header["attention.key_length"]
    everywhere = header["rope.freq_base"]
    return Base(
        tensors=tensors,
        heads=header["attention.head_count"],
        width=width,
        epsilon=header["attention.layer_norm_rms_epsilon"],
        score_scale=width**-0.5,
        thetas=tuple(LOCAL_ROTARY_BASE if (i + 1) % GLOBAL_EVERY else everywhere for i in range(header["block_count"])),
    )


def decoder(packed: Packed) -> Callable[[Sequence[Sequence[int]]], Sequence[str]]:
    """What makes texts of translations in tokens."""
    tokenizer = tokenizers.Tokenizer.from_str(packed.tokenizer)
    return lambda translations: tokenizer.decode_batch(translations, skip_special_tokens=False)
