"""Checkpoints and the adapter format of peft, which is what the product reads."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from models.building import LEXICON, PROMPT
from models.merging import CONFIG, PREFIX, WEIGHTS, read_adapter
from models.training.checkpoint import load_adapter
from models.training.gemma import GROUPS
from models.training.recipe import Adapter
from models.vocabulary import KEPT

TOP = "model."  # what the product's names have before those of a checkpoint


def read_peft(folder: Path) -> dict[str, Tensor]:
    """The adapter in a folder, named as in a checkpoint.

    Raises:
        BuildFailed: it cannot be read, or it is of a kind that sunto does not know.

    """
    adapter = read_adapter(folder)
    sides = ((adapter.down, "A"), (adapter.up, "B"))
    return {
        f"{name.removeprefix(TOP)}.{side}": torch.from_numpy(array)
        for arrays, side in sides
        for name, array in arrays.items()
    }


def write_peft(folder: Path, tensors: Mapping[str, Tensor], shape: Adapter, beside: Path) -> None:
    """Write an adapter as float16, with the kept tokens, prompt and, if any, lexicon of the adapter folder `beside`.

    Raises:
        OSError: the folder cannot be written.
        ValueError: the tensors are not of the rank that is to be written down for them.

    """
    for name, tensor in tensors.items():
        if tensor.shape[0 if name.endswith(".A") else 1] != shape.rank:
            raise ValueError(f"{name} is {tuple(tensor.shape)}, not of rank {shape.rank}")
    folder.mkdir(parents=True, exist_ok=True)
    renamed = {}
    for name, tensor in tensors.items():
        module, _, side = name.rpartition(".")
        renamed[f"{PREFIX}{TOP}{module}.lora_{side}.weight"] = tensor.to(torch.float16).contiguous()
    save_file(renamed, folder / WEIGHTS, metadata={"format": "pt"})
    (folder / CONFIG).write_text(json.dumps(_config(shape), indent=1) + "\n", encoding="utf-8")
    for name in (KEPT, PROMPT, LEXICON):
        if (beside / name).exists() and beside.resolve() != folder.resolve():
            shutil.copyfile(beside / name, folder / name)


def average(checkpoints: Sequence[Path]) -> dict[str, Tensor]:
    """The mean of the tensors of some checkpoints of one run; late ones are near enough for A and B to be averaged."""
    read = [load_adapter(path) for path in checkpoints]
    return {name: torch.stack([tensors[name] for tensors in read]).mean(0) for name in read[0]}


def _config(shape: Adapter) -> dict[str, object]:
    return {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": "google/gemma-3-270m",
        "r": shape.rank,
        "lora_alpha": shape.alpha,
        "lora_dropout": 0.0,
        "bias": "none",
        "target_modules": [name.rpartition(".")[2] for names in GROUPS for name in names],
        "inference_mode": True,
        "fan_in_fan_out": False,
        "use_rslora": False,
        "use_dora": False,
        "modules_to_save": None,
        "init_lora_weights": True,
    }
