import pytest
import torch
from torch import Tensor

from models.training.attention import PrefixAttention
from models.training.ops import GatedGelu, RmsNorm, Rotary, TiedLoss, mm

torch.manual_seed(0)


def gradients(out: Tensor, inputs: list[Tensor]) -> list[Tensor]:
    weight = torch.linspace(-1, 1, out.numel()).view_as(out)
    return list(torch.autograd.grad((out * weight).sum(), inputs))


def same(ours: Tensor, plain: Tensor, inputs: list[Tensor]) -> None:
    torch.testing.assert_close(ours, plain, rtol=1e-4, atol=1e-5)
    for a, b in zip(gradients(ours, inputs), gradients(plain, inputs), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-5)


def test_products_of_transposed_matrices() -> None:
    a, b = torch.randn(5, 3), torch.randn(4, 3)
    torch.testing.assert_close(mm(a, b.t()), a @ b.t())
    torch.testing.assert_close(mm(a.t(), torch.randn(5, 2).zero_()), torch.zeros(3, 2))


def test_rms_norm() -> None:
    x, gain = torch.randn(4, 3, 6, requires_grad=True), torch.rand(6)
    plain = x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6) * gain
    same(RmsNorm.apply(x, gain, 1e-6), plain, [x])


def test_rotary() -> None:
    x, angle = torch.randn(5, 2, 8, requires_grad=True), torch.rand(5, 1, 4)
    first, second = x.chunk(2, -1)
    cos, sin = angle.cos(), angle.sin()
    plain = torch.cat((first * cos - second * sin, second * cos + first * sin), -1)
    same(Rotary.apply(x, cos, sin), plain, [x])


def test_gated_gelu() -> None:
    both = torch.randn(5, 8, requires_grad=True)
    gate, up = both.chunk(2, -1)
    same(GatedGelu.apply(both), torch.nn.functional.gelu(gate, approximate="tanh") * up, [both])


@pytest.mark.parametrize("lengths", [(3,), (3, 4, 2), (1, 1)])
def test_attention_of_sequences_with_a_shared_beginning(lengths: tuple[int, ...]) -> None:
    rows, heads, width = sum(lengths), 2, 4
    q = torch.randn(rows, heads, width, requires_grad=True)
    k, v = (torch.randn(rows, width, requires_grad=True) for _ in range(2))
    out = []
    start = 0
    for index, length in enumerate(lengths):
        own = list(range(start, start + length))
        seen = own if index == 0 else [*range(lengths[0]), *own]
        mask = torch.ones(length, len(seen), dtype=torch.bool).tril(len(seen) - length)
        score = torch.einsum("qhd,kd->hqk", q[own], k[seen]) * 0.5
        weight = score.masked_fill(~mask, float("-inf")).softmax(-1)
        out.append(torch.einsum("hqk,kd->qhd", weight, v[seen]))
        start += length
    same(PrefixAttention.apply(q, k, v, lengths, 0.5), torch.cat(out), [q, k, v])


def test_loss_over_some_rows() -> None:
    hidden, rows = torch.randn(4, 6, requires_grad=True), torch.randn(9, 6)
    target = torch.tensor([0, 8, 3, 3])
    plain = torch.nn.functional.cross_entropy(hidden @ rows.t(), target, reduction="sum")
    same(TiedLoss.apply(hidden, rows, target), plain, [hidden])
