"""Low-rank adapters on linear layers, trained through the merged weight (LoRA, Hu et al. 2022, arXiv 2106.09685).

`W + scale * B @ A` is formed once a step; forward is then one product, and so is the gradient to the input. The
gradients of A and B come from thin products with the saved input: an adapted layer costs about what the frozen one
does. Layers that read the same input (query, key, value; gate, up) share one product.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function

from models.training.ops import apply, mm


@dataclass(frozen=True)
class LoraGroup:
    """Linear layers over one input, and one adapter for each.

    Attributes:
        names: the layers, in the order of their rows.
        weight: (sum of outs, in) their frozen weights.
        a: (layers * rank, in) the A of all.
        b: one (out, rank) each.
        scale: what B @ A is multiplied with.
        merged: (sum of outs, in) the weights with the adapters in them, as of the last `merge`.

    """

    names: tuple[str, ...]
    weight: Tensor
    a: Tensor
    b: tuple[Tensor, ...]
    scale: float
    merged: Tensor

    def merge(self) -> None:
        """Bring `merged` up to date; call after every change of a or b."""
        rank = self.b[0].shape[1]
        row = 0
        with torch.no_grad():
            for b, a in zip(self.b, torch.split(self.a, rank), strict=True):
                rows = slice(row, row + b.shape[0])
                torch.add(self.weight[rows], mm(b, a).mul_(self.scale), out=self.merged[rows])
                row += b.shape[0]

    def tensors(self) -> dict[str, Tensor]:
        """A and B of each layer by its name; they share memory with the group."""
        parts = torch.split(self.a.detach(), self.b[0].shape[1])
        downs = {f"{name}.A": a for name, a in zip(self.names, parts, strict=True)}
        return downs | {f"{name}.B": b.detach() for name, b in zip(self.names, self.b, strict=True)}

    def __call__(self, x: Tensor) -> Tensor:
        """Apply the merged layers to (n, in); the result is (n, sum of outs)."""
        return apply(MergedLora, x, self.merged, self.scale, self.a, *self.b)


def fresh(
    weights: Mapping[str, Tensor], rank: int, alpha: float, generator: torch.Generator, kind: torch.dtype
) -> LoraGroup:
    """A group of the layers with these weights, (out, in) by name, and adapters that change nothing yet.

    The merged weights are of the given kind, whatever the frozen ones are.
    """
    weight = torch.cat(list(weights.values()))
    inside = weight.shape[1]
    a = (torch.rand(len(weights) * rank, inside, generator=generator) * 2 - 1) * inside**-0.5
    b = [torch.zeros(w.shape[0], rank, device=weight.device).requires_grad_() for w in weights.values()]
    return LoraGroup(
        names=tuple(weights),
        weight=weight,
        a=a.to(weight.device).requires_grad_(),
        b=tuple(b),
        scale=alpha / rank,
        merged=weight.to(kind, copy=True),
    )


class MergedLora(Function):
    """x @ merged.T, with gradients for x and for the A and B that were merged."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, merged: Tensor, scale: float, a: Tensor, *b: Tensor) -> Tensor:  # noqa: ANN401
        """(n, in) → (n, out)."""
        ctx.save_for_backward(x, merged, a, *b)
        ctx.scale = scale
        return mm(x, merged.t())

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:  # noqa: ANN401
        """Gradients in the order of forward's arguments; A and B get theirs in their own precision."""
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
            db.append(mm(part.t(), inner[:, columns]).to(b.dtype).mul_(ctx.scale))
            back[:, columns] = mm(part, b.to(x.dtype))
            row += b.shape[0]
        da = mm(back.t(), x).to(a.dtype).mul_(ctx.scale)
        dx = mm(dy, merged) if ctx.needs_input_grad[0] else None
        return dx, None, None, da, *db
