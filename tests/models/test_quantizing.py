from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.quantizing import BLOCK, STEPS, ZERO, dequantized, quantized, rounded
from tests.models.reference import restored_rows


@given(st.integers(1, 5), st.integers(1, 4), st.integers(0, 1000), st.floats(1e-6, 1e6))
def test_no_weight_moves_by_more_than_half_a_step_of_its_block(rows: int, blocks: int, seed: int, size: float) -> None:
    matrix = (np.random.default_rng(seed).normal(0, 1, (rows, blocks * BLOCK)) * size).astype(np.float32)
    values, scales = quantized(matrix)
    assert values.shape == (rows, blocks, BLOCK)
    assert scales.shape == (rows, blocks)
    step = np.abs(scales)[..., None]
    moved = np.abs(dequantized(values, scales) - matrix).reshape(values.shape)
    # Byte 0 is the largest weight, so that the largest of the other sign may be a whole step too small.
    assert (moved <= 1.001 * step).all()
    assert (moved <= 0.501 * step).mean() > 0.9


def test_the_largest_weight_of_a_block_is_kept_as_it_is_and_an_empty_block_stays_empty() -> None:
    matrix = np.zeros((1, 3 * BLOCK), np.float32)
    matrix[0, 3], matrix[0, BLOCK + 5] = 7.7, -0.3
    restored = dequantized(*quantized(matrix))
    np.testing.assert_allclose(restored, matrix, rtol=1e-6)


def test_an_outlier_spoils_only_its_own_block() -> None:
    matrix = np.random.default_rng(0).normal(0, 1, (4, 2 * BLOCK)).astype(np.float32)
    matrix[:, 0] = 1000
    moved = np.abs(dequantized(*quantized(matrix)) - matrix)
    assert moved[:, BLOCK:].max() < 0.02 < moved[:, 1:BLOCK].max()


@given(st.integers(1, 5), st.integers(1, 40), st.integers(0, 1000), st.floats(1e-6, 1e6))
def test_no_weight_moves_by_more_than_half_a_step_of_its_row(rows: int, columns: int, seed: int, size: float) -> None:
    matrix = (np.random.default_rng(seed).normal(0, 1, (rows, columns)) * size).astype(np.float32)
    values, scales = rounded(matrix)
    assert values.shape == matrix.shape
    assert (np.abs(values.astype(int) - ZERO) <= STEPS).all()
    moved = np.abs(restored_rows(values, scales) - matrix)
    assert (moved <= 0.501 * scales[:, None]).all()


def test_a_row_of_zeros_stays_one() -> None:
    values, scales = rounded(np.zeros((2, 3), np.float32))
    assert (values == ZERO).all()
    assert not scales.any()
