"""Gemma 3 for training an adapter: sequences that share their first tokens, without padding.

A batch is one matrix of rows: the shared prefix once, then the rest of every sequence. Everything but attention works on rows,
so no product is spent on padding or on the prompt's fixed beginning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from models.training.lora import LoraGroup
from models.training.ops import GatedGelu, PrefixAttention, RmsNorm, Rotary, TiedLoss

GROUPS = (
    ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
    ("self_attn.o_proj",),
    ("mlp.gate_proj", "mlp.up_proj"),
    ("mlp.down_proj",),
)


@dataclass(frozen=True)
class Batch:
    """Rows of some sequences.

    tokens (n,): the shared prefix, then the rest of each sequence; lengths: rows of the prefix and of each rest;
    positions (n,): place in its sequence; predict (m,): the rows that predict a target token; targets (m,): which, as an index
    into the output rows.
    """

    tokens: Tensor
    lengths: tuple[int, ...]
    positions: Tensor
    predict: Tensor
    targets: Tensor


@dataclass(frozen=True)
class Layer:
    """One decoder layer: adapted groups in the order of `GROUPS`, norm gains (one already added), rotary base."""

    groups: tuple[LoraGroup, ...]
    gains: dict[str, Tensor]
    theta: float


class Gemma:
    """The frozen model with an adapter on every linear layer of attention and MLP."""

    def __init__(self, model: Any, rank: int, alpha: float, seed: int = 0) -> None:
        """Take the weights of a transformers Gemma 3 text model; A starts random (from the seed), B at zero."""
        config = model.config
        self.heads: int = config.num_attention_heads
        self.width: int = config.head_dim
        self.eps: float = config.rms_norm_eps
        self.scale: float = config.query_pre_attn_scalar**-0.5
        if config.num_key_value_heads != 1:
            raise ValueError("only one key and value head is supported")
        weights: dict[str, Tensor] = {n: p.detach() for n, p in model.model.named_parameters()}
        self.embedding = weights["embed_tokens.weight"]
        self.embedding_scale = torch.tensor(config.hidden_size**0.5, dtype=self.embedding.dtype).item()
        self.final_gain = weights["norm.weight"] + 1
        generator = torch.Generator().manual_seed(seed)
        self.layers: list[Layer] = []
        for index, kind in enumerate(config.layer_types):
            start = f"layers.{index}."
            groups = tuple(_group(weights, start, names, rank, alpha / rank, generator) for names in GROUPS)
            gains = {
                n.removeprefix(start).removesuffix(".weight"): w + 1
                for n, w in weights.items()
                if n.startswith(start) and "norm" in n
            }
            self.layers.append(Layer(groups, gains, config.rope_parameters[kind]["rope_theta"]))
        self.merge()

    def adapter(self) -> dict[str, Tensor]:
        """The trained tensors by name, ``layers.0.mlp.down_proj.A`` and so on; slices share memory with the model."""
        out: dict[str, Tensor] = {}
        for group in self._groups():
            for index, name in enumerate(group.names):
                out[f"{name}.A"] = group.a.detach()[index * group.rank : (index + 1) * group.rank]
                out[f"{name}.B"] = group.b[index].detach()
        return out

    def load_adapter(self, tensors: dict[str, Tensor]) -> None:
        """Copy tensors as `adapter` names them into the model and merge. Raises KeyError when one is missing."""
        for name, tensor in self.adapter().items():
            tensor.copy_(tensors[name])
        self.merge()

    def parameters(self) -> list[Tensor]:
        """The tensors to be trained."""
        return [p for group in self._groups() for p in (group.a, *group.b)]

    def merge(self) -> None:
        """Bring the merged weights up to date; call after every change of the adapter."""
        for group in self._groups():
            group.merge()

    def _groups(self) -> list[LoraGroup]:
        return [group for layer in self.layers for group in layer.groups]

    def loss(self, batch: Batch, rows: Tensor) -> Tensor:
        """Summed loss of the batch's target tokens under a softmax over the given embedding rows (v, d)."""
        x = self.embedding[batch.tokens] * self.embedding_scale
        tables = {theta: self._table(batch.positions, theta) for theta in {layer.theta for layer in self.layers}}
        for layer in self.layers[:-1]:
            x = x + self._attention(layer, x, batch.lengths, *tables[layer.theta])
            x = x + self._mlp(layer, x)
        # After the last layer's attention only the rows that predict something matter.
        last = self.layers[-1]
        x = x + self._attention(last, x, batch.lengths, *tables[last.theta])
        x = x[batch.predict]
        x = x + self._mlp(last, x)
        out: Tensor = TiedLoss.apply(self._norm(x, self.final_gain), rows, batch.targets)
        return out

    def _norm(self, x: Tensor, gain: Tensor) -> Tensor:
        out: Tensor = RmsNorm.apply(x, gain, self.eps)
        return out

    def _table(self, positions: Tensor, theta: float) -> tuple[Tensor, Tensor]:
        step = torch.arange(0, self.width, 2, device=positions.device, dtype=torch.float32) / self.width
        angle = positions.float().unsqueeze(1) * (1.0 / theta**step)
        return angle.cos().unsqueeze(1).to(self.embedding.dtype), angle.sin().unsqueeze(1).to(self.embedding.dtype)

    def _attention(self, layer: Layer, x: Tensor, lengths: tuple[int, ...], cos: Tensor, sin: Tensor) -> Tensor:
        both = layer.groups[0](self._norm(x, layer.gains["input_layernorm"]))
        inner = self.heads * self.width
        q, k, v = both.split((inner, self.width, self.width), -1)
        q = self._norm(q.reshape(-1, self.heads, self.width), layer.gains["self_attn.q_norm"])
        k = self._norm(k.reshape(-1, 1, self.width), layer.gains["self_attn.k_norm"])
        q, k = Rotary.apply(q, cos, sin), Rotary.apply(k, cos, sin)
        mixed = PrefixAttention.apply(q, k.reshape(-1, self.width), v.contiguous(), lengths, self.scale)
        return self._norm(layer.groups[1](mixed.reshape(-1, inner)), layer.gains["post_attention_layernorm"])

    def _mlp(self, layer: Layer, x: Tensor) -> Tensor:
        both = layer.groups[2](self._norm(x, layer.gains["pre_feedforward_layernorm"]))
        out = layer.groups[3](GatedGelu.apply(both))
        return self._norm(out, layer.gains["post_feedforward_layernorm"])


def _group(
    weights: dict[str, Tensor], start: str, names: Sequence[str], rank: int, scale: float, generator: torch.Generator
) -> LoraGroup:
    parts = [weights[f"{start}{name}.weight"] for name in names]
    weight = torch.cat(parts)
    inside = weight.shape[1]
    a = (torch.rand(len(names) * rank, inside, generator=generator) * 2 - 1) * inside**-0.5
    a = a.to(weight.device).requires_grad_()
    b = tuple(torch.zeros(part.shape[0], rank, device=weight.device, requires_grad=True) for part in parts)
    return LoraGroup(tuple(start + n for n in names), weight, a, b, scale, weight.clone())
