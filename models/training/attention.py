"""Attention of sequences that share their beginning, over rows without padding."""

# ruff: noqa: ANN401, D102 - autograd has no type for its contexts; forward and backward are what `Function` says

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function

from models.training.ops import mm


class PrefixAttention(Function):
    """Causal attention of many sequences that share their first tokens; one key and value head for all query heads.

    The rows of q (n, heads, d), k and v (n, d) are the shared tokens (`lengths[0]` of them) and then, one after the
    other, the rest of each sequence. The heads of a sequence's queries are rows of one matrix: nothing is transposed.
    """

    @staticmethod
    def forward(  # noqa: PLR0913, PLR0917 - the signature is autograd's
        ctx: Any, q: Tensor, k: Tensor, v: Tensor, lengths: tuple[int, ...], scale: float
    ) -> Tensor:
        heads, width = q.shape[1:]
        shared = lengths[0]
        out = torch.empty_like(q)
        weights: list[Tensor] = []
        start = 0
        for index, length in enumerate(lengths):
            end = start + length
            keys, values = k[start:end], v[start:end]
            if index:
                keys, values = torch.cat((k[:shared], keys)), torch.cat((v[:shared], values))
            score = mm(q[start:end].reshape(length * heads, width), keys.t()).mul_(scale)
            score.view(length, heads, -1).masked_fill_(_future(length, keys.shape[0], q.device), float("-inf"))
            weight = torch.softmax(score, -1)
            out[start:end] = mm(weight, values).view(length, heads, width)
            weights.append(weight)
            start = end
        ctx.save_for_backward(q, k, v, *weights)
        ctx.lengths, ctx.scale = lengths, scale
        return out

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        q, k, v, *weights = ctx.saved_tensors
        heads, width = q.shape[1:]
        lengths = ctx.lengths
        shared = lengths[0]
        dq, dk, dv = torch.empty_like(q), torch.zeros_like(k), torch.zeros_like(v)
        start = 0
        for index, (length, weight) in enumerate(zip(lengths, weights, strict=True)):
            end = start + length
            keys, values = k[start:end], v[start:end]
            if index:
                keys, values = torch.cat((k[:shared], keys)), torch.cat((v[:shared], values))
            grad = grads[0][start:end].reshape(length * heads, width)
            dvalues = mm(weight.t(), grad)
            dscore = torch._softmax_backward_data(mm(grad, values.t()), weight, -1, weight.dtype).mul_(ctx.scale)
            dq[start:end] = mm(dscore, keys).view(length, heads, width)
            dkeys = mm(dscore.t(), q[start:end].reshape(length * heads, width))
            if index:
                dk[:shared] += dkeys[:shared]
                dv[:shared] += dvalues[:shared]
            dk[start:end] += dkeys[-length:]
            dv[start:end] += dvalues[-length:]
            start = end
        return dq, dk, dv, None, None


@dataclass(frozen=True)
class Grid:
    """Where the rows of some sequences that share nothing stand once each is padded to the longest.

    Attributes:
        places: (n,) the place of each row in the grid of sequences times longest.
        shape: sequences, longest.

    """

    places: Tensor
    shape: tuple[int, int]

    def pad(self, x: Tensor) -> Tensor:
        """(n, heads, d) → (sequences, heads, longest, d)."""
        sequences, longest = self.shape
        out = x.new_zeros(sequences * longest, *x.shape[1:]).index_copy(0, self.places, x)
        return out.view(sequences, longest, *x.shape[1:]).transpose(1, 2)

    def rows(self, padded: Tensor) -> Tensor:
        """What `pad` made, as it was."""
        return padded.transpose(1, 2).flatten(0, 1).index_select(0, self.places)


def padded_attention(q: Tensor, k: Tensor, v: Tensor, grid: Grid, scale: float) -> Tensor:
    """What `PrefixAttention` computes, for sequences that share nothing: by the fused kernels of a GPU.

    Padding comes last in a sequence, so that causal attention never sees it.
    """
    heads = q.shape[1]
    # torch's flash attention wants as many heads of keys as of queries; expanding copies nothing.
    keys, values = (grid.pad(x.unsqueeze(1)).expand(-1, heads, -1, -1) for x in (k, v))
    mixed = torch.nn.functional.scaled_dot_product_attention(grid.pad(q), keys, values, is_causal=True, scale=scale)
    return grid.rows(mixed)


def _future(length: int, keys: int, device: torch.device) -> Tensor:
    """True where a key lies after the query: (length, 1, keys), queries being the last rows of the keys."""
    return torch.ones(length, keys, dtype=torch.bool, device=device).triu_(keys - length + 1).unsqueeze(1)
