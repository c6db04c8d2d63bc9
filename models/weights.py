"""The base weights: Gemma 3 270M as a GGUF file that five Python packages carry, read without torch.

The packages hold the file in four parts; it is put together in memory, checked against its SHA-256, and read by
the GGUF specification, version 3 (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md). Of its metadata only
the vocabulary is kept: a general reader spends most of a minute on those 262,144 strings.
"""

from __future__ import annotations

import hashlib
import importlib
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.errors import WeightsAltered, WeightsMissing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from models.catalog import Weights

MAGIC = b"GGUF"
VERSION = 3
SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
STRING, ARRAY = 8, 9


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor stands in the file: `shape` is (rows, columns), `kind` a GGML quantization type."""

    shape: tuple[int, ...]
    kind: int
    offset: int


@dataclass(frozen=True, slots=True)
class BaseWeights:
    """The parsed file; tensors are dequantized only when they are asked for.

    Attributes:
        metadata: every key of the header with its value.
        tensors: by their GGUF names, e.g. `blk.0.attn_q.weight`.

    """

    metadata: dict[str, Any]
    tensors: dict[str, Tensor]
    data: bytes

    def __getitem__(self, name: str) -> NDArray[np.float32]:
        """The tensor as float32, shape (out, in) for a matrix."""
        values = dequantized(self.blocks(name), self.tensors[name].kind)
        return values.reshape(-1) if len(self.tensors[name].shape) == 1 else values

    def rows(self, name: str, keep: NDArray[np.int64]) -> NDArray[np.float32]:
        """Only these rows of a matrix: the embedding is two thirds of the model and mostly not wanted."""
        return dequantized(self.blocks(name)[keep], self.tensors[name].kind)

    def blocks(self, name: str) -> NDArray[np.uint8]:
        """The raw bytes of a tensor, one row of quantization blocks a row."""
        import numpy as np
        from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType

        tensor = self.tensors[name]
        block, size = GGML_QUANT_SIZES[GGMLQuantizationType(tensor.kind)]
        row = tensor.shape[-1] // block * size
        count = row * (tensor.shape[0] if len(tensor.shape) > 1 else 1)
        return np.frombuffer(self.data, np.uint8, count, tensor.offset).reshape(-1, row)


def dequantized(blocks: NDArray[np.uint8], kind: int) -> NDArray[np.float32]:
    """Rows of quantization blocks as rows of numbers."""
    from gguf.constants import GGMLQuantizationType
    from gguf.quants import dequantize

    values: NDArray[np.float32] = dequantize(blocks, GGMLQuantizationType(kind))
    return values


def read_base(weights: Weights) -> BaseWeights:
    """Put the parts together, check them and read the header.

    Raises:
        WeightsMissing: the packages are not installed, or not whole.
        WeightsAltered: the file they make is not the one that sunto was made for.

    """
    data = _assembled(weights)
    found = hashlib.sha256(data).hexdigest()
    if found != weights.sha256:
        raise WeightsAltered(
            f"the weights of {weights.package} have SHA-256 {found[:12]}…, not {weights.sha256[:12]}…; "
            f"install them again: {weights.install} --force-reinstall"
        )
    return parse(data)


def _assembled(weights: Weights) -> bytes:
    try:
        package = importlib.import_module(weights.package.replace("-", "_"))
        return b"".join(path.read_bytes() for path in package.chunk_paths())
    except (ImportError, OSError) as error:
        raise WeightsMissing(
            f"the base weights are not installed ({error}); install them with: {weights.install}"
        ) from error


def parse(data: bytes) -> BaseWeights:
    """Read a GGUF file that is in memory.

    Raises:
        WeightsAltered: it is no GGUF file of version 3, or it ends too early.

    """
    try:
        return _parse(data)
    except (struct.error, UnicodeDecodeError, KeyError) as error:
        raise WeightsAltered(f"the base weights are no whole GGUF file ({error})") from error


def _parse(data: bytes) -> BaseWeights:
    magic, version, tensor_count, key_count = struct.unpack_from("<4sIQQ", data, 0)
    if magic != MAGIC or version != VERSION:
        raise WeightsAltered("the base weights are no GGUF file of version 3")
    at = struct.calcsize("<4sIQQ")
    metadata: dict[str, Any] = {}
    for _ in range(key_count):
        key, at = _string(data, at)
        (kind,) = struct.unpack_from("<I", data, at)
        metadata[key], at = _value(data, at + 4, kind)
    tensors: dict[str, Tensor] = {}
    for _ in range(tensor_count):
        name, at = _string(data, at)
        (rank,) = struct.unpack_from("<I", data, at)
        # GGUF names the fastest dimension first, numpy last.
        shape = tuple(reversed(struct.unpack_from(f"<{rank}Q", data, at + 4)))
        kind, offset = struct.unpack_from("<IQ", data, at + 4 + 8 * rank)
        at += 4 + 8 * rank + 12
        tensors[name] = Tensor(shape, kind, offset)
    alignment = metadata.get("general.alignment", 32)
    start = -(-at // alignment) * alignment
    placed = {name: Tensor(t.shape, t.kind, start + t.offset) for name, t in tensors.items()}
    return BaseWeights(metadata, placed, data)


def _string(data: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<Q", data, at)
    end = at + 8 + length
    return data[at + 8 : end].decode("utf-8"), end


def _value(data: bytes, at: int, kind: int) -> tuple[Any, int]:
    """One metadata value and where the next thing begins."""
    if kind == STRING:
        return _string(data, at)
    if kind != ARRAY:
        (value,) = struct.unpack_from(f"<{SCALARS[kind]}", data, at)
        return value, at + struct.calcsize(f"<{SCALARS[kind]}")
    element, count = struct.unpack_from("<IQ", data, at)
    at += 12
    if element in SCALARS:
        layout = f"<{count}{SCALARS[element]}"
        return struct.unpack_from(layout, data, at), at + struct.calcsize(layout)
    values = []
    for _ in range(count):
        value, at = _value(data, at, element)
        values.append(value)
    return values, at
