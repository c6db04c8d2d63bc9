"""What an output depends on."""

from pathlib import Path

import pytest

import summarize
from summarize.batch import Options, signature
from summarize.glossary import Term


def test_translator_form_force_and_glossary_are_in_it() -> None:
    base = signature.of("model:a", Options())
    others = [
        signature.of("model:b", Options()),
        signature.of("model:a", Options(form="text")),
        signature.of("model:a", Options(force=True)),
        signature.of("model:a", Options(glossary=(Term("riscatto", ("ransom",)),))),
        signature.of("model:a", Options(glossary=(Term("riscatto", ("redemption",)),))),
    ]
    assert len({base, *others}) == 6


def test_how_the_work_is_done_is_not_in_it() -> None:
    assert signature.of("model:a", Options(workers=9, timeout=1, strict=True)) == signature.of("model:a", Options())


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
