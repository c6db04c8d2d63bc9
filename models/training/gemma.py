"""Gemma 3 for training an adapter: sequences that share their first tokens, without padding.

A batch is one matrix of rows: the shared beginning once, then the rest of every sequence. Everything but attention
works on rows, so no product is spent on padding or on saying the prompt's fixed beginning again. A GPU, which wants
every step to have the same shape, gets whole sequences and a little padding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from models.training.attention import Grid, PrefixAttention, padded_attention
from models.training.base import GAINS, Base
from models.training.lora import LoraGroup, fresh
from models.training.ops import GatedGelu, RmsNorm, Rotary, TiedLoss, apply

if TYPE_CHECKING:
    from models.training.batching import Vocabulary

Attend = Callable[[Tensor, Tensor, Tensor], Tensor]
"""Attention of queries (n, heads, d) over keys and values (n, d)."""
# Layers that read the same input are one group.
GROUPS = (
    ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
    ("self_attn.o_proj",),
    ("mlp.gate_proj", "mlp.up_proj"),
    ("mlp.down_proj",),
)


@dataclass(frozen=True)
class Batch:
    """Rows of some sequences.

    Attributes:
        tokens: (n,) the shared beginning, then the rest of each sequence.
        lengths: rows of the beginning and of each rest.
        positions: (n,) place of a row in its sequence.
        predict: (m,) the rows that predict a target token.
        targets: (m,) which one, as an index into the output rows; below 0 for none.
        weights: (m,) what the loss of each counts; below 0 where it is to become less likely.
        drawn: (m,) its log-probability when it was drawn from the model; infinite where it was not.
        grid: for a GPU, where there is no shared beginning and the rows are those of the sequences.

    """

    tokens: Tensor
    lengths: tuple[int, ...]
    positions: Tensor
    predict: Tensor
    targets: Tensor
    weights: Tensor
    drawn: Tensor
    grid: Grid | None = None


@dataclass(frozen=True)
class Layer:
    """One decoder layer: adapted groups in the order of `GROUPS`, norm gains by name, rotary base."""

    groups: tuple[LoraGroup, ...]
    gains: dict[str, Tensor]
    theta: float


class Gemma:
    """The frozen model with an adapter on every linear layer of attention and MLP."""

    def __init__(self, base: Base, rank: int, alpha: float, seed: int = 0) -> None:
        """Start with an adapter that changes nothing: A random (from the seed), B zero, applied with alpha / rank."""
        generator = torch.Generator().manual_seed(seed)
        self._base = base
        self.embedding = base.tensors["embedding"]
        self._layers = []
        for index, theta in enumerate(base.thetas):
            groups = tuple(
                fresh(
                    {f"layers.{index}.{name}": base.tensors[f"layers.{index}.{name}"] for name in names},
                    rank,
                    alpha,
                    generator,
                    self.embedding.dtype,
                )
                for names in GROUPS
            )
            gains = {name: base.tensors[f"layers.{index}.{name}"] for name in GAINS.values()}
            self._layers.append(Layer(groups, gains, theta))

    def adapter(self) -> dict[str, Tensor]:
        """The trained tensors by names like `layers.0.mlp.down_proj.A`; they share memory with the model."""
        return {name: tensor for group in self._groups() for name, tensor in group.tensors().items()}

    def load_adapter(self, tensors: Mapping[str, Tensor]) -> None:
        """Copy tensors, named as by `adapter`, into the model. Raises KeyError when one is missing."""
        for name, tensor in self.adapter().items():
            tensor.copy_(tensors[name])
        self.merge()

    def parameters(self) -> list[Tensor]:
        """The tensors to be trained."""
        return [parameter for group in self._groups() for parameter in (group.a, *group.b)]

    def merge(self) -> None:
        """Bring the merged weights up to date; call after every change of the adapter."""
        for group in self._groups():
            group.merge()

    def loss(self, batch: Batch, rows: Tensor, smoothing: float = 0.0) -> Tensor:
        """Summed loss of the batch's target tokens under a softmax over these rows of the embedding, (v, d).

        Label smoothing changes the gradient alone.
        """
        attend = self._attend(batch)
        x = self.states(batch.tokens, batch.positions, lambda _: attend, batch.predict)
        return apply(TiedLoss, x, rows, batch.targets, batch.weights, batch.drawn, smoothing)

    def logs(self, batch: Batch, rows: Tensor) -> Tensor:
        """The log-probability (m,) of each target token under a softmax over these rows of the embedding."""
        attend = self._attend(batch)
        x = self.states(batch.tokens, batch.positions, lambda _: attend, batch.predict)
        logits = (x @ rows.t()).float()
        return logits.gather(1, batch.targets.unsqueeze(1)).squeeze(1) - torch.logsumexp(logits, -1)

    def states(
        self, tokens: Tensor, positions: Tensor, attend: Callable[[int], Attend], predict: Tensor | None = None
    ) -> Tensor:
        """What the output layer reads, (n, d) or (m, d), for (n,) tokens at these positions of their sequences.

        Attention is given for each layer by its number; rows that `predict` does not name are left out at the end.
        """
        x = self.embedding[tokens] * self.embedding.shape[1] ** 0.5
        tables = {theta: self._table(positions, theta) for theta in set(self._base.thetas)}
        last = len(self._layers) - 1
        for number, layer in enumerate(self._layers):
            x = x + self._attention(layer, x, attend(number), tables[layer.theta])
            if number == last and predict is not None:  # the other rows have served their purpose
                x = x.index_select(0, predict)
            x = x + self._mlp(layer, x)
        return self._norm(x, self._base.tensors["norm"])

    def rows(self, vocabulary: Vocabulary) -> Tensor:
        """The rows of the embedding, (v, d), that a softmax over a vocabulary runs over."""
        return self.embedding[torch.from_numpy(vocabulary.tokens).to(self.embedding.device)].contiguous()

    @property
    def shape(self) -> tuple[int, int, float]:
        """Layers, width of the one head of keys and values, factor of a query's product with a key."""
        return len(self._layers), self._base.width, self._base.score_scale

    def _groups(self) -> list[LoraGroup]:
        return [group for layer in self._layers for group in layer.groups]

    def _attend(self, batch: Batch) -> Attend:
        scale, grid = self._base.score_scale, batch.grid
        if grid is None:
            return lambda q, k, v: apply(PrefixAttention, q, k, v, batch.lengths, scale)
        return lambda q, k, v: padded_attention(q, k, v, grid, scale)

    def _norm(self, x: Tensor, gain: Tensor) -> Tensor:
        if x.is_cuda:
            return torch.nn.functional.rms_norm(x, gain.shape, gain, self._base.epsilon)
        return apply(RmsNorm, x, gain, self._base.epsilon)

    def _table(self, positions: Tensor, theta: float) -> tuple[Tensor, Tensor]:
        width, kind = self._base.width, self.embedding.dtype
        step = torch.arange(0, width, 2, device=positions.device, dtype=torch.float32) / width
        angle = (positions.float().unsqueeze(1) * (1.0 / theta**step)).unsqueeze(1)
        return angle.cos().to(kind), angle.sin().to(kind)

    def _attention(self, layer: Layer, x: Tensor, attend: Attend, table: tuple[Tensor, Tensor]) -> Tensor:
        heads, width = self._base.heads, self._base.width
        both = layer.groups[0](self._norm(x, layer.gains["input_layernorm"]))
        q, k, v = torch.split(both, [heads * width, width, width], -1)
        q = apply(Rotary, self._norm(q.reshape(-1, heads, width), layer.gains["self_attn.q_norm"]), *table)
        k = apply(Rotary, self._norm(k.reshape(-1, 1, width), layer.gains["self_attn.k_norm"]), *table)
        mixed = attend(q, k.reshape(-1, width), v.contiguous())
        return self._norm(layer.groups[1](mixed.reshape(-1, heads * width)), layer.gains["post_attention_layernorm"])

    def _mlp(self, layer: Layer, x: Tensor) -> Tensor:
        both = layer.groups[2](self._norm(x, layer.gains["pre_feedforward_layernorm"]))
        return self._norm(layer.groups[3](apply(GatedGelu, both)), layer.gains["post_feedforward_layernorm"])
