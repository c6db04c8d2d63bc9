from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cli
from commands.translate import english_lines
from models import catalog
from models.translator import Signature, Translation

ROOT = Path(__file__).parent.parent.parent
BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029\r]")


class Upper:
    """A translator whose English is the Italian in capitals."""

    signature = Signature("upper", "none")

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        return [Translation(sentence.upper(), -0.1) for sentence in sentences]

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        return [[translation] for translation in self.translate(sentences)]


class Forgetful(Upper):
    """Loses the numbers at its first try."""

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        return [Translation(re.sub(r"\d+", "", sentence.upper()), -0.1) for sentence in sentences]

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        return [[Translation(sentence.upper(), -0.2)] for sentence in sentences]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What models were asked for; each is `Upper`."""
    asked: list[tuple[object, ...]] = []

    def open_model(name: str, *, quantization: str | None, beam: int, careful: bool, **_: object) -> Upper:
        asked.append((name, quantization, beam, careful))
        return Upper()

    monkeypatch.setattr(catalog, "open_model", open_model)
    return asked


def run(*arguments: str, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(cli.cli, ["translate", *arguments], input=stdin)


def test_text_on_the_command_line(opened: list[tuple[object, ...]]) -> None:
    result = run("Il governo ha detto di no. Il ministro tace.")
    assert result.stdout == "IL GOVERNO HA DETTO DI NO. IL MINISTRO TACE.\n"
    assert opened == [("embedded", None, 2, True)]


def test_options_reach_the_model(opened: list[tuple[object, ...]]) -> None:
    run("Ciao.", "--model", "other", "--quantization", "int8", "--beam", "4", "--fast")
    assert opened == [("other", "int8", 4, False)]


def test_paragraphs_stay_paragraphs(opened: list[tuple[object, ...]], tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text("Il titolo\n\nIl governo nega. Il ministro tace.\n\nFine della storia.\n", encoding="utf-8")
    expected = "IL TITOLO\n\nIL GOVERNO NEGA. IL MINISTRO TACE.\n\nFINE DELLA STORIA.\n"
    assert run(str(file)).stdout == expected
    assert run("-", stdin=file.read_bytes()).stdout == expected


@pytest.mark.parametrize("name", ["missing.txt", "folder/missing.html"])
def test_a_mistyped_file_name_is_not_translated(opened: list[tuple[object, ...]], name: str) -> None:
    result = run(name)
    assert "no such file" in str(result.exception)
    assert opened == []


def test_lines_one_in_one_out(opened: list[tuple[object, ...]], tmp_path: Path) -> None:
    lines = b"Il governo nega.\n\n  \nPrima frase. Seconda frase.\r\nsenza fine"
    expected = "IL GOVERNO NEGA.\n\n\nPRIMA FRASE. SECONDA FRASE.\nSENZA FINE\n"
    (tmp_path / "lines.txt").write_bytes(lines)
    assert run("--lines", "-", stdin=lines).stdout == expected
    assert run("--lines", str(tmp_path / "lines.txt")).stdout == expected


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\ufeff"), max_size=60)))
def test_lines_keep_their_number(opened: list[tuple[object, ...]], lines: list[str]) -> None:
    result = run("--lines", "-", stdin="".join(f"{line}\n" for line in lines).encode())
    assert result.exit_code == 0
    printed = result.stdout.split("\n")
    assert len(printed) == len(lines) + 1
    assert not any(BREAKS.search(line) for line in printed)
    assert [bool(line) for line in printed[:-1]] == [bool(line.split()) for line in lines]


def test_empty_stdin_gives_nothing(opened: list[tuple[object, ...]]) -> None:
    result = run("--lines", "-")
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [
        (["--lines", "missing.txt"], b"", "missing.txt"),
        (["--lines", "."], b"", "folder"),
        (["--lines", "-"], b"bene\n\xff\xfe\xfa\n", "UTF-8"),
    ],
)
def test_bad_input_is_one_line(arguments: list[str], stdin: bytes, said: str) -> None:
    result = subprocess.run(
        [sys.executable, "cli.py", "translate", *arguments], cwd=ROOT, input=stdin, capture_output=True, check=False
    )
    assert result.returncode == 1
    (line,) = result.stderr.decode().splitlines()
    assert line.startswith("sunto: ")
    assert said in line


def test_stdin_that_is_closed() -> None:
    command = f"{sys.executable} cli.py translate --lines - <&-"
    result = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert result.returncode == 1
    assert b"stdin is closed" in result.stderr


def test_wrong_usage() -> None:
    assert run("Ciao", "--beam", "0").exit_code == 2
    assert run().exit_code == 2


def test_a_line_that_lost_a_number_is_decoded_again() -> None:
    lines = ["Sono 27 i paesi colpiti.", "", "Il ministro tace."]
    assert english_lines(lines, Forgetful()) == ["SONO 27 I PAESI COLPITI.", "", "IL MINISTRO TACE."]
