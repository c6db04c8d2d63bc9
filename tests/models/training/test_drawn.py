import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from models.training import sampling
from models.training.batching import PairEncoder
from models.training.drawn import DrawnPasses
from models.training.passes import CorpusPasses
from models.training.recipe import Policy
from models.training.reward import Reward
from models.training.schedule import StepBudget
from models.training.trainer import Run, Trainer
from tests.models.training import small


@pytest.fixture(autouse=True)
def _little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model of random weights hardly ever ends."""
    monkeypatch.setattr(sampling, "LENGTHS", (64, 96))


POLICY = Policy(prompts=8, draws=6, temperature=1.0, least=0.001, reference=0.5, least_advantage=0.2, rows=12)
TEMPLATE = "Go.\nItalian: {source}\nNow:"


def decode(translations: Sequence[Sequence[int]]) -> list[str]:
    return ["".join(small.CHARACTERS[token - 1] for token in tokens if token) for tokens in translations]


def drawn(policy: Policy = POLICY) -> tuple[DrawnPasses, list[str]]:
    torch.manual_seed(1)
    recipe = replace(small.recipe(), template=TEMPLATE)
    passes = CorpusPasses(small.corpus(), recipe, PairEncoder(small.tokenizer(), TEMPLATE, 90))
    lines: list[str] = []
    return DrawnPasses(passes, policy, small.gemma(), decode, lines.append, 3), lines


def test_draws_count_by_how_much_better_they_are_than_the_others_of_their_prompt() -> None:
    passes, lines = drawn()
    pairs = list(passes.pairs(0))
    references = [pair for pair in pairs if pair.drawn is None]
    draws = [pair for pair in pairs if pair.drawn is not None]
    assert {pair.weight for pair in references} == {0.5}
    assert len(references) == 16  # of two sources, and some of them by half
    assert all(0.2 <= abs(pair.weight) <= 6 * 2 for pair in draws)
    assert all(len(pair.target) == len(pair.drawn) for pair in draws if pair.drawn is not None)
    assert any(pair.weight < 0 for pair in draws)
    rounds = [json.loads(line) for line in lines]
    assert [set(line) for line in rounds] == [
        {"round", "held_out", "held_out_hinted"},
        {"reward", "drawn"},
        {"reward", "drawn"},
    ]


def test_what_grew_too_long_is_never_to_become_likelier() -> None:
    passes, _ = drawn()
    cut = [
        pair
        for pair in passes.pairs(0)
        if pair.drawn is not None and pair.target[-1] != passes.watched["held_out"][0].target[-1]
    ]
    assert cut
    assert all(pair.weight < 0 for pair in cut)


def test_groups_are_the_draws_with_what_they_are_worth() -> None:
    passes, _ = drawn()
    groups = list(passes.groups(5))
    assert [group.watched for group in groups] == [
        "held_out",
        "held_out",
        "held_out_hinted",
        "held_out_hinted",
        *[""] * 5,
    ]
    for group in groups:
        assert group.source.split(" ")[1] == "uno"
        assert len(group.texts) == len(group.scores) == len(group.rewards) > 1
        assert max(group.scores) < 0


def test_training_by_reward_raises_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reward, "__call__", lambda _, texts, reference: [share_of_e(text) for text in texts])
    recipe = replace(small.recipe(), template=TEMPLATE)
    recipe = replace(recipe, batch=replace(recipe.batch, rows=2000), optimizer=replace(recipe.optimizer, peak=0.03))
    passes = CorpusPasses(small.corpus(), recipe, PairEncoder(small.tokenizer(), TEMPLATE, 90))
    torch.manual_seed(1)
    model, lines = small.gemma(), list[str]()
    drawn_passes = DrawnPasses(passes, replace(POLICY, reference=0.0), model, decode, lines.append, 3)
    Trainer(model, drawn_passes, recipe, Run(tmp_path, StepBudget(4))).train(lambda _: None)
    rewards = [json.loads(line)["reward"] for line in lines if "reward" in line]
    assert np.mean(rewards[-2:]) > 2 * np.mean(rewards[:2])


def share_of_e(text: str) -> float:
    return text.count("e") / max(1, len(text))


def test_a_prompt_that_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "LENGTHS", (16,))
    passes, _ = drawn()
    assert not list(passes.pairs(0))
    assert passes.watched["held_out"]


@pytest.mark.parametrize("field", ["prompts", "draws"])
def test_a_round_is_as_large_as_asked(field: str) -> None:
    passes, lines = drawn(replace(POLICY, **{field: 3}))
    list(passes.pairs(0))
    assert sum("reward" in line for line in lines) == (6 if field == "prompts" else 2)
