from __future__ import annotations

from pathlib import Path

import ctranslate2
import numpy as np
import pytest

from models.building import Parts, merged_weights
from models.calibrating import Network
from models.catalog import Entry
from models.converting import specification
from models.quantizing import JUNCTIONS, smoothed
from tests.conftest import LAYERS, TOKENS

IDS = [2, 300 % len(TOKENS), 265, 270, 266, 280, 265]


@pytest.fixture
def parts(tiny: Entry) -> Parts:
    return merged_weights(tiny)


def log_probabilities(network: Network, ids: list[int]) -> np.ndarray:
    """Of each token after the first, by the forward pass in numpy."""
    logits = network.run(ids[:-1]) @ network._tensor("token_embd").T
    logits = logits - logits.max(axis=1, keepdims=True)
    logits -= np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return logits[np.arange(len(ids) - 1), ids[1:]]


def test_the_converted_model_computes_what_the_architecture_says(parts: Parts, tmp_path: Path) -> None:
    spec = specification(parts.header, parts.weight, TOKENS)
    spec.validate()
    spec.optimize()
    spec.save(str(tmp_path))
    (scored,) = ctranslate2.Generator(str(tmp_path)).score_batch([[TOKENS[i] for i in IDS]])
    expected = log_probabilities(Network(parts.header, parts.weight), IDS)
    np.testing.assert_allclose(scored.log_probs, expected, atol=1e-4)


def test_smoothing_changes_nothing_but_the_size_of_activations(parts: Parts) -> None:
    before = Network(parts.header, parts.weight)
    expected = log_probabilities(before, IDS)
    after = Network(parts.header, smoothed(parts.weight, before.largest, alpha=0.5))
    np.testing.assert_allclose(log_probabilities(after, IDS), expected, atol=1e-4)
    assert {name for name in before.largest if "." in name} == {
        f"blk.{layer}.{junction.name}" for layer in range(LAYERS) for junction in JUNCTIONS
    }
    assert not np.allclose(after.largest["blk.0.ffn_inner"], before.largest["blk.0.ffn_inner"])


def test_smoothing_flattens_an_outlier(parts: Parts) -> None:
    largest = Network(parts.header, parts.weight)
    largest.run(IDS)
    calm = largest.largest["blk.0.attn_norm"]
    wild = dict(largest.largest, **{"blk.0.attn_norm": calm * np.where(np.arange(len(calm)) == 3, 100, 1)})
    gain = smoothed(parts.weight, wild)("blk.0.attn_norm.weight") / parts.weight("blk.0.attn_norm.weight")
    assert np.abs(gain).argmin() == 3
