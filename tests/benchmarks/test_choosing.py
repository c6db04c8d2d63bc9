from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import choosing

WRONG, RIGHT = "The demon fell.", "The daemon crashed."


@pytest.fixture
def choices(tmp_path: Path) -> list[choosing.Choice]:
    """A sentence that only the second model has right."""

    def said(model: str, text: str, channel: float, verdict: str) -> dict[str, object]:
        return {"model": model, "score": -0.2, "channel": channel, "faults": 0, "verdict": [verdict], "text": text}

    row = {
        "source": "Il demone è caduto.",
        "hypotheses": [said("first", WRONG, -2, "fact"), said("second", RIGHT, -1, "reliable")],
    }
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return choosing.read(path)


def test_what_the_product_would_take_is_held_against_the_verdicts(choices: list[choosing.Choice]) -> None:
    assert choosing.figures(choices, models=1) == {"reliable": 0.0, "no fact wrong": 0.0}
    assert choosing.figures(choices, models=2) == {"reliable": 1.0, "no fact wrong": 1.0}
    assert choosing.possible(choices) == 1.0


def test_the_set_is_whole() -> None:
    kinds = {"reliable", "fact", "dropped", "sense", "hedge"}
    for choice in choosing.read(choosing.SET):
        assert all(choice.models)
        for verdict in choice.verdicts.values():
            assert set(verdict) <= kinds
            assert verdict == ("reliable",) or "reliable" not in verdict


def test_what_is_left_out_is_held_against_the_verdicts() -> None:
    told = choosing.left_out(choosing.read(choosing.SET))
    assert told["two words left out: not reliable"] > 0.9
    assert told["something dropped: told"] > 0.6
