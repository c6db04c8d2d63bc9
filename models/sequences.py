"""What a network keeps of sequences of tokens, each in a room of its own, so that it need not read them again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from onnxruntime import OrtValue

from models.memory import untouched


class Sequences:
    """What the network keeps of sequences that it has read: keys and values, an array of both for each layer.

    Memory that no token has been written to is not taken from the system yet, so a large room costs little.

    Attributes:
        lengths: tokens of each that were read.

    """

    def __init__(self, names: Sequence[str], count: int, heads: int, room: int, width: int) -> None:
        self.lengths = np.zeros(count, np.int64)
        self._kept = {name: untouched((count, heads, room, width)) for name in names}

    def shown(self, rows: slice) -> dict[str, Any]:
        """Some of them as ONNX Runtime takes them: it writes where they are."""
        return {name: OrtValue.ortvalue_from_numpy(array[rows]) for name, array in self._kept.items()}

    def take(self, rows: Sequence[int], others: Sequences, sources: Sequence[int]) -> None:
        """Become, row by row, what others are."""
        if not rows:
            return
        lengths = others.lengths[list(sources)]
        most = int(lengths.max())
        for name, array in self._kept.items():
            array[list(rows), :, :most] = others._kept[name][list(sources), :, :most]
        self.lengths[list(rows)] = lengths
