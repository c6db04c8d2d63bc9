"""Merged Gemma 3 weights → a CTranslate2 model, without torch or transformers.

The layout is that of CTranslate2's own converter for Gemma 3 (`Gemma3Loader`); a test compares the two where
transformers is installed. GGUF stores the gain of a norm as 1 + w, which CTranslate2 takes as it is.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ctranslate2.specs import TransformerDecoderModelSpec
    from numpy.typing import NDArray

    Weight = Callable[[str], NDArray[np.float32]]

LOCAL_ROTARY_BASE = 10_000.0
GLOBAL_EVERY = 6  # every sixth layer looks at everything, the others at a sliding window


def specification(header: Mapping[str, Any], weight: Weight, tokens: Sequence[str]) -> TransformerDecoderModelSpec:
    """The CTranslate2 specification of the model.

    Args:
        header: the GGUF metadata, for the shape of the network.
        weight: gives a tensor by its GGUF name, float32.
        tokens: the vocabulary, in the order of the embedding's rows.

    """
    spec = _empty(header)
    decoder = spec.decoder
    decoder.scale_embeddings = True
    decoder.start_from_zero_embedding = False
    decoder.embeddings.weight = weight("token_embd.weight")
    decoder.projection.weight = decoder.embeddings.weight  # tied
    decoder.layer_norm.gamma = weight("output_norm.weight")
    for index, layer in enumerate(decoder.layer):
        _fill_layer(layer, partial(_of_layer, weight, index))
        _set_reach(layer, header, everything=(index + 1) % GLOBAL_EVERY == 0)
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<bos>", "<eos>", "<unk>"
    spec.register_vocabulary(tokens)
    return spec


def _empty(header: Mapping[str, Any]) -> TransformerDecoderModelSpec:
    from ctranslate2.specs import Activation, TransformerDecoderModelSpec
    from ctranslate2.specs.common_spec import Quantization

    heads, heads_kv = header["gemma3.attention.head_count"], header["gemma3.attention.head_count_kv"]
    width = header["gemma3.attention.key_length"]
    return TransformerDecoderModelSpec.from_config(
        header["gemma3.block_count"],
        heads,
        activation=Activation.GELUTanh,
        pre_norm=True,
        ffn_glu=True,
        rms_norm=True,
        rotary_dim=width,
        rotary_interleave=False,
        rotary_base=LOCAL_ROTARY_BASE,
        num_heads_kv=None if heads_kv == heads else heads_kv,
        head_dim=width,
        sliding_window=header["gemma3.attention.sliding_window"],
        pre_post_layer_norm=True,
        quant_type=Quantization.CT2,
        qk_norm=True,
    )


def _of_layer(weight: Weight, index: int, name: str) -> NDArray[np.float32]:
    return weight(f"blk.{index}.{name}.weight")


def _fill_layer(layer: Any, weight: Weight) -> None:  # noqa: ANN401 - CTranslate2 has no type for it
    layer.input_layer_norm.gamma = weight("attn_norm")
    layer.post_attention_layer_norm.gamma = weight("post_attention_norm")
    layer.pre_feedforward_layer_norm.gamma = weight("ffn_norm")
    layer.post_feedforward_layer_norm.gamma = weight("post_ffw_norm")
    layer.self_attention.q_norm.gamma = weight("attn_q_norm")
    layer.self_attention.k_norm.gamma = weight("attn_k_norm")
    fused = [weight("attn_q"), weight("attn_k"), weight("attn_v")]
    layer.self_attention.linear[0].weight = np.concatenate(fused)
    layer.self_attention.linear[1].weight = weight("attn_output")
    layer.ffn.linear_0.weight = weight("ffn_gate")
    layer.ffn.linear_0_noact.weight = weight("ffn_up")
    layer.ffn.linear_1.weight = weight("ffn_down")


def _set_reach(layer: Any, header: Mapping[str, Any], *, everything: bool) -> None:  # noqa: ANN401
    attention = layer.self_attention
    base = header["gemma3.rope.freq_base"] if everything else LOCAL_ROTARY_BASE
    attention.rotary_base = np.float32(base)
    attention.sliding_window = np.int32(0 if everything else header["gemma3.attention.sliding_window"])
