import pytest
import torch
from torch import Tensor

from models.training.attention import Grid, PrefixAttention, padded_attention
from models.training.ops import MOVED, GatedGelu, RmsNorm, Rotary, TiedLoss, apply, mm

torch.manual_seed(0)


def gradients(out: Tensor, inputs: list[Tensor]) -> list[Tensor]:
    weight = torch.linspace(-1, 1, out.numel()).view_as(out)
    return list(torch.autograd.grad((out * weight).sum(), inputs))


def tied(hidden: torch.Tensor, rows: torch.Tensor, target: torch.Tensor, smoothing: float = 0.0) -> torch.Tensor:
    """The loss of targets that count alike."""
    never = torch.full(target.shape, float("inf"))
    return apply(TiedLoss, hidden, rows, target, torch.ones(target.shape), never, smoothing)


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


def test_padded_attention_is_that_of_each_sequence() -> None:
    q = torch.randn(6, 2, 4, requires_grad=True)
    k, v = (torch.randn(6, 4, requires_grad=True) for _ in range(2))
    grid = Grid(torch.tensor([0, 1, 2, 4, 5, 8]), (3, 4))  # sequences of three, two and one rows
    apart = [PrefixAttention.apply(q[a:b], k[a:b], v[a:b], (b - a,), 0.5) for a, b in ((0, 3), (3, 5), (5, 6))]
    same(padded_attention(q, k, v, grid, 0.5), torch.cat(apart), [q, k, v])


def test_loss_over_some_rows() -> None:
    hidden, rows = torch.randn(4, 6, requires_grad=True), torch.randn(9, 6)
    target = torch.tensor([0, 8, 3, 3])
    plain = torch.nn.functional.cross_entropy(hidden @ rows.t(), target, reduction="sum")
    same(tied(hidden, rows, target), plain, [hidden])


def test_a_state_without_a_target_does_not_count() -> None:
    hidden, rows = torch.randn(4, 6, requires_grad=True), torch.randn(9, 6)
    plain = torch.nn.functional.cross_entropy(hidden[:2] @ rows.t(), torch.tensor([0, 8]), reduction="sum")
    same(tied(hidden, rows, torch.tensor([0, 8, -1, -1])), plain, [hidden])


def test_smoothing_is_in_the_gradient_alone() -> None:
    hidden, rows = torch.randn(4, 6, requires_grad=True), torch.randn(9, 6)
    target = torch.tensor([0, 8, 3, 3])
    ours = tied(hidden, rows, target, 0.1)
    logits = hidden @ rows.t()
    torch.testing.assert_close(ours, torch.nn.functional.cross_entropy(logits, target, reduction="sum"))
    smooth = torch.nn.functional.cross_entropy(logits, target, reduction="sum", label_smoothing=0.1)
    (mine,), (theirs,) = torch.autograd.grad(ours, [hidden]), torch.autograd.grad(smooth, [hidden])
    torch.testing.assert_close(mine, theirs, rtol=1e-4, atol=1e-5)


def test_a_loss_counts_as_its_weight_says_until_training_has_moved_it() -> None:
    hidden, rows = torch.randn(4, 6, requires_grad=True), torch.randn(9, 6)
    target, weight = torch.tensor([0, 8, 3, 3]), torch.tensor([1.0, 2.0, -1.0, -1.0])
    logs = torch.log_softmax(hidden @ rows.t(), -1).gather(1, target.unsqueeze(1)).squeeze(1)
    # The first two: one that is where it was, one already likelier; the others: still as likely, already less likely.
    drawn = logs.detach() + torch.tensor([0.0, -2 * MOVED, 0.0, 2 * MOVED])
    ours = apply(TiedLoss, hidden, rows, target, weight, drawn, 0.0)
    same(ours, -logs[0] + logs[2], [hidden])
