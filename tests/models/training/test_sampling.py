import numpy as np
import pytest
import torch

from models.training.batching import Encoded, Vocabulary, build
from models.training.gemma import Gemma
from models.training.sampling import LENGTHS, Draw, Drawing, Sampler
from tests.models.training import small

PROMPTS = [(0, 5, 9), (0, 7, 7, 7, 2), (0, 30)]
END = 8
VOCABULARY = Vocabulary(range(20))


def sampler(model: Gemma, drawing: Drawing) -> Sampler:
    return Sampler(model, VOCABULARY, model.embedding[:20].contiguous(), END, drawing)


def log_probability(model: Gemma, prompt: tuple[int, ...], target: np.ndarray) -> float:
    with torch.no_grad():
        batch = build([Encoded(prompt[1:], target)], prompt[:1], VOCABULARY)
        return -model.loss(batch, model.embedding[:20].contiguous()).item()


def greedy(model: Gemma, prompt: tuple[int, ...], size: int) -> list[int]:
    """The likeliest token each time, found by trying all."""
    found: list[int] = []
    while len(found) < size and END not in found:
        found.append(max(range(20), key=lambda token: log_probability(model, prompt, np.array([*found, token]))))
    return found


def test_without_a_temperature_the_likeliest_token_is_taken() -> None:
    model = small.gemma()
    drawn = sampler(model, Drawing(1, 0.0, 1.0, 2)).draw(PROMPTS)
    for prompt, (draw,) in zip(PROMPTS, drawn, strict=True):
        assert draw.tokens[:6].tolist() == greedy(model, prompt, 6)
        assert END not in draw.tokens[:-1]


def test_draws_know_their_log_probabilities() -> None:
    model = small.gemma()
    torch.manual_seed(2)
    drawn = sampler(model, Drawing(4, 1.0, 0.01, 8)).draw(PROMPTS)
    assert [len(draws) for draws in drawn] == [4, 4, 4]
    assert len({draw.tokens.tobytes() for draws in drawn for draw in draws}) > 6
    for prompt, draws in zip(PROMPTS, drawn, strict=True):
        for draw in draws:
            total = log_probability(model, prompt, draw.tokens)
            assert draw.logs.sum() == pytest.approx(total, rel=1e-3)


def test_tokens_come_as_often_as_they_are_likely() -> None:
    model = small.gemma()
    torch.manual_seed(3)
    draws: list[Draw] = [
        draw for some in sampler(model, Drawing(500, 1.0, 1e-9, 500)).draw(PROMPTS[:1]) for draw in some
    ]
    likely = int(np.bincount([draw.tokens[0] for draw in draws]).argmax())
    share = np.mean([draw.tokens[0] == likely for draw in draws])
    assert share == pytest.approx(np.exp(log_probability(model, PROMPTS[0], np.array([likely]))), abs=0.07)


def test_a_prompt_that_leaves_no_room_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        sampler(small.gemma(), Drawing(1, 0.0, 1.0, 1)).draw([(1,) * LENGTHS[-1]])
