import pytest
import torch

from models.training.batching import Encoded, Vocabulary, build
from models.training.gemma import Batch
from models.training.padding import Shape, apart, build_padded
from tests.models.training import small

SHARED = (1, 2, 3)
PAIRS = [Encoded((4, 5), (6, 7, 8)), Encoded((9,), (8, 6)), Encoded((9, 3, 4, 5), (8, 6, 2, 3))]
VOCABULARY = Vocabulary(range(20))


def loss(batch: Batch) -> tuple[torch.Tensor, list[torch.Tensor]]:
    model = small.gemma()
    out = model.loss(batch, model.embedding[:20].contiguous())
    return out, list(torch.autograd.grad(out, model.parameters()))


@pytest.mark.parametrize("room", [1.0, 1.6])
def test_padding_changes_nothing(room: float) -> None:
    alone = apart(PAIRS, SHARED)
    shape = Shape.of(alone).larger(room, Shape(0, 0, 0, 0))
    whole, gradients = loss(build(PAIRS, SHARED, VOCABULARY))
    padded, theirs = loss(build_padded(alone, VOCABULARY, shape, torch.device("cpu")))
    torch.testing.assert_close(whole, padded)
    for one, other in zip(gradients, theirs, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-4)


def test_shapes() -> None:
    shape = Shape.of(apart(PAIRS, SHARED))
    assert shape == Shape(rows=22, targets=9, sequences=3, longest=10)
    assert shape.within(shape.larger(1.0, shape))
    assert not shape.larger(1.2, shape).within(shape)
    assert shape.larger(1.0, Shape(0, 0, 9, 0)).sequences == 9
    assert list(apart(PAIRS, SHARED)[0].prompt) == [1, 2, 3, 4, 5]
