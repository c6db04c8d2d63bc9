"""A LoRA adapter in peft's format, folded into the weights it was trained on (Hu et al. 2022, arXiv 2106.09685)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import BuildFailed

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

WEIGHTS, CONFIG = "adapter_model.safetensors", "adapter_config.json"
PREFIX = "base_model.model."
# What this code does not know how to fold in; a config that asks for one is refused.
UNSUPPORTED = ("use_dora", "use_rslora", "fan_in_fan_out", "modules_to_save", "rank_pattern", "alpha_pattern")


@dataclass(frozen=True, slots=True)
class Adapter:
    """Low-rank updates by the name of the module they belong to, e.g. `model.layers.0.mlp.up_proj`.

    Attributes:
        down: A, shape (rank, in).
        up: B, shape (out, rank).
        scale: alpha / rank.

    """

    down: dict[str, NDArray[np.float32]]
    up: dict[str, NDArray[np.float32]]
    scale: float

    def merged(self, module: str, weight: NDArray[np.float32]) -> NDArray[np.float32]:
        """W + alpha / rank · B·A; the weight as it is where the adapter has nothing for that module."""
        if module not in self.down:
            return weight
        update: NDArray[np.float32] = weight + self.scale * (self.up[module] @ self.down[module])
        return update


def read_adapter(folder: Path) -> Adapter:
    """Read a peft LoRA from a folder.

    Raises:
        BuildFailed: a file is missing or broken, or the config asks for what is not supported.

    """
    import numpy as np
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        tensors = load_file(folder / WEIGHTS)
    except (OSError, ValueError, SafetensorError) as error:
        raise BuildFailed(f"the adapter in {folder} cannot be read: {error}") from error
    asked = [name for name in UNSUPPORTED if config.get(name)]
    if asked or config.get("bias", "none") != "none":
        raise BuildFailed(f"the adapter in {folder} uses what sunto cannot merge: {', '.join(asked) or 'bias'}")
    down: dict[str, NDArray[np.float32]] = {}
    up: dict[str, NDArray[np.float32]] = {}
    for name, tensor in tensors.items():
        module, _, side = name.removeprefix(PREFIX).removesuffix(".weight").rpartition(".lora_")
        (down if side == "A" else up)[module] = tensor.astype(np.float32)
    if not down or down.keys() != up.keys():
        raise BuildFailed(f"the adapter in {folder} lacks a half of some update")
    return Adapter(down, up, config["lora_alpha"] / config["r"])
