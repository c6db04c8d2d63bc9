"""Attention of sequences that share their beginning, over rows without padding."""

# ruff: noqa: ANN401, D102 - autograd has no type for its contexts; forward and backward are what `Function` says

from __future__ import annotations

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


def _future(length: int, keys: int, device: torch.device) -> Tensor:
    """True where a key lies after the query: (length, 1, keys), queries being the last rows of the keys."""
    return torch.ones(length, keys, dtype=torch.bool, device=device).triu_(keys - length + 1).unsqueeze(1)
