import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import cli
from models.version import VERSION

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> list[tuple[str, click.Command]]:
    context = click.Context(cli.cli)
    found = []
    for name in cli.COMMANDS:
        command = cli.cli.get_command(context, name)
        assert command is not None
        found.append((name, command))
        if isinstance(command, click.Group):
            found += [(f"{name} {child}", sub) for child, sub in command.commands.items()]
    return found


def test_help_names_every_command() -> None:
    result = CliRunner().invoke(cli.cli, ["-h"])
    assert result.exit_code == 0
    for name in cli.COMMANDS:
        assert re.search(rf"^  {name} ", result.output, re.MULTILINE), name


@pytest.mark.parametrize(("name", "command"), commands(), ids=lambda x: x if isinstance(x, str) else "")
def test_every_command_and_option_says_what_it_does(name: str, command: click.Command) -> None:
    assert command.help and command.help.strip()[0].isupper()
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]} has no help"


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_the_readme_shows_every_command(name: str) -> None:
    assert f"cli.py {name}" in README


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, cli\n"
        "try: cli.cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'torch','transformers','ctranslate2','onnxruntime','trafilatura','lxml','babel','simplemma'}\n"
        "heavy |= {'numpy','rich'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def test_an_unknown_command_is_wrong_usage() -> None:
    result = subprocess.run(
        [sys.executable, "cli.py", "sumarize"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 2
    assert "No such command" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_version_is_the_one_the_changelog_is_writing() -> None:
    heading = re.search(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heading is not None
    assert heading[1] == VERSION
