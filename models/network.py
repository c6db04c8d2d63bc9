"""The network as ONNX Runtime computes it: sequences of tokens that grow, each in a room of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime

from models.converting import EMBEDDING, GRAPH, POSITIONS, SCALES, WEIGHTS, kept
from models.quantizing import BLOCK, dequantized
from models.sequences import Sequences

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Array = NDArray[np.float32]
    Ids = NDArray[np.int64]

TOGETHER = 192  # tokens of texts that are read in one pass: more are read no faster
NO_MEMORY = ("bad_alloc", "Failed to allocate")  # what ONNX Runtime says when there is none
UNSEEN = np.float32(-1e9)  # added to the attention that one text pays to another


@dataclass(frozen=True, slots=True)
class Given:
    """Tokens by which sequences grow, and their places in them, both of shape (rows, tokens).

    Attributes:
        unseen: what is added to the attention that a token pays to those before it, shape (1, 1, tokens, all).

    """

    ids: Ids
    places: Ids
    unseen: Array


@dataclass(frozen=True, slots=True)
class Asked:
    """After which of the tokens to tell what could follow, counted over all rows.

    Attributes:
        count: how many of the likeliest to tell.
        targets: a token for each whose probability is told, where one is asked for.

    """

    wanted: Ids
    count: int = 1
    targets: Ids | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of tokens that could follow; all log-probabilities.

    Attributes:
        best: of the likeliest, shape (rows, count), and `ids` which these are.
        said: of the one that was asked for, shape (rows,).
        raw: gives the logits.

    """

    best: Array
    ids: Ids
    said: Array
    raw: Any

    def logits(self) -> Array:
        """Of every token, not normalized, shape (rows, vocabulary)."""
        logits: Array = self.raw.numpy()
        return logits


class Network:
    """A converted model.

    Args:
        folder: as `models.converting.write` left it.
        threads: that compute a call.

    Raises:
        MemoryError: of `read`, `likelihood` and `step`, where there is no room for what they compute.

    """

    def __init__(self, folder: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 4  # what goes wrong is raised, not printed
        options.enable_cpu_mem_arena = False  # it keeps what the largest batch took
        # What the further levels gain is less than the time they take at every start.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        self._session = onnxruntime.InferenceSession(folder / GRAPH, options, providers=["CPUExecutionProvider"])
        facts = self._session.get_modelmeta().custom_metadata_map
        self._facts = {name: int(number) for name, number in facts.items()}
        self._rounded = f"{EMBEDDING}{SCALES}" in self._facts
        self._names = [name for layer in range(self._facts["layers"]) for name in kept(layer)]
        self._weights = folder / WEIGHTS

    def sequences(self, count: int, room: int) -> Sequences:
        """Room for so many sequences of so many tokens."""
        return Sequences(self._names, count, self._facts["heads"], min(room, POSITIONS), self._facts["width"])

    def read(self, sequences: Sequences, row: int, text: Sequence[int], count: int = 1) -> Scores:
        """Let one sequence grow by a text of at least one token; tells `count` of the likeliest that could follow."""
        size, start = len(text), int(sequences.lengths[row])
        unseen = np.zeros((1, 1, size, start + size), np.float32)
        given = Given(np.array([text]), start + np.arange(size)[None], unseen)
        return self._run(sequences, slice(row, row + 1), given, Asked(np.array([size - 1]), count))

    def likelihood(self, begun: Sequences, texts: Sequence[Sequence[int]], asked: Sequence[int]) -> list[Array]:
        """The log-probabilities of the last tokens of texts, each as if it were alone; in passes of some of them.

        Args:
            begun: one sequence, which all texts follow; it does not grow.
            texts: tokens.
            asked: of how many tokens at the end of each, fewer than it has.

        """
        found: list[Array] = []
        for some in self._passes(begun, texts):
            ends = np.cumsum([len(text) for text in some])
            sizes = asked[len(found) : len(found) + len(some)]
            before = [np.arange(end - size - 1, end - 1) for end, size in zip(ends, sizes, strict=True)]
            targets = np.array([token for text, size in zip(some, sizes, strict=True) for token in text[-size:]])
            scores = self._together(begun, some, Asked(np.concatenate(before), targets=targets))
            found.extend(np.split(scores.said, np.cumsum(sizes)[:-1]))
        return found

    def step(self, sequences: Sequences, ids: Ids, count: int) -> Scores:
        """Let the first sequences grow by a token each; tells `count` of the likeliest that could follow."""
        rows = len(ids)
        lengths = sequences.lengths[:rows]
        unseen = np.zeros((1, 1, 1, lengths.max() + 1), np.float32)
        given = Given(ids[:, None], lengths[:, None], unseen)
        return self._run(sequences, slice(rows), given, Asked(np.arange(rows), count))

    def _passes(self, begun: Sequences, texts: Sequence[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
        """Texts in their order, as many together as one pass is to read.

        All of a pass lies within the window of attention, for this goes by where a token lies, not by its place in
        its text. What follows nothing is read alone: there ONNX Runtime counts the places of tokens itself. So is
        everything where activations are rounded: a difference in the last bit grows there, and what is said of a text
        must not hang on its company; nor is reading together any faster.
        """
        start = int(begun.lengths[0])
        most = min(TOGETHER, self._facts["window"] - start) if start and not self._rounded else 0
        some: list[Sequence[int]] = []
        for text in texts:
            if some and sum(map(len, some)) + len(text) > most:
                yield some
                some = []
            some.append(text)
        if some:
            yield some

    def _together(self, begun: Sequences, texts: Sequence[Sequence[int]], asked: Asked) -> Scores:
        """Read texts beside each other in one sequence, none of which sees another."""
        start = int(begun.lengths[0])
        ends = [start + int(end) for end in np.cumsum([len(text) for text in texts])]
        parts = [slice(end - len(text), end) for text, end in zip(texts, ends, strict=True)]
        unseen = np.full((1, 1, ends[-1] - start, ends[-1]), UNSEEN, np.float32)
        unseen[..., :start] = 0
        for part in parts:
            unseen[:, :, part.start - start : part.stop - start, part] = 0
        ids = np.concatenate([np.asarray(text, np.int64) for text in texts])
        places = np.concatenate([start + np.arange(len(text)) for text in texts])
        sequence = self.sequences(1, ends[-1])
        sequence.take([0], begun, [0])
        return self._run(sequence, slice(1), Given(ids[None], places[None], unseen), asked)

    def _run(self, sequences: Sequences, rows: slice, given: Given, asked: Asked) -> Scores:
        """Let some sequences grow."""
        lengths = sequences.lengths[rows]
        binding = self._session.io_binding()
        for name, value in self._inputs(given, asked, lengths).items():
            binding.bind_cpu_input(name, value)
        for name, value in sequences.shown(rows).items():
            binding.bind_ortvalue_input(f"past.{name}", value)
            binding.bind_ortvalue_output(name, value)
        for name in ("best", "ids", "said", "logits"):
            binding.bind_output(name)
        try:
            self._session.run_with_iobinding(binding)
        except Exception as error:
            if any(sign in str(error) for sign in NO_MEMORY):
                raise MemoryError("no memory for the next sentences") from error
            raise
        lengths += given.ids.shape[1]
        best, likeliest, said, raw = binding.get_outputs()[-4:]
        return Scores(best.numpy(), likeliest.numpy(), said.numpy()[:, 0], raw)

    def _inputs(self, given: Given, asked: Asked, lengths: Ids) -> dict[str, NDArray[Any]]:
        """What goes into the graph beside what is kept of sequences of those lengths."""
        tokens = given.ids.shape[1]
        targets = np.zeros_like(asked.wanted) if asked.targets is None else asked.targets
        return {
            "embedded": self._embedded(given.ids),
            "last": np.asarray(lengths + tokens - 1, np.int32),
            "total": np.asarray(lengths.max() + tokens, np.int32),
            "places": given.places,
            "unseen": given.unseen,
            "wanted": asked.wanted,
            "targets": targets[:, None],
            "count": np.array([asked.count]),
        }

    def _embedded(self, ids: Ids) -> Array:
        """The embeddings of tokens as the first layer takes them, shape (rows, tokens, size)."""
        distinct, places = np.unique(ids, return_inverse=True)
        size = self._facts["size"]
        if not self._rounded:
            found = self._rows(self._facts[EMBEDDING], distinct, np.dtype(np.float32), size)
        else:
            values = self._rows(self._facts[EMBEDDING], distinct, np.dtype(np.uint8), size)
            scales = self._rows(self._facts[f"{EMBEDDING}{SCALES}"], distinct, np.dtype(np.float32), size // BLOCK)
            found = dequantized(values.reshape(len(distinct), -1, BLOCK), scales)
        return np.asarray(found * np.float32(np.sqrt(size)), np.float32)[places.reshape(ids.shape)]

    def _rows(self, at: int, rows: Ids, kind: np.dtype[Any], size: int) -> NDArray[Any]:
        """Some rows of a matrix in the file of weights; mapped, it would lie in memory page by page."""
        found = np.empty((len(rows), size), kind)
        with self._weights.open("rb") as stream:
            for values, row in zip(found, rows, strict=True):
                stream.seek(at + int(row) * values.nbytes)
                stream.readinto(values)
        return found
