from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from models import catalog, opening, pins
from models.catalog import CATALOG, PUBLISHED, RANKED_BY, Entry
from models.opening import best_here, is_marian


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Names of the published models that are on this machine; none yet."""
    monkeypatch.setenv("SUNTO_CACHE", str(tmp_path))
    names: list[str] = []
    monkeypatch.setattr(opening, "_is_fetched", lambda name: name in names)
    return names


def scored(monkeypatch: pytest.MonkeyPatch, score: float) -> None:
    monkeypatch.setitem(CATALOG, "embedded", dataclasses.replace(CATALOG["embedded"], scores={RANKED_BY: score}))


def test_the_best_by_its_score_of_those_that_are_here(fetched: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    scored(monkeypatch, 20.0)
    assert best_here() == "embedded"
    fetched.append("opus-mt")
    assert best_here() == "opus-mt"
    fetched.append("opus-mt-big")
    assert best_here() == "opus-mt-big"
    scored(monkeypatch, 99.0)
    assert best_here() == "embedded"


def test_an_entry_without_its_weights_is_not_here(fetched: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    missing = dataclasses.replace(CATALOG["embedded"].weights, package="no-such-package")
    entry = dataclasses.replace(CATALOG["embedded"], weights=missing, scores={RANKED_BY: 99.0})
    monkeypatch.setitem(CATALOG, "embedded", entry)
    fetched.append("opus-mt")
    assert best_here() == "opus-mt"
    fetched.clear()
    assert best_here() == "embedded"  # whose own error says how to get its weights


def test_a_torn_record_is_no_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SUNTO_CACHE", str(tmp_path))
    (tmp_path / "pins").mkdir()
    (tmp_path / "pins" / "opus-mt.json").write_text("{")
    assert best_here() == "embedded"
    assert pins.find("opus-mt-big") is None


def test_auto_opens_the_best(tiny: Entry, fetched: list[str]) -> None:
    assert catalog.open_model("auto").signature.model == "embedded"


def test_what_is_a_marian_model(tmp_path: Path) -> None:
    assert all(map(is_marian, PUBLISHED))
    assert is_marian(str(tmp_path))
    assert is_marian("./not/there")
    assert not is_marian("embedded")
    assert not is_marian("nonsense")
