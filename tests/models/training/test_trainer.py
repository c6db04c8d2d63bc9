import json
from pathlib import Path

import pytest
import torch

from models.training.batching import PairEncoder
from models.training.checkpoint import load_adapter, load_state
from models.training.corpus import Corpus
from models.training.passes import CorpusPasses
from models.training.schedule import StepBudget
from models.training.trainer import Run, Trainer
from tests.models.training import small


class StopError(Exception):
    pass


def trainer(folder: Path, workers: int = 1, steps: int = 12, save_every: float = 1e9) -> Trainer:
    recipe = small.recipe()
    encode = PairEncoder(small.tokenizer(), recipe.template, recipe.batch.longest)
    run = Run(folder, StepBudget(steps), workers, save_every, check_every=1e9)
    return Trainer(small.gemma(), CorpusPasses(small.corpus(), recipe, encode), recipe, run)


def result(folder: Path, step: int = 12) -> dict[str, torch.Tensor]:
    return load_adapter(folder / f"step-{step:06}.safetensors")


def equal(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(tensor, other[name]) for name, tensor in one.items())


def test_training_lowers_the_loss_and_says_so(tmp_path: Path) -> None:
    lines: list[str] = []
    trainer(tmp_path, steps=20).train(lines.append)
    reports = [json.loads(line) for line in lines]
    assert reports[-1]["step"] == 20
    assert reports[-1]["number"] > 0  # more than one pass
    assert reports[-1]["held_out"] < reports[0]["held_out"] - 0.5
    assert reports[-1]["held_out_hinted"] > 0


def test_threads_change_nothing(tmp_path: Path) -> None:
    trainer(tmp_path / "one").train(lambda _: None)
    trainer(tmp_path / "two", workers=2).train(lambda _: None)
    assert equal(result(tmp_path / "one"), result(tmp_path / "two"))


def test_a_run_that_was_cut_short_ends_like_one_that_was_not(tmp_path: Path) -> None:
    trainer(tmp_path / "whole").train(lambda _: None)

    def stop(line: str) -> None:
        if json.loads(line)["step"] == 7:
            raise StopError

    with pytest.raises(StopError):
        trainer(tmp_path / "cut", save_every=0.0).train(stop)
    state = load_state(tmp_path / "cut")
    assert state is not None
    assert state[0].step == 6  # the seventh was never saved
    trainer(tmp_path / "cut").train(lambda _: None)
    assert equal(result(tmp_path / "whole"), result(tmp_path / "cut"))


def test_a_corpus_of_nothing_is_refused(tmp_path: Path) -> None:
    recipe = small.recipe()
    nothing = Corpus({"news": (), "prose": ()}, (), small.corpus().lexicon)
    encode = PairEncoder(small.tokenizer(), recipe.template, recipe.batch.longest)
    run = Run(tmp_path, StepBudget(1))
    with pytest.raises(ValueError, match="too small"):
        Trainer(small.gemma(), CorpusPasses(nothing, recipe, encode), recipe, run).train(lambda _: None)
