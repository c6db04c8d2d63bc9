"""The command `batch`: options, the summary line, exit codes; the translator is a fake."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FAKES = ROOT / "tests" / "summarize" / "batch"
sys.path.insert(0, str(FAKES))
from batch_fakes import article, tree, write_articles  # noqa: E402 — from the folder just named

# The command line with the fake in place of the engine: pickled by name, so that worker processes find it too.
MAIN = """
import functools, os, sys
from pathlib import Path
sys.path[:0] = [{root!r}, {fakes!r}]
import batch_fakes, commands.engine
def engine(*_, **__):
    return functools.partial(batch_fakes.FakeTranslator, Path(os.environ["LOG"]), float(os.environ.get("DELAY", 0)))()
commands.engine.Deferred = engine
commands.engine.chosen = lambda name: name
if __name__ == "__main__":
    import cli
    cli.main()
"""


@pytest.fixture
def main(tmp_path: Path) -> list[str]:
    script = tmp_path / "main.py"
    script.write_text(MAIN.format(root=str(ROOT), fakes=str(FAKES)))
    return [sys.executable, str(script), "batch", "--workers", "1"]


def sunto(main: list[str], *arguments: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LOG": str(cwd / "log")}
    return subprocess.run(
        [*main, *arguments], cwd=cwd, env=environment, input=stdin, capture_output=True, check=False, timeout=120
    )


def test_a_good_run_counts_and_ends_with_0(main: list[str], tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 3)
    (tmp_path / "in" / "foto.jpg").touch()
    done = sunto(main, "in", "-o", "out", cwd=tmp_path)
    words = done.stderr.decode()
    assert done.returncode == 0, words
    assert "3 articles: 3 done, 0 skipped (done before), 0 failed" in words
    assert "passed over as no articles: 1 .jpg" in words
    assert done.stdout == b""
    assert "0 done, 3 skipped" in sunto(main, "in", "-o", "out", cwd=tmp_path).stderr.decode()


def test_a_failed_input_ends_with_1_and_names_the_list_of_reasons(main: list[str], tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 1)
    (tmp_path / "in" / "vuoto.txt").touch()
    done = sunto(main, "in", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "1 done, 0 skipped (done before), 1 failed" in done.stderr.decode()
    assert "errors.jsonl" in done.stderr.decode()


def test_a_list_comes_on_stdin(main: list[str], tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 3)
    names = b"in/sud/000.txt\0in/nord/001.txt\0"
    done = sunto(main, "-", "-o", "out", "--format", "markdown", cwd=tmp_path, stdin=names)
    assert done.returncode == 0, done.stderr
    assert {"in/sud/000.txt.md", "in/nord/001.txt.md"} < set(tree(tmp_path / "out"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["in", "-o", "in"], "lies in the output folder"),
        (["in"], "Missing option '-o'"),
        (["-o", "out"], "Missing argument"),
        (["in", "-o", "out", "--format", "pdf"], "'pdf' is not one of"),
        (["in", "-o", "out", "--address", "auto"], "--address goes with --runner ray"),
    ],
)
def test_wrong_usage_ends_with_2(main: list[str], tmp_path: Path, arguments: list[str], words: str) -> None:
    write_articles(tmp_path / "in", 1)
    done = sunto(main, *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr.decode()


def test_a_bad_glossary_is_refused_with_its_line_before_any_work(main: list[str], tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 1)
    (tmp_path / "terms.tsv").write_text("riscatto\transom\nmalware\n", encoding="utf-8")
    done = sunto(main, "in", "-o", "out", "--glossary", "terms.tsv", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("sunto: terms.tsv, line 2: ")
    assert not (tmp_path / "out").exists()


def test_a_glossary_is_in_the_reports(main: list[str], tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 1)
    (tmp_path / "terms.tsv").write_text("agenzia\twatchdog\n", encoding="utf-8")
    done = sunto(main, "in", "-o", "out", "--glossary", "terms.tsv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "out" / "sud" / "000.txt.json").read_text(encoding="utf-8"))
    assert report["signature"]["glossary"]


def test_an_output_that_cannot_be_written_is_said_on_one_line(main: list[str], tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 1)
    (tmp_path / "out").write_text("a file")
    done = sunto(main, "in", "-o", "out", cwd=tmp_path)
    assert done.returncode in {1, 2}
    assert "Traceback" not in done.stderr.decode()
    (tmp_path / "out").unlink()
    (tmp_path / "out").symlink_to("/proc/self/none")
    done = sunto(main, "in", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "cannot write to" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("interrupts", [1, 2])
def test_ctrl_c(main: list[str], tmp_path: Path, interrupts: int) -> None:
    write_articles(tmp_path / "in", 60)
    environment = {**os.environ, "LOG": str(tmp_path / "log"), "DELAY": "1" if interrupts == 1 else "60"}
    process = subprocess.Popen([*main, "in", "-o", "out"], cwd=tmp_path, env=environment, stderr=subprocess.PIPE)
    assert process.stderr is not None
    try:
        limit = time.monotonic() + 60
        while not (tmp_path / "log").exists() and time.monotonic() < limit:
            time.sleep(0.1)
        for _ in range(interrupts):
            process.send_signal(signal.SIGINT)
            time.sleep(0.8)
        words = process.stderr.read().decode()
        assert process.wait(timeout=60) == 130, words
    finally:
        process.kill()
        process.stderr.close()
        process.wait()
    assert "finishing what is in hand" in words
    assert "Traceback" not in words
    if interrupts == 1:
        assert "not reached" in words
        assert (tmp_path / "out" / "index.jsonl").exists()


def test_an_article_on_its_own_is_read_whatever_its_suffix(main: list[str], tmp_path: Path) -> None:
    (tmp_path / "pezzo.articolo").write_text(article(1), encoding="utf-8")
    done = sunto(main, "pezzo.articolo", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "pezzo.articolo.json").exists()
