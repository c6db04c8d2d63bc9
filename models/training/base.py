"""The base model for training: the product's weights and tokenizer as torch takes them.

Only the kept rows of the embedding are read and the tokens are numbered as in the built model, so a sentence is cut
in training exactly as it will be in use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import tokenizers
import torch
from torch import Tensor

from models.building import MODULES
from models.converting import GLOBAL_EVERY, LOCAL_ROTARY_BASE

if TYPE_CHECKING:
    from models.catalog import Entry

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


def read(entry: Entry, device: torch.device) -> tuple[Base, tokenizers.Tokenizer]:
    """The model and the tokenizer that the entry's built model would have; float32 on a CPU, bfloat16 elsewhere.

    Raises:
        WeightsMissing, WeightsAltered, BuildFailed.

    """
    from models.vocabulary import base_vocabulary, read_kept, tokenizer_json
    from models.weights import read_base

    base = read_base(entry.weights)
    vocabulary = base_vocabulary(base)
    kept = read_kept(entry.adapter, len(vocabulary.tokens))
    header = base.metadata
    if header["gemma3.attention.head_count_kv"] != 1:
        raise ValueError("only one head of keys and values is supported")
    arrays = {"embedding": base.rows("token_embd.weight", kept), "norm": base["output_norm.weight"]}
    layers = range(header["gemma3.block_count"])
    for layer in layers:
        for part, name in (MODULES | GAINS).items():
            arrays[f"layers.{layer}.{name}"] = base[f"blk.{layer}.{part}.weight"]
    kind = torch.float32 if device.type == "cpu" else torch.bfloat16
    tensors = {name: torch.tensor(array).to(device, kind) for name, array in arrays.items()}
    width = header["gemma3.attention.key_length"]
    everywhere = header["gemma3.rope.freq_base"]
    model = Base(
        tensors=tensors,
        heads=header["gemma3.attention.head_count"],
        width=width,
        epsilon=header["gemma3.attention.layer_norm_rms_epsilon"],
        score_scale=width**-0.5,
        thetas=tuple(LOCAL_ROTARY_BASE if (i + 1) % GLOBAL_EVERY else everywhere for i in layers),
    )
    return model, tokenizers.Tokenizer.from_str(tokenizer_json(vocabulary, kept))
