import pytest
import torch

from models.training.batching import Encoded, Vocabulary, build
from tests.models.training import small

SHARED = (1, 2, 3)
PAIRS = [Encoded((4, 5), (6, 7, 8)), Encoded((9,), (8, 6))]
VOCABULARY = Vocabulary(range(20))


def loss(pairs: list[Encoded], kind: torch.dtype = torch.float32) -> tuple[torch.Tensor, list[torch.Tensor]]:
    model = small.gemma(kind)
    out = model.loss(build(pairs, SHARED, VOCABULARY), model.embedding[:20].contiguous())
    return out, list(torch.autograd.grad(out, model.parameters()))


def test_together_is_the_sum_of_apart() -> None:
    together, gradients = loss(PAIRS)
    apart = [loss([pair]) for pair in PAIRS]
    torch.testing.assert_close(together, apart[0][0] + apart[1][0])
    for whole, one, other in zip(gradients, apart[0][1], apart[1][1], strict=True):
        torch.testing.assert_close(whole, one + other, rtol=1e-3, atol=1e-5)


def test_half_precision_is_near() -> None:
    exact, near = loss(PAIRS)[0], loss(PAIRS, torch.bfloat16)[0]
    assert near.item() == pytest.approx(exact.item(), rel=0.1)


def test_an_adapter_can_be_taken_out_and_put_back() -> None:
    model, other = small.gemma(), small.gemma()
    kept = {name: tensor.clone() for name, tensor in model.adapter().items()}
    assert len(kept) == 2 * 7 * 2
    other.load_adapter({name: torch.zeros_like(tensor) for name, tensor in kept.items()})
    other.load_adapter(kept)
    batch = build(PAIRS, SHARED, VOCABULARY)
    rows = model.embedding[:20].contiguous()
    assert model.loss(batch, rows).item() == other.loss(batch, rows).item()
    with pytest.raises(KeyError):
        other.load_adapter({})


def test_the_loss_is_that_of_transformers() -> None:
    transformers = pytest.importorskip("transformers")
    base = small.base()
    config = transformers.Gemma3TextConfig(
        vocab_size=base.tensors["embedding"].shape[0],
        hidden_size=small.HIDDEN,
        intermediate_size=small.INNER,
        num_hidden_layers=2,
        num_attention_heads=small.HEADS,
        num_key_value_heads=1,
        head_dim=small.WIDTH,
        query_pre_attn_scalar=small.WIDTH,
        layer_types=["sliding_attention", "full_attention"],
        rope_parameters={
            "sliding_attention": {"rope_type": "default", "rope_theta": 10_000.0},
            "full_attention": {"rope_type": "default", "rope_theta": 1_000_000.0},
        },
        attn_implementation="eager",
    )
    theirs = transformers.Gemma3ForCausalLM(config).eval()
    state = {}
    for name, tensor in base.tensors.items():
        gain = tensor.dim() == 1
        place = {"embedding": "embed_tokens"}.get(name, name)
        state[f"model.{place}.weight"] = tensor - 1 if gain else tensor
    theirs.load_state_dict(state, strict=False)
    theirs.tie_weights()
    expected = 0.0
    for pair in PAIRS:
        tokens = torch.tensor([[*SHARED, *pair.prompt, *pair.target]])
        first = len(SHARED) + len(pair.prompt) - 1
        with torch.no_grad():
            logits = theirs(tokens).logits[0, first:-1, :20]
        expected += torch.nn.functional.cross_entropy(logits, torch.tensor(pair.target), reduction="sum").item()
    ours = small.Gemma(base, small.RANK, 1.0)
    batch = build(PAIRS, SHARED, VOCABULARY)
    assert ours.loss(batch, base.tensors["embedding"][:20].contiguous()).item() == pytest.approx(expected, rel=1e-4)
