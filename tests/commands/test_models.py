from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli
from models.catalog import Entry
from tests.conftest import change


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.cli, ["models", *arguments])


def test_the_list_says_terms_and_what_is_built(tiny: Entry) -> None:
    before = run("list").stdout
    assert "Gemma Terms of Use" in before
    assert "float32" in before
    assert "not built yet" in before
    folder = run("build").stdout.strip()
    assert folder in run("list").stdout


def test_a_superseded_build_is_marked(tiny: Entry) -> None:
    old = run("build").stdout.strip()
    change(tiny)
    new = run("build").stdout.strip()
    listed = run("list").stdout
    assert re.search(rf"{re.escape(old)}, \d MB \(superseded, may be deleted\)", listed)
    assert re.search(rf"{re.escape(new)}, \d MB\n", listed)


def test_path_is_where_build_puts_it(tiny: Entry) -> None:
    expected = run("path").stdout
    assert run("build").stdout == expected
    assert run("path", "--quantization", "int8").stdout != expected
    assert Path(expected.strip()).is_dir()


def test_a_build_says_so_in_one_line_where_there_is_no_terminal(tiny: Entry) -> None:
    first, second = run("build"), run("build")
    assert first.stderr.count("\n") == 1
    assert "building the translator" in first.stderr
    assert second.stderr == ""


def test_verify(tiny: Entry) -> None:
    missing = run("verify")
    assert (missing.exit_code, "not built" in missing.stderr) == (1, True)
    folder = Path(run("build").stdout.strip())
    whole = run("verify")
    assert (whole.exit_code, "whole" in whole.stdout) == (0, True)
    (folder / "model.bin").write_bytes(b"altered")
    broken = run("verify")
    assert (broken.exit_code, "model.bin" in broken.stderr) == (1, True)


@pytest.mark.parametrize("helper", ["second", "channel"])
def test_what_helps_is_built_and_verified_too(tiny: Entry, helper: str) -> None:
    translator = Path(run("build").stdout.strip())
    (folder,) = (folder for folder in translator.parent.iterdir() if folder.name.startswith(f"{helper}-"))
    assert str(folder) in run("list").stdout
    assert str(folder) in run("verify").stdout
    (folder / "model.bin").write_bytes(b"altered")
    broken = run("verify")
    assert (broken.exit_code, str(folder) in broken.stderr) == (1, True)


def test_unknown_names_are_said(tiny: Entry) -> None:
    assert "no model is called" in str(run("path", "nonsense").exception)
    assert "no quantization is called" in str(run("build", "--quantization", "int3").exception)
