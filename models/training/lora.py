"""A low-rank adapter on a linear layer, trained through the merged weight.

`W + scale * B @ A` is formed once a step; forward is one product, and so is the gradient to the input. The gradients of A
and B come from thin products with the saved input: the layer costs about what the frozen layer alone would.
Layers that read the same input (query, key, value; gate, up) are one group and one product.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function

from models.training.ops import mm


@dataclass(frozen=True)
class LoraGroup:
    """Linear layers over one input, their frozen weights stacked, and one adapter for each.

    names: the layers, in the order of their rows; weight (sum of outs, inside) frozen; a (layers * rank, inside) the A of all;
    b one (out, rank) each; merged (sum of outs, inside) what the last `merge` wrote.
    """

    names: tuple[str, ...]
    weight: Tensor
    a: Tensor
    b: tuple[Tensor, ...]
    scale: float
    merged: Tensor

    @property
    def rank(self) -> int:
        """The rank of each layer's adapter."""
        return self.b[0].shape[1]

    def merge(self) -> None:
        """Bring `merged` up to date with the adapter; call once after every change of a or b."""
        row = 0
        with torch.no_grad():
            for index, b in enumerate(self.b):
                a = self.a[index * self.rank : (index + 1) * self.rank]
                delta = mm(b, a).mul_(self.scale)
                torch.add(self.weight[row : row + b.shape[0]], delta, out=self.merged[row : row + b.shape[0]])
                row += b.shape[0]

    def __call__(self, x: Tensor) -> Tensor:
        """Apply the merged layers to (n, inside): (n, sum of outs)."""
        out: Tensor = MergedLora.apply(x, self.merged, self.scale, self.a, *self.b)
        return out


class MergedLora(Function):
    """x @ merged.T, with gradients for x and for the A and B that were merged."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, merged: Tensor, scale: float, a: Tensor, *b: Tensor) -> Tensor:
        ctx.save_for_backward(x, merged, a, *b)
        ctx.scale = scale
        return mm(x, merged.t())

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        x, merged, a, *bs = ctx.saved_tensors
        dy = grads[0]
        rank = bs[0].shape[1]
        inner = mm(x, a.t().to(x.dtype))
        back = torch.empty_like(inner)
        db: list[Tensor] = []
        row = 0
        for index, b in enumerate(bs):
            part = dy[:, row : row + b.shape[0]]
            columns = slice(index * rank, (index + 1) * rank)
            db.append(mm(part.t(), inner[:, columns]).mul_(ctx.scale).to(b.dtype))
            back[:, columns] = mm(part, b.to(x.dtype))
            row += b.shape[0]
        da = mm(back.t(), x).mul_(ctx.scale).to(a.dtype)
        dx = mm(dy, merged) if ctx.needs_input_grad[0] else None
        return dx, None, None, da, *db
