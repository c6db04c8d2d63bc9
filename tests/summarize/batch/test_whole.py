"""A batch with the real translator, cut off and taken up again."""

import functools
import json
from pathlib import Path

import pytest
from batch_fakes import tree, write_articles

from summarize.batch import Options, find, run

pytestmark = pytest.mark.model


def test_real_reports_are_the_same_however_the_run_was_cut(tmp_path: Path) -> None:
    from commands.engine import Deferred

    write_articles(tmp_path / "in", 3)
    opening = functools.partial(Deferred, "embedded", None)
    options = Options(workers=1, timeout=600)
    found = find([str(tmp_path / "in")], tmp_path / "out")
    assert run(found, tmp_path / "whole", opening, options).done == 3
    out = tmp_path / "out"

    def stop() -> bool:
        return (out / "sud").exists()

    run(found, out, opening, options, stop=stop)
    run(found, out, opening, options)
    assert tree(out) == tree(tmp_path / "whole")
    report = json.loads((out / "sud" / "000.txt.json").read_text(encoding="utf-8"))
    assert "Sandworm" in report["summary"]
    assert report["denials"]
    assert report["signature"]["model"]
