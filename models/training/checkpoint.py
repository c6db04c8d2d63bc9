"""Checkpoints: the adapter alone by step, and one file with all a run needs to go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

STATE = "state.pt"


@dataclass(frozen=True)
class Progress:
    """Where a run is: steps made, seconds spent, pass and pairs of it that were used."""

    step: int = 0
    seconds: float = 0.0
    number: int = 0
    pairs: int = 0


def save_adapter(path: Path, tensors: Mapping[str, Tensor]) -> None:
    """Write the adapter's tensors, the file appearing whole or not at all. Raises OSError."""
    new = path.with_name(path.name + ".new")
    save_file({name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}, new)
    new.replace(path)


def load_adapter(path: Path) -> dict[str, Tensor]:
    """The tensors that `save_adapter` wrote."""
    return dict(load_file(path))


def save_state(folder: Path, progress: Progress, adapter: Mapping[str, Tensor], optimizer: Mapping[str, Any]) -> None:
    """Write everything needed to go on, and the adapter by its step. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    save_adapter(folder / f"step-{progress.step:06}.safetensors", adapter)
    new = folder / (STATE + ".new")
    tensors = {name: tensor.detach().cpu().clone() for name, tensor in adapter.items()}
    torch.save({"progress": vars(progress), "adapter": tensors, "optimizer": dict(optimizer)}, new)
    new.replace(folder / STATE)


def load_state(folder: Path) -> tuple[Progress, dict[str, Tensor], dict[str, Any]] | None:
    """What `save_state` wrote last in the folder, or None where nothing was."""
    path = folder / STATE
    if not path.exists():
        return None
    data = torch.load(path, weights_only=True)
    return Progress(**data["progress"]), data["adapter"], data["optimizer"]
