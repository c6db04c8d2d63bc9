"""The arithmetic of a training step: matrix products and the layers around them, with gradients written by hand.

On a CPU torch multiplies through MKL, which takes a slow path on processors that are not Intel's: half the speed of the
OpenBLAS inside numpy on the machines measured. Products of float32 CPU tensors therefore go through numpy, without a copy.
The layers keep only what their gradient needs, and the frozen weights get none.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.autograd import Function


def mm(a: Tensor, b: Tensor) -> Tensor:
    """The product of two matrices, (n, k) by (k, m)."""
    if a.device.type != "cpu" or a.dtype != torch.float32:
        return a.detach() @ b.detach()
    out = torch.empty(a.shape[0], b.shape[1])
    np.dot(a.detach().numpy(), b.detach().numpy(), out=out.numpy())
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


class PrefixAttention(Function):
    """Causal attention of many sequences that share their first tokens; one key and value head for all query heads.

    The rows of q (n, heads, d), k and v (n, d) are the shared prefix (`lengths[0]` rows) and then, one after the other, the
    rest of each sequence. The query rows of one sequence by heads are one matrix, so that no tensor is ever transposed.
    """

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, lengths: tuple[int, ...], scale: float) -> Tensor:
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


class TiedLoss(Function):
    """Summed cross-entropy of a softmax over some rows of the embedding, the gradient made on the way forward.

    Hidden states (n, d), rows (v, d) and the index of the right row for each state (n,). Computing the gradient at once
    means the logits, the largest tensor of the step, never outlive this function.
    """

    @staticmethod
    def forward(ctx: Any, hidden: Tensor, rows: Tensor, target: Tensor) -> Tensor:
        logits = mm(hidden, rows.t()).float()
        right = logits.gather(1, target.unsqueeze(1))
        norm = torch.logsumexp(logits, -1, keepdim=True)
        loss = (norm - right).sum()
        if hidden.requires_grad:
            grad = logits.sub_(norm).exp_()
            grad.scatter_add_(1, target.unsqueeze(1), torch.full_like(right, -1.0))
            ctx.save_for_backward(mm(grad.to(hidden.dtype), rows))
        return loss

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        (dhidden,) = ctx.saved_tensors
        return dhidden * grads[0], None, None
