from pathlib import Path

import pytest
import torch

from models.merging import CONFIG, read_adapter
from models.training.checkpoint import save_adapter
from models.training.export import average, read_peft, write_peft
from models.training.recipe import Adapter
from tests.models.training import small

SHAPE = Adapter(small.RANK, 2.0 * small.RANK)


def beside(folder: Path) -> Path:
    folder.mkdir()
    for name in ("kept-tokens.bin", "prompt.toml", "lexicon.tsv"):
        (folder / name).write_bytes(b"x")
    return folder


def test_the_product_reads_what_is_written(tmp_path: Path) -> None:
    tensors = {name: tensor.half().float() for name, tensor in small.gemma().adapter().items()}
    write_peft(tmp_path / "out", tensors, SHAPE, beside(tmp_path / "old"))
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {
        CONFIG,
        "kept-tokens.bin",
        "prompt.toml",
        "lexicon.tsv",
    }
    adapter = read_adapter(tmp_path / "out")
    assert adapter.scale == 2.0
    assert "model.layers.1.mlp.down_proj" in adapter.down
    back = read_peft(tmp_path / "out")
    assert back.keys() == tensors.keys()
    assert all(torch.equal(tensor, back[name]) for name, tensor in tensors.items())


def test_a_wrong_rank_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="rank"):
        write_peft(tmp_path / "out", small.gemma().adapter(), Adapter(4, 8.0), beside(tmp_path / "old"))


def test_the_mean_of_checkpoints(tmp_path: Path) -> None:
    paths = [tmp_path / f"{value}.safetensors" for value in (1, 3)]
    for path in paths:
        save_adapter(path, {"x.A": torch.full((2, 2), float(path.stem))})
    assert torch.equal(average(paths)["x.A"], torch.full((2, 2), 2.0))
