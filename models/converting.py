"""Merged Gemma 3 weights → a graph for ONNX Runtime, without torch or transformers.

The graph reads tokens that follow what is already known of each sequence: `GroupQueryAttention` writes keys and values
into the place that the caller keeps for them. One file holds the graph, another the weights, so that no more of them
is in memory than has to be. GGUF stores the gain of a norm as 1 + w, which is taken as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from models.quantizing import STEPS, ZERO, quantized, rounded

if TYPE_CHECKING:
    from pathlib import Path

    import onnx
    from numpy.typing import NDArray

    Array = NDArray[np.float32]
    Weight = Callable[[str], Array]

GRAPH, WEIGHTS = "model.onnx", "model.bin"
LOCAL_ROTARY_BASE = 10_000.0
GLOBAL_EVERY = 6  # every sixth layer looks at everything, the others at a sliding window
POSITIONS = 2_048  # tokens of a sequence, at most
EMBEDDING = "embedding"  # whose rows are looked up; in float32 it is the output layer too
SCALES = ".scales"  # what the name of quantized weights is followed by for their scales
ALIGNED = 4_096  # bytes: weights are mapped into memory page by page
OPERATORS, MICROSOFT = 20, "com.microsoft"


def write(folder: Path, header: Mapping[str, Any], weight: Weight, kind: type[Graph]) -> None:
    """Write the graph and its weights.

    Args:
        folder: there already.
        header: the GGUF metadata, for the shape of the network.
        weight: gives a tensor by its GGUF name, float32.
        kind: `Graph` for weights as they are, `RoundedGraph` for int8.

    """
    with (folder / WEIGHTS).open("wb") as stream:
        graph = kind(stream)
        embedding = weight("token_embd.weight")
        shape = Shape(header, embedding.shape[1])
        hidden = "embedded"
        for turn, base in (("local", LOCAL_ROTARY_BASE), ("global", header["gemma3.rope.freq_base"])):
            for name, table in zip(("cosine", "sine"), _rotation(shape.width, base), strict=True):
                graph.stored(f"{name}.{turn}", table)
        for index in range(shape.layers):
            hidden = _layer(graph, shape, index, hidden, partial(_of_layer, weight, index))
        _output(graph, shape, hidden, weight, embedding)
    facts = {name: graph.places[name] for name in (EMBEDDING, f"{EMBEDDING}{SCALES}") if name in graph.places}
    facts |= {"size": shape.size, "layers": shape.layers, "heads": shape.heads_kv, "width": shape.width}
    facts["window"] = shape.window
    (folder / GRAPH).write_bytes(_model(graph, shape, facts).SerializeToString())


class Shape:
    """The numbers that a Gemma 3 is made of."""

    def __init__(self, header: Mapping[str, Any], size: int) -> None:
        self.size = size  # of an embedding
        self.layers: int = header["gemma3.block_count"]
        self.heads: int = header["gemma3.attention.head_count"]
        self.heads_kv: int = header["gemma3.attention.head_count_kv"]
        self.width: int = header["gemma3.attention.key_length"]  # of a head
        self.window: int = header["gemma3.attention.sliding_window"]
        self.epsilon: float = header.get("gemma3.attention.layer_norm_rms_epsilon", 1e-6)


class Graph:
    """Nodes and weights while they are gathered; large weights go to a stream at once."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.places: dict[str, int] = {}  # of tensors in the file of weights, bytes
        self._stream = stream

    def node(self, kind: str, inputs: Sequence[str], outputs: Sequence[str] = (), **attributes: Any) -> str:  # noqa: ANN401
        """Add an operator; returns the name of its first output."""
        from onnx import helper

        named = list(outputs) or [f"{kind}.{len(self.nodes)}"]
        self.nodes.append(helper.make_node(kind, list(inputs), named, **attributes))
        return named[0]

    def constant(self, name: str, values: NDArray[Any] | Sequence[int]) -> str:
        """A small tensor, kept in the graph itself."""
        from onnx import numpy_helper

        self.weights.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def stored(self, name: str, values: NDArray[Any]) -> str:
        """A tensor in the file of weights."""
        from onnx import TensorProto, helper

        at = self._written(name, values)
        tensor = TensorProto(name=name, dims=values.shape, data_location=TensorProto.EXTERNAL)
        tensor.data_type = helper.np_dtype_to_tensor_dtype(values.dtype)
        for key, value in (("location", WEIGHTS), ("offset", at), ("length", values.nbytes)):
            tensor.external_data.add(key=key, value=str(value))
        self.weights.append(tensor)
        return name

    def _written(self, name: str, values: NDArray[Any]) -> int:
        """Where in the file of weights a tensor was written."""
        at = self.places[name] = -(-self._stream.tell() // ALIGNED) * ALIGNED
        self._stream.seek(at)
        self._stream.write(np.ascontiguousarray(values).data)
        return at

    def linear(self, hidden: str, name: str, matrix: Array) -> str:
        """Rows times a matrix of shape (out, in)."""
        return self.node("MatMul", [hidden, self.stored(name, matrix.T)])

    def logits(self, hidden: str, embedding: Array, weight: Weight) -> str:
        """The same for the output layer: the embedding, which is stored row by row, for its rows are looked up too."""
        return self.node("Gemm", [hidden, self.stored(EMBEDDING, embedding)], ["logits"], transB=1)

    def norm(self, hidden: str, name: str, gain: Array, epsilon: float) -> str:
        """RMSNorm of the last axis."""
        inputs = [hidden, self.constant(name, np.asarray(gain, np.float32))]
        return self.node("SimplifiedLayerNormalization", inputs, axis=-1, epsilon=epsilon)


class RoundedGraph(Graph):
    """A graph that multiplies bytes by bytes: its matrices are rounded, and so is every row that they read."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(stream)
        self._rows: dict[str, tuple[str, str]] = {}  # what was rounded, as bytes and the scale of each row
        for name, value in (
            ("steps", np.float32(STEPS)),
            ("step", np.float32(1 / STEPS)),
            ("half", np.float32(ZERO + 0.5)),  # a cast cuts
            ("one", np.float32(1)),
            ("zero", np.uint8(ZERO)),
            ("channels", np.array([-1])),
        ):
            self.constant(name, np.asarray(value))

    def linear(self, hidden: str, name: str, matrix: Array, *outputs: str) -> str:
        """Rows times a matrix of shape (out, in)."""
        rows, sizes = self._rounded(hidden)
        values, scales = rounded(matrix)
        weights = [self.stored(name, values.T), "one", self.constant(f"{name}{SCALES}", scales), "zero", "zero"]
        product = self.node("MatMulIntegerToFloat", [rows, *weights], domain=MICROSOFT)
        return self.node("Mul", [product, sizes], outputs)

    def logits(self, hidden: str, embedding: Array, weight: Weight) -> str:
        """The same for the output layer, which has factors that embeddings must not have (`models.smoothing`)."""
        values, scales = quantized(embedding)
        self._written(EMBEDDING, values)
        self._written(f"{EMBEDDING}{SCALES}", scales)
        return self.linear(hidden, "output", weight("output.weight"), "logits")

    def _rounded(self, hidden: str) -> tuple[str, str]:
        """Rows as bytes, each by its largest value, and what a step is in each.

        A row of zeros is divided by zero; whatever bytes it gets, its step is zero.
        """
        from onnx import TensorProto

        if hidden not in self._rows:
            largest = self.node("ReduceMax", [self.node("Abs", [hidden]), "channels"], keepdims=1)
            steps = self.node("Mul", [hidden, self.node("Div", ["steps", largest])])
            rows = self.node("Cast", [self.node("Add", [steps, "half"])], to=TensorProto.UINT8)
            self._rows[hidden] = rows, self.node("Mul", [largest, "step"])
        return self._rows[hidden]


def _of_layer(weight: Weight, index: int, name: str) -> Array:
    return weight(f"blk.{index}.{name}.weight")


def _layer(graph: Graph, shape: Shape, index: int, hidden: str, weight: Weight) -> str:
    """The last layer tells only of the tokens that are asked for."""

    def norm(rows: str, name: str) -> str:
        return graph.norm(rows, f"{index}.{name}", weight(name), shape.epsilon)

    def linear(rows: str, name: str) -> str:
        return graph.linear(rows, f"{index}.{name}", weight(name))

    attended = _attention(graph, shape, index, norm(hidden, "attn_norm"), weight)
    if index == shape.layers - 1:
        hidden, attended = _wanted(graph, hidden), _wanted(graph, attended)
    hidden = graph.node("Add", [hidden, norm(linear(attended, "attn_output"), "post_attention_norm")])
    inner = norm(hidden, "ffn_norm")
    gate = graph.node("Gelu", [linear(inner, "ffn_gate")], approximate="tanh")
    inner = linear(graph.node("Mul", [gate, linear(inner, "ffn_up")]), "ffn_down")
    return graph.node("Add", [hidden, norm(inner, "post_ffw_norm")])


def _wanted(graph: Graph, rows: str) -> str:
    """Of all tokens of all sequences those that are asked for, shape (wanted, channels)."""
    flat = graph.node("Flatten", [rows], axis=2)
    return graph.node("Gather", [flat, "wanted"], axis=0)


def _attention(graph: Graph, shape: Shape, index: int, rows: str, weight: Weight) -> str:
    fused = np.concatenate([weight("attn_q"), weight("attn_k"), weight("attn_v")])
    sizes = [shape.heads * shape.width, shape.heads_kv * shape.width, shape.heads_kv * shape.width]
    query, key, value = (f"{index}.{name}" for name in ("query", "key", "value"))
    inputs = [graph.linear(rows, f"{index}.attn_qkv", fused), graph.constant(f"{index}.sizes", sizes)]
    graph.node("Split", inputs, [query, key, value], axis=-1)
    for name, gain, size in ((query, "attn_q_norm", sizes[0]), (key, "attn_k_norm", sizes[1])):
        heads = graph.node("Reshape", [name, graph.constant(f"{name}.heads", [0, 0, -1, shape.width])])
        normed = graph.norm(heads, f"{index}.{gain}", weight(gain), shape.epsilon)
        graph.node("Reshape", [normed, graph.constant(f"{name}.flat", [0, 0, size])], [f"{name}.normed"])
    everything = (index + 1) % GLOBAL_EVERY == 0
    before = [f"past.{name}" for name in kept(index)]
    turn = [f"{name}.{'global' if everything else 'local'}" for name in ("cosine", "sine")]
    return graph.node(
        "GroupQueryAttention",
        [f"{query}.normed", f"{key}.normed", value, *before, "last", "total", *turn, "places", "unseen"],
        [f"{index}.attended", *kept(index)],
        domain=MICROSOFT,
        num_heads=shape.heads,
        kv_num_heads=shape.heads_kv,
        do_rotary=1,
        local_window_size=-1 if everything else shape.window,
    )


def kept(index: int) -> tuple[str, str]:
    """The names of what a layer keeps of a sequence: `past.` and such a name goes in, the name comes out."""
    return f"keys.{index}", f"values.{index}"


def _output(graph: Graph, shape: Shape, hidden: str, weight: Weight, embedding: Array) -> None:
    rows = graph.norm(hidden, "output_norm", weight("output_norm.weight"), shape.epsilon)
    scores = graph.node("LogSoftmax", [graph.logits(rows, embedding, weight)], axis=-1)
    graph.node("TopK", [scores, "count"], ["best", "ids"], axis=-1)
    graph.node("GatherElements", [scores, "targets"], ["said"], axis=-1)


def _rotation(width: int, base: float) -> tuple[Array, Array]:
    """Cosine and sine of the rotary embedding (Su et al. 2021, arXiv 2104.09864), shape (POSITIONS, width / 2)."""
    angles = np.arange(POSITIONS)[:, None] / base ** (np.arange(0, width, 2) / width)
    return np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)


def _model(graph: Graph, shape: Shape, facts: Mapping[str, int]) -> onnx.ModelProto:
    from onnx import TensorProto, helper

    def tensor(name: str, kind: int, sizes: Sequence[str | int]) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, sizes)

    real, whole = TensorProto.FLOAT, TensorProto.INT64
    names = [name for index in range(shape.layers) for name in kept(index)]
    inputs = [
        tensor("embedded", real, ["sequences", "tokens", shape.size]),
        tensor("last", TensorProto.INT32, ["sequences"]),
        tensor("total", TensorProto.INT32, []),
        tensor("places", whole, ["sequences", "tokens"]),
        tensor("unseen", real, [1, 1, "tokens", "total"]),
        tensor("wanted", whole, ["wanted"]),
        tensor("targets", whole, ["wanted", 1]),
        tensor("count", whole, [1]),
        *(tensor(f"past.{name}", real, ["sequences", shape.heads_kv, "room", shape.width]) for name in names),
    ]
    outputs = [
        tensor("logits", real, ["wanted", "vocabulary"]),
        tensor("best", real, ["wanted", "count"]),
        tensor("ids", whole, ["wanted", "count"]),
        tensor("said", real, ["wanted", 1]),
        *(tensor(name, real, ["sequences", shape.heads_kv, "room", shape.width]) for name in names),
    ]
    made = helper.make_graph(graph.nodes, "gemma3", inputs, outputs, graph.weights)
    versions = [helper.make_opsetid("", OPERATORS), helper.make_opsetid(MICROSOFT, 1)]
    model = helper.make_model(made, opset_imports=versions, ir_version=10)
    helper.set_model_props(model, {name: str(number) for name, number in facts.items()})
    return model
