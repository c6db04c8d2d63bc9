import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from models.training.batching import Encoded
from models.training.gemma import Gemma
from models.training.passes import PackedPasses
from models.training.schedule import StepBudget
from models.training.trainer import Run, Trainer
from tests.models.training import small

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")


def passes() -> PackedPasses:
    rng = np.random.default_rng(0)
    pairs = [Encoded(*(rng.integers(1, 60, size) for size in rng.integers(4, 15, 2))) for _ in range(40)]
    return PackedPasses((1, 2, 3), {"held_out": pairs[:7]}, pairs)


def reports(device: str, folder: Path) -> list[str]:
    base = small.base()
    kind = torch.float32 if device == "cpu" else torch.bfloat16
    tensors = {n: (t if n.endswith("_proj") else t.to(kind)).to(device) for n, t in base.tensors.items()}
    lines: list[str] = []
    model = Gemma(replace(base, tensors=tensors), 3, 6.0, 1)
    Trainer(model, passes(), small.recipe(), Run(folder, StepBudget(8))).train(lines.append)
    return lines


def test_a_gpu_learns_what_a_cpu_learns(tmp_path: Path) -> None:
    here, there = ([json.loads(line) for line in reports(device, tmp_path / device)] for device in ("cpu", "cuda"))
    assert [line["pairs"] for line in here] == [line["pairs"] for line in there]
    for one, other in zip(here, there, strict=True):
        for name in {"loss", "held_out"} & set(one):
            assert other[name] == pytest.approx(one[name], rel=0.02)
