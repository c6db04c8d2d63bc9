from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from models import smoothing
from models.building import SMOOTHING, Parts, merged_weights
from models.catalog import Entry
from models.errors import BuildFailed
from models.quantizing import STEPS, ZERO, rounded
from models.smoothing import best, smoothed
from tests.conftest import TOKENS
from tests.models.reference import Reference, restored_rows


@pytest.fixture
def parts(tiny: Entry) -> Parts:
    return merged_weights(tiny)


def random_factors(parts: Parts) -> dict[str, np.ndarray]:
    """Factors for every channel of every junction."""
    rng = np.random.default_rng(3)
    width = parts.header["gemma3.attention.key_length"]
    sizes = {
        "attn_norm": parts.weight("blk.0.attn_norm.weight").shape[0],
        "attn_values": width,
        "ffn_norm": parts.weight("blk.0.ffn_norm.weight").shape[0],
        "ffn_inner": parts.weight("blk.0.ffn_up.weight").shape[0],
    }
    found = {
        f"blk.{layer}.{name}": rng.uniform(0.2, 5, size).astype(np.float32)
        for layer in range(parts.header["gemma3.block_count"])
        for name, size in sizes.items()
    }
    return found | {"output_norm": rng.uniform(0.2, 5, sizes["attn_norm"]).astype(np.float32)}


def test_factors_change_nothing_in_exact_arithmetic(parts: Parts) -> None:
    ids = [2, 300 % len(TOKENS), 265, 270, 266]
    weight = smoothed(parts.weight, random_factors(parts))
    assert not np.allclose(weight("blk.1.ffn_down.weight"), parts.weight("blk.1.ffn_down.weight"))
    expected = Reference(parts.header, parts.weight).log_probabilities(ids)
    # The reference takes the embedding for its output layer: this one has factors of its own.
    found = Reference(
        parts.header, lambda name: weight(name) if name != "output_norm.weight" else parts.weight(name)
    ).log_probabilities(ids)
    np.testing.assert_allclose(found, expected, atol=1e-3)
    product = weight("output_norm.weight") * weight("output.weight")
    np.testing.assert_allclose(product, parts.weight("output_norm.weight") * parts.weight("output.weight"), rtol=1e-4)


def test_the_best_factors_lessen_the_error_of_a_product_of_rounded_rows() -> None:
    rng = np.random.default_rng(0)
    sizes = np.exp(rng.normal(0, 1.5, 64))
    activations = (rng.normal(0, 1, (400, 64)) * sizes).astype(np.float32)
    weights = rng.normal(0, 1, (48, 64)).astype(np.float32)
    factor = best(activations[:200], weights)
    assert np.exp(np.log(factor).mean()) == pytest.approx(1, abs=1e-3)
    before = error(activations[200:], weights, np.ones(64, np.float32))
    largest = np.sqrt(np.abs(activations[:200]).max(axis=0) / np.abs(weights).max(axis=0))
    assert error(activations[200:], weights, factor) < 0.5 * before
    assert error(activations[200:], weights, factor) < error(activations[200:], weights, largest)


def error(activations: np.ndarray, weights: np.ndarray, factor: np.ndarray) -> float:
    """Of the product, where rows of both are rounded."""
    exact = activations @ weights.T
    sides = [restored(side) for side in (activations / factor, weights * factor)]
    return float(np.square(sides[0] @ sides[1].T - exact).mean())


def restored(matrix: np.ndarray) -> np.ndarray:
    values, scales = rounded(np.asarray(matrix, np.float32))
    assert np.abs(values.astype(int) - ZERO).max() == STEPS
    return restored_rows(values, scales)


def test_an_adapter_without_factors_has_none_and_a_broken_file_is_refused(tmp_path: Path) -> None:
    assert smoothing.read(tmp_path) == {}
    save_file({"output_norm": np.ones(3, np.float16)}, tmp_path / SMOOTHING)
    assert smoothing.read(tmp_path)["output_norm"].dtype == np.float32
    (tmp_path / SMOOTHING).write_bytes(b"nothing")
    with pytest.raises(BuildFailed, match=SMOOTHING):
        smoothing.read(tmp_path)
