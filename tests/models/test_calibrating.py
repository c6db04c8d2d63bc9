from __future__ import annotations

import numpy as np
import pytest
from click.testing import CliRunner

from models import calibrating, smoothing
from models.building import merged_weights
from models.catalog import CATALOG, Entry
from models.smoothing import JUNCTIONS
from tests.conftest import TOKENS
from tests.models.reference import Reference, gelu


def test_what_the_matrices_read_is_what_the_architecture_says(tiny: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = merged_weights(tiny)
    ids = [2, 300 % len(TOKENS), 265, 270, 266, 280]
    monkeypatch.setattr("models.calibrating.EVERY", 1)
    seen = calibrating._activations(parts, [ids, ids[:3]])
    layers = parts.header["gemma3.block_count"]
    assert len(seen) == 4 * layers + 1
    reference = Reference(parts.header, parts.weight)
    hidden = parts.weight("token_embd.weight")[ids]
    first = reference._norm("blk.0", "attn_norm", hidden * np.float32(np.sqrt(hidden.shape[1])))
    np.testing.assert_allclose(seen["blk.0.attn_norm"][:5], first[1:], atol=1e-4)
    inner = seen["blk.0.ffn_norm"]
    gated = gelu(inner @ parts.weight("blk.0.ffn_gate.weight").T) * (inner @ parts.weight("blk.0.ffn_up.weight").T)
    np.testing.assert_allclose(seen["blk.0.ffn_inner"], gated, atol=1e-3)
    np.testing.assert_allclose(seen["output_norm"][:5], reference._hidden(ids)[1:], atol=1e-3)


def test_the_command_writes_factors_that_fit_every_junction(
    tiny: Entry, tmp_path_factory: pytest.TempPathFactory
) -> None:
    pairs = tmp_path_factory.mktemp("pairs") / "pairs.tsv"
    pairs.write_text(f"{'la lana ' * 10}\tthe wool\ncorta\tshort\n", encoding="utf-8")
    result = CliRunner().invoke(calibrating.main, [tiny.name, str(pairs)])
    assert result.exit_code == 0, result.output
    parts = merged_weights(CATALOG["embedded"])
    factors = smoothing.read(tiny.adapter)
    assert len(factors) == 4 * parts.header["gemma3.block_count"] + 1
    weight = smoothing.smoothed(parts.weight, factors)
    for junction in JUNCTIONS:
        for part in (*junction.makers, *junction.readers):
            name = f"blk.0.{part}.weight" if f"blk.0.{junction.name}" in factors else f"{part}.weight"
            assert np.isfinite(weight(name)).all()
