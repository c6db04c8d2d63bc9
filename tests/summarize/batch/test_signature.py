"""What an output depends on."""

from pathlib import Path

import pytest

import summarize
from summarize.batch import signature


def test_form_force_and_translator_are_in_it() -> None:
    base = signature.of("model:a", "json", force=False)
    others = [
        signature.of("model:b", "json", force=False),
        signature.of("model:a", "text", force=False),
        signature.of("model:a", "json", force=True),
    ]
    assert len({base, *others}) == 4


def test_a_changed_rule_is_in_it_and_a_changed_batch_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("claims/cues.toml", "batch/runner.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("a")
    monkeypatch.setattr(summarize, "__file__", str(tmp_path / "__init__.py"))

    def now() -> str:
        signature.rules.cache_clear()
        return signature.rules()

    before = now()
    (tmp_path / "batch/runner.py").write_text("b")
    assert now() == before
    (tmp_path / "claims/cues.toml").write_text("b")
    assert now() != before
    signature.rules.cache_clear()
