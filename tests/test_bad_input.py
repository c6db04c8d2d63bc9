"""Every bad input: one clear line on stderr that names it, the right exit code, and never a traceback."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GOOD = ROOT / "examples" / "attribution-and-denial.txt"


def run(*arguments: str | Path, stdin: bytes | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "cli.py", *map(str, arguments)],
        cwd=ROOT,
        input=None if stdin is None else stdin.decode("latin-1"),
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
    )


def missing(folder: Path) -> Path:
    return folder / "missing.txt"


def directory(folder: Path) -> Path:
    return folder


def written(name: str, data: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return write


FRENCH = (
    "Le gouvernement a annoncé jeudi que les travaux de la nouvelle ligne commenceront au printemps prochain. "
    "Les habitants du quartier espèrent que les retards des dernières années ne se répéteront pas.\n"
) * 3
FOOTER = "Iscriviti alla nostra newsletter\nSeguici su Facebook\n© Riproduzione riservata\n"

BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "missing": (missing, "no such file"),
    "folder": (directory, "folder"),
    "empty": (written("empty.txt", b""), "empty"),
    "blank": (written("blank.txt", b" \n\t\n"), "empty"),
    "picture": (written("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20), "not a text"),
    "NUL bytes": (written("nul.txt", b"Il governo\x00 ha detto\x00 di no.\n" * 20), "not a text"),
    "too large": (written("large.txt", b"Il governo ha detto di no.\n" * 900_000), "20 MB"),
    "French": (written("french.txt", FRENCH.encode()), "French"),
    "only boilerplate": (written("footer.txt", FOOTER.encode()), "boilerplate"),
}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("command", ["clean", "claims"])
def test_a_bad_file_gets_one_line_and_exit_code_1(command: str, kind: str, tmp_path: Path) -> None:
    make, words = BAD[kind]
    path = make(tmp_path)
    result = run(command, path)
    assert result.returncode == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert str(path) in line
    assert words.casefold() in line.casefold()


def test_a_bad_file_never_costs_the_others(tmp_path: Path) -> None:
    result = run("clean", "--format", "jsonl", GOOD, missing(tmp_path), GOOD)
    assert result.returncode == 1
    assert len(result.stdout.splitlines()) == 2
    assert len(result.stderr.splitlines()) == 1


def test_force_goes_on_with_another_language(tmp_path: Path) -> None:
    path = BAD["French"][0](tmp_path)
    assert run("clean", "--force", path).returncode == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = written("secret.txt", b"Il governo ha detto di no.")(tmp_path)
    path.chmod(0)
    result = run("clean", path)
    assert result.returncode == 1
    assert "permission" in result.stderr


def test_stdin_that_is_closed() -> None:
    result = subprocess.run(
        [sys.executable, "cli.py", "clean", "-"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: os.close(0),
    )
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "stdin" in line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_in_the_wild_are_read(encoding: str, tmp_path: Path) -> None:
    text = "Perché il ministro è così sicuro? L'autorità dirà di più lunedì, ha spiegato il portavoce.\n" * 4
    path = written(f"{encoding}.txt", text.encode(encoding))(tmp_path)
    result = run("clean", path)
    assert result.returncode == 0, result.stderr
    assert "Perché il ministro è così sicuro? L'autorità dirà" in result.stdout


def test_broken_utf8_is_said_or_read_but_never_mangled_in_silence(tmp_path: Path) -> None:
    text = "Perché il ministro è sicuro, dirà di più lunedì.\n" * 20
    path = written("broken.txt", text.encode() + b"\xc3\x28 \xf0\x9f fine.\n")(tmp_path)
    result = run("clean", path)
    assert "Traceback" not in result.stderr
    if result.returncode:
        assert len(result.stderr.splitlines()) == 1
    else:
        assert "Perché il ministro è sicuro" in result.stdout
