"""One bundle to train elsewhere from: the base weights and a pass of a recipe in tokens, in parts of a chosen size.

The machine that it is sent to needs torch, numpy, safetensors, gguf and tokenizers, no corpus and no lexicon.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from safetensors.numpy import load, save

from models.training.base import Packed
from models.training.batching import Encoded
from models.training.passes import PackedPasses, Passes

if TYPE_CHECKING:
    from numpy.typing import NDArray

BASE, PAIRS = "base", "pairs"
TRAINED = "trained"


def write_base(folder: Path, packed: Packed, part: int) -> None:
    """Write the base weights in files of at most `part` bytes. Raises OSError."""
    facts = json.dumps({"kinds": packed.kinds, "header": packed.header, "tokenizer": packed.tokenizer})
    _split(folder, BASE, _framed(facts, save(packed.blocks)), part)


def read_base(folder: Path) -> Packed:
    """What `write_base` wrote. Raises OSError; ValueError when parts are missing."""
    facts, arrays = _unframed(_joined(folder, BASE))
    return Packed(load(arrays), **json.loads(facts))


def write_pairs(folder: Path, passes: Passes, part: int) -> None:
    """Write the first pass and the watched pairs in files of at most `part` bytes. Raises OSError."""
    sets = {TRAINED: [pair for pair in passes.pairs(0) if pair], **passes.watched}
    arrays = {f"{name} {what}": array for name, pairs in sets.items() for what, array in _flat(pairs).items()}
    # The pairs that a pass takes again are far apart: the dictionary of this preset still reaches them.
    packed = lzma.compress(save(arrays), preset=6)
    _split(folder, PAIRS, _framed(json.dumps(list(passes.shared)), packed), part)


def read_pairs(folder: Path) -> PackedPasses:
    """What `write_pairs` wrote. Raises OSError; ValueError when parts are missing."""
    shared, packed = _unframed(_joined(folder, PAIRS))
    arrays = load(lzma.decompress(packed))
    names = {name.rpartition(" ")[0] for name in arrays}
    sets = {name: list(_pairs(arrays, name)) for name in sorted(names)}
    return PackedPasses(json.loads(shared), sets, sets.pop(TRAINED))


def _flat(pairs: Sequence[Encoded]) -> Mapping[str, NDArray[np.uint32]]:
    """The tokens of prompts and targets one after the other, and how many are whose."""
    sides = {"prompts": [pair.prompt for pair in pairs], "targets": [pair.target for pair in pairs]}
    tokens = {side: np.fromiter(chain.from_iterable(some), np.uint32) for side, some in sides.items()}
    return tokens | {f"{side}-lengths": np.array([len(one) for one in some], np.uint32) for side, some in sides.items()}


def _pairs(arrays: Mapping[str, NDArray[np.uint32]], name: str) -> Iterator[Encoded]:
    sides = [
        (arrays[f"{name} {side}"], pairwise(accumulate(arrays[f"{name} {side}-lengths"].tolist(), initial=0)))
        for side in ("prompts", "targets")
    ]
    (prompts, of_prompts), (targets, of_targets) = sides
    for (start, end), (first, last) in zip(of_prompts, of_targets, strict=True):
        yield Encoded(prompts[start:end], targets[first:last])


def _framed(text: str, data: bytes) -> bytes:
    return text.encode() + b"\n" + data


def _unframed(framed: bytes) -> tuple[str, bytes]:
    text, _, data = framed.partition(b"\n")
    return text.decode(), data


def _split(folder: Path, name: str, data: bytes, part: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{name}.*"):
        old.unlink()
    starts = range(0, len(data), part)
    for number, start in enumerate(starts, 1):
        (folder / f"{name}.{number:03}-of-{len(starts):03}").write_bytes(data[start : start + part])


def _joined(folder: Path, name: str) -> bytes:
    parts = sorted(folder.glob(f"{name}.*"))
    if not parts or not parts[-1].name.endswith(f"of-{len(parts):03}"):
        raise ValueError(f"{folder}: {len(parts)} parts of {name}, and that is not all of them")
    return b"".join(path.read_bytes() for path in parts)
