import torch

from models.training.lora import LoraGroup, fresh


def group() -> LoraGroup:
    generator = torch.Generator().manual_seed(0)
    weights = {"up": torch.randn(5, 6, generator=generator), "gate": torch.randn(3, 6, generator=generator)}
    made = fresh(weights, rank=2, alpha=4.0, generator=generator, kind=torch.float32)
    for tensor in made.tensors().values():
        tensor.copy_(torch.randn(tensor.shape, generator=generator))
    made.merge()
    return made


def plain(made: LoraGroup, x: torch.Tensor) -> torch.Tensor:
    parts = zip(made.weight.split([5, 3]), made.a.split(2), made.b, strict=True)
    return torch.cat([x @ w.t() + 2.0 * (x @ a.t()) @ b.t() for w, a, b in parts], 1)


def test_a_fresh_adapter_changes_nothing() -> None:
    weight = torch.randn(4, 3)
    made = fresh({"only": weight}, rank=2, alpha=4.0, generator=torch.Generator(), kind=torch.float32)
    made.merge()
    torch.testing.assert_close(made.merged, weight)


def test_the_merged_product_is_that_of_the_parts() -> None:
    made, x = group(), torch.randn(7, 6)
    torch.testing.assert_close(made(x), plain(made, x), rtol=1e-4, atol=1e-5)


def test_gradients_are_those_of_autograd() -> None:
    made, x = group(), torch.randn(7, 6, requires_grad=True)
    weight = torch.randn(7, 8)
    inputs = [x, made.a, *made.b]
    ours = torch.autograd.grad((made(x) * weight).sum(), inputs)
    theirs = torch.autograd.grad((plain(made, x) * weight).sum(), inputs)
    for a, b in zip(ours, theirs, strict=True):
        torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-5)


def test_tensors_share_memory_and_carry_the_layers_names() -> None:
    made = group()
    assert list(made.tensors()) == ["up.A", "gate.A", "up.B", "gate.B"]
    made.tensors()["gate.A"].zero_()
    assert made.a[2:].abs().sum() == 0
    made.merge()
    torch.testing.assert_close(made.merged[5:], made.weight[5:])
