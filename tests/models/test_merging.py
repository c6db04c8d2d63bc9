from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from models.errors import BuildFailed
from models.merging import read_adapter
from tests.conftest import INNER, RANK, WIDTH, tiny_adapter


def test_the_update_is_added_with_its_scale(tmp_path: Path) -> None:
    adapter = read_adapter(tiny_adapter(tmp_path / "a"))
    module = "model.layers.0.mlp.up_proj"
    weight = np.zeros((INNER, WIDTH), np.float32)
    expected = 4 / RANK * adapter.up[module] @ adapter.down[module]
    np.testing.assert_allclose(adapter.merged(module, weight), expected, rtol=1e-6)
    assert adapter.merged("model.layers.0.mlp.down_proj", weight) is weight


@pytest.mark.parametrize(
    "asked", [{"use_dora": True}, {"use_rslora": True}, {"bias": "all"}, {"rank_pattern": {"q": 4}}]
)
def test_what_cannot_be_merged_is_refused(tmp_path: Path, asked: dict[str, object]) -> None:
    folder = tiny_adapter(tmp_path / "a")
    config = folder / "adapter_config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | asked))
    with pytest.raises(BuildFailed, match="cannot merge"):
        read_adapter(folder)


@pytest.mark.parametrize("name", ["adapter_model.safetensors", "adapter_config.json"])
@pytest.mark.parametrize("data", [b"", b"{", b"\x00" * 64])
def test_a_broken_file_is_named(tmp_path: Path, name: str, data: bytes) -> None:
    folder = tiny_adapter(tmp_path / "a")
    (folder / name).write_bytes(data)
    with pytest.raises(BuildFailed, match="cannot be read"):
        read_adapter(folder)


def test_half_an_update_is_refused(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    folder = tiny_adapter(tmp_path / "a")
    half = {"base_model.model.model.layers.0.mlp.up_proj.lora_A.weight": np.zeros((RANK, WIDTH), np.float16)}
    save_file(half, folder / "adapter_model.safetensors")
    with pytest.raises(BuildFailed, match="half"):
        read_adapter(folder)
