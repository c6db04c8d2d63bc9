from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models import converting
from models.building import Parts, merged_weights
from models.catalog import Entry
from models.converting import Graph, RoundedGraph
from models.network import Network
from models.quantizing import dequantized, quantized, rounded
from models.sequences import Sequences
from tests.conftest import TOKENS
from tests.models.reference import Reference, restored_rows

IDS = [2, 300 % len(TOKENS), 265, 270, 266, 280, 265]


@pytest.fixture
def parts(tiny: Entry) -> Parts:
    return merged_weights(tiny)


def opened(parts: Parts, folder: Path, kind: type[Graph] = Graph) -> Network:
    folder.mkdir()
    converting.write(folder, parts.header, parts.weight, kind)
    return Network(folder, 1)


def restored(parts: Parts, name: str) -> np.ndarray:
    weight = parts.weight(name)
    if weight.ndim == 1:
        return weight
    if name == "token_embd.weight":
        return dequantized(*quantized(weight))
    return restored_rows(*rounded(weight))


def test_the_converted_model_computes_what_the_architecture_says(parts: Parts, tmp_path: Path) -> None:
    network = opened(parts, tmp_path / "model")
    expected = Reference(parts.header, parts.weight).log_probabilities(IDS)
    sequences = network.sequences(1, len(IDS))
    scores = network.read(sequences, 0, IDS, 3)
    np.testing.assert_allclose(scores.best[0], np.sort(expected[-1])[::-1][:3], atol=1e-4)
    assert list(scores.ids[0]) == list(np.argsort(-expected[-1])[:3])
    assert sequences.lengths[0] == len(IDS)
    (said,) = network.likelihood(network.sequences(1, 0), [IDS], [4])
    np.testing.assert_allclose(said, expected[np.arange(2, 6), IDS[3:]], atol=1e-4)


def test_int8_computes_what_the_rounded_weights_say_but_for_the_rounding_of_activations(
    parts: Parts, tmp_path: Path
) -> None:
    network = opened(parts, tmp_path / "model", RoundedGraph)
    expected = Reference(parts.header, lambda name: restored(parts, name)).log_probabilities(IDS)
    (said,) = network.likelihood(network.sequences(1, 0), [IDS], [6])
    np.testing.assert_allclose(said, expected[np.arange(6), IDS[1:]], atol=0.2)


def test_texts_read_together_see_the_beginning_and_themselves(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = opened(parts, tmp_path / "model")
    reference = Reference(parts.header, parts.weight)
    begun = filled(network, [IDS[:2]], 1, 2)
    texts = [IDS[2:], [265], [280, 266, 270], IDS[3:5]]
    whole = [reference.log_probabilities([*IDS[:2], *text]) for text in texts]
    for text, expected in zip(texts, whole, strict=True):
        best = network.read(filled(network, [IDS[:2]], 1, 12), 0, text, 2).best[0]
        np.testing.assert_allclose(best, np.sort(expected[-1])[::-1][:2], atol=1e-4)
    for most in (1, 6, 100):
        monkeypatch.setattr("models.network.TOGETHER", most)
        asked = [(texts[0], 4, whole[0]), (texts[2], 2, whole[2])]
        said = network.likelihood(begun, [text for text, _, _ in asked], [size for _, size, _ in asked])
        for each, (text, size, expected) in zip(said, asked, strict=True):
            rows = np.arange(len(expected) - size - 1, len(expected) - 1)
            np.testing.assert_allclose(each, expected[rows, text[-size:]], atol=1e-4)
    assert begun.lengths[0] == 2


def test_what_int8_says_of_a_text_does_not_hang_on_its_company(parts: Parts, tmp_path: Path) -> None:
    network = opened(parts, tmp_path / "model", RoundedGraph)
    begun = filled(network, [IDS[:2]], 1, 2)
    texts = [IDS[2:], [265, 264], [280, 266, 270]]
    for text, together in zip(texts, network.likelihood(begun, texts, [1, 1, 2]), strict=True):
        (alone,) = network.likelihood(begun, [text], [len(together)])
        assert list(alone) == list(together)
    both = filled(network, [IDS, IDS[:4]], 2, 12)
    alone = filled(network, [IDS], 1, 12)
    assert list(network.step(both, np.array([270, 266]), 4).best[0]) == list(
        network.step(alone, np.array([270]), 4).best[0]
    )


def filled(network: Network, texts: list[list[int]], rows: int, room: int) -> Sequences:
    """Sequences, of which the first ones have read texts, each in two parts."""
    sequences = network.sequences(rows, room)
    for row, text in enumerate(texts):
        network.read(sequences, row, text[:2])
        if text[2:]:
            network.read(sequences, row, text[2:])
    return sequences


def test_sequences_of_any_length_grow_beside_each_other_as_each_alone(parts: Parts, tmp_path: Path) -> None:
    network = opened(parts, tmp_path / "model")
    reference = Reference(parts.header, parts.weight)
    texts = [IDS[:3], IDS[:6], IDS[:4]]
    sequences = filled(network, texts, 3, 12)
    for token in (270, 266):
        scores = network.step(sequences, np.full(3, token), 4)
        texts = [[*text, token] for text in texts]
        for row, text in enumerate(texts):
            expected = np.sort(reference.log_probabilities(text)[-1])[::-1][:4]
            np.testing.assert_allclose(scores.best[row], expected, atol=1e-4)
    assert list(sequences.lengths) == [5, 8, 6]


def test_rows_become_what_others_are(parts: Parts, tmp_path: Path) -> None:
    network = opened(parts, tmp_path / "model")
    sequences = filled(network, [IDS[:3], IDS[:3]], 3, 12)
    network.step(sequences, np.array([270, 266]), 1)
    sequences.take([0, 1, 2], sequences, [1, 0, 1])  # two of them change places
    scores = network.step(sequences, np.full(3, 265), 1)
    reference = Reference(parts.header, parts.weight)
    for row, token in enumerate((266, 270, 266)):
        expected = reference.log_probabilities([*IDS[:3], token, 265])[-1].max()
        assert scores.best[row, 0] == pytest.approx(expected, abs=1e-4)


def test_logits_are_those_of_every_token(parts: Parts, tmp_path: Path) -> None:
    network = opened(parts, tmp_path / "model")
    logits = network.read(network.sequences(1, len(IDS)), 0, IDS).logits()
    expected = Reference(parts.header, parts.weight).log_probabilities(IDS)[-1]
    assert logits.shape == (1, len(TOKENS))
    np.testing.assert_allclose(logits[0] - logits[0].max(), expected - expected.max(), atol=1e-4)


def test_most_layers_see_no_farther_than_their_window(parts: Parts, tmp_path: Path) -> None:
    narrow = replace(parts, header={**parts.header, "gemma3.attention.sliding_window": 3})
    network = opened(narrow, tmp_path / "model")
    expected = Reference(narrow.header, parts.weight).log_probabilities([*IDS, 270])
    assert not np.allclose(expected[-1], Reference(parts.header, parts.weight).log_probabilities([*IDS, 270])[-1])
    sequences = network.sequences(1, len(IDS) + 1)
    np.testing.assert_allclose(network.read(sequences, 0, IDS).best[0], expected[-2].max(), atol=1e-4)
    (said,) = network.likelihood(network.sequences(1, 0), [IDS], [4])
    np.testing.assert_allclose(said, expected[np.arange(2, 6), IDS[3:]], atol=1e-4)
    assert network.step(sequences, np.array([270]), 1).best[0, 0] == pytest.approx(expected[-1].max(), abs=1e-4)
    begun = filled(network, [IDS[:2]], 1, 2)
    texts = [IDS[2:4], IDS[4:]]  # too long together for the window
    assert [len(each) for each in network._passes(begun, texts)] == [1, 1]
    for text, said in zip(texts, network.likelihood(begun, texts, [1, 1]), strict=True):
        expected = Reference(narrow.header, parts.weight).log_probabilities([*IDS[:2], *text])
        np.testing.assert_allclose(said, expected[-2, text[-1]], atol=1e-4)


def test_no_memory_is_said_as_python_says_it(parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network = opened(parts, tmp_path / "model")

    class Session:
        io_binding = network._session.io_binding

        def __init__(self, said: str) -> None:
            self.said = said

        def run_with_iobinding(self, _binding: object) -> None:
            raise RuntimeError(self.said)

    for said, expected in (("std::bad_alloc", MemoryError), ("a wrong shape", RuntimeError)):
        monkeypatch.setattr(network, "_session", Session(said))
        with pytest.raises(expected):
            network.read(network.sequences(1, len(IDS)), 0, IDS)
