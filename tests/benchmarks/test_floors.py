import argparse
import json
from pathlib import Path

import pytest

from benchmarks import floors


def run(path: Path, sha256: str, figure: float, *options: str) -> None:
    parser = argparse.ArgumentParser()
    floors.options(parser)
    floors.gate(path, sha256, {"recall": figure}, parser.parse_args(options))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    run(tmp_path / "floors.json", "old", 0.9, "--update")
    return tmp_path / "floors.json"


def test_a_run_writes_nothing_unless_told_to(path: Path) -> None:
    before = path.read_bytes()
    run(path, "old", 0.95)
    assert path.read_bytes() == before
    run(path, "old", 0.95, "--update")
    assert json.loads(path.read_text()) == {"sha256": "old", "figures": {"recall": 0.95}}


def test_a_figure_that_fell_is_refused_unless_both_options_allow_it(path: Path) -> None:
    for options in ((), ("--update",)):
        with pytest.raises(SystemExit, match=r"recall 0\.8 < 0\.9"):
            run(path, "old", 0.8, *options)
    run(path, "old", 0.8, "--update", "--allow-regression")
    assert json.loads(path.read_text())["figures"] == {"recall": 0.8}


def test_a_changed_set_is_refused_until_its_figures_are_taken(path: Path) -> None:
    with pytest.raises(SystemExit, match="the set is not the one"):
        run(path, "new", 0.95)
    run(path, "new", 0.95, "--update")
    run(path, "new", 0.95)


def test_a_figure_that_is_no_longer_measured_has_fallen(path: Path) -> None:
    assert floors.fallen(path, {"precision": 1.0}) == ["recall None < 0.9"]


def test_allowing_a_regression_without_writing_it_down_is_refused(path: Path) -> None:
    with pytest.raises(SystemExit, match="goes with --update"):
        run(path, "old", 0.8, "--allow-regression")
