"""A MarianMT checkpoint → a CTranslate2 model, without torch or transformers.

The layout is that of CTranslate2's own converter for MarianMT (`MarianMTLoader`) but for one thing. Decoding starts
from `<pad>`, the last token. Its embedding is zero in published models, and CTranslate2's converter drops it and starts
from zero; but fine-tuning a model in transformers moves it, since the output layer shares it. So it is kept here, and
only barred from being said.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from models.checkpoint import EOS, PAD, UNKNOWN, WEIGHTS
from models.errors import WrongModel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctranslate2.specs import TransformerSpec
    from numpy.typing import NDArray

    from models.checkpoint import Checkpoint

    Tensors = Mapping[str, NDArray[np.float32]]

# The one matrix that source, target and output share; a file keeps it under one of these names at least.
SHARED = (
    "model.shared.weight",
    "model.encoder.embed_tokens.weight",
    "model.decoder.embed_tokens.weight",
    "lm_head.weight",
)
OUTPUT_BIAS = "final_logits_bias"
NEVER = np.float32(-65504)  # the least number that half precision has


def read_tensors(checkpoint: Checkpoint) -> dict[str, NDArray[np.float32]]:
    """All tensors by name, float32, the shared matrix under the first name of `SHARED`.

    Raises:
        WrongModel: the file is torn or keeps numbers in a way numpy does not know.
        WeightsAltered: it has changed since it was fetched.

    """
    from safetensors.numpy import load_file

    path = checkpoint.folder / WEIGHTS
    checkpoint.require_whole(WEIGHTS)
    try:
        tensors = {name: value.astype(np.float32) for name, value in load_file(path).items()}
    except Exception as error:  # the library's own errors have no common root
        raise WrongModel(f"{path} cannot be read: {error}") from error
    found = next((tensors[name] for name in SHARED if name in tensors), None)
    if found is None or found.shape != (len(checkpoint.tokens), checkpoint.config["d_model"]):
        raise WrongModel(f"{path} has no embedding of the size that config.json says")
    return {**tensors, SHARED[0]: found}


def specification(checkpoint: Checkpoint) -> TransformerSpec:
    """The CTranslate2 specification of a checkpoint.

    Raises:
        WrongModel: a tensor is missing, or the model has a part that CTranslate2 lacks.

    """
    tensors = read_tensors(checkpoint)
    try:
        return _filled(checkpoint, tensors)
    except KeyError as error:
        raise WrongModel(f"{checkpoint.folder / WEIGHTS} lacks the tensor {error}") from error


def _filled(checkpoint: Checkpoint, tensors: Tensors) -> TransformerSpec:
    embedding = tensors[SHARED[0]]
    spec = _empty(checkpoint)
    for side, part in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        part.scale_embeddings = math.sqrt(embedding.shape[1]) if checkpoint.config.get("scale_embedding") else 1.0
        positions = tensors.get(f"model.{side}.embed_positions.weight")
        part.position_encodings.encodings = _sinusoids(checkpoint) if positions is None else positions
        for index, layer in enumerate(part.layer):
            _fill_layer(layer, tensors, f"model.{side}.layers.{index}")
    spec.encoder.embeddings[0].weight = embedding
    spec.decoder.embeddings.weight = embedding
    spec.decoder.start_from_zero_embedding = False
    spec.decoder.projection.weight = tensors.get("lm_head.weight", embedding)
    bias = tensors[OUTPUT_BIAS].reshape(-1).copy()
    bias[-1] = NEVER
    spec.decoder.projection.bias = bias
    for register in (spec.register_source_vocabulary, spec.register_target_vocabulary):
        register(list(checkpoint.tokens))
    spec.config.eos_token = EOS
    spec.config.decoder_start_token = PAD
    spec.config.unk_token = UNKNOWN
    return spec


def _empty(checkpoint: Checkpoint) -> TransformerSpec:
    from ctranslate2.specs import Activation, TransformerSpec

    activations = {
        "relu": Activation.RELU,
        "gelu": Activation.GELU,
        "silu": Activation.SWISH,
        "swish": Activation.SWISH,
    }
    config = checkpoint.config
    function = config.get("activation_function", "gelu")
    if function not in activations:
        raise WrongModel(f"{checkpoint.folder} uses the activation {function!r}, which CTranslate2 lacks")
    return TransformerSpec.from_config(
        (config["encoder_layers"], config["decoder_layers"]),
        config["encoder_attention_heads"],
        pre_norm=False,
        activation=activations[function],
    )


def _sinusoids(checkpoint: Checkpoint) -> NDArray[np.float32]:
    """Positions as Marian has them: sines in the first half of a vector, cosines in the second."""
    width = checkpoint.config["d_model"]
    rates = 10_000.0 ** (-2 * np.arange(math.ceil(width / 2)) / width)
    angles = np.arange(checkpoint.positions)[:, None] * rates[None, :]
    return np.concatenate([np.sin(angles), np.cos(angles)[:, : width // 2]], axis=1).astype(np.float32)


def _fill_layer(layer: Any, tensors: Tensors, name: str) -> None:  # noqa: ANN401 - CTranslate2 has no type for it
    own, parts = layer.self_attention, f"{name}.self_attn"
    _fill(own.linear[0], tensors, *(f"{parts}.{p}_proj" for p in "qkv"))
    _fill(own.linear[1], tensors, f"{parts}.out_proj")
    _fill_norm(own.layer_norm, tensors, f"{parts}_layer_norm")
    if hasattr(layer, "attention"):
        across, parts = layer.attention, f"{name}.encoder_attn"
        _fill(across.linear[0], tensors, f"{parts}.q_proj")
        _fill(across.linear[1], tensors, f"{parts}.k_proj", f"{parts}.v_proj")
        _fill(across.linear[2], tensors, f"{parts}.out_proj")
        _fill_norm(across.layer_norm, tensors, f"{parts}_layer_norm")
    _fill(layer.ffn.linear_0, tensors, f"{name}.fc1")
    _fill(layer.ffn.linear_1, tensors, f"{name}.fc2")
    _fill_norm(layer.ffn.layer_norm, tensors, f"{name}.final_layer_norm")


def _fill(linear: Any, tensors: Tensors, *names: str) -> None:  # noqa: ANN401
    linear.weight = np.concatenate([tensors[f"{name}.weight"] for name in names])
    linear.bias = np.concatenate([tensors[f"{name}.bias"] for name in names])


def _fill_norm(norm: Any, tensors: Tensors, name: str) -> None:  # noqa: ANN401
    norm.gamma, norm.beta = tensors[f"{name}.weight"], tensors[f"{name}.bias"]
