import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands.clean import command

BODY = (
    "Il ministero accusa il gruppo Lupo Grigio di aver rubato i progetti della nuova diga.\n"
    "«Non siamo stati noi», ha risposto il gruppo in un messaggio pubblicato nella notte.\n"
    "«Seguici su Telegram», recitava il messaggio, che la polizia ha fatto rimuovere.\n"
)
PAGE = (
    "Diga, il ministero accusa Lupo Grigio\ndi Anna Neri\n"
    + BODY
    + "Ti è piaciuto questo articolo? Seguici su Facebook.\n"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "pagina.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_text_is_the_title_and_the_body(page: Path) -> None:
    result = run(page)
    assert result.exit_code == 0
    assert result.output.split("\n\n")[0] == "Diga, il ministero accusa Lupo Grigio"
    assert "Seguici su Facebook" not in result.output


def test_jsonl_keeps_the_contract(page: Path) -> None:
    row = json.loads(run("--format", "jsonl", page).output)
    assert row["source"] == str(page)
    assert row["title"] == "Diga, il ministero accusa Lupo Grigio"
    assert row["byline"] == "di Anna Neri"
    assert row["body"] == BODY.splitlines()
    assert row["removed"] == [
        {"text": "Ti è piaciuto questo articolo? Seguici su Facebook.", "rule": "community-liked"}
    ]


def test_explain_names_rules_reasons_and_protections(page: Path) -> None:
    output = run("--explain", page).output
    assert "community-liked" in output
    assert "asks whether the reader liked the article" in output
    assert "protected" in output
    row = json.loads(run("--explain", "--format", "jsonl", page).output)
    assert row["removed"][0]["reason"]
    assert row["protected"][0]["by"]


def test_markdown_has_a_heading_and_the_byline(page: Path) -> None:
    output = run("--format", "markdown", page).output
    assert output.startswith("# Diga, il ministero accusa Lupo Grigio\n")
    assert "di Anna Neri" in output


def test_rules_are_switched_and_unknown_ones_refused(page: Path) -> None:
    assert "Seguici su Facebook" in run("--keep", "community", page).output
    assert "Seguici su Facebook" in run("--only", "copyright", page).output
    refused = run("--keep", "comunita", page)
    assert refused.exit_code == 2
    assert "--list-rules" in refused.output


def test_rules_are_listed() -> None:
    output = run("--list-rules").output
    assert "community-liked" in output
    assert "before-body" in output
