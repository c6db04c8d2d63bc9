"""`summarize` from the outside, with a translator that needs no model."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli
from models.errors import WeightsMissing
from models.translator import Signature, Translation

ROOT = Path(__file__).parents[2]
ARTICLE = (
    "La Danimarca accusa un gruppo russo\n"
    "Il governo danese accusa il gruppo russo Cadet Blizzard di aver colpito un acquedotto vicino a Odense.\n"
    "Secondo i servizi segreti danesi l'intrusione risale alla fine del 2024 e ha lasciato senza acqua 50 famiglie.\n"
    "L'ambasciata russa a Copenaghen respinge le accuse e le definisce infondate.\n"
    "Il gestore dell'acquedotto ha ripristinato il servizio in poche ore, secondo il direttore dell'impianto.\n"
)
ENGLISH = {
    "Il governo danese": "The Danish government accuses the Russian group Cadet Blizzard of hitting a waterworks.",
    "L'ambasciata": "The Russian embassy in Copenhagen rejects the accusations and calls them unfounded.",
}


class Spoken:
    """Knows two sentences, echoes the rest; counts how often it was opened."""

    opened = 0
    signature = Signature("spoken", "none")

    def __init__(self, *_: object, **__: object) -> None:
        self.used = False

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        if not self.used:
            self.used = True
            type(self).opened += 1
        found = (
            next((en for it, en in ENGLISH.items() if each.startswith(it)), f"English of {len(each)}")
            for each in sentences
        )
        return [Translation(each, -0.1) for each in found]

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        return [[each] for each in self.translate(sentences)]


class Missing(Spoken):
    """A translator whose weights are not there."""

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        raise WeightsMissing("the weights are not on this machine")


@pytest.fixture(autouse=True)
def spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    Spoken.opened = 0
    monkeypatch.setattr("commands.summarize.Deferred", Spoken)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "danimarca.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.cli, ["summarize", *map(str, arguments)])


def test_both_sides_and_the_evidence_are_told(page: Path) -> None:
    result = run(page)
    assert result.exit_code == 0, result.output
    summary = " ".join(result.stdout.split())
    assert "The Danish government accuses the Russian group Cadet Blizzard" in summary
    assert "The Russian embassy in Copenhagen rejects" in summary
    assert "IT Il governo danese accusa" in summary


def test_the_signature_goes_to_stderr_in_text_and_into_the_document_elsewhere(page: Path) -> None:
    text, data = run(page), run("--format", "json", page)
    assert "model:spoken" in text.stderr and "model:spoken" not in text.stdout
    assert json.loads(data.stdout)["signature"]["model"] == "spoken"
    assert "model:spoken" not in data.stderr


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "markdown", "html"])
def test_a_file_gets_what_stdout_would_have_had(form: str, page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    printed = run("--format", form, page)
    written = run("--format", form, "-o", out, page)
    assert written.exit_code == 0 and written.stdout == ""
    assert out.read_text(encoding="utf-8") == printed.stdout


def test_full_adds_the_translation(page: Path) -> None:
    assert "Translation" in run("--full", page).stdout
    assert "Translation" not in run(page).stdout


def test_many_inputs_open_one_translator_and_a_bad_one_costs_no_other(page: Path, tmp_path: Path) -> None:
    result = run("--format", "jsonl", page, tmp_path / "missing.txt", page)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    (line,) = [each for each in result.stderr.splitlines() if "missing.txt" in each]
    assert "Traceback" not in line
    assert Spoken.opened == 1


def test_what_could_be_done_is_written_even_when_an_input_failed(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert run("--format", "jsonl", "-o", out, page, tmp_path / "missing.txt").exit_code == 1
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1


def test_no_translator_is_opened_for_an_unreadable_input(tmp_path: Path) -> None:
    assert run(tmp_path / "missing.txt").exit_code == 1
    assert Spoken.opened == 0


def test_several_pages_are_no_page(page: Path) -> None:
    result = run("--format", "html", page, page)
    assert result.exit_code == 2
    assert "one page" in result.stderr


def test_a_missing_model_ends_the_run_and_writes_nothing(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commands.summarize.Deferred", Missing)
    out = tmp_path / "out.txt"
    result = run("-o", out, page, page)
    assert isinstance(result.exception, WeightsMissing)
    assert not out.exists()


def test_an_unknown_model_is_one_line(page: Path) -> None:
    command = [sys.executable, "cli.py", "summarize", "--model", "no-such-model", str(page)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "no-such-model" in line


@pytest.mark.parametrize("kind", ["folder", "no folder"])
def test_an_output_that_cannot_be_written_is_one_line(kind: str, page: Path, tmp_path: Path) -> None:
    out = tmp_path if kind == "folder" else tmp_path / "nowhere" / "out.txt"
    result = run("-o", out, page)
    assert str(out) in str(result.exception)
    assert "cannot write" in str(result.exception)


def test_an_output_is_replaced_whole_and_keeps_its_mode(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    out.write_text("old " * 10_000)
    out.chmod(0o640)
    assert run("-o", out, page).exit_code == 0
    assert "old" not in out.read_text(encoding="utf-8")
    assert stat.S_IMODE(out.stat().st_mode) == 0o640
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_stdin_is_read(page: Path) -> None:
    result = CliRunner().invoke(cli.cli, ["summarize", "--format", "jsonl", "-"], input=ARTICLE)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["attributions"]
