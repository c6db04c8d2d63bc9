import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands.check import command


def run(folder: Path, italian: str, english: str, *options: str) -> Result:
    left, right = folder / "it.txt", folder / "en.txt"
    left.write_text(italian, encoding="utf-8")
    right.write_text(english, encoding="utf-8")
    return CliRunner().invoke(command, [str(left), str(right), *options])


def test_lines_as_json(tmp_path: Path) -> None:
    result = run(tmp_path, "Sono 17.\n\nVa bene.\n", "They are 18.\n\nIt is fine.\n", "--lines", "--format", "jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [row["line"] for row in rows] == [1, 2, 3]
    assert rows[0]["findings"] == [{"kind": "number", "it": "17", "en": "18", "severity": "error"}]
    assert rows[1]["findings"] == rows[2]["findings"] == []


def test_all_well_is_zero(tmp_path: Path) -> None:
    result = run(tmp_path, "Sono 17 casi. Il porto è chiuso.", "There are 17 cases. The port is closed.")
    assert (result.exit_code, result.stdout) == (0, "")


def test_whole_texts_show_their_sentences(tmp_path: Path) -> None:
    result = run(
        tmp_path, "Il porto è chiuso.\nSono 17 casi.", "The port is closed. There are 18 cases.", "--format", "jsonl"
    )
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["source"], bool(row["findings"])) for row in rows] == [
        ("Il porto è chiuso.", False),
        ("Sono 17 casi.", True),
    ]


def test_different_line_counts_are_wrong_usage(tmp_path: Path) -> None:
    result = run(tmp_path, "Uno.\nDue.\n", "One.\n", "--lines")
    assert result.exit_code == 2
    assert "2 lines" in result.stderr


def test_stdin_can_be_one_side_only() -> None:
    assert CliRunner().invoke(command, ["-", "-"]).exit_code == 2


@pytest.mark.parametrize("line", ["solo una colonna", "a\tb\tloud"])
def test_a_bad_glossary_is_named(tmp_path: Path, line: str) -> None:
    from summarize.errors import GlossaryError

    path = tmp_path / "terms.tsv"
    path.write_text(f"# mine\n{line}\n", encoding="utf-8")
    result = run(tmp_path, "Bene.", "Well.", "--glossary", str(path))
    assert isinstance(result.exception, GlossaryError)
    assert "line 2" in str(result.exception)
