"""How a user gets it wrong, and what they read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from models.catalog import open_model
from models.checkpoint import read
from models.errors import UnknownModel, WrongModel
from models.marian import FastMarian
from models.marian_torch import TorchMarian

WEIGHTS = "model.safetensors"


def rewrite(folder: Path, name: str, **changes: object) -> None:
    table = json.loads((folder / name).read_text())
    (folder / name).write_text(json.dumps({**table, **changes}))


def only_bin(folder: Path) -> None:
    (folder / WEIGHTS).rename(folder / "pytorch_model.bin")


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty folder": (lambda f: [p.unlink() for p in f.iterdir()], "not a MarianMT folder"),
    "another kind": (lambda f: rewrite(f, "config.json", model_type="t5"), "kind 't5'"),
    "a .bin only": (only_bin, "pytorch_model.bin only"),
    "another pair": (lambda f: rewrite(f, "tokenizer_config.json", source_lang="de"), "from 'de' to 'en'"),
    "the way back": (
        lambda f: rewrite(f, "tokenizer_config.json", source_lang="en", target_lang="it"),
        "from 'en' to 'it'",
    ),
    "no pieces": (lambda f: (f / "target.spm").unlink(), "target.spm missing"),
    "torn config": (lambda f: (f / "config.json").write_text('{"model_type": "mar'), "cannot be read"),
    "config of a list": (lambda f: (f / "config.json").write_text("[]"), "not a table"),
    "config without a width": (
        lambda f: (f / "config.json").write_text('{"model_type": "marian", "vocab_size": 1}'),
        r"not whole|shape",
    ),
    "vocabulary of another model": (lambda f: (f / "vocab.json").write_text('{"a": 0}'), "not the vocabulary"),
    "vocabulary of another size": (lambda f: rewrite(f, "config.json", vocab_size=7), "shape"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_folder_is_refused_at_once_in_one_line(folder: Path, what: str) -> None:
    spoil, said = WRONG[what]
    spoil(folder)
    with pytest.raises(WrongModel, match=said) as caught:
        open_model(str(folder))
    assert "\n" not in str(caught.value)
    assert str(folder) in str(caught.value)


@pytest.mark.parametrize("engine", [FastMarian, TorchMarian])
@pytest.mark.parametrize(
    ("name", "data"),
    [(WEIGHTS, b"torn"), ("source.spm", b"torn"), ("target.spm", b"")],
    ids=["weights", "source", "target"],
)
def test_torn_files_are_refused_by_both_engines(
    folder: Path, engine: type[FastMarian] | type[TorchMarian], name: str, data: bytes
) -> None:
    (folder / name).write_bytes(data)
    with pytest.raises(WrongModel, match=r"read|loaded"):
        engine.load(read(folder))


@pytest.mark.parametrize("engine", [FastMarian, TorchMarian])
def test_a_missing_tensor_is_named(folder: Path, engine: type[FastMarian] | type[TorchMarian]) -> None:
    tensors = load_file(folder / WEIGHTS)
    del tensors["model.decoder.layers.1.fc2.weight"]
    save_file(tensors, folder / WEIGHTS)
    with pytest.raises(WrongModel, match=r"decoder\.layers\.1\.fc2\.weight"):
        engine.load(read(folder))


@pytest.mark.parametrize("engine", [FastMarian, TorchMarian])
def test_a_model_that_an_upgrade_broke_is_not_used(folder: Path, engine: type[FastMarian] | type[TorchMarian]) -> None:
    """The way it happened: the output layer came out random, and every sentence with it."""
    tensors = load_file(folder / WEIGHTS)
    name = "model.shared.weight"
    tensors[name] = np.roll(tensors[name], 3, axis=0)
    save_file(tensors, folder / WEIGHTS)
    with pytest.raises(WrongModel, match="broken, or no model from Italian to English"):
        engine.load(read(folder))


@pytest.mark.parametrize("name", ["lm_head.weight", "model.encoder.embed_tokens.weight"])
def test_the_shared_matrix_may_be_kept_under_another_name(folder: Path, name: str) -> None:
    tensors = load_file(folder / WEIGHTS)
    save_file({**tensors, name: tensors.pop("model.shared.weight")}, folder / WEIGHTS)
    for engine in (FastMarian, TorchMarian):
        engine.load(read(folder))


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(UnknownModel, match="no folder is called"):
        open_model("./no/such/folder")


def test_engines_and_quantizations_that_do_not_go_together(folder: Path) -> None:
    with pytest.raises(UnknownModel, match="ONNX Runtime only"):
        open_model("embedded", engine="torch")
    with pytest.raises(UnknownModel, match="no engine"):
        open_model(str(folder), engine="onnx")
    with pytest.raises(UnknownModel, match="float32"):
        open_model(str(folder), quantization="int3")
    with pytest.raises(UnknownModel, match="for ctranslate2"):
        open_model(str(folder), quantization="int8", engine="torch")
