from pathlib import Path

import numpy as np
import pytest

from benchmarks import confidence as measure
from benchmarks import testsets
from benchmarks.testsets import ParallelSet
from summarize import confidence
from tests.benchmarks.fakes import Saying


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


def test_the_limit_is_where_most_below_it_are_wrong() -> None:
    probabilities = np.linspace(0, 1, 101)
    reliable = (probabilities > 0.4).astype(float)
    assert measure.limit(probabilities, reliable) == pytest.approx(0.4 / measure.SURE, abs=0.02)
    assert measure.limit(probabilities, np.ones(101)) == 0.0


def test_auc_of_the_right_the_wrong_and_no_order() -> None:
    reliable = np.array([0.0, 0.0, 1.0, 1.0])
    assert measure.auc(np.array([0.1, 0.2, 0.3, 0.4]), reliable) == 1.0
    assert measure.auc(np.array([0.4, 0.3, 0.2, 0.1]), reliable) == 0.0
    assert measure.auc(np.full(4, 0.5), reliable) == 0.5


def test_a_sample_is_translated_as_the_pipeline_does() -> None:
    test = ParallelSet(["Sono 17 casi.", "Piove."], [["There are 17 cases.", "It rains."]])
    engine = Saying({"Sono 17 casi.": ("There are 71 cases.", "There are 17 cases."), "Piove.": ("Rain.",)})
    found = measure.sample(test, engine)
    assert found.chrf[0] == pytest.approx(100)
    assert found.chrf[1] < 60
    assert found.features.shape == (2, len(measure.NAMES))


def test_fitting_writes_numbers_that_the_product_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["casa", "porto", "banca", "treno", "scuola", "ponte", "radio", "nave", "carta", "vento"]
    italian = [f"La {word} numero {n} chiude." for n, word in enumerate(words * 3, 20)]
    english = [f"The {word} number {n} closes." for n, word in enumerate(words * 3, 20)]
    said = {
        it: (en if n % 3 else "Nothing of the kind,",) for n, (it, en) in enumerate(zip(italian, english, strict=True))
    }
    for name in ("flores-dev", "press-dev"):
        (tmp_path / f"{name}.it").write_text("\n".join(italian) + "\n", encoding="utf-8")
        (tmp_path / f"{name}.en").write_text("\n".join(english) + "\n", encoding="utf-8")
    monkeypatch.setattr(measure, "FILE", tmp_path / "confidence.toml")
    monkeypatch.setattr(confidence, "files", lambda _: tmp_path)
    confidence.model.cache_clear()
    cache = str(tmp_path / "decoded.jsonl")
    try:
        measure.main(["fit", "--sets", str(tmp_path), "--cache", cache], lambda: Saying(said))
        model = confidence.model()
    finally:
        monkeypatch.undo()
        confidence.model.cache_clear()
    assert set(model.weights) == set(measure.NAMES)
    assert 0 < model.review < 1
    shown = capsys.readouterr().out
    assert "press-dev: 30 sentences" in shown
    assert shown.count("AUC") == 2


def test_a_folder_without_the_sets_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no test set flores-dev"):
        testsets.read(tmp_path, "flores-dev")
