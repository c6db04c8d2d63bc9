"""Base weights + adapter → a small model for ONNX Runtime in the user's cache, once."""

from __future__ import annotations

import functools
import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models import cache
from models.errors import BuildFailed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from models.catalog import Entry
    from models.vocabulary import Vocabulary

Watch = Callable[[str, float], None]
"""Told of a build: the stage that begins, and the share of the work done so far, 0 to 1 (1: finished)."""

EXACT = "float32"
LAYOUT = "9"  # raised when this code builds something else from the same parts
PROMPT = "prompt.toml"
TOKENIZER = "tokenizer.json"
LEXICON = "lexicon.tsv"
RENDERINGS = "renderings.tsv"
SMOOTHING = "smoothing.safetensors"
OF_WORDS = (LEXICON, RENDERINGS)  # what an adapter has of words, if it has any
# GGUF name of a matrix in a layer → the module of transformers that the adapter names.
MODULES = {
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


@dataclass(frozen=True, slots=True)
class Built:
    """A model on disk that can be loaded."""

    folder: Path
    name: str
    adapter: str
    quantization: str


def identity(entry: Entry, quantization: str) -> dict[str, str]:
    """All that decides what a built model is like; its folder is named by the hash of it."""
    from models.merging import CONFIG, WEIGHTS
    from models.vocabulary import KEPT

    some = [name for name in (*OF_WORDS, SMOOTHING) if (entry.adapter / name).exists()]
    names = [WEIGHTS, CONFIG, KEPT, PROMPT, *some]
    try:
        parts = {name: cache.digest(entry.adapter / name) for name in names}
    except OSError as error:
        raise BuildFailed(f"the adapter of {entry.name!r} is not whole: {error}") from error
    return {
        "base": entry.weights.sha256,
        **parts,
        "quantization": quantization,
        "layout": LAYOUT,
    }


def location(entry: Entry, quantization: str) -> Built:
    """Where that model is, or will be once it is built."""
    from models.merging import WEIGHTS

    parts = identity(entry, quantization)
    key = hashlib.sha256("\n".join(f"{k}={v}" for k, v in sorted(parts.items())).encode()).hexdigest()[:16]
    deciding = (WEIGHTS, PROMPT, *OF_WORDS, SMOOTHING, "layout")  # of a translation
    said = "".join(parts.get(name, "") for name in deciding)
    adapter = hashlib.sha256(said.encode()).hexdigest()
    return Built(cache.models() / f"{entry.name}-{quantization}-{key}", entry.name, adapter[:8], quantization)


def ready(entry: Entry, quantization: str, watch: Watch | None = None) -> Built:
    """The model, whole by its hashes: found in the cache, else built, else built anew.

    Raises:
        WeightsMissing, WeightsAltered, CacheUnwritable, DiskFull, BuildFailed.

    """
    built = location(entry, quantization)
    if built.folder.exists() and cache.altered_file(built.folder) is None:
        return built
    return build(entry, quantization, watch)


def build(entry: Entry, quantization: str, watch: Watch | None = None, *, force: bool = False) -> Built:
    """Build the model unless a whole one is there by the time no other process is building; errors as `ready`."""
    built = location(entry, quantization)
    say = watch or (lambda _stage, _done: None)
    with cache.writable() as models:
        if not force and built.folder.exists() and cache.altered_file(built.folder) is None:
            return built
        _require_room(models, quantization)
        with cache.unfinished(models) as work:
            _write(entry, quantization, work / "model", say)
            say("checking", 0.9)
            cache.seal(work / "model", identity(entry, quantization))
            cache.publish(work / "model", built.folder)
    say("done", 1.0)
    return built


def _require_room(folder: Path, quantization: str) -> None:
    """Refuse at once where the model cannot fit, not after half of it is written."""
    import errno

    if shutil.disk_usage(folder).free < (ROOM if quantization == EXACT else ROOM // 3):
        raise OSError(errno.ENOSPC, "no space left on device")


ROOM = 700_000_000  # bytes of a float32 model and a margin


@dataclass(frozen=True, slots=True)
class Parts:
    """The base with the adapter in it.

    Attributes:
        header: the GGUF metadata.
        weight: gives a tensor by its GGUF name, the embedding with its kept rows only; the output layer is the same.
        kept: the ids that the kept tokens have in the vocabulary of the base.

    """

    header: Mapping[str, Any]
    weight: Callable[[str], NDArray[np.float32]]
    vocabulary: Vocabulary
    kept: NDArray[np.int64]


def merged_weights(entry: Entry) -> Parts:
    """Read base and adapter; tensors are dequantized and merged as they are asked for. Errors as `ready`."""
    from models.merging import read_adapter
    from models.vocabulary import base_vocabulary, read_kept
    from models.weights import read_base

    base = read_base(entry.weights)
    vocabulary = base_vocabulary(base)
    kept = read_kept(entry.adapter, len(vocabulary.tokens))
    adapter = read_adapter(entry.adapter)
    embedding = functools.cache(lambda: base.rows("token_embd.weight", kept))

    def weight(name: str) -> NDArray[np.float32]:
        if name in ("token_embd.weight", "output.weight"):
            return embedding()
        block, _, part = name.removesuffix(".weight").removeprefix("blk.").partition(".")
        module = MODULES.get(part)
        return base[name] if module is None else adapter.merged(f"model.layers.{block}.{module}", base[name])

    return Parts(base.metadata, weight, vocabulary, kept)


def _write(entry: Entry, quantization: str, folder: Path, say: Watch) -> None:
    from models import converting, smoothing
    from models.vocabulary import tokenizer_json

    _require_words(entry)
    say("reading the base weights", 0.0)
    parts = merged_weights(entry)
    say("merging the adapter", 0.3)
    folder.mkdir()
    if quantization == EXACT:
        converting.write(folder, parts.header, parts.weight, converting.Graph)
    else:
        weight = smoothing.smoothed(parts.weight, smoothing.read(entry.adapter))
        converting.write(folder, parts.header, weight, converting.RoundedGraph)
    (folder / TOKENIZER).write_text(tokenizer_json(parts.vocabulary, parts.kept), encoding="utf-8")
    for name in (PROMPT, *OF_WORDS):
        if (entry.adapter / name).exists():
            shutil.copyfile(entry.adapter / name, folder / name)


def _require_words(entry: Entry) -> None:
    """Refuse a lexicon or a table that cannot be looked up; nobody looks at the whole of it afterwards."""
    from models import coverage, hints

    for name, fault in ((LEXICON, hints.fault), (RENDERINGS, coverage.fault)):
        path = entry.adapter / name
        wrong = fault(path) if path.exists() else None
        if wrong:
            raise BuildFailed(f"{path} cannot be looked up: {wrong}")
