"""Find the factors that let a model be rounded to int8: `python -m models.calibrating MODEL PAIRS.tsv...`.

Needed only when an adapter changes. What the channels of the activations are like is measured on Italian<TAB>English
pairs in the adapter's own prompt, with the weights as they are; the factors go beside the adapter.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np

from models import converting, smoothing, whole
from models.building import SMOOTHING, Parts, merged_weights
from models.catalog import CATALOG, DEFAULT, Entry
from models.network import Asked, Given, Network
from models.piecewise import threads

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

SEED, PAIRS, LONG = 5, 100, 60  # pairs that are read, of an Italian that is longer than so many characters
EVERY = 3  # one token in so many is looked at
READ_BY = {"attn_norm": "attn_qkv", "attn_values": "attn_output", "ffn_norm": "ffn_gate", "ffn_inner": "ffn_down"}
"""Junction of a layer → the matrix in the graph that reads its activations."""


def factors(parts: Parts, texts: Sequence[Sequence[int]]) -> dict[str, Array]:
    """The factors of every junction, as `models.smoothing.read` gives them.

    Args:
        parts: the model.
        texts: tokens, as the model reads them in use.

    """
    found: dict[str, Array] = {}
    seen = _activations(parts, texts)
    for name, activations in seen.items():
        block, _, place = name.rpartition(".")
        junction = next(each for each in smoothing.JUNCTIONS if each.name == place)
        weights = np.concatenate([parts.weight(f"{block}.{reader}.weight".lstrip(".")) for reader in junction.readers])
        width = parts.header["gemma3.attention.key_length"] if place == "attn_values" else weights.shape[1]
        # Heads that share a value are rows of their own.
        found[name] = smoothing.best(activations.reshape(-1, width), weights.reshape(-1, width))
    return found


def _activations(parts: Parts, texts: Sequence[Sequence[int]]) -> dict[str, Array]:
    """What each junction carries after one in `EVERY` tokens but the first, by its name."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        converting.write(folder, parts.header, parts.weight, converting.Graph)
        names = _watched(folder / converting.GRAPH)
        network = Watched(folder, threads())
        rows = [network.told(text, list(names.values())) for text in texts]
    return {
        name: np.concatenate([each[index][1::EVERY] for each in rows]).astype(np.float32)
        for index, name in enumerate(names)
    }


def _watched(path: Path) -> dict[str, str]:
    """Let the graph tell what its matrices read; junction → the name of that."""
    import onnx
    from onnx import TensorProto, helper

    model = onnx.load(path, load_external_data=False)
    read = {node.input[1]: node.input[0] for node in model.graph.node if node.op_type in ("MatMul", "Gemm")}
    layers = sum(1 for name in read if name.endswith(READ_BY["ffn_inner"]))
    names = {f"blk.{n}.{place}": read[f"{n}.{matrix}"] for n in range(layers) for place, matrix in READ_BY.items()}
    names["output_norm"] = read[converting.EMBEDDING]
    model.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names.values())
    onnx.save(model, path)
    return names


class Watched(Network):
    """A network that tells what its matrices read."""

    def told(self, text: Sequence[int], names: list[str]) -> list[Array]:
        """The activations of those names over a text, shape (tokens, channels) each."""
        size = len(text)
        places = np.arange(size)
        unseen = np.zeros((1, 1, size, size), np.float32)
        given, asked = Given(np.array([text]), places[None], unseen), Asked(places)
        feeds = self._inputs(given, asked, np.zeros(1, np.int64))
        feeds |= {f"past.{name}": value for name, value in self.sequences(1, size).shown(slice(1)).items()}
        return [np.reshape(each, (size, -1)) for each in self._session.run(names, feeds)]


def _entries() -> dict[str, Entry]:
    """All that take part in a translation, by their names."""
    entry = CATALOG[DEFAULT]
    return {each.name: each for each in (entry, *entry.helpers)}


def _read_pairs(paths: Sequence[Path]) -> list[tuple[str, str]]:
    lines = [line for path in sorted(paths) for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [(source, target) for source, _, target in (line.partition("\t") for line in lines) if len(source) > LONG]
    random.Random(SEED).shuffle(pairs)
    return pairs[:PAIRS]


@click.command(help=__doc__)
@click.argument("model", type=click.Choice(list(_entries())))
@click.argument("pairs", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def main(model: str, pairs: tuple[Path, ...]) -> None:
    """Read the pairs and write the factors."""
    import tokenizers
    from safetensors.numpy import save

    from models.prompt import Prompt
    from models.vocabulary import BOS, tokenizer_json

    entry = _entries()[model]
    parts, prompt = merged_weights(entry), Prompt.read(entry.adapter)
    tokenizer = tokenizers.Tokenizer.from_str(tokenizer_json(parts.vocabulary, parts.kept))
    bos = [parts.vocabulary.tokens[i] for i in parts.kept].index(BOS)
    backward = entry is CATALOG[DEFAULT].channel
    texts = []
    for pair in _read_pairs(pairs):
        source, target = reversed(pair) if backward else pair
        said = f"{prompt.around(source)} {target}{prompt.stop}"
        texts.append([bos, *tokenizer.encode(said, add_special_tokens=False).ids])
    found = {name: values.astype(np.float16) for name, values in factors(parts, texts).items()}
    whole.write(entry.adapter / SMOOTHING, save(found))


if __name__ == "__main__":
    main()
