import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands.claims import command

TEXT = """Sabotaggio ai treni cechi, Praga accusa Mosca

Il governo ceco ha accusato la Russia di aver sabotato i segnali di tre stazioni nella notte fra lunedì e martedì.
I tecnici hanno lavorato per tutta la giornata e il traffico è tornato regolare soltanto in serata.
Il portavoce dell'ambasciata russa ha negato ogni coinvolgimento nel sabotaggio delle stazioni ferroviarie.
"""
NEWS = """Temporali in arrivo sulle regioni del Nord

Una perturbazione atlantica raggiungerà mercoledì le regioni settentrionali con rovesci intensi sulle Alpi.
Le temperature resteranno sopra la media al Sud, dove il sole splenderà per tutta la settimana su quasi tutte le coste.
"""
KEYS = {"it", "start", "end", "by", "to", "cue", "strength"}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "treni.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_one_json_object_a_file_in_the_order_of_the_arguments(page: Path, tmp_path: Path) -> None:
    other = tmp_path / "meteo.txt"
    other.write_text(NEWS, encoding="utf-8")
    result = CliRunner().invoke(command, ["--format", "jsonl", str(page), str(other)])
    assert result.exit_code == 0, result.output
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert first["source"] == str(page)
    assert second["attributions"] == second["denials"] == []
    attribution, denial = first["attributions"][0], first["denials"][0]
    assert attribution.keys() >= KEYS
    assert denial.keys() >= KEYS
    assert attribution["by"] == "Il governo ceco"
    assert attribution["to"] == "la Russia"
    assert denial["by"] == "Il portavoce dell'ambasciata russa"
    assert TEXT[denial["start"] : denial["end"]] == denial["it"]


def test_text_says_who_and_whom(page: Path) -> None:
    result = CliRunner().invoke(command, [str(page)])
    assert result.exit_code == 0
    assert "Il governo ceco → la Russia" in result.output


def test_no_claims_is_said(tmp_path: Path) -> None:
    path = tmp_path / "meteo.txt"
    path.write_text(NEWS, encoding="utf-8")
    assert "no claims found" in CliRunner().invoke(command, [str(path)]).output


def test_a_missing_file_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, [str(tmp_path / "none.txt")])
    assert result.exit_code == 1
    assert "none.txt" in result.stderr
    assert "Traceback" not in result.output
