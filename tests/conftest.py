"""Fixtures for all tests: the real translator, and one small enough to be built in a blink."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.catalog import CATALOG, Entry
from models.translator import Translator
from tests.no_network import loopback_only

__all__ = ["loopback_only"]  # pytest finds it here


@pytest.fixture(scope="session")
def translator() -> Translator:
    """The embedded translator, from the user's own cache so that it is built once."""
    from models.catalog import open_model

    return open_model()


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Entry]:
    """A model of the embedded one's making with random weights, in the catalogue's place, and an empty cache.

    Its weights come in two parts from the package `tiny_gguf`, as the real ones do; it talks nonsense, always the same.
    """
    package = tmp_path / "packages" / "tiny_gguf"
    package.mkdir(parents=True)
    whole = tiny_gguf(tmp_path / "tiny.gguf")
    (package / "part0").write_bytes(whole[:5000])
    (package / "part1").write_bytes(whole[5000:])
    (package / "__init__.py").write_text(
        "from pathlib import Path\n"
        "def chunk_paths():\n"
        "    return [Path(__file__).parent / name for name in ('part0', 'part1')]\n"
    )
    monkeypatch.syspath_prepend(str(package.parent))
    monkeypatch.setenv("SUNTO_CACHE", str(tmp_path / "cache"))
    weights = dataclasses.replace(
        CATALOG["embedded"].weights, package="tiny-gguf", sha256=hashlib.sha256(whole).hexdigest()
    )
    channel = Entry("channel", "back again", weights, tiny_adapter(tmp_path / "back"), "float32")
    second = Entry("second", "another opinion", weights, tiny_adapter(tmp_path / "second"), "float32")
    entry = dataclasses.replace(
        CATALOG["embedded"],
        weights=weights,
        adapter=tiny_adapter(tmp_path / "adapter"),
        quantization="float32",
        second=second,
        channel=channel,
    )
    monkeypatch.setitem(CATALOG, "embedded", entry)
    yield entry
    sys.modules.pop("tiny_gguf", None)


WIDTH, HEADS, HEAD, INNER, LAYERS, RANK = 32, 2, 16, 64, 6, 2
CONTROLS = ["<pad>", "<eos>", "<bos>", "<unk>"]
PIECES = ["\n", *(f"<0x{i:02X}>" for i in range(256)), *"▁.:,abcdefghijklmnopqrstuvwxyzEITR", "▁a", "an", "▁an", "la"]
TOKENS = CONTROLS + PIECES


def shapes() -> dict[str, tuple[int, ...]]:
    """The tensors of a layer by their GGUF names."""
    return {
        "attn_q": (HEADS * HEAD, WIDTH),
        "attn_k": (HEAD, WIDTH),
        "attn_v": (HEAD, WIDTH),
        "attn_output": (WIDTH, HEADS * HEAD),
        "ffn_gate": (INNER, WIDTH),
        "ffn_up": (INNER, WIDTH),
        "ffn_down": (WIDTH, INNER),
        **dict.fromkeys(("attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm"), (WIDTH,)),
        **dict.fromkeys(("attn_q_norm", "attn_k_norm"), (HEAD,)),
    }


def tiny_gguf(path: Path) -> bytes:
    """Write a Gemma 3 of 6 layers and 300 tokens with gguf's own writer."""
    import gguf

    random = np.random.default_rng(0)
    writer = gguf.GGUFWriter(path, "gemma3")
    writer.add_block_count(LAYERS)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(1)
    writer.add_key_length(HEAD)
    writer.add_sliding_window(512)
    writer.add_rope_freq_base(1e6)
    writer.add_token_list(TOKENS)
    writer.add_token_types([3] * 4 + [4] + [6] * 256 + [1] * (len(PIECES) - 257))
    tensors: dict[str, Any] = {"token_embd": (len(TOKENS), WIDTH), "output_norm": (WIDTH,)}
    for layer in range(LAYERS):
        tensors |= {f"blk.{layer}.{name}": shape for name, shape in shapes().items()}
    for name, shape in tensors.items():
        values = random.normal(1 if len(shape) == 1 else 0, 0.3, shape).astype(np.float32)
        if name == "token_embd":
            values[5:261] *= 0.01  # bytes are hardly ever said, so that the nonsense is made of letters
        writer.add_tensor(f"{name}.weight", values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path.read_bytes()


def tiny_adapter(folder: Path) -> Path:
    """Write an adapter of rank 2 on one matrix, all tokens kept, and the real prompt without its known answer."""
    from safetensors.numpy import save_file

    folder.mkdir()
    random = np.random.default_rng(1)
    name = "base_model.model.model.layers.0.mlp.up_proj"
    save_file(
        {
            f"{name}.lora_A.weight": random.normal(0, 0.1, (RANK, WIDTH)).astype(np.float16),
            f"{name}.lora_B.weight": random.normal(0, 0.1, (INNER, RANK)).astype(np.float16),
        },
        folder / "adapter_model.safetensors",
    )
    (folder / "adapter_config.json").write_text(json.dumps({"r": RANK, "lora_alpha": 4, "bias": "none"}))
    bits = np.ones(-(-len(TOKENS) // 8) * 8, np.uint8)
    bits[len(TOKENS) :] = 0
    np.packbits(bits).tofile(folder / "kept-tokens.bin")
    (folder / "prompt.toml").write_text(
        'template = "Translate Italian to English.\\n\\nItalian: {source}\\nEnglish:"\nstop = "\\n"\n'
        '[known_answer]\nsource = "la"\nstarts = ""\n'
    )
    return folder


def change(entry: Entry) -> None:
    """Make another adapter of it, as far as its hash goes."""
    with (entry.adapter / "prompt.toml").open("a") as prompt:
        prompt.write("# changed\n")
