"""The command `digest` on the outcome of a run."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import cli
from summarize.batch.journal import Entry, Journal
from summarize.batch.naming import OWN
from summarize.errors import NotFound

ROW = {
    "title": "Il Belgio accusa", "title_en": "Belgium accuses", "date": "12 marzo 2026", "outlet": None,
    "attribution": "Belgium accuses China.", "denial": "The embassy denies it.", "strength": "official",
    "text": "Il Belgio accusa la Cina. L'ambasciata respinge le accuse.",
    "claims": [
        {"kind": "attribution", "by": "il Belgio", "to": "la Cina", "by_en": "Belgium", "to_en": "China",
         "strength": "official", "groups": ["APT99"], "scope": None, "answers": None},
        {"kind": "denial", "by": "l'ambasciata", "to": "le accuse", "by_en": "the embassy", "to_en": None,
         "strength": "official", "groups": [], "scope": "full", "answers": 0},
    ],
}  # fmt: skip


@pytest.fixture
def out(tmp_path: Path) -> Path:
    journal = Journal(tmp_path)
    for name in ("a.txt", "b.txt", "vecchio.txt"):
        journal.record(name, Entry("done", b"c", "s", f"{name}.json", b"h", 1.0, ROW))
    journal.close()
    listed = '{"source": "a.txt", "status": "done"}\n{"source": "b.txt", "status": "done"}\n'
    (tmp_path / OWN[0]).write_text(listed, encoding="utf-8")
    return tmp_path


def test_the_page_goes_to_stdout(out: Path) -> None:
    result = CliRunner().invoke(cli, ["digest", str(out)])
    assert result.exit_code == 0, result.output
    assert "Articles: 2. Stories, each with its copies: 1." in result.stdout
    assert "| Belgium | China | official statement | the embassy |" in result.stdout
    assert "vecchio" not in result.stdout, "not in the index of the last run"


def test_the_page_goes_to_a_file(out: Path) -> None:
    page = out / "digest.html"
    result = CliRunner().invoke(cli, ["digest", str(out), "--format", "html", "-o", str(page)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert 'href="./a.txt.json"' in page.read_text(encoding="utf-8")


def test_a_folder_without_a_run_is_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["digest", str(tmp_path)])
    assert isinstance(result.exception, NotFound)
    assert "name the folder" in str(result.exception)
    assert list(tmp_path.iterdir()) == [], "looking leaves nothing behind"
