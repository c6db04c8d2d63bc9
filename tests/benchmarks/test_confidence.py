from pathlib import Path
from shutil import copy

import numpy as np
import pytest

from benchmarks import confidence as measure
from benchmarks import judged
from summarize import confidence


def test_the_fit_finds_the_weights_that_made_the_data() -> None:
    random = np.random.default_rng(3)
    features = random.normal(0, (1, 2), (4000, 2))
    reliable = (random.uniform(size=4000) < 1 / (1 + np.exp(-(0.5 + features @ [1.5, -0.7])))).astype(float)
    bias, weights = measure.fit(features, reliable, (0, 0))
    assert bias == pytest.approx(0.5, abs=0.15)
    assert weights == pytest.approx([1.5, -0.7], abs=0.2)
    assert measure.auc(measure.predicted(features, bias, weights), reliable) > 0.8


def test_a_weight_of_the_wrong_sign_is_left_out() -> None:
    random = np.random.default_rng(5)
    features = random.normal(0, 1, (2000, 2))
    reliable = (random.uniform(size=2000) < 1 / (1 + np.exp(-(features @ [1.0, 1.0])))).astype(float)
    _, weights = measure.fit(features, reliable, (1, -1))
    assert weights[0] == pytest.approx(0.9, abs=0.2)
    assert weights[1] == 0.0


def test_auc_of_the_right_the_wrong_and_no_order() -> None:
    reliable = np.array([0.0, 0.0, 1.0, 1.0])
    assert measure.auc(np.array([0.1, 0.2, 0.3, 0.4]), reliable) == 1.0
    assert measure.auc(np.array([0.4, 0.3, 0.2, 0.1]), reliable) == 0.0
    assert measure.auc(np.full(4, 0.5), reliable) == 0.5


def test_the_figures_of_marks_that_are_half_right() -> None:
    found = measure.figures(np.array([0.1, 0.2, 0.7, 0.9]), np.array([0.0, 1.0, 0.0, 1.0]))
    assert found == {"AUC": 0.75, "marked: not reliable": 0.5, "not reliable: marked": 0.5}


def test_the_verdicts_that_come_with_it_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    measure.main([])
    assert "fast: 886 sentences" in capsys.readouterr().out


def test_fitting_writes_numbers_that_the_product_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy(measure.FILE, tmp_path)
    lines = [f"{-0.02 * n:.2f}\t0\t{n % 3}\t0.1\t3\t{int(n < 28 - 10 * (n % 3) or n % 11 == 0)}" for n in range(40)]
    text = "\n".join(["\t".join(judged.COLUMNS), *lines]) + "\n"
    (tmp_path / f"{confidence.FAST}.tsv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(measure, "FILE", tmp_path / "confidence.toml")
    monkeypatch.setattr(measure, "FLOOR", tmp_path / "confidence.json")
    monkeypatch.setattr(measure, "VERDICTS", tmp_path)
    monkeypatch.setattr(confidence, "files", lambda _: tmp_path)
    confidence.on_file.cache_clear()
    before, _ = confidence.on_file()
    try:
        measure.main(["fit"])
        after, ways = confidence.on_file()
    finally:
        monkeypatch.undo()
        confidence.on_file.cache_clear()
    assert after == before
    weights = ways[confidence.FAST].weights
    assert set(weights) == set(judged.NAMES)
    assert weights["score"] > 0 > weights["left_out"]
