"""The arithmetic of a training step: matrix products and small layers, with gradients written by hand.

On a CPU torch multiplies through MKL, which is slow on processors that are not Intel's: about 0.7 of the speed of the
OpenBLAS in numpy where it was measured. Products of float32 matrices on a CPU go through numpy, without a copy.
The layers keep only what their gradient needs, and frozen weights get none.
"""

# ruff: noqa: ANN401, D102 - autograd has no type for its contexts; forward and backward are what `Function` says

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.autograd import Function

MOVED = 0.25  # change of a log-probability


def mm(a: Tensor, b: Tensor) -> Tensor:
    """The product of two matrices, (n, k) by (k, m)."""
    if a.device.type != "cpu" or a.dtype != torch.float32:
        return a.detach() @ b.detach()
    out = torch.empty(a.shape[0], b.shape[1])
    np.dot(a.detach().numpy(), b.detach().numpy(), out=out.numpy())
    return out


def apply(function: type[Function], *arguments: object) -> Tensor:
    """Apply a function that returns one tensor; torch leaves `Function.apply` without types."""
    out: Tensor = function.apply(*arguments)  # type: ignore[no-untyped-call]
    return out


class RmsNorm(Function):
    """x / rms(x) * gain over the last dimension; the gain is frozen."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, gain: Tensor, eps: float) -> Tensor:
        inverse = torch.rsqrt(x.float().square().mean(-1, keepdim=True) + eps)
        ctx.save_for_backward(x, gain, inverse)
        return (x * inverse).mul_(gain).to(x.dtype)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        x, gain, inverse = ctx.saved_tensors
        scaled = grads[0] * gain
        along = (scaled * x).float().mean(-1, keepdim=True) * inverse.square()
        return scaled.sub_(x * along).mul_(inverse).to(x.dtype), None, None


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate the halves of the last dimension of (n, heads, d) by angles given as (n, 1, d / 2)."""
    first, second = x.chunk(2, -1)
    out = torch.empty_like(x)
    half = first.shape[-1]
    torch.mul(first, cos, out=out[..., :half]).addcmul_(second, sin, value=-1)
    torch.mul(second, cos, out=out[..., half:]).addcmul_(first, sin)
    return out


class Rotary(Function):
    """Rotary position embedding; its gradient is the rotation back."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        ctx.save_for_backward(cos, sin)
        return rotate(x, cos, sin)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        cos, sin = ctx.saved_tensors
        return rotate(grads[0], cos, -sin), None, None


class GatedGelu(Function):
    """gelu(gate) * up for (n, 2 * width), gate first; the gelu is the tanh approximation."""

    @staticmethod
    def forward(ctx: Any, both: Tensor) -> Tensor:
        ctx.save_for_backward(both)
        gate, up = both.chunk(2, -1)
        return torch.nn.functional.gelu(gate, approximate="tanh").mul_(up)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> Tensor:
        (both,) = ctx.saved_tensors
        gate, up = both.chunk(2, -1)
        width = gate.shape[-1]
        out = torch.empty_like(both)
        torch.mul(grads[0], torch.nn.functional.gelu(gate, approximate="tanh"), out=out[:, width:])
        out[:, :width] = torch.ops.aten.gelu_backward(grads[0] * up, gate, approximate="tanh")
        return out


class TiedLoss(Function):
    """Summed cross-entropy of a softmax over some rows of the embedding, the gradient made on the way forward.

    Hidden states (n, d), rows (v, d) and the index of the right row for each state (n,), below 0 for none. Computing
    the gradient at once means the logits, the largest tensor of the step, never outlive this function. The gradient is
    that of the loss with label smoothing (Szegedy et al. 2016, arXiv 1512.00567): part of a target is spread over all
    rows.

    Each loss counts as its weight (n,) says. A token that was drawn from the model with the log-probability `drawn`
    (n,) counts no more once training has moved it by `MOVED` in the direction of its weight (Schulman et al. 2017,
    arXiv 1707.06347).
    """

    @staticmethod
    def forward(  # noqa: PLR0913, PLR0917 - the signature is autograd's
        ctx: Any, hidden: Tensor, rows: Tensor, target: Tensor, weight: Tensor, drawn: Tensor, smoothing: float
    ) -> Tensor:
        logits = mm(hidden, rows.t()).float()
        there, target = target >= 0, target.clamp(min=0)
        right = logits.gather(1, target.unsqueeze(1))
        norm = torch.logsumexp(logits, -1, keepdim=True)
        moved = ((right - norm).squeeze(1) - drawn) * weight.sign() > MOVED
        counted = (weight * (there & ~moved)).unsqueeze(1)
        loss = (norm - right).mul_(counted).sum()
        if hidden.requires_grad:
            grad = logits.sub_(norm).exp_()
            if smoothing:
                grad.sub_(smoothing / rows.shape[0])
            grad.scatter_add_(1, target.unsqueeze(1), torch.full_like(right, smoothing - 1.0))
            ctx.save_for_backward(mm(grad.to(hidden.dtype), rows).mul_(counted))
        return loss

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        (dhidden,) = ctx.saved_tensors
        return dhidden * grads[0], None, None, None, None, None
